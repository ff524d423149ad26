//! The containerd plugin on a real containerd, as root.

use super::Settings;
use super::cargo_checks::counted;
use super::outcome::Outcome;
use crate::Failure;
use crate::packages::{self, ENGINE, PROTOC};
use crate::process::cargo;

pub(crate) fn real(_: &Settings) -> Result<Outcome, Failure> {
    if !packages::is_root() {
        let reason = "containers need root: run `cargo xtask test` as root";
        return Ok(Outcome::Missing(reason.into()));
    }
    let all: Vec<_> = ENGINE.iter().chain(PROTOC).copied().collect();
    let missing = packages::missing(&all);
    if !missing.is_empty() {
        let reason = format!("apt-get install {}", missing.join(" "));
        return Ok(Outcome::Missing(reason));
    }
    let output = cargo()
        .args(["test", "--package", "shellrt-containerd", "--test", "real"])
        .env("SHELLRT_TEST_REAL", "1")
        .output()?;
    let (passed, failed) = counted(&String::from_utf8_lossy(&output.stdout));
    Ok(Outcome::of_tests(&output, passed, failed))
}
