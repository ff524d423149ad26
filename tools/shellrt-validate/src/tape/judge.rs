//! Which rules an exchange on a tape breaks.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use shellrt_api::FaultRule;

use super::record::{Exit, Record, Stream};
use super::redact;
use crate::fault::Failure;
use crate::judge::{Asked, Judge};
use crate::place::Place;
use crate::requirements::{self, Level};
use crate::suite::always::{self, Claims, Scene};
use crate::suite::answer::Answer;
use crate::suite::plugin::{Ended, Exchange};
use crate::suite::watch::Seen;

/// A rule that an exchange breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) rule: String,
    pub(crate) level: Level,
    /// `host` or `plugin`.
    pub(crate) party: &'static str,
    pub(crate) found: String,
    pub(crate) expected: String,
}

/// What a host that ended the plugin, or wants no more of it, cannot judge: the
/// rest of its output.
const ABOUT_THE_END: [&str; 9] = [
    "P-5",
    "P-16",
    "T-4",
    "T-6",
    "T-8",
    "S-1",
    "S-3",
    "S-4",
    "C-img_pull-8",
];
/// What cannot be held against the reply to a request that nobody but its
/// plugin could read.
const ABOUT_THE_REQUEST: [&str; 11] = [
    "N-1",
    "E-1",
    "E-2",
    "E-4",
    "E-8",
    "E-9",
    "V-2",
    "V-3",
    "V-4",
    "V-5",
    "C-img_pull-8",
];

/// Every broken rule of `MUST`, and of `SHOULD` too where it is `strict`.
pub(crate) fn judge(record: &Record, strict: bool) -> Result<Vec<Finding>, Failure> {
    let levels: BTreeMap<String, Level> = requirements::load(requirements::NEWEST)?
        .rules
        .into_iter()
        .map(|rule| (rule.id, rule.level))
        .collect();
    let mut findings = Vec::new();
    let mut add = |party, rule: &str, found: String, expected: String| {
        let level = levels.get(rule).copied().unwrap_or(Level::Must);
        if level == Level::Must || strict {
            findings.push(Finding {
                rule: rule.to_owned(),
                level,
                party,
                found,
                expected,
            });
        }
    };
    let mut reader = Judge::new(Asked::Anything, false)?;
    let sent = restored(&record.request.text, &mut reader)?;
    if !record.request.cut {
        for (rule, found, expected) in super::sender::faults(sent.as_bytes(), strict)? {
            add("host", rule, found, expected);
        }
    }
    let stdout = stdout(record, &mut reader)?;
    if strict {
        for (found, expected) in unknown_members(&Answer::of(&stdout))? {
            add("plugin", "T-4", found, expected);
        }
    }
    for breach in of_the_plugin(record, sent, stdout) {
        add("plugin", breach.rule, breach.found, breach.expected);
    }
    for pointer in &record.leaked {
        let found = format!("the response repeats the value of `{pointer}`");
        add("plugin", "K-2", found, "no secret in any text".to_owned());
    }
    Ok(findings)
}

/// What a response has that no sender of this wire writes.
fn unknown_members(answer: &Answer) -> Result<Vec<(String, String)>, Failure> {
    if answer.response.is_none() {
        return Ok(Vec::new());
    }
    let verdict = Judge::new(Asked::Anything, true)?.judge(&answer.head)?;
    let unknown = verdict
        .faults
        .into_iter()
        .filter(|fault| fault.rule == FaultRule::Unknown.as_str());
    Ok(unknown
        .map(|fault| {
            let found = format!("{}: {}", fault.pointer, fault.message);
            (found, fault.expected)
        })
        .collect())
}

fn of_the_plugin(record: &Record, sent: String, stdout: Vec<u8>) -> always::Breaches {
    let answer = Answer::of(&stdout);
    let is_readable = !record.request.lenient && !record.request.cut;
    let exchange = Exchange {
        sent: sent.into_bytes(),
        stdin_open: false,
        stdout,
        stderr: Vec::new(),
        ended: match record.exit {
            Exit::Status(status) => Ended::Status(status),
            Exit::Signal(number) => Ended::Signal(number),
        },
        took: Duration::from_millis(record.took_ms),
        disturbed_at: None,
        held_open: record.held_open,
        written_on: false,
        journal: false,
        seen: Seen::default(),
    };
    let scene = Scene {
        exchange: &exchange,
        answer: &answer,
        request: if is_readable {
            always::Request::of(&exchange.sent, &answer, &Claims::default())
        } else {
            always::Request::default()
        },
        claims: &Claims::default(),
    };
    let mut breaches = always::breaches(&scene);
    let was_cancelled = record.signals.iter().any(|signal| [2, 15].contains(signal));
    let is_unfinished = record.exit != Exit::Status(0);
    breaches.retain(|breach| {
        let about_the_end = ABOUT_THE_END.contains(&breach.rule);
        let dropped = about_the_end && (record.host_closed || was_cancelled && is_unfinished)
            // A frame may be cut by dying.
            || breach.rule == "S-1" && matches!(record.exit, Exit::Signal(_))
            || !is_readable && ABOUT_THE_REQUEST.contains(&breach.rule);
        !dropped
    });
    if was_cancelled && is_unfinished && !record.host_closed && answer.response.is_none() {
        let ended = match record.exit {
            Exit::Status(status) => format!("exit status {status}"),
            Exit::Signal(number) => format!("death by signal {number}"),
        };
        breaches.push(always::breach(
            "D-7",
            format!("{ended} without a response after a signal to cancel"),
            "code 7, or the ordinary response, and exit status 0",
        ));
    }
    breaches
}

fn restored(text: &str, reader: &mut Judge) -> Result<String, Failure> {
    match shellrt_api::parse_json(text.as_bytes()) {
        Ok(document @ Value::Object(_)) => {
            let place = Place::root(reader.schema_of(&document)?);
            Ok(redact::restored(text, &place))
        }
        _ => Ok(text.to_owned()),
    }
}

/// Standard output again: other bytes, and the same to every rule.
fn stdout(record: &Record, reader: &mut Judge) -> Result<Vec<u8>, Failure> {
    let text = &record.reply.text;
    let answer = Answer::of(text.as_bytes());
    let head = String::from_utf8_lossy(&answer.head).into_owned();
    let mut stdout = match text.find(&head) {
        Some(start) if !head.is_empty() => {
            let restored = restored(&head, reader)?;
            let end = start + head.len();
            [&text[..start], &restored, &text[end..]].concat()
        }
        _ => text.clone(),
    }
    .into_bytes();
    if let Some(stream) = &record.reply.stream {
        stdout.push(0);
        again(stream, &mut stdout);
    }
    Ok(stdout)
}

fn again(stream: &Stream, stdout: &mut Vec<u8>) {
    match stream {
        // Nothing is asked of the bytes, only whether there are some.
        Stream::Bytes { bytes } => stdout.extend(std::iter::repeat_n(b'x', some(*bytes))),
        Stream::Docker {
            frames,
            longest,
            after_error,
            rest,
        } => {
            let [out, err, error] = frames.map(some);
            let after = some(*after_error);
            let before = (out + err + error).saturating_sub(after + usize::from(error > 0));
            for number in 0..before {
                let size = if number == 0 { *longest } else { 0 };
                frame(1, size, stdout);
            }
            if error > 0 {
                frame(3, if before == 0 { *longest } else { 0 }, stdout);
            }
            (0..after).for_each(|_| frame(1, 0, stdout));
            stdout.extend(std::iter::repeat_n(0xff, some(*rest)));
        }
        Stream::Ndjson {
            first, last, open, ..
        } => {
            for line in first.iter().chain(last) {
                stdout.extend(line.as_bytes());
                stdout.push(b'\n');
            }
            stdout.extend(open.as_bytes());
        }
    }
}

fn frame(number: u8, size: u64, stdout: &mut Vec<u8>) {
    let size = some(size);
    stdout.extend([number, 0, 0, 0]);
    stdout.extend(u32::try_from(size).unwrap_or(u32::MAX).to_be_bytes());
    stdout.extend(std::iter::repeat_n(b'x', size));
}

/// As many as one can say something about without the bytes themselves.
fn some(count: u64) -> usize {
    const MOST: usize = 1024 * 1024;
    usize::try_from(count).map_or(MOST, |count| count.min(MOST))
}
