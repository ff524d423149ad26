//! What the suite has: its checks, and the rules that they hold plugins to.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use serde::Deserialize;

use super::Failure;
use super::tree::Tree;

/// Who is held to rules. Both send, and both receive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whom {
    Plugins,
    Hosts,
}

impl Whom {
    fn name(self) -> &'static str {
        match self {
            Whom::Plugins => "plugin",
            Whom::Hosts => "host",
        }
    }
}

/// A rule of the newest requirement set.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Rule {
    pub(super) id: String,
    pub(super) level: String,
    party: String,
    pub(super) excluded: Option<String>,
    #[serde(default)]
    excluded_for: Option<String>,
}

#[derive(Deserialize)]
struct Requirements {
    rules: Vec<Rule>,
}

/// The rules that bind plugins, or hosts, in the order of the document.
pub(super) fn rules(tree: &Tree, whom: Whom) -> Result<Vec<Rule>, Failure> {
    let path = tree.conformance().join("requirements/v0.2.json");
    let set: Requirements = serde_json::from_str(&fs::read_to_string(path)?)?;
    let mut rules = set.rules;
    let parties = [whom.name(), "sender", "receiver"];
    rules.retain(|rule| parties.contains(&rule.party.as_str()));
    for rule in &mut rules {
        // What only the others cannot be held to is another matter.
        let only = rule.excluded_for.as_deref();
        rule.excluded
            .take_if(|_| only.is_some_and(|only| only != whom.name()));
    }
    Ok(rules)
}

#[derive(Deserialize)]
struct Case {
    checks: Vec<Check>,
}

#[derive(Deserialize)]
struct Check {
    id: String,
    rule: String,
}

/// The checks of all cases and of every exchange, with their rules.
pub(super) fn checks(tree: &Tree) -> Result<BTreeMap<String, String>, Failure> {
    let output = Command::new(tree.program("shellrt-validate")?)
        .args(["list", "--format", "json"])
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let mut found = BTreeMap::new();
    for line in String::from_utf8(output.stdout)?.lines() {
        let case: Case = serde_json::from_str(line)?;
        found.extend(case.checks.into_iter().map(|check| (check.id, check.rule)));
    }
    Ok(found)
}

/// The checks of all scenarios for hosts, with their rules.
pub(super) fn checks_of_hosts(tree: &Tree) -> Result<BTreeMap<String, String>, Failure> {
    let output = Command::new(tree.program("shellrt-validate")?)
        .args(["host", "--list"])
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    // `host/cut#S-7.raw`: the rule stands between.
    let found = text.lines().filter_map(|line| {
        let check = line.strip_prefix("  ")?;
        let (_, rule) = check.split_once('#')?;
        let rule = rule.split('.').next().unwrap_or(rule);
        Some((check.to_owned(), rule.to_owned()))
    });
    Ok(found.collect())
}

/// The checks of one rule.
pub(super) fn of_rule(checks: &BTreeMap<String, String>, rule: &str) -> BTreeSet<String> {
    let own = checks.iter().filter(|(_, its)| *its == rule);
    own.map(|(check, _)| check.clone()).collect()
}
