//! The control group of a module, read where the kernel keeps it: the way
//! through containerd and the shim runs a process of runc for each question.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};

const ROOT: &str = "/sys/fs/cgroup";

/// Whether the kernel can limit swap; many boards' kernels are built without.
pub(crate) fn limits_swap() -> bool {
    Cgroup::is_v2()
        || Path::new(ROOT)
            .join("memory/memory.memsw.limit_in_bytes")
            .exists()
}

/// A module's group in each hierarchy.
#[derive(Clone, Debug)]
pub(crate) struct Cgroup {
    path: String,
}

/// What the processes of a group use; what cannot be measured is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    pub(crate) cpu_time_us: Option<u64>,
    pub(crate) memory_bytes: Option<u64>,
    pub(crate) memory_limit_bytes: Option<u64>,
    pub(crate) process_count: Option<u32>,
    pub(crate) block_read_bytes: Option<u64>,
    pub(crate) block_written_bytes: Option<u64>,
}

impl Cgroup {
    /// The group of container `id`, which its spec names by this path.
    pub(crate) fn of(namespace: &str, id: &str) -> Self {
        Self {
            path: format!("/{namespace}/{id}"),
        }
    }

    /// The path as the runtime spec has it.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Whether the machine has the one hierarchy of version 2.
    pub(crate) fn is_v2() -> bool {
        Path::new(ROOT).join("cgroup.controllers").exists()
    }

    /// All processes of the group and of those below it, in order.
    pub(crate) fn processes(&self) -> io::Result<Vec<u32>> {
        let mut pids = Vec::new();
        collect(&self.directory("pids"), &mut pids)?;
        pids.sort_unstable();
        pids.dedup();
        Ok(pids)
    }

    /// Kills all of its processes; whether there was one.
    pub(super) fn kill(&self) -> bool {
        // A group that is not there has none.
        let found = self.processes().unwrap_or_default();
        for &number in &found {
            let pid = i32::try_from(number).ok().and_then(Pid::from_raw);
            let process = pid.and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok());
            // The number may be another process's by now: it is looked at again
            // when the descriptor holds on to it.
            let is_ours = || self.processes().is_ok_and(|now| now.contains(&number));
            if let Some(process) = process.filter(|_| is_ours()) {
                let _ = pidfd_send_signal(&process, Signal::KILL);
            }
        }
        !found.is_empty()
    }

    /// How often the kernel killed for want of memory in it.
    pub(crate) fn oom_kills(&self) -> u64 {
        let file = if Self::is_v2() {
            "memory.events"
        } else {
            "memory.oom_control"
        };
        self.value_of("memory", file, "oom_kill").unwrap_or(0)
    }

    /// What it uses now and has used.
    pub(crate) fn usage(&self) -> Usage {
        if Self::is_v2() {
            self.usage_v2()
        } else {
            self.usage_v1()
        }
    }

    fn usage_v1(&self) -> Usage {
        let cache = self.value_of("memory", "memory.stat", "total_inactive_file");
        let used = self.number("memory", "memory.usage_in_bytes");
        let limit = self.number("memory", "memory.limit_in_bytes");
        let blocks = self.text("blkio", "blkio.throttle.io_service_bytes");
        let sum = |operation: &str| {
            let lines = blocks.as_deref()?.lines();
            let fields = lines.map(|line| line.split_ascii_whitespace().collect::<Vec<_>>());
            let matching = fields.filter(|fields| fields.get(1) == Some(&operation));
            let values = matching.filter_map(|fields| fields.get(2)?.parse::<u64>().ok());
            Some(values.sum())
        };
        Usage {
            cpu_time_us: self
                .number("cpuacct", "cpuacct.usage")
                .map(|nanos| nanos / 1000),
            memory_bytes: used.map(|used| used.saturating_sub(cache.unwrap_or(0))),
            // The kernel's word for no limit is a number near 2^63.
            memory_limit_bytes: limit.filter(|&limit| limit < 1 << 52),
            process_count: self
                .number("pids", "pids.current")
                .and_then(|count| count.try_into().ok()),
            block_read_bytes: sum("Read"),
            block_written_bytes: sum("Write"),
        }
    }

    fn usage_v2(&self) -> Usage {
        let cache = self.value_of("", "memory.stat", "inactive_file");
        let used = self.number("", "memory.current");
        let blocks = self.text("", "io.stat");
        let sum = |key: &str| {
            let words = blocks.as_deref()?.split_ascii_whitespace();
            let values = words.filter_map(|word| word.strip_prefix(key)?.parse::<u64>().ok());
            Some(values.sum())
        };
        Usage {
            cpu_time_us: self.value_of("", "cpu.stat", "usage_usec"),
            memory_bytes: used.map(|used| used.saturating_sub(cache.unwrap_or(0))),
            memory_limit_bytes: self.number("", "memory.max"),
            process_count: self
                .number("", "pids.current")
                .and_then(|count| count.try_into().ok()),
            block_read_bytes: sum("rbytes="),
            block_written_bytes: sum("wbytes="),
        }
    }

    fn directory(&self, controller: &str) -> PathBuf {
        let mut path = PathBuf::from(ROOT);
        if !Self::is_v2() {
            path.push(controller);
        }
        path.push(self.path.trim_start_matches('/'));
        path
    }

    fn text(&self, controller: &str, file: &str) -> Option<String> {
        fs::read_to_string(self.directory(controller).join(file)).ok()
    }

    fn number(&self, controller: &str, file: &str) -> Option<u64> {
        self.text(controller, file)?.trim().parse().ok()
    }

    /// The number after `key` in a file of lines `key number`.
    fn value_of(&self, controller: &str, file: &str, key: &str) -> Option<u64> {
        let text = self.text(controller, file)?;
        let value = |line: &str| {
            line.strip_prefix(key)?
                .strip_prefix(' ')?
                .trim()
                .parse()
                .ok()
        };
        text.lines().find_map(value)
    }
}

fn collect(directory: &Path, pids: &mut Vec<u32>) -> io::Result<()> {
    let listing = fs::read_to_string(directory.join("cgroup.procs"))?;
    pids.extend(listing.lines().filter_map(|line| line.parse::<u32>().ok()));
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            match collect(&entry.path(), pids) {
                // It was removed meanwhile, and its processes with it.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                other => other?,
            }
        }
    }
    Ok(())
}
