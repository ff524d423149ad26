//! Ends a run of a module from outside, for `stop`, `restart` and `remove`.
//!
//! A halt holds on to the processes of one run. It can be waited for without
//! the module's lock: should another command start the module again in the
//! meantime, the new run is not touched.

use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::orphans::Orphans;
use crate::failure::Failure;
use crate::state::Run;
use shellrt_common::process::{Handle, boot_id};

/// How long a supervisor may take to record the end of its module.
const RECORD_PATIENCE: Duration = Duration::from_secs(15);
/// How long a wait goes on before it looks whether it is still wanted.
const SLICE: Duration = Duration::from_millis(100);
const KILL_POLL: Duration = Duration::from_millis(2);

/// A hold on a run.
#[derive(Debug)]
pub(crate) struct Halt {
    run: Run,
    module: Option<Handle>,
    supervisor: Option<Handle>,
    /// Only where the supervisor was killed and the module runs on.
    orphans: Option<Orphans>,
}

impl Halt {
    /// Takes hold of what is left of `run`.
    pub(crate) fn of(run: Run) -> Result<Self, Failure> {
        // After a reboot the same numbers belong to strangers.
        let of_this_boot = run.boot_id == boot_id().map_err(Failure::processes)?;
        let open = |identity| {
            if of_this_boot {
                Handle::open(identity)
            } else {
                Ok(None)
            }
        };
        let supervisor = open(run.supervisor).map_err(Failure::processes)?;
        let module = open(run.module).map_err(Failure::processes)?;
        let orphans = match (&module, &supervisor) {
            (Some(_), None) => Some(Orphans::of(run.module).map_err(Failure::processes)?),
            _ => None,
        };
        Ok(Self {
            run,
            module,
            supervisor,
            orphans,
        })
    }

    /// The run that it was about.
    pub(crate) fn into_run(self) -> Run {
        self.run
    }

    /// Whether the module's first process ran when the halt was made.
    pub(crate) fn has_module(&self) -> bool {
        self.module.is_some()
    }

    /// Sends a signal to the module's process group.
    pub(crate) fn ask(&self, signal: Signal) -> Result<(), Failure> {
        match &self.module {
            Some(module) => module.signal_group(signal).map_err(Failure::processes),
            None => Ok(()),
        }
    }

    /// Waits for the end of the module's first process for at most `grace`,
    /// and as long as `go_on` says so. Says whether it has ended.
    pub(crate) fn wait(
        &self,
        grace: Duration,
        mut go_on: impl FnMut() -> Result<(), Failure>,
    ) -> Result<bool, Failure> {
        let Some(module) = &self.module else {
            return Ok(true);
        };
        let until = Instant::now() + grace;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if module.wait(left.min(SLICE)).map_err(Failure::processes)? {
                return Ok(true);
            }
            if left.is_zero() {
                return Ok(false);
            }
            go_on()?;
        }
    }

    /// Kills the module where it still runs, and returns when nothing of it
    /// is left and its end is on record.
    pub(crate) fn finish(
        &mut self,
        mut go_on: impl FnMut() -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        if let Some(orphans) = &mut self.orphans {
            orphans.look().map_err(Failure::processes)?;
        }
        if let Some(module) = &self.module {
            module
                .signal_group(Signal::KILL)
                .map_err(Failure::processes)?;
            module.signal(Signal::KILL).map_err(Failure::processes)?;
        }
        let until = Instant::now() + RECORD_PATIENCE;
        if let Some(supervisor) = &self.supervisor {
            // It kills the rest, writes the record and ends.
            while !supervisor.wait(SLICE).map_err(Failure::processes)? {
                self.give_up_at(until)?;
                go_on()?;
            }
        }
        while let Some(orphans) = &mut self.orphans {
            if !orphans.kill().map_err(Failure::processes)? {
                break;
            }
            self.give_up_at(until)?;
            go_on()?;
            thread::sleep(KILL_POLL);
        }
        Ok(())
    }

    fn give_up_at(&self, until: Instant) -> Result<(), Failure> {
        if Instant::now() < until {
            return Ok(());
        }
        let pid = self.run.module.pid;
        Err(Failure::Internal(format!(
            "process {pid} was killed and does not end; it hangs in the kernel"
        )))
    }
}
