//! Statements on what a plugin left: processes, files, texts that hold a secret,
//! lines on standard error, questions to a registry.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::values::is_match;
use super::{Ground, Miss};
use crate::suite::case::{Asked, Expect, Hidden, Pids, Place, Processes, WantedProcess, WhichPids};
use crate::suite::evidence::shown;
use crate::suite::template::{self, NoValue};
use crate::suite::watch;

type Verdict = Result<Option<Miss>, NoValue>;

/// How long a program may have files open that it opens to be loaded.
const LOADING: Duration = Duration::from_secs(5);
/// How long a child of a program may look like it: from its fork to its own
/// program.
const FORKING: Duration = Duration::from_secs(1);
/// Between two looks at what is just beginning.
const LOOK: Duration = Duration::from_millis(50);

/// The outer `None`: the statement is of another kind.
pub(super) fn judge(expect: &Expect, ground: &Ground<'_>) -> Result<Option<Option<Miss>>, NoValue> {
    let verdict = if let Some(wanted) = &expect.process {
        process(wanted, ground)
    } else if let Some(wanted) = &expect.processes {
        processes(wanted, ground)
    } else if let Some(pid) = &expect.descriptors {
        descriptors(pid, ground)
    } else if let Some(leaves) = expect.leaves_processes {
        Ok(left(leaves, ground))
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
    let pid = match pid(&wanted.pid, ground)? {
        Ok(pid) => pid,
        Err(miss) => return Ok(Some(miss)),
    };
    if let Some(variable) = &wanted.variable
        && watch::is_there(pid)
    {
        let variable = template::text(variable, ground.values)?;
        if !watch::has_variable(pid, variable.as_bytes()) {
            let found = format!("process {pid} has no variable `{variable}`");
            return Ok(miss(
                found,
                "it is a process of the module, which was given it",
            ));
        }
    }
    Ok(match (watch::is_there(pid), wanted.is_there) {
        (true, false) => miss(format!("process {pid} is still there"), "it is gone"),
        (false, true) => miss(format!("process {pid} is gone"), "it is there"),
        _ => None,
    })
}

fn pid(template: &Value, ground: &Ground<'_>) -> Result<Result<u32, Miss>, NoValue> {
    let pid = template::value(template, ground.values)?;
    let number = pid.as_u64().and_then(|pid| u32::try_from(pid).ok());
    Ok(number.ok_or_else(|| Miss {
        found: format!("the pid is {pid}"),
        expected: "the number of a process".to_owned(),
    }))
}

fn processes(wanted: &Processes, ground: &Ground<'_>) -> Verdict {
    let text = wanted.variable.as_deref().or(wanted.with.as_deref());
    let text = template::text(text.unwrap_or_default(), ground.values)?;
    let look = || match &wanted.variable {
        Some(_) => {
            let found = watch::with_variable(text.as_bytes());
            found.into_iter().map(watch::told).collect()
        }
        None => watch::with_argument(text.as_bytes()),
    };
    let began = Instant::now();
    let mut found: Vec<String> = look();
    // What has ended is gone at once; what begins, or forks, takes its moment.
    let patience = |found: usize| {
        if found < wanted.count {
            LOADING
        } else {
            FORKING
        }
    };
    while wanted.count > 0 && found.len() != wanted.count && began.elapsed() < patience(found.len())
    {
        thread::sleep(LOOK);
        found = look();
    }
    if found.len() == wanted.count {
        return Ok(None);
    }
    let told = match found.len() {
        0 => "there is none".to_owned(),
        count => format!("there are {count}: {}", found.join("; ")),
    };
    Ok(miss(told, format!("{} with `{text}`", wanted.count)))
}

/// A list of processes that a plugin gave, held against those that have a
/// variable.
pub(super) fn pids(wanted: &Pids, list: Option<&Value>, ground: &Ground<'_>) -> Verdict {
    let variable = template::text(&wanted.variable, ground.values)?;
    let Some(listed) = list.and_then(Value::as_array) else {
        return Ok(miss("there is no list", "a list of processes"));
    };
    let listed: Vec<u32> = listed
        .iter()
        .filter_map(|process| u32::try_from(process["pid"].as_u64()?).ok())
        .collect();
    let known = watch::with_variable(variable.as_bytes());
    let (stray, what) = match wanted.list {
        WhichPids::All if known.is_empty() => {
            return Ok(miss("the machine has no process of the module", "some"));
        }
        WhichPids::All => (known.iter().find(|pid| !listed.contains(pid)), "missing"),
        WhichPids::Only => (listed.iter().find(|pid| !known.contains(pid)), "a stranger"),
    };
    let Some(&stray) = stray else {
        return Ok(None);
    };
    Ok(miss(
        format!(
            "{listed:?} were listed, and {what} is {}",
            watch::told(stray)
        ),
        format!("the processes that were given the variable `{variable}`: {known:?}"),
    ))
}

fn descriptors(template: &Value, ground: &Ground<'_>) -> Verdict {
    let pid = match pid(template, ground)? {
        Ok(pid) => pid,
        Err(miss) => return Ok(Some(miss)),
    };
    let Some(mut found) = watch::descriptors(pid) else {
        return Ok(miss(format!("process {pid} is gone"), "it is there"));
    };
    found.retain(|number, _| *number > 2);
    // What a program opens itself while it is loaded goes away again; what it
    // inherited stays. Long enough for a loader that waits for a processor.
    let patience = Instant::now();
    while !found.is_empty() && patience.elapsed() < LOADING {
        thread::sleep(LOOK);
        let now = watch::descriptors(pid).unwrap_or_default();
        found.retain(|number, target| now.get(number) == Some(target));
    }
    let others: Vec<String> = found
        .into_iter()
        .map(|(number, target)| format!("{number} is {target}"))
        .collect();
    if others.is_empty() {
        return Ok(None);
    }
    let found = format!("process {pid} has descriptors: {}", others.join(", "));
    Ok(miss(found, "0, 1 and 2 only"))
}

fn left(leaves: bool, ground: &Ground<'_>) -> Option<Miss> {
    let left = ground
        .exchange
        .and_then(|(exchange, _)| exchange.seen.left.as_ref());
    match left {
        None => miss("processes were not looked at", "`watch` is set"),
        Some(left) if left.is_empty() != leaves => None,
        Some(left) if !leaves => miss(
            format!("after the plugin's end these go on: {}", left.join("; ")),
            "nothing that the plugin started",
        ),
        Some(_) => miss("nothing goes on", "a process that goes on"),
    }
}

/// Why a statement cannot be checked on this machine. What is not checked is
/// never taken as held.
pub(crate) fn cannot_check(expect: &Expect) -> Option<&'static str> {
    let of_processes = |hidden: &Hidden| {
        let places = [Place::Arguments, Place::Environment];
        hidden.places.iter().any(|place| places.contains(place))
    };
    let needs_sight = expect.process.is_some()
        || expect.processes.is_some()
        || expect.pids.is_some()
        || expect.descriptors.is_some()
        || expect.leaves_processes.is_some()
        || expect.hidden.as_ref().is_some_and(of_processes);
    (needs_sight && !watch::can_see()).then_some(watch::BLIND)
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
