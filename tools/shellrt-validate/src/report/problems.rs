//! What is wrong, in the order in which it is best read, and what has one and
//! the same reason in one place.

use std::collections::BTreeMap;

use super::view::{Finding, Kind, SHARED};

/// Something to tell.
#[derive(Clone, Debug)]
pub(crate) enum Problem<'a> {
    /// A check that was made.
    One(&'a Finding<'a>),
    /// Checks that were not made, for a reason that they share: nobody claims
    /// what is required, or something before them went wrong.
    Alike(Vec<&'a Finding<'a>>),
}

impl Problem<'_> {
    /// The check, or the first of them.
    pub(crate) fn first(&self) -> Option<&Finding<'_>> {
        match self {
            Problem::One(finding) => Some(finding),
            Problem::Alike(findings) => findings.first().copied(),
        }
    }
}

/// The problems of a kind. What every exchange has to keep comes first, the most
/// frequent before the others, since it often explains the rest; then rules as
/// they come, with all checks of one rule together; then what was not made.
pub(crate) fn problems<'a>(findings: &'a [Finding<'a>], kind: Kind) -> Vec<Problem<'a>> {
    let of_kind = findings.iter().filter(|finding| finding.kind == kind);
    let (made, not_made): (Vec<_>, Vec<_>) =
        of_kind.partition(|finding| kind != Kind::Error && !finding.was_not_asked());
    let mut problems: Vec<Problem<'a>> = in_order(made).into_iter().map(Problem::One).collect();
    for (_, findings) in by_reason(not_made) {
        problems.push(match findings.as_slice() {
            [one] if kind == Kind::Error => Problem::One(one),
            _ => Problem::Alike(findings),
        });
    }
    problems
}

fn in_order<'a>(mut findings: Vec<&'a Finding<'a>>) -> Vec<&'a Finding<'a>> {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for (place, finding) in findings.iter().enumerate() {
        first.entry(finding.check.rule.clone()).or_insert(place);
    }
    findings.sort_by_key(|finding| match finding.profile() == SHARED {
        true => (0, usize::MAX - finding.cases.len()),
        false => (1, first[&finding.check.rule]),
    });
    findings
}

/// Findings with one reason each, in the order in which the reasons come.
pub(crate) fn by_reason<'a>(
    findings: Vec<&'a Finding<'a>>,
) -> Vec<(&'a str, Vec<&'a Finding<'a>>)> {
    let mut groups: Vec<(&str, Vec<&Finding<'_>>)> = Vec::new();
    for finding in findings {
        let reason = finding.reason();
        match groups.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, group)) => group.push(finding),
            None => groups.push((reason, vec![finding])),
        }
    }
    groups
}
