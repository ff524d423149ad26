//! `restart`: stops a module if it runs and starts it, under one lock: no
//! other command changes the module in between.
//!
//! Errors: those of `stop` and `start`.

use shellrt_api::{RestartRequest, RestartResponse};

use super::start::start_locked;
use super::stop::Stop;
use crate::failure::Failure;
use crate::patience::Patience;
use crate::state::Store;

/// Stops the module if it runs, and starts it.
pub(super) fn restart(
    store: &Store,
    request: &RestartRequest,
    patience: Patience<'_>,
) -> Result<RestartResponse, Failure> {
    store.module(&request.name)?;
    let lock = store.lock(&request.name, patience)?;
    let module = store.module(&request.name)?;
    if let Some(stop) = Stop::begin(&module, request.timeout, patience)? {
        stop.finish(patience)?;
    }
    Ok(RestartResponse::new(start_locked(
        &module, &lock, patience,
    )?))
}
