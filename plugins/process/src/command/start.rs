//! `start`: starts a module and returns when its program runs.
//!
//! A module that runs already is a success; one that a signal has stopped is
//! resumed. Two at once: one starts it, the
//! other one waits for the lock and finds it running. Killed half way, the
//! supervisor finishes the start.
//!
//! Errors: `module_not_found`, `module_start_failed` (the program is missing
//! or cannot be executed), `module_source_missing` (the working directory),
//! `busy`, `deadline_exceeded`.

use rustix::process::Signal;
use shellrt_api::{StartRequest, StartResponse};

use crate::failure::Failure;
use crate::patience::Patience;
use crate::state::{ModuleDirectory, Standing, Store};
use crate::supervisor::{Halt, launch};
use shellrt_common::lock::Lock;

/// Starts the module unless it runs.
pub(super) fn start(
    store: &Store,
    request: &StartRequest,
    patience: Patience<'_>,
) -> Result<StartResponse, Failure> {
    // Asked first without the lock, which would make a state directory.
    store.module(&request.name)?;
    let lock = store.lock(&request.name, patience)?;
    let module = store.module(&request.name)?;
    Ok(StartResponse::new(start_locked(&module, &lock, patience)?))
}

/// Starts a module whose lock is held. Says whether it had to.
pub(super) fn start_locked(
    module: &ModuleDirectory,
    lock: &Lock,
    patience: Patience<'_>,
) -> Result<bool, Failure> {
    match module.standing()? {
        Standing::Created { .. } => {}
        Standing::Running {
            run, paused: true, ..
        } => {
            Halt::of(run)?.ask(Signal::CONT)?;
            return Ok(true);
        }
        Standing::Running { run, .. } | Standing::Exited { run, .. } => {
            let mut halt = Halt::of(run)?;
            if halt.has_module() {
                return Ok(false);
            }
            // Its last supervisor may still be writing down how it ended.
            halt.finish(|| patience.check())?;
        }
    }
    patience.check()?;
    launch(module, lock, patience.for_start())?;
    Ok(true)
}
