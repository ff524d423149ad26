//! The same for hosts: one host in a file that is sound, and unsound in one way
//! where it is told so.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::thread;

use serde::Deserialize;

use super::suite::{self, Whom};
use super::table::{Matrix, Mutant};
use super::tree::{HOSTS, Tree};
use super::{Arguments, FINE, Failure, GAPS};

/// What the host says by its exit status.
const STATUSES: &str = "ok=0,error=1,retry=7,fault=3,cut=5,late=6";
/// So many plays of one mutant are run at a time: most wait for a process.
const PLAYS_AT_A_TIME: &str = "4";

/// A mutant, and the checks that it is to be played against.
struct Subject {
    name: String,
    checks: BTreeSet<String>,
    /// All of these have to fail; else any of them may.
    is_known: bool,
}

/// The checks that failed, each with what was found.
type Failed = BTreeMap<String, String>;

#[derive(Deserialize)]
struct Run {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    checks: Vec<Check>,
}

#[derive(Deserialize)]
struct Check {
    id: String,
    outcome: String,
    #[serde(default)]
    found: String,
}

struct Player<'a> {
    tree: &'a Tree,
    jobs: usize,
}

pub(super) fn run(arguments: &Arguments, tree: &Tree) -> Result<u8, Failure> {
    let jobs = arguments.jobs.map_or_else(usual_jobs, NonZeroUsize::get);
    let player = Player { tree, jobs };
    let all = player.mutants()?;
    let checks = suite::checks_of_hosts(tree)?;
    let committed = tree.matrix(&HOSTS)?;
    let is_meant = |name: &str, mutant: &Mutant| {
        let named = |text: &String| name.contains(text) || mutant.breaks == *text;
        arguments.filter.is_empty() || arguments.filter.iter().any(named)
    };
    let subjects: Vec<Subject> = all
        .iter()
        .filter(|(name, mutant)| is_meant(name, mutant))
        .map(|(name, mutant)| {
            let known = committed.mutants.get(name).map(|known| &known.killed_by);
            // What is committed has to be so; what else there is, `--write` finds.
            let known = known.filter(|known| arguments.check && !known.is_empty());
            let of_rule = || suite::of_rule(&checks, &mutant.breaks);
            Subject {
                name: name.clone(),
                is_known: known.is_some(),
                checks: known.cloned().unwrap_or_else(of_rule),
            }
        })
        .collect();
    if subjects.is_empty() {
        return Err("no mutant is meant\nhint: `host.py --list` has them".into());
    }
    let mut faults = Vec::new();
    if arguments.filter.is_empty() {
        faults.extend(player.sound()?);
    }
    let kills = player.kills(&subjects)?;
    let mut mutants = all;
    for (name, mutant) in &mut mutants {
        let before = committed.mutants.get(name);
        let before = before.map(|known| known.killed_by.clone());
        let now = kills.get(name).cloned();
        mutant.killed_by = now.or(before).unwrap_or_default();
        let is_own = |check: &String| checks.get(check) == Some(&mutant.breaks);
        mutant.killed_by.retain(is_own);
        if mutant.killed_by.is_empty() {
            let rule = &mutant.breaks;
            faults.push(format!("SURVIVES  {name}: no check of {rule} failed"));
        }
    }
    let matrix = Matrix::derive(mutants, &checks, &suite::rules(tree, Whom::Hosts)?);
    if arguments.filter.is_empty() {
        faults.extend(matrix.gaps());
    }
    if arguments.write {
        tree.write(&HOSTS, &matrix)?;
    } else if arguments.check {
        faults.extend(tree.differences(&HOSTS, &matrix)?);
    }
    for fault in &faults {
        println!("{fault}");
    }
    println!("{}", matrix.summary(kills.len()));
    Ok(if faults.is_empty() { FINE } else { GAPS })
}

/// A mutant's plays wait for processes most of their time.
fn usual_jobs() -> usize {
    2 * thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

impl Player<'_> {
    fn host(&self) -> PathBuf {
        self.tree.mutants().join("hosts/host.py")
    }

    /// What the host can do wrong, each with its rule and a sentence.
    fn mutants(&self) -> Result<BTreeMap<String, Mutant>, Failure> {
        let output = Command::new("python3")
            .arg(self.host())
            .arg("--list")
            .output()
            .map_err(|error| format!("cannot start python3: {error}"))?;
        let mut found = BTreeMap::new();
        for line in String::from_utf8(output.stdout)?.lines() {
            let [name, breaks, title] = line.split('\t').collect::<Vec<_>>()[..] else {
                return Err(format!("`host.py --list` writes `{line}`").into());
            };
            let mutant = Mutant {
                breaks: breaks.to_owned(),
                title: title.to_owned(),
                base: "host.py".to_owned(),
                killed_by: BTreeSet::new(),
            };
            found.insert(name.to_owned(), mutant);
        }
        Ok(found)
    }

    /// What the whole suite finds in the host as it is: nothing.
    fn sound(&self) -> Result<Vec<String>, Failure> {
        let failed = self.play(None, &BTreeSet::new())?;
        let told = |(check, found)| format!("UNSOUND   host.py: {check}: {found}");
        Ok(failed.into_iter().map(told).collect())
    }

    /// The checks of its own rule that each mutant fails. A new failure counts when
    /// it is there a second time, and what has to fail is looked at again where it
    /// did not: on a busy machine a limit may have passed.
    fn kills(&self, subjects: &[Subject]) -> Result<BTreeMap<String, BTreeSet<String>>, Failure> {
        let first = self.all(subjects);
        let mut kills = BTreeMap::new();
        for (subject, failed) in subjects.iter().zip(first) {
            let is_played = failed.is_ok();
            let failed: BTreeSet<String> = failed.unwrap_or_default().into_keys().collect();
            let in_doubt = match subject.is_known {
                true if failed == subject.checks => BTreeSet::new(),
                false if is_played => failed.clone(),
                _ => subject.checks.clone(),
            };
            let confirmed = if in_doubt.is_empty() {
                failed
            } else {
                let again = self.play(Some(&subject.name), &in_doubt)?;
                again.into_keys().collect()
            };
            kills.insert(subject.name.clone(), confirmed);
        }
        Ok(kills)
    }

    /// In the order of the subjects.
    fn all(&self, subjects: &[Subject]) -> Vec<Result<Failed, Failure>> {
        let queue: Mutex<VecDeque<usize>> = Mutex::new((0..subjects.len()).collect());
        let next = || {
            let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
            queue.pop_front()
        };
        let done = Mutex::new(BTreeMap::new());
        thread::scope(|scope| {
            for _ in 0..self.jobs {
                scope.spawn(|| {
                    while let Some(place) = next() {
                        let subject = &subjects[place];
                        let failed = self.play(Some(&subject.name), &subject.checks);
                        let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                        done.insert(place, failed);
                    }
                });
            }
        });
        let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.into_values().collect()
    }

    /// One run of the suite; without checks it is the whole of it.
    fn play(&self, broken: Option<&str>, checks: &BTreeSet<String>) -> Result<Failed, Failure> {
        let report = tempfile::NamedTempFile::new()?;
        let mut command = Command::new(self.tree.program("shellrt-validate")?);
        command.args(["host", "--statuses", STATUSES, "--jobs", PLAYS_AT_A_TIME]);
        command.arg(format!("--report=json={}", report.path().display()));
        command.args(checks.iter().flat_map(|check| ["--filter", check]));
        // Without what a program on its own has no need of it starts twice as fast.
        command.args(["--", "python3", "-I", "-S"]).arg(self.host());
        command.args(broken.into_iter().flat_map(|name| ["--break", name]));
        let output = command.args(["{plugin}", "{request}"]).output()?;
        let name = broken.unwrap_or("the sound host");
        let run: Run = serde_json::from_slice(&std::fs::read(report.path())?).map_err(|_| {
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            format!("{name} could not be played:\n{told}")
        })?;
        let made = run.cases.into_iter().flat_map(|case| case.checks);
        let is_meant = |check: &Check| checks.is_empty() || checks.contains(&check.id);
        let failed = made
            .filter(|check| check.outcome == "fail" || check.outcome == "error")
            .filter(is_meant);
        Ok(failed.map(|check| (check.id, check.found)).collect())
    }
}
