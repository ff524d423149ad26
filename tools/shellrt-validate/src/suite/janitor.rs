//! Removes modules when the suite itself is killed: a process of its own that
//! hears of every name before it is used, and acts when nobody talks to it any
//! more.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, BufRead, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::{Mutex, PoisonError};

use serde_json::json;

use super::plugin::{Call, Plugin};

/// The word that starts this role instead of the command line.
pub(crate) const ROLE: &str = "--janitor-of-a-conformance-run";
/// How long a removal may take.
const LIMIT: std::time::Duration = std::time::Duration::from_secs(30);

/// The end of the line to the janitor.
#[derive(Debug)]
pub(crate) struct Janitor {
    child: Mutex<Child>,
}

impl Janitor {
    /// Starts one for a plugin.
    ///
    /// # Errors
    /// When this program cannot be started again.
    pub(crate) fn start(plugin: &Plugin) -> io::Result<Janitor> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg(ROLE)
            .args(&plugin.command)
            .env_clear()
            .envs(&plugin.environment)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // An interrupt from the terminal must not reach it.
            .process_group(0)
            .spawn()?;
        if let Some(stdin) = &mut child.stdin {
            stdin.flush()?;
        }
        Ok(Janitor {
            child: Mutex::new(child),
        })
    }

    /// A module of this name may be there from now on.
    pub(crate) fn expect(&self, name: &str) {
        self.tell(&format!("+{name}\n"));
    }

    /// It was removed.
    pub(crate) fn forget(&self, name: &str) {
        self.tell(&format!("-{name}\n"));
    }

    fn tell(&self, line: &str) {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stdin) = &mut child.stdin {
            let _ = stdin.write_all(line.as_bytes());
        }
    }
}

impl Drop for Janitor {
    fn drop(&mut self) {
        let child = self.child.get_mut().unwrap_or_else(PoisonError::into_inner);
        drop(child.stdin.take());
        let _ = child.wait();
    }
}

/// The role: hears names until the line ends, then removes what is left.
pub(crate) fn run(command: Vec<OsString>) -> ExitCode {
    let mut names = BTreeMap::new();
    for line in io::stdin().lock().split(b'\n').map_while(Result::ok) {
        match line.split_first() {
            Some((b'+', name)) => {
                names.insert(name.to_vec(), ());
            }
            Some((b'-', name)) => {
                names.remove(name);
            }
            _ => {}
        }
    }
    // The environment is the plugin's already.
    let plugin = Plugin {
        command,
        environment: std::env::vars_os().collect(),
    };
    for name in names.into_keys() {
        let name = OsString::from_vec(name);
        let name = String::from_utf8_lossy(name.as_bytes()).into_owned();
        let request = json!({"_version": "0.2.0", "_type": "remove", "name": name});
        let call = Call {
            bytes: request.to_string().into_bytes(),
            ..Call::default()
        };
        if let Ok(running) = plugin.start(call) {
            running.finish(None, LIMIT);
        }
    }
    ExitCode::SUCCESS
}
