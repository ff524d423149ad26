//! The containerd plugin on a real containerd, as root.

use super::Settings;
use super::cargo_checks::counted;
use super::outcome::Outcome;
use crate::Failure;
use crate::beside::lacking;
use crate::process::cargo;

pub(crate) fn real(_: &Settings) -> Result<Outcome, Failure> {
    if let Some(reason) = lacking() {
        return Ok(Outcome::Missing(reason));
    }
    let output = cargo()
        .args(["test", "--package", "shellrt-containerd", "--test", "real"])
        .env("SHELLRT_TEST_REAL", "1")
        .output()?;
    let (passed, failed) = counted(&String::from_utf8_lossy(&output.stdout));
    Ok(Outcome::of_tests(&output, passed, failed))
}

/// The README's first command, on containers.
pub(crate) fn demo(_: &Settings) -> Result<Outcome, Failure> {
    match lacking() {
        Some(reason) => Ok(Outcome::Missing(reason)),
        None => Outcome::of(cargo().args(["xtask", "demo", "--plugin", "containerd"])),
    }
}
