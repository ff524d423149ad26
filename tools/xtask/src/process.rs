//! Programs that the chores run, and where they lie.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::Failure;

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// The cargo that runs us, at the root.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Where cargo builds.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(path) => root().join(path),
        None => root().join("target"),
    }
}

/// Builds packages and says where their programs are.
pub(crate) fn build(packages: &[&str], release: bool) -> Result<PathBuf, Failure> {
    let mut command = cargo();
    command.args(["build", "--quiet"]);
    if release {
        command.arg("--release");
    }
    for package in packages {
        command.args(["--package", package]);
    }
    let status = command.status()?;
    if !status.success() {
        return Err(format!("cannot build {}", packages.join(", ")).into());
    }
    Ok(programs(release))
}

/// Where cargo puts programs: apart from each other, for the machines that it is
/// told to build for.
pub(crate) fn programs(release: bool) -> PathBuf {
    let triple = std::env::var_os("CARGO_BUILD_TARGET").unwrap_or_default();
    let folder = target().join(triple);
    folder.join(if release { "release" } else { "debug" })
}

/// Whether a program can be started.
pub(crate) fn exists(program: &str) -> bool {
    let mut command = Command::new(program);
    command
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok()
}

/// What a run wrote, both streams, one after the other.
pub(crate) fn text(output: &Output) -> String {
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    text
}

/// A command with arguments, at the root.
pub(crate) fn command<S: AsRef<OsStr>>(program: impl AsRef<OsStr>, arguments: &[S]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}
