//! A plugin with a state directory of its own, asked as a host asks it.
//!
//! Whatever a test leaves running is removed when the value goes away, also
//! when the test fails.
#![allow(dead_code, reason = "no test uses all of it")]
#![allow(missing_docs, reason = "tests are not documented by rustdoc")]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};
use tempfile::TempDir;

/// How long anything may take before a test says that it does not happen.
/// Nothing is measured by it.
const LIMIT: Duration = Duration::from_secs(60);

pub(crate) struct Plugin {
    state: TempDir,
}

impl Plugin {
    pub(crate) fn new() -> Self {
        Self {
            state: tempfile::tempdir().expect("a directory can be made"),
        }
    }

    /// The plugin's command line, to be changed by tests that need it.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shellrt-process"));
        command.arg("--state-dir").arg(self.state.path());
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit());
        command
    }

    pub(crate) fn state(&self) -> &Path {
        self.state.path()
    }

    pub(crate) fn module_directory(&self, name: &str) -> PathBuf {
        self.state.path().join("modules").join(name)
    }

    /// A plugin process that has got its request.
    pub(crate) fn spawn(&self, request: &[u8]) -> Child {
        let mut child = self.command().spawn().expect("the plugin can be started");
        let mut stdin = child.stdin.take().expect("stdin is piped");
        // A plugin that does not read it all is judged by its answer.
        let _ = stdin.write_all(request);
        child
    }

    /// The bytes of the answer to the bytes of a request.
    pub(crate) fn raw(&self, request: &[u8]) -> Vec<u8> {
        let output = self
            .spawn(request)
            .wait_with_output()
            .expect("the plugin can be waited for");
        assert!(
            output.status.success(),
            "{}: {}",
            output.status,
            String::from_utf8_lossy(&output.stdout)
        );
        output.stdout
    }

    /// The answer to a command of the present wire.
    pub(crate) fn ask(&self, kind: &str, members: Value) -> Value {
        parse(&self.raw(&request(kind, members)))
    }

    /// The same for a command that is to succeed.
    pub(crate) fn ok(&self, kind: &str, members: Value) -> Value {
        let response = self.ask(kind, members);
        assert_eq!(response["_status"], "ok", "{kind}: {response}");
        response
    }

    /// The code of the error that a command is to fail with.
    pub(crate) fn code(&self, kind: &str, members: Value) -> u64 {
        let response = self.ask(kind, members);
        assert_eq!(response["_status"], "err", "{kind}: {response}");
        response["code"].as_u64().expect("an error has a code")
    }

    pub(crate) fn create(&self, name: &str, config: Value) {
        let response = self.ok(
            "create",
            json!({"name": name, "config_type": "process", "config": config}),
        );
        assert_eq!(response["changed"], true, "{response}");
    }

    /// Makes a module that runs `script` in a shell.
    pub(crate) fn create_shell(&self, name: &str, script: &str) {
        self.create(name, json!({"command": ["sh", "-c", script]}));
    }

    pub(crate) fn start(&self, name: &str) -> bool {
        self.change("start", name)
    }

    pub(crate) fn stop(&self, name: &str) -> bool {
        self.change("stop", name)
    }

    pub(crate) fn remove(&self, name: &str) -> bool {
        self.change("remove", name)
    }

    fn change(&self, kind: &str, name: &str) -> bool {
        self.ok(kind, json!({"name": name}))["changed"]
            .as_bool()
            .expect("`changed` is there")
    }

    pub(crate) fn status(&self, name: &str) -> Value {
        self.ok("status", json!({"name": name}))
    }

    /// The status of a module once it has ended.
    pub(crate) fn ended(&self, name: &str) -> Value {
        eventually(|| Some(self.status(name)).filter(|status| status["state"] == "exited"))
    }

    /// The stream of `logs`, without its head.
    pub(crate) fn log_bytes(&self, members: Value) -> Vec<u8> {
        let output = self.raw(&request("logs", members));
        let head = output
            .iter()
            .position(|&byte| byte == 0)
            .expect("a NUL ends the head");
        assert_eq!(parse(&output[..head])["_status"], "ok");
        output[head + 1..].to_vec()
    }

    pub(crate) fn log(&self, members: Value) -> String {
        String::from_utf8(self.log_bytes(members)).expect("modules of tests write UTF-8")
    }

    /// Waits until the module's output holds `text`.
    pub(crate) fn wait_for_output(&self, name: &str, text: &str) -> String {
        eventually(|| Some(self.log(json!({"name": name}))).filter(|log| log.contains(text)))
    }

    /// A follow that is read line by line.
    pub(crate) fn follow(&self, members: Value) -> Follow {
        let mut members = members;
        members["follow"] = json!(true);
        let mut child = self.spawn(&request("logs", members));
        let output = child.stdout.take().expect("stdout is piped");
        let mut follow = Follow {
            child,
            output: Some(output),
        };
        follow.read_to(0);
        follow
    }

    pub(crate) fn pids(&self, name: &str) -> Vec<u64> {
        let top = self.ok("top", json!({"name": name}));
        let processes = top["processes"].as_array().expect("processes are a list");
        processes
            .iter()
            .map(|process| process["pid"].as_u64().expect("a pid is a number"))
            .collect()
    }

    /// The record of the module's last run.
    pub(crate) fn run_record(&self, name: &str) -> Value {
        let bytes =
            std::fs::read(self.module_directory(name).join("run.json")).expect("it was started");
        parse(&bytes)
    }

    pub(crate) fn supervisor(&self, name: &str) -> u64 {
        self.run_record(name)["last"]["supervisor"]["pid"]
            .as_u64()
            .expect("a pid is a number")
    }

    /// Changes the record of the last run, as only a test may.
    pub(crate) fn edit_run_record(&self, name: &str, edit: impl FnOnce(&mut Value)) {
        let mut record = self.run_record(name);
        edit(&mut record);
        std::fs::write(
            self.module_directory(name).join("run.json"),
            record.to_string(),
        )
        .expect("it is writable");
    }
}

impl Drop for Plugin {
    fn drop(&mut self) {
        let Ok(modules) = std::fs::read_dir(self.state.path().join("modules")) else {
            return;
        };
        for module in modules.flatten() {
            let name = module.file_name().to_string_lossy().into_owned();
            let _ = self
                .spawn(&request("remove", json!({"name": name})))
                .wait_with_output();
        }
    }
}

/// A `logs` with `follow` that goes on.
pub(crate) struct Follow {
    child: Child,
    output: Option<ChildStdout>,
}

impl Follow {
    pub(crate) fn line(&mut self) -> String {
        String::from_utf8(self.read_to(b'\n')).expect("modules of tests write UTF-8")
    }

    /// The rest, once the plugin has ended as it should.
    pub(crate) fn rest(mut self) -> String {
        let mut rest = String::new();
        let mut output = self.output.take().expect("it was not closed");
        output
            .read_to_string(&mut rest)
            .expect("modules of tests write UTF-8");
        let status = self.child.wait().expect("the plugin can be waited for");
        assert!(status.success(), "{status}");
        rest
    }

    /// Goes away as a host that was killed does, and waits for the plugin.
    pub(crate) fn hang_up(mut self) {
        drop(self.output.take());
        eventually(|| self.child.try_wait().expect("the plugin can be waited for"));
    }

    fn read_to(&mut self, end: u8) -> Vec<u8> {
        let output = self.output.as_mut().expect("it was not closed");
        let mut bytes = Vec::new();
        let mut byte = [0];
        while output.read(&mut byte).expect("stdout is readable") == 1 {
            bytes.push(byte[0]);
            if byte[0] == end {
                return bytes;
            }
        }
        panic!(
            "the stream ended early: {:?}",
            String::from_utf8_lossy(&bytes)
        );
    }
}

impl Drop for Follow {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A request of the present wire in bytes.
pub(crate) fn request(kind: &str, members: Value) -> Vec<u8> {
    let mut request = Map::from_iter([
        ("_version".to_owned(), json!("0.2.0")),
        ("_type".to_owned(), json!(kind)),
    ]);
    if let Value::Object(members) = members {
        request.extend(members);
    }
    Value::Object(request).to_string().into_bytes()
}

pub(crate) fn parse(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(bytes)))
}

/// Asks until there is an answer.
pub(crate) fn eventually<T>(mut ask: impl FnMut() -> Option<T>) -> T {
    let until = Instant::now() + LIMIT;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < until, "it did not happen in {LIMIT:?}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Whether a process runs; one that has ended and was not waited for does not.
pub(crate) fn is_alive(pid: u64) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat
        .rsplit(')')
        .next()
        .and_then(|rest| rest.trim_start().chars().next());
    !matches!(state, None | Some('Z' | 'X'))
}

/// Kills a process by `kill -9`.
pub(crate) fn kill(pid: u64) {
    let status = Command::new("kill")
        .args(["-9", &pid.to_string()])
        .status()
        .expect("`kill` is there");
    assert!(status.success());
}
