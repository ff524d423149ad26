//! The report for GitHub Actions: annotations by workflow commands, and a page
//! for the summary of the step.

use super::block::level;
use super::markdown::{code, literal, table};
use super::problems::{Problem, problems};
use super::text::{count, printable, some_of};
use super::view::{Finding, Kind, View};

/// GitHub shows ten annotations of a kind for a step; more only fill the log.
/// One error is the verdict.
const ANNOTATIONS: usize = 9;
/// So many problems are told in the summary, which has a limit of 1 MiB.
const SUMMARIES: usize = 200;
/// So many checks are named that have one reason.
const NAMED_CHECKS: usize = 20;

/// Workflow commands, one a line.
pub(crate) fn commands(view: &View<'_>) -> String {
    let findings = view.findings();
    let name = if view.passed { "notice" } else { "error" };
    let mut lines = command(name, "conformance", &view.verdict(&findings));
    for stale in view.baseline.iter().flat_map(|baseline| &baseline.stale) {
        let text = format!("remove `{}`: {}", stale.check, stale.why);
        lines += &command("error", "stale entry of the baseline", &text);
    }
    let mut failed = problems(&findings, Kind::Failed);
    failed.extend(problems(&findings, Kind::Error));
    let warned = problems(&findings, Kind::Warned);
    for (name, problems) in [("error", failed), ("warning", warned)] {
        for problem in problems.iter().take(ANNOTATIONS) {
            let (title, message) = told(view, problem);
            lines += &command(name, &title, &message);
        }
        if let Some(more @ 1..) = problems.len().checked_sub(ANNOTATIONS) {
            let text = format!("{more} more of this kind ({name})");
            lines += &command("notice", "more", &text);
        }
    }
    lines
}

/// Title and text of an annotation.
fn told(view: &View<'_>, problem: &Problem<'_>) -> (String, String) {
    match problem {
        Problem::One(finding) => {
            let check = &finding.check;
            let case = check.id.split('#').next().unwrap_or_default();
            let title = format!("{} {} ({case})", check.rule, level(view, finding));
            (title.trim_start().to_owned(), message(view, finding))
        }
        Problem::Alike(findings) => {
            let title = count(findings.len(), "check");
            let ids: Vec<&str> = findings.iter().map(|one| one.check.id.as_str()).collect();
            let Some(first) = findings.first() else {
                return (title, String::new());
            };
            let mut lines = vec![first.reason().to_owned()];
            if !first.check.expected.is_empty() {
                lines.push(format!("expected: {}", first.check.expected));
            }
            lines.push(format!("checks: {}", some_of(&ids, NAMED_CHECKS)));
            let lines: Vec<String> = lines.iter().map(|line| printable(line)).collect();
            (title, lines.join("\n"))
        }
    }
}

fn message(view: &View<'_>, finding: &Finding<'_>) -> String {
    let rule = view.rule(&finding.check);
    let mut lines: Vec<String> = rule.iter().map(|rule| rule.text.clone()).collect();
    if finding.kind == Kind::Error {
        lines.push(format!("could not be checked: {}", finding.reason()));
    } else {
        lines.push(format!("found: {}", finding.check.found));
        if !finding.check.expected.is_empty() {
            lines.push(format!("expected: {}", finding.check.expected));
        }
        lines.extend(rule.map(|rule| format!("fix: {}", rule.fix)));
    }
    if let Some(case) = finding.cases.first() {
        let line = view.invocation.typed(std::slice::from_ref(&case.id));
        lines.push(format!("rerun: {line}"));
    }
    let lines: Vec<String> = lines.iter().map(|line| printable(line)).collect();
    lines.join("\n")
}

/// `::error title=...::...`, with everything escaped that has a meaning there.
fn command(name: &str, title: &str, message: &str) -> String {
    let title = data(&printable(title))
        .replace(':', "%3A")
        .replace(',', "%2C");
    format!("::{name} title={title}::{}\n", data(message))
}

fn data(text: &str) -> String {
    let text = text.replace('%', "%25");
    text.replace('\r', "%0D").replace('\n', "%0A")
}

/// A page in Markdown.
pub(crate) fn summary(view: &View<'_>) -> String {
    let findings = view.findings();
    let mut page = format!("## {}\n\n", literal(&view.verdict(&findings)));
    page += &table(view, &findings);
    page += &format!("\n{}\n", literal(&view.coverage_text()));
    for stale in view.baseline.iter().flat_map(|baseline| &baseline.stale) {
        let (check, why) = (code(&stale.check), literal(&stale.why));
        page += &format!("\n- stale entry of the baseline, {check}: {why}\n");
    }
    let titles = [
        (Kind::Failed, "Failed"),
        (Kind::Error, "Could not be made"),
        (Kind::Warned, "Warnings"),
    ];
    let mut room = SUMMARIES;
    for (kind, title) in titles {
        let problems = problems(&findings, kind);
        if problems.is_empty() {
            continue;
        }
        page += &format!("\n### {title}\n\n");
        for problem in problems.iter().take(room) {
            page += &details(view, problem);
        }
        if problems.len() > room {
            page += &format!("\n{} more.\n", problems.len() - room);
        }
        room = room.saturating_sub(problems.len());
    }
    page
}

fn details(view: &View<'_>, problem: &Problem<'_>) -> String {
    let (_, message) = told(view, problem);
    let (name, found) = match (problem, problem.first()) {
        (Problem::One(finding), _) if finding.kind != Kind::Error => {
            (finding.check.id.clone(), finding.check.found.as_str())
        }
        (Problem::One(finding), _) => (finding.check.id.clone(), finding.reason()),
        (Problem::Alike(findings), first) => (
            count(findings.len(), "check"),
            first.map_or("", Finding::reason),
        ),
    };
    let lines: String = message
        .lines()
        .map(|line| format!("{}  \n", literal(line)))
        .collect();
    format!(
        "<details><summary><b>{}</b> {}</summary>\n\n{lines}\n</details>\n",
        html(&name),
        html(found)
    )
}

fn html(text: &str) -> String {
    let text = printable(text).replace('&', "&amp;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}
