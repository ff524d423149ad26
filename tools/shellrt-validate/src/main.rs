//! The independent judge of shellrt messages: every verdict comes from a JSON
//! Schema engine that reads the contract itself, not from generated types.

mod baseline;
mod cli;
mod command;
mod contract;
mod coverage;
mod documents;
mod exit;
mod fault;
mod host;
mod judge;
mod place;
mod report;
mod requirements;
mod suite;
mod tap;
mod tape;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let mut words = std::env::args_os().skip(1);
    let role = words.next().unwrap_or_default();
    if role == suite::janitor::ROLE {
        let scratch = words.next().unwrap_or_default();
        return suite::janitor::run(scratch.into(), words.collect());
    } else if role == host::scripted::ROLE {
        return host::scripted::run(words);
    } else if role == host::scripted::CHILD_ROLE {
        return host::scripted::run_child(words);
    }
    match cli::Cli::parse().command.run() {
        Ok(status) => ExitCode::from(status),
        // Whoever reads us has seen enough, as `head` has; that is no failure.
        Err(error) if error.is_broken_pipe() => ExitCode::from(exit::OK),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(exit::CANNOT_RUN)
        }
    }
}
