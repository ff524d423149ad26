//! The logger of a run: a process that the shim starts with the ends of two
//! pipes. It writes what comes out of them into the module's log, notices when
//! the module has ended, and has that recorded.
//!
//! Descriptors 3 and 4 are the module's standard output and error, 5 tells the
//! shim that the logger is ready, by being closed; the directory is the
//! bundle. The pipes end when the task is deleted, not when the module ends.

mod memory;
mod pump;
mod reap;
mod watch;

pub(crate) use watch::LOCK;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// The key of the shim's argument that makes this executable a logger.
pub(crate) const ROLE: &str = "shellrt-logger";
/// The first argument that makes it record the end of a module.
const REAP: &str = "shellrt-reap";

/// Acts as a logger or a recorder, where the arguments say so.
pub(crate) fn role(mut arguments: impl Iterator<Item = OsString>) -> Option<ExitCode> {
    let role = arguments.next()?;
    let directory = PathBuf::from(arguments.next()?);
    let done = match role.to_str()? {
        ROLE => watch::run(&directory),
        REAP => reap::run(&directory),
        _ => return None,
    };
    Some(if done {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
