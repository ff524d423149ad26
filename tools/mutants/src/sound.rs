//! The sound plugin: started so that it never outlives the mutant, which may be
//! killed at any moment.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread;

use rustix::process::{Signal, getppid, set_parent_process_death_signal};
use serde_json::{Map, Value};

use crate::answer::head_of;

/// The argument by which this program becomes the sound plugin.
pub(crate) const BECOME: &str = "--become";

/// The sound plugin's command line.
#[derive(Debug, Clone)]
pub(crate) struct Sound {
    command: Vec<OsString>,
}

impl Sound {
    pub(crate) fn new(command: Vec<OsString>) -> Sound {
        Sound { command }
    }

    /// Starts it with these bytes as its standard input. Its standard error is
    /// ours: what it looks at there is what the host gave.
    pub(crate) fn start(&self, request: Vec<u8>, stderr: Stdio) -> io::Result<Child> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg(BECOME)
            .arg(std::process::id().to_string())
            .args(&self.command)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(stderr)
            // A signal to the mutant's group is the mutant's to pass on.
            .process_group(0)
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // It may refuse what it has seen enough of.
            thread::spawn(move || stdin.write_all(&request).and_then(|()| stdin.flush()));
        }
        Ok(child)
    }

    /// One request besides; the response, or null.
    pub(crate) fn ask(&self, request: &Value) -> Value {
        let Ok(mut child) = self.start(request.to_string().into_bytes(), Stdio::null()) else {
            return Value::Null;
        };
        let mut output = Vec::new();
        if let Some(mut stdout) = child.stdout.take() {
            let _ = stdout.read_to_end(&mut output);
        }
        let _ = child.wait();
        head_of(&output).unwrap_or_default()
    }

    /// Requests besides, in the wire of the request where they name none.
    pub(crate) fn ask_all(
        &self,
        requests: &[Map<String, Value>],
        values: &crate::template::Values,
    ) {
        for request in requests {
            let mut request = values.object(request);
            let version = values.request.get("_version").cloned();
            request
                .entry("_version")
                .or_insert_with(|| version.unwrap_or_else(|| "0.2.0".into()));
            self.ask(&Value::Object(request));
        }
    }
}

/// Becomes the program, to be killed when the parent ends.
///
/// # Errors
/// When it cannot be run.
pub(crate) fn become_it(arguments: &[OsString]) -> io::Error {
    let [parent, program, arguments @ ..] = arguments else {
        return io::ErrorKind::InvalidInput.into();
    };
    if let Err(error) = set_parent_process_death_signal(Some(Signal::KILL)) {
        return error.into();
    }
    let is_orphan =
        getppid().map(|pid| pid.as_raw_nonzero().to_string().into()) != Some(parent.clone());
    if is_orphan {
        return io::ErrorKind::BrokenPipe.into();
    }
    Command::new(program).args(arguments).exec()
}
