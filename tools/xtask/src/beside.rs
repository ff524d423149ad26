//! Chores that need a containerd: they run a second time beside one of their
//! own, by `with-containerd`, which removes everything afterwards.

use std::env;
use std::path::Path;
use std::process::Command;

use crate::packages::{self, ENGINE, PROTOC};
use crate::{FOUND, Failure, OK};

/// What `with-containerd` answers when a container has left something.
const LEFT_SOMETHING: u8 = 124;

/// Where the registry is, for a chore that runs beside one.
pub(crate) fn registry() -> Option<String> {
    env::var("SHELLRT_TEST_REGISTRY").ok()
}

/// Whether containers can run here at all.
///
/// # Errors
/// They cannot: what is missing, and what to do.
pub(crate) fn check() -> Result<(), Failure> {
    match lacking() {
        None => Ok(()),
        Some(reason) => Err(reason.into()),
    }
}

/// What keeps containers from running here, and what to do about it.
pub(crate) fn lacking() -> Option<String> {
    let all: Vec<_> = ENGINE.iter().chain(PROTOC).copied().collect();
    let missing = packages::missing(&all).join(" ");
    match (packages::is_root(), missing.as_str()) {
        (true, "") => None,
        (true, _) => Some(format!(
            "containers need packages: apt-get install {missing}"
        )),
        (false, "") => Some("containers need root: run it again as root".to_owned()),
        (false, _) => Some(format!(
            "containers need root and packages: as root, apt-get install {missing}, and run it again"
        )),
    }
}

/// A containerd and a registry with a small image by each of these names.
pub(crate) struct WithContainerd<'a> {
    pub(crate) programs: &'a Path,
    pub(crate) images: &'a [&'a str],
}

impl WithContainerd<'_> {
    /// Runs this program with other arguments beside them; whether all went
    /// well and nothing was left.
    pub(crate) fn run_again(&self, arguments: &[&str]) -> Result<bool, Failure> {
        let mut command = Command::new(self.programs.join("with-containerd"));
        for image in self.images {
            command.args(["--registry", image]);
        }
        let status = command
            .arg("--")
            .arg(env::current_exe()?)
            .args(arguments)
            .status()?;
        let code = status.code().and_then(|code| u8::try_from(code).ok());
        match code {
            Some(OK) => Ok(true),
            Some(FOUND | LEFT_SOMETHING) => Ok(false),
            _ => Err("it could not be done beside a containerd: see above".into()),
        }
    }
}
