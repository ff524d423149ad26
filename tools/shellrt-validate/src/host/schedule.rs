//! Plays the chosen scenarios, several plays at a time.

use std::collections::VecDeque;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use super::catalog::{Check, Named, Prepared};
use super::expect::{self, Verdict};
use super::play::{Seen, play};
use super::stage::{Place, Stage};
use super::tell::evidence;
use crate::requirements::{Level, Requirements};
use crate::suite::outcome::{CaseResult, CheckResult, Outcome, Weight};

/// Hears of each play that is done.
pub(crate) trait Progress: Sync {
    /// One more of this scenario is done.
    fn done(&self, scenario: &str);
}

struct Ahead {
    scenario: usize,
    play: Prepared,
    place: Place,
}

struct Done {
    scenario: usize,
    number: usize,
    checks: Vec<CheckResult>,
    took_ms: u64,
}

/// Plays the scenarios; also how many plays there were.
pub(crate) fn run(
    stage: &Stage,
    scenarios: &[Named],
    rules: &Requirements,
    jobs: usize,
    progress: &dyn Progress,
) -> io::Result<(Vec<CaseResult>, u64)> {
    let mut ahead = Vec::new();
    for (scenario, named) in scenarios.iter().enumerate() {
        for play in named.plays() {
            let place = stage.furnish(ahead.len(), &play)?;
            ahead.push(Ahead {
                scenario,
                play,
                place,
            });
        }
    }
    let plays = ahead.len() as u64;
    let mut order: Vec<(usize, Ahead)> = ahead.into_iter().enumerate().collect();
    // Those that may wait longest are begun first.
    order.sort_by_key(|(_, ahead)| std::cmp::Reverse(ahead.play.patience_ms));
    let queue = Mutex::new(VecDeque::from(order));
    let done = Mutex::new(Vec::new());
    let next = || {
        let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.pop_front()
    };
    thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| {
                while let Some((number, ahead)) = next() {
                    let one = act(stage, rules, number, &ahead);
                    progress.done(&scenarios[ahead.scenario].id);
                    let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                    done.push(one);
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|done| done.number);
    let cases = scenarios.iter().enumerate().map(|(scenario, named)| {
        let of_scenario = done.iter().filter(|done| done.scenario == scenario);
        case(named, of_scenario)
    });
    Ok((cases.collect(), plays))
}

fn act(stage: &Stage, rules: &Requirements, number: usize, ahead: &Ahead) -> Done {
    let began = Instant::now();
    let seen = play(stage, &ahead.place, &ahead.play);
    let checks = ahead
        .play
        .checks
        .iter()
        .map(|check| match &seen {
            Ok(seen) => result(check, stage, &ahead.play, seen, rules),
            Err(error) => {
                let why = format!("the host could not be run: {error}");
                made(check, rules, Verdict::Error(why))
            }
        })
        .collect();
    Done {
        scenario: ahead.scenario,
        number,
        checks,
        took_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
    }
}

fn result(
    check: &Check,
    stage: &Stage,
    play: &Prepared,
    seen: &Seen,
    rules: &Requirements,
) -> CheckResult {
    let verdict = expect::judge(&check.statement, stage, play, seen);
    let mut result = made(check, rules, verdict);
    result.evidence = (result.outcome == Outcome::Fail).then(|| evidence(seen));
    result
}

fn made(check: &Check, rules: &Requirements, verdict: Verdict) -> CheckResult {
    let (outcome, found, expected) = match verdict {
        Verdict::Holds => (Outcome::Pass, String::new(), String::new()),
        Verdict::Fails(found, expected) => (Outcome::Fail, found, expected),
        Verdict::Disabled(why) => (Outcome::Disabled, why, String::new()),
        Verdict::Error(why) => (Outcome::Error, why, String::new()),
    };
    let weight = match rules.rule(&check.rule).map(|rule| rule.level) {
        Some(Level::Must) | None => Weight::Must,
        Some(Level::Should | Level::May) => Weight::Should,
    };
    CheckResult {
        id: check.id.clone(),
        rule: check.rule.clone(),
        weight,
        outcome,
        found,
        expected,
        evidence: None,
    }
}

fn case<'a>(named: &Named, plays: impl Iterator<Item = &'a Done>) -> CaseResult {
    let (mut checks, mut took_ms) = (Vec::new(), 0);
    for done in plays {
        checks.extend(done.checks.iter().cloned());
        took_ms += done.took_ms;
    }
    // Failures are worse than warnings, and what was not looked at is no pass.
    let rank = |check: &CheckResult| match check.outcome {
        Outcome::Error => 4,
        Outcome::Fail => 3,
        Outcome::Pass => 2,
        Outcome::Disabled | Outcome::Unsupported => 1,
    };
    let worst = checks.iter().max_by_key(|check| rank(check));
    CaseResult {
        id: named.id.clone(),
        title: named.scenario.title.clone(),
        outcome: worst.map_or(Outcome::Error, |check| check.outcome),
        reason: String::new(),
        checks,
        took_ms,
    }
}
