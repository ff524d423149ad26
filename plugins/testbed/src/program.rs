//! Programs of this machine, and waiting for what they do.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::Error;

/// How long anything may take before it is said not to happen. Nothing is
/// measured by it.
const LIMIT: Duration = Duration::from_secs(300);

/// Asks until there is an answer; `what` names what is waited for.
///
/// # Errors
/// There was none for five minutes.
pub fn until<T>(what: &str, ask: impl FnMut() -> Option<T>) -> Result<T, Error> {
    within(LIMIT, what, ask)
}

/// The same with a limit of its own.
pub(crate) fn within<T>(
    limit: Duration,
    what: &str,
    mut ask: impl FnMut() -> Option<T>,
) -> Result<T, Error> {
    let end = Instant::now() + limit;
    loop {
        if let Some(answer) = ask() {
            return Ok(answer);
        }
        if Instant::now() >= end {
            let what = what.to_owned();
            return Err(Error::Late { what, limit });
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// Runs a program that has to succeed; what it wrote.
///
/// # Errors
/// It could not be started, or it failed: what it wrote is in the error.
pub fn run(program: &str, arguments: &[&str]) -> Result<String, Error> {
    succeed(Command::new(program).args(arguments))
}

/// The same in a directory.
///
/// # Errors
/// Those of [`run`].
pub fn run_in(directory: &Path, program: &str, arguments: &[&str]) -> Result<String, Error> {
    succeed(Command::new(program).args(arguments).current_dir(directory))
}

fn succeed(command: &mut Command) -> Result<String, Error> {
    let shown = || {
        let words = [command.get_program()]
            .into_iter()
            .chain(command.get_args());
        let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
        words.join(" ")
    };
    let shown = shown();
    let output = command
        .output()
        .map_err(Error::system(format!("start `{shown}`")))?;
    let written = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(written);
    }
    Err(Error::Program {
        command: shown,
        status: output.status,
        output: written + &String::from_utf8_lossy(&output.stderr),
    })
}

/// Checks that programs are there; each is named with the package that has it.
///
/// # Errors
/// [`Error::Missing`] with the packages of those that are not.
pub fn missing(programs: &[(&str, &str)]) -> Result<(), Error> {
    let absent = programs.iter().filter(|(program, _)| !is_there(program));
    let packages: Vec<&str> = absent.map(|(_, package)| *package).collect();
    if packages.is_empty() {
        return Ok(());
    }
    Err(Error::Missing(packages.join(" ")))
}

fn is_there(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders = env::split_paths(&path).chain(["/usr/sbin", "/sbin"].map(PathBuf::from));
    folders.any(|folder| folder.join(program).is_file())
}
