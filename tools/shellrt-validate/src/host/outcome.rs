//! What came of a run against a host: its JSON report, and what the other
//! reports are written from.

use schemars::JsonSchema;
use serde::Serialize;

use crate::coverage::Role;
use crate::report::{Invocation, Labels, View};
use crate::requirements::Requirements;
use crate::suite::outcome::{BaselineResult, CaseResult, Coverage};

/// A whole run: the JSON report.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Run {
    /// The form of this document: `shellrt-conformance-host/1`.
    pub(crate) report: String,
    /// The version of `shellrt-validate`.
    pub(crate) tool_version: String,
    /// The frozen set of rules, such as `v0.2`.
    pub(crate) requirements: String,
    /// The host's command line.
    pub(crate) host: String,
    /// What the host's exit statuses mean, as `--statuses` says.
    pub(crate) statuses: String,
    /// What narrowed the run. Empty: nothing did.
    pub(crate) filters: Vec<String>,
    /// By how much times were stretched.
    pub(crate) timeout_scale: f64,
    /// When it began, in RFC 3339.
    pub(crate) started_at: String,
    /// How long it took, in milliseconds.
    pub(crate) took_ms: u64,
    /// How often the host was run.
    pub(crate) plays: u64,
    /// The scenarios, in the order of their names.
    pub(crate) cases: Vec<CaseResult>,
    /// How many of the rules that bind a host were checked.
    pub(crate) coverage: Coverage,
    /// What a baseline file said. Absent: there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) baseline: Option<BaselineResult>,
    /// Whether everything that was required holds.
    pub(crate) passed: bool,
}

impl Run {
    /// The run as the reports see it.
    pub(crate) fn view<'a>(
        &'a self,
        rules: &'a Requirements,
        invocation: &'a Invocation,
    ) -> View<'a> {
        View {
            role: Role::Host,
            name: String::new(),
            facts: vec![("exit statuses", self.statuses.clone())],
            labels: Labels::HOST,
            invocation,
            rules,
            tool_version: &self.tool_version,
            filters: &self.filters,
            shared: &[],
            cases: &self.cases,
            coverage: &self.coverage,
            baseline: self.baseline.as_ref(),
            passed: self.passed,
        }
    }
}
