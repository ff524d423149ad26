//! The host's rules of the specification, against plugins that break theirs.
#![cfg(unix)]

use std::time::Duration;

use shellrt_api::{ListRequest, ListResponse, LogsRequest, ModuleName, RequestMessage};
use shellrt_kit::codec::{Exit, FaultKind, Item};
use shellrt_kit::host::{CallError, Limits, Plugin, ProtocolFault};

const GOOD: &str = r#"echo '{"_version":"0.2.0","_type":"list","_status":"ok","modules":[]}'"#;
const STREAM: &str =
    r#"printf '{"_version":"0.2.0","_type":"logs","_status":"ok","_stream":"raw"}\0one\n'"#;

fn shell(script: &str) -> Plugin {
    Plugin::new("/bin/sh").arg("-c").arg(script)
}

fn list(script: &str) -> Result<ListResponse, CallError> {
    shell(script).call(ListRequest::new())
}

fn fault(script: &str) -> ProtocolFault {
    match list(script) {
        Err(CallError::Protocol(fault)) => *fault,
        other => panic!("{script}: {other:?}"),
    }
}

fn logs() -> RequestMessage {
    RequestMessage::new(LogsRequest::new(ModuleName::new("a").expect("a name")))
}

#[test]
fn a_good_reply_is_read() {
    assert!(
        list(&format!("cat >/dev/null; {GOOD}"))
            .expect("it is good")
            .modules
            .is_empty()
    );
}

#[test]
fn v_7_a_plugin_of_another_version_is_asked_in_one_that_both_know() {
    let script = r#"case "$(cat)" in
        *'"0.1.0"'*) echo '{"_version":"0.1.0","_type":"list","_status":"ok","modules":["web"]}' ;;
        *) echo '{"_version":"0.1.0","_type":"list","_status":"err","code":1,"class":"unsupported","message":"not served","retryable":false,"detail":{"requested":"0.2.0","supported":["0.1.0"]}}' ;;
        esac"#;
    assert_eq!(list(script).expect("it is asked again").modules.len(), 1);
    let message = RequestMessage::new(ListRequest::new());
    let answer = shell(script).exchange(&message).expect("it answers");
    assert_eq!(answer.head.version.as_str(), "0.1.0");
}

#[test]
fn h_1_full_pipes_in_all_directions_do_not_deadlock() {
    // It writes more than a pipe holds to both outputs before it reads.
    let script = format!(
        "head -c 300000 /dev/zero | tr '\\0' ' '; head -c 300000 /dev/zero >&2; wc -c >&2; {GOOD}"
    );
    let reply = shell(&script)
        .send_raw(vec![b' '; 300_000], None)
        .expect("it ends");
    assert!(reply.stdout.len() > 300_000);
    assert!(
        reply.stderr.trim_ascii().ends_with(b"300000"),
        "all of the request arrives"
    );
}

#[test]
fn h_2_a_plugin_need_not_read() {
    let reply = shell(&format!("exec 0<&-; {GOOD}"))
        .send_raw(vec![b' '; 1_000_000], None)
        .expect("it ends");
    assert_eq!(reply.exit, Exit::Code(0));
    assert!(reply.stdout.starts_with(b"{"));
}

#[test]
fn h_3_a_head_beyond_the_bound_is_a_fault() {
    let mut limits = Limits::default();
    limits.head_max = 1000;
    let result = shell("cat /dev/zero | tr '\\0' ' '")
        .limits(limits)
        .call(ListRequest::new());
    assert!(
        matches!(result, Err(CallError::Protocol(fault)) if matches!(fault.kind, FaultKind::TooLong(_)))
    );
}

#[test]
fn h_7_and_h_8_nothing_else_is_inherited() {
    // `dup` makes a descriptor that every child gets, as C libraries do.
    let _open_for_children = rustix::io::dup(std::io::stderr()).expect("a descriptor");
    let reply = shell("ls /proc/self/fd | wc -l; env")
        .send_raw(Vec::new(), None)
        .expect("it ends");
    let text = String::from_utf8(reply.stdout).expect("it is text");
    assert!(text.contains("PATH="), "{text}");
    assert!(!text.contains("CARGO_"), "{text}");
    if cfg!(target_os = "linux") {
        // 0, 1, 2 and the folder that is read.
        assert_eq!(text.lines().next().map(str::trim), Some("4"), "{text}");
    }
}

#[test]
fn h_11_a_process_left_behind_does_not_hold_the_host() {
    let script = format!("sleep 600 & echo $! >&2; {GOOD}");
    let reply = shell(&script).send_raw(Vec::new(), None).expect("it ends");
    assert!(reply.stdout.starts_with(b"{"));
    let left = String::from_utf8(reply.stderr).expect("a number");
    let status = std::process::Command::new("kill")
        .arg(left.trim())
        .status()
        .expect("kill runs");
    assert!(status.success(), "it was alive all the time");
}

#[test]
fn h_13_a_fault_shows_what_came() {
    let fault = fault("echo oops; echo why >&2; exit 3");
    assert!(matches!(fault.kind, FaultKind::NoResponse(_)), "{fault}");
    assert_eq!(
        (
            fault.stdout.whole().as_deref(),
            fault.stderr.whole().as_deref(),
            fault.exit,
        ),
        (Some(&b"oops\n"[..]), Some(&b"why\n"[..]), Exit::Code(3))
    );
}

#[test]
fn s_9_the_verdict_names_the_rule() {
    assert_eq!(fault("exit 0").kind, FaultKind::Nothing);
    assert_eq!(fault(&format!("{GOOD}; exit 1")).kind, FaultKind::Exit);
    assert_eq!(fault(&format!("{GOOD}; kill -9 $$")).kind, FaultKind::Exit);
    assert_eq!(fault(&format!("{GOOD}; {GOOD}")).kind, FaultKind::Trailing);
    assert_eq!(
        fault(&format!("{GOOD}; printf '\\0'")).kind,
        FaultKind::Trailing
    );
    assert!(matches!(fault(STREAM).kind, FaultKind::NotToThisRequest(_)));
}

#[test]
fn s_7_and_s_8_a_cut_stream_hands_out_what_came_and_is_no_success() {
    let mut stream = shell(&format!("{STREAM}; kill -9 $$"))
        .stream(&logs())
        .expect("it begins well");
    assert_eq!(
        stream.next_item().expect("it came"),
        Some(Item::Bytes(b"one\n".to_vec()))
    );
    let end = stream.next_item();
    assert!(
        matches!(
            end,
            Err(CallError::Cut {
                exit: Exit::Signal(9),
                ..
            })
        ),
        "{end:?}"
    );
}

#[test]
fn a_stream_with_exit_status_0_is_complete() {
    let mut stream = shell(STREAM).stream(&logs()).expect("it begins well");
    assert_eq!(
        stream.next_item().expect("it came"),
        Some(Item::Bytes(b"one\n".to_vec()))
    );
    assert_eq!(stream.next_item().expect("it is complete"), None);
}

#[test]
fn d_5_a_plugin_that_ignores_sigterm_is_killed_with_its_group() {
    let mut limits = Limits::default();
    (limits.margin, limits.grace) = (Duration::ZERO, Duration::from_millis(50));
    let mut request = RequestMessage::new(ListRequest::new());
    request.head.deadline_ms = Some(50);
    // Without SIGKILL to the whole group this takes ten minutes.
    let result = shell("trap '' TERM; sleep 600; sleep 600")
        .limits(limits)
        .send(&request);
    assert!(
        matches!(result, Err(CallError::Deadline { .. })),
        "{result:?}"
    );
}

#[test]
fn a_program_that_cannot_be_started_is_said_by_name() {
    let error = Plugin::new("/no/such/plugin")
        .call(ListRequest::new())
        .expect_err("it is not there");
    assert!(error.to_string().contains("/no/such/plugin"), "{error}");
}
