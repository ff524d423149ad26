//! Processes of this machine, and waiting for them.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// How long anything may take before a test says that it does not happen.
/// Nothing is measured by it.
const LIMIT: Duration = Duration::from_secs(300);

/// Asks until there is an answer.
pub fn eventually<T>(mut ask: impl FnMut() -> Option<T>) -> T {
    let until = Instant::now() + LIMIT;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < until, "it did not happen in {LIMIT:?}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Whether a process runs; one that has ended and was not waited for does not.
pub fn is_alive(pid: u64) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat
        .rsplit(')')
        .next()
        .and_then(|rest| rest.trim_start().chars().next());
    !matches!(state, None | Some('Z' | 'X'))
}

/// Kills a process by `kill -9`.
pub fn kill(pid: u64) {
    let status = Command::new("kill")
        .args(["-9", &pid.to_string()])
        .status()
        .expect("`kill` is there");
    assert!(status.success());
}
