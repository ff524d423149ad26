//! What came of checks, cases and the whole run, as plain data: every report is
//! written from it, and the JSON report is it.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

/// What came of one check. A skip is never a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// It holds.
    Pass,
    /// It does not hold: of a MUST a failure, of a SHOULD a warning.
    Fail,
    /// The plugin does not claim what the check is about.
    Unsupported,
    /// The fixture does not offer what the check needs.
    Disabled,
    /// The check could not be made, because something before it went wrong.
    Error,
}

/// How much a rule binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Weight {
    /// A MUST or MUST NOT.
    Must,
    /// A SHOULD, SHOULD NOT or MAY.
    Should,
}

/// One check.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct CheckResult {
    /// Its name, for ever: `core/echo#E-2`, or `exchange#T-5` for what holds
    /// whenever a plugin answers.
    pub(crate) id: String,
    /// The rule of docs/protocol.md.
    pub(crate) rule: String,
    /// How much it binds.
    pub(crate) weight: Weight,
    /// What came of it.
    pub(crate) outcome: Outcome,
    /// What was found, as one line. Empty: it holds.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) found: String,
    /// What would have been right. Empty: it holds, or `found` says it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) expected: String,
    /// The exchange in which it was found. Absent: it holds, or none is to blame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) evidence: Option<Evidence>,
}

/// What was sent and what came back, escaped and shortened in the middle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Evidence {
    /// The bytes on standard input.
    pub(crate) sent: String,
    /// The bytes on standard output.
    pub(crate) stdout: String,
    /// The bytes on standard error.
    pub(crate) stderr: String,
    /// How the plugin ended, such as `exit status 0`.
    pub(crate) ended: String,
    /// How long it took, in milliseconds.
    pub(crate) took_ms: u64,
    /// A command line that sends the same bytes again.
    pub(crate) reproduce: String,
}

impl Evidence {
    /// Whether it is the same exchange, or one that went the same way.
    pub(crate) fn is_like(&self, other: &Evidence) -> bool {
        let parts = |one: &Evidence| {
            let Evidence {
                sent,
                stdout,
                stderr,
                ended,
                ..
            } = one.clone();
            (sent, stdout, stderr, ended)
        };
        parts(self) == parts(other)
    }
}

/// One case.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct CaseResult {
    /// Its name, for ever: `<profile>/<name>`.
    pub(crate) id: String,
    /// What it shows, as a sentence.
    pub(crate) title: String,
    /// The worst outcome of its checks.
    pub(crate) outcome: Outcome,
    /// Why it was not run, or could not go on. Empty: it was run to its end.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) reason: String,
    /// Its checks, and those failures of `exchange#...` that were found in it.
    pub(crate) checks: Vec<CheckResult>,
    /// How long it took, in milliseconds.
    pub(crate) took_ms: u64,
}

impl CheckResult {
    /// Whether it makes the run fail.
    pub(crate) fn is_failure(&self) -> bool {
        match self.outcome {
            Outcome::Fail => self.weight == Weight::Must,
            Outcome::Error => true,
            Outcome::Pass | Outcome::Unsupported | Outcome::Disabled => false,
        }
    }
}

impl CaseResult {
    /// Its checks; and itself, as a check of its own name, where it stopped and
    /// no check says so.
    pub(crate) fn results(&self) -> impl Iterator<Item = Cow<'_, CheckResult>> {
        let is_said = self
            .checks
            .iter()
            .any(|check| matches!(check.outcome, Outcome::Error) || check.outcome == self.outcome);
        let is_told = is_said || (self.outcome == Outcome::Pass && !self.checks.is_empty());
        let itself = (!is_told).then(|| {
            Cow::Owned(CheckResult {
                id: self.id.clone(),
                rule: String::new(),
                weight: Weight::Must,
                outcome: self.outcome,
                found: self.reason.clone(),
                expected: String::new(),
                evidence: None,
            })
        });
        self.checks.iter().map(Cow::Borrowed).chain(itself)
    }

    /// Whether one of its checks failed without being made: its profile is
    /// required, and the plugin does not claim it, or the fixture not offer it.
    pub(crate) fn was_not_asked(&self, check: &CheckResult) -> bool {
        check.outcome == Outcome::Fail
            && check.evidence.is_none()
            && !self.reason.is_empty()
            && check.found == self.reason
    }
}

/// A whole run: the JSON report.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Run {
    /// The form of this document: `shellrt-conformance/1`.
    pub(crate) report: String,
    /// The version of `shellrt-validate`.
    pub(crate) tool_version: String,
    /// The frozen set of rules, such as `v0.2`.
    pub(crate) requirements: String,
    /// Who was tested.
    pub(crate) plugin: Tested,
    /// The profiles that had to be whole.
    pub(crate) required_profiles: Vec<String>,
    /// What narrowed the run. Empty: nothing did.
    pub(crate) filters: Vec<String>,
    /// The number from which random sequences were made.
    pub(crate) seed: u64,
    /// By how much times were stretched.
    pub(crate) timeout_scale: f64,
    /// When it began, in RFC 3339.
    pub(crate) started_at: String,
    /// How long it took, in milliseconds.
    pub(crate) took_ms: u64,
    /// The checks `exchange#...` that held in every exchange, or did not apply;
    /// where one failed, it is with the case in which it did.
    pub(crate) exchange_checks: Vec<CheckResult>,
    /// How many exchanges they were made on.
    pub(crate) exchanges: u64,
    /// The cases, in the order of their names.
    pub(crate) cases: Vec<CaseResult>,
    /// How many of the rules that bind a plugin were checked.
    pub(crate) coverage: Coverage,
    /// What a baseline file said. Absent: there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) baseline: Option<BaselineResult>,
    /// Whether everything that was required holds.
    pub(crate) passed: bool,
}

/// The plugin that was tested.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub(crate) struct Tested {
    /// Its command line.
    pub(crate) command: String,
    /// Its name, as `describe` says. Empty: it could not be asked.
    pub(crate) name: String,
    /// Its version, as `describe` says.
    pub(crate) version: String,
    /// The wires that it serves.
    pub(crate) protocol_versions: Vec<String>,
    /// The commands that it claims.
    pub(crate) commands: Vec<String>,
    /// The features that it claims.
    pub(crate) features: Vec<String>,
}

/// How many MUSTs that bind a plugin were checked in this run.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub(crate) struct Coverage {
    /// All of them.
    pub(crate) rules: usize,
    /// Those with a check that passed or failed.
    pub(crate) checked: usize,
    /// Those that no black box can see; each has its reason in the requirements.
    pub(crate) excluded: usize,
    /// The rest: the plugin does not claim what they are about, or a filter left
    /// them out.
    pub(crate) unchecked: Vec<String>,
}

/// What became of the known failures of a baseline file.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub(crate) struct BaselineResult {
    /// Its path.
    pub(crate) file: String,
    /// Failures that it names: they do not fail the run.
    pub(crate) known: Vec<String>,
    /// Entries that do not fail any more, or are no checks at all: these do.
    pub(crate) stale: Vec<StaleEntry>,
}

/// An entry of a baseline file that has to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct StaleEntry {
    /// Its line in the file, counted from 1.
    pub(crate) line: usize,
    /// The check that it names.
    pub(crate) check: String,
    /// Why it has to go.
    pub(crate) why: String,
}
