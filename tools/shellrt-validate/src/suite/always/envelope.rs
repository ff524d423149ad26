//! What every response carries: the request's version, type and id, the kind of
//! its stream, and a form that the schema accepts.

use serde_json::Value;

use super::{Breaches, Scene, breach, judged};
use crate::fault::Fault;
use crate::judge::Asked;

pub(super) const RULES: &[&str] = &[
    "E-1", "E-2", "E-3", "E-4", "E-5", "E-6", "E-8", "E-9", "V-2", "V-3", "V-4", "V-5", "N-11",
    "N-12", "N-15", "T-4",
];

/// The members of a response's head that are not the command's.
const HEAD: [&str; 6] = ["_version", "_type", "_id", "_status", "_stream", "_meta"];
/// The members of an error.
const ERROR: [&str; 8] = [
    "code",
    "class",
    "message",
    "retryable",
    "retry_after_ms",
    "hint",
    "detail",
    "causes",
];

pub(super) fn breaches(scene: &Scene<'_>) -> Breaches {
    let mut found = Breaches::new();
    kind(scene, &mut found);
    id(scene, &mut found);
    version(scene, &mut found);
    stream(scene, &mut found);
    members(scene, &mut found);
    form(scene, &mut found);
    canonical(scene, &mut found);
    found
}

fn kind(scene: &Scene<'_>, found: &mut Breaches) {
    let answered = scene
        .answer
        .response
        .as_ref()
        .and_then(|head| head.get("_type"));
    match (&scene.request.command, answered) {
        (Some(asked), Some(Value::String(answered))) if asked == answered => {}
        // A plugin need not know the commands that it does not carry out.
        (Some(asked), None) if scene.answer.is_err() && !scene.claims.commands.contains(asked) => {}
        (Some(asked), answered) => found.push(breach(
            "E-1",
            format!("`_type` is {}", told(answered)),
            format!("`{asked}`, as in the request"),
        )),
        (None, None) => {}
        (None, Some(answered)) => found.push(breach(
            "E-4",
            format!("`_type` is `{answered}`, and the request's could not be read as a command"),
            "no `_type`",
        )),
    }
}

fn id(scene: &Scene<'_>, found: &mut Breaches) {
    let answered = scene
        .answer
        .response
        .as_ref()
        .and_then(|head| head.get("_id"));
    let asked = scene.request.id.as_deref();
    if answered.and_then(Value::as_str) != asked || answered.is_some() != asked.is_some() {
        let expected = match asked {
            Some(asked) => format!("`{asked}`, as in the request"),
            None => "none: the request has no valid `_id`".to_owned(),
        };
        found.push(breach(
            "E-2",
            format!("`_id` is {}", told(answered)),
            expected,
        ));
    }
}

fn version(scene: &Scene<'_>, found: &mut Breaches) {
    let Some(highest) = scene.claims.highest() else {
        return;
    };
    let answered = scene.answer.text("_version").unwrap_or_default();
    let asked = scene.request.version.as_deref();
    let is_general = matches!(
        scene.request.command.as_deref(),
        Some("version" | "describe")
    );
    let (rule, expected) = match asked {
        Some(asked) if scene.claims.serves(asked) => ("V-2", asked),
        Some(_) if is_general => ("V-4", highest),
        Some(_) => ("V-3", highest),
        None => ("V-5", highest),
    };
    if answered != expected {
        found.push(breach(
            rule,
            format!("`_version` is `{answered}`"),
            format!("`{expected}`"),
        ));
    }
    if rule == "V-3" {
        unserved(scene, asked.unwrap_or_default(), found);
    }
    if rule == "V-4" && scene.answer.code() == Some(1) {
        found.push(breach(
            "V-4",
            "an err response, because of the version",
            "an ok response, whatever version is asked",
        ));
    }
}

/// Code 1, and what it has to say.
fn unserved(scene: &Scene<'_>, asked: &str, found: &mut Breaches) {
    let detail = |member: &str| {
        let response = scene.answer.response.as_ref();
        response.and_then(|response| response.pointer(&format!("/detail/{member}")))
    };
    let supported = detail("supported").and_then(Value::as_array);
    let mut listed: Vec<&str> = supported
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut served: Vec<&str> = scene.claims.versions.iter().map(String::as_str).collect();
    listed.sort_unstable();
    served.sort_unstable();
    if scene.answer.code() != Some(1) {
        let found_there = crate::suite::expect::told(scene.answer);
        found.push(breach(
            "V-3",
            found_there,
            "code 1: the version is not served",
        ));
    } else if detail("requested").and_then(Value::as_str) != Some(asked) || listed != served {
        found.push(breach(
            "V-3",
            format!(
                "`detail` says that {} was requested and {} are supported",
                told(detail("requested")),
                told(detail("supported"))
            ),
            format!("`{asked}`, and all of `protocol_versions`"),
        ));
    }
}

fn stream(scene: &Scene<'_>, found: &mut Breaches) {
    let Some(declared) = scene.answer.text("_stream") else {
        if let Some(wanted) = wanted_stream(scene) {
            found.push(breach(
                "E-9",
                "the response declares no `_stream`",
                format!("`{wanted}`, as was asked"),
            ));
        }
        return;
    };
    let may_stream = matches!(scene.request.command.as_deref(), Some("logs" | "img_pull"));
    if scene.answer.is_err() || !may_stream {
        found.push(breach(
            "E-8",
            format!("`_stream` is `{declared}`"),
            "none: only ok responses to `logs` and `img_pull` have one",
        ));
    } else if wanted_stream(scene) != Some(declared) {
        let wanted = wanted_stream(scene).unwrap_or("none");
        found.push(breach(
            "E-9",
            format!("`_stream` is `{declared}`"),
            format!("`{wanted}`, as was asked"),
        ));
    }
}

/// The kind of stream that the request asks for, in an ok response.
pub(super) fn wanted_stream<'a>(scene: &'a Scene<'_>) -> Option<&'a str> {
    if !scene.answer.is_ok() {
        return None;
    }
    match scene.request.command.as_deref()? {
        "logs" => Some(
            match scene.request.member("framing").and_then(Value::as_str) {
                Some(framing) => framing,
                None => "raw",
            },
        ),
        "img_pull" if scene.request.member("progress") == Some(&Value::Bool(true)) => {
            Some("ndjson")
        }
        _ => None,
    }
}

fn members(scene: &Scene<'_>, found: &mut Breaches) {
    let Some(Value::Object(response)) = &scene.answer.response else {
        return;
    };
    for name in response.keys().filter(|name| name.starts_with('_')) {
        if !HEAD.contains(&name.as_str()) {
            found.push(breach(
                "E-5",
                format!("the response has a member `{name}`"),
                "no reserved names but those of the envelope",
            ));
        }
    }
    if let Some(Value::Object(notes)) = response.get("_meta") {
        for key in notes.keys().filter(|key| !is_reverse_dns(key)) {
            found.push(breach(
                "E-6",
                format!("`_meta` has a key `{key}`"),
                "a key such as `com.example.trace`",
            ));
        }
    }
    if scene.answer.is_err() {
        let others = response
            .keys()
            .filter(|name| !name.starts_with('_') && !ERROR.contains(&name.as_str()));
        for name in others {
            found.push(breach(
                "E-3",
                format!("the err response has a member `{name}`"),
                "the members of an error, and none of the command's own",
            ));
        }
    }
}

pub(crate) fn is_reverse_dns(key: &str) -> bool {
    key.split('.').count() >= 2 && key.split('.').all(|label| !label.is_empty())
}

/// What the schema says, under the rule of the specification that it breaks.
fn form(scene: &Scene<'_>, found: &mut Breaches) {
    let command = scene.request.command.clone();
    let asked = match &command {
        Some(command) if scene.answer.text("_type") == Some(command) => {
            Asked::Response(command.clone())
        }
        _ => Asked::Anything,
    };
    for fault in &judged(asked, &scene.answer.head) {
        // They have checks of their own.
        if ["/_type", "/_id", "/_stream"].contains(&fault.pointer.as_str())
            || fault.pointer.starts_with("/_meta")
        {
            continue;
        }
        let place = match fault.pointer.as_str() {
            "" => "the response",
            pointer => pointer,
        };
        found.push(breach(
            rule_of(scene, fault),
            format!("{place}: {}", fault.message),
            fault.expected.clone(),
        ));
    }
    if let Some(response) = &scene.answer.response {
        values(scene, response, "", found);
    }
}

fn rule_of(scene: &Scene<'_>, fault: &Fault) -> &'static str {
    let at = scene
        .answer
        .response
        .as_ref()
        .and_then(|response| response.pointer(&fault.pointer));
    match at {
        Some(Value::Null) => "N-12",
        Some(Value::Number(number)) if fault.rule == "range" && is_beyond(number) => "N-11",
        _ if scene.answer.is_err()
            && ERROR.iter().any(|name| fault.pointer == format!("/{name}")) =>
        {
            "E-3"
        }
        _ => "T-4",
    }
}

pub(crate) fn is_beyond(number: &serde_json::Number) -> bool {
    const LARGEST: f64 = 9_007_199_254_740_991.0;
    number.as_f64().is_some_and(|number| number.abs() > LARGEST)
}

/// What is read all the same, and still not how it is to be sent: a `null` for
/// no value, `10.0` for 10, an integer that some languages cannot hold.
fn values(scene: &Scene<'_>, value: &Value, at: &str, found: &mut Breaches) {
    let mut push = |rule: &'static str, expected: &str| {
        if !found.iter().any(|breach| breach.rule == rule) {
            found.push(breach(rule, format!("`{at}` is {value}"), expected));
        }
    };
    match value {
        Value::Null => push("N-12", "members without a value are left out"),
        Value::Number(number) if number.is_f64() => push("N-11", "an integer without a fraction"),
        Value::Number(number) if is_beyond(number) && !is_old_time(scene, at) => {
            push("N-11", "an integer within 2^53 - 1");
        }
        Value::Object(members) => {
            // What is free-form is not the protocol's.
            let ours = members
                .iter()
                .filter(|(name, _)| !["_meta", "detail", "schema"].contains(&name.as_str()));
            for (name, value) in ours {
                values(scene, value, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                values(scene, item, &format!("{at}/{place}"), found);
            }
        }
        _ => {}
    }
}

/// The two times of the 0.1 `status` response are larger.
fn is_old_time(scene: &Scene<'_>, at: &str) -> bool {
    let version = scene.answer.text("_version").unwrap_or_default();
    version.starts_with("0.1.") && ["/started_at", "/finished_at"].contains(&at)
}

fn canonical(scene: &Scene<'_>, found: &mut Breaches) {
    let Some(response) = &scene.answer.response else {
        return;
    };
    // serde_json keeps members in the order of their names and escapes as the
    // canonical form does.
    if response.to_string().as_bytes() != scene.answer.head {
        found.push(breach(
            "N-15",
            "the response is not in canonical form",
            "keys in order, no white space, no needless escapes",
        ));
    }
}

fn told(value: Option<&Value>) -> String {
    value.map_or_else(|| "absent".to_owned(), |value| format!("`{value}`"))
}
