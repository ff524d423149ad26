//! `logs`: streams what a module wrote, the time bounds first, then `tail`.
//! Writes nothing and takes no lock.
//!
//! With `follow` the stream ends when the run that is followed has ended and
//! all of its output is sent; at once where the module does not run. It goes
//! on through rotation and while the module is silent, and ends within two
//! seconds of the host's going away.
//!
//! Errors: `module_not_found`, `io_failed`.

use shellrt_api::LogsRequest;
use shellrt_common::log::{self, HasEnded};
use shellrt_kit::plugin::Reply;

use crate::failure::Failure;
use crate::patience::Patience;
use crate::state::{ModuleDirectory, Store};

/// The records and, with `follow`, those that are still to come.
pub(super) fn logs(
    store: &Store,
    request: &LogsRequest,
    patience: Patience<'_>,
) -> Result<Reply, Failure> {
    let module = store.module(&request.name)?;
    let follow = if request.follow {
        follow(&module)?
    } else {
        None
    };
    log::reply(&module.log(), request, follow, patience.for_stream())
        .map_err(|error| Failure::io("read", &module.log(), error))
}

/// Whether the run of now has ended; `None` where the module does not run. A
/// module that was removed or cannot be read any more has ended too.
fn follow(module: &ModuleDirectory) -> Result<Option<HasEnded>, Failure> {
    let Some((run, _)) = module.present_run()? else {
        return Ok(None);
    };
    let module = module.clone();
    Ok(Some(Box::new(
        move || !matches!(module.present_run(), Ok(Some((now, _))) if now.number == run.number),
    )))
}
