//! Plays the suite: its whole against the sound plugins, and against a mutant
//! the cases that may see it.

use std::collections::{BTreeSet, VecDeque};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;

use super::collect::Subject;
use super::tree::Tree;
use super::{Engine, Failure};
use crate::format::Base;

/// No mutant keeps the suite busy for longer: a case has limits of its own.
const LIMIT: Duration = Duration::from_secs(600);
/// So many cases of one mutant are played at a time.
const CASES_AT_A_TIME: &str = "4";

/// What came of a mutant.
#[derive(Debug)]
pub(super) struct Played {
    pub(super) id: String,
    breaks: String,
    /// The checks of its own rule that failed.
    pub(super) killed_by: Vec<String>,
    /// Other checks that failed.
    others: Vec<String>,
    took: Duration,
}

impl Played {
    /// For who has to find out why.
    pub(super) fn survival(&self) -> Option<String> {
        if !self.killed_by.is_empty() {
            return None;
        }
        let others = match self.others.as_slice() {
            [] => "no check failed at all".to_owned(),
            others => format!("what failed are {}", others.join(", ")),
        };
        Some(format!(
            "SURVIVES  {}: no check of {} failed; {others}",
            self.id, self.breaks
        ))
    }
}

/// What came of a sound plugin.
#[derive(Debug)]
pub(super) struct Sound {
    name: String,
    failed: Vec<String>,
}

impl Sound {
    pub(super) fn faults(&self) -> impl Iterator<Item = String> {
        let lines = self.failed.iter();
        lines.map(|failed| format!("UNSOUND   {}: {failed}", self.name))
    }
}

#[derive(Deserialize)]
struct Run {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    outcome: String,
    #[serde(default)]
    reason: String,
    checks: Vec<Check>,
}

#[derive(Deserialize)]
struct Check {
    id: String,
    rule: String,
    outcome: String,
    #[serde(default)]
    found: String,
    #[serde(default)]
    expected: String,
}

/// A plugin to play against.
struct Player<'a> {
    fixture: Option<&'a str>,
    folder: &'a Path,
    filters: &'a [String],
    /// What must be whole: a sound plugin is held to everything that it can do.
    required: Option<&'a str>,
    command: Vec<String>,
}

/// A mutant without a fault: the way through it must not be seen.
const SHAM: &str = r#"{"breaks": "none", "title": "Does nothing wrong", "base": "process",
    "faults": [{"response": []}, {"output": {}}, {"stream": [{"behead": 0}]}]}"#;

/// Runs each sound plugin that some of the subjects are made of, in a mutant
/// without a fault, on what these are shown. By itself the suite's own check in
/// CI runs it.
pub(super) fn sound(tree: &Tree, subjects: &[Subject]) -> Result<Vec<Sound>, Failure> {
    let mut found = Vec::new();
    let engines = [
        (
            Engine::Process,
            "process",
            "shellrt-process",
            "core,strict,lifecycle,logs,observe,robust",
        ),
        (
            Engine::Containerd,
            "containerd",
            "shellrt-containerd",
            "all",
        ),
    ];
    for (engine, fixture, program, required) in engines {
        if subjects.iter().all(|subject| subject.engine() != engine) {
            continue;
        }
        let filters = shown(subjects, engine);
        let sham = tempfile::NamedTempFile::new()?;
        std::fs::write(sham.path(), SHAM)?;
        let player = Player {
            fixture: Some(fixture),
            folder: &tree.mutants(),
            filters: &filters,
            required: Some(required),
            command: vec![
                tree.program("shellrt-mutant")?.display().to_string(),
                sham.path().display().to_string(),
                "--".to_owned(),
                tree.program(program)?.display().to_string(),
            ],
        };
        let name = format!("{fixture} in a mutant without a fault");
        found.push(Sound::of(name, play(tree, &player)?));
    }
    Ok(found)
}

/// The cases that the mutants of a plugin name; nothing, which means all of the
/// suite, where some name none.
fn shown(subjects: &[Subject], engine: Engine) -> Vec<String> {
    let mutants = subjects
        .iter()
        .filter(|subject| subject.engine() == engine)
        .map(|subject| &subject.mutant);
    let cases: Vec<&Vec<String>> = mutants.map(|mutant| &mutant.cases).collect();
    if cases.iter().any(|cases| cases.is_empty()) {
        return Vec::new();
    }
    let all: BTreeSet<&String> = cases.into_iter().flatten().collect();
    all.into_iter().cloned().collect()
}

impl Sound {
    fn of(name: String, run: Run) -> Sound {
        let failed = run.cases.iter().flat_map(|case| {
            let halted = matches!(case.outcome.as_str(), "error")
                .then(|| format!("{}: {}", case.id, case.reason));
            let checks = case.checks.iter().filter(|check| check.outcome == "fail");
            halted
                .into_iter()
                .chain(checks.map(|check| format!("{}: {}", check.id, check.found)))
        });
        Sound {
            name,
            failed: failed.collect(),
        }
    }
}

/// Plays all of them, several at a time.
pub(super) fn all(tree: &Tree, subjects: &[Subject], jobs: usize) -> Result<Vec<Played>, Failure> {
    let queue = Mutex::new(VecDeque::from_iter(subjects));
    let done = Mutex::new(Vec::new());
    let next = || {
        queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front()
    };
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                while let Some(subject) = next() {
                    let played = one(tree, subject);
                    if let Ok(played) = &played {
                        show(played);
                    }
                    done.lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(played);
                }
            });
        }
    });
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut done = done.into_iter().collect::<Result<Vec<_>, _>>()?;
    done.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(done)
}

fn show(played: &Played) {
    let seconds = played.took.as_secs_f64();
    let (word, checks) = match played.killed_by.as_slice() {
        [] => ("survives", "nothing".to_owned()),
        checks => ("killed", checks.join(", ")),
    };
    eprintln!(
        "{word:<9} {} ({}, {seconds:.1} s) by {checks}",
        played.id, played.breaks
    );
}

fn one(tree: &Tree, subject: &Subject) -> Result<Played, Failure> {
    let mutant = &subject.mutant;
    let filters = if mutant.cases.is_empty() {
        vec![mutant.breaks.clone()]
    } else {
        mutant.cases.clone()
    };
    let (fixture, command) = match &mutant.base {
        Base::Process => (Some("process"), wrapped(tree, subject, "shellrt-process")?),
        Base::Containerd => (
            Some("containerd"),
            wrapped(tree, subject, "shellrt-containerd")?,
        ),
        Base::Program(words) => (mutant.fixture.as_deref(), words.clone()),
    };
    let player = Player {
        fixture,
        folder: &tree.mutants(),
        filters: &filters,
        required: None,
        command,
    };
    let began = Instant::now();
    let run =
        play(tree, &player).map_err(|error| format!("the mutant `{}`: {error}", subject.id))?;
    let checks = run.cases.into_iter().flat_map(|case| case.checks);
    let failed: Vec<Check> = checks.filter(is_failed).collect();
    let ids = |own: bool| {
        let checks = failed
            .iter()
            .filter(|check| (check.rule == mutant.breaks) == own);
        let mut ids: Vec<String> = checks.map(|check| check.id.clone()).collect();
        ids.sort();
        ids.dedup();
        ids
    };
    Ok(Played {
        id: subject.id.clone(),
        breaks: mutant.breaks.clone(),
        killed_by: ids(true),
        others: ids(false),
        took: began.elapsed(),
    })
}

/// Whether the plugin was asked and gave a wrong answer: what it does not claim
/// fails where a profile is required, and nothing was seen of it.
fn is_failed(check: &Check) -> bool {
    check.outcome == "fail" && !check.expected.ends_with("(--require)")
}

fn wrapped(tree: &Tree, subject: &Subject, program: &str) -> Result<Vec<String>, Failure> {
    let path = subject.path.display();
    let file = match subject.variant.as_str() {
        "" => path.to_string(),
        variant => format!("{path}#{variant}"),
    };
    let shown = |name: &str| tree.program(name).map(|path| path.display().to_string());
    Ok(vec![
        shown("shellrt-mutant")?,
        file,
        "--".to_owned(),
        shown(program)?,
    ])
}

fn play(tree: &Tree, player: &Player<'_>) -> Result<Run, Failure> {
    let scratch = tempfile::tempdir()?;
    let report = scratch.path().join("report.json");
    let mut command = Command::new(tree.program("shellrt-validate")?);
    command.arg("plugin").current_dir(player.folder);
    if let Some(fixture) = player.fixture {
        command.args(["--config", fixture]);
    }
    for filter in player.filters {
        command.args(["--filter", filter]);
    }
    if let Some(required) = player.required {
        command.args(["--require", required]);
    } else {
        command.args(["--jobs", CASES_AT_A_TIME]);
    }
    command
        .args(["--report", &format!("json={}", report.display()), "--"])
        .args(&player.command)
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    let words = scratch.path().join("stderr");
    let mut child = command.stderr(std::fs::File::create(&words)?).spawn()?;
    let deadline = Instant::now() + LIMIT;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if Instant::now() > deadline {
            child.kill()?;
            child.wait()?;
            return Err(format!("the suite took longer than {} s", LIMIT.as_secs()).into());
        }
        thread::sleep(Duration::from_millis(10));
    };
    match status.code() {
        Some(0 | 1) => Ok(serde_json::from_slice(&std::fs::read(report)?)?),
        _ => {
            let words = std::fs::read_to_string(&words).unwrap_or_default();
            Err(format!("the suite could not run ({status}): {}", words.trim()).into())
        }
    }
}
