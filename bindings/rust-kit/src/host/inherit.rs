//! What a plugin inherits: descriptors 0 to 2 and a short list of variables, in a
//! process group of its own.

use std::ffi::{OsStr, OsString};
use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// The variables that a host passes on [H-8]; `_` at the end stands for any
/// that begins so.
const PASSED_ON: [&str; 19] = [
    "PATH",
    "HOME",
    "LANG",
    "LC_",
    "TZ",
    "TMPDIR",
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "TRACEPARENT",
    "RUST_LOG",
    "SHELLRT_",
];

/// Sees to it that a plugin inherits what it may and nothing else: the listed
/// variables [H-8], descriptors 0 to 2 [H-7], and a process group of its own
/// [H-6]. [`Plugin`](super::Plugin) does so by itself; this is for hosts that
/// start processes in their own way, such as with an async runtime. Variables
/// that the host's configuration adds are to be set after it.
pub fn isolate(command: &mut Command) {
    command.env_clear().envs(environment()).process_group(0);
    close_other_descriptors(command);
}

/// The host's variables that its plugins see.
fn environment() -> impl Iterator<Item = (OsString, OsString)> {
    std::env::vars_os().filter(|(name, _)| is_passed_on(name))
}

fn is_passed_on(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    PASSED_ON.iter().any(|known| {
        let known = known.as_bytes();
        if known.ends_with(b"_") {
            name.starts_with(known)
        } else {
            name == known
        }
    })
}

/// Keeps every descriptor but 0 to 2 from the plugin [H-7]: also those that a
/// library of the host, or whoever started it, left open for all children.
fn close_other_descriptors(command: &mut Command) {
    #[cfg(target_os = "linux")]
    #[expect(
        unsafe_code,
        reason = "only the child may lose the descriptors, so it must be done in it"
    )]
    // SAFETY: between fork and exec only async-signal-safe calls are allowed;
    // the closure makes one system call, and allocates and locks nothing.
    unsafe {
        command.pre_exec(|| {
            // Marked, not closed: the standard library reports a failed exec
            // through one of them. Kernels before 5.11 do not know the flag;
            // the descriptors of Rust programs are marked anyway.
            libc::syscall(
                libc::SYS_close_range,
                3,
                libc::c_uint::MAX,
                libc::CLOSE_RANGE_CLOEXEC,
            );
            Ok(())
        });
    }
    #[cfg(not(target_os = "linux"))]
    let _ = command;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_listed_variables_are_passed_on() {
        for name in ["PATH", "LC_ALL", "SHELLRT_PROCESS_STATE_DIR", "no_proxy"] {
            assert!(is_passed_on(OsStr::new(name)), "{name}");
        }
        for name in [
            "PATHS",
            "MY_PATH",
            "LC",
            "SHELLRT",
            "AWS_SECRET_ACCESS_KEY",
            "LD_PRELOAD",
            "JOURNAL_STREAM",
        ] {
            assert!(!is_passed_on(OsStr::new(name)), "{name}");
        }
    }
}
