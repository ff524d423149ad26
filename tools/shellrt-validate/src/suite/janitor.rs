//! Clears up after a run, also when the suite itself is killed: a process of its
//! own that hears of every module, image and process before it is there, and
//! acts when nobody talks to it any more.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io::{self, BufRead, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::{Value, json};

use super::plugin::{Call, Plugin};
use super::stage::request;
use super::watch;

/// The word that starts this role instead of the command line.
pub(crate) const ROLE: &str = "--janitor-of-a-conformance-run";
/// How long a removal may take.
const LIMIT: Duration = Duration::from_secs(30);
/// A removal takes what it takes.
const MEMORY_LIMIT: u64 = u64::MAX;

/// What may be there and has to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A process group of the plugin.
    Group,
    /// A module.
    Module,
    /// An image, by reference.
    Image,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::Group, Kind::Module, Kind::Image];

    fn letter(self) -> char {
        match self {
            Kind::Group => 'g',
            Kind::Module => 'm',
            Kind::Image => 'i',
        }
    }
}

/// The end of the line to the janitor.
#[derive(Debug)]
pub(crate) struct Janitor {
    child: Mutex<Child>,
}

impl Janitor {
    /// Starts one for a plugin, and leaves it the directory of the run.
    ///
    /// # Errors
    /// When this program cannot be started again.
    pub(crate) fn start(plugin: &Plugin, scratch: &Path) -> io::Result<Janitor> {
        let child = Command::new(std::env::current_exe()?)
            .arg(ROLE)
            .arg(scratch)
            .args(&plugin.command)
            .env_clear()
            .envs(&plugin.environment)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // An interrupt from the terminal must not reach it.
            .process_group(0)
            .spawn()?;
        Ok(Janitor {
            child: Mutex::new(child),
        })
    }

    /// It may be there from now on.
    pub(crate) fn expect(&self, kind: Kind, name: &str) {
        self.tell('+', kind, name);
    }

    /// It was removed.
    pub(crate) fn forget(&self, kind: Kind, name: &str) {
        self.tell('-', kind, name);
    }

    fn tell(&self, sign: char, kind: Kind, name: &str) {
        if let Some(stdin) = &mut self.child().stdin {
            // As JSON: a case may send a name with a line break in it.
            let line = format!("{sign}{}{}\n", kind.letter(), json!(name));
            let _ = stdin.write_all(line.as_bytes());
        }
    }

    /// Lets it clear up now, for a suite that ends before its time. Whoever
    /// wants to make something more waits for ever.
    pub(crate) fn act_now(&self, then: impl FnOnce()) {
        let mut child = self.child();
        drop(child.stdin.take());
        let _ = child.wait();
        then();
    }

    fn child(&self) -> MutexGuard<'_, Child> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Janitor {
    fn drop(&mut self) {
        self.act_now(|| {});
    }
}

/// The role: hears names until the line ends, then removes what is left.
pub(crate) fn run(scratch: PathBuf, command: Vec<OsString>) -> ExitCode {
    let left = listen(io::stdin().lock());
    let of = |kind| left.get(&kind).into_iter().flatten();
    for group in of(Kind::Group) {
        if let Some(pid) = group.parse().ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(pid, Signal::KILL);
        }
    }
    // The environment is the plugin's already.
    let plugin = Plugin {
        command,
        environment: std::env::vars_os().collect(),
        memory_limit: MEMORY_LIMIT,
        janitor: None,
    };
    for name in of(Kind::Module) {
        send(&plugin, &json!({"_type": "remove", "name": name}));
    }
    for image in of(Kind::Image) {
        send(
            &plugin,
            &json!({"_type": "img_remove", "image": image, "force": true}),
        );
    }
    // A plugin that lied about a removal has left its module.
    watch::end_all_below(&scratch);
    let _ = fs::remove_dir_all(scratch);
    ExitCode::SUCCESS
}

fn listen(input: impl BufRead) -> BTreeMap<Kind, BTreeSet<String>> {
    let mut left: BTreeMap<Kind, BTreeSet<String>> = BTreeMap::new();
    for line in input.lines().map_while(Result::ok) {
        let mut letters = line.chars();
        let (sign, letter) = (letters.next(), letters.next());
        let Some(kind) = Kind::ALL
            .into_iter()
            .find(|kind| Some(kind.letter()) == letter)
        else {
            continue;
        };
        let Ok(name) = serde_json::from_str::<String>(letters.as_str()) else {
            continue;
        };
        let names = left.entry(kind).or_default();
        if sign == Some('+') {
            names.insert(name);
        } else {
            names.remove(&name);
        }
    }
    left
}

fn send(plugin: &Plugin, members: &Value) {
    let call = Call {
        bytes: request(members),
        ..Call::default()
    };
    if let Ok(running) = plugin.start(call) {
        running.finish(None, LIMIT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_expected_and_not_forgotten_is_left() {
        let heard = r#"+m"a\nb" +g"12" +i"registry/app:1" -g"12" +m"c" -m"c" x"#.replace(' ', "\n");
        let left = listen(heard.as_bytes());
        assert_eq!(left[&Kind::Module], BTreeSet::from(["a\nb".to_owned()]));
        assert!(left[&Kind::Group].is_empty());
        assert_eq!(left[&Kind::Image].len(), 1);
    }
}
