//! Which process: its pid and the moment at which it began.

use std::fs;
use std::io;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::Stat;

/// A process of this boot of the machine. Two processes may have one pid, at
/// different times; no two have one identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The process id.
    pub pid: u32,
    /// When it began, in clock ticks since the machine was started.
    pub start_ticks: u64,
}

impl Identity {
    /// The process that has `pid` now, if one has.
    pub fn of(pid: u32) -> io::Result<Option<Self>> {
        Ok(Stat::read(pid)?.map(|stat| Self {
            pid,
            start_ticks: stat.start_ticks,
        }))
    }

    /// The process that asks.
    pub fn own() -> io::Result<Self> {
        Self::of(std::process::id())?
            .ok_or_else(|| io::Error::other("`/proc` does not show this process"))
    }

    /// What the kernel says of it; `None` where it does not run any more. A
    /// zombie does not.
    pub fn stat(self) -> io::Result<Option<Stat>> {
        let same = |stat: &Stat| stat.start_ticks == self.start_ticks && !stat.has_ended();
        Ok(Stat::read(self.pid)?.filter(same))
    }

    /// Whether it still runs.
    pub fn is_alive(self) -> io::Result<bool> {
        Ok(self.stat()?.is_some())
    }
}

/// What tells this start of the machine from every other.
pub fn boot_id() -> io::Result<String> {
    // A list asks for each of its modules.
    static KNOWN: OnceLock<String> = OnceLock::new();
    if let Some(known) = KNOWN.get() {
        return Ok(known.clone());
    }
    let text = fs::read_to_string("/proc/sys/kernel/random/boot_id")?;
    Ok(KNOWN.get_or_init(|| text.trim().to_owned()).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_pid_with_another_beginning_is_a_stranger() {
        let own = Identity::own().expect("`/proc` is readable");
        assert!(own.is_alive().expect("`/proc` is readable"));
        let stranger = Identity {
            start_ticks: own.start_ticks + 1,
            ..own
        };
        assert!(!stranger.is_alive().expect("`/proc` is readable"));
    }
}
