//! The scenarios that this program carries, their plays and their checks.

use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use serde_json::Value;

use super::scenario::{Expect, Fill, Scenario, Statement, Step};

static SCENARIOS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../conformance/host");

/// A scenario with its name.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    /// `host/<name>`.
    pub(crate) id: String,
    pub(crate) scenario: Scenario,
    /// Only the plays in which one of these checks is made. Empty: all of them.
    only: Vec<String>,
}

/// A play, with everything that it needs.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    /// Empty where it is the only one.
    pub(crate) name: String,
    pub(crate) request: Value,
    pub(crate) plugin: Vec<Step>,
    pub(crate) again: Vec<Step>,
    pub(crate) leave_after_bytes: Option<u64>,
    pub(crate) patience_ms: u64,
    pub(crate) checks: Vec<Check>,
}

/// A check of a scenario.
#[derive(Debug, Clone)]
pub(crate) struct Check {
    /// `host/<name>#<rule>`, with `.<word>` behind it.
    pub(crate) id: String,
    pub(crate) rule: String,
    pub(crate) statement: Statement,
}

/// All scenarios in the order of their names.
///
/// # Panics
/// When a file is malformed: the tests read all of them, and what was built is
/// what was tested.
pub(crate) fn scenarios() -> &'static [Named] {
    static READ: OnceLock<Vec<Named>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut files: Vec<_> = SCENARIOS.files().collect();
        files.sort_by_key(|file| file.path());
        files
            .into_iter()
            .map(|file| {
                let id = format!("host/{}", file.path().with_extension("").display());
                let scenario = serde_json::from_slice(file.contents());
                let scenario =
                    scenario.unwrap_or_else(|error| panic!("conformance/{id}.json: {error}"));
                Named {
                    id,
                    scenario,
                    only: Vec::new(),
                }
            })
            .collect()
    })
}

fn filled(mut request: Value, fill: Option<&Fill>) -> Value {
    if let Some(fill) = fill
        && let Some(place) = request.pointer_mut(&fill.pointer)
    {
        *place = "x".repeat(fill.bytes).into();
    }
    request
}

/// The checks that hold hosts to a rule.
pub(crate) fn checks_of(rule: &str) -> impl Iterator<Item = String> {
    let checks = scenarios().iter().flat_map(Named::checks);
    let of_rule = checks.filter(move |check| check.rule == rule);
    of_rule.map(|check| check.id)
}

/// Whether a check, or a scenario, of that name is the suite's.
pub(crate) fn has_check(id: &str) -> bool {
    scenarios()
        .iter()
        .any(|named| named.id == id || named.checks().any(|check| check.id == id))
}

/// The scenarios that any of the filters names; all of them without a filter. Of
/// one of which checks alone are named only the plays that make them are played.
///
/// # Errors
/// The filter that names nothing: a run that checks less than was meant must
/// not pass.
pub(crate) fn selected(filters: &[String]) -> Result<Vec<Named>, &String> {
    if let Some(nothing) = filters
        .iter()
        .find(|filter| !scenarios().iter().any(|named| named.is_meant(filter)))
    {
        return Err(nothing);
    }
    if filters.is_empty() {
        return Ok(scenarios().to_vec());
    }
    let chosen = scenarios().iter().filter_map(|named| {
        let mut meant = filters.iter().filter(|filter| named.is_meant(filter));
        let first = meant.next()?;
        let filters: Vec<&String> = std::iter::once(first).chain(meant).collect();
        let mut chosen = named.clone();
        if filters.iter().all(|filter| is_check(filter)) {
            chosen.only = filters.into_iter().cloned().collect();
        }
        Some(chosen)
    });
    Ok(chosen.collect())
}

fn is_check(filter: &str) -> bool {
    filter.contains('#')
}

impl Named {
    /// The plays that are meant, those that `endings` make included.
    pub(crate) fn plays(&self) -> Vec<Prepared> {
        let is_meant = |play: &Prepared| {
            play.checks
                .iter()
                .any(|check| self.only.contains(&check.id))
        };
        let mut plays = self.all_plays();
        plays.retain(|play| self.only.is_empty() || is_meant(play));
        plays
    }

    fn all_plays(&self) -> Vec<Prepared> {
        self.scenario
            .plays
            .iter()
            .flat_map(|play| {
                let request = play.request.as_ref().unwrap_or(&self.scenario.request);
                let request = filled(request.clone(), self.scenario.fill.as_ref());
                let whole = Prepared {
                    name: play.name.clone(),
                    request,
                    plugin: play.plugin.clone(),
                    again: play.again.clone().unwrap_or_else(|| play.plugin.clone()),
                    leave_after_bytes: play.leave_after_bytes,
                    patience_ms: play.patience_ms,
                    checks: play
                        .expect
                        .iter()
                        .map(|stated| self.check(stated))
                        .collect(),
                };
                let endings: Vec<Prepared> = play
                    .endings
                    .iter()
                    .map(|(ending, end)| {
                        let name = match play.name.as_str() {
                            "" => ending.clone(),
                            name => format!("{name}-{ending}"),
                        };
                        let mut one = whole.clone();
                        one.plugin.push(end.step.clone());
                        one.again.push(end.step.clone());
                        one.checks.push(self.check(&Expect {
                            rule: "S-9".to_owned(),
                            name: Some(name.clone()),
                            statement: Statement::Outcome(end.outcome.clone()),
                        }));
                        one.name = name;
                        one
                    })
                    .collect();
                match endings.is_empty() {
                    true => vec![whole],
                    false => endings,
                }
            })
            .collect()
    }

    pub(crate) fn checks(&self) -> impl Iterator<Item = Check> {
        self.plays().into_iter().flat_map(|play| play.checks)
    }

    fn check(&self, stated: &Expect) -> Check {
        let id = match &stated.name {
            Some(name) => format!("{}#{}.{name}", self.id, stated.rule),
            None => format!("{}#{}", self.id, stated.rule),
        };
        Check {
            id,
            rule: stated.rule.clone(),
            statement: stated.statement.clone(),
        }
    }

    fn is_meant(&self, filter: &str) -> bool {
        if is_check(filter) {
            return self.checks().any(|check| check.id == filter);
        }
        self.id.contains(filter) || self.checks().any(|check| check.rule == filter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(filters: &[&str]) -> Vec<(String, usize)> {
        let filters: Vec<String> = filters.iter().map(|&filter| filter.to_owned()).collect();
        let chosen = selected(&filters).expect("each names something");
        let counted = chosen
            .iter()
            .map(|named| (named.id.clone(), named.plays().len()));
        counted.collect()
    }

    #[test]
    fn a_check_selects_the_play_in_which_it_is_made() {
        let (name, all) = chosen(&["host/cut"])[0].clone();
        assert!(all > 1);
        let one = vec![(name.clone(), 1)];
        assert_eq!(chosen(&["host/cut#S-7.raw"]), one);
        assert_eq!(chosen(&["host/cut#S-7.raw", "host/cut#S-8.raw"]), one);
        let two = ["host/cut#S-7.raw", "host/cut#S-7.docker"];
        assert_eq!(chosen(&two), [(name.clone(), 2)]);
        assert_eq!(chosen(&["host/cut#S-7.raw", "host/cut"]), [(name, all)]);
    }

    #[test]
    fn a_filter_that_names_nothing_is_told() {
        let filters = ["host/cut".to_owned(), "host/cut#S-7.rw".to_owned()];
        assert_eq!(selected(&filters).unwrap_err(), "host/cut#S-7.rw");
    }
}
