//! What can be seen of a working plugin from outside: the arguments and
//! environments of its processes, and who holds its standard input afterwards.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::MetadataExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How often `/proc` is looked at: a helper that lives shorter is missed.
const TICK: Duration = Duration::from_millis(2);

/// Texts that were seen.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    pub(crate) arguments: BTreeSet<Vec<u8>>,
    pub(crate) environments: BTreeSet<Vec<u8>>,
    /// Processes that still held the plugin's standard input after its end.
    pub(crate) stdin_holders: Vec<u32>,
}

/// A thread that looks.
#[derive(Debug)]
pub(crate) struct Watch {
    ended: Arc<AtomicBool>,
    thread: JoinHandle<Seen>,
    stdin_pipe: Option<u64>,
}

impl Watch {
    pub(crate) fn start(pid: u32, stdin: Option<&OwnedFd>) -> io::Result<Watch> {
        let ended = Arc::new(AtomicBool::new(false));
        let stdin_pipe = match stdin {
            Some(stdin) => Some(fs::File::from(stdin.try_clone()?).metadata()?.ino()),
            None => None,
        };
        let thread = {
            let ended = Arc::clone(&ended);
            thread::spawn(move || {
                let mut seen = Seen::default();
                while !ended.load(Ordering::Relaxed) {
                    look(pid, &mut seen);
                    thread::sleep(TICK);
                }
                seen
            })
        };
        Ok(Watch {
            ended,
            thread,
            stdin_pipe,
        })
    }

    /// After the plugin's end.
    pub(crate) fn end(self) -> Seen {
        self.ended.store(true, Ordering::Relaxed);
        let mut seen = self.thread.join().unwrap_or_default();
        if let Some(inode) = self.stdin_pipe {
            seen.stdin_holders = holders(inode);
        }
        seen
    }
}

/// The plugin and what it started, as far down as the tree goes.
fn look(root: u32, seen: &mut Seen) {
    let mut ahead = vec![root];
    while let Some(pid) = ahead.pop() {
        if let Ok(arguments) = fs::read(format!("/proc/{pid}/cmdline")) {
            seen.arguments.insert(arguments);
        }
        if let Ok(environment) = fs::read(format!("/proc/{pid}/environ")) {
            seen.environments.insert(environment);
        }
        let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children"));
        let children = children.unwrap_or_default();
        ahead.extend(
            children
                .split_whitespace()
                .filter_map(|pid| pid.parse::<u32>().ok()),
        );
    }
}

/// The processes, other than this one, that have a pipe open.
fn holders(inode: u64) -> Vec<u32> {
    let wanted = format!("pipe:[{inode}]");
    let own = std::process::id();
    let pids = fs::read_dir("/proc").into_iter().flatten().flatten();
    pids.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|&pid| pid != own && holds(pid, &wanted))
        .collect()
}

fn holds(pid: u32, wanted: &str) -> bool {
    let descriptors = fs::read_dir(format!("/proc/{pid}/fd"));
    descriptors
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| fs::read_link(entry.path()).ok())
        .any(|target| target.as_os_str() == wanted)
}
