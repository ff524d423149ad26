//! The chores of the workspace, each as one command: `cargo xtask help`.

mod bench;
mod beside;
mod codegen;
mod demo;
mod help;
mod package;
mod packages;
mod process;
mod scratch;
mod test;

use std::process::ExitCode;

/// What stops a chore.
type Failure = Box<dyn std::error::Error>;

/// The chore was done, and what it checked is well.
const OK: u8 = 0;
/// The chore found something wrong.
const FOUND: u8 = 1;
/// The chore could not be done, or was asked for wrongly.
const CANNOT_RUN: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (chore, rest) = match arguments.split_first() {
        Some((chore, rest)) => (chore.as_str(), rest),
        None => ("help", &[][..]),
    };
    let done = match chore {
        "bench" => bench::run(rest),
        "codegen" => codegen::run(rest),
        "demo" => demo::run(rest),
        "package" => package::run(rest),
        "test" => test::run(rest),
        "help" | "-h" | "--help" => help::run(),
        unknown => {
            Err(format!("there is no chore `{unknown}`\nhint: run `cargo xtask help`").into())
        }
    };
    ExitCode::from(done.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        CANNOT_RUN
    }))
}
