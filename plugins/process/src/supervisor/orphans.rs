//! The processes of a module whose supervisor was killed. Nobody adopts them
//! any more, so they are known by what they were: below the module's first
//! process while that lived, and in its session.

use std::collections::BTreeMap;
use std::io;

use rustix::process::Signal;

use shellrt_common::process::{Handle, Identity, Processes};

/// What was seen of a module without a supervisor.
#[derive(Debug)]
pub(super) struct Orphans {
    first: Identity,
    /// By pid, so that one that was seen twice is there once.
    seen: BTreeMap<u32, Identity>,
}

impl Orphans {
    /// The processes of the module whose first process is `first`.
    pub(super) fn of(first: Identity) -> io::Result<Self> {
        let mut orphans = Self {
            first,
            seen: BTreeMap::new(),
        };
        orphans.look()?;
        Ok(orphans)
    }

    /// Adds what there is now.
    pub(super) fn look(&mut self) -> io::Result<()> {
        let processes = Processes::look()?;
        let leader = Identity::of(self.first.pid)?;
        if leader == Some(self.first) {
            let below = processes.below(self.first.pid)?;
            self.seen
                .extend(below.iter().map(|stat| (stat.pid, stat.identity())));
        }
        // A number is not given away while a session has it. Another leader
        // under it says that our session is gone.
        if leader.is_none_or(|leader| leader == self.first) {
            let members = processes.in_session(self.first.pid)?;
            self.seen
                .extend(members.iter().map(|stat| (stat.pid, stat.identity())));
        }
        Ok(())
    }

    /// Kills what was seen and what has come since. Says whether anything is
    /// still alive.
    pub(super) fn kill(&mut self) -> io::Result<bool> {
        self.look()?;
        let mut alive = false;
        for &identity in self.seen.values() {
            if let Some(process) = Handle::open(identity)? {
                process.signal(Signal::KILL)?;
                alive = true;
            }
        }
        Ok(alive)
    }
}
