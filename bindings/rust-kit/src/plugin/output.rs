//! Standard output, which belongs to the kit alone.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

/// How much a pipe takes without blocking once it says that it takes anything.
const PIPE_BUFFER: usize = 4096;

/// Standard output, moved to a descriptor that nothing else knows and no child
/// inherits.
#[derive(Debug)]
pub(super) struct Output {
    file: File,
}

impl Output {
    /// Takes standard output away from the rest of the process: what is printed
    /// from now on, by a library or a child, goes to standard error [P-1].
    pub(super) fn take() -> io::Result<Output> {
        let private: OwnedFd = rustix::io::fcntl_dupfd_cloexec(io::stdout().as_fd(), 3)?;
        rustix::stdio::dup2_stdout(io::stderr().as_fd())?;
        Ok(Output {
            file: private.into(),
        })
    }

    /// Whether the host has closed its end.
    pub(super) fn is_hung_up(&self) -> bool {
        let mut ends = [PollFd::new(&self.file, PollFlags::empty())];
        let now = rustix::event::Timespec {
            tv_sec: 0,
            tv_nsec: 0,
        };
        matches!(poll(&mut ends, Some(&now)), Ok(1..)) && gone(ends[0].revents())
    }

    /// Writes all of it, unless `stop` says to stop in between. Signals are
    /// noticed although the host does not read.
    pub(super) fn write_unless(
        &mut self,
        mut bytes: &[u8],
        stop: impl Fn() -> bool,
    ) -> io::Result<bool> {
        while !bytes.is_empty() {
            match poll(&mut [PollFd::new(&self.file, PollFlags::OUT)], None) {
                Ok(_) => {}
                Err(Errno::INTR) if stop() => return Ok(false),
                Err(Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            match self.file.write(&bytes[..bytes.len().min(PIPE_BUFFER)]) {
                Ok(length) => bytes = &bytes[length..],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                    if stop() {
                        return Ok(false);
                    }
                }
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl AsFd for Output {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }
}

/// A pipe whose reader has gone reports an error, a socket a hang-up.
pub(super) fn gone(events: PollFlags) -> bool {
    events.intersects(PollFlags::ERR | PollFlags::HUP | PollFlags::NVAL)
}
