//! `tap` and `replay` with real processes: nobody notices the tap, and the tap
//! notices everybody.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, kill_process_group, test_kill_process_group};
use serde_json::Value;
use tempfile::TempDir;

const STATUS: &str = r#"{"_version":"0.2.0","_type":"status","_id":"7","name":"web"}"#;
const LOGS: &str = r#"{"_version":"0.2.0","_type":"logs","_id":"7","name":"web","follow":true}"#;
const LOGS_HEAD: &str =
    r#"{"_id":"7","_status":"ok","_stream":"raw","_type":"logs","_version":"0.2.0"}"#;
/// Long, so that only what hangs is caught.
const LIMIT: Duration = Duration::from_secs(60);

/// A tap around a plugin of a few lines, in a process group of its own.
struct Tap {
    command: Command,
    folder: TempDir,
}

impl Tap {
    /// Around a shell script.
    fn sh(script: &str) -> Tap {
        Tap::around(&["sh", "-c", script])
    }

    fn python(script: &str) -> Tap {
        Tap::around(&["python3", "-c", script])
    }

    fn around(plugin: &[&str]) -> Tap {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_shellrt-validate"));
        command
            .args(["tap", "--tape"])
            .arg(folder.path().join("tape.jsonl"))
            .arg("--")
            .args(plugin)
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0);
        Tap { command, folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn tape(&self) -> PathBuf {
        self.path("tape.jsonl")
    }

    fn start(&mut self, request: &[u8]) -> Child {
        let mut child = self.command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let request = request.to_vec();
        // From a thread: a plugin may write before it reads. It may also not read.
        thread::spawn(move || stdin.write_all(&request));
        child
    }

    fn run(&mut self, request: &[u8]) -> Output {
        self.start(request).wait_with_output().unwrap()
    }

    /// What `replay` says of the tape, an object an exchange.
    fn replay(&self) -> (ExitStatus, Vec<Value>) {
        replay(&self.tape(), &[])
    }
}

fn replay(tape: &Path, options: &[&str]) -> (ExitStatus, Vec<Value>) {
    let output = Command::new(env!("CARGO_BIN_EXE_shellrt-validate"))
        .args(["replay", "--format", "json"])
        .args(options)
        .arg(tape)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    (output.status, lines.collect())
}

fn rules(exchange: &Value) -> Vec<&str> {
    let faults = exchange["faults"].as_array().unwrap();
    faults
        .iter()
        .map(|fault| fault["rule"].as_str().unwrap())
        .collect()
}

fn pid(child: &Child) -> Pid {
    Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap()
}

/// Asks again and again, for as long as a hanging program is given.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let limit = Instant::now() + LIMIT;
    while !is_so() {
        assert!(Instant::now() < limit, "{what} did not come about");
        thread::sleep(Duration::from_millis(10));
    }
}

fn wait(child: &mut Child) -> ExitStatus {
    let mut status = None;
    until("the end of the tap", || {
        status = child.try_wait().unwrap();
        status.is_some()
    });
    status.unwrap()
}

fn read_until(output: &mut impl Read, end: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(end) {
        let mut byte = [0];
        output.read_exact(&mut byte).expect("there is more");
        bytes.push(byte[0]);
    }
    bytes
}

/// A plugin that answers `status` and nothing else.
fn answering(reply: &str) -> String {
    format!("cat >/dev/null; printf '%s' '{reply}'")
}

const SOUND: &str = r#"{"_id":"7","_status":"ok","_type":"status","_version":"0.2.0","created_at":"2026-11-23T18:00:00Z","name":"web","state":"created","status":"stopped"}"#;

#[test]
fn a_sound_exchange_passes_unchanged_and_unsaid() {
    let mut tap = Tap::sh(&answering(&format!("{SOUND}\n")));
    let output = tap.run(STATUS.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stdout, format!("{SOUND}\n").as_bytes());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let (status, exchanges) = tap.replay();
    assert_eq!(status.code(), Some(0));
    assert_eq!(exchanges.len(), 1);
    assert_eq!(exchanges[0]["exchange"], "status _id=7");
    assert_eq!(exchanges[0]["valid"], true);
}

#[test]
fn two_hundred_megabytes_pass_to_the_byte() {
    const LINES: u64 = 24_000_000;
    let script = format!("cat >/dev/null; printf '%s\\0' '{LOGS_HEAD}'; seq 1 {LINES}");
    let mut tap = Tap::sh(&script);
    let mut child = tap.start(LOGS.as_bytes());
    let mut stdout = child.stdout.take().unwrap();
    assert_eq!(read_until(&mut stdout, b"\0").len(), LOGS_HEAD.len() + 1);
    // What is expected next, made as it is needed.
    let (mut expected, mut number, mut total) = (Vec::new(), 0, 0_u64);
    let mut buffer = vec![0; 1 << 20];
    loop {
        let length = stdout.read(&mut buffer).unwrap();
        if length == 0 {
            break;
        }
        total += length as u64;
        while expected.len() < length {
            number += 1;
            writeln!(expected, "{number}").unwrap();
        }
        assert!(expected[..length] == buffer[..length], "near {number}");
        expected.drain(..length);
    }
    assert!(total > 200_000_000, "only {total} bytes came");
    assert_eq!((number, expected.len()), (LINES, 0));
    assert_eq!(wait(&mut child).code(), Some(0));
    let (_, exchanges) = tap.replay();
    assert_eq!(exchanges[0]["valid"], true);
    let tape = fs::read(tap.tape()).unwrap();
    assert!(tape.len() < 4096, "the stream is not kept");
}

#[test]
fn a_stream_of_any_bytes_passes_to_the_byte() {
    let mut tap = Tap::python(&format!(
        "import sys
sys.stdin.read()
out = sys.stdout.buffer
out.write(b'''{LOGS_HEAD}''' + b'\\0')
for _ in range(100):
    out.write(bytes(range(256)))
    out.flush()"
    ));
    let output = tap.run(LOGS.as_bytes());
    let any: Vec<u8> = (0..=255).collect();
    let wanted = [LOGS_HEAD.as_bytes(), b"\0", &any.repeat(100)].concat();
    assert!(output.stdout == wanted);
}

#[test]
fn a_stream_passes_to_a_file_that_only_grows() {
    let script = format!("cat >/dev/null; printf '%s\\0' '{LOGS_HEAD}'; seq 1 50000");
    let mut tap = Tap::sh(&script);
    let path = tap.path("output");
    fs::write(&path, "before\n").unwrap();
    let file = File::options().append(true).open(&path).unwrap();
    tap.command.stdout(file);
    let mut child = tap.start(LOGS.as_bytes());
    assert_eq!(wait(&mut child).code(), Some(0));
    let numbers: Vec<String> = (1..=50000).map(|number| format!("{number}\n")).collect();
    let wanted = format!("before\n{LOGS_HEAD}\0{}", numbers.concat());
    assert!(fs::read_to_string(&path).unwrap() == wanted);
}

#[test]
fn a_stream_passes_over_a_socket_and_a_hang_up_of_it_too() {
    let script = format!("cat >/dev/null; printf '%s\\0' '{LOGS_HEAD}'; exec yes");
    let mut tap = Tap::sh(&script);
    let (mut ours, theirs) = std::os::unix::net::UnixStream::pair().unwrap();
    tap.command.stdout(std::os::fd::OwnedFd::from(theirs));
    let mut child = tap.start(LOGS.as_bytes());
    // The command keeps its copy of the other end, which would keep it open.
    tap.command.stdout(Stdio::null());
    read_until(&mut ours, b"\0y\ny\n");
    drop(ours);
    assert_eq!(wait(&mut child).signal(), Some(13));
}

#[test]
fn a_piece_goes_on_when_it_has_come() {
    let script = format!(
        "cat >/dev/null; printf '%s\\0' '{LOGS_HEAD}'; printf one; until [ -e go ]; do sleep 0.01; done; printf two"
    );
    let mut tap = Tap::sh(&script);
    let mut child = tap.start(LOGS.as_bytes());
    let mut stdout = child.stdout.take().unwrap();
    // The plugin writes no more until the test has seen this.
    read_until(&mut stdout, b"\0one");
    File::create(tap.path("go")).unwrap();
    read_until(&mut stdout, b"two");
    assert_eq!(wait(&mut child).code(), Some(0));
}

#[test]
fn a_large_request_passes_to_the_byte() {
    let mut tap = Tap::sh("cat > request; printf ok");
    let mut request =
        r#"{"_version":"0.2.0","_type":"list","_meta":{"com.example.large":""#.to_owned();
    while request.len() < 15 * 1024 * 1024 {
        request.push_str("0123456789abcdef~");
    }
    request.push_str("\"}}");
    let output = tap.run(request.as_bytes());
    assert_eq!(output.stdout, b"ok");
    assert!(fs::read(tap.path("request")).unwrap() == request.as_bytes());
    let tape = fs::read_to_string(tap.tape()).unwrap();
    assert!(tape.len() < 4096 && tape.contains("com.example.large"));
}

#[test]
fn a_request_that_the_plugin_does_not_read_breaks_the_hosts_pipe() {
    let mut tap = Tap::sh("exec <&-; printf ready; until [ -e go ]; do sleep 0.01; done");
    let mut child = tap.command.spawn().unwrap();
    read_until(child.stdout.as_mut().unwrap(), b"ready");
    let mut stdin = child.stdin.take().unwrap();
    // More than all pipes hold; without the plugin's end it cannot be written.
    let written = stdin.write_all(&vec![b' '; 1 << 20]);
    assert_eq!(written.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    assert!(child.try_wait().unwrap().is_none(), "the plugin still runs");
    File::create(tap.path("go")).unwrap();
    assert_eq!(wait(&mut child).code(), Some(0));
}

#[test]
fn the_end_of_the_request_is_passed_on_and_only_then() {
    let mut tap = Tap::sh("cat; printf end");
    let mut child = tap.command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"half").unwrap();
    let mut stdout = child.stdout.take().unwrap();
    read_until(&mut stdout, b"half");
    drop(stdin);
    read_until(&mut stdout, b"end");
    wait(&mut child);
}

#[test]
fn a_silent_plugin_notices_that_its_host_hung_up() {
    let mut tap = Tap::python(&format!(
        "import select, sys, os
sys.stdin.read()
os.write(1, b'''{LOGS_HEAD}''' + b'\\0')
hang_up = select.poll()
hang_up.register(1, 0)
hang_up.poll()
sys.exit(9)"
    ));
    let mut child = tap.start(LOGS.as_bytes());
    let mut stdout = child.stdout.take().unwrap();
    read_until(&mut stdout, b"\0");
    drop(stdout);
    // Otherwise it polls for ever.
    assert_eq!(wait(&mut child).code(), Some(9));
    let (_, exchanges) = tap.replay();
    assert_eq!(rules(&exchanges[0]), [""; 0]);
}

#[test]
fn a_writing_plugin_is_told_that_its_host_hung_up() {
    let script = format!("cat >/dev/null; printf '%s\\0' '{LOGS_HEAD}'; exec yes");
    let mut tap = Tap::sh(&script);
    let mut child = tap.start(LOGS.as_bytes());
    read_until(child.stdout.as_mut().unwrap(), b"\0");
    drop(child.stdout.take());
    let status = wait(&mut child);
    assert_eq!(status.signal(), Some(13), "{status:?}");
}

#[test]
fn every_status_and_every_death_are_passed_on() {
    for status in [0, 1, 2, 77, 126, 255] {
        let output = Tap::sh(&format!("exit {status}")).run(b"");
        assert_eq!(output.status.code(), Some(status));
    }
    // Not HUP: below `nohup` every program ignores it from the start.
    for (signal, number) in [
        ("USR1", 10),
        ("KILL", 9),
        ("SEGV", 11),
        ("PIPE", 13),
        ("TERM", 15),
    ] {
        let output = Tap::sh(&format!("kill -{signal} $$")).run(b"");
        assert_eq!(output.status.signal(), Some(number), "{signal}");
    }
}

/// The signals that wait for the children of a process.
fn held_back(child: &Child) -> u64 {
    let id = child.id();
    let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap();
    let of_one = |id: &str| {
        let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("ShdPnd:\t"));
        u64::from_str_radix(line.unwrap(), 16).unwrap()
    };
    children
        .split_whitespace()
        .map(of_one)
        .fold(0, |all, one| all | one)
}

/// Notes each USR1 and ends by TERM, with 5.
const NOTING: &str = "import os, signal, sys
def note(*_):
    with open('signals', 'a') as file: file.write('x')
def end(*_): os._exit(5)
signal.signal(signal.SIGUSR1, note)
signal.signal(signal.SIGTERM, end)
os.write(1, b'ready')
while True: signal.pause()";

#[test]
fn a_signal_reaches_the_plugin_once_whomever_it_was_sent_to() {
    let mut tap = Tap::python(NOTING);
    let mut child = tap.start(b"");
    read_until(child.stdout.as_mut().unwrap(), b"ready");
    let signals = tap.path("signals");
    let noted = || fs::read(&signals).map_or(0, |file| file.len());
    for round in 1..=20 {
        kill_process_group(pid(&child), Signal::USR1).unwrap();
        until("a signal to the group", || noted() >= round * 2 - 1);
        // Signals that wait for the same process become one. The tap has seen to
        // this one when none of its children holds a signal back.
        until("an end of waiting", || held_back(&child) == 0);
        // One that came twice would be noted before this one is.
        kill_process(pid(&child), Signal::USR1).unwrap();
        until("a signal to the tap", || noted() >= round * 2);
        assert_eq!(noted(), round * 2);
    }
    kill_process(pid(&child), Signal::TERM).unwrap();
    assert_eq!(wait(&mut child).code(), Some(5));
    assert_eq!(noted(), 40);
}

#[test]
fn what_was_ignored_stays_ignored() {
    let tap = Tap::sh("grep SigIgn /proc/self/status");
    let program = tap.command.get_program().to_owned();
    let arguments: Vec<_> = tap.command.get_args().map(ToOwned::to_owned).collect();
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "trap '' HUP USR1; exec \"$@\"", "sh"])
        .arg(program)
        .args(arguments)
        .stdin(Stdio::null())
        .current_dir(tap.folder.path());
    let output = shell.output().unwrap();
    let line = String::from_utf8(output.stdout).unwrap();
    let mask = line.trim().rsplit('\t').next().unwrap();
    let mask = u64::from_str_radix(mask, 16).unwrap();
    // HUP is 1, USR1 is 10.
    assert_eq!(mask & 0x201, 0x201, "{line}");
}

#[test]
fn the_group_is_killed_as_a_whole() {
    let mut tap = Tap::sh("echo ready; exec sleep 3600");
    let mut child = tap.start(b"");
    read_until(child.stdout.as_mut().unwrap(), b"ready\n");
    kill_process_group(pid(&child), Signal::KILL).unwrap();
    assert_eq!(wait(&mut child).signal(), Some(9));
    let group = pid(&child);
    until("an empty group", || test_kill_process_group(group).is_err());
}

#[test]
fn nothing_of_the_tap_is_left_in_its_group() {
    let mut tap = Tap::sh("ps -o pgid= -p $$");
    let mut child = tap.start(b"");
    let mut group = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut group)
        .unwrap();
    assert_eq!(group.trim(), child.id().to_string(), "the plugin is in it");
    wait(&mut child);
    assert!(test_kill_process_group(pid(&child)).is_err());
}

#[test]
fn the_plugin_gets_no_descriptor_of_the_tap() {
    let output = Tap::sh("ls /proc/self/fd").run(b"");
    // Whoever started the test may have left some open for all of us.
    let without = Command::new("sh")
        .args(["-c", "ls /proc/self/fd"])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.stdout.starts_with(b"0\n1\n"));
    assert_eq!(output.stdout, without.stdout);
}

#[test]
fn standard_error_is_the_hosts_own() {
    let mut tap = Tap::sh("readlink /proc/self/fd/2");
    let path = tap.path("stderr");
    tap.command.stderr(File::create(&path).unwrap());
    let output = tap.run(b"");
    let shown = String::from_utf8(output.stdout).unwrap();
    assert_eq!(Path::new(shown.trim()), path.canonicalize().unwrap());
}

#[test]
fn who_holds_the_output_after_the_plugin_is_not_waited_for() {
    let script = format!("cat >/dev/null; printf '%s\\n' '{SOUND}'; sleep 3600 & exit 0");
    let mut tap = Tap::sh(&script);
    let mut child = tap.start(STATUS.as_bytes());
    assert_eq!(wait(&mut child).code(), Some(0));
    let mut stdout = Vec::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_end(&mut stdout)
        .unwrap();
    assert_eq!(stdout, format!("{SOUND}\n").as_bytes());
    let (_, exchanges) = tap.replay();
    assert_eq!(rules(&exchanges[0]), ["P-9"]);
    kill_process_group(pid(&child), Signal::KILL).unwrap();
}

#[test]
fn what_the_plugin_wrote_last_comes_to_a_host_that_is_slow() {
    let script = format!("cat >/dev/null; printf '%s\\0' '{LOGS_HEAD}'; seq 1 20000");
    let mut tap = Tap::sh(&script);
    let mut child = tap.start(LOGS.as_bytes());
    // Two pipes and a buffer: the plugin has ended and the tap holds the rest.
    thread::sleep(Duration::from_millis(2500));
    let mut stdout = Vec::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_end(&mut stdout)
        .unwrap();
    assert!(stdout.ends_with(b"\n19999\n20000\n"));
    assert_eq!(wait(&mut child).code(), Some(0));
}

#[test]
fn a_host_that_reads_nothing_after_it_ended_the_plugin_gets_its_end() {
    let script = format!("cat >/dev/null; printf '%s\\0' '{LOGS_HEAD}'; exec yes");
    let mut tap = Tap::sh(&script);
    let mut child = tap.start(LOGS.as_bytes());
    read_until(child.stdout.as_mut().unwrap(), b"\0");
    // All pipes are full now, or soon; nobody reads them.
    thread::sleep(Duration::from_millis(300));
    kill_process_group(pid(&child), Signal::TERM).unwrap();
    assert_eq!(wait(&mut child).signal(), Some(15));
}

#[test]
fn faults_of_plugins_are_told_each_by_its_rule() {
    let other_id = SOUND.replace("\"7\"", "\"8\"");
    let with_stream = SOUND.replace("{\"_id\"", "{\"_stream\":\"raw\",\"_id\"");
    let cases = [
        (answering(&format!("{SOUND}\ndebug: done\n")), "T-5"),
        (format!("echo debug; {}", answering(SOUND)), "P-1"),
        (answering(&other_id), "E-2"),
        (answering(&with_stream), "E-8"),
        (answering(&SOUND.replace("stopped", "failed")), "M-2"),
        (answering(""), "T-4"),
        (format!("{}; exit 1", answering(SOUND)), "T-8"),
        (format!("{}; kill -KILL $$", answering(SOUND)), "T-8"),
    ];
    for (script, rule) in cases {
        let mut tap = Tap::sh(&script);
        let output = tap.run(STATUS.as_bytes());
        let said = String::from_utf8(output.stderr).unwrap();
        let line = format!("{rule} plugin status _id=7: ");
        assert!(
            said.lines().any(|said| said.starts_with(&line)),
            "{rule}: {said}"
        );
        // What is said at once and what is said later is the same.
        let (status, exchanges) = tap.replay();
        assert_eq!(status.code(), Some(1));
        let at_once: Vec<&str> = said
            .lines()
            .filter_map(|line| line.split(' ').next())
            .collect();
        assert_eq!(at_once, rules(&exchanges[0]), "{script}");
    }
}

#[test]
fn faults_of_streams_are_told_each_by_its_rule() {
    let logs = LOGS.replace("\"follow\":true", "\"framing\":\"docker\"");
    let frames = LOGS_HEAD.replace("raw", "docker");
    let head = |head: &str| format!("cat >/dev/null; printf '%s' '{head}'; ");
    let cases = [
        (head(LOGS_HEAD) + "printf '\\0plain'", "E-9"),
        (head(&frames), "T-6"),
        (head(&frames) + "printf '\\n\\0'", "T-7"),
        (
            head(&frames) + "printf '\\0\\1\\0\\0\\0\\0\\0\\0\\5abc'",
            "S-1",
        ),
        (
            head(&frames) + "printf '\\0\\1\\0\\0\\0\\0\\0\\120\\0'; head -c 20480 /dev/zero",
            "S-2",
        ),
        (
            head(&frames) + "printf '\\0\\3\\0\\0\\0\\0\\0\\0\\1!'",
            "S-3",
        ),
    ];
    for (script, rule) in cases {
        let mut tap = Tap::sh(&script);
        let output = tap.run(logs.as_bytes());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.starts_with(&format!("{rule} plugin logs")),
            "{rule}: {said}"
        );
        let (_, exchanges) = tap.replay();
        assert_eq!(rules(&exchanges[0]), [rule], "{script}");
    }
}

#[test]
fn faults_of_hosts_are_told_each_by_its_rule() {
    let answer = answering(&format!("{SOUND}\n"));
    let cases = [
        ("{\"_version\":", "T-2"),
        (
            r#"{"_version":"0.2.0","_type":"status","_id":"7","name":"two words"}"#,
            "T-2",
        ),
        (
            r#"{"_version":"0.2.0","_type":"status","_id":"7","name":"web","_deadline_ms":null}"#,
            "N-12",
        ),
        (
            r#"{"_version":"0.2.0","_type":"status","_id":"7","name":"web","_deadline_ms":5e3}"#,
            "N-11",
        ),
        (
            r#"{"_version":"0.2.0","_type":"status","_id":"7","name":"web","_trace":"x"}"#,
            "E-5",
        ),
    ];
    for (request, rule) in cases {
        let mut tap = Tap::sh(&answer);
        let output = tap.run(request.as_bytes());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.starts_with(&format!("{rule} host ")), "{rule}: {said}");
    }
}

#[test]
fn a_plugin_that_does_not_heed_a_cancel_is_told_apart_from_one_that_does() {
    for (script, wanted) in [
        (
            "cat >/dev/null; echo >&2 ready; exec sleep 3600",
            &["D-7"][..],
        ),
        (
            "cat >/dev/null; trap 'printf %s \"$REPLY_TEXT\"; exit 0' TERM; echo >&2 ready; while :; do sleep 0.01; done",
            &[],
        ),
    ] {
        let cancelled = r#"{"_id":"7","_status":"err","_type":"status","_version":"0.2.0","class":"cancelled","code":7,"message":"cancelled","retryable":false}"#;
        let mut tap = Tap::sh(script);
        tap.command.env("REPLY_TEXT", cancelled);
        let mut child = tap.start(STATUS.as_bytes());
        read_until(child.stderr.as_mut().unwrap(), b"ready\n");
        kill_process(pid(&child), Signal::TERM).unwrap();
        wait(&mut child);
        let (_, exchanges) = tap.replay();
        assert_eq!(rules(&exchanges[0]), wanted, "{script}");
    }
}

#[test]
fn faults_go_to_the_file_that_is_named_and_add_up() {
    let mut tap = Tap::sh(&answering(&format!("{SOUND}{SOUND}")));
    let faults = tap.path("faults.txt");
    let mut command = Command::new(tap.command.get_program());
    command
        .args(["tap", "--faults"])
        .arg(&faults)
        .args(["--", "sh", "-c", "cat >/dev/null; exit 1"])
        .stdin(Stdio::null());
    for count in 1..=2 {
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        let said = fs::read_to_string(&faults).unwrap();
        assert_eq!(said.matches("T-4 plugin (no command): ").count(), count);
    }
    assert!(!tap.run(STATUS.as_bytes()).stderr.is_empty());
}

#[test]
fn no_secret_comes_onto_a_tape_or_into_a_fault() {
    const CANARY: &str = "c4n4ry-Zwitscher";
    let requests = [
        format!(
            r#"{{"_version":"0.2.0","_type":"create","_id":"7","name":"web","config_type":"process","config":{{"{CANARY}":["{CANARY}"],"command":"{CANARY}"}},"env":{{"A":"{CANARY}"}},"labels":{{"b":"{CANARY}"}},"_meta":{{"com.example.c":{{"{CANARY}":"{CANARY}"}}}},"{}":"{CANARY}","new":{{"{CANARY}":1}}}}"#,
            "unknown"
        ),
        format!(
            r#"{{"_version":"0.2.0","_type":"img_pull","_id":"7","image":"a","credentials":{{"username":"{CANARY}","password":"{CANARY}","identity_token":["{CANARY}"],"registry_token":{{"a":"{CANARY}"}}}}}}"#
        ),
        // Not JSON, twice a key, and no object.
        format!(r#"{{"_version":"0.2.0","credentials":{{"password":"{CANARY}"#),
        format!(r#"{{"_version":"0.2.0","a":"{CANARY}","a":"{CANARY}"}}"#),
        format!(r#"["{CANARY}"]"#),
        format!(
            r#"{{"_version":"0.2.0","_type":"{}","name":"{CANARY}"}}"#,
            "fly"
        ),
    ];
    let error = format!(
        r#"{{"_id":"7","_status":"err","_type":"img_pull","_version":"0.2.0","class":"auth","code":42,"detail":{{"tried":["{CANARY}"]}},"message":"`{CANARY}` is refused","retryable":false}}"#
    );
    let top = format!(
        r#"{{"_id":"7","_status":"ok","_type":"top","_version":"0.2.0","processes":[{{"command":"x --key {CANARY}","pid":1}}]}}"#
    );
    let replies = [
        error.clone(),
        top,
        format!("Traceback: {CANARY}\n"),
        format!("debug {CANARY}\n{error}\nbye {CANARY}\n"),
    ];
    for request in &requests {
        for reply in &replies {
            let mut tap = Tap::sh("cat >/dev/null; printf %s \"$REPLY_TEXT\"");
            tap.command.env("REPLY_TEXT", reply);
            let output = tap.run(request.as_bytes());
            assert_eq!(output.stdout, reply.as_bytes());
            let tape = fs::read_to_string(tap.tape()).unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            // The replies of these two do not know what was asked.
            let is_known =
                request.contains("credentials\":{\"username") || request.contains("create");
            let is_text = !reply.starts_with('{') || reply.contains("top");
            if is_known || is_text && !reply.contains("debug") {
                assert!(!tape.contains(CANARY), "{request}\n{reply}\n{tape}");
                assert!(!said.contains(CANARY), "{request}\n{reply}\n{said}");
            }
            let sent = tape.split("\"reply\"").next().unwrap();
            assert!(!sent.contains(CANARY), "{request}\n{sent}");
        }
    }
}

#[test]
fn a_response_that_repeats_a_credential_is_a_fault() {
    let request = r#"{"_version":"0.2.0","_type":"img_pull","_id":"7","image":"a","credentials":{"password":"hunter2hunter2"}}"#;
    let reply = r#"{"_id":"7","_status":"err","_type":"img_pull","_version":"0.2.0","class":"auth","code":42,"message":"hunter2hunter2 is wrong","retryable":false}"#;
    let mut tap = Tap::sh(&answering(reply));
    let output = tap.run(request.as_bytes());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("K-2 plugin img_pull _id=7: "), "{said}");
    assert!(said.contains("`/credentials/password`") && !said.contains("hunter2"));
    let (_, exchanges) = tap.replay();
    assert_eq!(rules(&exchanges[0]), ["K-2"]);
}

#[test]
fn a_tape_is_its_owners_alone_and_many_taps_share_it() {
    use std::os::unix::fs::PermissionsExt;
    let tap = Tap::sh("");
    let tape = tap.tape();
    let label = "v".repeat(100);
    let labels: Vec<String> = (0..1000)
        .map(|n| format!("\"label-{n}\":\"{label}\""))
        .collect();
    let request = format!(
        r#"{{"_version":"0.2.0","_type":"list","_id":"7","labels":{{{}}}}}"#,
        labels.join(",")
    );
    let taps: Vec<_> = (0..16)
        .map(|_| {
            let (tape, request) = (tape.clone(), request.clone());
            thread::spawn(move || {
                let mut child = Command::new(env!("CARGO_BIN_EXE_shellrt-validate"))
                    .args(["tap", "--tape"])
                    .arg(tape)
                    .args(["--", "cat"])
                    .stdin(Stdio::piped())
                    .stdout(Stdio::null())
                    .stderr(Stdio::null())
                    .spawn()
                    .unwrap();
                let mut stdin = child.stdin.take().unwrap();
                stdin.write_all(request.as_bytes()).unwrap();
                drop(stdin);
                assert!(child.wait().unwrap().success());
            })
        })
        .collect();
    taps.into_iter().for_each(|tap| tap.join().unwrap());
    let (_, exchanges) = tap.replay();
    assert_eq!(exchanges.len(), 16);
    let mode = fs::metadata(tape).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_tap_that_cannot_do_its_work_says_so_before_anything_runs() {
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_shellrt-validate"))
            .arg("tap")
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(text).unwrap())
    };
    let (status, text) = run(&["--tape", "/nonexistent/tape", "--", "echo", "ran"]);
    assert_eq!(status, Some(2));
    assert!(
        text.contains("`/nonexistent/tape`") && !text.contains("ran\n"),
        "{text}"
    );
    let (status, text) = run(&["--", "/nonexistent/plugin"]);
    assert_eq!(status, Some(2));
    assert!(
        text.contains("cannot start `/nonexistent/plugin`"),
        "{text}"
    );
    assert_eq!(run(&["--"]).0, Some(2));
}

#[test]
fn a_tape_that_cannot_be_written_does_not_change_what_the_host_gets() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shellrt-validate"));
    command
        .args([
            "tap",
            "--tape",
            "/dev/full",
            "--",
            "sh",
            "-c",
            "printf here; exit 3",
        ])
        .stdin(Stdio::null());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(output.stdout, b"here");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("cannot write `/dev/full`"), "{said}");
}

#[test]
fn should_counts_when_it_is_asked_to_and_so_do_unknown_members() {
    let with_more = SOUND.replace("\"_id\":\"7\"", "\"_id\": \"7\",\"more\":1");
    let mut tap = Tap::sh(&answering(&format!("{with_more}\n")));
    let request = STATUS.replace("\"_id\"", "\"nmae\":\"web\",\"_id\"");
    assert_eq!(
        String::from_utf8_lossy(&tap.run(request.as_bytes()).stderr),
        ""
    );
    let (status, exchanges) = replay(&tap.tape(), &[]);
    assert_eq!((status.code(), rules(&exchanges[0])), (Some(0), vec![]));
    let (status, exchanges) = replay(&tap.tape(), &["--strict"]);
    assert_eq!(status.code(), Some(1));
    assert_eq!(rules(&exchanges[0]), ["T-2", "T-4", "N-15"]);
    let text = exchanges[0].to_string();
    assert!(
        text.contains("/nmae: ") && text.contains("/more: "),
        "{text}"
    );
}

/// What a page shows must be what the program says.
#[test]
fn the_pages_show_what_is_so() {
    let page = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../docs")
            .join(name);
        fs::read_to_string(path).unwrap()
    };
    let tapes = page("tape.md");
    let example = tapes.split("```json\n").nth(1).unwrap();
    let example: Value = serde_json::from_str(example.split("```").next().unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let tape = folder.path().join("tape.jsonl");
    fs::write(&tape, example.to_string()).unwrap();
    let (status, exchanges) = replay(&tape, &[]);
    assert_eq!((status.code(), exchanges.len()), (Some(0), 1));
    for member in ["bytes", "text"] {
        assert!(example["request"].get(member).is_some());
    }
    let validating = page("validating.md");
    for (command, input) in [
        (&["explain", "T-5"][..], ""),
        (
            &["message"],
            r#"{"_version":"0.2.0","_type":"stop","name":"web","timeout":-1}"#,
        ),
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_shellrt-validate"))
            .args(command)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(input.as_bytes()).unwrap();
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        // The suite grows, and with it the list of a rule's checks.
        let text = text.split("checks: ").next().unwrap();
        assert!(validating.contains(text), "{text}");
    }
}

#[test]
fn help_shows_examples_and_exit_statuses() {
    for command in ["tap", "replay", "explain"] {
        let output = Command::new(env!("CARGO_BIN_EXE_shellrt-validate"))
            .env_remove("COLUMNS")
            .args([command, "--help"])
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        insta::assert_snapshot!(format!("help_{command}"), text);
    }
}

#[test]
fn people_get_the_faults_and_a_summary() {
    let mut tap = Tap::sh(&answering(&format!("{SOUND}\nbye\n")));
    tap.run(STATUS.as_bytes());
    let output = Command::new(env!("CARGO_BIN_EXE_shellrt-validate"))
        .args(["replay", "tape.jsonl"])
        .current_dir(tap.folder.path())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let (first, rest) = text.split_once('\n').unwrap();
    assert!(
        first.starts_with("tape.jsonl:1: status _id=7, 20"),
        "{text}"
    );
    insta::assert_snapshot!(rest);
}

#[test]
fn what_is_no_tape_is_no_verdict() {
    let folder = tempfile::tempdir().unwrap();
    for (text, why) in [
        ("{}\n", "missing field"),
        ("\n{\"tape\":1\n", "line 2"),
        ("nonsense\n", "line 1"),
    ] {
        let path = folder.path().join("tape.jsonl");
        fs::write(&path, text).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_shellrt-validate"))
            .arg("replay")
            .arg(&path)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.contains(why) && said.contains("docs/tape.md"),
            "{said}"
        );
    }
    assert_eq!(replay(&folder.path().join("none"), &[]).0.code(), Some(2));
}
