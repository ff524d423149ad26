//! The report as a page that is committed and compared: it says the same each
//! time the same is found. So there are no times, no paths of a machine, and
//! not what was found in a failure, which has names and numbers of its run.

use super::problems::{Problem, problems};
use super::text::{count, printable};
use super::view::{Finding, Kind, View};
use crate::coverage::musts;
use crate::suite::outcome::CaseResult;

pub(crate) fn render(view: &View<'_>) -> String {
    let findings = view.findings();
    let mut page = format!("# Conformance of {}\n\n", literal(&view.called()));
    page += &format!("{}.\n\n", literal(&view.verdict(&findings)));
    page += &format!(
        "```sh\n{}\n```\n\n",
        printable(&view.invocation.portable(view.filters))
    );
    page += &facts(view);
    page += "\n## Checks\n\n";
    page += &table(view, &findings);
    page += &coverage(view);
    page += &baseline(view);
    page += &failures(view, &findings);
    page += &shared(view, &findings);
    page += &cases(view, &findings);
    page
}

fn facts(view: &View<'_>) -> String {
    let mut rows = format!(
        "| | |\n|---|---|\n| rules | {} |\n",
        literal(&view.rules.name)
    );
    rows += &format!("| wire | {} |\n", literal(&view.rules.wire));
    for (label, value) in view.facts.iter().filter(|(_, value)| !value.is_empty()) {
        rows += &format!("| {label} | {} |\n", literal(value));
    }
    rows + &format!(
        "| checked by | shellrt-validate {} |\n",
        literal(view.tool_version)
    )
}

/// Profiles by what came of their checks.
pub(crate) fn table(view: &View<'_>, findings: &[Finding<'_>]) -> String {
    let columns: Vec<Kind> = view.columns().collect();
    let mut rows = "| profile |".to_owned();
    for kind in &columns {
        rows += &format!(" {} |", kind.as_str());
    }
    rows += &format!("\n|---|{}\n", "--:|".repeat(columns.len()));
    for tally in view.tallies(findings) {
        rows += &format!("| {} |", literal(&tally.profile));
        for kind in &columns {
            rows += &format!(" {} |", tally.of(*kind));
        }
        rows.push('\n');
    }
    rows
}

fn coverage(view: &View<'_>) -> String {
    let coverage = view.coverage;
    let mut text = format!(
        "\n## Rules\n\nChecked: {} of {} MUSTs.\n",
        coverage.checked, coverage.rules
    );
    if !coverage.unchecked.is_empty() {
        let ids = coverage.unchecked.join(", ");
        text += &format!("\nNot looked at in this run: {}.\n", literal(&ids));
    }
    let excluded = musts(view.rules, view.role).filter_map(|rule| {
        let reason = rule.excluded_for(view.role.party())?;
        Some(format!("- {}: {}\n", literal(&rule.id), prose(reason)))
    });
    let excluded: String = excluded.collect();
    if coverage.excluded > 0 {
        text += &format!("\nNo run can see whether these hold:\n\n{excluded}");
    }
    text
}

fn baseline(view: &View<'_>) -> String {
    let Some(baseline) = view.baseline else {
        return String::new();
    };
    let mut text = format!(
        "\n## Known failures\n\n{}.\n",
        count(baseline.known.len(), "failure")
    );
    for check in &baseline.known {
        text += &format!("\n- {}", code(check));
    }
    for stale in &baseline.stale {
        let (check, why) = (code(&stale.check), literal(&stale.why));
        text += &format!("\n- {check}: to be removed, {why}");
    }
    text.trim_end().to_owned() + "\n"
}

/// The rules that do not hold, with the way to mend it, and what is required
/// and not claimed.
fn failures(view: &View<'_>, findings: &[Finding<'_>]) -> String {
    let failed = problems(findings, Kind::Failed);
    let warned = problems(findings, Kind::Warned);
    let mut text = String::new();
    for problem in failed.into_iter().chain(warned) {
        match problem {
            Problem::One(finding) => {
                let (check, kind) = (code(&finding.check.id), finding.kind.as_str());
                text += &format!("\n- {check}, {kind}");
                if let Some(rule) = view.rule(&finding.check) {
                    text += &format!(": {} *Fix:* {}", prose(&rule.text), prose(&rule.fix));
                }
            }
            Problem::Alike(findings) => {
                let reason = findings.first().map_or("", |first| first.reason());
                let ids: Vec<String> = findings.iter().map(|one| code(&one.check.id)).collect();
                let checks = count(findings.len(), "check");
                text += &format!("\n- {checks}: {}: {}", prose(reason), ids.join(", "));
            }
        }
    }
    match text.as_str() {
        "" => text,
        list => format!("\n## What does not hold\n{list}\n"),
    }
}

/// What holds for every exchange.
fn shared(view: &View<'_>, findings: &[Finding<'_>]) -> String {
    let mut text = String::new();
    for finding in findings
        .iter()
        .filter(|finding| super::block::is_shared(finding))
    {
        let rule = view.rule(&finding.check);
        let words = rule.map_or_else(String::new, |rule| prose(&rule.text));
        let outcome = match finding.kind.is_skip() {
            true => format!("{}: {}", finding.kind.as_str(), prose(finding.reason())),
            false => finding.kind.as_str().to_owned(),
        };
        let id = literal(&finding.check.rule);
        text += &format!("| {id} | {words} | {outcome} |\n");
    }
    match text.as_str() {
        "" => text,
        rows => format!("\n## Every exchange\n\n| rule | what it says | |\n|---|---|---|\n{rows}"),
    }
}

/// Each case with its checks, a table a profile.
fn cases(view: &View<'_>, findings: &[Finding<'_>]) -> String {
    let mut text = String::new();
    let mut profile = "";
    for case in view.cases {
        let of = case.id.split('/').next().unwrap_or_default();
        if of != profile {
            profile = of;
            text += &format!(
                "\n## {}\n\n| case | what it shows | checks |\n|---|---|---|\n",
                literal(of)
            );
        }
        let name = case
            .id
            .split_once('/')
            .map_or(case.id.as_str(), |(_, name)| name);
        let checks = checks(case, findings);
        text += &format!(
            "| {} | {} | {checks} |\n",
            literal(name),
            prose(&case.title)
        );
    }
    text
}

/// `passed: E-2, E-4; failed: E-9`, or why nothing was asked.
fn checks(case: &CaseResult, findings: &[Finding<'_>]) -> String {
    let own = |finding: &&Finding<'_>| {
        !super::block::is_shared(finding) && finding.cases.iter().any(|of| of.id == case.id)
    };
    let own: Vec<&Finding<'_>> = findings.iter().filter(own).collect();
    let mut parts = Vec::new();
    for kind in Kind::ALL {
        let of = own.iter().filter(|finding| finding.kind == kind);
        let names: Vec<&str> = of
            .map(|finding| {
                let id = &finding.check.id;
                id.split_once('#').map_or("itself", |(_, name)| name)
            })
            .collect();
        if names.is_empty() {
            continue;
        }
        parts.push(match kind.is_skip() {
            true => format!("{}: {}", kind.as_str(), prose(&case.reason)),
            false => format!("{}: {}", kind.as_str(), literal(&names.join(", "))),
        });
    }
    parts.join("; ")
}

/// Text from outside, which means nothing but itself: every character that
/// Markdown could take for its own is escaped.
pub(crate) fn literal(text: &str) -> String {
    let text = printable(text);
    let mut safe = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        // Between letters a low line is only itself.
        let joins = before.is_alphanumeric() && letters.peek().is_some_and(|c| c.is_alphanumeric());
        let begins_heading = letter == '#' && safe.is_empty();
        if "\\`*[]<>|~&!$@".contains(letter) || (letter == '_' && !joins) || begins_heading {
            safe.push('\\');
        }
        safe.push(letter);
        before = letter;
    }
    safe
}

/// A name, or a line to type.
pub(crate) fn code(text: &str) -> String {
    if text.contains('`') || text.is_empty() {
        return literal(text);
    }
    format!("`{}`", printable(text).replace('|', "\\|"))
}

/// Text of our own, whose backticks are meant; only a table's bars are escaped.
fn prose(text: &str) -> String {
    printable(text).replace('|', "\\|")
}
