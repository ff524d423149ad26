//! How much of the specification a run looked at.

use std::collections::BTreeSet;

use crate::requirements::{Level, Party, Requirements, Rule};
use crate::suite::outcome::{CaseResult, CheckResult, Coverage, Outcome};

/// Who is under test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Plugin,
    Host,
}

impl Role {
    pub(crate) fn party(self) -> Party {
        match self {
            Role::Plugin => Party::Plugin,
            Role::Host => Party::Host,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Role::Plugin => "plugin",
            Role::Host => "host",
        }
    }
}

/// The MUSTs that bind whoever plays a role: its own, and those of every sender
/// and receiver, since each side is both.
pub(crate) fn musts(rules: &Requirements, role: Role) -> impl Iterator<Item = &Rule> {
    let binds = move |party| match party {
        Party::Plugin => role == Role::Plugin,
        Party::Host => role == Role::Host,
        Party::Sender | Party::Receiver => true,
    };
    let rules = rules.rules.iter();
    rules.filter(move |rule| rule.level == Level::Must && binds(rule.party))
}

/// Counts the MUSTs with a check that passed or failed in this run. A skip is no
/// look, and what failed only because nobody was asked is none either.
pub(crate) fn coverage(
    rules: &Requirements,
    role: Role,
    cases: &[CaseResult],
    shared: &[CheckResult],
) -> Coverage {
    let was_made = |check: &CheckResult| matches!(check.outcome, Outcome::Pass | Outcome::Fail);
    let of_cases = cases.iter().flat_map(|case| {
        let made = case
            .checks
            .iter()
            .filter(|check| !case.was_not_asked(check));
        made.filter(|check| was_made(check))
    });
    let seen: BTreeSet<&str> = of_cases
        .chain(shared.iter().filter(|check| was_made(check)))
        .map(|check| check.rule.as_str())
        .collect();
    let mut coverage = Coverage::default();
    for rule in musts(rules, role) {
        coverage.rules += 1;
        if seen.contains(rule.id.as_str()) {
            coverage.checked += 1;
        } else if rule.excluded_for(role.party()).is_some() {
            coverage.excluded += 1;
        } else {
            coverage.unchecked.push(rule.id.clone());
        }
    }
    coverage
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requirements::{self, NEWEST};
    use crate::suite::outcome::Weight;

    fn check(rule: &str, outcome: Outcome, found: &str) -> CheckResult {
        CheckResult {
            id: format!("core/x#{rule}"),
            rule: rule.into(),
            weight: Weight::Must,
            outcome,
            found: found.into(),
            expected: String::new(),
            evidence: None,
        }
    }

    fn case(reason: &str, checks: Vec<CheckResult>) -> CaseResult {
        CaseResult {
            id: "core/x".into(),
            title: "Something holds".into(),
            outcome: Outcome::Fail,
            reason: reason.into(),
            checks,
            took_ms: 1,
        }
    }

    #[test]
    fn a_rule_counts_once_it_was_looked_at_and_a_skip_is_no_look() {
        let rules = requirements::load(NEWEST).unwrap();
        let cases = [
            case(
                "",
                vec![
                    check("E-1", Outcome::Pass, ""),
                    check("E-2", Outcome::Fail, "it is absent"),
                    check("E-3", Outcome::Unsupported, ""),
                    check("E-4", Outcome::Error, ""),
                ],
            ),
            case(
                "not claimed",
                vec![check("E-5", Outcome::Fail, "not claimed")],
            ),
        ];
        let found = coverage(
            &rules,
            Role::Plugin,
            &cases,
            &[check("T-4", Outcome::Pass, "")],
        );
        assert_eq!(found.checked, 3);
        assert_eq!(found.rules, musts(&rules, Role::Plugin).count());
        assert_eq!(
            found.rules,
            found.checked + found.excluded + found.unchecked.len()
        );
        for unseen in ["E-3", "E-4", "E-5"] {
            assert!(
                found.unchecked.iter().any(|rule| rule == unseen),
                "{unseen}"
            );
        }
    }

    #[test]
    fn rules_of_the_other_side_and_shoulds_do_not_count() {
        let rules = requirements::load(NEWEST).unwrap();
        let of = |role| -> Vec<&str> { musts(&rules, role).map(|rule| rule.id.as_str()).collect() };
        assert!(of(Role::Plugin).contains(&"T-4") && !of(Role::Plugin).contains(&"T-1"));
        assert!(of(Role::Host).contains(&"T-1") && !of(Role::Host).contains(&"T-4"));
        assert!(!of(Role::Plugin).contains(&"T-11"));
    }

    #[test]
    fn an_exclusion_is_no_check_but_a_rule_that_was_checked_is_not_excluded() {
        let rules = requirements::load(NEWEST).unwrap();
        let none = coverage(&rules, Role::Plugin, &[], &[]);
        let excluded = musts(&rules, Role::Plugin)
            .find(|rule| rule.excluded_for(Party::Plugin).is_some())
            .unwrap();
        assert!(none.excluded >= 1 && !none.unchecked.contains(&excluded.id));
        let one = coverage(
            &rules,
            Role::Plugin,
            &[],
            &[check(&excluded.id, Outcome::Pass, "")],
        );
        assert_eq!((one.checked, one.excluded), (1, none.excluded - 1));
    }
}
