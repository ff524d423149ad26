//! What the suite has: its checks, and the rules that they hold plugins to.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use serde::Deserialize;

use super::Failure;
use super::tree::Tree;

/// Whom a rule binds that a plugin's check can see.
const PLUGINS: [&str; 3] = ["plugin", "sender", "receiver"];

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

/// The rules that bind a plugin, in the order of the document.
pub(super) fn rules(tree: &Tree) -> Result<Vec<Rule>, Failure> {
    let path = tree.conformance().join("requirements/v0.2.json");
    let set: Requirements = serde_json::from_str(&fs::read_to_string(path)?)?;
    let mut rules = set.rules;
    rules.retain(|rule| PLUGINS.contains(&rule.party.as_str()));
    for rule in &mut rules {
        // What hosts cannot be held to is another matter.
        rule.excluded
            .take_if(|_| rule.excluded_for.as_deref() == Some("host"));
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
