//! Reports and baselines of real runs, as a person or a CI job meets them. The
//! plugin answers `version` soundly, whatever it is asked, but for the `_id`.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const OK: i32 = 0;
const FAULT: i32 = 1;
const CANNOT_RUN: i32 = 2;

const PLUGIN: &str = r#"#!/bin/sh
cat > /dev/null
touch "$(dirname "$0")/was-run"
echo '{"_status":"ok","_type":"version","_version":"0.2.0","name":"half","protocol_versions":["0.2.0"],"version":"1"}'
"#;

/// A directory with the plugin in it.
fn scene() -> TempDir {
    let scene = TempDir::new().unwrap();
    let plugin = scene.path().join("half");
    fs::write(&plugin, PLUGIN).unwrap();
    fs::set_permissions(&plugin, fs::Permissions::from_mode(0o755)).unwrap();
    scene
}

/// Runs the suite's `core/echo` on the plugin; status, standard output, standard
/// error.
fn validate(scene: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_shellrt-validate"))
        .args(["plugin", "--filter", "core/echo"])
        .args(arguments)
        .args(["--", "./half"])
        .current_dir(scene.path())
        .env_remove("GITHUB_STEP_SUMMARY")
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let status = output.status.code().expect("the validator does not crash");
    (status, text(output.stdout), text(output.stderr))
}

fn read(scene: &TempDir, name: impl AsRef<Path>) -> String {
    fs::read_to_string(scene.path().join(name)).unwrap()
}

#[test]
fn a_failure_names_its_rule_its_bytes_and_how_to_see_it_again() {
    let scene = scene();
    let (status, report, errors) = validate(&scene, &[]);
    assert_eq!(status, FAULT, "{report}{errors}");
    assert_eq!(errors, "", "what is for people went to standard output");
    for told in [
        "FAILED exchange#E-2\n",
        "\n  E-2 (3 checks) ",
        "E-2 MUST: A plugin MUST echo the request's `_id`",
        "  why        ",
        "  fix        ",
        "shellrt-validate plugin --filter core/echo -- ./half",
    ] {
        assert!(report.contains(told), "{told} is not in\n{report}");
    }
    let line = report
        .lines()
        .find_map(|line| line.trim_start().strip_prefix("reproduce"));
    let again = Command::new("sh")
        .args(["-c", line.unwrap().trim_start()])
        .current_dir(scene.path())
        .output()
        .unwrap();
    assert!(
        String::from_utf8(again.stdout)
            .unwrap()
            .contains("\"half\"")
    );
    let end: Vec<&str> = report.lines().rev().take(6).collect();
    assert!(end[5].contains("does not keep the rules"), "{report}");
    assert!(end[2].contains("shellrt-validate explain E-2"), "{report}");
    assert!(end[0].contains("`--verbose`"), "{report}");
}

#[test]
fn any_number_of_reports_are_written_at_once() {
    let scene = scene();
    let arguments = [
        "--report",
        "json=a.json",
        "--report",
        "junit=b.xml",
        "--report",
        "markdown=c.md",
        "--report",
        "pretty=d.txt",
        "--report",
        "github=e.txt",
    ];
    let (status, stdout, _) = validate(&scene, &[&arguments[..], &["--verbose"]].concat());
    assert_eq!(status, FAULT);
    assert_eq!(
        read(&scene, "d.txt"),
        stdout,
        "standard output is for people, and a file has everything"
    );
    let json: Value = serde_json::from_str(&read(&scene, "a.json")).unwrap();
    assert_eq!(json["report"], "shellrt-conformance/1");
    assert_eq!(json["passed"], false);
    let junit = read(&scene, "b.xml");
    let junit = quick_junit::Report::deserialize_from_str(&junit).unwrap();
    assert!(junit.failures > 0);
    assert!(read(&scene, "c.md").starts_with("# Conformance of "));
    assert!(read(&scene, "e.txt").starts_with("::error title="));
}

#[test]
fn a_report_on_standard_output_stands_alone() {
    let scene = scene();
    let (_, stdout, _) = validate(&scene, &["--report", "json=-"]);
    let json: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(json["filters"][0], "core/echo");
}

#[test]
fn the_page_is_the_same_each_time() {
    let scene = scene();
    let page = || validate(&scene, &["--report", "markdown=-"]).1;
    let first = page();
    assert_eq!(first, page());
    assert!(first.contains("shellrt-validate plugin --filter core/echo -- ./half"));
}

#[test]
fn a_report_that_cannot_be_written_stops_everything_before_the_run() {
    let scene = scene();
    for arguments in [
        ["--report", "json=/nonexistent/a"],
        ["--write-baseline", "/nonexistent/b"],
        ["--baseline", "missing.txt"],
        ["--report", "xml=a"],
    ] {
        let (status, stdout, errors) = validate(&scene, &arguments);
        assert_eq!((status, stdout.as_str()), (CANNOT_RUN, ""), "{errors}");
        assert!(errors.starts_with("error: "), "{errors}");
    }
    assert!(!scene.path().join("was-run").exists());
}

#[test]
fn github_gets_a_page_for_its_summary() {
    let scene = scene();
    let summary: PathBuf = scene.path().join("summary.md");
    fs::write(&summary, "before\n").unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_shellrt-validate"))
        .args([
            "plugin",
            "--filter",
            "core/echo",
            "--report",
            "github=-",
            "--",
            "./half",
        ])
        .current_dir(scene.path())
        .env("GITHUB_STEP_SUMMARY", &summary)
        .output()
        .unwrap()
        .status;
    assert_eq!(status.code(), Some(FAULT));
    let page = read(&scene, "summary.md");
    assert!(page.starts_with("before\n## "), "{page}");
    assert!(page.contains("core/echo#E-2"), "{page}");
}

#[test]
fn known_failures_do_not_fail_the_run_and_stale_ones_do() {
    let scene = scene();
    let (status, report, _) = validate(&scene, &["--write-baseline", "known.txt"]);
    assert_eq!(status, OK, "{report}");
    let known = read(&scene, "known.txt");
    assert!(known.lines().any(|line| line == "core/echo#E-2"), "{known}");

    let (status, report, _) = validate(&scene, &["--baseline", "known.txt"]);
    assert_eq!(status, OK, "{report}");
    assert!(
        report.contains("Known failures, which known.txt names:"),
        "{report}"
    );

    fs::write(
        scene.path().join("known.txt"),
        known + "core/echo#E-99 # a slip\n",
    )
    .unwrap();
    let (status, report, _) = validate(&scene, &["--baseline", "known.txt"]);
    assert_eq!(status, FAULT, "{report}");
    let stale = "remove `core/echo#E-99`: there is no such check";
    assert!(report.contains(stale), "{report}");
}

#[test]
fn a_malformed_baseline_is_refused_with_its_line() {
    let scene = scene();
    fs::write(
        scene.path().join("known.txt"),
        "# known\ncore/echo#E-2 and more\n",
    )
    .unwrap();
    let (status, _, errors) = validate(&scene, &["--baseline", "known.txt"]);
    assert_eq!(status, CANNOT_RUN);
    assert!(
        errors.contains("line 2 of the baseline `known.txt`"),
        "{errors}"
    );
}

/// `shellrt-validate plugin ... | head -1` must not be a pass.
#[test]
fn a_reader_that_goes_away_changes_neither_the_verdict_nor_other_reports() {
    let scene = scene();
    let mut child = Command::new(env!("CARGO_BIN_EXE_shellrt-validate"))
        .args(["plugin", "--filter", "core/echo", "--report", "pretty=-"])
        .args(["--report", "json=a.json", "--", "./half"])
        .current_dir(scene.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(FAULT));
    let json: Value = serde_json::from_str(&read(&scene, "a.json")).unwrap();
    assert_eq!(json["passed"], false);
}
