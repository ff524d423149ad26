//! Plays one case: takes its steps, judges what comes back, and removes what it
//! made, whatever happened.

mod asks;
mod modules;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use shellrt_api::Timestamp;

use super::always::{Breach, RULES};
use super::case::{Act, Archive, ArchiveFault, Clock, Each, Expect, Registry, Step, Treatment};
use super::catalog::{Named, check_id, expectations};
use super::evidence::milliseconds;
use super::expect::{self, Miss};
use super::image::{Archived, Image, archive};
use super::janitor::Kind;
use super::outcome::{CaseResult, CheckResult, Evidence, Outcome, Weight};
use super::sequences;
use super::stage::Stage;
use super::template::{self, NoValue, Values};
use crate::requirements::{self, Level};

use asks::Begun;

/// Why a case does not go on.
#[derive(Debug)]
pub(super) struct Halt(String);

impl Halt {
    pub(super) fn because(why: &str) -> Halt {
        Halt(why.to_owned())
    }
}

impl From<NoValue> for Halt {
    fn from(error: NoValue) -> Halt {
        Halt(error.to_string())
    }
}

impl From<io::Error> for Halt {
    fn from(error: io::Error) -> Halt {
        Halt(format!("the suite could not go on: {error}"))
    }
}

/// What a case came to, how many exchanges were judged, and which rules of every
/// exchange they bore on.
#[derive(Debug)]
pub(crate) struct Played {
    pub(crate) result: CaseResult,
    pub(crate) exchanges: u64,
    pub(crate) exercised: BTreeSet<&'static str>,
}

/// One case at work.
pub(super) struct Actor<'a> {
    stage: &'a Stage,
    named: &'a Named,
    values: Values,
    number: u64,
    /// The plugin's TMPDIR.
    scratch: PathBuf,
    /// Real names of modules that may be there.
    modules: Vec<String>,
    begun: BTreeMap<String, Begun>,
    checks: BTreeMap<String, CheckResult>,
    breaches: BTreeMap<&'static str, CheckResult>,
    exchanges: u64,
    exercised: BTreeSet<&'static str>,
}

/// Plays a case to its end.
pub(crate) fn play(stage: &Stage, named: &Named) -> Played {
    let began = Instant::now();
    let (mut values, number) = stage.values();
    values.extend(named.case.values.clone());
    let scratch = stage.scratch.join(format!("case-{number}"));
    let mut actor = Actor {
        stage,
        named,
        values,
        number,
        scratch,
        modules: Vec::new(),
        begun: BTreeMap::new(),
        checks: BTreeMap::new(),
        breaches: BTreeMap::new(),
        exchanges: 0,
        exercised: BTreeSet::new(),
    };
    let halted = actor.steps().err().map(|Halt(why)| why);
    actor.clean_up();
    actor.conclude(halted, began.elapsed())
}

/// How much a rule binds; what the requirements do not know binds.
pub(crate) fn weight(rule: &str) -> Weight {
    static SOFT: OnceLock<BTreeSet<String>> = OnceLock::new();
    let soft = SOFT.get_or_init(|| {
        let known = requirements::load(requirements::NEWEST).map(|set| set.rules);
        let rules = known.unwrap_or_default().into_iter();
        let soft = rules.filter(|rule| rule.level != Level::Must);
        soft.map(|rule| rule.id).collect()
    });
    if soft.contains(rule) {
        Weight::Should
    } else {
        Weight::Must
    }
}

impl Actor<'_> {
    pub(super) fn seed(&self) -> u64 {
        self.stage.seed
    }

    /// A value of the case; `null` where there is none.
    pub(super) fn value(&self, name: &str) -> Value {
        self.values.get(name).cloned().unwrap_or_default()
    }

    fn steps(&mut self) -> Result<(), Halt> {
        fs::create_dir_all(&self.scratch)?;
        self.take(&self.named.case.steps)
    }

    fn take(&mut self, steps: &[Step]) -> Result<(), Halt> {
        for step in steps {
            match step {
                Step::Ask(ask) => self.ask(ask)?,
                Step::Until(until) => self.until(until)?,
                Step::Together(together) => self.together(together)?,
                Step::End(end) => self.end(end)?,
                Step::Module(module) => self.module(module)?,
                Step::Act(act) => self.act(act)?,
                Step::Wait(time) => {
                    thread::sleep(self.stage.stretched(Duration::from_millis(*time)))
                }
                Step::Clock(clock) => self.clock(clock),
                Step::Registry(registry) => self.registry(registry)?,
                Step::Archive(archive) => self.archive(archive)?,
                Step::Sequences(wanted) => sequences::play(self, wanted)?,
                Step::Each(each) => self.each(each)?,
            }
        }
        Ok(())
    }

    fn clock(&mut self, clock: &Clock) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let nanos = now.unwrap_or_default().as_nanos() as i128;
        let plus = self
            .stage
            .stretched(Duration::from_millis(clock.plus_ms.unsigned_abs()));
        let plus = i128::from(clock.plus_ms.signum()) * plus.as_nanos() as i128;
        let nanos = nanos + plus;
        let time = Timestamp::from_unix_nanos(nanos);
        self.values.insert(clock.name.clone(), json!(time.as_str()));
        let seconds = i64::try_from(nanos.div_euclid(1_000_000_000)).unwrap_or_default();
        self.values
            .insert(format!("{}_seconds", clock.name), json!(seconds));
    }

    fn each(&mut self, each: &Each) -> Result<(), Halt> {
        let mut left = Vec::new();
        for item in &each.of {
            match template::value(item, &self.values)? {
                Value::Array(items) => left.extend(items),
                item => left.push(item),
            }
        }
        if each.unclaimed {
            let claims = self.stage.claims.as_ref().cloned().unwrap_or_default();
            left.retain(|request| {
                let command = request["_type"].as_str().unwrap_or_default();
                !claims.commands.iter().any(|claimed| claimed == command)
            });
        }
        if left.is_empty() {
            self.not_asked(&each.steps, "`describe` lists all of it");
        }
        for value in left {
            self.values.insert(each.name.clone(), value);
            self.take(&each.steps)?;
            if each.one_failure_is_enough && self.has_failed() {
                break;
            }
        }
        Ok(())
    }

    fn has_failed(&self) -> bool {
        let mut checks = self.checks.values();
        checks.any(|check| check.outcome == Outcome::Fail)
    }

    /// The statements of steps that are not taken.
    fn not_asked(&mut self, steps: &[Step], why: &str) {
        for expect in expectations(steps) {
            let id = check_id(&self.named.id, expect);
            self.checks
                .entry(id.clone())
                .or_insert_with(|| CheckResult {
                    weight: weight(&expect.rule),
                    rule: expect.rule.clone(),
                    id,
                    outcome: Outcome::Unsupported,
                    found: why.to_owned(),
                    expected: String::new(),
                    evidence: None,
                });
        }
    }

    /// A statement holds, or it does not; one that is made more than once holds
    /// only where it holds each time.
    pub(super) fn record(
        &mut self,
        expect: &Expect,
        miss: Option<Miss>,
        evidence: Option<Evidence>,
    ) {
        let id = check_id(&self.named.id, expect);
        if self
            .checks
            .get(&id)
            .is_some_and(|known| known.outcome == Outcome::Fail)
        {
            return;
        }
        let (outcome, found, expected) = match (expect::cannot_check(expect), miss) {
            (Some(why), _) => (Outcome::Disabled, why.to_owned(), String::new()),
            (None, None) => (Outcome::Pass, String::new(), String::new()),
            (None, Some(miss)) => (Outcome::Fail, miss.found, miss.expected),
        };
        let result = CheckResult {
            evidence: evidence.filter(|_| outcome == Outcome::Fail),
            weight: weight(&expect.rule),
            rule: expect.rule.clone(),
            id: id.clone(),
            outcome,
            found,
            expected,
        };
        self.checks.insert(id, result);
    }

    /// What holds for every exchange did not hold here.
    fn record_breach(&mut self, breach: Breach, evidence: &Evidence) {
        self.breaches
            .entry(breach.rule)
            .or_insert_with(|| CheckResult {
                id: format!("exchange#{}", breach.rule),
                rule: breach.rule.to_owned(),
                weight: weight(breach.rule),
                outcome: Outcome::Fail,
                found: breach.found,
                expected: breach.expected,
                evidence: Some(evidence.clone()),
            });
    }

    fn act(&self, act: &Act) -> Result<(), Halt> {
        let mut values = self.values.clone();
        if let Some(module) = &act.module {
            let name = self.name_of(module)?;
            values.insert("pid".into(), self.pid_of(&name));
            values.insert("module".into(), json!(name));
        }
        let template = self.stage.fixture.actions.get(&act.action);
        let template =
            template.ok_or_else(|| Halt(format!("the fixture has no action `{}`", act.action)))?;
        let words = template
            .iter()
            .map(|word| template::text(word, &values))
            .collect::<Result<Vec<_>, _>>()?;
        let Some((program, arguments)) = words.split_first() else {
            return Err(Halt(format!(
                "the fixture's action `{}` is empty",
                act.action
            )));
        };
        let done = std::process::Command::new(program)
            .args(arguments)
            .env_clear()
            .envs(&self.stage.plugin.environment)
            .output()?;
        if done.status.success() {
            return Ok(());
        }
        let words = String::from_utf8_lossy(&done.stderr).trim().to_owned();
        Err(Halt(format!(
            "the fixture's action `{}` ended with {}: {words}",
            act.action, done.status
        )))
    }

    fn registry(&mut self, wanted: &Registry) -> Result<(), Halt> {
        let image = self.image_of(&wanted.repository, wanted.edition, wanted.does)?;
        if let Some(name) = &wanted.digest {
            self.values.insert(name.clone(), json!(image.index.digest));
        }
        Ok(())
    }

    fn image_of(
        &self,
        repository: &str,
        edition: u64,
        treatment: Treatment,
    ) -> Result<Arc<Image>, Halt> {
        let registry = self.stage.registry.as_ref();
        let registry = registry.ok_or_else(|| Halt("the fixture has no image".into()))?;
        let repository = template::text(repository, &self.values)?;
        Ok(registry.set(&repository, edition, treatment)?)
    }

    fn archive(&mut self, wanted: &Archive) -> Result<(), Halt> {
        let treatment = match wanted.fault {
            ArchiveFault::OtherPlatform => Treatment::OtherPlatform,
            _ => Treatment::Serve,
        };
        let mut images = Vec::new();
        if let Some(other) = &wanted.after {
            images.push(Archived {
                image: self.image_of(&other.repository, 0, Treatment::Serve)?,
                reference: template::text(&other.reference, &self.values)?,
                spoilt: false,
            });
        }
        images.push(Archived {
            image: self.image_of(&wanted.repository, 0, treatment)?,
            reference: template::text(&wanted.reference, &self.values)?,
            spoilt: wanted.fault == ArchiveFault::Spoilt,
        });
        for archived in &images {
            self.stage.janitor.expect(Kind::Image, &archived.reference);
        }
        let mut bytes = archive(&images)?;
        if wanted.fault == ArchiveFault::Cut {
            bytes.truncate(bytes.len() / 2);
        }
        let path = self.scratch.join(format!("{}.tar", wanted.name));
        fs::write(&path, bytes)?;
        self.values
            .insert(wanted.name.clone(), json!(path.display().to_string()));
        Ok(())
    }

    /// The directories that a secret is looked for in.
    fn places(&self) -> Result<Vec<PathBuf>, NoValue> {
        let mut places = self.stage.state_dirs()?;
        places.push(self.scratch.clone());
        Ok(places)
    }

    fn conclude(mut self, halted: Option<String>, took: Duration) -> Played {
        let mut checks = Vec::new();
        for check in self.named.checks() {
            checks.push(
                self.checks
                    .remove(&check.id)
                    .unwrap_or_else(|| CheckResult {
                        weight: weight(&check.rule),
                        id: check.id,
                        rule: check.rule,
                        outcome: Outcome::Error,
                        found: "the case did not come so far".into(),
                        expected: String::new(),
                        evidence: None,
                    }),
            );
        }
        let order = RULES.iter().flat_map(|rules| rules.iter());
        checks.extend(order.filter_map(|rule| self.breaches.remove(rule)));
        let has = |wanted| checks.iter().any(|check| check.outcome == wanted);
        let outcome = if has(Outcome::Fail) {
            Outcome::Fail
        } else if halted.is_some() || has(Outcome::Error) {
            Outcome::Error
        } else if checks
            .iter()
            .all(|check| check.outcome == Outcome::Unsupported)
        {
            Outcome::Unsupported
        } else {
            Outcome::Pass
        };
        Played {
            exchanges: self.exchanges,
            exercised: self.exercised,
            result: CaseResult {
                id: self.named.id.clone(),
                title: self.named.case.title.clone(),
                outcome,
                reason: halted.unwrap_or_default(),
                checks,
                took_ms: milliseconds(took),
            },
        }
    }

    fn clean_up(&mut self) {
        // What was begun and never ended goes first.
        for (_, begun) in std::mem::take(&mut self.begun) {
            begun.abandon();
        }
        for name in std::mem::take(&mut self.modules) {
            let removed = self.stage.send(&json!({"_type": "remove", "name": name}));
            if removed.is_ok_and(|(_, answer)| answer.is_ok()) {
                self.stage.janitor.forget(Kind::Module, &name);
            }
        }
        let _ = fs::remove_dir_all(&self.scratch);
    }
}

/// The same once nothing changes any more: what watches over a module that has
/// ended may still be writing down how.
pub(super) fn settled(directories: &[PathBuf]) -> BTreeMap<PathBuf, (u64, i128, u64)> {
    const QUIET: Duration = Duration::from_millis(200);
    const LIMIT: Duration = Duration::from_secs(10);
    let until = Instant::now() + LIMIT;
    let mut before = snapshot(directories);
    loop {
        thread::sleep(QUIET);
        let now = snapshot(directories);
        if now == before || Instant::now() >= until {
            return now;
        }
        before = now;
    }
}

/// Every file below some directories, with what tells that it was written.
pub(super) fn snapshot(directories: &[PathBuf]) -> BTreeMap<PathBuf, (u64, i128, u64)> {
    let mut found = BTreeMap::new();
    for directory in directories {
        below(directory, &mut found);
    }
    found
}

fn below(path: &Path, found: &mut BTreeMap<PathBuf, (u64, i128, u64)>) {
    use std::os::unix::fs::MetadataExt;
    let Ok(facts) = fs::symlink_metadata(path) else {
        return;
    };
    let written = i128::from(facts.mtime()) * 1_000_000_000 + i128::from(facts.mtime_nsec());
    found.insert(path.to_owned(), (facts.ino(), written, facts.size()));
    if facts.is_dir() {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            below(&entry.path(), found);
        }
    }
}
