//! Streams, ends and helpers of the host's side, against real processes.
#![cfg(unix)]

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use shellrt_api::{
    ErrorCode, ImgPullRequest, ListRequest, LogFraming, LogsRequest, ModuleName, RequestMessage,
    Response,
};
use shellrt_kit::codec::{FrameStream, Item};
use shellrt_kit::host::{CallError, Limits, Plugin};

fn shell(script: &str) -> Plugin {
    Plugin::new("/bin/sh").arg("-c").arg(script)
}

fn name(name: &str) -> ModuleName {
    ModuleName::new(name).expect("a name")
}

fn follow(framing: LogFraming) -> RequestMessage {
    let mut logs = LogsRequest::new(name("a"));
    (logs.follow, logs.framing) = (true, framing);
    RequestMessage::new(logs)
}

/// A folder of this test alone, gone with the test.
struct Scratch(PathBuf);

impl Scratch {
    fn new(test: &str) -> Scratch {
        let path = std::env::temp_dir().join(format!("shellrt-kit-{}-{test}", std::process::id()));
        fs::create_dir_all(&path).expect("the folder can be made");
        Scratch(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Waits for a file's text: the other side of a test writes it when it is there.
fn wait_for(path: &str) -> String {
    for _ in 0..500 {
        if let Some(text) = fs::read_to_string(path)
            .ok()
            .filter(|text| text.ends_with('\n'))
        {
            return text.trim().to_owned();
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("nobody wrote `{path}`");
}

const RAW: &str =
    r#"printf '{"_version":"0.2.0","_type":"logs","_status":"ok","_stream":"raw"}\0one\n'"#;
const DOCKER: &str =
    r#"printf '{"_version":"0.2.0","_type":"logs","_status":"ok","_stream":"docker"}\0'"#;

#[test]
fn docker_frames_are_handed_out_one_at_a_time() {
    let script = format!(r"{DOCKER}; printf '\1\0\0\0\0\0\0\3one\2\0\0\0\0\0\0\3two'");
    let mut stream = shell(&script)
        .stream(&follow(LogFraming::Docker))
        .expect("it begins");
    let mut frames = Vec::new();
    while let Some(item) = stream.next_item().expect("it is complete") {
        let Item::Frame(frame) = item else {
            panic!("{item:?}")
        };
        frames.push((frame.stream, frame.content));
    }
    assert_eq!(
        frames,
        [
            (FrameStream::Stdout, b"one".to_vec()),
            (FrameStream::Stderr, b"two".to_vec())
        ]
    );
}

#[test]
fn an_error_frame_says_why_the_stream_is_cut() {
    let script = format!(r"{DOCKER}; printf '\3\0\0\0\0\0\0\3why'; exit 1");
    let mut stream = shell(&script)
        .stream(&follow(LogFraming::Docker))
        .expect("it begins");
    let cut = loop {
        match stream.next_item() {
            Ok(Some(_)) => {}
            Ok(None) => panic!("it was taken for complete"),
            Err(error) => break error,
        }
    };
    assert!(
        matches!(&cut, CallError::Cut { reason: Some(why), .. } if why == "why"),
        "{cut:?}"
    );
}

#[test]
fn progress_ends_with_the_response() {
    let script = r#"printf '{"_version":"0.2.0","_type":"img_pull","_status":"ok","_stream":"ndjson"}\0'
        echo '{"event":"download","bytes_done":1}'
        echo '{"_version":"0.2.0","_type":"img_pull","_status":"ok","image_id":"i"}'"#;
    let mut pull = ImgPullRequest::new("a".parse().expect("a reference"));
    pull.progress = true;
    let mut stream = shell(script)
        .stream(&RequestMessage::new(pull))
        .expect("it begins");
    let mut lines = 0;
    while let Some(item) = stream.next_item().expect("it is complete") {
        assert!(matches!(item, Item::Progress(_)), "{item:?}");
        lines += 1;
    }
    assert_eq!(lines, 1);
    assert!(
        matches!(stream.last_response(), Some(Response::ImgPull(pull)) if &*pull.image_id == "i")
    );
}

#[test]
fn h_6_a_plugin_leads_a_process_group_of_its_own() {
    let scratch = Scratch::new("group");
    let file = scratch.file("pids");
    let script = format!(
        "cut -d' ' -f1,5 /proc/self/stat >{file}; ps -o pgid= -p $$ >>{file}; echo $$ >>{file}"
    );
    let _ = shell(&script).send_raw(Vec::new(), None).expect("it ends");
    let text = fs::read_to_string(file).expect("it was written");
    let numbers: Vec<&str> = text.lines().skip(1).map(str::trim).collect();
    assert_eq!(
        numbers[0], numbers[1],
        "the group is the plugin's own: {text}"
    );
}

#[test]
fn h_10_and_h_12_a_dropped_stream_asks_first_and_reaps() {
    let scratch = Scratch::new("drop");
    let (pid, asked) = (scratch.file("pid"), scratch.file("asked"));
    let script = format!(
        "trap 'echo yes >{asked}; exit 0' TERM; echo $$ >{pid}; {RAW}; while :; do sleep 0.01; done"
    );
    let mut stream = shell(&script)
        .stream(&follow(LogFraming::Raw))
        .expect("it begins");
    assert!(matches!(stream.next_item(), Ok(Some(Item::Bytes(_)))));
    let pid = wait_for(&pid);
    drop(stream);
    assert_eq!(wait_for(&asked), "yes");
    assert!(
        !PathBuf::from(format!("/proc/{pid}")).exists(),
        "nothing is left of it, not even a zombie"
    );
}

#[test]
fn d_5_an_answer_after_sigterm_is_still_an_answer() {
    let script = r#"trap 'echo "{\"_version\":\"0.2.0\",\"_type\":\"list\",\"_status\":\"err\",\"code\":6,\"class\":\"deadline\",\"message\":\"late\",\"retryable\":true}"; exit 0' TERM
        while :; do sleep 0.01; done"#;
    let mut limits = Limits::default();
    limits.margin = Duration::ZERO;
    let mut message = RequestMessage::new(ListRequest::new());
    message.head.deadline_ms = Some(100);
    match shell(script).limits(limits).send(&message) {
        Err(CallError::Plugin(error)) => {
            assert_eq!(error.known_code(), Some(ErrorCode::DeadlineExceeded))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_follow_has_no_deadline_once_it_has_begun() {
    let mut limits = Limits::default();
    limits.margin = Duration::ZERO;
    let mut message = follow(LogFraming::Raw);
    message.head.deadline_ms = Some(200);
    let script = format!("{RAW}; sleep 0.6; printf two");
    let mut stream = shell(&script)
        .limits(limits)
        .stream(&message)
        .expect("it begins");
    let mut bytes = Vec::new();
    while let Some(Item::Bytes(more)) = stream.next_item().expect("it is complete") {
        bytes.extend(more);
    }
    assert_eq!(bytes, b"one\ntwo");
}

#[test]
fn h_11_what_is_left_behind_cannot_talk_for_ever() {
    let mut limits = Limits::default();
    limits.after_exit = Duration::from_millis(200);
    let script = r#"(trap '' PIPE; while echo noise 2>/dev/null; do :; done) & echo '{"_version":"0.2.0","_type":"list","_status":"ok","modules":[]}'"#;
    // The noise makes it a fault; that the call returns at all is the point.
    let answer = shell(script).limits(limits).call(ListRequest::new());
    assert!(
        matches!(answer, Err(CallError::Protocol(_)) | Ok(_)),
        "{answer:?}"
    );
}

#[test]
fn a_plugin_of_2020_is_told_apart_from_a_fault() {
    let script = r#"echo '{"_version":"0.1.0","_type":"version","_status":"ok","info":"old"}'"#;
    let answer = shell(script).call(shellrt_api::VersionRequest::new());
    assert!(
        matches!(&answer, Err(CallError::OtherVersion { served, .. }) if &**served == "0.1.0"),
        "{answer:?}"
    );
}

/// Three modules: `bad` cannot be stopped, `gone` is gone when it is asked for.
const MODULES: &str = r#"read -r request
    head='{"_version":"0.2.0","_status":"ok"'
    err='{"_version":"0.2.0","_status":"err","message":"m","retryable":false'
    case $request in
        *'"_type":"list"'*'"details":true'*) echo "$head"',"_type":"list","modules":["bad"],"details":[{"name":"bad","status":{"name":"bad","state":"exited","status":"failed","created_at":"2026-01-01T00:00:00Z"}}]}' ;;
        *'"_type":"list"'*) echo "$head"',"_type":"list","modules":["bad","gone","good"]}' ;;
        *'"_type":"status"'*) echo "$head"',"_type":"status","name":"bad","state":"running","status":"running","created_at":"2026-01-01T00:00:00Z"}' ;;
        *'"_type":"stop"'*'"name":"bad"'*) echo "$err"',"_type":"stop","code":8,"class":"internal"}' ;;
        *'"_type":"stop"'*'"name":"gone"'*) echo "$err"',"_type":"stop","code":20,"class":"not_found"}' ;;
        *'"_type":"stop"'*) echo "$head"',"_type":"stop","changed":true}' ;;
        *) echo "$head"',"_type":"remove","changed":true}' ;;
    esac"#;

#[test]
fn one_module_that_fails_does_not_keep_the_others() {
    let failed = shell(MODULES).stop_all(Some(1)).expect("the list is read");
    let names: Vec<&str> = failed.iter().map(|failed| failed.name.as_str()).collect();
    assert_eq!(names, ["bad"], "one that is gone is stopped");
    assert!(
        shell(MODULES)
            .remove_all()
            .expect("the list is read")
            .is_empty()
    );
}

#[test]
fn states_come_from_one_request() {
    let items = shell(MODULES)
        .list_with_details()
        .expect("the list is read");
    assert_eq!(items.len(), 1);
    let status = shell(MODULES)
        .runtime_state(name("bad"))
        .expect("it is there");
    assert_eq!(status.status.as_str(), "running");
}
