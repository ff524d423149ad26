//! Plays the chosen cases, several at a time where they may.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use super::actor::{self, Played, weight};
use super::catalog::Named;
use super::evidence::milliseconds;
use super::outcome::{CaseResult, CheckResult, Outcome};
use super::select::{is_optional, obstacle};
use super::stage::Stage;

/// Hears of each case that is done.
pub(crate) trait Progress: Sync {
    /// One more is done.
    fn done(&self, case: &CaseResult);
}

/// Everything that came of a run's cases.
#[derive(Debug)]
pub(crate) struct Results {
    pub(crate) cases: Vec<CaseResult>,
    pub(crate) exchange_checks: Vec<CheckResult>,
    pub(crate) exchanges: u64,
    pub(crate) took_ms: u64,
}

/// Plays the cases. Those of `required` profiles that the plugin does not claim,
/// or the fixture does not offer, have failed.
pub(crate) fn run(
    stage: &Stage,
    cases: &[&'static Named],
    required: &[String],
    jobs: usize,
    progress: &dyn Progress,
) -> Results {
    let began = Instant::now();
    let mut played = Vec::new();
    let mut ahead: Vec<&Named> = Vec::new();
    for named in cases {
        match obstacle(stage, named) {
            Some((outcome, reason)) => {
                let is_required = required.iter().any(|profile| profile == named.profile());
                let result = skipped(
                    named,
                    outcome,
                    reason,
                    is_required && !is_optional(stage, named),
                );
                progress.done(&result);
                played.push(Played {
                    result,
                    exchanges: 0,
                    exercised: BTreeSet::new(),
                });
            }
            None => ahead.push(named),
        }
    }
    // Those that mostly wait are begun first, those that stand alone come last.
    ahead.sort_by_key(|named| (named.case.alone, !named.case.slow));
    let (alone, together): (Vec<&Named>, Vec<&Named>) =
        ahead.into_iter().partition(|named| named.case.alone);
    for (group, jobs) in [(together, jobs), (alone, 1)] {
        played.extend(side_by_side(stage, group, jobs, progress));
    }
    played.sort_by(|a, b| a.result.id.cmp(&b.result.id));
    let exchanges = played.iter().map(|played| played.exchanges).sum();
    let exercised: BTreeSet<&str> = played
        .iter()
        .flat_map(|played| played.exercised.iter().copied())
        .collect();
    let whole = cases.len() == super::catalog::cases().len();
    let cases: Vec<CaseResult> = played.into_iter().map(|played| played.result).collect();
    Results {
        exchange_checks: exchange_checks(stage, &cases, &exercised, whole),
        exchanges,
        cases,
        took_ms: milliseconds(began.elapsed()),
    }
}

fn side_by_side(
    stage: &Stage,
    cases: Vec<&Named>,
    jobs: usize,
    progress: &dyn Progress,
) -> Vec<Played> {
    let queue = Mutex::new(VecDeque::from(cases));
    let played = Mutex::new(Vec::new());
    let next = || {
        queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front()
    };
    thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| {
                while let Some(named) = next() {
                    let one = actor::play(stage, named);
                    progress.done(&one.result);
                    played
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(one);
                }
            });
        }
    });
    played.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// A case that is not played. Where its profile is required its checks fail: a
/// claim that is missing is one that vanished.
fn skipped(named: &Named, outcome: Outcome, reason: String, is_required: bool) -> CaseResult {
    let outcome = match outcome {
        Outcome::Unsupported | Outcome::Disabled if is_required => Outcome::Fail,
        other => other,
    };
    let checks = named.checks().into_iter().map(|check| CheckResult {
        weight: weight(&check.rule),
        id: check.id,
        rule: check.rule,
        outcome,
        found: reason.clone(),
        expected: match outcome {
            Outcome::Fail => format!("all of the profile `{}` (--require)", named.profile()),
            _ => String::new(),
        },
        evidence: None,
    });
    CaseResult {
        id: named.id.clone(),
        title: named.case.title.clone(),
        outcome,
        checks: checks.collect(),
        reason,
        took_ms: 0,
    }
}

/// The checks on every exchange that never failed. Those that no exchange bore on
/// have not been made; a run that was narrowed leaves them out.
fn exchange_checks(
    stage: &Stage,
    cases: &[CaseResult],
    exercised: &BTreeSet<&str>,
    whole: bool,
) -> Vec<CheckResult> {
    let failed = |id: &str| {
        let mut checks = cases.iter().flat_map(|case| &case.checks);
        checks.any(|check| check.id == id)
    };
    super::exchange_rules()
        .into_iter()
        .map(|rule| (rule, format!("exchange#{rule}")))
        .filter(|(rule, id)| !failed(id) && (whole || exercised.contains(rule)))
        .map(|(rule, id)| {
            let (outcome, found) = match not_asked(stage, rule) {
                _ if exercised.contains(rule) => (Outcome::Pass, String::new()),
                Some(what) => (
                    Outcome::Unsupported,
                    format!("`describe` does not list {what}"),
                ),
                None => (
                    Outcome::Error,
                    "no exchange of the run bore on it".to_owned(),
                ),
            };
            CheckResult {
                id,
                rule: rule.to_owned(),
                weight: weight(rule),
                outcome,
                found,
                expected: String::new(),
                evidence: None,
            }
        })
        .collect()
}

/// What a rule is about that the plugin does not claim.
fn not_asked(stage: &Stage, rule: &str) -> Option<&'static str> {
    let claims = stage.claims.as_ref().ok()?;
    let command = |name: &str| claims.commands.iter().any(|command| command == name);
    let feature = |name: &str| claims.features.iter().any(|feature| feature == name);
    match rule {
        "M-2" | "C-status-1" | "C-status-2" => (!command("status")).then_some("`status`"),
        "C-list-1" | "C-list-3" => (!command("list")).then_some("`list`"),
        "C-top-1" | "C-top-3" => (!command("top")).then_some("`top`"),
        "C-stats-1" => (!command("stats")).then_some("`stats`"),
        "S-1" | "T-6" | "T-7" | "E-9" => (!command("logs")).then_some("`logs`"),
        "S-2" | "S-3" => (!feature("logs_docker")).then_some("`logs_docker`"),
        "S-4" | "C-img_pull-8" => (!feature("pull_progress")).then_some("`pull_progress`"),
        "C-describe-3" => (!command("create")).then_some("`create`"),
        _ => None,
    }
}
