//! One failed check, told so that it can be mended: the rule, what was found,
//! the bytes, why it matters, how to fix it, how to see it again.

use super::text::{Paint, bytes, count, some_of, words};
use super::view::{Finding, Kind, SHARED, View};
use crate::requirements::Rule;
use crate::suite::outcome::{CaseResult, Evidence, Weight};

/// So many cases are named.
const NAMED_CASES: usize = 8;
/// So many lines of bytes are shown at once, of longer ones both ends.
const FEW_LINES: usize = 6;
/// The width of the labels, with what stands around them.
const INDENT: &str = "             ";

/// How blocks are written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) paint: Paint,
    pub(crate) width: usize,
    /// Everything at length, not only what comes first.
    pub(crate) verbose: bool,
}

/// What stands in blocks above, and need not be told again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// The rule: its words, its reason, how to fix it.
    pub(crate) rule: bool,
    /// The exchange: it is that of the block just above.
    pub(crate) exchange: bool,
}

/// Everything about a failure, an error, or a warning.
pub(crate) fn whole(view: &View<'_>, finding: &Finding<'_>, told: Told, look: Look) -> String {
    let rule = view.rule(&finding.check);
    let evidence = finding.check.evidence.as_ref();
    let mut block = Block::new(look);
    block.heading(finding);
    if let Some(rule) = rule {
        block.rule(rule, told.rule);
    }
    block.cases(finding);
    // Of what was not made nothing is known to be wrong.
    let was_made = finding.kind != Kind::Error && !finding.was_not_asked();
    match was_made {
        true => block.fact("found", &finding.check.found),
        false => block.fact("because", finding.reason()),
    }
    block.fact("expected", &finding.check.expected);
    match evidence {
        Some(_) if told.exchange => block.fact(view.labels.sent, "as above"),
        Some(evidence) => block.evidence(view, evidence),
        None => {}
    }
    if let (Some(rule), false, true) = (rule, told.rule, was_made) {
        block.fact("why", &rule.reason);
        block.fact("fix", &rule.fix);
    }
    if let Some(evidence) = evidence.filter(|_| !told.exchange) {
        block.line("reproduce", &evidence.reproduce);
    }
    block.rerun(view, finding);
    block.text
}

/// What is enough for a warning: the rule, what was found, how to fix it.
pub(crate) fn short(view: &View<'_>, finding: &Finding<'_>, look: Look) -> String {
    let rule = view.rule(&finding.check);
    let mut block = Block::new(look);
    block.heading(finding);
    if let Some(rule) = rule {
        block.rule(rule, false);
    }
    block.cases(finding);
    block.fact("found", &finding.check.found);
    block.fact("expected", &finding.check.expected);
    if let Some(rule) = rule {
        block.fact("fix", &rule.fix);
    }
    block.rerun(view, finding);
    block.text
}

/// Checks that failed or could not be made for one and the same reason, without
/// an exchange of their own to show.
pub(crate) fn alike(view: &View<'_>, kind: Kind, findings: &[&Finding<'_>], look: Look) -> String {
    let mut block = Block::new(look);
    let checks = count(findings.len(), "check");
    let title = format!("{} {checks}", heading(kind));
    block.push_line(&block.painted(kind, &title));
    let Some(first) = findings.first() else {
        return block.text;
    };
    block.fact("because", first.reason());
    let mut expected: Vec<&str> = findings
        .iter()
        .map(|finding| finding.check.expected.as_str())
        .collect();
    expected.dedup();
    block.fact("expected", &expected.join("; "));
    let ids: Vec<&str> = findings
        .iter()
        .map(|finding| finding.check.id.as_str())
        .collect();
    block.fact("checks", &some_of(&ids, NAMED_CASES));
    block.rerun(view, first);
    block.text
}

fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Failed => "FAILED",
        Kind::Error => "ERROR",
        Kind::Warned => "WARNED",
        other => other.as_str(),
    }
}

/// `MUST` or `SHOULD`, as the rule says.
pub(crate) fn level(view: &View<'_>, finding: &Finding<'_>) -> String {
    match (view.rule(&finding.check), finding.check.weight) {
        (Some(rule), _) => rule.level.to_string(),
        (None, Weight::Must) => "MUST".to_owned(),
        (None, Weight::Should) => "SHOULD".to_owned(),
    }
}

struct Block {
    look: Look,
    text: String,
}

impl Block {
    fn new(look: Look) -> Block {
        Block {
            look,
            text: String::new(),
        }
    }

    fn push_line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn painted(&self, kind: Kind, text: &str) -> String {
        match kind {
            Kind::Failed | Kind::Error => self.look.paint.bad(text),
            _ => self.look.paint.doubtful(text),
        }
    }

    fn heading(&mut self, finding: &Finding<'_>) {
        let title = format!("{} {}", heading(finding.kind), finding.check.id);
        let title = self.painted(finding.kind, &words(&title, "", "", self.look.width));
        self.push_line(&title);
    }

    fn rule(&mut self, rule: &Rule, is_told: bool) {
        let text = match is_told {
            false => format!("{} {}: {}", rule.id, rule.level, rule.text),
            true => format!("{} {}, as above", rule.id, rule.level),
        };
        let lines = words(&text, "  ", "  ", self.look.width);
        self.push_line(&lines);
    }

    /// The case's title; of a check on every exchange, where it failed.
    fn cases(&mut self, finding: &Finding<'_>) {
        match finding.cases.as_slice() {
            [] => {}
            [one] => self.fact("case", &told(one)),
            many => {
                let names = some_of(&finding.case_names(), NAMED_CASES);
                self.fact("cases", &format!("{}: {names}", many.len()));
                self.fact("here", &told(many[0]));
            }
        }
    }

    fn evidence(&mut self, view: &View<'_>, evidence: &Evidence) {
        let labels = view.labels;
        self.bytes(labels.sent, &evidence.sent);
        self.bytes(labels.stdout, &evidence.stdout);
        self.bytes(labels.stderr, &evidence.stderr);
        let ended = format!("{}, after {} ms", evidence.ended, evidence.took_ms);
        self.fact(labels.ended, &ended);
    }

    fn rerun(&mut self, view: &View<'_>, finding: &Finding<'_>) {
        if let Some(filter) = view.filter_of(finding) {
            self.line("rerun", &view.invocation.typed(&[filter]));
        }
    }

    /// A label and words behind it; nothing where there are no words.
    fn fact(&mut self, label: &str, text: &str) {
        if !text.is_empty() {
            let lines = words(text, INDENT, INDENT, self.look.width);
            self.labelled(label, &lines);
        }
    }

    /// A label and exact bytes.
    fn bytes(&mut self, label: &str, text: &str) {
        let text = if text.is_empty() { "(nothing)" } else { text };
        let lines = bytes(text, INDENT, INDENT, self.look.width);
        let lines = if self.look.verbose {
            lines
        } else {
            without_middle(&lines)
        };
        self.labelled(label, &lines);
    }

    /// A label and a line that stays one, so that it can be copied.
    fn line(&mut self, label: &str, text: &str) {
        if !text.is_empty() {
            self.labelled(label, &format!("{INDENT}{text}"));
        }
    }

    /// Puts the label into the indentation of the first line.
    fn labelled(&mut self, label: &str, lines: &str) {
        let behind = lines.strip_prefix(INDENT).unwrap_or(lines);
        let space = INDENT.len().saturating_sub(2 + label.len());
        let line = format!("  {}{:space$}{behind}", self.look.paint.label(label), "");
        self.push_line(&line);
    }
}

/// The first lines and the last one of many.
fn without_middle(lines: &str) -> String {
    let lines: Vec<&str> = lines.lines().collect();
    let Some(left_out) = lines.len().checked_sub(FEW_LINES).filter(|left| *left > 0) else {
        return lines.join("\n");
    };
    let (first, rest) = lines.split_at(FEW_LINES - 1);
    let middle = format!("{INDENT}... {} ...", count(left_out, "more line"));
    let last = &rest[rest.len() - 1..];
    [first, &[&*middle], last].concat().join("\n")
}

fn told(case: &CaseResult) -> String {
    if case.title.is_empty() {
        return case.id.clone();
    }
    format!("{} ({})", case.title, case.id)
}

/// Whether a check belongs to every exchange and not to a case.
pub(crate) fn is_shared(finding: &Finding<'_>) -> bool {
    finding.profile() == SHARED
}
