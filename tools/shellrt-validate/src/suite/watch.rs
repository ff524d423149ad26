//! What can be seen of a working plugin from outside: the arguments and
//! environments of its processes, their memory, and what it leaves behind. All
//! that the suite reads of `/proc` is here and in `expect::traces`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::plugin::MARK;

/// How often `/proc` is looked at: a helper that lives shorter is missed.
const TICK: Duration = Duration::from_millis(2);
/// How long what a plugin started may take to end after it.
const AFTER_EXIT: Duration = Duration::from_secs(2);
/// How often what a run left is looked for again, and how soon.
const ROUNDS: usize = 20;
const BETWEEN_ROUNDS: Duration = Duration::from_millis(20);
/// Why nothing can be seen.
pub(super) const BLIND: &str =
    "this machine has no /proc that shows other processes: it cannot be checked here";

/// Texts that were seen.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    pub(crate) arguments: BTreeSet<Vec<u8>>,
    pub(crate) environments: BTreeSet<Vec<u8>>,
    /// Processes that still held the plugin's standard input after its end.
    pub(crate) stdin_holders: Vec<u32>,
    /// Processes that the plugin started and that went on after its end, each
    /// with its arguments. `None`: nobody looked.
    pub(crate) left: Option<Vec<String>>,
}

/// A thread that looks.
#[derive(Debug)]
pub(crate) struct Watch {
    ended: Arc<AtomicBool>,
    thread: JoinHandle<(Seen, Descendants)>,
    mark: String,
    stdin_pipe: Option<u64>,
}

/// Processes with the times at which they began: a number alone is used again.
type Descendants = BTreeMap<u32, u64>;

/// Whether other processes can be seen at all.
pub(super) fn can_see() -> bool {
    fs::read("/proc/1/stat").is_ok() && fs::read("/proc/self/stat").is_ok()
}

impl Watch {
    pub(crate) fn start(pid: u32, mark: String, stdin: Option<&OwnedFd>) -> io::Result<Watch> {
        let ended = Arc::new(AtomicBool::new(false));
        let stdin_pipe = match stdin {
            Some(stdin) => Some(fs::File::from(stdin.try_clone()?).metadata()?.ino()),
            None => None,
        };
        let thread = {
            let ended = Arc::clone(&ended);
            thread::spawn(move || {
                let (mut seen, mut descendants) = (Seen::default(), Descendants::new());
                while !ended.load(Ordering::Relaxed) {
                    look(pid, &mut seen, &mut descendants);
                    thread::sleep(TICK);
                }
                (seen, descendants)
            })
        };
        Ok(Watch {
            ended,
            thread,
            mark,
            stdin_pipe,
        })
    }

    /// After the plugin's end.
    pub(crate) fn end(self) -> Seen {
        self.ended.store(true, Ordering::Relaxed);
        let (mut seen, descendants) = self.thread.join().unwrap_or_default();
        let marked = format!("{MARK}={}", self.mark).into_bytes();
        let until = Instant::now() + AFTER_EXIT;
        loop {
            // Between fork and exec children of the suite have all that it has.
            seen.stdin_holders = self.stdin_pipe.map(holders).unwrap_or_default();
            let left = left(&descendants, &marked);
            let nothing = seen.stdin_holders.is_empty() && left.is_empty();
            seen.left = can_see().then_some(left);
            if nothing || Instant::now() >= until {
                return seen;
            }
            thread::sleep(AFTER_EXIT / 40);
        }
    }
}

/// The plugin and what it started, as far down as the tree goes.
fn look(root: u32, seen: &mut Seen, descendants: &mut Descendants) {
    for pid in tree(root) {
        if let Ok(arguments) = fs::read(format!("/proc/{pid}/cmdline")) {
            seen.arguments.insert(arguments);
        }
        if let Ok(environment) = fs::read(format!("/proc/{pid}/environ")) {
            seen.environments.insert(environment);
        }
        if let Some(began) = began(pid).filter(|_| pid != root) {
            descendants.insert(pid, began);
        }
    }
}

fn tree(root: u32) -> Vec<u32> {
    let mut found = Vec::new();
    let mut ahead = vec![root];
    while let Some(pid) = ahead.pop() {
        found.push(pid);
        let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children"));
        let children = children.unwrap_or_default();
        ahead.extend(
            children
                .split_whitespace()
                .filter_map(|pid| pid.parse::<u32>().ok()),
        );
    }
    found
}

/// How much memory a process and what it started have at this moment, in bytes.
pub(super) fn memory(root: u32) -> u64 {
    let kib: u64 = tree(root)
        .into_iter()
        .filter_map(|pid| {
            let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
            let line = status
                .lines()
                .find_map(|line| line.strip_prefix("VmRSS:"))?;
            line.trim().strip_suffix(" kB")?.parse::<u64>().ok()
        })
        .sum();
    kib * 1024
}

/// A process, as the kernel tells of it.
struct Stat {
    state: char,
    parent: u32,
    began: u64,
}

/// `None` where there is none.
fn stat(pid: u32) -> Option<Stat> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name may hold anything, a bracket too.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    Some(Stat {
        state: fields.next()?.chars().next()?,
        parent: fields.next()?.parse().ok()?,
        began: fields.nth(17)?.parse().ok()?,
    })
}

fn began(pid: u32) -> Option<u64> {
    stat(pid).map(|stat| stat.began)
}

/// Whether there is a process. A zombie has ended, whoever still has to reap it.
pub(crate) fn is_there(pid: u32) -> bool {
    stat(pid).is_some_and(|stat| !matches!(stat.state, 'Z' | 'X'))
}

/// Whether it is this process, or one that it is a descendant of.
pub(super) fn is_of_the_suite(pid: u32) -> bool {
    let own = std::process::id();
    let mut above = std::iter::successors(Some(own), |&pid| stat(pid).map(|stat| stat.parent));
    above.any(|each| each == pid)
}

/// The descriptors of a process; `None` where they cannot be seen.
pub(super) fn descriptors(pid: u32) -> Option<BTreeMap<u32, String>> {
    let entries = fs::read_dir(format!("/proc/{pid}/fd")).ok()?.flatten();
    Some(
        entries
            .filter_map(|entry| {
                let number = entry.file_name().to_str()?.parse().ok()?;
                let target = fs::read_link(entry.path()).ok()?;
                Some((number, target.display().to_string()))
            })
            .collect(),
    )
}

/// What the plugin started and what has its mark, as far as it is there.
fn left(descendants: &Descendants, marked: &[u8]) -> Vec<String> {
    all()
        .filter(|&pid| is_there(pid))
        .filter(|&pid| {
            let known = descendants.get(&pid).copied();
            known.is_some_and(|known| began(pid) == Some(known)) || has_variable(pid, marked)
        })
        .map(told)
        .collect()
}

/// The processes that have a text in their arguments. A child of one that has it
/// is no other: between fork and exec it has all that its parent has.
pub(super) fn with_argument(text: &[u8]) -> Vec<String> {
    let found: Vec<u32> = all()
        .filter(|&pid| is_there(pid))
        .filter(|&pid| arguments(pid).windows(text.len()).any(|part| part == text))
        .collect();
    let is_child = |pid: &u32| stat(*pid).is_some_and(|stat| found.contains(&stat.parent));
    let first = found.iter().filter(|pid| !is_child(pid));
    first.copied().map(told).collect()
}

/// The processes that have a variable, `NAME=value`.
pub(super) fn with_variable(variable: &[u8]) -> Vec<u32> {
    let mut found: Vec<u32> = all()
        .filter(|&pid| is_there(pid) && has_variable(pid, variable))
        .collect();
    found.sort_unstable();
    found
}

/// Ends every process whose directory for temporary files lies below `scratch`:
/// the plugin of a run and all that it started have theirs there, and nobody else.
pub(super) fn end_all_below(scratch: &Path) {
    let mut below = b"TMPDIR=".to_vec();
    below.extend_from_slice(scratch.as_os_str().as_bytes());
    below.push(b'/');
    // One that was forking when it was ended has left another.
    for _ in 0..ROUNDS {
        let ended = all()
            .filter(|&pid| is_there(pid))
            .filter(|&pid| has_variable_like(pid, |variable| variable.starts_with(&below)))
            .filter_map(|pid| Pid::from_raw(i32::try_from(pid).ok()?))
            .filter(|&pid| kill_process(pid, Signal::KILL).is_ok())
            .count();
        if ended == 0 {
            return;
        }
        thread::sleep(BETWEEN_ROUNDS);
    }
}

fn arguments(pid: u32) -> Vec<u8> {
    fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default()
}

/// A process in a few words.
pub(super) fn told(pid: u32) -> String {
    let arguments = arguments(pid);
    let words: Vec<_> = arguments.split(|&byte| byte == 0).collect();
    let words = words.join(&b' ');
    format!("{pid}: {}", String::from_utf8_lossy(&words).trim())
}

pub(super) fn has_variable(pid: u32, marked: &[u8]) -> bool {
    has_variable_like(pid, |variable| variable == marked)
}

fn has_variable_like(pid: u32, is_meant: impl Fn(&[u8]) -> bool) -> bool {
    let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
    environment.split(|&byte| byte == 0).any(is_meant)
}

/// All processes but this one.
fn all() -> impl Iterator<Item = u32> {
    let own = std::process::id();
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(move |&pid| pid != own)
}

/// The processes, other than this one, that have a pipe open.
fn holders(inode: u64) -> Vec<u32> {
    let wanted = format!("pipe:[{inode}]");
    all()
        .filter(|&pid| {
            let descriptors = descriptors(pid).unwrap_or_default();
            descriptors.values().any(|target| *target == wanted)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_suite_knows_itself_and_who_runs_it() {
        if !can_see() {
            return;
        }
        let own = std::process::id();
        let parent = stat(own).unwrap().parent;
        assert!(is_of_the_suite(own) && is_of_the_suite(parent));
        let mut child = std::process::Command::new("sleep")
            .arg("60")
            .spawn()
            .unwrap();
        let is_own = is_of_the_suite(child.id());
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!is_own);
    }
}
