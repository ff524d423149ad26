//! What of a message may stand on a tape: everything but values that may be
//! secrets. Those leave their type and a class of their length behind, so that
//! a tape can be judged as the message itself.
//!
//! The contract says which those are, by `x-sensitive`; members that it does
//! not know count as well. What is no JSON object cannot be told apart and
//! keeps its shape alone: letters become `x`, digits `0`.

use serde_json::Value;

use super::scan::{self, Edit};
use crate::place::Place;

const BEGIN: &str = "<redacted:";
/// What a text for people said that stood in a sensitive place of the request.
const REPEATED: &str = "<redacted>";
/// Shorter values are words of any language, and would be found everywhere.
const SHORTEST: usize = 4;
/// A longer one would not say less, and a real secret is no shorter.
const LEAST_CLASS: usize = 8;

/// The sensitive strings of a request, each with its pointer.
#[derive(Debug, Default)]
pub(super) struct Secrets(Vec<(String, String)>);

impl Secrets {
    /// Of a request whose places the contract knows.
    pub(super) fn of(request: &Value, place: &Place<'_>) -> Secrets {
        let mut found = Vec::new();
        gather(request, place, false, "", &mut found);
        // The longest first: one may be a part of another.
        found.sort_by_key(|(_, text)| std::cmp::Reverse(text.len()));
        Secrets(found)
    }

    /// The pointers below `/credentials` whose values a text repeats.
    pub(super) fn credentials_in(&self, text: &str) -> Vec<&str> {
        let credentials = self.0.iter().filter(|(pointer, secret)| {
            pointer.starts_with("/credentials/") && secret.len() >= LEAST_CLASS
        });
        credentials
            .filter(|(_, secret)| text.contains(secret.as_str()))
            .map(|(pointer, _)| pointer.as_str())
            .collect()
    }
}

fn gather(
    value: &Value,
    place: &Place<'_>,
    hidden: bool,
    pointer: &str,
    found: &mut Vec<(String, String)>,
) {
    let hidden = hidden || place.is_sensitive();
    match value {
        Value::String(text) if hidden && text.len() >= SHORTEST => {
            found.push((pointer.to_owned(), text.clone()));
        }
        Value::Array(items) => {
            for item in items {
                gather(item, &place.child("0"), hidden, pointer, found);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let child = place.child(name);
                let unknown = !child.is_declared() && place.has_members();
                let below = format!("{pointer}/{name}");
                gather(member, &child, hidden || unknown, &below, found);
            }
        }
        _ => {}
    }
}

/// A message's text, which must be one JSON document, without what may be secret.
pub(super) fn message(text: &str, place: &Place<'_>, secrets: &Secrets) -> String {
    scan::rewrite(text, place, &Redact(secrets))
}

/// The text again with values in place of markers: not the old ones, but such
/// as the contract gives the same verdict of.
pub(super) fn restored(text: &str, place: &Place<'_>) -> String {
    scan::rewrite(text, place, &Restore)
}

struct Redact<'s>(&'s Secrets);

impl Edit for Redact<'_> {
    fn hidden(&self, text: &str) -> String {
        let length = text.chars().count();
        if length == 0 {
            return String::new();
        }
        let class = length.next_power_of_two().max(LEAST_CLASS);
        // A NUL is what the form of an environment's values forbids.
        let nul = if text.contains('\0') { "+nul" } else { "" };
        format!("{BEGIN}{class}{nul}>")
    }

    fn shown(&self, text: &str) -> Option<String> {
        let mut edited = text.to_owned();
        for (_, secret) in &self.0.0 {
            if edited.contains(secret.as_str()) {
                edited = edited.replace(secret.as_str(), REPEATED);
            }
        }
        (edited != text).then_some(edited)
    }
}

struct Restore;

impl Edit for Restore {
    fn hidden(&self, text: &str) -> String {
        // A longer one than any message is no marker of ours.
        const MOST: usize = 32 * 1024 * 1024;
        let marker = text
            .strip_prefix(BEGIN)
            .and_then(|rest| rest.strip_suffix('>'));
        let class = marker.unwrap_or_default();
        let (class, nul) = match class.strip_suffix("+nul") {
            Some(class) => (class, "\0"),
            None => (class, ""),
        };
        match class.parse::<usize>() {
            Ok(class) if class <= MOST => "x".repeat(class.saturating_sub(nul.len())) + nul,
            _ => text.to_owned(),
        }
    }

    fn shown(&self, _: &str) -> Option<String> {
        None
    }
}

/// Bytes of which nothing is known, in their shape: still no JSON where they
/// were none.
pub(super) fn masked(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.extend(chunk.valid().chars().map(|letter| match letter {
            '0'..='9' => '0',
            'A'..='Z' => 'X',
            'a'..='z' => 'x',
            letter if letter.is_alphanumeric() => 'x',
            letter => letter,
        }));
        // Not U+FFFD, which is text and would mend what was broken.
        text.extend(chunk.invalid().iter().map(|_| '\u{1}'));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract;
    use crate::judge::{Asked, Judge};

    fn redacted(text: &str) -> String {
        let document = serde_json::from_str(text).expect("it is JSON");
        let mut judge = Judge::new(Asked::Anything, false).expect("the contract is sound");
        let schema = judge.schema_of(&document).expect("the contract is sound");
        let place = Place::root(schema);
        message(text, &place, &Secrets::of(&document, &place))
    }

    #[test]
    fn values_that_may_be_secret_leave_type_and_length_class() {
        let text = r#"{ "_version":"0.2.0", "_type":"img_pull","image":"a",
            "credentials":{"username":"me","password":"hunter2","registry_token":["deep", 7]},
            "_meta":{"com.example.trace":{"k":"v"}}}"#;
        let wanted = r#"{ "_version":"0.2.0", "_type":"img_pull","image":"a",
            "credentials":{"username":"<redacted:8>","password":"<redacted:8>","registry_token":[]},
            "_meta":{"com.example.trace":{}}}"#;
        assert_eq!(redacted(text), wanted);
        let text = r#"{"_version":"0.2.0","_type":"create","config":{"key":"v"},"env":{"A":"12345678901234567","B":"","C":"x\u0000","D":5,"E":null,"F":1.5,"G":true}}"#;
        let wanted = r#"{"_version":"0.2.0","_type":"create","config":{},"env":{"A":"<redacted:32>","B":"","C":"<redacted:8+nul>","D":0,"E":null,"F":0.5,"G":false}}"#;
        assert_eq!(redacted(text), wanted);
    }

    #[test]
    fn members_that_the_contract_does_not_know_are_hidden() {
        let text = r#"{"_version":"0.2.0","_type":"start","name":"web","token":"hunter2","more":{"a":"hunter2"}}"#;
        let wanted =
            r#"{"_version":"0.2.0","_type":"start","name":"web","token":"<redacted:8>","more":{}}"#;
        assert_eq!(redacted(text), wanted);
        let unknown = r#"{"_version":"9.0.0","_type":"fly","wings":"hunter2"}"#;
        assert!(!redacted(unknown).contains("hunter2"));
    }

    #[test]
    fn what_is_nobodys_secret_stays_to_the_byte() {
        let text = "\t{\"code\":20 ,\"_status\":\"err\",\r\n\"message\":\"a\\u0062\\\"c\", \"detail\":{\"faults\":[{\"pointer\":\"\"}, 1e3]},\"_version\":\"0.2.0\",\"class\":\"not_found\",\"retryable\":false}\n";
        assert_eq!(redacted(text), text);
    }

    #[test]
    fn a_text_for_people_that_repeats_a_secret_is_cut() {
        let request = serde_json::json!({"_version":"0.2.0","_type":"img_pull","image":"a",
            "credentials":{"username":"me","password":"correct horse"}});
        let mut judge = Judge::new(Asked::Anything, false).unwrap();
        let place = Place::root(judge.schema_of(&request).unwrap());
        let secrets = Secrets::of(&request, &place);
        let reply = r#"{"_version":"0.2.0","_status":"err","code":42,"class":"auth","retryable":false,"message":"`correct horse` is refused","detail":{"said":["correct horse!"]}}"#;
        let document = serde_json::from_str(reply).unwrap();
        let mut judge = Judge::new(Asked::Anything, false).unwrap();
        let place = Place::root(judge.schema_of(&document).unwrap());
        let text = message(reply, &place, &secrets);
        assert!(!text.contains("horse"), "{text}");
        assert!(
            text.contains("`<redacted>` is refused") && text.contains("<redacted>!"),
            "{text}"
        );
        assert_eq!(secrets.credentials_in(reply), ["/credentials/password"]);
    }

    #[test]
    fn the_contract_gives_the_same_verdict_of_what_is_restored() {
        let long = "v".repeat(1_048_577);
        let fits = "v".repeat(1_048_576);
        let value = "v".repeat(131_073);
        let texts = [
            format!(r#"{{"_version":"0.2.0","_type":"list","labels":{{"a":"{long}"}}}}"#),
            format!(r#"{{"_version":"0.2.0","_type":"list","labels":{{"a":"{fits}"}}}}"#),
            format!(
                r#"{{"_version":"0.2.0","_type":"create","name":"a","config_type":"c","config":7,"env":{{"A":"{value}","B=":"","C":"\u0000"}}}}"#
            ),
            r#"{"_version":"0.2.0","_type":"img_pull","image":"a","credentials":{"password":1.5}}"#
                .to_owned(),
        ];
        for text in texts {
            let mut judge = Judge::new(Asked::Anything, false).unwrap();
            let before = judge.judge(text.as_bytes()).unwrap().faults;
            let text = redacted(&text);
            let document = serde_json::from_str(&text).unwrap();
            let restored = restored(&text, &Place::root(judge.schema_of(&document).unwrap()));
            let after = judge.judge(restored.as_bytes()).unwrap().faults;
            let places = |faults: &[crate::fault::Fault]| -> Vec<(String, String)> {
                let places = faults
                    .iter()
                    .map(|fault| (fault.pointer.clone(), fault.rule.clone()));
                places.collect()
            };
            assert_eq!(places(&before), places(&after));
        }
    }

    /// The classes are powers of two, so that none holds both what fits and what
    /// does not.
    #[test]
    fn the_longest_sensitive_texts_are_powers_of_two() {
        let schema = contract::whole(contract::Direction::Request, false).unwrap();
        for name in ["Text", "EnvironmentValue", "LabelValue"] {
            let longest = schema["$defs"][name]["maxLength"].as_u64().unwrap();
            assert!(longest.is_power_of_two(), "{name}: {longest}");
        }
    }

    #[test]
    fn what_is_no_json_keeps_its_shape_and_stays_none() {
        assert_eq!(masked(b"Debug: 42 \xffpass\n"), "Xxxxx: 00 \u{1}xxxx\n");
        for bytes in [
            &b"{\"a\":\"\xff\"}"[..],
            b"{\"a\":NaN}",
            b"\xef\xbb\xbf{}",
            br#"{"a":"\ud800"}"#,
            br#"{"a":1,"a":2}"#,
            b"{\"a\":01}",
            b"{} {}",
            b"",
        ] {
            assert!(shellrt_api::parse_json(bytes).is_err());
            let text = masked(bytes);
            assert!(shellrt_api::parse_json(text.as_bytes()).is_err(), "{text}");
        }
    }
}
