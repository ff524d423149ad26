//! Reading the request: bounded in size and in patience.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::os::fd::AsFd;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use shellrt_api::DecodeError;

/// The longest request that is read, in bytes [P-4].
pub const REQUEST_MAX: usize = 16 * 1024 * 1024;

/// How long the host may be silent without closing standard input [P-3].
pub const IDLE: Duration = Duration::from_secs(30);

/// The environment variable that shortens [`IDLE`], in milliseconds of 1 to
/// 30000, so that a test of [P-3] need not wait so long. Any other value counts
/// as none.
pub const PATIENCE_VARIABLE: &str = "SHELLRT_INPUT_PATIENCE_MS";

/// [`IDLE`], or what the environment says.
pub(super) fn patience() -> Duration {
    patience_of(std::env::var_os(PATIENCE_VARIABLE).as_deref())
}

fn patience_of(value: Option<&OsStr>) -> Duration {
    let milliseconds = value
        .and_then(OsStr::to_str)
        // The parser takes a sign.
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|text| text.parse().ok())
        .map(Duration::from_millis);
    milliseconds
        .filter(|patience| !patience.is_zero() && *patience <= IDLE)
        .unwrap_or(IDLE)
}

/// Reads until the end, the bound, or the end of patience. What has come by then
/// is the whole request; whether it is one, its reader says.
pub(super) fn read(mut input: impl Read + AsFd, idle: Duration) -> Result<Vec<u8>, DecodeError> {
    let mut bytes = Vec::new();
    // Most requests fit; the pages of a larger one would cost more than its calls.
    let mut buffer = [0; 8 * 1024];
    while wait_readable(&input, idle) {
        match input.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => bytes.extend_from_slice(&buffer[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // A closed or broken standard input ends the request like its end.
            Err(_) => break,
        }
        if bytes.len() > REQUEST_MAX {
            return Err(too_long());
        }
    }
    Ok(bytes)
}

fn wait_readable(input: &impl AsFd, idle: Duration) -> bool {
    let timeout = idle.try_into().ok();
    loop {
        match poll(&mut [PollFd::new(input, PollFlags::IN)], timeout.as_ref()) {
            Ok(ready) => return ready > 0,
            Err(rustix::io::Errno::INTR) => {}
            // What cannot be polled is read without patience.
            Err(_) => return true,
        }
    }
}

fn too_long() -> DecodeError {
    DecodeError::syntax(format!("the request is longer than {REQUEST_MAX} bytes"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn silence_ends_a_request_whose_host_keeps_stdin_open() {
        let (reader, mut writer) = io::pipe().expect("a pipe");
        writer.write_all(b"{\"half\":").expect("room in the pipe");
        let bytes = read(reader, Duration::from_millis(50)).expect("it is short");
        assert_eq!(bytes, b"{\"half\":");
    }

    #[test]
    fn only_a_number_of_the_range_is_another_patience() {
        let patience = |text: &str| patience_of(Some(OsStr::new(text)));
        assert_eq!(patience("1"), Duration::from_millis(1));
        assert_eq!(patience("0250"), Duration::from_millis(250));
        assert_eq!(patience("30000"), IDLE);
        let others = [
            "",
            "0",
            "-1",
            "+5",
            "30001",
            "5s",
            " 5",
            "1e2",
            "99999999999999999999",
        ];
        for other in others {
            assert_eq!(patience(other), IDLE, "`{other}`");
        }
        assert_eq!(patience_of(None), IDLE);
    }

    #[test]
    fn a_request_beyond_the_bound_is_refused_without_reading_it_all() {
        let (reader, mut writer) = io::pipe().expect("a pipe");
        let flood = std::thread::spawn(move || while writer.write_all(&[b' '; 65536]).is_ok() {});
        let error = read(reader, IDLE).expect_err("it never ends");
        assert!(error.to_string().contains("longer than"), "{error}");
        flood.join().expect("it ends with the pipe");
    }
}
