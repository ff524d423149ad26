//! The command line.

use clap::{Parser, Subcommand};

use crate::command::{completions, explain, host, list, message, plugin, replay, schema, tap};
use crate::{exit, fault::Failure};

const EXAMPLES: &str = "Examples:
  shellrt-validate message request.json
  shellrt-validate plugin -- ./my-plugin
  shellrt-validate host -- ./adapter {plugin} {request}
  shellrt-validate explain T-5

Each command has more of them in its own --help.";

/// Check shellrt messages, plugins and hosts against the protocol
#[derive(Debug, Parser)]
#[command(
    name = "shellrt-validate",
    version,
    max_term_width = 100,
    after_help = format!("{EXAMPLES}\n\n{}", exit::HELP),
    disable_help_subcommand = true,
    arg_required_else_help = true,
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Message(message::Arguments),
    Plugin(plugin::Arguments),
    Host(host::Arguments),
    Tap(tap::Arguments),
    Replay(replay::Arguments),
    Explain(explain::Arguments),
    List(list::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
}

impl Command {
    pub(crate) fn run(&self) -> Result<u8, Failure> {
        match self {
            Command::Message(arguments) => message::run(arguments),
            Command::Plugin(arguments) => plugin::run(arguments),
            Command::Host(arguments) => host::run(arguments),
            Command::Tap(arguments) => tap::run(arguments),
            Command::Replay(arguments) => replay::run(arguments),
            Command::Explain(arguments) => explain::run(arguments),
            Command::List(arguments) => list::run(arguments),
            Command::Schema(arguments) => schema::run(arguments),
            Command::Completions(arguments) => completions::run(arguments),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        super::Cli::command().debug_assert();
    }
}
