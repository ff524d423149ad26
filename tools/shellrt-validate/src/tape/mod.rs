//! Tapes: what went through a plugin's pipes, one line an exchange, without
//! what may be secret.
//!
//! An exchange is judged as it stands on the tape, also while it is recorded:
//! what is said at once and what `replay` says later come from the same bytes,
//! and neither can repeat a secret.

mod file;
mod heard;
mod judge;
mod record;
mod redact;
mod scan;
mod sender;

pub(crate) use file::{Lines, exchanges};
pub(crate) use heard::Output;
pub(crate) use judge::{Finding, judge};
pub(crate) use record::{Exit, Record, Seen};

/// More of a message is not kept; the protocol allows no longer one.
pub(crate) const LONGEST_BYTES: usize = 16 * 1024 * 1024;
