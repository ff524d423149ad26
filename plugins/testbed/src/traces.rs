//! What containers leave behind when they are not removed as they should be.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::program::within;
use crate::{Daemon, Error, Sandbox};

const CGROUPS: &str = "/sys/fs/cgroup";
/// How long what was removed may take to be gone.
const LIMIT: Duration = Duration::from_secs(60);

/// How a sandbox looked before containers were made in it.
#[derive(Debug)]
pub struct Traces {
    prefix: String,
    mounts: BTreeSet<String>,
}

impl Traces {
    /// Takes what is there now for what may stay.
    pub fn before(sandbox: &Sandbox) -> Self {
        Self {
            prefix: sandbox.namespace(""),
            mounts: mounts(),
        }
    }

    /// What has been left of containers, a line each: tasks, records and
    /// snapshots that a daemon knows, shims, loggers, mounts, control groups.
    /// What is just going gets the time to.
    ///
    /// # Errors
    /// containerd cannot be asked.
    pub fn left(&self, daemon: Option<&Daemon>) -> Result<Vec<String>, Error> {
        let mut last = Ok(Vec::new());
        let clean = within(LIMIT, "that nothing is left", || {
            last = self.left_now(daemon);
            matches!(&last, Ok(left) if left.is_empty()).then_some(())
        });
        match clean {
            Ok(()) => Ok(Vec::new()),
            Err(_) => last,
        }
    }

    fn left_now(&self, daemon: Option<&Daemon>) -> Result<Vec<String>, Error> {
        let mut left = match daemon {
            Some(daemon) => daemon.containers()?,
            None => Vec::new(),
        };
        left.extend(processes());
        let mounts = mounts();
        let new = mounts.difference(&self.mounts);
        left.extend(new.map(|place| format!("mount at {place}")));
        left.extend(modules(&self.prefix));
        Ok(left)
    }
}

fn mounts() -> BTreeSet<String> {
    let table = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let places = table.lines().filter_map(|line| line.split(' ').nth(1));
    places.map(str::to_owned).collect()
}

/// Shims and loggers.
fn processes() -> Vec<String> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let arguments = fs::read(entry.path().join("cmdline")).ok()?;
            let arguments = String::from_utf8_lossy(&arguments).replace('\0', " ");
            let program = arguments.split(' ').next()?.rsplit('/').next()?;
            let kind = if program.starts_with("containerd-shim") {
                "shim"
            } else if arguments.contains("shellrt-logger") {
                "logger"
            } else {
                return None;
            };
            let pid = entry.file_name().into_string().ok()?;
            Some(format!("{kind} {pid}: {}", arguments.trim_end()))
        })
        .collect()
}

/// The control groups of modules, each once, whatever the number of hierarchies.
/// The group of the namespace itself is nobody's to remove.
fn modules(prefix: &str) -> BTreeSet<String> {
    let groups = groups(prefix);
    let modules = groups
        .iter()
        .filter_map(|path| Some((groups.iter().find(|above| path.starts_with(above))?, path)))
        .filter(|(above, path)| above != path);
    modules
        .filter_map(|(above, path)| path.strip_prefix(above.parent()?).ok())
        .map(|path| format!("control group {}", path.display()))
        .collect()
}

/// The control groups whose name begins with `prefix`, in each hierarchy, and
/// those below them; each after the one that it is in.
pub(crate) fn groups(prefix: &str) -> Vec<PathBuf> {
    let root = Path::new(CGROUPS);
    let mut found = Vec::new();
    for hierarchy in folders(root).into_iter().chain([root.to_owned()]) {
        for group in folders(&hierarchy) {
            let name = group.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with(prefix) {
                collect(group, &mut found);
            }
        }
    }
    found
}

fn collect(group: PathBuf, found: &mut Vec<PathBuf>) {
    let below = folders(&group);
    found.push(group);
    for group in below {
        collect(group, found);
    }
}

/// Links apart: one hierarchy may have several names.
fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path())
        .collect()
}
