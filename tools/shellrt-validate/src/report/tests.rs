//! Runs made by hand, as every report tells them.

use std::ffi::OsString;

use insta::assert_snapshot;
use serde_json::Value;

use super::block::Look;
use super::text::{Paint, WIDEST};
use super::{Invocation, github, junit, markdown, output, pretty};
use crate::baseline::{Selection, passes};
use crate::coverage::{Role, coverage};
use crate::requirements::{Level, NEWEST, Requirements};
use crate::suite::lint::assert_same;
use crate::suite::outcome::{
    BaselineResult, CaseResult, CheckResult, Evidence, Outcome, Run, StaleEntry, Tested, Weight,
};

const LOOK: Look = Look {
    paint: Paint::NONE,
    width: WIDEST,
    verbose: true,
};
/// Everything that means something to a terminal, XML, Markdown or GitHub.
const HOSTILE: &str = "\u{1b}[2J]]><b>&amp;|`x`|::error title=a::b%0A##[error]\r\n\u{202e}\u{0}";

/// A small set, so that no report changes when a sentence of a rule does.
fn rules() -> Requirements {
    serde_json::from_str(include_str!("testdata/rules.json")).unwrap()
}

fn check(id: &str, outcome: Outcome, found: &str, expected: &str) -> CheckResult {
    let rule = id.split_once('#').unwrap().1.split('.').next().unwrap();
    let rules = rules();
    let is_must = rules.rule(rule).unwrap().level == Level::Must;
    CheckResult {
        id: id.into(),
        rule: rule.into(),
        weight: if is_must {
            Weight::Must
        } else {
            Weight::Should
        },
        outcome,
        found: found.into(),
        expected: expected.into(),
        evidence: None,
    }
}

fn passed(id: &str) -> CheckResult {
    check(id, Outcome::Pass, "", "")
}

fn failed(id: &str, found: &str, expected: &str) -> CheckResult {
    CheckResult {
        evidence: Some(evidence()),
        ..check(id, Outcome::Fail, found, expected)
    }
}

fn evidence() -> Evidence {
    let sent = r#"{"_id":"req-1","_type":"version","_version":"0.2.0"}"#;
    Evidence {
        sent: sent.into(),
        stdout: r#"{"_status":"ok","_type":"version","_version":"0.2.0","name":"clock","protocol_versions":["0.2.0"],"version":"1.0"}\n"#.into(),
        stderr: String::new(),
        ended: "exit status 0".into(),
        took_ms: 12,
        reproduce: format!("printf '%s' '{sent}' | ./clock"),
    }
}

fn case(id: &str, title: &str, reason: &str, checks: Vec<CheckResult>) -> CaseResult {
    let outcomes = checks.iter().map(|check| check.outcome);
    let worst = outcomes.max_by_key(|outcome| match outcome {
        Outcome::Fail => 2,
        Outcome::Pass => 0,
        _ => 1,
    });
    CaseResult {
        id: id.into(),
        title: title.into(),
        outcome: worst.unwrap_or(Outcome::Error),
        reason: reason.into(),
        checks,
        took_ms: 40,
    }
}

fn run(cases: Vec<CaseResult>) -> Run {
    run_with(cases, None)
}

fn run_with(mut cases: Vec<CaseResult>, baseline: Option<BaselineResult>) -> Run {
    cases.sort_by(|one, other| one.id.cmp(&other.id));
    let shared = vec![passed("exchange#T-4"), passed("exchange#T-5")];
    let selection = Selection {
        is_filtered: false,
        is_known: &|_| true,
        cases: &cases,
        shared: &shared,
    };
    Run {
        report: "shellrt-conformance/1".into(),
        tool_version: "0.2.0".into(),
        requirements: NEWEST.into(),
        plugin: Tested {
            command: "./clock".into(),
            name: "clock".into(),
            version: "1.0".into(),
            protocol_versions: vec!["0.2.0".into()],
            commands: ["version", "describe", "logs"].map(str::to_owned).into(),
            features: vec![],
        },
        required_profiles: vec!["core".into()],
        filters: vec![],
        seed: 7,
        timeout_scale: 1.0,
        started_at: "2026-11-24T09:00:00Z".into(),
        took_ms: 1234,
        exchanges: 57,
        coverage: coverage(&rules(), Role::Plugin, &cases, &shared),
        passed: passes(&selection, baseline.as_ref()),
        exchange_checks: shared,
        cases,
        baseline,
    }
}

fn invocation() -> Invocation {
    Invocation {
        program: "shellrt-validate".into(),
        subcommand: "plugin",
        options: ["--config", "/home/me/clock.json"]
            .map(OsString::from)
            .into(),
        command: vec!["./clock".into()],
    }
}

fn sound() -> Run {
    let checks = vec![passed("core/echo#E-1"), passed("core/echo#E-2")];
    run(vec![case(
        "core/echo",
        "A reply names its request",
        "",
        checks,
    )])
}

fn one_failure() -> Run {
    let checks = vec![
        passed("core/echo#E-1"),
        failed("core/echo#E-2", "/_id is absent", "\"req-1\""),
    ];
    run(vec![case(
        "core/echo",
        "A reply names its request",
        "",
        checks,
    )])
}

/// A first run of a plugin that has much to learn.
fn many_failures() -> Run {
    let stderr = || {
        failed(
            "exchange#T-11",
            "the line has no `_id`",
            "`req-1` and a space first",
        )
    };
    let mut cases = vec![
        case(
            "core/echo",
            "A reply names its request",
            "",
            vec![
                passed("core/echo#E-1"),
                failed("core/echo#E-2", "/_id is absent", "\"req-1\""),
                failed(
                    "exchange#E-2",
                    "`_id` is absent",
                    "`req-1`, as in the request",
                ),
                stderr(),
            ],
        ),
        case(
            "core/versions",
            "An older wire is answered in its own version",
            "",
            vec![
                CheckResult {
                    evidence: Some(Evidence {
                        stdout: r"debug: starting\n{}\n".into(),
                        stderr: "Traceback (most recent call last):\\n".into(),
                        ended: "exit status 1".into(),
                        ..evidence()
                    }),
                    ..failed("core/versions#V-2", "`_version` is absent", "\"0.2.0\"")
                },
                failed("core/versions#E-2.old", "/_id is absent", "\"req-1\""),
                failed(
                    "exchange#E-2",
                    "`_id` is absent",
                    "`req-1`, as in the request",
                ),
                stderr(),
            ],
        ),
        case(
            "lifecycle/life",
            "A module is made, runs, ends and goes",
            "`start` of `m` was answered with code 50",
            vec![
                check(
                    "lifecycle/life#C-status-1",
                    Outcome::Error,
                    "the case did not come so far",
                    "",
                ),
                check(
                    "lifecycle/life#C-stop-3",
                    Outcome::Error,
                    "the case did not come so far",
                    "",
                ),
            ],
        ),
    ];
    let (not_claimed, lacking) = (
        "`describe` does not list the command img_pull",
        "the fixture (--config) does not offer actions/pause",
    );
    for name in ["images/pull", "images/policy"] {
        let id = format!("{name}#C-img_pull-1");
        let checks = vec![check(&id, Outcome::Unsupported, not_claimed, "")];
        cases.push(case(name, "An image is fetched", not_claimed, checks));
    }
    let checks = vec![check(
        "lifecycle/pause#M-paused-stop",
        Outcome::Disabled,
        lacking,
        "",
    )];
    cases.push(case(
        "lifecycle/pause",
        "A paused module stops",
        lacking,
        checks,
    ));
    let vanished = "`describe` does not list the command logs";
    for name in ["logs/tail", "logs/since"] {
        let checks = ["C-logs-1", "C-logs-2"].map(|rule| {
            let id = format!("{name}#{rule}");
            check(
                &id,
                Outcome::Fail,
                vanished,
                "all of the profile `logs` (--require)",
            )
        });
        cases.push(case(
            name,
            "Logs are cut to what was asked",
            vanished,
            checks.into(),
        ));
    }
    run(cases)
}

fn known_failures() -> Run {
    let baseline = BaselineResult {
        file: "known.txt".into(),
        known: vec!["core/echo#E-2".into()],
        stale: vec![StaleEntry {
            line: 3,
            check: "core/echo#E-1".into(),
            why: "it passes now".into(),
        }],
    };
    run_with(one_failure().cases, Some(baseline))
}

/// Everything that comes from outside is as bad as it can be.
fn hostile() -> Run {
    let mut run = run(vec![case(
        "core/echo",
        HOSTILE,
        "",
        vec![CheckResult {
            evidence: Some(Evidence {
                stderr: HOSTILE.into(),
                stdout: HOSTILE.into(),
                ..evidence()
            }),
            ..failed("core/echo#E-2", HOSTILE, HOSTILE)
        }],
    )]);
    run.plugin.name = HOSTILE.into();
    run.plugin.features = vec![HOSTILE.into()];
    run
}

fn pretty_of(run: &Run) -> String {
    pretty::render(&run.view(&rules(), &invocation()), LOOK)
}

fn junit_of(run: &Run) -> String {
    junit::render(&run.view(&rules(), &invocation())).unwrap()
}

fn markdown_of(run: &Run) -> String {
    markdown::render(&run.view(&rules(), &invocation()))
}

fn commands_of(run: &Run) -> String {
    github::commands(&run.view(&rules(), &invocation()))
}

fn summary_of(run: &Run) -> String {
    github::summary(&run.view(&rules(), &invocation()))
}

#[test]
fn a_sound_plugin_gets_few_words() {
    assert_snapshot!(pretty_of(&sound()));
}

#[test]
fn one_failure_is_told_so_that_it_can_be_mended() {
    assert_snapshot!(pretty_of(&one_failure()));
}

#[test]
fn many_failures_can_still_be_read() {
    assert_snapshot!(pretty_of(&many_failures()));
}

#[test]
fn the_first_of_many_failures_is_told_at_length_and_the_end_says_what_to_do() {
    let brief = Look {
        verbose: false,
        ..LOOK
    };
    let (run, rules) = (many_failures(), rules());
    assert_snapshot!(pretty::render(&run.view(&rules, &invocation()), brief));
}

#[test]
fn a_known_failure_is_named_and_a_stale_entry_is_to_be_removed() {
    assert_snapshot!(pretty_of(&known_failures()));
}

#[test]
fn test_viewers_see_a_suite_a_profile_and_a_test_a_check() {
    assert_snapshot!(junit_of(&many_failures()));
    assert_snapshot!("junit_with_a_baseline", junit_of(&known_failures()));
}

#[test]
fn github_gets_annotations_and_a_page() {
    assert_snapshot!("github_commands", commands_of(&many_failures()));
    assert_snapshot!("github_summary", summary_of(&many_failures()));
}

#[test]
fn a_page_to_commit_has_every_case() {
    assert_snapshot!(markdown_of(&many_failures()));
    assert_snapshot!("markdown_with_a_baseline", markdown_of(&known_failures()));
}

#[test]
fn a_page_to_commit_says_the_same_of_every_run_that_found_the_same() {
    let one = many_failures();
    let mut other = many_failures();
    other.started_at = "2031-01-01T00:00:00Z".into();
    (other.took_ms, other.exchanges) = (99_999, 1);
    for case in &mut other.cases {
        case.took_ms += 1000;
        for check in &mut case.checks {
            if let Some(evidence) = &mut check.evidence {
                evidence.took_ms = 77_777;
                evidence.stdout = "pid 4711".into();
                check.found = "pid 4711".into();
            }
        }
    }
    assert_eq!(markdown_of(&one), markdown_of(&other));
    assert!(!markdown_of(&one).contains("/home/me"));
}

#[test]
fn nothing_from_outside_plays_with_a_terminal() {
    for text in [
        pretty_of(&hostile()),
        markdown_of(&hostile()),
        summary_of(&hostile()),
    ] {
        let bad = |letter: char| letter.is_control() && letter != '\n' || letter == '\u{202e}';
        assert!(!text.contains(bad), "{text:?}");
    }
}

#[test]
fn nothing_from_outside_leaves_its_place_in_xml() {
    let text = junit_of(&hostile());
    assert!(
        !text.contains("<b>") && !text.contains("]]>") && !text.contains('\u{1b}'),
        "{text}"
    );
    let report = quick_junit::Report::deserialize_from_str(&text).unwrap();
    assert_eq!(report.failures, 1);
}

#[test]
fn nothing_from_outside_is_a_command_of_github() {
    let text = commands_of(&hostile());
    assert_eq!(text.lines().count(), 2, "{text}");
    for line in text.lines() {
        let rest = line.strip_prefix("::error title=").unwrap();
        let (title, message) = rest.split_once("::").unwrap();
        assert!(!title.contains([':', ',']), "{title}");
        assert!(!message.contains(['\r', '\u{1b}']), "{message}");
    }
    assert!(text.contains("b%250A"), "{text}");
}

#[test]
fn nothing_from_outside_is_markdown() {
    for page in [markdown_of(&hostile()), summary_of(&hostile())] {
        let place = page.find("error title").unwrap();
        assert!(!page.contains("<b>&amp;|"), "{page}");
        assert!(!page[..place].contains(" `x` "), "{page}");
    }
    let row = markdown_of(&hostile());
    let row = row
        .lines()
        .find(|line| line.starts_with("| features"))
        .unwrap()
        .to_owned();
    assert_eq!(row.replace("\\|", "").matches('|').count(), 3, "{row}");
}

#[test]
fn every_failure_is_in_every_report() {
    let run = many_failures();
    let checks = run.cases.iter().flat_map(|case| &case.checks);
    let failures: Vec<&str> = checks
        .filter(|check| check.is_failure())
        .map(|check| check.id.as_str())
        .collect();
    assert!(failures.len() > 8);
    for text in [pretty_of(&run), junit_of(&run), summary_of(&run)] {
        for id in &failures {
            assert!(text.contains(id), "{id} is not in {text}");
        }
    }
}

/// The schema of what is written, in which members may be left out.
fn schema() -> String {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings
        .into_generator()
        .into_root_schema_for::<Run>()
        .to_value();
    schema["title"] = "A report of the conformance suite".into();
    format!("{schema:#}\n")
}

#[test]
fn the_schema_of_the_json_report_is_the_committed_one() {
    assert_same("report.schema.json", &schema());
}

#[test]
fn the_json_report_is_what_its_schema_says() {
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    let engine = jsonschema::draft202012::new(&schema).unwrap();
    for run in [sound(), many_failures(), known_failures(), hostile()] {
        let report: Value = serde_json::from_str(&output::json(&run).unwrap()).unwrap();
        let faults: Vec<String> = engine.iter_errors(&report).map(|e| e.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?}");
    }
    let wrong = serde_json::json!({"report": 1});
    assert!(!engine.is_valid(&wrong));
}

#[test]
fn colour_changes_nothing_but_colour() {
    let coloured = Look {
        paint: Paint { is_wanted: true },
        ..LOOK
    };
    for run in [one_failure(), many_failures(), known_failures()] {
        let rules = rules();
        let invocation = invocation();
        let text = pretty::render(&run.view(&rules, &invocation), coloured);
        assert!(text.contains('\u{1b}'));
        assert_eq!(
            anstream::adapter::strip_str(&text).to_string(),
            pretty_of(&run)
        );
    }
}

#[test]
fn lines_are_no_wider_than_the_terminal_but_for_what_is_copied() {
    for run in [many_failures(), known_failures()] {
        for line in pretty_of(&run).lines() {
            let is_copied = ["reproduce", "rerun", "# until it passes"]
                .iter()
                .any(|label| line.contains(label));
            assert!(is_copied || line.chars().count() <= WIDEST, "{line}");
        }
    }
}
