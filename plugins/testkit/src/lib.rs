//! Asks a plugin as a host asks it, for the tests of plugins: one process a
//! request, bytes in and bytes out. What is not as a plugin has to be panics,
//! with what was said.

mod follow;
mod processes;

pub use follow::Follow;
pub use processes::{eventually, is_alive, kill};

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::{Map, Value, json};

/// A plugin's command line.
#[derive(Clone, Debug)]
pub struct Plugin {
    program: PathBuf,
    arguments: Vec<OsString>,
}

impl Plugin {
    /// A plugin that is started with these arguments.
    pub fn new<A: Into<OsString>>(
        program: impl Into<PathBuf>,
        arguments: impl IntoIterator<Item = A>,
    ) -> Self {
        Self {
            program: program.into(),
            arguments: arguments.into_iter().map(Into::into).collect(),
        }
    }

    /// The plugin's command line, to be changed by tests that need it.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit());
        command
    }

    /// A plugin process that has got its request.
    pub fn spawn(&self, request: &[u8]) -> Child {
        let mut child = self.command().spawn().expect("the plugin can be started");
        let mut stdin = child.stdin.take().expect("stdin is piped");
        // A plugin that does not read it all is judged by its answer.
        let _ = stdin.write_all(request);
        child
    }

    /// Sends a request and kills the plugin after `delay`, unless it was faster.
    pub fn ask_and_kill(&self, kind: &str, members: Value, delay: Duration) {
        let mut child = self.spawn(&request(kind, members));
        thread::sleep(delay);
        child
            .kill()
            .expect("a child that was not waited for can be killed");
        child.wait().expect("a child can be waited for");
    }

    /// The bytes of the answer to the bytes of a request.
    pub fn raw(&self, request: &[u8]) -> Vec<u8> {
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
    pub fn ask(&self, kind: &str, members: Value) -> Value {
        parse(&self.raw(&request(kind, members)))
    }

    /// The same for a command that is to succeed.
    pub fn ok(&self, kind: &str, members: Value) -> Value {
        let response = self.ask(kind, members);
        assert_eq!(response["_status"], "ok", "{kind}: {response}");
        response
    }

    /// The same for a command that is to fail.
    pub fn err(&self, kind: &str, members: Value) -> Value {
        let response = self.ask(kind, members);
        assert_eq!(response["_status"], "err", "{kind}: {response}");
        response
    }

    /// The code of the error that a command is to fail with.
    pub fn code(&self, kind: &str, members: Value) -> u64 {
        self.err(kind, members)["code"]
            .as_u64()
            .expect("an error has a code")
    }

    /// Makes a module, which must not be there yet.
    pub fn create(&self, name: &str, config_type: &str, config: Value) {
        let response = self.ok(
            "create",
            json!({"name": name, "config_type": config_type, "config": config}),
        );
        assert_eq!(response["changed"], true, "{response}");
    }

    /// Starts a module; whether that changed anything.
    pub fn start(&self, name: &str) -> bool {
        self.change("start", name)
    }

    /// Stops a module; whether that changed anything.
    pub fn stop(&self, name: &str) -> bool {
        self.change("stop", name)
    }

    /// Removes a module; whether that changed anything.
    pub fn remove(&self, name: &str) -> bool {
        self.change("remove", name)
    }

    fn change(&self, kind: &str, name: &str) -> bool {
        self.ok(kind, json!({"name": name}))["changed"]
            .as_bool()
            .expect("`changed` is there")
    }

    /// The status of a module.
    pub fn status(&self, name: &str) -> Value {
        self.ok("status", json!({"name": name}))
    }

    /// The status of a module once it has ended.
    pub fn ended(&self, name: &str) -> Value {
        eventually(|| Some(self.status(name)).filter(|status| status["state"] == "exited"))
    }

    /// The names of all modules.
    pub fn names(&self) -> Vec<String> {
        let list = self.ok("list", json!({}));
        let names = list["modules"].as_array().expect("modules are a list");
        names
            .iter()
            .map(|name| name.as_str().expect("a name is text").to_owned())
            .collect()
    }

    /// The stream of `logs`, without its head.
    pub fn log_bytes(&self, members: Value) -> Vec<u8> {
        let output = self.raw(&request("logs", members));
        let head = output
            .iter()
            .position(|&byte| byte == 0)
            .expect("a NUL ends the head");
        assert_eq!(parse(&output[..head])["_status"], "ok");
        output[head + 1..].to_vec()
    }

    /// The same as text.
    pub fn log(&self, members: Value) -> String {
        String::from_utf8(self.log_bytes(members)).expect("modules of tests write UTF-8")
    }

    /// Waits until the module's output holds `text`.
    pub fn wait_for_output(&self, name: &str, text: &str) -> String {
        eventually(|| Some(self.log(json!({"name": name}))).filter(|log| log.contains(text)))
    }

    /// A follow that is read line by line.
    pub fn follow(&self, members: Value) -> Follow {
        let mut members = members;
        members["follow"] = json!(true);
        Follow::new(self.spawn(&request("logs", members)))
    }

    /// The processes of a module.
    pub fn pids(&self, name: &str) -> Vec<u64> {
        let top = self.ok("top", json!({"name": name}));
        let processes = top["processes"].as_array().expect("processes are a list");
        processes
            .iter()
            .map(|process| process["pid"].as_u64().expect("a pid is a number"))
            .collect()
    }
}

/// A request of the present wire in bytes.
pub fn request(kind: &str, members: Value) -> Vec<u8> {
    let mut request = Map::from_iter([
        ("_version".to_owned(), json!("0.2.0")),
        ("_type".to_owned(), json!(kind)),
    ]);
    if let Value::Object(members) = members {
        request.extend(members);
    }
    Value::Object(request).to_string().into_bytes()
}

/// A JSON value that was answered.
pub fn parse(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(bytes)))
}
