//! `message` as a person or a CI job meets it: output and exit status.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use insta::assert_snapshot;

const OK: i32 = 0;
const FAULT: i32 = 1;
const CANNOT_RUN: i32 = 2;

/// Runs the program on bytes at standard input; returns status and output.
fn validate(arguments: &[&str], input: &[u8]) -> (i32, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_shellrt-validate"))
        // The help is as wide as the terminal.
        .env_remove("COLUMNS")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let bytes = input.to_vec();
    // From a thread: a large input must not wait for output that nobody reads.
    let feeder = std::thread::spawn(move || stdin.write_all(&bytes));
    let output = child.wait_with_output().unwrap();
    // It may leave before it has read everything.
    let _ = feeder.join().unwrap();
    let text = [output.stdout, output.stderr].concat();
    let status = output.status.code().expect("the validator does not crash");
    (status, String::from_utf8(text).unwrap())
}

fn message(arguments: &[&str], input: impl AsRef<[u8]>) -> (i32, String) {
    validate(&[&["message"], arguments].concat(), input.as_ref())
}

#[test]
fn a_valid_request_is_said_to_be_one() {
    let (status, output) = message(&[], r#"{"_version":"0.2.0","_type":"stop","name":"web"}"#);
    assert_eq!(status, OK);
    assert_snapshot!(output, @"<stdin>: valid stop request");
}

#[test]
fn every_fault_is_told_with_its_place_and_what_was_expected() {
    let (status, output) = message(&[], r#"{"_version":"0.2.0","_type":"stop","timeout":-1}"#);
    assert_eq!(status, FAULT);
    assert_snapshot!(output);
}

#[test]
fn known_alternatives_are_listed() {
    let (status, output) = message(&[], r#"{"_version":"0.2.0","_type":"stpo"}"#);
    assert_eq!(status, FAULT);
    assert_snapshot!(output);
}

#[test]
fn programs_get_one_object_a_document() {
    let input = "{\"_version\":\"0.2.0\",\"_type\":\"list\"}\n{\"_type\":\"list\"}\n";
    let (status, output) = message(&["--format", "json"], input);
    assert_eq!(status, FAULT);
    assert_snapshot!(output);
}

#[test]
fn a_fault_in_a_stream_names_its_line() {
    let input =
        "{\"_version\":\"0.2.0\",\"_type\":\"list\"}\n\n{\"_version\":\"1\",\"_type\":\"list\"}\n";
    let (status, output) = message(&[], input);
    assert_eq!(status, FAULT);
    assert_snapshot!(output);
}

#[test]
fn unknown_members_are_faults_only_of_senders() {
    let input = r#"{"_version":"0.2.0","_type":"start","name":"web","nmae":1}"#;
    assert_eq!(message(&[], input).0, OK);
    let (status, output) = message(&["--strict"], input);
    assert_eq!(status, FAULT);
    assert_snapshot!(output);
}

#[test]
fn a_secret_is_never_repeated() {
    let input = r#"{"_version":"0.2.0","_type":"img_pull","image":"a","credentials":{"username":"me","password":["hunter2"]}}"#;
    let (status, output) = message(&[], input);
    assert_eq!(status, FAULT);
    assert!(!output.contains("hunter2"), "{output}");
}

#[test]
fn null_at_an_optional_member_is_absent() {
    let input = r#"{"_version":"0.2.0","_type":"stop","name":"web","timeout":null}"#;
    assert_eq!(message(&[], input).0, OK);
    let required = r#"{"_version":"0.2.0","_type":"stop","name":null}"#;
    assert_eq!(message(&[], required).0, FAULT);
}

#[test]
fn a_response_is_read_in_the_shape_of_its_version() {
    let now = r#"{"_version":"0.2.0","_type":"start","_status":"ok"}"#;
    let (status, output) = message(&["--response", "stop"], now);
    assert_eq!(status, FAULT);
    assert_snapshot!(output);
}

#[test]
fn quiet_says_it_by_the_status_alone() {
    assert_eq!(message(&["--quiet"], "{}"), (FAULT, String::new()));
}

#[test]
fn what_cannot_be_read_is_no_verdict() {
    let (status, output) = message(&["/nonexistent/request.json"], "");
    assert_eq!(status, CANNOT_RUN);
    assert_snapshot!(output);
    assert_eq!(message(&["--response", "stpo"], "").0, CANNOT_RUN);
    assert_eq!(
        message(&["--request", "--response", "stop"], "").0,
        CANNOT_RUN
    );
}

#[test]
fn bytes_that_are_no_document_get_one_syntax_fault() {
    let deep = "[".repeat(100_000);
    let good = r#"{"_version":"0.2.0","_type":"list"}"#;
    let trailing = format!("{good}\0");
    let twice = good.repeat(2);
    let cases: [&[u8]; 10] = [
        b"",
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        br#"{"_type":"\ud800"}"#,
        br#"{"a":1,"a":2}"#,
        br#"{"a":NaN}"#,
        trailing.as_bytes(),
        twice.as_bytes(),
        deep.as_bytes(),
    ];
    for input in cases {
        let (status, output) = message(&["--format", "json"], input);
        assert_eq!(status, FAULT, "{output}");
        let finding: serde_json::Value = serde_json::from_str(&output).unwrap();
        assert_eq!(finding["faults"][0]["rule"], "syntax", "{output}");
    }
}

#[test]
fn a_document_beyond_16_mib_is_refused_and_one_below_is_judged() {
    let filled = |spaces: usize| [b"{".to_vec(), vec![b' '; spaces], b"}".to_vec()].concat();
    let (status, output) = message(&[], filled(16 * 1024 * 1024));
    assert_eq!(status, FAULT);
    assert_snapshot!(output);
    let (status, output) = message(&[], filled(16 * 1024 * 1024 - 2));
    assert_eq!(status, FAULT);
    assert!(output.contains("/_type  required"), "{output}");
}

#[test]
fn requests_of_2020_are_accepted() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/wire-2020.jsonl");
    assert_eq!(message(&["--request", "--quiet", file], "").0, OK);
}

/// Bare lines of a stream are not messages; `shellrt-api` judges them.
fn corpus(kind: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../schema/v0")
        .join(kind);
    let mut files: Vec<PathBuf> = std::fs::read_dir(root)
        .unwrap()
        .map(|folder| folder.unwrap().path())
        .filter(|folder| !folder.ends_with("img_pull_progress"))
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

fn findings(files: &[PathBuf]) -> Vec<serde_json::Value> {
    let names: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
    let (_, output) = message(&[&["--format", "json"], &names[..]].concat(), "");
    let lines = output.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn every_example_of_the_schema_is_valid() {
    for finding in findings(&corpus("examples")) {
        assert_eq!(finding["valid"], true, "{finding}");
    }
}

#[test]
fn every_invalid_document_has_the_one_fault_of_its_name() {
    let files = corpus("invalid");
    for (file, finding) in files.iter().zip(findings(&files)) {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let mut parts = name.splitn(3, "--");
        let rule = parts.next().unwrap();
        let place = parts.next().unwrap();
        let faults = finding["faults"].as_array().unwrap();
        assert_eq!(faults.len(), 1, "{name}: {finding}");
        assert_eq!(faults[0]["rule"], rule, "{name}: {finding}");
        let pointer = faults[0]["pointer"].as_str().unwrap();
        assert_eq!(
            pointer.replace('/', "."),
            wanted_place(place),
            "{name}: {finding}"
        );
    }
}

/// A name has `.` for `/`, and nothing for the document itself.
fn wanted_place(place: &str) -> String {
    if place.is_empty() {
        String::new()
    } else {
        format!(".{place}")
    }
}

#[test]
fn schema_prints_one_type_and_lists_the_types_it_knows() {
    let (status, output) = validate(&["schema", "stop"], b"");
    assert_eq!(status, OK);
    let schema: serde_json::Value = serde_json::from_str(&output).unwrap();
    assert!(schema["$defs"]["StopRequest"].is_object());
    for (wanted, told) in [("stpo", "did you mean `stop`"), ("xyz", "stop, restart")] {
        let (status, output) = validate(&["schema", wanted], b"");
        assert_eq!(status, CANNOT_RUN);
        assert!(output.contains(told), "{output}");
    }
}

#[test]
fn completions_name_the_commands() {
    let (status, output) = validate(&["completions", "bash"], b"");
    assert_eq!(status, OK);
    assert!(output.contains("message"));
}

#[test]
fn help_shows_examples_and_exit_statuses() {
    let (status, output) = validate(&["message", "--help"], b"");
    assert_eq!(status, OK);
    assert_snapshot!(output);
}
