//! Whether a statement of a case holds: one function a kind of statement, each
//! giving what was found and what was expected.

mod streams;
mod times;
mod traces;
mod values;

pub(crate) use traces::cannot_check;

use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;

use super::answer::Answer;
use super::case::{Document, Expect, WantedError, WantedExit};
use super::evidence::{ended, milliseconds};
use super::plugin::{Ended, Exchange};
use super::registry::Tally as Asks;
use super::template::{self, NoValue, Values};

/// Why a statement does not hold.
#[derive(Debug, Clone)]
pub(crate) struct Miss {
    pub(crate) found: String,
    pub(crate) expected: String,
}

/// What statements are judged on.
pub(crate) struct Ground<'a> {
    /// The exchange, but where a list of responses is judged.
    pub(crate) exchange: Option<(&'a Exchange, &'a Answer)>,
    /// What `at` points into, where it is not the response of the exchange.
    pub(crate) document: Option<&'a Value>,
    pub(crate) values: &'a Values,
    /// Directories in which the plugin may have left files.
    pub(crate) places: &'a [PathBuf],
    /// Whether state directories were changed, where that was looked at.
    pub(crate) changed_files: Option<&'a [String]>,
    pub(crate) registry: Option<&'a Asks>,
    /// By how much times are stretched.
    pub(crate) scale: f64,
}

/// Judges one statement.
///
/// # Errors
/// When a name in it has no value: the case itself is wrong, or a step before
/// it gave none.
pub(crate) fn judge(expect: &Expect, ground: &Ground<'_>) -> Result<Option<Miss>, NoValue> {
    if let Some(miss) = whole_response(expect, ground) {
        return Ok(miss);
    }
    if let Some(stream) = &expect.stream {
        return streams::judge(stream, ground);
    }
    if let Some(miss) = traces::judge(expect, ground)? {
        return Ok(miss);
    }
    let pointer = template::text(expect.at.as_deref().unwrap_or_default(), ground.values)?;
    let document = document(expect.of, ground);
    let value = document
        .as_ref()
        .and_then(|document| document.pointer(&pointer));
    values::judge(expect, &pointer, value, ground)
}

/// Statements on the response as a whole and on how the plugin ended. The outer
/// `None`: the statement is of another kind.
fn whole_response(expect: &Expect, ground: &Ground<'_>) -> Option<Option<Miss>> {
    let (exchange, answer) = ground.exchange?;
    if let Some(wanted) = expect.ok {
        return Some(status(wanted, answer));
    }
    if let Some(wanted) = &expect.error {
        return Some(error(wanted, answer));
    }
    if let Some(wanted) = expect.exit {
        return Some(exit(wanted, exchange.ended));
    }
    if let Some(took) = expect.took {
        let since = match (took.from_disturbance, exchange.disturbed_at) {
            (true, Some(at)) => exchange.took.saturating_sub(at),
            _ => exchange.took,
        };
        return Some(time(since, took.at_least_ms, took.at_most_ms, ground.scale));
    }
    None
}

fn status(wanted: bool, answer: &Answer) -> Option<Miss> {
    let holds = if wanted {
        answer.is_ok()
    } else {
        answer.is_err()
    };
    (!holds).then(|| Miss {
        found: told(answer),
        expected: format!("an {} response", if wanted { "ok" } else { "err" }),
    })
}

fn error(wanted: &WantedError, answer: &Answer) -> Option<Miss> {
    let expected = || {
        let codes: Vec<String> = wanted.code.iter().map(u64::to_string).collect();
        let or_ok = match (wanted.or_ok, wanted.or_values.is_empty()) {
            (true, _) => "an ok response, or ".to_owned(),
            (false, false) => {
                let told = |(pointer, value)| format!("`{pointer}` {value}");
                let values: Vec<String> = wanted.or_values.iter().map(told).collect();
                format!("an ok response with {}, or ", values.join(", "))
            }
            (false, true) => String::new(),
        };
        let mut text = match codes.is_empty() {
            true => format!("{or_ok}an err response"),
            false => format!("{or_ok}an err response with code {}", codes.join(" or ")),
        };
        if let Some(pointer) = &wanted.pointer {
            let rule = wanted.fault.as_deref().unwrap_or("any");
            let place = match pointer.as_str() {
                "" => "the document itself (pointer ``)".to_owned(),
                pointer => format!("`{pointer}`"),
            };
            text.push_str(&format!(" and a fault at {place} of rule `{rule}`"));
        }
        text
    };
    let miss = |found: String| Miss {
        found,
        expected: expected(),
    };
    let is_other = |response: &Value| {
        let mut values = wanted.or_values.iter();
        values.all(|(pointer, value)| response.pointer(pointer) == Some(value))
    };
    let or_values = !wanted.or_values.is_empty() && answer.response.as_ref().is_some_and(is_other);
    if answer.is_ok() && (wanted.or_ok || or_values) {
        return None;
    }
    let response = answer.response.as_ref().filter(|_| answer.is_err());
    let Some(response) = response else {
        return Some(miss(told(answer)));
    };
    if !response["code"]
        .as_u64()
        .is_some_and(|code| wanted.code.is_empty() || wanted.code.contains(&code))
    {
        return Some(miss(told(answer)));
    }
    let pointer = wanted.pointer.as_deref()?;
    let faults = response.pointer("/detail/faults").and_then(Value::as_array);
    let listed = faults.into_iter().flatten().any(|fault| {
        fault["pointer"] == pointer
            && wanted
                .fault
                .as_deref()
                .is_none_or(|rule| fault["rule"] == rule)
    });
    (!listed).then(|| {
        let faults = response.pointer("/detail/faults").unwrap_or(&Value::Null);
        miss(format!(
            "code {} with the faults {faults}",
            response["code"]
        ))
    })
}

/// A response in a few words.
pub(crate) fn told(answer: &Answer) -> String {
    match &answer.response {
        None => format!("no response: {}", answer.why_not),
        Some(response) if answer.is_err() => {
            format!("code {}: {}", response["code"], response["message"])
        }
        Some(_) => "an ok response".to_owned(),
    }
}

fn exit(wanted: WantedExit, how: Ended) -> Option<Miss> {
    let (holds, expected) = match wanted {
        WantedExit::Zero => (how == Ended::Status(0), "exit status 0"),
        WantedExit::NotZero => (
            how != Ended::Status(0) && !how.by_force(),
            "another exit status than 0, or a signal",
        ),
        WantedExit::ByItself => (!how.by_force(), "an end by itself"),
    };
    (!holds).then(|| Miss {
        found: ended(how),
        expected: expected.to_owned(),
    })
}

fn time(took: Duration, least: u64, most: Option<u64>, scale: f64) -> Option<Miss> {
    let took = milliseconds(took);
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds of minutes"
    )]
    let most = most.map(|most| (most as f64 * scale.max(1.0)) as u64);
    let late = most.is_some_and(|most| took > most);
    (took < least || late).then(|| Miss {
        found: format!("it took {took} ms"),
        expected: match most {
            Some(most) if least == 0 => format!("at most {most} ms"),
            Some(most) => format!("{least} to {most} ms"),
            None => format!("at least {least} ms"),
        },
    })
}

fn document(which: Document, ground: &Ground<'_>) -> Option<Value> {
    if let Some(document) = ground.document {
        return Some(document.clone());
    }
    let (_, answer) = ground.exchange?;
    match which {
        Document::Response => answer.response.clone(),
        Document::LastRecord => answer.records().pop(),
        Document::Records => Some(Value::Array(answer.records())),
    }
}
