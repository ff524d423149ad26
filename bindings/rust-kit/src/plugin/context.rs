//! What a handler knows of its request beside the command.

use std::fmt::Write as _;
use std::io::Write as _;
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use shellrt_api::{Error, ErrorCode, ProtocolVersion, RequestHead, RequestId};

use super::Cancel;

/// The request's head, its deadline and the host's wish to cancel. Clones are of
/// one request.
#[derive(Clone, Debug)]
pub struct Context {
    id: Option<RequestId>,
    reply_version: ProtocolVersion,
    deadline: Option<Instant>,
    cancel: Cancel,
}

/// How grave a line on standard error is, as syslog numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// Something failed.
    Error = 3,
    /// Something is not as it should be.
    Warning = 4,
    /// Something that a person may want to know.
    Info = 6,
    /// For whoever looks for a fault.
    Debug = 7,
}

impl Context {
    pub(super) fn new(head: &RequestHead, cancel: Cancel) -> Context {
        // The budget counts from here: the request has been read.
        let budget = head
            .deadline_ms
            .map(|milliseconds| Duration::from_millis(milliseconds.into()));
        let served = Some(head.version.clone()).filter(ProtocolVersion::is_supported);
        Context {
            id: head.id.clone(),
            reply_version: served.unwrap_or_else(ProtocolVersion::current),
            deadline: budget.and_then(|budget| Instant::now().checked_add(budget)),
            cancel,
        }
    }

    /// The host's name for the request.
    #[must_use]
    pub fn id(&self) -> Option<&RequestId> {
        self.id.as_ref()
    }

    pub(super) fn reply_version(&self) -> &ProtocolVersion {
        &self.reply_version
    }

    /// When the request must be done; `None`: whenever.
    #[must_use]
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// How much time is left; `None`: as much as it takes.
    #[must_use]
    pub fn remaining(&self) -> Option<Duration> {
        self.deadline
            .map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }

    /// Whether the host asked the plugin to stop.
    #[must_use]
    pub fn cancelled(&self) -> bool {
        self.cancel.requested()
    }

    /// For a step from which the request can be repeated: whether to go on.
    ///
    /// # Errors
    /// `cancelled` or `deadline_exceeded`.
    pub fn check(&self) -> Result<(), Error> {
        if self.cancelled() {
            return Err(Error::new(
                ErrorCode::Cancelled,
                "the host cancelled the request",
            ));
        }
        if self.remaining().is_some_and(|left| left.is_zero()) {
            let error = Error::new(
                ErrorCode::DeadlineExceeded,
                "the deadline passed before the request was done",
            );
            return Err(error.with_hint("send the request again: it goes on where it stopped"));
        }
        Ok(())
    }

    /// Writes one line to standard error: the syslog priority where a journal
    /// reads it, the request's id, then the text with control characters
    /// escaped [T-11, T-12, T-13]. The text holds no secret.
    pub fn log(&self, priority: Priority, text: &str) {
        let mut line = String::new();
        if journal_reads_stderr() {
            let _ = write!(line, "<{}>", priority as u8);
        }
        if let Some(id) = &self.id {
            let _ = write!(line, "{id} ");
        }
        for letter in text.chars() {
            if letter.is_control() {
                let _ = write!(line, "{}", letter.escape_default());
            } else {
                line.push(letter);
            }
        }
        line.push('\n');
        // Nobody may be reading; that is no reason to fail.
        let _ = std::io::stderr().write_all(line.as_bytes());
    }
}

/// Whether standard error is the stream that `JOURNAL_STREAM` names, as
/// `device:inode`.
fn journal_reads_stderr() -> bool {
    let Ok(named) = std::env::var("JOURNAL_STREAM") else {
        return false;
    };
    rustix::fs::fstat(std::io::stderr().as_fd())
        .is_ok_and(|stat| named == format!("{}:{}", stat.st_dev, stat.st_ino))
}
