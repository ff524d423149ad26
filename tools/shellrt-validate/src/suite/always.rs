//! What holds whenever a plugin answers, whatever was asked: framing, the
//! envelope, versions, errors, streams. Each rule is a check of its own,
//! `exchange#<rule>`, made on every exchange of the run.

mod envelope;
mod errors;
mod exercised;
mod framing;
mod replies;
mod stderr;
mod streams;

use serde_json::Value;

pub(crate) use exercised::exercised;

use super::answer::Answer;
use super::plugin::Exchange;
use crate::judge::{Asked, Judge};

/// What the plugin says of itself, as far as it could be asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Claims {
    pub(crate) versions: Vec<String>,
    pub(crate) commands: Vec<String>,
    pub(crate) features: Vec<String>,
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
        found.extend(envelope::breaches(scene));
        found.extend(errors::breaches(scene));
        found.extend(streams::breaches(scene));
        found.extend(replies::breaches(scene));
    }
    found
}

impl Request {
    /// Reads what was sent as docs/protocol.md says.
    pub(crate) fn of(bytes: &[u8]) -> Request {
        let Ok(document @ Value::Object(_)) = shellrt_api::parse_json(bytes) else {
            return Request::default();
        };
        let Ok(mut judge) = Judge::new(Asked::Request, false) else {
            return Request::default();
        };
        let Ok(verdict) = judge.judge(bytes) else {
            return Request::default();
        };
        let text = |member: &str| {
            document
                .get(member)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let sound = |member: &str| {
            let pointer = format!("/{member}");
            !verdict.faults.iter().any(|fault| fault.pointer == pointer)
        };
        let known = |name: &String| {
            crate::contract::commands().is_ok_and(|commands| commands.contains(name))
        };
        Request {
            command: text("_type").filter(known),
            id: text("_id").filter(|_| sound("_id")),
            version: text("_version").filter(|_| sound("_version")),
            document: Some(document),
        }
    }

    /// A member of the request.
    pub(crate) fn member(&self, name: &str) -> Option<&Value> {
        self.document.as_ref()?.get(name)
    }
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
        let request = Request::of(br#"{"_version":"0.2.0","_type":"stop","_id":7}"#);
        assert_eq!(request.command.as_deref(), Some("stop"));
        assert_eq!(request.id, None);
        assert!(Request::of(b"[]").document.is_none());
    }
}
