//! `explain` as a person meets it whose CI is red.

use std::process::Command;

use insta::assert_snapshot;

const OK: i32 = 0;
const CANNOT_RUN: i32 = 2;

fn explain(arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_shellrt-validate"))
        .env_remove("COLUMNS")
        .arg("explain")
        .args(arguments)
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    let status = output.status.code().expect("the validator does not crash");
    (status, String::from_utf8(text).unwrap())
}

/// The suite grows, and with it the list of a rule's checks.
fn without_checks(output: &str) -> String {
    let mut kept = Vec::new();
    let mut is_kept = true;
    for line in output.lines() {
        is_kept = !line.starts_with("checks: ") && (is_kept || !line.starts_with("     "));
        if is_kept {
            kept.push(line);
        }
    }
    kept.join("\n")
}

#[test]
fn a_rule_is_told_with_its_reason_its_mending_and_its_place() {
    let (status, output) = explain(&["T-5"]);
    assert_eq!(status, OK);
    assert!(output.contains("\nchecks: exchange#T-5"), "{output}");
    assert_snapshot!(without_checks(&output));
}

#[test]
fn a_cell_and_a_rule_that_is_not_checked_are_rules_too() {
    let (status, output) = explain(&["M-paused-start", "C-img_pull-9"]);
    assert_eq!(status, OK);
    assert_snapshot!(without_checks(&output));
}

#[test]
fn the_id_of_a_check_stands_for_its_rule() {
    assert_eq!(explain(&["core/echo#E-2.no-id"]), explain(&["E-2"]));
}

#[test]
fn programs_get_one_object_a_rule() {
    let (status, output) = explain(&["--format", "json", "T-5", "P-8"]);
    assert_eq!(status, OK);
    let rules: Vec<serde_json::Value> = output
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let ids: Vec<_> = rules.iter().map(|rule| &rule["id"]).collect();
    assert_eq!(ids, ["T-5", "P-8"]);
    assert_eq!(rules[0]["level"], "must");
    assert_eq!(rules[0]["party"], "plugin");
    assert_eq!(rules[0]["requirements"], "v0.2");
    assert_eq!(rules[0]["see"], "docs/protocol.md#transport");
    let checks = rules[0]["checks"].as_array().unwrap();
    assert!(checks.contains(&"exchange#T-5".into()), "{checks:?}");
}

#[test]
fn a_near_miss_is_recognised_and_nothing_is_explained_in_part() {
    let (status, output) = explain(&["T-5", "t6"]);
    assert_eq!(status, CANNOT_RUN);
    assert_snapshot!(output, @r"
    error: there is no rule `t6`
    hint: did you mean `T-6`?
    ");
    let (status, output) = explain(&["C-logs-9"]);
    assert_eq!(status, CANNOT_RUN);
    assert_snapshot!(output, @r"
    error: there is no rule `C-logs-9`
    hint: known are C-logs-1, C-logs-2, C-logs-3, C-logs-4, C-logs-5, C-logs-6, C-logs-7
    ");
    let (status, output) = explain(&["\u{1b}[31m"]);
    assert_eq!(status, CANNOT_RUN);
    assert!(!output.contains('\u{1b}'), "{output:?}");
}

#[test]
fn a_set_that_is_not_there_is_answered_with_those_that_are() {
    let (status, output) = explain(&["--requirements", "v9", "T-5"]);
    assert_eq!(status, CANNOT_RUN);
    assert_snapshot!(output, @r"
    error: there is no requirement set `v9`
    hint: known are v0.2
    ");
}

#[test]
fn to_explain_nothing_is_wrong_usage() {
    assert_eq!(explain(&[]).0, CANNOT_RUN);
}
