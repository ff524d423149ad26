//! Writing a stream, and noticing that nobody wants it any more.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use shellrt_api::{Error, ErrorCode, ImgPullProgress, LogStream, Payload, Response, StreamKind};

use super::output::{Output, gone};
use super::{Context, Priority, panicked};
use crate::codec::{FRAME_MAX, FrameStream, frame_head};

/// How much is gathered before it is written.
const BUFFER: usize = 64 * 1024;

/// Why a stream ends before its end.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// The host has closed its end. There is nobody to tell.
    #[error("the host has closed its end of the stream")]
    HostGone,
    /// The host asked the plugin to stop.
    #[error("the host cancelled the request")]
    Cancelled,
    /// The source of the stream failed.
    #[error("{0}")]
    Failed(Error),
}

impl From<Error> for StreamError {
    fn from(error: Error) -> StreamError {
        StreamError::Failed(error)
    }
}

/// For what the source could not read; what the writer could not write comes as
/// `HostGone`.
impl From<io::Error> for StreamError {
    fn from(error: io::Error) -> StreamError {
        StreamError::Failed(Error::new(
            ErrorCode::IoFailed,
            format!("the source of the stream failed: {error}"),
        ))
    }
}

impl StreamError {
    fn into_error(self) -> Option<Error> {
        match self {
            StreamError::HostGone => None,
            StreamError::Cancelled => Some(Error::new(
                ErrorCode::Cancelled,
                "the host cancelled the request",
            )),
            StreamError::Failed(error) => Some(error),
        }
    }
}

/// Writes the records of a `raw` or `docker` stream.
#[derive(Debug)]
pub struct StreamWriter<'a> {
    output: &'a mut Output,
    context: &'a Context,
    kind: StreamKind,
    buffer: Vec<u8>,
}

impl<'a> StreamWriter<'a> {
    pub(super) fn new(
        output: &'a mut Output,
        context: &'a Context,
        kind: StreamKind,
    ) -> StreamWriter<'a> {
        StreamWriter {
            output,
            context,
            kind,
            buffer: Vec::new(),
        }
    }

    /// Writes one record: a frame in a `docker` stream, plain bytes in a `raw`
    /// one. The parts follow one another; together they are at most
    /// [`FRAME_MAX`] bytes.
    ///
    /// # Errors
    /// When the host has gone or cancelled, or a record is too long to frame.
    pub fn record(&mut self, stream: LogStream, parts: &[&[u8]]) -> Result<(), StreamError> {
        if self.kind == StreamKind::Docker {
            let length: usize = parts.iter().map(|part| part.len()).sum();
            let length = u32::try_from(length)
                .ok()
                .filter(|_| length <= FRAME_MAX)
                .ok_or_else(|| {
                    Error::new(
                        ErrorCode::Internal,
                        format!("a record of {length} bytes is longer than {FRAME_MAX}"),
                    )
                })?;
            let stream = match stream {
                LogStream::Stdout => FrameStream::Stdout,
                LogStream::Stderr => FrameStream::Stderr,
            };
            self.buffer.extend_from_slice(&frame_head(stream, length));
        }
        for part in parts {
            self.buffer.extend_from_slice(part);
        }
        if self.buffer.len() >= BUFFER {
            self.flush()
        } else {
            Ok(())
        }
    }

    /// Sends what has been gathered. Call it before waiting for more [S-6].
    ///
    /// # Errors
    /// When the host has gone or cancelled.
    pub fn flush(&mut self) -> Result<(), StreamError> {
        let buffer = std::mem::take(&mut self.buffer);
        let stop = || self.context.cancelled();
        match self.output.write_unless(&buffer, stop) {
            Ok(true) => Ok(()),
            Ok(false) => Err(StreamError::Cancelled),
            Err(_) => Err(StreamError::HostGone),
        }
    }

    /// Waits, and watches meanwhile whether the host still wants the stream
    /// [P-8].
    ///
    /// # Errors
    /// When the host has gone or cancelled.
    pub fn wait(&mut self, duration: Duration) -> Result<(), StreamError> {
        let end = Instant::now() + duration;
        loop {
            if self.context.cancelled() {
                return Err(StreamError::Cancelled);
            }
            let left = end.saturating_duration_since(Instant::now());
            let timeout = left.try_into().ok();
            let mut ends = [PollFd::new(&*self.output, PollFlags::empty())];
            match poll(&mut ends, timeout.as_ref()) {
                Ok(0) => return Ok(()),
                Ok(_) if gone(ends[0].revents()) => return Err(StreamError::HostGone),
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(io::Error::from(error).into()),
            }
        }
    }

    /// Runs the sender and ends the stream; whether it ended where it was meant
    /// to.
    pub(super) fn run<F>(mut self, send: F) -> bool
    where
        F: FnOnce(&mut StreamWriter<'_>) -> Result<(), StreamError>,
    {
        let sent = catch_unwind(AssertUnwindSafe(|| {
            send(&mut self).and_then(|()| self.flush())
        }));
        let Some(error) = sent.unwrap_or_else(|_| Err(panicked().into())).err() else {
            return true;
        };
        if let Some(error) = error.into_error() {
            self.context.log(Priority::Error, &error.message);
            // What was gathered comes before the error, as far as it goes.
            let text = error.message.as_bytes();
            let text = &text[..text.len().min(FRAME_MAX)];
            let mut rest = std::mem::take(&mut self.buffer);
            if let (StreamKind::Docker, Ok(length)) = (self.kind, u32::try_from(text.len())) {
                rest.extend_from_slice(&frame_head(FrameStream::Error, length));
                rest.extend_from_slice(text);
            }
            // The exit status says that the stream is cut, whether this goes
            // through or not.
            if !self.output.is_hung_up() {
                let _ = self.output.write_unless(&rest, || self.context.cancelled());
            }
        }
        false
    }
}

/// Writes the progress lines of an `ndjson` stream.
#[derive(Debug)]
pub struct ProgressWriter<'a> {
    writer: StreamWriter<'a>,
}

impl<'a> ProgressWriter<'a> {
    pub(super) fn new(output: &'a mut Output, context: &'a Context) -> ProgressWriter<'a> {
        ProgressWriter {
            writer: StreamWriter::new(output, context, StreamKind::Ndjson),
        }
    }

    /// Writes one line at once.
    ///
    /// # Errors
    /// When the host has gone or cancelled.
    pub fn progress(&mut self, progress: &ImgPullProgress) -> Result<(), StreamError> {
        let line = progress.to_canonical_json() + "\n";
        self.writer.buffer.extend_from_slice(line.as_bytes());
        self.writer.flush()
    }

    /// As [`StreamWriter::wait`].
    ///
    /// # Errors
    /// When the host has gone or cancelled.
    pub fn wait(&mut self, duration: Duration) -> Result<(), StreamError> {
        self.writer.wait(duration)
    }

    /// Runs the work; what the last record is, `None` where nobody would read
    /// it.
    pub(super) fn run<F>(mut self, work: F) -> Option<Result<Response, Error>>
    where
        F: FnOnce(&mut ProgressWriter<'_>) -> Result<Response, StreamError>,
    {
        let done = catch_unwind(AssertUnwindSafe(|| work(&mut self)));
        match done.unwrap_or_else(|_| Err(panicked().into())) {
            Ok(response) => Some(Ok(response)),
            Err(error) => error.into_error().map(Err),
        }
    }
}
