//! Moves bytes from one end to the other: a piece goes on when it has come, as
//! it has come, and is looked at afterwards.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

use crate::tape::{LONGEST_BYTES, Output};

/// As much as a pipe holds.
const PIECE: usize = 64 * 1024;
/// After so many full pieces in a row one looks what else has happened.
const TURNS: u32 = 64;
/// How long the plugin's standard output may stay open after its end [H-11].
pub(super) const AFTER_EXIT: Duration = Duration::from_secs(1);

/// What was heard on the way.
#[derive(Debug, Default)]
pub(super) struct Heard {
    request: Mutex<(Vec<u8>, u64)>,
    output: Mutex<Output>,
    /// How much went on to the host.
    passed_on: AtomicU64,
}

/// How standard output came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Everybody who could write to it has closed it.
    Closed,
    /// The host wants no more.
    HostClosed,
    /// The plugin has ended, and somebody else still holds it open.
    HeldOpen,
}

impl Heard {
    /// What the host wrote, as far as it is kept, and how much it was.
    pub(super) fn request(&self) -> (Vec<u8>, u64) {
        std::mem::take(&mut locked(&self.request))
    }

    pub(super) fn output(&self) -> Output {
        std::mem::take(&mut locked(&self.output))
    }

    pub(super) fn passed_on(&self) -> u64 {
        self.passed_on.load(Ordering::Relaxed)
    }

    fn ask(&self, bytes: &[u8]) {
        let mut request = locked(&self.request);
        request.1 += bytes.len() as u64;
        let room = LONGEST_BYTES - request.0.len();
        request.0.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From the host to the plugin, until one of them has closed its end: then the
/// other's is closed too, and it notices as it would without us.
pub(super) fn request(host: OwnedFd, plugin: OwnedFd, heard: &Heard) {
    let (mut host, mut plugin) = (File::from(host), File::from(plugin));
    let mut buffer = vec![0; PIECE];
    loop {
        let mut ends = [
            PollFd::new(&host, PollFlags::IN),
            PollFd::new(&plugin, PollFlags::empty()),
        ];
        match poll(&mut ends, None) {
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(_) => return,
        }
        if !ends[1].revents().is_empty() {
            return;
        }
        let length = match host.read(&mut buffer) {
            Ok(0) => return,
            Ok(length) => length,
            Err(error) if is_passing(&error) => continue,
            Err(_) => return,
        };
        // Before it goes on: the plugin may answer and end at once.
        heard.ask(&buffer[..length]);
        if write(&mut plugin, &buffer[..length]).is_err() {
            return;
        }
    }
}

/// From the plugin to the host. `exited` is a pipe that closes when the plugin
/// has ended.
pub(super) fn output(plugin: OwnedFd, host: OwnedFd, exited: &OwnedFd, heard: &Heard) -> End {
    let mut way = Downstream {
        plugin: File::from(plugin),
        host: File::from(host),
        heard,
        buffer: vec![0; PIECE],
    };
    // It is ours alone: nobody else reads from this end.
    let _ = rustix::io::ioctl_fionbio(&way.plugin, true);
    let mut last: Option<Last> = None;
    let mut turns = 0_u32;
    loop {
        turns = turns.wrapping_add(1);
        let length = match way.pass() {
            Ok(length) => length,
            Err(end) => return end,
        };
        if let Some(length) = length {
            heard.passed_on.fetch_add(length, Ordering::Relaxed);
            if let Some(last) = &mut last {
                last.owed = last.owed.saturating_sub(length);
            }
        }
        // One that never pauses is asked now and then whether it is still there.
        let is_drained = length.is_none_or(|length| length < PIECE as u64);
        if !is_drained && !turns.is_multiple_of(TURNS) {
            continue;
        }
        match wait(&way, exited, last.as_ref(), is_drained) {
            Ok(ready) if ready.host_closed => return End::HostClosed,
            Ok(ready) if ready.exited => last = last.or(Some(Last::of(&way.plugin))),
            Ok(_) | Err(Errno::INTR) => {}
            Err(_) => return End::Closed,
        }
        if last.as_ref().is_some_and(Last::is_over) {
            return End::HeldOpen;
        }
    }
}

/// The way of standard output.
struct Downstream<'h> {
    plugin: File,
    host: File,
    heard: &'h Heard,
    buffer: Vec<u8>,
}

impl Downstream<'_> {
    /// Passes on what is there, and says how much that was. `None`: nothing is.
    fn pass(&mut self) -> Result<Option<u64>, End> {
        let length = match self.plugin.read(&mut self.buffer) {
            Ok(0) => return Err(End::Closed),
            Ok(length) => length,
            Err(error) if is_passing(&error) => return Ok(None),
            Err(_) => return Err(End::Closed),
        };
        let bytes = &self.buffer[..length];
        write(&mut self.host, bytes).map_err(|_| End::HostClosed)?;
        locked(&self.heard.output).push(bytes);
        Ok(Some(length as u64))
    }
}

/// The time after the plugin's end.
struct Last {
    until: Instant,
    /// What the plugin itself had written by then, and is still on its way.
    owed: u64,
}

impl Last {
    fn of(plugin: &File) -> Last {
        Last {
            until: Instant::now() + AFTER_EXIT,
            owed: rustix::io::ioctl_fionread(plugin).unwrap_or(0),
        }
    }

    /// Whether the time is up, and the host has what the plugin wrote.
    fn is_over(&self) -> bool {
        self.owed == 0 && Instant::now() >= self.until
    }
}

/// What has happened.
struct Ready {
    host_closed: bool,
    exited: bool,
}

/// Looks what has happened; with `patience` it waits until something has.
fn wait(
    way: &Downstream<'_>,
    exited: &OwnedFd,
    last: Option<&Last>,
    patience: bool,
) -> Result<Ready, Errno> {
    let left = match last {
        _ if !patience => Some(Duration::ZERO),
        Some(last) => Some(last.until.saturating_duration_since(Instant::now())),
        None => None,
    };
    let timeout = left.and_then(|left| left.try_into().ok());
    let mut ends = vec![
        PollFd::new(&way.plugin, PollFlags::IN),
        // Nothing is asked for: an end that nobody reads any more says so unasked.
        PollFd::new(&way.host, PollFlags::empty()),
    ];
    if last.is_none() {
        ends.push(PollFd::from_borrowed_fd(exited.as_fd(), PollFlags::IN));
    }
    poll(&mut ends, timeout.as_ref())?;
    let is_ready = |place: usize| ends.get(place).is_some_and(|end| !end.revents().is_empty());
    Ok(Ready {
        host_closed: is_ready(1),
        exited: is_ready(2),
    })
}

/// All of it, also where the other end does not block its writers.
fn write(to: &mut File, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match to.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(length) => bytes = &bytes[length..],
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                let _ = poll(&mut [PollFd::new(&*to, PollFlags::OUT)], None);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn is_passing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock
    )
}
