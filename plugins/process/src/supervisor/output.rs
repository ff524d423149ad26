//! One output of the module on its way into the log.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::io::Errno;

use shellrt_common::log::{Lines, Stream, Writer};
use shellrt_common::time;

/// The reading end of a pipe, and the beginning of a line that came out of it.
#[derive(Debug)]
pub(super) struct Output {
    pipe: OwnedFd,
    stream: Stream,
    lines: Lines,
    ended: bool,
}

impl Output {
    pub(super) fn new(pipe: OwnedFd, stream: Stream) -> Self {
        Self {
            pipe,
            stream,
            lines: Lines::default(),
            ended: false,
        }
    }

    /// Moves at most one buffer of what is there. Says whether there was any.
    pub(super) fn pump(&mut self, log: &mut Writer, buffer: &mut [u8]) -> io::Result<bool> {
        match rustix::io::read(&self.pipe, &mut *buffer) {
            Ok(0) => {
                self.ended = true;
                Ok(false)
            }
            Ok(count) => {
                self.lines.feed(&buffer[..count], |payload| {
                    log.append(time::now(), self.stream, payload)
                });
                Ok(true)
            }
            Err(Errno::AGAIN | Errno::INTR) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether every process that could write has closed it.
    pub(super) fn has_ended(&self) -> bool {
        self.ended
    }

    /// Puts what was written without a line feed into the log.
    pub(super) fn finish(&mut self, log: &mut Writer) {
        self.lines
            .finish(|payload| log.append(time::now(), self.stream, payload));
    }
}

impl AsFd for Output {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.pipe.as_fd()
    }
}
