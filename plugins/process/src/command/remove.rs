//! `remove`: removes a module with its output, killing it if it runs.
//!
//! A module that is not there is a success. Killed half way, it has either
//! removed nothing yet or the module is gone; the next command tidies up.
//!
//! Errors: `busy`, `deadline_exceeded`, `cancelled`.

use shellrt_api::{RemoveRequest, RemoveResponse};

use crate::failure::Failure;
use crate::patience::Patience;
use crate::state::{ModuleDirectory, Store};
use crate::supervisor::{Halt, stray_supervisors};

/// Ends the module, then takes it away.
pub(super) fn remove(
    store: &Store,
    request: &RemoveRequest,
    patience: Patience<'_>,
) -> Result<RemoveResponse, Failure> {
    // Asked first without the lock, which would make a state directory.
    if is_absent(store, request)? {
        return Ok(RemoveResponse::new(false));
    }
    let lock = store.lock(&request.name, patience)?;
    let changed = !is_absent(store, request)?;
    if changed {
        end(&store.place_of(&request.name), patience)?;
        store.take_away(&request.name)?;
    }
    lock.discard()
        .map_err(|error| Failure::io("remove the lock of", store.root(), error))?;
    Ok(RemoveResponse::new(changed))
}

fn is_absent(store: &Store, request: &RemoveRequest) -> Result<bool, Failure> {
    match store.module(&request.name) {
        Ok(_) => Ok(false),
        Err(Failure::NotFound(_)) => Ok(true),
        Err(failure) => Err(failure),
    }
}

/// Kills what runs of the module. Where its record cannot be read, the
/// supervisor is known by the directory that it was given.
fn end(module: &ModuleDirectory, patience: Patience<'_>) -> Result<(), Failure> {
    let go_on = || patience.check();
    match module.history() {
        Ok(history) => history
            .last
            .map_or(Ok(()), |run| Halt::of(run)?.finish(go_on)),
        Err(Failure::Damaged { .. }) => stray_supervisors::end(module, go_on),
        Err(failure) => Err(failure),
    }
}
