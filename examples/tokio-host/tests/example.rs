//! The example against plugins in shell.
#![cfg(unix)]

use std::process::{Command, Output};

/// Answers `list` with one module, and `logs` with what the test says.
fn run(logs: &str) -> Output {
    let script = format!(
        r#"case "$(cat)" in
        *'"list"'*) echo '{{"_version":"0.2.0","_type":"list","_status":"ok","modules":["web"]}}' ;;
        *) {logs} ;;
        esac"#
    );
    Command::new(env!("CARGO_BIN_EXE_tokio-host"))
        .args(["/bin/sh", "-c", &script])
        .output()
        .expect("it runs")
}

const STREAM: &str =
    r#"printf '{"_version":"0.2.0","_type":"logs","_status":"ok","_stream":"raw"}\0one\n'"#;

#[test]
fn a_request_and_a_stream_are_read() {
    let output = run(STREAM);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "web:\none\n");
    assert!(output.status.success());
}

#[test]
fn a_cut_stream_is_no_success() {
    let output = run(&format!("{STREAM}; exit 1"));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "web:\none\n");
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("error: the stream is cut: exit status 1")
    );
    assert!(!output.status.success());
}
