//! What all tests share: a containerd, registries, images; and what each has
//! for itself: a namespace and a state directory.

mod image;
mod registry;
mod yard;

use std::path::{Path, PathBuf};

use shellrt_testbed::{Daemon, Layout, Registry, Sandbox, Traces};

pub(crate) use registry::{OPEN, SECURE};
pub(crate) use yard::{Yard, shell};

/// Daemons and images.
pub(crate) struct World {
    pub(crate) sandbox: Sandbox,
    pub(crate) daemon: Daemon,
    pub(crate) layout: Layout,
    /// They end with the suite.
    _registries: Vec<Registry>,
    before: Traces,
}

impl World {
    pub(crate) fn new(sandbox: Sandbox) -> Self {
        let directory = sandbox.directory();
        let layout = image::build(&directory.join("images")).expect("images can be built");
        let registries = registry::start_all(&directory.join("registries"));
        image::push_all(&layout).expect("registries take images");
        let before = Traces::before(&sandbox);
        Self {
            daemon: Daemon::start(&directory.join("containerd")).expect("containerd starts"),
            layout,
            _registries: registries,
            before,
            sandbox,
        }
    }

    /// Where all files of the suite are.
    pub(crate) fn directory(&self) -> &Path {
        self.sandbox.directory()
    }

    /// Where the registries keep the blob `digest`.
    pub(crate) fn stored_blob(&self, digest: &str) -> PathBuf {
        let hex = digest.strip_prefix("sha256:").expect("it is a digest");
        let blobs = self
            .directory()
            .join("registries/data/docker/registry/v2/blobs");
        blobs.join(format!("sha256/{}/{hex}/data", &hex[..2]))
    }

    /// Ends containerd; nothing of any container may be left.
    pub(crate) fn end(&self) {
        let left = self.before.left(Some(&self.daemon));
        let left = left.expect("containerd answers");
        assert!(left.is_empty(), "left behind: {left:#?}");
        self.daemon.stop().expect("containerd runs");
    }
}

/// Runs a program that has to succeed; what it wrote.
pub(crate) fn run(program: &str, arguments: &[&str]) -> String {
    shellrt_testbed::run(program, arguments).unwrap_or_else(|error| panic!("{error}"))
}

/// The same in a directory.
pub(crate) fn run_in(directory: &Path, program: &str, arguments: &[&str]) -> String {
    let run = shellrt_testbed::run_in(directory, program, arguments);
    run.unwrap_or_else(|error| panic!("{error}"))
}
