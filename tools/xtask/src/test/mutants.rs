//! The suite proves itself: each mutant is killed by a check of the rule that it
//! breaks, each check kills one, and the committed matrix says so.

use std::process::Command;

use super::Settings;
use super::outcome::Outcome;
use crate::Failure;
use crate::beside::lacking;
use crate::process::{build, root};

/// Mutants of the process plugin, and whole ones in Python and shell.
pub(crate) fn process(_: &Settings) -> Result<Outcome, Failure> {
    played(&["shellrt-process"], &["--base", "process"])
}

/// Hosts that break one rule each.
pub(crate) fn hosts(_: &Settings) -> Result<Outcome, Failure> {
    played(&[], &["--hosts"])
}

/// Compares what comes of some mutants with what is committed.
fn played(sound: &[&str], options: &[&str]) -> Result<Outcome, Failure> {
    let packages = [&["shellrt-validate", "shellrt-mutants"], sound].concat();
    let programs = build(&packages, false)?;
    let mut command = Command::new(programs.join("shellrt-mutants"));
    Outcome::of(command.args(options).arg("--check").current_dir(root()))
}

/// Mutants of the containerd plugin, beside a containerd of their own.
pub(crate) fn containerd(_: &Settings) -> Result<Outcome, Failure> {
    if let Some(reason) = lacking() {
        return Ok(Outcome::Missing(reason));
    }
    let packages = [
        "shellrt-validate",
        "shellrt-mutants",
        "shellrt-containerd",
        "shellrt-testbed",
    ];
    let programs = build(&packages, false)?;
    let mut command = Command::new(programs.join("with-containerd"));
    command.arg("--").arg(programs.join("shellrt-mutants"));
    Outcome::of(
        command
            .args(["--base", "containerd", "--check"])
            .current_dir(root()),
    )
}
