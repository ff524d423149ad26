//! The conformance suite for hosts: a host under test is run against a plugin
//! that misbehaves by a script, and what both of them saw is judged.
//!
//! `catalog` holds the scenarios, `stage` is what a run shares, `scripted` is
//! the plugin (this program in another role) and `record` what it writes down;
//! `play` runs the host once, `expect` judges and `tell` says what happened.

mod catalog;
mod expect;
#[cfg(test)]
mod lint;
mod outcome;
mod play;
mod record;
mod scenario;
mod schedule;
pub(crate) mod scripted;
mod smoke;
mod stage;
mod tell;

pub(crate) use catalog::{Named, checks_of, has_check, selected};
pub(crate) use outcome::Run;
pub(crate) use schedule::{Progress, run};
pub(crate) use smoke::smoke;
pub(crate) use stage::{Stage, Statuses};
