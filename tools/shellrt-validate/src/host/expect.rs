//! Whether a statement holds after a play, and what was found where it does not.

use serde_json::Value;
use shellrt_api::{RequestMessage, parse_json};

use super::catalog::Prepared;
use super::play::{Ended, Left, Plugin, Seen};
use super::record::{Moment, What};
use super::scenario::{self, Environment, Host, Outcome, Place, Request, Statement, Who};
use super::stage::{NOT_PASSED_ON, PASSED_ON, Stage};
use crate::suite::always::is_reverse_dns;

/// How long after the plugin's end a host may be there: 1 second is the rule's,
/// the rest is for slow machines.
const AFTER_EXIT_MS: u64 = 4000;
/// The members of a request's head.
const HEAD: [&str; 5] = ["_version", "_type", "_id", "_deadline_ms", "_meta"];
/// Members in which a plugin's own data stand, of any form.
const FREE_FORM: [&str; 3] = ["config", "_meta", "detail"];
const SIGTERM: i32 = 15;

/// What came of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Holds,
    /// What was found, and what would have been right.
    Fails(String, String),
    /// It cannot be seen with this host.
    Disabled(String),
    /// The play did not come about.
    Error(String),
}

use Verdict::{Disabled, Fails, Holds};

/// Judges one statement.
pub(crate) fn judge(statement: &Statement, stage: &Stage, play: &Prepared, seen: &Seen) -> Verdict {
    let Some(plugin) = seen.plugins.first() else {
        let found = format!("the host did not start the plugin; {}", ended(seen));
        return fails(found, "the host sends the request");
    };
    for event in seen.plugins.iter().flat_map(|plugin| &plugin.events) {
        if let What::Failed { why } = &event.what {
            return Verdict::Error(format!("the scripted plugin could not play: {why}"));
        }
    }
    match statement {
        Statement::Outcome(wanted) => outcome(wanted, stage, seen),
        Statement::HandsOut(texts) => hands_out(texts, seen),
        Statement::Shows(text) => holds_or(
            [&seen.stdout, &seen.stderr]
                .iter()
                .any(|output| find(output, text.as_bytes()).is_some()),
            || "it is in neither of the host's outputs".to_owned(),
            format!("`{text}` is shown"),
        ),
        Statement::Starts(wanted) => holds_or(
            seen.plugins.len() == *wanted,
            || format!("the host started {} plugins", seen.plugins.len()),
            format!("{wanted}"),
        ),
        Statement::Request(what) => request(*what, play, plugin),
        Statement::Environment(what) => environment(*what, seen, plugin),
        Statement::Plugin(what) => started(*what, seen, plugin),
        Statement::Host(Host::Reaps) => reaped(seen),
        Statement::Host(Host::DoesNotWait) => does_not_wait(seen, plugin, stage.scale),
        Statement::Host(Host::LetsGo) => holds_or(
            seen.plugins.iter().any(was_let_go),
            || "the plugin got no SIGTERM, and could go on writing".to_owned(),
            "SIGTERM, or a closed standard output",
        ),
        Statement::Host(Host::GivesGrace) => holds_or(
            term(plugin).is_some()
                && plugin
                    .events
                    .iter()
                    .any(|event| matches!(event.what, What::Ends { .. })),
            || "the plugin did not come to its end after SIGTERM".to_owned(),
            "a grace between SIGTERM and SIGKILL",
        ),
        Statement::Terminates(who) => holds_or(
            match who {
                Who::Plugin => term(plugin).is_some(),
                Who::Child => child_term(plugin),
            },
            || format!("{} got no SIGTERM; {}", called(*who), ended(seen)),
            "SIGTERM to the whole group of the plugin",
        ),
        Statement::TerminatesNotBeforeMs(least) => match term(plugin) {
            None => fails("the plugin got no SIGTERM", format!("after {least} ms")),
            Some(at) => at_least(milliseconds(seen.began, at), *least, "SIGTERM came after"),
        },
        Statement::Kills(who) => kills(*who, seen, plugin),
        Statement::KillsNotBeforeMs(least) => match (term(plugin), plugin.gone) {
            (Some(term), Some(gone)) => at_least(
                milliseconds(term, gone),
                *least,
                "the plugin was killed after",
            ),
            (None, _) => fails(
                "the plugin got no SIGTERM",
                format!("{least} ms between SIGTERM and SIGKILL"),
            ),
            (_, None) => fails("the plugin was not killed", "SIGKILL after the grace"),
        },
        Statement::GrowsLessThanMib(most) => grows(plugin, *most),
        Statement::TakesAtMostMib(most) => {
            let taken = taken(plugin);
            holds_or(
                taken <= most * 1024 * 1024,
                || format!("the host took {taken} bytes"),
                format!("it ends the plugin before {most} MiB"),
            )
        }
        Statement::Secret(secret) => {
            let text = secret.text.as_bytes();
            let (place, is_there) = match secret.place {
                Place::Arguments => (
                    "the plugin's arguments",
                    plugin
                        .given
                        .arguments
                        .iter()
                        .any(|word| find(word.as_bytes(), text).is_some()),
                ),
                Place::Environment => (
                    "the plugin's environment",
                    plugin
                        .given
                        .environment
                        .iter()
                        .any(|(_, value)| find(value.as_bytes(), text).is_some()),
                ),
                Place::Errors => (
                    "the host's standard error",
                    find(&seen.stderr, text).is_some(),
                ),
            };
            holds_or(
                !is_there,
                || format!("`{}` of the request is in {place}", secret.text),
                "a secret is on the plugin's standard input and nowhere else",
            )
        }
        Statement::RepeatsIn(version) => repeats_in(version, seen),
        Statement::RepeatsAfterMs(least) => repeats_after(*least, seen),
    }
}

fn fails(found: impl Into<String>, expected: impl Into<String>) -> Verdict {
    Fails(found.into(), expected.into())
}

fn holds_or(holds: bool, found: impl FnOnce() -> String, expected: impl Into<String>) -> Verdict {
    if holds {
        Holds
    } else {
        fails(found(), expected)
    }
}

fn at_least(took: u64, least: u64, what: &str) -> Verdict {
    holds_or(
        took >= least,
        || format!("{what} {took} ms"),
        format!("{least} ms or more"),
    )
}

fn milliseconds(from: Moment, to: Moment) -> u64 {
    to.saturating_sub(from) / 1_000_000
}

/// How the host ended, as words.
pub(crate) fn ended(seen: &Seen) -> String {
    match seen.ended {
        Ended::Status(status) => format!("the host ended with exit status {status}"),
        Ended::Signal(number) => format!("the host was ended by signal {number}"),
        Ended::TimeUp => format!(
            "the host was still running after {} ms",
            milliseconds(seen.began, seen.until)
        ),
    }
}

fn outcome(wanted: &[Outcome], stage: &Stage, seen: &Seen) -> Verdict {
    let words: Vec<&str> = wanted.iter().map(|outcome| outcome.as_str()).collect();
    let expected = format!("the host reports {}", words.join(" or "));
    if wanted == [Outcome::Retry] {
        if seen.plugins.len() > 1 {
            return Holds;
        }
        if !stage.statuses.can_say(Outcome::Retry) {
            return Disabled(
                "the host does not say whether it would send the request again: `retry=N` in `--statuses`"
                    .to_owned(),
            );
        }
    }
    let is_final = wanted.contains(&Outcome::Error) && !wanted.contains(&Outcome::Retry);
    if is_final && seen.plugins.len() > 1 {
        return fails("the host sent the request again", expected);
    }
    let Ended::Status(status) = seen.ended else {
        return fails(ended(seen), expected);
    };
    let said = stage.statuses.of(status);
    if said.iter().any(|outcome| wanted.contains(outcome)) {
        return Holds;
    }
    let said: Vec<&str> = said.iter().map(|outcome| outcome.as_str()).collect();
    let said = match said.as_slice() {
        [] => "which `--statuses` gives no meaning".to_owned(),
        said => format!("which is {}", said.join(" or ")),
    };
    fails(
        format!("the host reports exit status {status}, {said}"),
        expected,
    )
}

fn hands_out(texts: &[String], seen: &Seen) -> Verdict {
    let mut rest = seen.stdout.as_slice();
    for text in texts {
        let Some(at) = find(rest, text.as_bytes()) else {
            let found = format!(
                "`{}` is not in what the host hands out",
                text.escape_debug()
            );
            let texts: Vec<String> = texts
                .iter()
                .map(|text| format!("`{}`", text.escape_debug()))
                .collect();
            return fails(found, format!("in this order: {}", texts.join(", ")));
        };
        rest = &rest[at + text.len()..];
    }
    Holds
}

/// Where a text begins.
fn find(bytes: &[u8], text: &[u8]) -> Option<usize> {
    bytes
        .windows(text.len().max(1))
        .position(|part| part == text)
}

fn request(what: Request, play: &Prepared, plugin: &Plugin) -> Verdict {
    if let Request::Closed = what {
        let closed = plugin
            .events
            .iter()
            .any(|event| matches!(event.what, What::Read { closed: true, .. }));
        return holds_or(
            closed,
            || "the plugin's standard input stayed open behind the request".to_owned(),
            "the host closes it",
        );
    }
    let value = match parse_json(&plugin.stdin) {
        Ok(value @ Value::Object(_)) => value,
        Ok(_) => {
            return fails(
                "the plugin got a document that is no object",
                "one JSON object",
            );
        }
        Err(fault) => {
            return fails(
                format!("what the plugin got is no JSON document: {fault}"),
                "one JSON object",
            );
        }
    };
    let members = value.as_object().into_iter().flatten();
    match what {
        Request::OneObject | Request::Closed => Holds,
        Request::Whole => {
            let asked = play.request.as_object().into_iter().flatten();
            let lost: Vec<&str> = asked
                .filter(|(name, wanted)| value.get(*name) != Some(wanted))
                .map(|(name, _)| name.as_str())
                .collect();
            holds_or(
                lost.is_empty(),
                || {
                    format!(
                        "of what the host was given {} came otherwise, or not at all",
                        lost.join(", ")
                    )
                },
                "the request as it was given",
            )
        }
        Request::ReservedMembers => {
            let strange: Vec<&str> = members
                .map(|(name, _)| name.as_str())
                .filter(|name| name.starts_with('_') && !HEAD.contains(name))
                .collect();
            holds_or(
                strange.is_empty(),
                || format!("the request has {}", strange.join(", ")),
                format!("of reserved members only {}", HEAD.join(", ")),
            )
        }
        Request::MetaKeys => meta_keys(&value),
        Request::Integers => {
            let mut strange = Vec::new();
            numbers(&value, &mut strange);
            holds_or(
                strange.is_empty(),
                || format!("the request has the number {}", strange.join(", ")),
                "integers without a fraction, within 2^53 - 1",
            )
        }
        Request::NoNulls => {
            let nulls: Vec<&str> = members
                .filter(|(name, value)| !FREE_FORM.contains(&name.as_str()) && value.is_null())
                .map(|(name, _)| name.as_str())
                .collect();
            holds_or(
                nulls.is_empty(),
                || format!("the request has `null` at {}", nulls.join(", ")),
                "members without a value are left out",
            )
        }
        Request::Canonical => match RequestMessage::from_value(value) {
            Err(error) => fails(format!("the request is not valid: {error}"), "a valid one"),
            Ok(message) => {
                let canonical = message.to_canonical_json();
                holds_or(
                    plugin.stdin.trim_ascii_end() == canonical.as_bytes(),
                    || format!("`{}`", String::from_utf8_lossy(&plugin.stdin)),
                    format!("`{canonical}`"),
                )
            }
        },
    }
}

fn meta_keys(request: &Value) -> Verdict {
    let keys = request["_meta"].as_object().into_iter().flatten();
    let strange: Vec<&str> = keys
        .map(|(key, _)| key.as_str())
        .filter(|key| !is_reverse_dns(key))
        .collect();
    holds_or(
        strange.is_empty(),
        || format!("`_meta` has the keys {}", strange.join(", ")),
        "keys such as `com.example.trace`",
    )
}

/// Numbers that not every reader holds exactly.
fn numbers(value: &Value, found: &mut Vec<String>) {
    const MOST: u64 = (1 << 53) - 1;
    match value {
        Value::Number(number) => {
            let integer = number.as_i64().map(i64::unsigned_abs).or(number.as_u64());
            if integer.is_none_or(|integer| integer > MOST) {
                found.push(number.to_string());
            }
        }
        Value::Array(items) => items.iter().for_each(|item| numbers(item, found)),
        Value::Object(members) => members.values().for_each(|member| numbers(member, found)),
        _ => {}
    }
}

fn environment(what: Environment, seen: &Seen, plugin: &Plugin) -> Verdict {
    let given = |wanted: &str| {
        let mut variables = plugin.given.environment.iter();
        variables
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.as_str())
    };
    match what {
        Environment::Cleared => {
            let names = NOT_PASSED_ON.map(|(name, _)| name);
            let there: Vec<&str> = names
                .into_iter()
                .filter(|name| given(name).is_some())
                .collect();
            holds_or(
                there.is_empty(),
                || format!("the plugin has the host's {}", there.join(", ")),
                "no variable that is not listed",
            )
        }
        Environment::PassedOn => {
            // A wrapper may add to PATH; the others come as they are.
            let own = ["PATH", "HOME"].into_iter();
            let own = own.filter(|name| std::env::var_os(name).is_some() && given(name).is_none());
            let listed = PASSED_ON.into_iter();
            let listed = listed.filter(|(name, value)| given(name) != Some(value));
            let missing: Vec<&str> = own.chain(listed.map(|(name, _)| name)).collect();
            holds_or(
                missing.is_empty(),
                || format!("the plugin does not have the host's {}", missing.join(", ")),
                "the variables that are listed, as the host has them",
            )
        }
        Environment::JournalStream => {
            let is_shared = plugin.given.stderr == seen.stderr_identity;
            match (is_shared, given("JOURNAL_STREAM").is_some()) {
                (true, false) => fails(
                    "the plugin writes to the host's standard error and does not have its JOURNAL_STREAM",
                    "JOURNAL_STREAM is passed on",
                ),
                (false, true) => fails(
                    "the plugin has JOURNAL_STREAM, and its standard error is not the host's",
                    "JOURNAL_STREAM is not passed on",
                ),
                _ => Holds,
            }
        }
    }
}

fn started(what: scenario::Plugin, seen: &Seen, plugin: &Plugin) -> Verdict {
    let given = &plugin.given;
    match what {
        scenario::Plugin::StandardDescriptors => holds_or(
            given.descriptors.is_empty(),
            || format!("the plugin has {}", given.descriptors.join(", ")),
            "0, 1 and 2 alone",
        ),
        scenario::Plugin::OwnGroup => holds_or(
            given.group != seen.group,
            || "the plugin is in the host's process group".to_owned(),
            "a group of its own",
        ),
        scenario::Plugin::StderrApart => holds_or(
            given.stdout != given.stderr,
            || "the plugin's standard output and error are one and the same".to_owned(),
            "two different ones",
        ),
    }
}

fn was_let_go(plugin: &Plugin) -> bool {
    let mut events = plugin.events.iter();
    let found_closed = events.any(|event| {
        matches!(
            event.what,
            What::Wrote {
                broken: true,
                stderr: false,
                ..
            }
        )
    });
    found_closed || term(plugin).is_some()
}

fn reaped(seen: &Seen) -> Verdict {
    let expected = "every plugin has ended, and was waited for, before the host ends";
    if seen.ended == Ended::TimeUp {
        return fails(ended(seen), expected);
    }
    for plugin in &seen.plugins {
        match plugin.left {
            Left::Nothing => {}
            Left::Zombie => return fails("a plugin had ended, and nobody waited for it", expected),
            Left::Running => {
                return fails(
                    "a plugin was still running when the host had ended",
                    expected,
                );
            }
        }
    }
    Holds
}

fn does_not_wait(seen: &Seen, plugin: &Plugin, scale: f64) -> Verdict {
    let expected = "the host waits for 1 s at most once the plugin has exited";
    let Some(gone) = plugin.gone else {
        return fails(
            format!("the plugin has not ended; {}", ended(seen)),
            expected,
        );
    };
    let waited = milliseconds(gone, seen.until);
    let most = std::time::Duration::from_millis(AFTER_EXIT_MS).mul_f64(scale);
    if seen.ended == Ended::TimeUp {
        return fails(ended(seen), expected);
    }
    holds_or(
        u128::from(waited) <= most.as_millis(),
        || format!("the host was there for {waited} ms after the plugin's end"),
        expected,
    )
}

fn term(plugin: &Plugin) -> Option<Moment> {
    let mut events = plugin.events.iter();
    events
        .find(|event| matches!(event.what, What::Signal { number: SIGTERM }))
        .map(|event| event.at)
}

fn child_term(plugin: &Plugin) -> bool {
    let mut events = plugin.events.iter();
    events.any(|event| matches!(event.what, What::ChildSignal { number: SIGTERM }))
}

fn called(who: Who) -> &'static str {
    match who {
        Who::Plugin => "the plugin",
        Who::Child => "the process that the plugin started",
    }
}

fn kills(who: Who, seen: &Seen, plugin: &Plugin) -> Verdict {
    let is_there = match who {
        Who::Plugin => plugin.left == Left::Running,
        Who::Child => plugin.child_is_there,
    };
    holds_or(
        !is_there && seen.ended != Ended::TimeUp,
        || match is_there {
            true => format!("{} was still running; {}", called(who), ended(seen)),
            false => ended(seen),
        },
        "SIGKILL to the whole group of the plugin",
    )
}

fn grows(plugin: &Plugin, most: u64) -> Verdict {
    let weights: Vec<u64> = plugin
        .events
        .iter()
        .filter_map(|event| match event.what {
            What::Weighed { kib, .. } => Some(kib),
            _ => None,
        })
        .collect();
    match weights.as_slice() {
        [before, .., after] => {
            let grown = after.saturating_sub(*before) / 1024;
            holds_or(
                grown < most,
                || format!("the host grew by {grown} MiB"),
                format!("less than {most} MiB"),
            )
        }
        _ => fails(
            "the plugin could not go on",
            "the host reads all that it writes",
        ),
    }
}

fn taken(plugin: &Plugin) -> u64 {
    let written = plugin.events.iter().map(|event| match event.what {
        What::Wrote {
            stderr: false,
            bytes,
            ..
        } => bytes,
        _ => 0,
    });
    written.sum()
}

fn repeats_in(version: &str, seen: &Seen) -> Verdict {
    let expected = format!("the host sends the request again, in version {version}");
    let Some(again) = seen.plugins.get(1) else {
        return fails("the host did not send the request again", expected);
    };
    let sent = parse_json(&again.stdin).ok();
    let sent = sent.as_ref().and_then(|value| value["_version"].as_str());
    holds_or(
        sent == Some(version),
        || {
            format!(
                "it was sent again with `_version` {}",
                sent.unwrap_or("that cannot be read")
            )
        },
        expected,
    )
}

fn repeats_after(least: u64, seen: &Seen) -> Verdict {
    let [first, again, ..] = seen.plugins.as_slice() else {
        return Disabled(
            "the host does not send a request again by itself, so nobody can see how long it waits"
                .to_owned(),
        );
    };
    let from = first
        .events
        .last()
        .map(|event| event.at)
        .unwrap_or(seen.began);
    let to = again
        .events
        .first()
        .map(|event| event.at)
        .unwrap_or(seen.until);
    at_least(milliseconds(from, to), least, "it was sent again after")
}
