//! `completions`: a completion script for a shell.

use clap::{Args, CommandFactory};

use crate::cli::Cli;
use crate::exit;
use crate::fault::Failure;

/// Print a completion script
#[derive(Debug, Args)]
#[command(after_help = "Example:
  shellrt-validate completions bash > /etc/bash_completion.d/shellrt-validate")]
pub(crate) struct Arguments {
    shell: clap_complete::Shell,
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut Cli::command(),
        "shellrt-validate",
        &mut script,
    );
    crate::report::write_out(&script)?;
    Ok(exit::OK)
}
