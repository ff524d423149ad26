//! How long a command may take, and whether the host still wants it.

use std::time::{Duration, Instant};

use shellrt_kit::plugin::Context;

use crate::failure::Failure;

/// How long a command waits for another one that works on the same module.
const LOCK: Duration = Duration::from_secs(10);
/// How long a start may take where the request has no deadline.
const START: Duration = Duration::from_secs(60);
/// What a stop keeps of the time that is left, to kill and to record.
const KILL_RESERVE: Duration = Duration::from_millis(500);

/// The patience of one request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience<'a> {
    context: &'a Context,
}

impl<'a> Patience<'a> {
    pub(crate) fn new(context: &'a Context) -> Self {
        Self { context }
    }

    /// How long to wait for a module's lock.
    pub(crate) fn for_lock(self) -> Duration {
        self.context.remaining().map_or(LOCK, |left| left.min(LOCK))
    }

    /// How long to wait for a module to start.
    pub(crate) fn for_start(self) -> Duration {
        self.context.remaining().unwrap_or(START)
    }

    /// How long a module may take to end by itself when it may take `wanted`:
    /// a deadline leaves less, because killing takes time as well.
    pub(crate) fn for_grace(self, wanted: Duration) -> Duration {
        let grace = |left: Duration| wanted.min(left - KILL_RESERVE.min(left / 2));
        self.context.remaining().map_or(wanted, grace)
    }

    /// When a stream that has an end must have come to it.
    pub(crate) fn for_stream(self) -> Option<Instant> {
        self.context.deadline()
    }

    /// For a wait that the deadline has been taken off already: fails where the
    /// host has given up.
    pub(crate) fn check_wanted(self) -> Result<(), Failure> {
        if self.context.cancelled() {
            self.check()
        } else {
            Ok(())
        }
    }

    /// For a step from which the request can be repeated: fails where the
    /// deadline has passed or the host has given up.
    pub(crate) fn check(self) -> Result<(), Failure> {
        self.context
            .check()
            .map_err(|error| Failure::Reported(Box::new(error)))
    }
}
