//! Statements on what a plugin left: processes, files, texts that hold a secret,
//! lines on standard error, questions to a registry.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::Value;

use super::values::is_match;
use super::{Ground, Miss};
use crate::suite::case::{Asked, Expect, Hidden, Place, WantedProcess};
use crate::suite::evidence::shown;
use crate::suite::template::{self, NoValue};

type Verdict = Result<Option<Miss>, NoValue>;

/// The outer `None`: the statement is of another kind.
pub(super) fn judge(expect: &Expect, ground: &Ground<'_>) -> Result<Option<Option<Miss>>, NoValue> {
    let verdict = if let Some(wanted) = &expect.process {
        process(wanted, ground)
    } else if let Some(wanted) = &expect.hidden {
        hidden(wanted, ground)
    } else if let Some(pattern) = &expect.stderr {
        stderr(pattern, ground)
    } else if let Some(unchanged) = expect.unchanged {
        Ok(files(unchanged, ground))
    } else if let Some(asked) = &expect.registry {
        Ok(registry(asked, ground))
    } else {
        return Ok(None);
    };
    verdict.map(Some)
}

fn miss(found: impl Into<String>, expected: impl Into<String>) -> Option<Miss> {
    Some(Miss {
        found: found.into(),
        expected: expected.into(),
    })
}

fn process(wanted: &WantedProcess, ground: &Ground<'_>) -> Verdict {
    let pid = template::value(&wanted.pid, ground.values)?;
    let Some(pid) = pid.as_u64() else {
        return Ok(miss(format!("the pid is {pid}"), "a number"));
    };
    // A zombie has ended, whoever still has to reap it.
    let state = fs::read_to_string(format!("/proc/{pid}/stat"))
        .ok()
        .and_then(|stat| {
            stat.rsplit_once(')')
                .map(|(_, rest)| rest.trim_start().to_owned())
        });
    let is_there = state.is_some_and(|state| !state.starts_with(['Z', 'X']));
    Ok(match (is_there, wanted.is_there) {
        (true, false) => miss(format!("process {pid} is still there"), "it is gone"),
        (false, true) => miss(format!("process {pid} is gone"), "it is there"),
        _ => None,
    })
}

fn stderr(pattern: &str, ground: &Ground<'_>) -> Verdict {
    let pattern = template::text(pattern, ground.values)?;
    let Some((exchange, _)) = ground.exchange else {
        return Ok(None);
    };
    let text = String::from_utf8_lossy(&exchange.stderr);
    if is_match(&pattern, &text) {
        return Ok(None);
    }
    let found = format!("standard error is `{}`", shown(&exchange.stderr));
    Ok(miss(found, format!("it matches `{pattern}`")))
}

fn files(unchanged: bool, ground: &Ground<'_>) -> Option<Miss> {
    match ground.changed_files {
        None => miss("the files were not looked at", "`watch` is set"),
        Some(changed) if changed.is_empty() == unchanged => None,
        Some(changed) if unchanged => miss(
            format!("changed on disk: {}", changed.join(", ")),
            "nothing on disk is changed",
        ),
        Some(_) => miss("nothing on disk was changed", "a change"),
    }
}

fn registry(asked: &Asked, ground: &Ground<'_>) -> Option<Miss> {
    let count = ground.registry.map_or(0, |tally| {
        let counts = if asked.blobs {
            &tally.blobs
        } else {
            &tally.all
        };
        counts.get(&asked.repository).copied().unwrap_or(0)
    });
    let late = asked.at_most.is_some_and(|most| count > most);
    if count >= asked.at_least && !late {
        return None;
    }
    let what = if asked.blobs { "blobs" } else { "anything" };
    let most = asked
        .at_most
        .map(|most| format!(" and at most {most}"))
        .unwrap_or_default();
    miss(
        format!(
            "the registry was asked for {what} of `{}` {count} times",
            asked.repository
        ),
        format!("at least {}{most}", asked.at_least),
    )
}

fn hidden(wanted: &Hidden, ground: &Ground<'_>) -> Verdict {
    let secret = template::text(&wanted.text, ground.values)?;
    let Some((exchange, answer)) = ground.exchange else {
        return Ok(None);
    };
    let has = |bytes: &[u8]| contains(bytes, secret.as_bytes());
    for place in &wanted.places {
        let found = match place {
            Place::Arguments => exchange.seen.arguments.iter().any(|text| has(text)),
            Place::Environment => exchange.seen.environments.iter().any(|text| has(text)),
            Place::Stderr => has(&exchange.stderr),
            Place::Response => answer
                .response
                .as_ref()
                .is_some_and(|response| texts_of(response).any(|text| has(text.as_bytes()))),
            Place::Files => ground.places.iter().any(|path| in_files(path, &has, true)),
            Place::AnyFile => ground.places.iter().any(|path| in_files(path, &has, false)),
        };
        if found {
            let place = match place {
                Place::Arguments => "the arguments of a process",
                Place::Environment => "the environment of a process",
                Place::Stderr => "standard error",
                Place::Response => "the texts of the response",
                Place::Files => "a file that others can read",
                Place::AnyFile => "a file",
            };
            return Ok(miss(
                format!("the secret is in {place}"),
                "it is on standard input only",
            ));
        }
    }
    Ok(None)
}

/// The members in which a plugin speaks; labels and the like may hold what was
/// sent.
fn texts_of(response: &Value) -> impl Iterator<Item = String> {
    ["message", "hint", "causes", "detail", "warnings"]
        .into_iter()
        .filter_map(|member| Some(response.get(member)?.to_string()))
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    !part.is_empty() && bytes.windows(part.len()).any(|window| window == part)
}

fn in_files(path: &Path, has: &dyn Fn(&[u8]) -> bool, only_open: bool) -> bool {
    let Ok(facts) = fs::symlink_metadata(path) else {
        return false;
    };
    let others = facts.permissions().mode();
    if facts.is_dir() {
        // What others cannot enter hides what is in it.
        if only_open && others & 0o001 == 0 {
            return false;
        }
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        return entries
            .into_iter()
            .any(|entry| in_files(&entry.path(), has, only_open));
    }
    facts.is_file()
        && (!only_open || others & 0o004 != 0)
        && fs::read(path).is_ok_and(|bytes| has(&bytes))
}
