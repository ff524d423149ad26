//! Plays the conformance suite against every mutant; see the library.

use std::process::ExitCode;

use clap::Parser;
use shellrt_mutants::matrix::{self, Arguments};

fn main() -> ExitCode {
    match matrix::run(&Arguments::parse()) {
        Ok(status) => status.into(),
        Err(error) => {
            eprintln!("error: {error}");
            matrix::CANNOT_RUN.into()
        }
    }
}
