//! The hosts of this project against the scripted plugin of the conformance
//! suite, which misbehaves in every way that the host rules speak of.

use std::path::PathBuf;

use super::Settings;
use super::outcome::Outcome;
use crate::Failure;
use crate::process::{build, cargo, command, target};

/// What the adapters of the libraries say by their exit status.
const ALL: &str = "ok=0,error=1,retry=7,fault=3,cut=5,late=6";
/// The driver leaves it to a person whether a command is typed again.
const DRIVER: &str = "ok=0,error=1,fault=3,cut=5,late=6";

pub(crate) fn conform(_: &Settings) -> Result<Outcome, Failure> {
    let programs = build(&["shellrt-validate", "shellrt-driver", "tokio-host"], false)?;
    let kit = kits_adapter()?;
    let driver = programs.join("shellrt-driver");
    let python = "tools/shellrt-driver/tests/host_adapter.py".into();
    let hosts: [(&str, &str, Vec<PathBuf>); 3] = [
        ("the Rust kit", ALL, vec![kit]),
        ("tokio-host", ALL, vec![programs.join("tokio-host-adapter")]),
        ("the driver", DRIVER, vec!["python3".into(), python, driver]),
    ];
    let validate = programs.join("shellrt-validate");
    Outcome::of_each(hosts.map(|(name, statuses, words)| {
        let mut judge = command(&validate, &["host", "--statuses", statuses, "--"]);
        judge.args(words).args(["{plugin}", "{request}"]);
        (name.to_owned(), judge)
    }))
}

/// An example of the kit: it is there for this check alone.
fn kits_adapter() -> Result<PathBuf, Failure> {
    let example = ["--package", "shellrt-kit", "--example", "host_adapter"];
    let status = cargo().args(["build", "--quiet"]).args(example).status()?;
    if status.success() {
        Ok(target().join("debug/examples/host_adapter"))
    } else {
        Err("cannot build the adapter of shellrt-kit".into())
    }
}
