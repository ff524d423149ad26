//! What containerd has lost. A start that is killed at the wrong moment leaves a
//! shim behind that no task leads to; it answers to the module's address, so
//! that the next start would wait for it for ever. Or it leaves a directory in
//! the place of the next task's.

use std::fs;
use std::path::{Component, Path, PathBuf};

use rustix::mount::{UnmountFlags, unmount};
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

/// Whether containerd has refused to make a task because the directory of an
/// earlier one is there, that it has forgotten. Cleared up from two sides at
/// once, as after a kill, it stays until containerd itself is restarted; and
/// nothing but the text of the refusal tells where it is.
pub(crate) fn is_bundle_left(refusal: &str, namespace: &str, id: &str) -> bool {
    bundle_in(refusal, namespace, id).is_some()
}

/// Removes that directory. The caller holds the module's lock, and has deleted
/// the task.
pub(crate) fn remove_bundle(refusal: &str, namespace: &str, id: &str) {
    if let Some(bundle) = bundle_in(refusal, namespace, id) {
        // containerd renames it before it removes it.
        for directory in [bundle.with_file_name(format!(".{id}")), bundle] {
            clear(&directory);
            // What may be the module's is not removed, but put aside.
            let aside = format!(".{id}.{}", shellrt_common::time::now());
            let _ = fs::rename(&directory, directory.with_file_name(aside));
        }
    }
}

fn bundle_in(refusal: &str, namespace: &str, id: &str) -> Option<PathBuf> {
    let (_, rest) = refusal.split_once("mkdir /")?;
    let (path, _) = rest.split_once(": file exists")?;
    let path = Path::new("/").join(path);
    let plain = path.components().all(|part| part != Component::ParentDir);
    let of_task = Path::new("io.containerd.runtime.v2.task")
        .join(namespace)
        .join(id);
    (plain && path.ends_with(of_task)).then_some(path)
}

/// Removes a directory, and never what is in a directory in it: that is the
/// module's.
fn clear(directory: &Path) {
    let _ = unmount(directory.join("rootfs"), UnmountFlags::DETACH);
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        let _ = match entry.file_type() {
            Ok(kind) if kind.is_dir() => fs::remove_dir(path),
            _ => fs::remove_file(path),
        };
    }
    let _ = fs::remove_dir(directory);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_in_the_way_is_removed_and_no_other() {
        let root = tempfile::tempdir().expect("a directory can be made");
        let tasks = root.path().join("io.containerd.runtime.v2.task/edge");
        for place in ["web/rootfs/etc", ".web", "other"] {
            fs::create_dir_all(tasks.join(place)).expect("it is writable");
        }
        fs::write(tasks.join("web/config.json"), "{}").expect("it is writable");
        let refusal = |path: &str| {
            let path = tasks.join(path);
            format!(
                "failed to start shim: mkdir {}: file exists",
                path.display()
            )
        };
        for (text, id) in [
            (refusal("other"), "web"),
            (refusal("../../edge/web"), "other"),
            ("exec: `web`: file exists".to_owned(), "web"),
        ] {
            assert!(!is_bundle_left(&text, "edge", id), "{text}");
        }
        remove_bundle(&refusal("web"), "edge", "web");
        assert!(!tasks.join(".web").exists() && tasks.join("other").exists());
        assert!(!tasks.join("web").exists());
        let kept = fs::read_dir(&tasks).expect("it is readable").flatten();
        let kept = kept.filter(|entry| entry.path().join("rootfs/etc").exists());
        assert_eq!(kept.count(), 1, "it may be the module's");
    }

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
