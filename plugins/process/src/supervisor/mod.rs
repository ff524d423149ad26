//! The processes that stay while a module runs.
//!
//! ```text
//! plugin (start) -> supervisor -> gate, which becomes the module's program
//! ```
//! All three are this executable. The **supervisor** is the parent of
//! everything that the module starts, also of what detaches itself: it
//! collects the output, sees the end and records it. The **gate** is the
//! module's process before its program is in it: it waits until the start is
//! on disk, so that nothing ever runs that no record names.
//!
//! The lock of the module is handed to the supervisor as its standard input,
//! and it reports through its standard output: a `start` that is killed half
//! way leaves a supervisor that finishes the start under the same lock.

mod begin;
mod descriptors;
mod gate;
mod halt;
mod launch;
mod orphans;
mod output;
pub(crate) mod stray_supervisors;
mod watch;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use serde::{Deserialize, Serialize};
use shellrt_api::Error;

pub(crate) use halt::Halt;
pub(crate) use launch::launch;

use crate::state::ModuleDirectory;

/// The first argument of this executable as a supervisor.
const SUPERVISE: &str = "supervise";
/// The first argument of this executable as a gate.
const GATE: &str = "gate";

/// What a supervisor tells the `start` that launched it, as one JSON text.
#[derive(Debug, Serialize, Deserialize)]
enum Report {
    /// The module's program is in its process.
    Started,
    /// It is not, and nothing of it is left.
    Failed(Error),
}

/// Does what the arguments ask for where they name one of the two roles
/// above; `None` where this process is an ordinary plugin. No user gives
/// these arguments, so they are not parsed with the others: a supervisor
/// should be small.
pub(crate) fn role(mut arguments: impl Iterator<Item = OsString>) -> Option<ExitCode> {
    let role = arguments.next()?;
    if role == SUPERVISE {
        Some(supervise(Path::new(&arguments.next()?)))
    } else if role == GATE {
        Some(gate::pass(arguments))
    } else {
        None
    }
}

fn supervise(directory: &Path) -> ExitCode {
    let module = ModuleDirectory::new(directory.to_owned());
    let begun = begin::begin(&module);
    let report = match &begun {
        Ok(_) => Report::Started,
        Err(failure) => Report::Failed(failure.to_error()),
    };
    // A `start` that was killed does not listen any more; the module runs all
    // the same.
    let _ = begin::report(&report);
    match begun.and_then(|started| watch::watch(&module, started)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
