//! The wire without I/O: bytes in, messages and verdicts out.

mod again;
mod asked;
mod docker;
mod records;
mod splitter;
mod stream;
mod verdict;

pub use again::in_other_version;
pub use asked::Asked;
pub use docker::{FRAME_HEAD, FRAME_MAX, Frame, FrameDecoder, FrameError, FrameStream, frame_head};
pub use records::RecordDecoder;
pub use splitter::{HEAD_MAX, HeadTooLong, Splitter};
pub use stream::{Item, StreamDecoder};
pub use verdict::{Exit, FaultKind, Reply, judge};
