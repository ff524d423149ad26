//! Mutants: sound plugins with one fault each, and the matrix that shows which
//! check of the conformance suite sees which.
//!
//! `shellrt-mutant` is a plugin that is told by a file what to do wrong. It runs
//! a sound one, and where no fault applies every byte, signal, hang-up and exit
//! status goes through it unchanged, as it comes. `shellrt-mutants` plays the
//! suite against every mutant and keeps `conformance/kill-matrix.json`.

mod answer;
mod bytes;
mod edit;
mod exchange;
pub mod file;
pub mod format;
mod input;
pub mod matrix;
mod relay;
mod signals;
mod sound;
mod stream;
mod template;
mod when;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use format::Exit;
use sound::Sound;

/// The exit status of a mutant that could not do what its file says: no
/// plugin's, so that nobody takes it for the fault that was meant.
const CANNOT: u8 = 99;

/// `shellrt-mutant FILE[#VARIANT] -- COMMAND ARGUMENTS...`
#[must_use]
pub fn mutant_main(arguments: &[OsString]) -> ExitCode {
    match arguments {
        [first, rest @ ..] if *first == *sound::BECOME => cannot(&format!(
            "the sound plugin cannot be run: {}",
            sound::become_it(rest)
        )),
        [file, dashes, command @ ..] if *dashes == *"--" && !command.is_empty() => {
            act(&file.to_string_lossy(), command)
        }
        _ => cannot("usage: shellrt-mutant FILE[#VARIANT] -- COMMAND [ARGUMENTS]"),
    }
}

fn act(name: &str, command: &[OsString]) -> ExitCode {
    let (path, variant) = name.split_once('#').unwrap_or((name, ""));
    let mutant = match file::mutant_named(Path::new(path), variant) {
        Ok(mutant) => mutant,
        Err(error) => return cannot(&error.to_string()),
    };
    match exchange::run(&mutant, &Sound::new(command.to_vec())) {
        Ok(Exit::Status(status)) => status.into(),
        Ok(Exit::Signal(number)) => {
            signals::die(number);
            CANNOT.into()
        }
        Err(error) => cannot(&error.to_string()),
    }
}

fn cannot(why: &str) -> ExitCode {
    eprintln!("shellrt-mutant: {why}");
    CANNOT.into()
}
