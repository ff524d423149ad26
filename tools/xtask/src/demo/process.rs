//! On the process plugin: a module is a program of this machine.

use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use super::stage::{Stage, heading};
use crate::process::build;
use crate::scratch::Scratch;
use crate::{FOUND, Failure, OK};

/// What the module does: it writes a line each half second.
const SCRIPT: &str =
    "trap \"exit 0\" TERM; n=0; while n=$((n + 1)); do echo \"tick $n\"; sleep 0.5; done";

/// Has two faults: no name, and a time that runs backwards.
const BAD_REQUEST: &str = r#"{"_version":"0.2.0","_type":"stop","timeout":-1}"#;

pub(crate) fn run() -> Result<u8, Failure> {
    eprintln!("building shellrt-process, shellrt-driver and shellrt-validate ...");
    let programs = build(
        &["shellrt-process", "shellrt-driver", "shellrt-validate"],
        false,
    )?;
    let state = Scratch::new("demo")?;
    let stage = Stage {
        programs: &programs,
        plugin: "shellrt-process",
        environment: vec![("SHELLRT_PROCESS_STATE_DIR", state.path().into())],
    };
    let went_well = play(&stage, state.path());
    // Whatever went wrong above: no module outlives the demo. Most often there
    // is nothing left to remove, and the answer says so.
    let _ = stage.quiet_driver(&["remove", "ticker"]).output();
    println!();
    if went_well? {
        println!("That was a module's whole life, and a message that was refused with its reason.");
        Ok(OK)
    } else {
        println!("The demo did not go as it should: see above.");
        Ok(FOUND)
    }
}

fn play(stage: &Stage<'_>, state: &Path) -> Result<bool, Failure> {
    let mut well = stage.driver("What can this runtime do?", &["describe"])?;
    well &= stage.driver(
        "A module: a program of this machine, supervised.",
        &["create", "process", "ticker", "--", "sh", "-c", SCRIPT],
    )?;
    well &= stage.driver("", &["start", "ticker"])?;
    sleep(Duration::from_millis(1200));
    well &= stage.driver(
        "It lives: what it wrote, and what runs.",
        &["logs", "ticker"],
    )?;
    well &= stage.driver("", &["top", "--details", "ticker"])?;
    well &= stage.driver("", &["stop", "--timeout", "2", "ticker"])?;
    well &= stage.driver("", &["list", "--details"])?;
    well &= stage.driver("", &["remove", "ticker"])?;
    well &= bad_message(stage, state)?;
    Ok(well)
}

/// The validator must refuse it, with status 1.
fn bad_message(stage: &Stage<'_>, folder: &Path) -> Result<bool, Failure> {
    let file = folder.join("stop.json");
    std::fs::write(&file, BAD_REQUEST)?;
    heading("A message that breaks the contract, and why.");
    println!("$ cat stop.json\n{BAD_REQUEST}");
    println!("$ shellrt-validate message stop.json");
    let status = Command::new(stage.programs.join("shellrt-validate"))
        .args(["message", "stop.json"])
        .current_dir(folder)
        .status()?;
    std::fs::remove_file(&file)?;
    Ok(status.code() == Some(1))
}
