//! `logs`: streams what a module wrote, the time bounds first, then `tail`.
//! Writes nothing. A follow ends when the logger says that nothing more comes,
//! by letting go of its lock.
//!
//! Errors: `module_not_found`, `io_failed`.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use shellrt_api::LogsRequest;
use shellrt_common::lock::is_held;
use shellrt_common::log::{self, HasEnded};
use shellrt_kit::plugin::Reply;

use super::Tools;
use crate::failure::Failure;
use crate::logger::LOCK;
use crate::module::{self, Standing};

/// How long the logger of a module that has ended may take for what is left; a
/// disk that hangs is not waited for.
const DRAIN: Duration = Duration::from_secs(15);
/// How often it is looked whether it is done.
const POLL: Duration = Duration::from_millis(2);

/// The records and, with `follow`, those that are still to come.
pub(super) fn logs(tools: &Tools<'_>, request: &LogsRequest) -> Result<Reply, Failure> {
    let engine = tools.engine()?;
    let looked = engine.run(async |client| module::look(client, &request.name).await);
    let runs = match looked {
        Ok((_, _, standing)) => matches!(standing, Standing::Running { .. }),
        // Nothing goes on in it; what it wrote can still be read.
        Err(Failure::Dead { .. }) => false,
        Err(failure) => return Err(failure),
    };
    let directory = tools.store.files(&request.name).log();
    let lock = directory.join(LOCK);
    if !runs {
        // Who was told that it has ended expects its last line.
        wait_for_last_line(&lock, tools)?;
    }
    let follow = request.follow && is_held(&lock).unwrap_or(false);
    // A logger that cannot be asked about any more has ended.
    let has_ended = move || !is_held(&lock).unwrap_or(false);
    let follow = follow.then(|| Box::new(has_ended) as HasEnded);
    if !directory.exists() {
        // A module that was never started has no output.
        return log::reply(&tools.settings.root().join("none"), request, None, None)
            .map_err(|error| Failure::io("read", &directory, error));
    }
    log::reply(&directory, request, follow, tools.context.deadline())
        .map_err(|error| Failure::io("read", &directory, error))
}

/// Waits until the logger of a module that has ended has written everything.
fn wait_for_last_line(lock: &Path, tools: &Tools<'_>) -> Result<(), Failure> {
    let until = Instant::now() + DRAIN;
    while is_held(lock).unwrap_or(false) && Instant::now() < until {
        tools.check()?;
        thread::sleep(POLL);
    }
    Ok(())
}
