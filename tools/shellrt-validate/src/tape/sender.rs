//! Which rules a request breaks, as one who sends it must keep them.

use serde_json::{Map, Value};

use crate::fault::{Failure, Fault};
use crate::judge::{Asked, Judge};
use crate::suite::always::{is_beyond, is_reverse_dns};

/// The names that the envelope of a request has.
const HEAD: [&str; 5] = ["_version", "_type", "_id", "_deadline_ms", "_meta"];

/// Each with its rule, what was found, and what was expected.
pub(super) fn faults(
    sent: &[u8],
    strict: bool,
) -> Result<Vec<(&'static str, String, String)>, Failure> {
    let verdict = Judge::new(Asked::Request, strict)?.judge(sent)?;
    let document = shellrt_api::parse_json(sent).unwrap_or_default();
    let mut found: Vec<_> = verdict
        .faults
        .iter()
        .map(|fault| {
            let place = match fault.pointer.as_str() {
                "" => "the request",
                pointer => pointer,
            };
            let text = format!("{place}: {}", fault.message);
            (rule_of(&document, fault), text, fault.expected.clone())
        })
        .collect();
    let faulty = |name: &str| {
        let pointer = format!("/{name}");
        verdict.faults.iter().any(|fault| fault.pointer == pointer)
    };
    if let Value::Object(members) = &document {
        found.extend(silent(members).filter(|(name, ..)| !faulty(name)).map(
            |(name, rule, expected)| {
                let value = match members.get(name) {
                    Some(Value::Null) => "null",
                    Some(Value::Number(_)) => "a number with a fraction or an exponent",
                    _ => "not one of the envelope's names",
                };
                (
                    rule,
                    format!("/{name}: this is {value}"),
                    expected.to_owned(),
                )
            },
        ));
    }
    if let Some(Value::Object(notes)) = document.get("_meta") {
        let strange = notes.keys().filter(|key| !is_reverse_dns(key));
        found.extend(strange.map(|key| {
            let text = format!("/_meta: `{}` has no owner", key.escape_debug());
            ("E-6", text, "a key such as `com.example.trace`".to_owned())
        }));
    }
    Ok(found)
}

fn rule_of(document: &Value, fault: &Fault) -> &'static str {
    match document.pointer(&fault.pointer) {
        Some(Value::Null) if !fault.pointer.is_empty() => "N-12",
        Some(Value::Number(number)) if fault.rule == "range" && is_beyond(number) => "N-11",
        Some(Value::Number(number)) if fault.rule == "type" && number.is_f64() => "N-11",
        _ if fault.pointer.starts_with("/_") && fault.rule == "unknown" => "E-5",
        _ => "T-2",
    }
}

/// What a receiver lets pass and a sender must still not write.
fn silent(
    members: &Map<String, Value>,
) -> impl Iterator<Item = (&str, &'static str, &'static str)> {
    members.iter().filter_map(|(name, value)| {
        let (rule, expected) = match value {
            Value::Null => ("N-12", "members without a value are left out"),
            Value::Number(number) if number.is_f64() => ("N-11", "an integer without a fraction"),
            _ if name.starts_with('_') && !HEAD.contains(&name.as_str()) => {
                ("E-5", "no reserved names but those of the envelope")
            }
            _ => return None,
        };
        Some((name.as_str(), rule, expected))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> Vec<&'static str> {
        let found = faults(text.as_bytes(), false).unwrap();
        found.into_iter().map(|(rule, ..)| rule).collect()
    }

    #[test]
    fn each_fault_of_a_request_has_its_rule() {
        let sound = r#"{"_version":"0.2.0","_type":"stop","name":"web"}"#;
        assert!(rules(sound).is_empty());
        let with = |member: &str| rules(&sound.replace("\"name\"", &format!("{member},\"name\"")));
        assert_eq!(with(r#""timeout":null"#), ["N-12"]);
        assert_eq!(with(r#""timeout":10.0"#), ["N-11"]);
        assert_eq!(with(r#""timeout":1e20"#), ["N-11"]);
        assert_eq!(with(r#""_trace":1"#), ["E-5"]);
        assert_eq!(with(r#""_meta":{"trace":1}"#), ["E-6"]);
        assert_eq!(with(r#""timeout":-1"#), ["T-2"]);
        for text in ["", "{", "[]", "{}{}"] {
            assert!(rules(text).contains(&"T-2"), "{text}");
        }
    }
}
