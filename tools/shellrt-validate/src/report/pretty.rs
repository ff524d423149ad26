//! The report for a person at a terminal. What failed is told first, and the first
//! of it at length; what a reader looks for is at the end, where the prompt comes:
//! counts, one line a failure, the verdict, and what to do next. With `verbose`
//! everything is told at length.

use std::collections::BTreeSet;

use super::block::{self, Look, Told, is_shared};
use super::problems::{Problem, by_reason, problems};
use super::text::{count, cut, printable, some_of, words};
use super::view::{Finding, Kind, View};
use crate::coverage::Role;
use crate::requirements::Rule;
use crate::suite::outcome::Evidence;

/// So many cases are named beside the reason why they were not played.
const NAMED_CASES: usize = 6;
/// So many blocks can be seen at a glance, without a list of them.
const FEW: usize = 2;
/// So many failures are told at length.
const AT_LENGTH: usize = 3;
/// So many rules have a line each at the end.
const LISTED: usize = 24;
/// So many reasons why something was not asked are told one by one.
const FEW_REASONS: usize = 4;

pub(crate) fn render(view: &View<'_>, look: Look) -> String {
    let findings = view.findings();
    let pretty = Pretty {
        view,
        look,
        findings: &findings,
    };
    let mut parts = vec![pretty.heading()];
    parts.extend(pretty.failures());
    parts.extend(pretty.warnings());
    parts.extend(pretty.known());
    parts.extend(pretty.skipped());
    parts.push(pretty.table());
    parts.push(pretty.facts());
    parts.extend(pretty.list());
    parts.push(pretty.verdict());
    let mut text = parts.join("\n");
    text += &pretty.next();
    text
}

struct Pretty<'a> {
    view: &'a View<'a>,
    look: Look,
    findings: &'a [Finding<'a>],
}

impl Pretty<'_> {
    fn heading(&self) -> String {
        let view = self.view;
        let called = match view.name.as_str() {
            "" if view.role == Role::Host => view.called(),
            "" => format!("a {} that does not say its name", view.role.as_str()),
            name => format!("{} {name}", view.role.as_str()),
        };
        let fact = view.facts.first().filter(|(_, value)| !value.is_empty());
        let fact = fact.map(|(label, value)| format!(" ({label} {value})"));
        let command = view.invocation.command_line();
        let line = format!("{called}{}: {command}", fact.unwrap_or_default());
        self.look.paint.strong(&self.words(&line)) + "\n"
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = &Finding<'_>> {
        let findings = self.findings.iter();
        findings.filter(move |finding| finding.kind == kind)
    }

    /// Failures and what could not be made. A rule that was told is not told
    /// again, and neither is the exchange of the block above. In brief, only the
    /// first failure of each of the first rules is told.
    fn failures(&self) -> Vec<String> {
        let mut blocks = Vec::new();
        let mut rules = BTreeSet::new();
        let mut above: Option<&Evidence> = None;
        let mut more = 0;
        for kind in [Kind::Failed, Kind::Error] {
            for problem in problems(self.findings, kind) {
                let is_told = problem
                    .first()
                    .is_some_and(|finding| rules.contains(&finding.check.rule));
                if !self.look.verbose && (is_told || blocks.len() >= AT_LENGTH) {
                    more += 1;
                    continue;
                }
                let finding = match problem {
                    Problem::One(finding) => finding,
                    Problem::Alike(findings) => {
                        blocks.push(block::alike(self.view, kind, &findings, self.look));
                        continue;
                    }
                };
                let evidence = finding.check.evidence.as_ref();
                let told = Told {
                    rule: !rules.insert(&finding.check.rule),
                    exchange: evidence
                        .zip(above)
                        .is_some_and(|(one, other)| one.is_like(other)),
                };
                above = evidence;
                blocks.push(block::whole(self.view, finding, told, self.look));
            }
        }
        if more > 0 {
            let more = count(more, "more failure");
            blocks.push(self.words(&format!("{more}: see the list below.")) + "\n");
        }
        blocks
    }

    fn warnings(&self) -> Vec<String> {
        let problems = problems(self.findings, Kind::Warned);
        if !self.look.verbose && problems.len() > FEW {
            return vec![self.warnings_by_rule()];
        }
        let blocks = problems.into_iter().map(|problem| match problem {
            Problem::One(finding) => block::short(self.view, finding, self.look),
            Problem::Alike(findings) => block::alike(self.view, Kind::Warned, &findings, self.look),
        });
        blocks.collect()
    }

    /// A line for each rule that only SHOULD be kept.
    fn warnings_by_rule(&self) -> String {
        let mut rules: Vec<(&str, usize, Option<&Rule>)> = Vec::new();
        for finding in self.of(Kind::Warned) {
            let id = finding.check.rule.as_str();
            match rules.iter_mut().find(|(known, ..)| *known == id) {
                Some((_, checks, _)) => *checks += 1,
                None => rules.push((id, 1, self.view.rule(&finding.check))),
            }
        }
        let mut text = "Warnings, of what SHOULD be so:\n".to_owned();
        for (id, checks, rule) in rules {
            let rule = rule.map_or("", |rule| &rule.text);
            let line = format!("  {id:<6} {:<10} {rule}", count(checks, "check"));
            let line = cut(&printable(&line), self.look.width);
            text += &(self.look.paint.doubtful(&line) + "\n");
        }
        text
    }

    fn known(&self) -> Option<String> {
        let known: Vec<&str> = self
            .of(Kind::Known)
            .map(|finding| finding.check.id.as_str())
            .collect();
        let title = format!("Known failures, which {} names:", self.view.baseline?.file);
        let title = self.words(&title);
        (!known.is_empty()).then(|| {
            let lines: String = known
                .iter()
                .map(|id| format!("  {}\n", printable(id)))
                .collect();
            format!("{title}\n{lines}")
        })
    }

    /// What was not made, and why.
    fn skipped(&self) -> Vec<String> {
        let titles = [
            (Kind::Unsupported, "Not claimed, so not asked:"),
            (Kind::Disabled, self.view.labels.disabled),
        ];
        let mut parts = Vec::new();
        for (kind, title) in titles {
            let findings: Vec<_> = self.of(kind).collect();
            if findings.is_empty() {
                continue;
            }
            let reasons = by_reason(findings.clone());
            if !self.look.verbose && reasons.len() > FEW_REASONS {
                parts.push(self.skipped_in_short(title, &findings, reasons.len()));
                continue;
            }
            let mut part = format!("{title}\n");
            for (reason, findings) in reasons {
                let mut names: Vec<&str> = Vec::new();
                for finding in &findings {
                    match finding.cases.first() {
                        Some(case) if !is_shared(finding) => names.push(&case.id),
                        _ => names.push(&finding.check.id),
                    }
                }
                names.dedup();
                let checks = count(findings.len(), "check");
                part += &words(reason, "  ", "  ", self.look.width);
                part.push('\n');
                let names = format!("{checks}: {}", some_of(&names, NAMED_CASES));
                part += &words(&names, "    ", "    ", self.look.width);
                part.push('\n');
            }
            parts.push(part);
        }
        parts
    }

    /// How many were not made, of what, and where the reasons are.
    fn skipped_in_short(&self, title: &str, findings: &[&Finding<'_>], reasons: usize) -> String {
        let mut profiles: Vec<&str> = findings.iter().map(|finding| finding.profile()).collect();
        profiles.dedup();
        let checks = count(findings.len(), "check");
        let line = format!(
            "{title} {checks} of {}, for {reasons} reasons, which `--verbose` tells",
            profiles.join(", ")
        );
        self.words(&line) + "\n"
    }

    /// Profiles by what came of their checks; columns of nothing but zeros stay
    /// away.
    fn table(&self) -> String {
        let tallies = self.view.tallies(self.findings);
        let all = tallies.last().cloned().unwrap_or_default();
        let shown = |kind: &Kind| all.of(*kind) > 0 || matches!(kind, Kind::Passed | Kind::Failed);
        let columns: Vec<Kind> = self.view.columns().filter(shown).collect();
        let mut table = comfy_table::Table::new();
        table.load_preset(comfy_table::presets::NOTHING);
        let titles = columns.iter().map(|kind| kind.as_str().to_owned());
        table.set_header(std::iter::once("profile".to_owned()).chain(titles));
        for tally in &tallies {
            let counts = columns.iter().map(|kind| match tally.of(*kind) {
                0 => "-".to_owned(),
                number => number.to_string(),
            });
            table.add_row(std::iter::once(printable(&tally.profile)).chain(counts));
        }
        for column in table.column_iter_mut().skip(1) {
            column.set_cell_alignment(comfy_table::CellAlignment::Right);
        }
        table
            .lines()
            .map(|line| format!("{}\n", line.trim()))
            .collect()
    }

    /// Coverage, and what became of the baseline.
    fn facts(&self) -> String {
        let mut text = self.words(&self.view.coverage_text()) + "\n";
        let Some(baseline) = self.view.baseline else {
            return text;
        };
        let known = count(baseline.known.len(), "known failure");
        let line = format!("baseline {}: {known}", baseline.file);
        text += &(self.words(&line) + "\n");
        for stale in &baseline.stale {
            let line = format!(
                "line {}: remove `{}`: {}",
                stale.line, stale.check, stale.why
            );
            text += &(self
                .look
                .paint
                .bad(&words(&line, "  ", "  ", self.look.width))
                + "\n");
        }
        text
    }

    /// What failed, where there is too much to be seen at once: one line a rule, or
    /// with `verbose` one line a check.
    fn list(&self) -> Option<String> {
        let failed = problems(self.findings, Kind::Failed);
        let errors = problems(self.findings, Kind::Error);
        let problems: Vec<Problem<'_>> = failed.into_iter().chain(errors).collect();
        // In brief not even two need have been told at length.
        if problems.len() <= if self.look.verbose { FEW } else { 1 } {
            return None;
        }
        let (mut lines, most): (Vec<(String, String)>, usize) = if self.look.verbose {
            (problems.iter().map(in_short).collect(), usize::MAX)
        } else {
            let groups = by_rule(&problems);
            (groups.iter().map(|group| of_rule(group)).collect(), LISTED)
        };
        let more = lines.len().saturating_sub(most);
        lines.truncate(most);
        let widths = lines.iter().map(|(name, _)| name.chars().count());
        let wide = widths.max().unwrap_or_default().min(48);
        let mut text = "In short, what reaches farthest first:\n".to_owned();
        for (name, what) in lines {
            let line = format!("  {:wide$}  {}", printable(&name), printable(&what));
            text += &(cut(&line, self.look.width) + "\n");
        }
        if more > 0 {
            text += &format!("  and {}: see `--verbose`\n", count(more, "more rule"));
        }
        Some(text)
    }

    fn verdict(&self) -> String {
        let text = self.words(&self.view.verdict(self.findings));
        let text = match self.view.passed {
            true => self.look.paint.good(&text),
            false => self.look.paint.bad(&text),
        };
        text + "\n"
    }

    /// What to do about what is wrong; nothing where nothing is.
    fn next(&self) -> String {
        if self.view.passed {
            return String::new();
        }
        let failed = problems(self.findings, Kind::Failed);
        let errors = problems(self.findings, Kind::Error);
        let Some(first) = failed.iter().chain(&errors).find_map(Problem::first) else {
            return String::new();
        };
        let mut text = String::new();
        if let Some(whole) = self.view.whole_profiles(self.findings) {
            text += &(self.words(&whole) + "\n");
        }
        let rule = &first.check.rule;
        let mut lines = vec![format!("shellrt-validate explain {rule}")];
        if let Some(filter) = self.view.filter_of(first) {
            let again = self.view.invocation.typed(&[filter]);
            lines.push(format!("{again}   # until it passes"));
        }
        text += "\nNext:\n";
        for line in lines {
            text += &format!("  {}\n", printable(&line));
        }
        if !self.look.verbose {
            text += &self.words(
                "`--verbose` tells every failure at length, `--report json=FILE` keeps them.",
            );
            text.push('\n');
        }
        text
    }

    fn words(&self, text: &str) -> String {
        words(text, "", "", self.look.width)
    }
}

/// Problems of one rule together, in the order in which the rules come; what was
/// not made stays as it is.
fn by_rule<'a, 'b>(problems: &'b [Problem<'a>]) -> Vec<Vec<&'b Problem<'a>>> {
    let rule = |problem: &Problem<'a>| match problem {
        Problem::One(finding) if finding.kind == Kind::Failed => Some(finding.check.rule.clone()),
        Problem::One(_) | Problem::Alike(_) => None,
    };
    let mut groups: Vec<Vec<&Problem<'a>>> = Vec::new();
    for problem in problems {
        let is_of = |group: &&mut Vec<&Problem<'a>>| {
            let first = group.first().and_then(|first| rule(first));
            first.is_some() && first == rule(problem)
        };
        match groups.iter_mut().find(is_of) {
            Some(group) => group.push(problem),
            None => groups.push(vec![problem]),
        }
    }
    groups
}

/// The line of a rule: the check that it is about where there is one, how many
/// where there are more, and what was found first.
fn of_rule(group: &[&Problem<'_>]) -> (String, String) {
    match group {
        [Problem::One(first), _, ..] => {
            let checks = count(group.len(), "check");
            let name = format!("{} ({checks})", first.check.rule);
            (name, first.check.found.clone())
        }
        [first, ..] => in_short(first),
        [] => (String::new(), String::new()),
    }
}

/// What it is about, and what was found.
fn in_short(problem: &Problem<'_>) -> (String, String) {
    match problem {
        Problem::One(finding) if finding.kind == Kind::Error => {
            (finding.check.id.clone(), finding.reason().to_owned())
        }
        Problem::One(finding) => {
            let found = &finding.check.found;
            let found = match finding.cases.len() {
                0 | 1 => found.clone(),
                many => format!("in {many} cases: {found}"),
            };
            (finding.check.id.clone(), found)
        }
        Problem::Alike(findings) => {
            let reason = findings.first().map_or("", |first| first.reason());
            (count(findings.len(), "check"), reason.to_owned())
        }
    }
}
