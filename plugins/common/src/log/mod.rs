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
mod send;
mod tail;
mod writer;

pub use lines::Lines;
pub use reader::{Reader, Selection};
pub use record::{Record, Stream};
pub use send::{HasEnded, reply};
pub use writer::{Limits, Writer};
