//! What only `top` with details and `stats` ask of a process. What may not be
//! read (another user's process) or has just ended is `None`, never 0.

use std::collections::HashMap;
use std::fs;
use std::time::SystemTime;

use shellrt_api::Process;

use super::Stat;
use crate::time;

/// Arguments may be megabytes long; a reply should not be.
const COMMAND_MAX_CHARACTERS: usize = 4096;

/// The command line of a process, its arguments joined by spaces; its name in
/// brackets where it has none, as `ps` shows it.
fn command_line(pid: u32) -> Option<String> {
    let bytes = fs::read(format!("/proc/{pid}/cmdline")).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let joined = text.trim_end_matches('\0').replace('\0', " ");
    if joined.is_empty() {
        let name = fs::read_to_string(format!("/proc/{pid}/comm")).ok()?;
        return Some(format!("[{}]", name.trim_end()));
    }
    Some(joined.chars().take(COMMAND_MAX_CHARACTERS).collect())
}

/// Bytes that a process and the children that it has waited for read from and
/// wrote to disks.
pub fn disk_bytes(pid: u32) -> Option<(u64, u64)> {
    let text = fs::read_to_string(format!("/proc/{pid}/io")).ok()?;
    let value = |key: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(key))?;
        line.trim().parse().ok()
    };
    Some((value("read_bytes:")?, value("write_bytes:")?))
}

/// The names of users, from the machine's own file. Users of a directory
/// service keep their number: asking one can take seconds.
#[derive(Debug)]
struct Accounts {
    names: HashMap<u32, String>,
}

impl Accounts {
    /// Reads `/etc/passwd`; without it every user is a number.
    fn read() -> Self {
        Self::parse(&fs::read_to_string("/etc/passwd").unwrap_or_default())
    }

    fn parse(text: &str) -> Self {
        let entry = |line: &str| {
            let mut fields = line.split(':');
            let name = fields.next()?.to_owned();
            Some((fields.nth(1)?.parse().ok()?, name))
        };
        // Of two names for one number the first one counts, as in getpwuid.
        let mut names = HashMap::new();
        for (user, name) in text.lines().filter_map(entry) {
            names.entry(user).or_insert(name);
        }
        Self { names }
    }

    /// The user whose rights a process has: the name, or the number where it has none.
    fn user_of(&self, pid: u32) -> Option<String> {
        // Not the owner of the directory: that is root for some processes.
        let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
        let ids = status.lines().find_map(|line| line.strip_prefix("Uid:"))?;
        let user: u32 = ids.split_ascii_whitespace().nth(1)?.parse().ok()?;
        Some(
            self.names
                .get(&user)
                .cloned()
                .unwrap_or_else(|| user.to_string()),
        )
    }
}

/// What the details of every process need.
#[derive(Debug)]
pub struct Details {
    accounts: Accounts,
    booted_at: Option<SystemTime>,
}

impl Details {
    /// Reads what all processes share.
    #[must_use]
    pub fn look() -> Self {
        Self {
            accounts: Accounts::read(),
            booted_at: crate::host::booted_at(),
        }
    }

    /// What `top` tells of a process.
    #[must_use]
    pub fn of(&self, stat: &Stat) -> Process {
        let started_at = self
            .booted_at
            .map(|booted_at| time::unix_nanos(booted_at + time::ticks(stat.start_ticks)));
        let mut process = Process::new(stat.pid);
        process.parent_pid = Some(stat.parent_pid);
        process.command = command_line(stat.pid);
        process.user = self.accounts.user_of(stat.pid);
        process.started_at = started_at.map(time::timestamp);
        process.cpu_time_ms = u64::try_from(time::ticks(stat.own_ticks).as_millis()).ok();
        process.memory_bytes = Some(stat.resident_bytes());
        process
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_name_of_a_number_counts_and_broken_lines_do_not() {
        let accounts =
            Accounts::parse("root:x:0:0::/root:/bin/sh\nbroken\ntoor:x:0:0::/:/bin/sh\n:::\n");
        assert_eq!(accounts.names.get(&0).map(String::as_str), Some("root"));
        assert_eq!(accounts.names.len(), 1);
    }
}
