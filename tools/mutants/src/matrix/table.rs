//! The matrix itself: what each mutant is killed by, and what follows from it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Failure;
use super::collect::Subject;
use super::play::Played;
use super::suite::{self, Rule, Whom};
use super::tree::Tree;
use crate::format::Base;

/// `conformance/kill-matrix.json`: what was seen when the mutants were played.
/// The rest follows from it and from the suite, and is written nowhere but on the
/// page, so that who plays one base touches no line of the other.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Matrix {
    /// The mutants, with the checks of their rule that kill them.
    pub(super) mutants: BTreeMap<String, Mutant>,
    /// The checks, with the mutants that they kill.
    #[serde(skip)]
    pub(super) checks: BTreeMap<String, BTreeSet<String>>,
    /// The rules that bind plugins, or hosts, in the order of the document.
    #[serde(skip)]
    pub(super) rules: Vec<Row>,
    /// How much of the specification is covered.
    #[serde(skip)]
    pub(super) coverage: Coverage,
}

/// Of the MUSTs that bind plugins, or hosts.
#[derive(Debug, Default)]
pub(super) struct Coverage {
    /// All of them.
    pub(super) musts: usize,
    /// Those that no black box can see, each with its reason.
    pub(super) excluded: usize,
    /// Those with a check.
    pub(super) checked: usize,
    /// Those with a mutant that is killed.
    pub(super) proven: usize,
}

/// A rule.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) rule: String,
    pub(super) level: String,
    /// Why there is no check.
    pub(super) excluded: Option<String>,
    pub(super) checks: BTreeSet<String>,
    pub(super) mutants: BTreeSet<String>,
}

/// A mutant.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Mutant {
    pub(super) breaks: String,
    #[serde(skip)]
    pub(super) title: String,
    /// What it is made of: a sound plugin, or the file of a whole one.
    #[serde(skip)]
    pub(super) base: String,
    /// In the order of their names. Empty: it survives.
    pub(super) killed_by: BTreeSet<String>,
}

impl Mutant {
    pub(super) fn of(subject: &Subject) -> Mutant {
        let base = match &subject.mutant.base {
            Base::Process => "process".to_owned(),
            Base::Containerd => "containerd".to_owned(),
            Base::Program(words) => words.last().cloned().unwrap_or_default(),
        };
        Mutant {
            breaks: subject.mutant.breaks.clone(),
            title: subject.mutant.title.clone(),
            base,
            killed_by: BTreeSet::new(),
        }
    }
}

impl Matrix {
    /// What was played, and of `kept` what was not.
    pub(super) fn assemble(
        tree: &Tree,
        all: &BTreeMap<String, Mutant>,
        played: &[Played],
        kept: Option<&Matrix>,
    ) -> Result<Matrix, Failure> {
        let checks = suite::checks(tree)?;
        let mut mutants = all.clone();
        for (id, mutant) in &mut mutants {
            let now = played.iter().find(|played| played.id == *id);
            let before = kept.and_then(|kept| kept.mutants.get(id));
            mutant.killed_by = match (now, before) {
                (Some(now), _) => now.killed_by.iter().cloned().collect(),
                (None, Some(before)) => before.killed_by.clone(),
                (None, None) => BTreeSet::new(),
            };
            // A check that has gone, or is another rule's now, kills no more.
            let is_own = |check: &String| checks.get(check) == Some(&mutant.breaks);
            mutant.killed_by.retain(is_own);
        }
        Ok(Matrix::derive(
            mutants,
            &checks,
            &suite::rules(tree, Whom::Plugins)?,
        ))
    }

    pub(super) fn derive(
        mutants: BTreeMap<String, Mutant>,
        checks: &BTreeMap<String, String>,
        rules: &[Rule],
    ) -> Matrix {
        let mut kills: BTreeMap<String, BTreeSet<String>> = checks
            .keys()
            .map(|check| (check.clone(), BTreeSet::new()))
            .collect();
        for (id, mutant) in &mutants {
            for check in &mutant.killed_by {
                kills.entry(check.clone()).or_default().insert(id.clone());
            }
        }
        let rows: Vec<Row> = rules
            .iter()
            .map(|rule| Row {
                rule: rule.id.clone(),
                level: rule.level.clone(),
                excluded: rule.excluded.clone(),
                checks: checks
                    .iter()
                    .filter(|(_, its)| **its == rule.id)
                    .map(|(check, _)| check.clone())
                    .collect(),
                mutants: mutants
                    .iter()
                    .filter(|(_, mutant)| mutant.breaks == rule.id && !mutant.killed_by.is_empty())
                    .map(|(id, _)| id.clone())
                    .collect(),
            })
            .collect();
        let musts: Vec<&Row> = rows.iter().filter(|row| row.level == "must").collect();
        let count = |holds: &dyn Fn(&Row) -> bool| musts.iter().filter(|row| holds(row)).count();
        Matrix {
            coverage: Coverage {
                musts: musts.len(),
                excluded: count(&|row| row.excluded.is_some()),
                checked: count(&|row| !row.checks.is_empty()),
                proven: count(&|row| !row.mutants.is_empty()),
            },
            rules: rows,
            checks: kills,
            mutants,
        }
    }

    /// Whether a mutant is killed by exactly these checks.
    pub(super) fn agrees(&self, id: &str, killed_by: &[String]) -> bool {
        let known = self.mutants.get(id);
        known.is_some_and(|mutant| mutant.killed_by.iter().eq(killed_by))
    }

    /// What is missing: rules without checks or mutants, checks that kill none.
    pub(super) fn gaps(&self) -> Vec<String> {
        let mut found = Vec::new();
        for row in &self.rules {
            let must = row.level == "must" && row.excluded.is_none();
            if must && row.checks.is_empty() {
                found.push(format!(
                    "UNCHECKED {}: no check holds anybody to it",
                    row.rule
                ));
            } else if must && row.mutants.is_empty() {
                found.push(format!(
                    "UNPROVEN  {}: no mutant that breaks it is killed",
                    row.rule
                ));
            }
            if row.excluded.is_some() && !row.checks.is_empty() {
                found.push(format!(
                    "EXCLUDED  {}: it has checks all the same",
                    row.rule
                ));
            }
        }
        let known: BTreeSet<&str> = self.rules.iter().map(|row| row.rule.as_str()).collect();
        for (id, mutant) in &self.mutants {
            if !known.contains(mutant.breaks.as_str()) {
                let rule = &mutant.breaks;
                found.push(format!("UNKNOWN   {id}: no such rule as `{rule}` binds it"));
            }
        }
        let idle = self.checks.iter().filter(|(_, kills)| kills.is_empty());
        found.extend(idle.map(|(check, _)| format!("IDLE      {check}: it kills no mutant")));
        found
    }

    /// Mutants that live, by what was committed of them.
    pub(super) fn left_alive(&self, played: &[Played]) -> Vec<String> {
        let is_played = |id: &String| played.iter().any(|played| played.id == *id);
        let alive = self
            .mutants
            .iter()
            .filter(|(id, mutant)| mutant.killed_by.is_empty() && !is_played(id));
        let told = |(id, mutant): (&String, &Mutant)| {
            format!(
                "SURVIVES  {id}: no check of {} is known to kill it",
                mutant.breaks
            )
        };
        alive.map(told).collect()
    }

    pub(super) fn summary(&self, played: usize) -> String {
        let killed = self
            .mutants
            .values()
            .filter(|mutant| !mutant.killed_by.is_empty())
            .count();
        let idle = self
            .checks
            .values()
            .filter(|kills| kills.is_empty())
            .count();
        let Coverage {
            musts,
            excluded,
            checked,
            proven,
        } = self.coverage;
        format!(
            "{played} mutants played; of all {} are {killed} killed; {} checks, {idle} of them idle; \
             {musts} MUSTs: {checked} checked, {proven} proven, {excluded} excluded",
            self.mutants.len(),
            self.checks.len(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mutant(breaks: &str, killed_by: &[&str]) -> Mutant {
        Mutant {
            breaks: breaks.to_owned(),
            title: String::new(),
            base: "process".to_owned(),
            killed_by: killed_by.iter().map(|&check| check.to_owned()).collect(),
        }
    }

    fn rule(id: &str, excluded: Option<&str>) -> Rule {
        let document =
            serde_json::json!({"id": id, "level": "must", "party": "plugin", "excluded": excluded});
        serde_json::from_value(document).unwrap()
    }

    #[test]
    fn whatever_is_missing_is_named() {
        let mutants = [
            ("a", mutant("T-5", &["x#T-5"])),
            ("b", mutant("T-6", &[])),
            ("c", mutant("Z-9", &[])),
        ];
        let mutants = mutants.map(|(id, mutant)| (id.to_owned(), mutant)).into();
        let checks = [
            ("x#T-5", "T-5"),
            ("y#T-5", "T-5"),
            ("y#T-6", "T-6"),
            ("y#R-3", "R-3"),
        ];
        let checks = checks
            .map(|(check, rule)| (check.to_owned(), rule.to_owned()))
            .into();
        let rules = [
            rule("T-5", None),
            rule("T-6", None),
            rule("T-7", None),
            rule("R-3", Some("why")),
            rule("R-8", Some("why")),
        ];
        let matrix = Matrix::derive(mutants, &checks, &rules);
        let gaps = matrix.gaps().join("\n");
        let wanted = [
            "UNPROVEN  T-6:",
            "UNCHECKED T-7:",
            "EXCLUDED  R-3:",
            "UNKNOWN   c:",
            "IDLE      y#T-5:",
            "IDLE      y#T-6:",
            "IDLE      y#R-3:",
        ];
        for line in wanted {
            assert!(gaps.contains(line), "`{line}` is missing:\n{gaps}");
        }
        assert_eq!(gaps.lines().count(), wanted.len(), "{gaps}");
        assert_eq!((matrix.coverage.checked, matrix.coverage.proven), (3, 1));
    }
}
