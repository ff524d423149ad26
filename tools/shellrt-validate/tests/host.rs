//! `shellrt-validate host`: a sound host passes, an unsound one is told what it
//! does wrong, and what cannot be run at all is told apart.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A host in Python that is sound unless it is told otherwise.
const STATUSES: &str = "ok=0,error=1,retry=7,fault=3,cut=5,late=6";

fn host() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/mutants/hosts/host.py")
}

fn validate(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_shellrt-validate"))
        .arg("host")
        .args(arguments)
        .output()
        .expect("it can be started")
}

/// Against the host, with some of the scenarios and something broken.
fn run(options: &[&str], broken: &[&str]) -> Output {
    let host = host();
    let mut line = vec!["--timeout-scale", "4", "--statuses", STATUSES];
    line.extend(options);
    line.extend(["--", "python3", host.to_str().expect("a plain path")]);
    line.extend(broken);
    line.extend(["{plugin}", "{request}"]);
    validate(&line)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_sound_host_passes_every_check() {
    let output = run(&[], &[]);
    let told = text(&output.stdout);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{told}{}",
        text(&output.stderr)
    );
    assert!(told.contains("the host conforms"), "{told}");
    assert!(told.contains("36 of 36 MUSTs"), "{told}");
}

#[test]
fn a_failure_says_rule_story_reason_and_the_line_that_shows_it_again() {
    let output = run(&["--filter", "host/ordinary"], &["--break", "same-group"]);
    let told = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{told}");
    for part in [
        "FAILED host/ordinary#H-6",
        "H-6 MUST: A host MUST start the plugin in a process group of its own.",
        "the plugin is in the host's process group",
        "plugin     read ",
        "was reaped",
        "fix ",
        "host --filter 'host/ordinary#H-6' --statuses",
    ] {
        assert!(told.contains(part), "`{part}` is missing:\n{told}");
    }
    assert_eq!(told.matches("FAILED").count(), 1, "{told}");
}

#[test]
fn a_program_that_does_not_start_the_plugin_is_no_host() {
    let output = validate(&["--", "/bin/true", "{plugin}"]);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("did not start the plugin"), "{told}");
}

#[test]
fn a_program_that_cannot_be_started_is_said_by_name() {
    let output = validate(&["--", "/no/such/host", "{plugin}"]);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(
        told.contains("cannot start the host `/no/such/host"),
        "{told}"
    );
}

#[test]
fn an_exit_status_without_a_meaning_is_asked_about() {
    let output = validate(&["--", "/bin/sh", "-c", "{plugin} < {request}; exit 42"]);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(
        told.contains("exit status 42, which means nothing"),
        "{told}"
    );
    assert!(told.contains("--statuses"), "{told}");
}

#[test]
fn wrong_usage_is_told_before_anything_runs() {
    let adapter = ["--", "/bin/true", "{plugin}"];
    for (options, why) in [
        (
            &["--filter", "no-such-scenario"][..],
            "no scenario matches `no-such-scenario`",
        ),
        (
            &["--statuses", "fine=0"],
            "`fine=0` is no list of exit statuses",
        ),
    ] {
        let output = validate(&[options, &adapter].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(
            text(&output.stderr).contains(why),
            "{}",
            text(&output.stderr)
        );
    }
    let output = validate(&["--", "/bin/true"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("has no `{plugin}`"));
}

#[test]
fn a_set_of_rules_that_is_not_there_is_told_with_those_that_are() {
    let output = validate(&["--requirements", "v9.9", "--", "/bin/true", "{plugin}"]);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("`v9.9`") && told.contains("v0.2"), "{told}");
}

#[test]
fn the_list_has_every_check_and_runs_nothing() {
    let output = validate(&["--list", "--filter", "H-7"]);
    assert_eq!(output.status.code(), Some(0));
    let told = text(&output.stdout);
    assert!(told.contains("host/ordinary#H-7"), "{told}");
    assert!(!told.contains("host/verdict_raw"), "{told}");
}

#[test]
fn reports_are_written_as_for_plugins() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.json");
    let report = format!("json={}", path.display());
    let options = [
        "--filter",
        "host/ordinary",
        "--report",
        &report,
        "--report",
        "junit=-",
    ];
    let output = run(&options, &["--break", "leaks-descriptors"]);
    assert!(
        text(&output.stdout).contains("<testsuites"),
        "{}",
        text(&output.stdout)
    );
    let written = std::fs::read(&path).expect("it was written");
    let written: serde_json::Value = serde_json::from_slice(&written).expect("JSON");
    let schema = include_str!("../../../conformance/host-report.schema.json");
    let schema = serde_json::from_str(schema).expect("JSON");
    let engine = jsonschema::validator_for(&schema).expect("a schema");
    let faults: Vec<String> = engine
        .iter_errors(&written)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    assert_eq!(written["passed"], false);
}
