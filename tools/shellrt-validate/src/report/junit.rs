//! The report for test viewers: a suite a profile, a test a check.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::block::{self, Look, Told, level};
use super::text::{Paint, WIDEST};
use super::view::{Finding, Kind, View};
use crate::fault::Failure;

/// Viewers show no colour, and are as wide as they are.
const LOOK: Look = Look {
    paint: Paint::NONE,
    width: WIDEST,
    verbose: true,
};

pub(crate) fn render(view: &View<'_>) -> Result<String, Failure> {
    let mut report = Report::new(format!("shellrt-validate {}", view.role.as_str()));
    let mut suites: Vec<TestSuite> = Vec::new();
    for finding in view.findings() {
        if suites
            .last()
            .is_none_or(|last| last.name.as_str() != finding.profile())
        {
            suites.push(suite(view, finding.profile()));
        }
        if let Some(suite) = suites.last_mut() {
            suite.add_test_case(test(view, &finding));
        }
    }
    report.add_test_suites(suites);
    report.add_test_suites(stale(view));
    let written = report.to_string();
    written.map_err(|error| Failure::Report(format!("the junit report cannot be made: {error}")))
}

fn suite(view: &View<'_>, profile: &str) -> TestSuite {
    let mut suite = TestSuite::new(profile);
    let cases = view.cases.iter();
    let took = cases
        .filter(|case| case.id.split('/').next() == Some(profile))
        .map(|case| case.took_ms)
        .sum();
    suite.set_time(Duration::from_millis(took));
    suite.add_property(("tested", view.called().as_str()));
    suite.add_property(("command", view.invocation.command_line().as_str()));
    suite.add_property(("requirements", view.rules.name.as_str()));
    suite.add_property(("shellrt-validate", view.tool_version));
    suite
}

fn test(view: &View<'_>, finding: &Finding<'_>) -> TestCase {
    let check = &finding.check;
    let class = check.id.split('#').next().unwrap_or_default();
    let mut test = TestCase::new(check.id.as_str(), status(view, finding));
    test.set_classname(class);
    if finding.kind == Kind::Warned {
        test.set_system_out(block::short(view, finding, LOOK));
    }
    test
}

fn status(view: &View<'_>, finding: &Finding<'_>) -> TestCaseStatus {
    let check = &finding.check;
    let mut status = match finding.kind {
        Kind::Passed | Kind::Warned => return TestCaseStatus::success(),
        Kind::Failed => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Kind::Error => TestCaseStatus::non_success(NonSuccessKind::Error),
        Kind::Known | Kind::Unsupported | Kind::Disabled => TestCaseStatus::skipped(),
    };
    match finding.kind {
        Kind::Failed => {
            status
                .set_message(check.found.as_str())
                .set_type(format!("{} {}", check.rule, level(view, finding)))
                .set_description(block::whole(view, finding, Told::default(), LOOK));
        }
        Kind::Error => {
            status
                .set_message(finding.reason())
                .set_type("not made")
                .set_description(block::whole(view, finding, Told::default(), LOOK));
        }
        Kind::Known => {
            let found = &check.found;
            status.set_message(format!("known failure, see the baseline: {found}"));
        }
        kind => {
            status.set_message(format!("{}: {}", kind.as_str(), finding.reason()));
        }
    }
    status
}

/// Entries of the baseline that have to go fail the run, so they fail here too.
fn stale(view: &View<'_>) -> Option<TestSuite> {
    let baseline = view
        .baseline
        .filter(|baseline| !baseline.stale.is_empty())?;
    let mut suite = TestSuite::new("baseline");
    for entry in &baseline.stale {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status
            .set_type("stale")
            .set_message(entry.why.as_str())
            .set_description(format!(
                "{}, line {}: remove `{}`: {}",
                baseline.file, entry.line, entry.check, entry.why
            ));
        let mut test = TestCase::new(entry.check.as_str(), status);
        test.set_classname("baseline");
        suite.add_test_case(test);
    }
    Some(suite)
}
