//! The checks that are one cargo command each.

use std::process::Command;

use super::Settings;
use super::outcome::Outcome;
use crate::Failure;
use crate::packages::{self, PROTOC};
use crate::process::cargo;

/// What cannot be compiled without the compiler of containerd's messages.
const NEEDS_PROTOC: &str = "shellrt-containerd";

/// Nothing but a word about what the other checks leave out.
pub(crate) fn everything_compiles(_: &Settings) -> Result<Outcome, Failure> {
    Ok(match packages::missing(PROTOC).first() {
        None => Outcome::Passed(1),
        Some(package) => Outcome::Missing(format!(
            "{NEEDS_PROTOC} is left out of all checks: apt-get install {package}"
        )),
    })
}

/// A command of cargo on all crates that this machine can compile.
fn on_workspace(subcommand: &str) -> Command {
    let mut command = cargo();
    command.args([subcommand, "--workspace"]);
    if !packages::missing(PROTOC).is_empty() {
        command.args(["--exclude", NEEDS_PROTOC]);
    }
    command
}

pub(crate) fn format(_: &Settings) -> Result<Outcome, Failure> {
    Outcome::of(cargo().args(["fmt", "--all", "--", "--check", "--files-with-diff"]))
}

pub(crate) fn generated(_: &Settings) -> Result<Outcome, Failure> {
    let generator = ["run", "--quiet", "--package", "shellrt-codegen", "--"];
    Outcome::of(cargo().args(generator).arg("--check"))
}

pub(crate) fn clippy(_: &Settings) -> Result<Outcome, Failure> {
    let options = ["--quiet", "--all-targets", "--", "-D", "warnings"];
    Outcome::of(on_workspace("clippy").args(options))
}

pub(crate) fn documentation(_: &Settings) -> Result<Outcome, Failure> {
    let options = ["--quiet", "--no-deps"];
    Outcome::of(
        on_workspace("doc")
            .args(options)
            .env("RUSTDOCFLAGS", "-D warnings"),
    )
}

pub(crate) fn tests(_: &Settings) -> Result<Outcome, Failure> {
    let output = on_workspace("test").arg("--no-fail-fast").output()?;
    let (passed, failed) = counted(&String::from_utf8_lossy(&output.stdout));
    Ok(Outcome::of_tests(&output, passed, failed))
}

/// The README's first command. Not by our own path: the tests of the workspace
/// may have built this program anew, and then it is another file.
pub(crate) fn demo(_: &Settings) -> Result<Outcome, Failure> {
    Outcome::of(cargo().args(["xtask", "demo"]))
}

pub(crate) fn fuzz(_: &Settings) -> Result<Outcome, Failure> {
    let fuzzer = ["run", "--quiet", "--release", "--package", "shellrt-fuzz"];
    Outcome::of(cargo().args(fuzzer).args(["--", "--seconds", "20"]))
}

/// Adds up the lines by which each test program ends:
/// `test result: ok. 12 passed; 0 failed; ...`.
pub(super) fn counted(output: &str) -> (u64, u64) {
    let number = |line: &str, word: &str| -> u64 {
        let before = line.split(word).next().unwrap_or_default();
        let last = before.split_whitespace().next_back().unwrap_or_default();
        last.parse().unwrap_or(0)
    };
    output
        .lines()
        .filter(|line| line.starts_with("test result:"))
        .fold((0, 0), |(passed, failed), line| {
            (
                passed + number(line, " passed"),
                failed + number(line, " failed"),
            )
        })
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn results_of_all_test_programs_are_added_up() {
        let output = "test result: ok. 12 passed; 0 failed; 0 ignored\nnoise 7 passed\n\
                      test result: FAILED. 3 passed; 2 failed; 0 ignored\n";
        assert_eq!(counted(output), (15, 2));
    }
}
