//! What a module wrote: numbered segment files of records, one record a line.
//!
//! The supervisor writes ([`Writer`]), `logs` reads ([`Reader`]); they share
//! nothing but the files. A full segment is sealed with the range of its
//! times and the next number begins; the oldest ones are deleted. Times come
//! from a clock that may jump, so nothing relies on their order: the order
//! of a log is the order in which it was written.

mod lines;
mod reader;
mod record;
mod segment;
mod tail;
mod writer;

pub(crate) use lines::Lines;
pub(crate) use reader::{Reader, Selection};
pub(crate) use record::{Record, Stream};
pub(crate) use writer::{Limits, Writer};
