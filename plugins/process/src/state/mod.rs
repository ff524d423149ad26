//! What is kept of each module on disk, and how it is written so that being
//! killed at any point, by `kill -9` or a power cut, loses nothing.
//!
//! ```text
//! <state>/modules/<name>/spec.json   the request of `create`; never changes
//!                       /run.json    the last start and how it ended
//!                       /stopped-<n> run n was stopped, and whoever did it has said so
//!                       /log/        what the module wrote (shellrt_common::log)
//! <state>/locks/<name>               held while a command changes the module
//! <state>/scratch/<name>             a module that is being made or removed
//! ```
//! A module is there exactly while `modules/<name>` is: it comes and goes by
//! one rename. `run.json` is replaced whole, by the module's supervisor only.

mod files;
mod record;
mod standing;
mod store;

pub(crate) use record::{Exit, ExitReason, History, Run, Spec};
pub(crate) use standing::Standing;
pub(crate) use store::{ModuleDirectory, Store};
