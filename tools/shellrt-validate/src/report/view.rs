//! What the reports of a run are written from, whoever was tested: each check
//! once, with what came of it and the cases in which it did.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::invocation::Invocation;
use super::text::{count, printable, some_of};
use crate::coverage::{Role, musts};
use crate::requirements::{Requirements, Rule};
use crate::suite::outcome::{
    BaselineResult, CaseResult, CheckResult, Coverage, Outcome, Run, Weight,
};

/// So many rules that were not looked at are named at a terminal.
const FEW_RULES: usize = 12;
/// The profile of checks that belong to no case.
pub(crate) const SHARED: &str = "exchange";

/// A run as the reports see it.
#[derive(Clone, Debug)]
pub(crate) struct View<'a> {
    pub(crate) role: Role,
    /// What it calls itself, with its version. Empty: nobody could ask.
    pub(crate) name: String,
    /// What else it says of itself, the most telling first.
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) labels: Labels,
    pub(crate) invocation: &'a Invocation,
    pub(crate) rules: &'a Requirements,
    pub(crate) tool_version: &'a str,
    /// What narrowed the run. Empty: nothing did.
    pub(crate) filters: &'a [String],
    /// Checks that belong to no case, and hold or do not apply.
    pub(crate) shared: &'a [CheckResult],
    pub(crate) cases: &'a [CaseResult],
    pub(crate) coverage: &'a Coverage,
    pub(crate) baseline: Option<&'a BaselineResult>,
    pub(crate) passed: bool,
}

/// What the parts of an `Evidence` are called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Labels {
    pub(crate) sent: &'static str,
    pub(crate) stdout: &'static str,
    pub(crate) stderr: &'static str,
    pub(crate) ended: &'static str,
    /// Above checks that were not made for a want of the run itself.
    pub(crate) disabled: &'static str,
}

impl Labels {
    const PLUGIN: Labels = Labels {
        sent: "sent",
        stdout: "stdout",
        stderr: "stderr",
        ended: "ended",
        disabled: "Not asked, because the fixture lacks what is needed:",
    };

    /// Of a host: what the plugin did, and what came of it.
    pub(crate) const HOST: Labels = Labels {
        sent: "plugin",
        stdout: "output",
        stderr: "errors",
        ended: "ended",
        disabled: "Not asked, because it cannot be seen with this host:",
    };
}

/// What came of a check, as a person counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Passed,
    Unsupported,
    Disabled,
    /// A SHOULD that does not hold.
    Warned,
    /// A failure that the baseline names.
    Known,
    Error,
    Failed,
}

impl Kind {
    /// In the order of tables.
    pub(crate) const ALL: [Kind; 7] = [
        Kind::Passed,
        Kind::Failed,
        Kind::Error,
        Kind::Warned,
        Kind::Known,
        Kind::Unsupported,
        Kind::Disabled,
    ];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Kind::Passed => "passed",
            Kind::Failed => "failed",
            Kind::Error => "error",
            Kind::Warned => "warned",
            Kind::Known => "known",
            Kind::Unsupported => "unsupported",
            Kind::Disabled => "disabled",
        }
    }

    /// Whether the check was not made, and nothing is wrong with that.
    pub(crate) fn is_skip(self) -> bool {
        matches!(self, Kind::Unsupported | Kind::Disabled)
    }
}

/// A check, what came of it, and the cases in which it did.
#[derive(Clone, Debug)]
pub(crate) struct Finding<'a> {
    pub(crate) kind: Kind,
    pub(crate) check: Cow<'a, CheckResult>,
    /// Empty: it belongs to no case, and holds.
    pub(crate) cases: Vec<&'a CaseResult>,
}

impl Finding<'_> {
    pub(crate) fn profile(&self) -> &str {
        profile_of(&self.check.id)
    }

    /// Why it was not made.
    pub(crate) fn reason(&self) -> &str {
        match self.cases.first() {
            Some(case) if !case.reason.is_empty() => &case.reason,
            _ if self.check.found.is_empty() => "no reason was given",
            _ => &self.check.found,
        }
    }

    /// Whether it failed because the plugin does not claim what is required.
    pub(crate) fn was_not_asked(&self) -> bool {
        let mut cases = self.cases.iter();
        cases.any(|case| case.was_not_asked(&self.check))
    }

    /// The names of the cases.
    pub(crate) fn case_names(&self) -> Vec<&str> {
        self.cases.iter().map(|case| case.id.as_str()).collect()
    }
}

/// `core` of `core/echo#E-2`, `exchange` of `exchange#T-5`.
fn profile_of(id: &str) -> &str {
    id.split(['/', '#']).next().unwrap_or_default()
}

/// How many checks of a profile came out how.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) profile: String,
    counts: BTreeMap<Kind, usize>,
}

impl Tally {
    pub(crate) fn of(&self, kind: Kind) -> usize {
        self.counts.get(&kind).copied().unwrap_or_default()
    }

    pub(crate) fn total(&self) -> usize {
        self.counts.values().sum()
    }
}

impl Run {
    /// The run as the reports see it.
    pub(crate) fn view<'a>(
        &'a self,
        rules: &'a Requirements,
        invocation: &'a Invocation,
    ) -> View<'a> {
        let plugin = &self.plugin;
        let name = match (plugin.name.as_str(), plugin.version.as_str()) {
            (name, "") => name.to_owned(),
            (name, version) => format!("{name} {version}"),
        };
        let facts = [
            ("wires", &plugin.protocol_versions),
            ("commands", &plugin.commands),
            ("features", &plugin.features),
            ("required profiles", &self.required_profiles),
        ];
        let facts = facts.map(|(label, values)| (label, values.join(", ")));
        View {
            role: Role::Plugin,
            name,
            facts: facts.into(),
            labels: Labels::PLUGIN,
            invocation,
            rules,
            tool_version: &self.tool_version,
            filters: &self.filters,
            shared: &self.exchange_checks,
            cases: &self.cases,
            coverage: &self.coverage,
            baseline: self.baseline.as_ref(),
            passed: self.passed,
        }
    }
}

impl<'a> View<'a> {
    /// Each check once: those of every exchange first, then by cases.
    pub(crate) fn findings(&self) -> Vec<Finding<'a>> {
        let shared = self.shared.iter().map(|check| (None, Cow::Borrowed(check)));
        let of_cases = self
            .cases
            .iter()
            .flat_map(|case| case.results().map(move |check| (Some(case), check)));
        let mut found: Vec<Finding<'a>> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for (case, check) in shared.chain(of_cases) {
            let place = *places.entry(check.id.clone()).or_insert(found.len());
            let kind = self.kind(&check);
            match found.get_mut(place) {
                Some(finding) => {
                    finding.cases.extend(case);
                    if kind > finding.kind {
                        (finding.kind, finding.check) = (kind, check);
                    }
                }
                None => found.push(Finding {
                    kind,
                    check,
                    cases: case.into_iter().collect(),
                }),
            }
        }
        found.sort_by_key(|finding| finding.profile() != SHARED);
        found
    }

    fn kind(&self, check: &CheckResult) -> Kind {
        let is_known = self
            .baseline
            .is_some_and(|baseline| baseline.known.contains(&check.id));
        match (check.outcome, check.weight) {
            (Outcome::Fail | Outcome::Error, _) if is_known => Kind::Known,
            (Outcome::Fail, Weight::Must) => Kind::Failed,
            (Outcome::Fail, Weight::Should) => Kind::Warned,
            (Outcome::Error, _) => Kind::Error,
            (Outcome::Pass, _) => Kind::Passed,
            (Outcome::Unsupported, _) => Kind::Unsupported,
            (Outcome::Disabled, _) => Kind::Disabled,
        }
    }

    /// Counts by profile, and of all at the end.
    pub(crate) fn tallies(&self, findings: &[Finding<'_>]) -> Vec<Tally> {
        let mut tallies: Vec<Tally> = Vec::new();
        let mut all = Tally {
            profile: "all".to_owned(),
            ..Tally::default()
        };
        for finding in findings {
            if tallies
                .last()
                .is_none_or(|last| last.profile != finding.profile())
            {
                tallies.push(Tally {
                    profile: finding.profile().to_owned(),
                    ..Tally::default()
                });
            }
            let tally = tallies.last_mut().into_iter().chain([&mut all]);
            tally.for_each(|tally| *tally.counts.entry(finding.kind).or_default() += 1);
        }
        tallies.push(all);
        tallies
    }

    /// Which columns a table has: `known` only where there is a baseline.
    pub(crate) fn columns(&self) -> impl Iterator<Item = Kind> {
        let has_baseline = self.baseline.is_some();
        let kinds = Kind::ALL.into_iter();
        kinds.filter(move |kind| *kind != Kind::Known || has_baseline)
    }

    /// The rule of a check.
    pub(crate) fn rule(&self, check: &CheckResult) -> Option<&'a Rule> {
        self.rules.rule(&check.rule)
    }

    /// What selects as little as shows a finding again: of a host's scenario the
    /// play with the check, of a plugin's case all, since its steps need each other.
    pub(crate) fn filter_of(&self, finding: &Finding<'_>) -> Option<String> {
        match (self.role, finding.cases.first()) {
            (Role::Host, Some(_)) => Some(finding.check.id.clone()),
            (Role::Plugin, Some(case)) => Some(case.id.clone()),
            (_, None) => None,
        }
    }

    /// What it is called in a sentence.
    pub(crate) fn called(&self) -> String {
        match self.name.as_str() {
            "" => format!("the {}", self.role.as_str()),
            name => printable(name),
        }
    }

    /// How much of the specification was looked at, as sentences.
    pub(crate) fn coverage_text(&self) -> String {
        let coverage = self.coverage;
        let mut text = format!(
            "rules checked: {} of {} MUSTs",
            coverage.checked, coverage.rules
        );
        let excluded: Vec<&str> = musts(self.rules, self.role)
            .filter(|rule| rule.excluded_for(self.role.party()).is_some())
            .map(|rule| rule.id.as_str())
            .collect();
        if coverage.excluded > 0 {
            let names = some_of(&excluded, 6);
            text += &format!(
                " ({} excluded: {names}; see `shellrt-validate explain {}`)",
                coverage.excluded, excluded[0]
            );
        }
        let unchecked: Vec<&str> = coverage.unchecked.iter().map(String::as_str).collect();
        if !unchecked.is_empty() {
            text += &format!("; {} not looked at", unchecked.len());
            if unchecked.len() <= FEW_RULES {
                text += &format!(": {}", unchecked.join(", "));
            }
        }
        text
    }

    /// Whether the run conforms, plainly.
    pub(crate) fn verdict(&self, findings: &[Finding<'_>]) -> String {
        let tallies = self.tallies(findings);
        let Some(all) = tallies.last() else {
            return String::new();
        };
        let (called, narrowed) = (self.called(), self.narrowed());
        let stale = self.baseline.map_or(0, |baseline| baseline.stale.len());
        let skipped = all.of(Kind::Unsupported) + all.of(Kind::Disabled);
        let mut told = Vec::new();
        if self.passed {
            told.push(format!("{} held", count(all.of(Kind::Passed), "check")));
        } else {
            if all.of(Kind::Failed) > 0 {
                told.push(format!("{} failed", count(all.of(Kind::Failed), "check")));
            }
            if all.of(Kind::Error) > 0 {
                told.push(format!(
                    "{} could not be made",
                    count(all.of(Kind::Error), "check")
                ));
            }
            if stale > 0 {
                told.push(format!("the baseline has {} to remove", entries(stale)));
            }
            if all.total() == skipped {
                told.push("nothing was checked".to_owned());
            }
        }
        if all.of(Kind::Known) > 0 {
            told.push(count(all.of(Kind::Known), "known failure"));
        }
        if all.of(Kind::Warned) > 0 {
            told.push(count(all.of(Kind::Warned), "warning"));
        }
        if skipped > 0 {
            told.push(format!("{} not asked", count(skipped, "check")));
        }
        let verb = match (self.passed, self.filters.is_empty()) {
            (true, true) => "conforms",
            (true, false) => "keeps the rules",
            (false, true) => "does not conform",
            (false, false) => "does not keep the rules",
        };
        format!("{called} {verb}{narrowed}: {}", told.join(", "))
    }

    /// Of a run in which something failed, the profiles in which nothing did.
    /// `None`: there is none, or something failed in each.
    pub(crate) fn whole_profiles(&self, findings: &[Finding<'_>]) -> Option<String> {
        let mut tallies = self.tallies(findings);
        tallies.pop();
        let failed = |tally: &Tally| tally.of(Kind::Failed) + tally.of(Kind::Error) > 0;
        let holds = |tally: &&Tally| !failed(tally) && tally.of(Kind::Passed) > 0;
        let is_profile = |tally: &&Tally| tally.profile != SHARED;
        let names = |tallies: Vec<&Tally>| -> Vec<String> {
            let names = tallies
                .into_iter()
                .map(|tally| format!("`{}`", tally.profile));
            names.collect()
        };
        let whole = names(tallies.iter().filter(is_profile).filter(holds).collect());
        let broken = names(tallies.iter().filter(|tally| failed(tally)).collect());
        (!whole.is_empty()).then(|| {
            format!(
                "What was asked of {} holds; what failed is in {}.",
                whole.join(", "),
                broken.join(", ")
            )
        })
    }

    /// What the run was narrowed to.
    fn narrowed(&self) -> String {
        match self.filters {
            [] => String::new(),
            filters => format!(
                " in what `--filter {}` selects",
                filters.join("` and `--filter ")
            ),
        }
    }
}

fn entries(number: usize) -> String {
    match number {
        1 => "1 entry".to_owned(),
        _ => format!("{number} entries"),
    }
}
