//! `demo`: a module's life on the process plugin, as a person would type it.

use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use crate::process::build;
use crate::scratch::Scratch;
use crate::{FOUND, Failure, OK};

/// What the module does: it writes a line each half second.
const SCRIPT: &str =
    "trap \"exit 0\" TERM; n=0; while n=$((n + 1)); do echo \"tick $n\"; sleep 0.5; done";

/// Has two faults: no name, and a time that runs backwards.
const BAD_REQUEST: &str = r#"{"_version":"0.2.0","_type":"stop","timeout":-1}"#;

pub(crate) fn run(arguments: &[String]) -> Result<u8, Failure> {
    match arguments {
        [] => {}
        [option, plugin] if option == "--plugin" && plugin == "process" => {}
        _ => return Err("the demo takes nothing but `--plugin process`".into()),
    }
    eprintln!("building shellrt-process, shellrt-driver and shellrt-validate ...");
    let programs = build(
        &["shellrt-process", "shellrt-driver", "shellrt-validate"],
        false,
    )?;
    let state = Scratch::new("demo")?;
    let stage = Stage {
        programs: &programs,
        state: state.path(),
    };
    let went_well = stage.play();
    // Whatever went wrong above: no module outlives the demo.
    stage.clean_up();
    println!();
    if went_well? {
        println!("That was a module's whole life, and a message that was refused with its reason.");
        Ok(OK)
    } else {
        println!("The demo did not go as it should: see above.");
        Ok(FOUND)
    }
}

struct Stage<'a> {
    programs: &'a Path,
    state: &'a Path,
}

impl Stage<'_> {
    fn play(&self) -> Result<bool, Failure> {
        let mut well = self.driver("What can this runtime do?", &["describe"])?;
        well &= self.driver(
            "A module: a program of this machine, supervised.",
            &["create", "process", "ticker", "--", "sh", "-c", SCRIPT],
        )?;
        well &= self.driver("", &["start", "ticker"])?;
        sleep(Duration::from_millis(1200));
        well &= self.driver(
            "It lives: what it wrote, and what runs.",
            &["logs", "ticker"],
        )?;
        well &= self.driver("", &["top", "--details", "ticker"])?;
        well &= self.driver("", &["stop", "--timeout", "2", "ticker"])?;
        well &= self.driver("", &["list", "--details"])?;
        well &= self.driver("", &["remove", "ticker"])?;
        well &= self.bad_message()?;
        Ok(well)
    }

    fn driver(&self, title: &str, arguments: &[&str]) -> Result<bool, Failure> {
        let words: Vec<String> = arguments.iter().map(|word| quoted(word)).collect();
        heading(title);
        println!("$ shellrt-driver shellrt-process {}", words.join(" "));
        let status = self.quiet_driver(arguments).status()?;
        Ok(status.success())
    }

    fn quiet_driver(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.programs.join("shellrt-driver"));
        command
            .arg(self.programs.join("shellrt-process"))
            .args(arguments)
            .env("SHELLRT_PROCESS_STATE_DIR", self.state);
        command
    }

    /// The validator must refuse it, with status 1.
    fn bad_message(&self) -> Result<bool, Failure> {
        let file = self.state.join("stop.json");
        std::fs::write(&file, BAD_REQUEST)?;
        heading("A message that breaks the contract, and why.");
        println!("$ cat stop.json\n{BAD_REQUEST}");
        println!("$ shellrt-validate message stop.json");
        let status = Command::new(self.programs.join("shellrt-validate"))
            .args(["message", "stop.json"])
            .current_dir(self.state)
            .status()?;
        std::fs::remove_file(&file)?;
        Ok(status.code() == Some(1))
    }

    fn clean_up(&self) {
        // Most often there is nothing left to remove, and the answer says so.
        let _ = self.quiet_driver(&["remove", "ticker"]).output();
    }
}

fn heading(title: &str) {
    println!();
    if !title.is_empty() {
        println!("# {title}");
    }
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_word_is_what_a_shell_would_read() {
        assert_eq!(quoted("--timeout"), "--timeout");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
