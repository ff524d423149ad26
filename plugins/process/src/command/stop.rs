//! `stop`: asks a module to end, waits, then kills it.
//!
//! A module that does not run is a success. The lock is held while the module
//! is asked, not while it is waited for: a stop that takes its time keeps
//! nobody from looking or removing. Should the module be started again
//! meanwhile, that run is not touched. Of several stops of one run one says
//! that it has stopped it.
//!
//! Errors: `module_not_found`, `busy`, `deadline_exceeded`, `cancelled`.

use std::time::Duration;

use rustix::process::Signal;
use shellrt_api::{StopRequest, StopResponse};

use crate::config::Config;
use crate::failure::Failure;
use crate::patience::Patience;
use crate::state::{ModuleDirectory, Run, Standing, Store};
use crate::supervisor::Halt;
use shellrt_common::signal;

/// Stops the module if it runs.
pub(super) fn stop(
    store: &Store,
    request: &StopRequest,
    patience: Patience<'_>,
) -> Result<StopResponse, Failure> {
    store.module(&request.name)?;
    let lock = store.lock(&request.name, patience)?;
    let module = store.module(&request.name)?;
    let stop = match Stop::begin(&module, request.timeout, patience) {
        // What cannot be read cannot be started, and so does not run.
        Err(Failure::Damaged { .. }) => None,
        other => other?,
    };
    drop(lock);
    let Some(stop) = stop else {
        return Ok(StopResponse::new(false));
    };
    let run = stop.finish(patience)?;
    Ok(StopResponse::new(module.claim_stop(&run)?))
}

/// A run that was asked to end.
pub(super) struct Stop {
    halt: Halt,
    grace: Duration,
}

impl Stop {
    /// Asks the module to end; `None` where it does not run. `timeout`, in
    /// seconds, wins over the module's own. The caller holds the lock.
    pub(super) fn begin(
        module: &ModuleDirectory,
        timeout: Option<u32>,
        patience: Patience<'_>,
    ) -> Result<Option<Self>, Failure> {
        let Standing::Running { run, paused, .. } = module.standing()? else {
            return Ok(None);
        };
        let config = Config::of_spec(&module.spec()?)?;
        let wanted = timeout.map_or(config.stop_timeout_seconds, u64::from);
        let grace = patience.for_grace(Duration::from_secs(wanted));
        let halt = Halt::of(run)?;
        if !grace.is_zero() {
            halt.ask(signal::parse(&config.stop_signal).unwrap_or(Signal::TERM))?;
            if paused {
                // What is stopped does not hear the other signal.
                halt.ask(Signal::CONT)?;
            }
        }
        Ok(Some(Self { halt, grace }))
    }

    /// Waits, kills where that is needed, and returns when nothing is left of
    /// the run.
    pub(super) fn finish(mut self, patience: Patience<'_>) -> Result<Run, Failure> {
        self.halt.wait(self.grace, || patience.check_wanted())?;
        self.halt.finish(|| patience.check())?;
        Ok(self.halt.into_run())
    }
}
