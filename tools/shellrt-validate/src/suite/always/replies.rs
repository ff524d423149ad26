//! What the reply to one command has to be by itself, whoever asked: states and
//! what goes with them, orders of lists, items one for one.

use serde_json::Value;

use super::{Breaches, Scene, breach};

pub(super) const RULES: &[&str] = &[
    "M-2",
    "C-status-1",
    "C-status-2",
    "C-top-1",
    "C-top-3",
    "C-list-1",
    "C-list-3",
    "C-stats-1",
    "C-version-1",
    "C-describe-2",
    "C-describe-3",
];

pub(super) fn breaches(scene: &Scene<'_>) -> Breaches {
    let mut found = Breaches::new();
    let Some(response) = scene
        .answer
        .response
        .as_ref()
        .filter(|_| scene.answer.is_ok())
    else {
        return found;
    };
    // Replies in 0.1 have shapes of their own.
    if scene
        .answer
        .text("_version")
        .is_some_and(|version| version.starts_with("0.1."))
    {
        return found;
    }
    match scene.request.command.as_deref() {
        Some("status") => status(response, &mut found),
        Some("list") => list(scene, response, &mut found),
        Some("top") => top(scene, response, &mut found),
        Some("stats") => stats(scene, response, &mut found),
        Some("version") => versions(response, &mut found),
        Some("describe") => describe(response, &mut found),
        _ => {}
    }
    found
}

fn status(status: &Value, found: &mut Breaches) {
    let state = status["state"].as_str().unwrap_or_default();
    let wanted = match (state, status["exit_code"].as_i64()) {
        ("created" | "paused", _) | ("exited", Some(0)) => "stopped",
        ("running", _) => "running",
        ("exited", _) => "failed",
        ("dead", _) => "dead",
        _ => "unknown",
    };
    if status["status"] != wanted {
        found.push(breach(
            "M-2",
            format!(
                "`state` is `{state}`, `exit_code` {} and `status` {}",
                status["exit_code"], status["status"]
            ),
            format!("`status` is `{wanted}`"),
        ));
    }
    let runs = ["running", "paused"].contains(&state);
    if runs != status.get("pid").is_some() {
        found.push(breach(
            "C-status-1",
            format!("`state` is `{state}` and `pid` is {}", status["pid"]),
            "`pid` exactly where the module is running or paused",
        ));
    }
    let has = |member: &str| status.get(member).is_some();
    let ended = has("exit_code") && has("finished_at");
    let never = !has("exit_code") && !has("finished_at");
    let sound = match state {
        "exited" => ended,
        "created" | "running" | "paused" => never,
        _ => true,
    };
    if !sound {
        found.push(breach(
            "C-status-2",
            format!(
                "`state` is `{state}`, `exit_code` is {}, `finished_at` is {}",
                status["exit_code"], status["finished_at"]
            ),
            "both where the module is exited, neither where it is created, running or paused",
        ));
    }
}

fn list(scene: &Scene<'_>, response: &Value, found: &mut Breaches) {
    let names = texts(&response["modules"]);
    if !names.is_sorted() {
        found.push(breach(
            "C-list-1",
            format!("the names are {}", names.join(", ")),
            "the bytewise order of the names",
        ));
    }
    let wants_details = scene.request.member("details") == Some(&Value::Bool(true));
    let details = response["details"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mut same = details.len() == if wants_details { names.len() } else { 0 };
    for (name, item) in names.iter().zip(details) {
        same &=
            item["name"] == **name && item.get("status").is_some() != item.get("error").is_some();
        if let Some(status_of_item) = item.get("status") {
            status(status_of_item, found);
        }
    }
    if !same {
        found.push(breach(
            "C-list-3",
            format!(
                "there are {} names and {} details",
                names.len(),
                details.len()
            ),
            "with `details`, one item a name, in the same order, with `status` or `error`",
        ));
    }
}

fn top(scene: &Scene<'_>, response: &Value, found: &mut Breaches) {
    let processes = response["processes"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let pids: Vec<u64> = processes
        .iter()
        .filter_map(|process| process["pid"].as_u64())
        .collect();
    if pids.windows(2).any(|pair| pair[0] >= pair[1]) {
        found.push(breach(
            "C-top-1",
            format!("the pids are {pids:?}"),
            "ascending order",
        ));
    }
    let more = processes
        .iter()
        .filter_map(Value::as_object)
        .flat_map(|process| process.keys())
        .find(|member| *member != "pid");
    if let Some(member) = more
        && scene.request.member("details") != Some(&Value::Bool(true))
    {
        found.push(breach(
            "C-top-3",
            format!("a process has a member `{member}`"),
            "`pid` alone, unless `details` is set",
        ));
    }
}

fn stats(scene: &Scene<'_>, response: &Value, found: &mut Breaches) {
    let items = response["modules"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let named = scene.request.member("names").map(texts).unwrap_or_default();
    let answered: Vec<&str> = items
        .iter()
        .filter_map(|item| item["name"].as_str())
        .collect();
    let in_order = if named.is_empty() {
        answered.is_sorted()
    } else {
        answered == named
    };
    let whole = items
        .iter()
        .all(|item| item.get("sample").is_some() != item.get("error").is_some());
    if !in_order || !whole {
        found.push(breach(
            "C-stats-1",
            format!("the items are of {}", answered.join(", ")),
            "one for each name, in order, each with `sample` or `error`",
        ));
    }
}

fn versions(response: &Value, found: &mut Breaches) {
    let listed = texts(&response["protocol_versions"]);
    let number = |text: &&str| -> Vec<u64> {
        text.split('.')
            .filter_map(|part| part.parse().ok())
            .collect()
    };
    let numbers: Vec<Vec<u64>> = listed.iter().map(number).collect();
    if numbers.windows(2).any(|pair| pair[0] <= pair[1]) {
        found.push(breach(
            "C-version-1",
            format!("`protocol_versions` is {}", listed.join(", ")),
            "highest first, each once",
        ));
    }
}

fn describe(response: &Value, found: &mut Breaches) {
    versions(response, found);
    let commands = texts(&response["commands"]);
    if !commands.contains(&"version") || !commands.contains(&"describe") {
        found.push(breach(
            "C-describe-2",
            format!("`commands` is {}", commands.join(", ")),
            "`version` and `describe` among them",
        ));
    }
    let types = response["config_types"].as_object();
    if commands.contains(&"create") && types.is_none_or(|types| types.is_empty()) {
        found.push(breach(
            "C-describe-3",
            "`commands` has `create`, and no config type is published",
            "a schema for each config type",
        ));
    }
}

fn texts(list: &Value) -> Vec<&str> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).collect()
}
