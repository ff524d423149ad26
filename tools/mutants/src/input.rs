//! The request, read as a sound plugin reads it.

use std::env;
use std::io;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

/// A longer request is longer than any plugin takes; the rest is not read.
const MOST_BYTES: usize = 24 * 1024 * 1024;

/// Everything up to the end of standard input, or until it is silent for too long.
pub(crate) fn read(has_patience: bool) -> io::Result<Vec<u8>> {
    let stdin = rustix::stdio::stdin();
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut silent_since = Instant::now();
    while bytes.len() < MOST_BYTES {
        let left = patience().saturating_sub(silent_since.elapsed());
        let timeout = has_patience.then(|| left.try_into().ok()).flatten();
        match poll(&mut [PollFd::new(&stdin, PollFlags::IN)], timeout.as_ref()) {
            Ok(0) => break,
            Err(Errno::INTR) => continue,
            Ok(_) => {}
            Err(error) => return Err(error.into()),
        }
        match rustix::io::read(stdin, &mut buffer) {
            Ok(0) => break,
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        silent_since = Instant::now();
    }
    Ok(bytes)
}

/// [P-3] of docs/protocol.md.
fn patience() -> Duration {
    let named = env::var("SHELLRT_INPUT_PATIENCE_MS").ok();
    let named = named.and_then(|text| text.parse().ok());
    Duration::from_millis(
        named
            .filter(|ms| (1..=30_000).contains(ms))
            .unwrap_or(30_000),
    )
}
