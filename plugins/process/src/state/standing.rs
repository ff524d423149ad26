//! How a module stands, worked out from its last run and from what lives.

use std::fs;
use std::os::unix::fs::MetadataExt;

use super::record::{Exit, ExitReason, History, Run};
use super::store::ModuleDirectory;
use crate::failure::Failure;
use shellrt_common::process::boot_id;
use shellrt_common::time::UnixNanos;

/// The exit code of an end that nobody saw.
const UNSEEN_EXIT_CODE: i64 = 255;

/// How a module stands. Working it out writes nothing, so that two readers
/// and one writer can never disagree about what happened.
#[derive(Clone, Debug)]
pub(crate) enum Standing {
    /// Its program was never in a process.
    Created { failed_start: Option<String> },
    /// Its first process runs, or its supervisor has not finished with it.
    Running {
        run: Run,
        /// Whether the supervisor is there: without it the module runs on,
        /// but its output and its exit code are lost.
        supervised: bool,
        /// Whether a signal has stopped its first process.
        paused: bool,
    },
    /// It has ended.
    Exited {
        run: Run,
        exit: Exit,
        failed_start: Option<String>,
    },
}

impl Standing {
    pub(super) fn of(module: &ModuleDirectory) -> Result<Self, Failure> {
        // Read twice at most: a supervisor that ends between the reading of
        // the record and the look at its process has written a new record.
        let standing = Self::judge(module, module.history()?)?;
        if standing.is_guess() {
            Self::judge(module, module.history()?)
        } else {
            Ok(standing)
        }
    }

    fn judge(module: &ModuleDirectory, history: History) -> Result<Self, Failure> {
        let History {
            last, failed_start, ..
        } = history;
        let Some(run) = last else {
            return Ok(Self::Created { failed_start });
        };
        if let Some(exit) = run.exit.clone() {
            return Ok(Self::Exited {
                run,
                exit,
                failed_start,
            });
        }
        let reason = if run.boot_id != boot_id().map_err(Failure::processes)? {
            ExitReason::HostRestarted
        } else {
            let supervised = run.supervisor.is_alive().map_err(Failure::processes)?;
            let first = run.module.stat().map_err(Failure::processes)?;
            if supervised || first.is_some() {
                let paused = first.is_some_and(|stat| stat.is_stopped());
                return Ok(Self::Running {
                    run,
                    supervised,
                    paused,
                });
            }
            ExitReason::SupervisorLost
        };
        let exit = unseen_exit(module, &run, reason);
        Ok(Self::Exited {
            run,
            exit,
            failed_start,
        })
    }

    /// Whether it rests on what is not there rather than on a record.
    fn is_guess(&self) -> bool {
        match self {
            Self::Created { .. } => false,
            Self::Running { supervised, .. } => !supervised,
            Self::Exited { exit, .. } => exit.code == UNSEEN_EXIT_CODE,
        }
    }
}

/// The end of a run that no supervisor recorded. Its time is that of the last
/// sign of life: the newest output, or the start.
fn unseen_exit(module: &ModuleDirectory, run: &Run, reason: ExitReason) -> Exit {
    let description = match reason {
        ExitReason::HostRestarted => "it ran when the machine went down; nobody saw it end",
        _ => "its supervisor was killed; nobody saw it end",
    };
    Exit {
        finished_at: last_output(module)
            .unwrap_or(run.started_at)
            .max(run.started_at),
        code: UNSEEN_EXIT_CODE,
        reason: Some(reason),
        description: description.to_owned(),
    }
}

/// When the newest file of the log was last written.
fn last_output(module: &ModuleDirectory) -> Option<UnixNanos> {
    let modified = |entry: fs::DirEntry| {
        let data = entry.metadata().ok()?;
        Some(
            data.mtime()
                .saturating_mul(1_000_000_000)
                .saturating_add(data.mtime_nsec()),
        )
    };
    fs::read_dir(module.log())
        .ok()?
        .flatten()
        .filter_map(modified)
        .max()
}
