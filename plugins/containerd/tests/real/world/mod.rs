//! What all tests share: a containerd, registries, images; and what each has
//! for itself: a namespace and a state directory.

mod daemon;
mod image;
mod registry;
mod yard;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use shellrt_testkit::eventually;

pub(crate) use daemon::Daemon;
pub(crate) use image::Layout;
pub(crate) use registry::{OPEN, SECURE};
pub(crate) use yard::{Yard, shell};

use registry::Registry;

/// Daemons and images.
pub(crate) struct World {
    pub(crate) directory: PathBuf,
    pub(crate) daemon: Daemon,
    pub(crate) layout: Layout,
    registries: Vec<Registry>,
}

impl World {
    pub(crate) fn new() -> Self {
        let directory = crate::sandbox::directory();
        let layout = Layout::build(&directory.join("images"));
        let registries = Registry::start_all(&directory.join("registries"));
        layout.push_all();
        Self {
            daemon: Daemon::start(&directory.join("containerd")),
            directory,
            layout,
            registries,
        }
    }

    /// Where the registries keep the blob `digest`.
    pub(crate) fn stored_blob(&self, digest: &str) -> PathBuf {
        let hex = digest.strip_prefix("sha256:").expect("it is a digest");
        let blobs = self
            .directory
            .join("registries/data/docker/registry/v2/blobs");
        blobs.join(format!("sha256/{}/{hex}/data", &hex[..2]))
    }

    /// Ends all daemons; nothing of theirs may be left.
    pub(crate) fn end(&self) {
        self.daemon.stop();
        for registry in &self.registries {
            registry.stop();
        }
        eventually(|| no_process_is_called("containerd").then_some(()));
        eventually(|| no_process_is_called("shellrt").then_some(()));
        let mounts = fs::read_to_string("/proc/self/mounts").expect("it is readable");
        let ours = self.directory.to_str().expect("it is text");
        let left: Vec<&str> = mounts.lines().filter(|line| line.contains(ours)).collect();
        assert!(left.is_empty(), "mounts are left: {left:#?}");
    }
}

fn no_process_is_called(beginning: &str) -> bool {
    let processes = fs::read_dir("/proc").expect("it is readable").flatten();
    !processes
        .filter_map(|entry| fs::read_to_string(entry.path().join("comm")).ok())
        .any(|comm| comm.starts_with(beginning))
}

/// Runs a program that has to succeed; what it wrote.
pub(crate) fn run(program: &str, arguments: &[&str]) -> String {
    succeed(Command::new(program).args(arguments))
}

/// The same in a directory.
pub(crate) fn run_in(directory: &Path, program: &str, arguments: &[&str]) -> String {
    succeed(Command::new(program).args(arguments).current_dir(directory))
}

fn succeed(command: &mut Command) -> String {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}: {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}
