//! The conformance suite on the runtimes of this project, with everything that
//! is required of them.

use std::fs;
use std::process::Command;

use super::Settings;
use super::outcome::Outcome;
use crate::Failure;
use crate::beside::lacking;
use crate::process::{build, command, root, text};
use crate::scratch::Scratch;

/// All that a runtime without images can be asked for.
const WITHOUT_IMAGES: &str = "core,strict,lifecycle,logs,observe,robust";

/// The report of the process plugin is the one that is committed.
pub(crate) fn process(_: &Settings) -> Result<Outcome, Failure> {
    let programs = build(&["shellrt-validate", "shellrt-process"], false)?;
    let mut run = command(programs.join("shellrt-validate"), &["plugin"]);
    run.args(["--config", "process", "--require", WITHOUT_IMAGES])
        .current_dir(&programs);
    report("process", run, &["--", "./shellrt-process"])
}

/// On a containerd of its own, with images.
pub(crate) fn containerd(_: &Settings) -> Result<Outcome, Failure> {
    if let Some(reason) = lacking() {
        return Ok(Outcome::Missing(reason));
    }
    let packages = ["shellrt-validate", "shellrt-containerd", "shellrt-testbed"];
    let programs = build(&packages, false)?;
    let mut run = command(programs.join("with-containerd"), &["--"]);
    run.arg(programs.join("shellrt-validate"))
        .args(["plugin", "--config", "containerd", "--require", "all"])
        .current_dir(&programs);
    report("containerd", run, &["--", "./shellrt-containerd"])
}

/// Runs the suite, which has to pass, and compares its page with the committed
/// one; with `SHELLRT_UPDATE` set the page is written anew.
fn report(name: &str, mut run: Command, plugin: &[&str]) -> Result<Outcome, Failure> {
    let scratch = Scratch::new("conformance")?;
    let page = scratch.path().join("page.md");
    run.arg(format!("--report=markdown={}", page.display()));
    let ran = run.args(plugin).output()?;
    if !ran.status.success() {
        return Ok(Outcome::failed(text(&ran)));
    }
    let committed = root().join(format!("docs/reports/{name}.md"));
    let written = fs::read_to_string(&page)?;
    if std::env::var_os("SHELLRT_UPDATE").is_some() {
        fs::write(&committed, &written)?;
    }
    if fs::read_to_string(&committed).unwrap_or_default() != written {
        return Ok(Outcome::failed(format!(
            "docs/reports/{name}.md is old\nhint: SHELLRT_UPDATE=1 cargo xtask test --only 'conformance, {name}'"
        )));
    }
    Ok(Outcome::Passed(1))
}
