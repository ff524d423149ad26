//! Checks that need more of rustup: other machines, and the oldest Rust that
//! the crates state.

use std::collections::BTreeMap;

use super::Settings;
use super::outcome::Outcome;
use crate::Failure;
use crate::process::{cargo, command, exists, target};

/// Where hosts run: devices, and the machines of who writes for them.
const TARGETS: &[&str] = &[
    "aarch64-unknown-linux-gnu",
    "armv7-unknown-linux-gnueabihf",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-gnu",
    "x86_64-pc-windows-msvc",
];

/// A minimal Rust lacks what the first checks run.
pub(crate) fn add_components() -> Result<(), Failure> {
    if exists("rustup") {
        // When that fails, the checks themselves say what is missing.
        command("rustup", &["component", "add", "clippy", "rustfmt"]).output()?;
    }
    Ok(())
}

pub(crate) fn targets(settings: &Settings) -> Result<Outcome, Failure> {
    if !exists("rustup") {
        return Ok(Outcome::Missing("rustup is not installed".into()));
    }
    if settings.install {
        let added = command("rustup", &["target", "add"])
            .args(TARGETS)
            .output()?;
        if !added.status.success() {
            return Ok(Outcome::of_output(&added));
        }
    }
    let listed = command("rustup", &["target", "list", "--installed"]).output()?;
    let installed = String::from_utf8_lossy(&listed.stdout).into_owned();
    for name in TARGETS {
        if !installed.lines().any(|line| line == *name) {
            let reason = format!("target {name} is missing: rustup target add {name}");
            return Ok(Outcome::Missing(reason));
        }
    }
    let mut check = cargo();
    check.args(["check", "--quiet", "--package", "shellrt-api"]);
    for name in TARGETS {
        check.args(["--target", name]);
    }
    Outcome::of(&mut check)
}

/// The crates that state the oldest Rust, those that others link among them, are
/// built with it. The tools above them are held to theirs by clippy's
/// `incompatible_msrv` and by a test that reads what their dependencies state.
pub(crate) fn rust_version(settings: &Settings) -> Result<Outcome, Failure> {
    if !exists("rustup") {
        return Ok(Outcome::Missing("rustup is not installed".into()));
    }
    let Some((version, packages)) = stated_versions()?.pop_first() else {
        return Ok(Outcome::failed("no crate states a rust-version".into()));
    };
    if settings.install {
        let install = [
            "toolchain",
            "install",
            "--profile",
            "minimal",
            "--no-self-update",
        ];
        let installed = command("rustup", &install).arg(&version).output()?;
        if !installed.status.success() {
            return Ok(Outcome::of_output(&installed));
        }
    }
    let listed = command("rustup", &["toolchain", "list"]).output()?;
    if !String::from_utf8_lossy(&listed.stdout).contains(&version) {
        let reason = format!("Rust {version} is missing: rustup toolchain install {version}");
        return Ok(Outcome::Missing(reason));
    }
    let mut check = command("rustup", &["run", &version, "cargo", "check", "--quiet"]);
    // The cargo that runs us must not leak into the older toolchain.
    check.env_remove("CARGO").env_remove("RUSTC");
    check.arg("--target-dir").arg(target().join("oldest"));
    for package in &packages {
        check.args(["--package", package]);
    }
    Outcome::of(&mut check)
}

fn stated_versions() -> Result<BTreeMap<String, Vec<String>>, Failure> {
    let output = cargo()
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .output()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let mut stated: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        if let (Some(name), Some(version)) =
            (package["name"].as_str(), package["rust_version"].as_str())
        {
            stated.entry(version.into()).or_default().push(name.into());
        }
    }
    Ok(stated)
}
