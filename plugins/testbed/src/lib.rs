//! A real containerd to test on, with registries and images, as root: all of
//! it in namespaces of its own (network, mounts, processes) and below one
//! directory, so that the machine's network, mounts and containers stay as
//! they are and nothing outlives it, however it ends.
//!
//! The program `with-containerd` runs a command beside such a containerd; the
//! real tests of the containerd plugin use the parts.

mod daemon;
mod error;
mod image;
mod program;
mod registry;
mod sandbox;
mod traces;

pub use daemon::Daemon;
pub use error::Error;
pub use image::{Layout, SHELL_PATH};
pub use program::{missing, run, run_in, until};
pub use registry::Registry;
pub use sandbox::Sandbox;
pub use traces::Traces;
