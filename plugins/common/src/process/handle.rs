//! A hold on one process: it can be signalled and waited for, and never
//! turns into another process that was given the same pid.

use std::io;
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags, Signal, kill_process_group, pidfd_open, pidfd_send_signal};

use super::Identity;

/// A process that ran when the handle was made.
#[derive(Debug)]
pub struct Handle {
    identity: Identity,
    pid: Pid,
    descriptor: OwnedFd,
}

impl Handle {
    /// A hold on `identity`; `None` where it does not run any more.
    pub fn open(identity: Identity) -> io::Result<Option<Self>> {
        let Some(pid) = i32::try_from(identity.pid).ok().and_then(Pid::from_raw) else {
            return Ok(None);
        };
        let descriptor = match pidfd_open(pid, PidfdFlags::empty()) {
            Ok(descriptor) => descriptor,
            Err(Errno::SRCH) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        // Asked after the descriptor was opened: what it refers to cannot
        // change from here on, so it is the process that was meant.
        let alive = identity.is_alive()?;
        Ok(alive.then_some(Self {
            identity,
            pid,
            descriptor,
        }))
    }

    /// Sends a signal to the process alone. One that has ended is no error.
    pub fn signal(&self, signal: Signal) -> io::Result<()> {
        ignore_ended(pidfd_send_signal(&self.descriptor, signal))
    }

    /// Sends a signal to the process group that the process leads. Done only
    /// while the leader lives: then the number cannot have been given away.
    pub fn signal_group(&self, signal: Signal) -> io::Result<()> {
        if self.identity.is_alive()? {
            return ignore_ended(kill_process_group(self.pid, signal));
        }
        Ok(())
    }

    /// Waits for the end of the process for at most `patience`. Says whether
    /// it has ended.
    pub fn wait(&self, patience: Duration) -> io::Result<bool> {
        let until = Instant::now() + patience;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let timeout = Timespec::try_from(left).map_err(|_| io::ErrorKind::InvalidInput)?;
            let mut descriptors = [PollFd::new(&self.descriptor, PollFlags::IN)];
            match poll(&mut descriptors, Some(&timeout)) {
                Ok(0) if left.is_zero() => return Ok(false),
                Ok(0) | Err(Errno::INTR) => {}
                Ok(_) => return Ok(true),
                Err(error) => return Err(error.into()),
            }
        }
    }
}

fn ignore_ended(result: rustix::io::Result<()>) -> io::Result<()> {
    match result {
        Ok(()) | Err(Errno::SRCH) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
