//! Errors say what the registry says of their codes, and name their faults.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

use super::{Breaches, Scene, breach};

pub(super) const RULES: &[&str] = &["R-1", "R-4", "R-8", "N-6", "N-7"];

/// Class and `retryable` of each code of ours, and the classes.
struct Registry {
    codes: BTreeMap<u64, (String, bool)>,
}

fn registry() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(|| {
        let text = include_str!("../../../../../schema/v0/errors.json");
        let document: Value = serde_json::from_str(text).unwrap_or_default();
        let listed = document["errors"].as_array();
        let codes = listed
            .into_iter()
            .flatten()
            .filter_map(|row| {
                let class = row["class"].as_str()?.to_owned();
                Some((row["code"].as_u64()?, (class, row["retryable"].as_bool()?)))
            })
            .collect();
        Registry { codes }
    })
}

pub(super) fn breaches(scene: &Scene<'_>) -> Breaches {
    let mut found = Breaches::new();
    let Some(response) = scene.answer.response.as_ref() else {
        return found;
    };
    if scene.answer.is_ok() {
        items(response, &mut found);
        return found;
    }
    codes(response, &mut found);
    if response["message"]
        .as_str()
        .is_none_or(|text| text.trim().is_empty())
    {
        found.push(breach(
            "R-4",
            "`message` says nothing",
            "what failed and why",
        ));
    }
    if response["code"] == 2 {
        faults(response, &mut found);
    }
    found
}

/// The items of a `list` or of `stats` have errors of their own.
fn items(response: &Value, found: &mut Breaches) {
    let lists = ["details", "modules"].map(|member| response[member].as_array());
    let items = lists.into_iter().flatten().flatten();
    for error in items.filter_map(|item| item.get("error")) {
        if !found.iter().any(|breach| breach.rule == "R-1") {
            codes(error, found);
        }
    }
}

fn codes(response: &Value, found: &mut Breaches) {
    let Some(code) = response["code"].as_u64() else {
        return;
    };
    let class = response["class"].as_str().unwrap_or_default();
    if code >= 100 {
        let known = registry().codes.values().any(|(known, _)| known == class);
        if !known {
            found.push(breach(
                "R-8",
                format!("code {code} has the class `{class}`"),
                "a class of the registry",
            ));
        }
        return;
    }
    match registry().codes.get(&code) {
        None => found.push(breach(
            "R-1",
            format!("code {code} is not in the registry"),
            "a code of docs/errors.md, or one of the plugin's own from 100 on",
        )),
        Some((wanted, retryable)) => {
            if class != wanted || response["retryable"] != Value::Bool(*retryable) {
                found.push(breach(
                    "R-1",
                    format!(
                        "code {code} has class `{class}` and retryable {}",
                        response["retryable"]
                    ),
                    format!("class `{wanted}` and retryable {retryable}"),
                ));
            }
        }
    }
}

fn faults(response: &Value, found: &mut Breaches) {
    let listed = response.pointer("/detail/faults").and_then(Value::as_array);
    let faults = listed.map(Vec::as_slice).unwrap_or_default();
    let text = |fault: &Value, member: &str| fault[member].as_str().map(str::to_owned);
    let whole = |fault: &Value| {
        text(fault, "pointer").is_some_and(|pointer| pointer.is_empty() || pointer.starts_with('/'))
            && text(fault, "rule").is_some_and(|rule| !rule.is_empty())
            && text(fault, "message").is_some_and(|message| !message.is_empty())
    };
    if faults.is_empty() || !faults.iter().all(whole) {
        found.push(breach(
            "N-6",
            format!(
                "`detail.faults` is {}",
                response.pointer("/detail/faults").unwrap_or(&Value::Null)
            ),
            "at least one fault, each with pointer, rule and message",
        ));
    }
    let pointers: Vec<String> = faults
        .iter()
        .filter_map(|fault| text(fault, "pointer"))
        .collect();
    if !pointers.is_sorted() {
        found.push(breach(
            "N-7",
            format!("the faults are at {}", pointers.join(", ")),
            "the bytewise order of their pointers",
        ));
    }
}
