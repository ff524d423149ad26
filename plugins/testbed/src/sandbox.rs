//! Namespaces of one's own: network, mounts, processes.

use std::env;
use std::fs::{self, File};
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::thread;
use std::time::Duration;

use rustix::fs::{FlockOperation, flock};
use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::program::{missing, within};
use crate::{Error, traces};

/// Tells the program where its directory is, inside.
const INSIDE: &str = "SHELLRT_TESTBED_DIRECTORY";
const PREFIX: &str = "shellrt-sandbox-";
/// Everything without which there is no containerd.
const PROGRAMS: &[(&str, &str)] = &[
    ("containerd", "containerd"),
    ("ctr", "containerd"),
    ("runc", "runc"),
    ("ip", "iproute2"),
    ("unshare", "util-linux"),
    ("setpriv", "util-linux"),
];
/// The first process of a process namespace has to wait for every orphan, as a
/// shell does. The Hub's names lead to a registry of the sandbox, if to any.
const FIRST: &str = "ip link set lo up && mkdir -p /run/containerd && \
    mount -t tmpfs tmpfs /run/containerd && \
    echo '127.0.0.1 localhost index.docker.io registry-1.docker.io' >/run/containerd/hosts && \
    mount --bind /run/containerd/hosts /etc/hosts && \"$0\" \"$@\"; exit $?";
/// How long what was killed may take to be gone.
const LIMIT: Duration = Duration::from_secs(60);

/// The namespaces, seen from inside.
#[derive(Debug)]
pub struct Sandbox {
    directory: PathBuf,
}

impl Sandbox {
    /// The sandbox in which this process runs, if it runs in one.
    pub fn inside() -> Option<Self> {
        let directory = env::var_os(INSIDE)?.into();
        Some(Self { directory })
    }

    /// Where all files go; it is gone when the sandbox is.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// A namespace of containerd that nobody else on this machine has: it is
    /// part of control groups, which are in no namespace of the kernel.
    pub fn namespace(&self, name: &str) -> String {
        format!("{}{name}", prefix(&self.directory))
    }

    /// Keeps a command from taking itself for one that runs inside.
    pub fn leave(command: &mut Command) -> &mut Command {
        command.env_remove(INSIDE)
    }

    /// Runs this program again, with its arguments, inside; how that ended.
    /// A signal that asks this process to end ends everything inside at once,
    /// and is how it ended.
    ///
    /// # Errors
    /// Not root, a program that is missing, or what the system refused.
    pub fn enter() -> Result<ExitStatus, Error> {
        if !rustix::process::geteuid().is_root() {
            return Err(Error::NotRoot);
        }
        missing(PROGRAMS)?;
        clear_after_the_killed();
        let (directory, _held) = make().map_err(Error::system("make a directory"))?;
        let ended = run_inside(&directory);
        let cleared = clear(&directory);
        let status = ended?;
        cleared?;
        Ok(status)
    }
}

/// A directory that is held. Another process may have taken it, before it was
/// held, for one that was left.
fn make() -> io::Result<(PathBuf, File)> {
    loop {
        let new = tempfile::Builder::new().prefix(PREFIX).tempdir()?.keep();
        if let Ok(held) = hold(&new) {
            if new.exists() {
                return Ok((new, held));
            }
        }
    }
}

/// Takes a directory for this process, for as long as the file is open.
fn hold(directory: &Path) -> io::Result<File> {
    let file = File::open(directory)?;
    flock(&file, FlockOperation::NonBlockingLockExclusive)?;
    Ok(file)
}

/// Removes what others left that were killed before they could.
fn clear_after_the_killed() {
    let entries = fs::read_dir(env::temp_dir())
        .into_iter()
        .flatten()
        .flatten();
    let directories = entries.map(|entry| entry.path()).filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(PREFIX)
    });
    for directory in directories {
        // One that somebody holds is in use.
        if let Ok(_held) = hold(&directory) {
            if let Err(error) = clear(&directory) {
                eprintln!("warning: of an earlier run that was killed: {error}");
            }
        }
    }
}

/// Removes all that a sandbox without processes has on the machine.
fn clear(directory: &Path) -> Result<(), Error> {
    let swept = sweep(&prefix(directory));
    // What was killed may still be writing in it.
    let what = format!("the removal of {}", directory.display());
    let removed = within(LIMIT, &what, || match fs::remove_dir_all(directory) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => None,
        _ => Some(()),
    });
    swept.and(removed)
}

fn prefix(directory: &Path) -> String {
    let name = directory.file_name().unwrap_or_default().to_string_lossy();
    let unique: String = name
        .replace(PREFIX, "")
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    format!("test-{unique}-")
}

fn run_inside(directory: &Path) -> Result<ExitStatus, Error> {
    let program = env::current_exe().map_err(Error::system("find this program"))?;
    let mut signals =
        Signals::new([SIGHUP, SIGINT, SIGTERM]).map_err(Error::system("listen to signals"))?;
    // Killed when this process is, and its children with it.
    let mut child = Command::new("setpriv")
        .args(["--pdeathsig", "KILL", "unshare"])
        .args(["--net", "--mount", "--pid", "--fork", "--kill-child"])
        .args(["--mount-proc", "--propagation", "private"])
        .args(["sh", "-c", FIRST])
        .arg(program)
        .args(env::args_os().skip(1))
        .env(INSIDE, directory)
        .spawn()
        .map_err(Error::system("start `setpriv`"))?;
    let pid = Pid::from_child(&child);
    let handle = signals.handle();
    let listener = thread::spawn(move || {
        let mut received = None;
        for signal in signals.forever() {
            received = Some(signal);
            let _ = kill_process(pid, Signal::KILL);
        }
        received
    });
    let status = child.wait().map_err(Error::system("wait for `unshare`"));
    handle.close();
    match listener.join() {
        Ok(Some(signal)) => Ok(ExitStatus::from_raw(signal)),
        _ => status,
    }
}

/// Control groups are in no namespace: those of what was killed stay behind.
fn sweep(prefix: &str) -> Result<(), Error> {
    within(LIMIT, "the removal of control groups", || {
        let groups = traces::groups(prefix);
        // Those below come after those above.
        for group in groups.iter().rev() {
            let _ = fs::remove_dir(group);
        }
        groups.is_empty().then_some(())
    })
}
