//! The processes below a process.
//!
//! A kernel with CONFIG_PROC_CHILDREN lists the children of a thread in a
//! file; then finding a module's processes costs what the module has. Other
//! kernels only know parents, and the whole of `/proc` is read: once, however
//! many modules are asked for.

use std::collections::HashMap;
use std::fs;
use std::io;

use super::Stat;

/// How often a list of children that keeps changing is read again. A process
/// that makes and ends children faster than this has no definite list.
const LISTING_READS_MAX: usize = 16;

/// A view of the machine's processes, for one command.
#[derive(Debug)]
pub struct Processes {
    source: Source,
}

#[derive(Debug)]
enum Source {
    /// The kernel lists children.
    Children,
    /// Everything that `/proc` showed, in the order of parents.
    Scan(Table),
}

#[derive(Debug)]
struct Table {
    stats: Vec<Stat>,
    /// Indexes into `stats` by parent.
    by_parent: HashMap<u32, Vec<usize>>,
}

impl Processes {
    /// The processes as they are now.
    pub fn look() -> io::Result<Self> {
        let source = if fs::exists("/proc/thread-self/children")? {
            Source::Children
        } else {
            Source::Scan(Table::scan()?)
        };
        Ok(Self { source })
    }

    /// The processes as a kernel without lists of children shows them.
    #[cfg(test)]
    fn scan() -> io::Result<Self> {
        Ok(Self {
            source: Source::Scan(Table::scan()?),
        })
    }

    /// All living processes below `root`, without it, in the order of pids.
    pub fn below(&self, root: u32) -> io::Result<Vec<Stat>> {
        let mut found = Vec::new();
        let mut parents = vec![root];
        while let Some(parent) = parents.pop() {
            for child in self.children(parent)? {
                parents.push(child.pid);
                found.push(child);
            }
        }
        // A zombie has no children: the kernel gives them to another parent.
        found.retain(|stat| !stat.has_ended());
        found.sort_unstable_by_key(|stat| stat.pid);
        found.dedup_by_key(|stat| stat.pid);
        Ok(found)
    }

    /// All living processes of a session, in the order of pids.
    pub fn in_session(&self, session: u32) -> io::Result<Vec<Stat>> {
        let scan;
        let table = match &self.source {
            Source::Scan(table) => table,
            Source::Children => {
                scan = Table::scan()?;
                &scan
            }
        };
        let members = table
            .stats
            .iter()
            .filter(|stat| stat.session == session && !stat.has_ended());
        Ok(members.cloned().collect())
    }

    fn children(&self, parent: u32) -> io::Result<Vec<Stat>> {
        match &self.source {
            Source::Children => listed_children(parent),
            Source::Scan(table) => {
                let indexes = table
                    .by_parent
                    .get(&parent)
                    .map(Vec::as_slice)
                    .unwrap_or_default();
                Ok(indexes
                    .iter()
                    .map(|&index| table.stats[index].clone())
                    .collect())
            }
        }
    }
}

/// The children of `parent`, as the kernel lists them. While one of them ends
/// the kernel may leave another one out of the list (proc(5)), so it is read
/// until it is the same twice.
fn listed_children(parent: u32) -> io::Result<Vec<Stat>> {
    let mut pids = read_listing(parent);
    for _ in 0..LISTING_READS_MAX {
        let again = read_listing(parent);
        if again == pids {
            break;
        }
        pids = again;
    }
    let mut children = Vec::new();
    for pid in pids {
        children.extend(Stat::read(pid)?);
    }
    Ok(children)
}

/// The listed children of every thread of `parent`; none where it has ended.
fn read_listing(parent: u32) -> Vec<u32> {
    let mut pids = Vec::new();
    let threads = fs::read_dir(format!("/proc/{parent}/task"));
    for thread in threads.into_iter().flatten().flatten() {
        let listing = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
        pids.extend(
            listing
                .split_ascii_whitespace()
                .filter_map(|pid| pid.parse::<u32>().ok()),
        );
    }
    pids.sort_unstable();
    pids
}

impl Table {
    fn scan() -> io::Result<Self> {
        let mut stats = Vec::new();
        for entry in fs::read_dir("/proc")? {
            if let Some(pid) = entry?
                .file_name()
                .to_str()
                .and_then(|name| name.parse().ok())
            {
                stats.extend(Stat::read(pid)?);
            }
        }
        stats.sort_unstable_by_key(|stat: &Stat| stat.pid);
        adopt_orphans(&mut stats)?;
        let mut by_parent: HashMap<u32, Vec<usize>> = HashMap::new();
        for (index, stat) in stats.iter().enumerate() {
            by_parent.entry(stat.parent_pid).or_default().push(index);
        }
        Ok(Self { stats, by_parent })
    }
}

/// Asks again for the parent of each process whose parent was gone when the
/// scan came to it, or had ended by then: the kernel has given the process to
/// another one, and without this it would be missed.
fn adopt_orphans(stats: &mut Vec<Stat>) -> io::Result<()> {
    let living: Vec<u32> = stats
        .iter()
        .filter(|stat| !stat.has_ended())
        .map(|stat| stat.pid)
        .collect();
    let mut gone = Vec::new();
    for (index, stat) in stats.iter_mut().enumerate() {
        if stat.parent_pid != 0 && living.binary_search(&stat.parent_pid).is_err() {
            match Stat::read(stat.pid)? {
                Some(now) => *stat = now,
                None => gone.push(index),
            }
        }
    }
    for index in gone.into_iter().rev() {
        stats.remove(index);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn children_of_children_are_found_and_this_process_is_not_one() {
        let mut shell = Command::new("sh")
            .args(["-c", "sleep 60 & echo $!; wait"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("`sh` is there");
        let mut line = String::new();
        let output = shell.stdout.take().expect("stdout is piped");
        io::BufRead::read_line(&mut io::BufReader::new(output), &mut line)
            .expect("the shell writes");
        let sleep: u32 = line.trim().parse().expect("the shell writes a pid");

        let ways = [Processes::look(), Processes::scan()].map(|view| {
            let processes = view.expect("`/proc` is readable");
            let below = |root| processes.below(root).expect("`/proc` is readable");
            (
                pids(&below(std::process::id())),
                pids(&below(shell.id())),
                pids(&in_session(&processes)),
            )
        });
        let _ = Command::new("kill")
            .args(["-9", &sleep.to_string()])
            .status();
        shell.wait().expect("the shell ends");
        for (below_own, below_shell, session) in ways {
            assert!(
                below_own.contains(&shell.id()) && below_own.contains(&sleep),
                "{below_own:?}"
            );
            assert!(!below_own.contains(&std::process::id()), "{below_own:?}");
            assert_eq!(below_shell, [sleep]);
            assert!(
                session.contains(&std::process::id()) && session.contains(&sleep),
                "{session:?}"
            );
        }
    }

    fn in_session(processes: &Processes) -> Vec<Stat> {
        let own = Stat::read(std::process::id())
            .expect("`/proc` is readable")
            .expect("this process runs");
        processes
            .in_session(own.session)
            .expect("`/proc` is readable")
    }

    fn pids(stats: &[Stat]) -> Vec<u32> {
        stats.iter().map(|stat| stat.pid).collect()
    }
}
