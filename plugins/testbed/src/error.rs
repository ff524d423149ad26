//! Why there is no containerd to test on.

use std::io;
use std::process::ExitStatus;
use std::time::Duration;

/// Why something of the testbed did not work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody else than root asked.
    #[error(
        "only root can make namespaces and run containers\nhint: run it as root, or by `sudo -E`"
    )]
    NotRoot,
    /// Programs are not installed; the packages of Debian that have them.
    #[error("packages are missing: {0}\nhint: apt-get install {0}")]
    Missing(String),
    /// The system refused.
    #[error("cannot {what}: {source}")]
    System {
        /// What was to be done, as in `write /x`.
        what: String,
        /// Why it was not.
        source: io::Error,
    },
    /// A program ended badly.
    #[error("`{command}`: {status}\n{output}")]
    Program {
        /// Its command line.
        command: String,
        /// How it ended.
        status: ExitStatus,
        /// What it wrote.
        output: String,
    },
    /// Something was waited for in vain.
    #[error("{what}: not within {limit:?}")]
    Late {
        /// What was waited for.
        what: String,
        /// For how long.
        limit: Duration,
    },
    /// containerd did not come up.
    #[error("containerd does not answer: {why}\nits log ends with:\n{log}")]
    Engine {
        /// What was seen from outside.
        why: String,
        /// The last lines of its log.
        log: String,
    },
    /// An image layout is not as it has to be.
    #[error("the image layout has no {0}")]
    Layout(String),
}

impl Error {
    /// The system's refusal to do `what`.
    pub(crate) fn system(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |source| Self::System { what, source }
    }
}
