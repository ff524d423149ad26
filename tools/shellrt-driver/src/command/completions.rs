//! `completions`: a script that completes this command line.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::cli::Cli;
use crate::failure::Failure;
use crate::output;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shellrt-driver completions bash > /etc/bash_completion.d/shellrt-driver
  shellrt-driver completions zsh > ~/.zfunc/_shellrt-driver")]
pub(crate) struct Completions {
    /// Which shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(
            self.shell,
            &mut Cli::command(),
            "shellrt-driver",
            &mut script,
        );
        output::data(&script)
    }
}
