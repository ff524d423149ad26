//! `man`: the manual pages.

use std::path::PathBuf;

use clap::{Args, CommandFactory};

use crate::cli::Cli;
use crate::failure::Failure;
use crate::output;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shellrt-driver man | man -l -
  shellrt-driver man /usr/local/share/man/man1")]
pub(crate) struct Man {
    /// A directory for the pages of all commands [default: the main page to standard output]
    directory: Option<PathBuf>,
}

impl Man {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let Some(directory) = self.directory else {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command())
                .render(&mut page)
                .map_err(Failure::Output)?;
            return output::data(&page);
        };
        clap_mangen::generate_to(Cli::command(), &directory).map_err(|source| Failure::File {
            what: "cannot write the manual pages to".to_owned(),
            path: directory,
            source,
        })
    }
}
