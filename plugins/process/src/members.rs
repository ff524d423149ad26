//! Which processes belong to a module that runs.

use std::io;

use crate::state::Run;
use shellrt_common::process::{Processes, Stat};

/// All living processes of a run, in the order of their pids: everything
/// below its supervisor, which is a parent to those that detached themselves
/// too. Without a supervisor what is below the module's first process, and
/// what is in its session.
pub(crate) fn of_run(processes: &Processes, run: &Run, supervised: bool) -> io::Result<Vec<Stat>> {
    if supervised {
        return processes.below(run.supervisor.pid);
    }
    let mut found = processes.below(run.module.pid)?;
    found.extend(processes.in_session(run.module.pid)?);
    found.sort_unstable_by_key(|stat| stat.pid);
    found.dedup_by_key(|stat| stat.pid);
    Ok(found)
}
