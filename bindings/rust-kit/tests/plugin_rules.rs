//! The plugin's rules of the specification, on a real process.
#![cfg(unix)]

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use shellrt_api::{ErrorCode, ResponseMessage};

/// Cargo builds examples next to the folder of the tests.
fn parrot() -> Command {
    let test = std::env::current_exe().expect("this test has a path");
    let folder: PathBuf = test
        .ancestors()
        .nth(2)
        .expect("tests lie in `deps`")
        .join("examples");
    let mut command = Command::new(folder.join("parrot"));
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn start(request: &[u8]) -> Child {
    let mut child = parrot().spawn().expect("the example is built");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(request)
        .expect("it reads");
    child
}

fn answer(request: &[u8]) -> (Output, ResponseMessage) {
    let output = start(request).wait_with_output().expect("it ends");
    let message = ResponseMessage::decode(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: `{}`", output.stdout.escape_ascii()));
    (output, message)
}

fn error_code(request: &[u8]) -> u32 {
    let (output, message) = answer(request);
    assert!(
        output.status.success(),
        "{:?} for `{}`",
        output.status,
        request.escape_ascii()
    );
    message.result.expect_err("it is no good request").code
}

#[test]
fn p_1_nothing_else_reaches_standard_output() {
    let (output, message) = answer(br#"{"_version":"0.2.0","_type":"list","_id":"a"}"#);
    assert!(message.result.is_ok());
    assert_eq!(message.head.id.as_deref(), Some("a"));
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(
        messages.contains("a stray line") && messages.contains("a child's line"),
        "{messages}"
    );
}

#[test]
fn p_5_anything_at_all_gets_one_response_and_exit_status_0() {
    let invalid = u32::from(ErrorCode::InvalidRequest.code());
    let bad: [&[u8]; 6] = [
        b"",
        b"nonsense",
        b"[]",
        b"\xff\xfe",
        b"{\"_version\":\"0.2.0\"}{}",
        b"{}\0",
    ];
    for request in bad {
        assert_eq!(error_code(request), invalid, "`{}`", request.escape_ascii());
    }
    let deep = [b"[".repeat(100_000), b"]".repeat(100_000)].concat();
    assert_eq!(error_code(&deep), invalid);
}

#[test]
fn v_3_a_version_that_is_not_served_gets_code_1() {
    let code = error_code(br#"{"_version":"9.0.0","_type":"list"}"#);
    assert_eq!(code, u32::from(ErrorCode::IncompatibleVersion.code()));
}

#[test]
fn v_2_a_request_of_2020_is_answered_in_its_version() {
    let (_, message) = answer(br#"{"_version":"0.1.0","_type":"list"}"#);
    assert_eq!(message.head.version.as_str(), "0.1.0");
}

#[test]
fn an_unknown_command_gets_code_3() {
    let code = error_code(br#"{"_version":"0.2.0","_type":"fly"}"#);
    assert_eq!(code, u32::from(ErrorCode::Unsupported.code()));
}

#[test]
fn p_16_a_panic_becomes_code_8() {
    let (output, message) = answer(br#"{"_version":"0.2.0","_type":"start","name":"a"}"#);
    assert!(output.status.success());
    assert_eq!(
        message.result.expect_err("it panics").code,
        u32::from(ErrorCode::Internal.code())
    );
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be started"));
}

#[test]
fn d_1_the_deadline_gets_code_6() {
    let code =
        error_code(br#"{"_version":"0.2.0","_type":"list","details":true,"_deadline_ms":20}"#);
    assert_eq!(code, u32::from(ErrorCode::DeadlineExceeded.code()));
}

#[test]
fn p_8_an_idle_follow_does_not_outlive_its_host() {
    let mut child = start(br#"{"_version":"0.2.0","_type":"logs","name":"a","follow":true}"#);
    let mut stdout = child.stdout.take().expect("a pipe");
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"one\n") {
        let mut byte = [0];
        stdout.read_exact(&mut byte).expect("there is more");
        bytes.push(byte[0]);
    }
    drop(stdout);
    // Without the rule this waits for an hour.
    let status = child.wait().expect("it ends");
    assert_eq!(status.code(), Some(1));
}

/// Starts the parrot and waits until it has written that much.
fn start_and_read(request: &[u8], until: &[u8]) -> (Child, Vec<u8>) {
    let mut child = start(request);
    let stdout = child.stdout.as_mut().expect("a pipe");
    let mut bytes = Vec::new();
    while !bytes.ends_with(until) {
        let mut byte = [0];
        stdout.read_exact(&mut byte).expect("there is more");
        bytes.push(byte[0]);
    }
    (child, bytes)
}

fn terminate(child: &Child) {
    let pid = child.id().to_string();
    let status = Command::new("kill").args(["-TERM", &pid]).status();
    assert!(status.expect("kill runs").success());
}

#[test]
fn d_7_a_cancelled_request_gets_code_7() {
    let child = start(br#"{"_version":"0.2.0","_type":"list","details":true}"#);
    // Signals that come before the plugin listens would end it.
    std::thread::sleep(std::time::Duration::from_millis(200));
    terminate(&child);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{:?}", output.status);
    let message = ResponseMessage::decode(&output.stdout).expect("a response");
    let code = message.result.expect_err("it is cancelled").code;
    assert_eq!(code, u32::from(ErrorCode::Cancelled.code()));
}

#[test]
fn d_8_a_cancelled_stream_ends_as_its_kind_does() {
    let follow = |framing: &str| {
        format!(
            r#"{{"_version":"0.2.0","_type":"logs","name":"a","follow":true,"framing":"{framing}"}}"#
        )
    };
    let (raw, _) = start_and_read(follow("raw").as_bytes(), b"one\n");
    terminate(&raw);
    let output = raw.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), output.stdout), (Some(1), Vec::new()));

    let (docker, _) = start_and_read(follow("docker").as_bytes(), b"one\n");
    terminate(&docker);
    let output = docker.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        &output.stdout[..4],
        [3, 0, 0, 0],
        "the last frame is the error's"
    );

    let pull = br#"{"_version":"0.2.0","_type":"img_pull","image":"a","progress":true}"#;
    let (pull, _) = start_and_read(pull, b"\"download\"}\n");
    terminate(&pull);
    let output = pull.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "the last record says it");
    let last = ResponseMessage::decode(&output.stdout).expect("a response");
    let code = last.result.expect_err("it is cancelled").code;
    assert_eq!(code, u32::from(ErrorCode::Cancelled.code()));
}

#[test]
fn p_8_a_hang_up_is_noticed_on_a_socket_too() {
    let (ours, theirs) = std::os::unix::net::UnixStream::pair().expect("a pair of sockets");
    let mut command = parrot();
    command.stdout(std::os::fd::OwnedFd::from(theirs));
    let mut child = command.spawn().expect("the example is built");
    drop(command);
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin
        .write_all(br#"{"_version":"0.2.0","_type":"logs","name":"a","follow":true}"#)
        .expect("it reads");
    drop(stdin);
    let mut first = [0];
    (&ours).read_exact(&mut first).expect("it answers");
    drop(ours);
    // Without the rule this waits for an hour.
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}

#[test]
fn p_3_a_host_that_keeps_stdin_open_is_answered_when_patience_ends() {
    let half = br#"{"_version":"0.2.0","_type":"list""#;
    let whole = br#"{"_version":"0.2.0","_type":"list"}"#;
    for (request, is_ok) in [(&half[..], false), (whole, true)] {
        let mut child = parrot()
            .env("SHELLRT_INPUT_PATIENCE_MS", "100")
            .spawn()
            .expect("the example is built");
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(request).expect("it reads");
        // Without the variable this would take the whole 30 seconds.
        let limit = Instant::now() + Duration::from_secs(20);
        while child.try_wait().expect("it is ours").is_none() {
            assert!(Instant::now() < limit, "it waits for more of the request");
            std::thread::sleep(Duration::from_millis(20));
        }
        let output = child.wait_with_output().expect("it ends");
        drop(stdin);
        assert!(output.status.success());
        let message = ResponseMessage::decode(&output.stdout).expect("a response");
        assert_eq!(message.result.is_ok(), is_ok, "{message:?}");
    }
}

#[test]
fn p_4_a_request_beyond_the_bound_is_answered_not_read() {
    let mut child = parrot().spawn().expect("the example is built");
    let mut stdin = child.stdin.take().expect("a pipe");
    let flood = std::thread::spawn(move || while stdin.write_all(&[b' '; 65_536]).is_ok() {});
    let output = child.wait_with_output().expect("it ends");
    flood.join().expect("it ends with the pipe");
    assert!(output.status.success());
    let message = ResponseMessage::decode(&output.stdout).expect("a response");
    let code = message.result.expect_err("it is too long").code;
    assert_eq!(code, u32::from(ErrorCode::InvalidRequest.code()));
}

#[test]
fn t_11_and_t_13_a_line_on_stderr_has_the_id_and_no_controls() {
    let request = br#"{"_version":"0.2.0","_type":"logs","_id":"r7","name":"a"}"#;
    let output = start(request).wait_with_output().expect("it ends");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "r7 a line\\nthat \\u{1b}[31mwould break\n"
    );
}
