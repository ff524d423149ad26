//! Shims that containerd has lost. A start that is killed at the wrong moment
//! leaves a shim behind that no task leads to; it answers to the module's
//! address, so that the next start would wait for it for ever.

use std::fs;
use std::path::Path;

use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};

/// Kills the shims of container `id`, of which containerd knows no task. The
/// caller holds the module's lock: nobody else starts it.
pub(crate) fn end_shims(namespace: &str, id: &str) {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    for entry in entries {
        let pid = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok());
        let Some(pid) = pid.and_then(Pid::from_raw) else {
            continue;
        };
        if !is_shim(&entry.path(), namespace, id) {
            continue;
        }
        // The number may be another process's by now: it is looked at again
        // when the descriptor holds on to it.
        let Ok(process) = pidfd_open(pid, PidfdFlags::empty()) else {
            continue;
        };
        if is_shim(&entry.path(), namespace, id) {
            let _ = pidfd_send_signal(&process, Signal::KILL);
        }
    }
}

/// Whether a process is a shim that serves the container. One that is called to
/// start or to delete another ends by itself.
fn is_shim(process: &Path, namespace: &str, id: &str) -> bool {
    let Ok(line) = fs::read(process.join("cmdline")) else {
        return false;
    };
    serves(&line, namespace, id)
}

fn serves(line: &[u8], namespace: &str, id: &str) -> bool {
    let arguments: Vec<&[u8]> = line.split(|&byte| byte == 0).collect();
    let has = |key: &str, value: &str| {
        let mut pairs = arguments.windows(2);
        pairs.any(|pair| pair == [key.as_bytes(), value.as_bytes()])
    };
    let program = Path::new(std::str::from_utf8(arguments[0]).unwrap_or_default());
    let is_shim = program
        .file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| name.starts_with("containerd-shim"));
    let works_once = arguments.iter().any(|argument| {
        [&b"start"[..], b"delete"].contains(argument) && id.as_bytes() != *argument
    });
    is_shim && has("-namespace", namespace) && has("-id", id) && !works_once
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shim_is_known_by_its_namespace_and_container() {
        let line = |rest: &str| {
            let text = format!("/usr/bin/containerd-shim-runc-v2 -namespace edge {rest}");
            text.replace(' ', "\0").into_bytes()
        };
        assert!(serves(&line("-id web -address /run/x.sock"), "edge", "web"));
        assert!(!serves(
            &line("-id web2 -address /run/x.sock"),
            "edge",
            "web"
        ));
        assert!(!serves(&line("-id web -address /x"), "other", "web"));
        assert!(!serves(&line("-address /x -id web start"), "edge", "web"));
        assert!(!serves(b"vi\0-namespace\0edge\0-id\0web", "edge", "web"));
        assert!(!serves(b"", "edge", "web"));
    }
}
