//! What holds whenever a plugin answers, whatever was asked: framing, the
//! envelope, versions, errors, streams. Each rule is a check of its own,
//! `exchange#<rule>`, made on every exchange of the run.

mod envelope;
mod errors;
mod exercised;
mod framing;
mod reading;
mod replies;
mod stderr;
mod streams;

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_json::Value;
use shellrt_api::FaultRule;

pub(crate) use envelope::{is_beyond, is_reverse_dns};
pub(crate) use exercised::exercised;
pub(crate) use reading::lenient;

use super::answer::Answer;
use super::plugin::Exchange;
use crate::fault::Fault;
use crate::judge::{Asked, Judge};

/// What the plugin says of itself, as far as it could be asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Claims {
    pub(crate) versions: Vec<String>,
    pub(crate) commands: Vec<String>,
    pub(crate) features: Vec<String>,
    /// The longest request that it reads, in bytes.
    pub(crate) request_max_bytes: u64,
}

/// One exchange with all that the checks look at.
pub(crate) struct Scene<'a> {
    pub(crate) exchange: &'a Exchange,
    pub(crate) answer: &'a Answer,
    pub(crate) request: Request,
    pub(crate) claims: &'a Claims,
}

/// What a plugin can read of a request, by the contract.
#[derive(Debug, Clone, Default)]
pub(crate) struct Request {
    /// The request, where it is one JSON object; normalised.
    pub(crate) document: Option<Value>,
    /// A command that the protocol knows.
    pub(crate) command: Option<String>,
    pub(crate) id: Option<String>,
    /// A version of the right form.
    pub(crate) version: Option<String>,
    /// The code that is due, whatever the command does: 2 where the request is
    /// not of its form, 3 where there is no such command. A version that is not
    /// served comes before the latter, and before members but `_version`.
    pub(crate) due: Option<u64>,
}

/// A rule that does not hold, and how one sees it.
#[derive(Debug, Clone)]
pub(crate) struct Breach {
    pub(crate) rule: &'static str,
    pub(crate) found: String,
    pub(crate) expected: String,
}

pub(crate) type Breaches = Vec<Breach>;

pub(crate) fn breach(
    rule: &'static str,
    found: impl Into<String>,
    expected: impl Into<String>,
) -> Breach {
    Breach {
        rule,
        found: found.into(),
        expected: expected.into(),
    }
}

/// All rules that are checked on every exchange.
pub(crate) const RULES: &[&[&str]] = &[
    framing::RULES,
    reading::RULES,
    envelope::RULES,
    errors::RULES,
    streams::RULES,
    stderr::RULES,
    replies::RULES,
];

/// Every breach of a rule that binds every exchange.
pub(crate) fn breaches(scene: &Scene<'_>) -> Breaches {
    let mut found = framing::breaches(scene);
    found.extend(stderr::breaches(scene));
    if scene.answer.response.is_some() {
        found.extend(reading::breaches(scene));
        found.extend(envelope::breaches(scene));
        found.extend(errors::breaches(scene));
        found.extend(streams::breaches(scene));
        found.extend(replies::breaches(scene));
    }
    found
}

impl Request {
    /// What the plugin can have read of these bytes. Where the contract lets a
    /// receiver be lenient [N-3, N-5], what it answered tells what it read.
    pub(crate) fn of(bytes: &[u8], answer: &Answer, claims: &Claims) -> Request {
        let is_too_long = bytes.len() as u64 > claims.request_max_bytes;
        if claims.request_max_bytes > 0 && is_too_long {
            return Request::unreadable();
        }
        if let Ok(document) = shellrt_api::parse_json(bytes) {
            return Request::read(document);
        }
        match reading::lenient(bytes).filter(|_| !answer.refuses_the_document()) {
            Some(document) => Request {
                due: None,
                ..Request::read(document)
            },
            None => Request::unreadable(),
        }
    }

    fn unreadable() -> Request {
        Request {
            due: Some(2),
            ..Request::default()
        }
    }

    /// Reads a document as docs/protocol.md says [N-1].
    fn read(document: Value) -> Request {
        if !document.is_object() {
            return Request::unreadable();
        }
        let faults = judged(Asked::Request, document.to_string().as_bytes());
        let text = |member: &str| {
            document
                .get(member)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let at_fault = |member: &str| {
            let pointer = format!("/{member}");
            faults.iter().any(|fault| fault.pointer == pointer)
        };
        let known = |name: &String| {
            crate::contract::commands().is_ok_and(|commands| commands.contains(name))
        };
        Request {
            command: text("_type").filter(known),
            id: text("_id").filter(|_| !at_fault("_id")),
            version: text("_version").filter(|_| !at_fault("_version")),
            due: due(&faults, text("_type").as_ref()),
            document: Some(document),
        }
    }

    /// A member of the request.
    pub(crate) fn member(&self, name: &str) -> Option<&Value> {
        self.document.as_ref()?.get(name)
    }
}

/// The code that the faults of a request ask for.
fn due(faults: &[Fault], command: Option<&String>) -> Option<u64> {
    let at = |pointer: &str| faults.iter().find(|fault| fault.pointer == pointer);
    if at("/_version").is_some() {
        return Some(2);
    }
    match (at("/_type"), command) {
        (Some(fault), Some(_)) if fault.rule == FaultRule::Value.as_str() => Some(3),
        _ => (!faults.is_empty()).then_some(2),
    }
}

/// The faults of a document; the engines are set up once in each thread.
pub(super) fn judged(asked: Asked, bytes: &[u8]) -> Vec<Fault> {
    thread_local! {
        static JUDGES: RefCell<HashMap<Asked, Judge>> = RefCell::default();
    }
    JUDGES.with_borrow_mut(|judges| {
        let judge = match judges.entry(asked) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => match Judge::new(entry.key().clone(), false) {
                Ok(judge) => entry.insert(judge),
                Err(_) => return Vec::new(),
            },
        };
        judge
            .judge(bytes)
            .map(|verdict| verdict.faults)
            .unwrap_or_default()
    })
}

impl Claims {
    /// The highest version that the plugin lists.
    pub(crate) fn highest(&self) -> Option<&str> {
        self.versions.first().map(String::as_str)
    }

    /// Whether the plugin serves a version: while the first number is 0, the
    /// first two numbers decide.
    pub(crate) fn serves(&self, version: &str) -> bool {
        self.versions.iter().any(|served| matches(served, version))
    }
}

fn matches(served: &str, asked: &str) -> bool {
    let parts = |text: &str| -> Vec<u64> {
        text.split('.')
            .map(|part| part.parse().unwrap_or(u64::MAX))
            .collect()
    };
    let (served, asked) = (parts(served), parts(asked));
    match (served.as_slice(), asked.as_slice()) {
        ([0, second, ..], [0, asked, ..]) => second == asked,
        ([first, second, ..], [asked_first, asked_second, ..]) => {
            *first != 0 && first == asked_first && second >= asked_second
        }
        _ => false,
    }
}

impl Scene<'_> {
    /// Whether the plugin ended by itself within its time.
    pub(crate) fn ended_by_itself(&self) -> bool {
        !self.exchange.ended.by_force()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_match_as_the_specification_says() {
        assert!(matches("0.2.0", "0.2.9") && !matches("0.2.0", "0.1.0"));
        assert!(matches("1.4.0", "1.3.7") && !matches("1.3.0", "1.4.0"));
        assert!(!matches("0.2.0", "1.2.0"));
    }

    #[test]
    fn a_request_is_read_as_far_as_it_can_be() {
        let read = |sent: &[u8], replied: &str| {
            Request::of(sent, &Answer::of(replied.as_bytes()), &Claims::default())
        };
        let request = read(br#"{"_version":"0.2.0","_type":"stop","_id":7}"#, "");
        assert_eq!(request.command.as_deref(), Some("stop"));
        assert_eq!((request.id, request.due), (None, Some(2)));
        assert!(read(b"[]", "").document.is_none());
        assert_eq!(
            read(br#"{"_version":"0.2.0","_type":"none"}"#, "").due,
            Some(3)
        );
        assert_eq!(
            read(br#"{"_version":"0.2.0","_type":"version"}"#, "").due,
            None
        );
    }

    #[test]
    fn the_answer_tells_how_a_doubtful_request_was_read() {
        let sent = br#"{"_version":"0.2.0","_type":"stop","_type":"version"}"#;
        let read = |replied: &str| {
            let answer = Answer::of(replied.as_bytes());
            Request::of(sent, &answer, &Claims::default()).command
        };
        assert_eq!(read(r#"{"_status":"ok"}"#).as_deref(), Some("version"));
        assert_eq!(read(r#"{"_status":"err","code":2}"#), None);
    }
}
