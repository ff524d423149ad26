//! The command line: options that every command shares, and where the plugin's
//! name comes from.

mod invocation;
pub(crate) mod value;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};
use shellrt_api::RequestId;

use crate::command::Command;
use crate::exit;

/// Drive a shellrt plugin from the terminal
///
/// PLUGIN is the path of one program (or its name, looked up in PATH). It may
/// also come from `--plugin` or the environment variable SHELLRT_PLUGIN; its
/// own arguments follow with `--plugin-arg`, one each.
#[derive(Debug, Parser)]
#[command(
    name = "shellrt-driver",
    version,
    max_term_width = 100,
    override_usage = "shellrt-driver [OPTIONS] PLUGIN COMMAND [ARGUMENTS]\n       \
                      shellrt-driver [OPTIONS] --plugin PLUGIN COMMAND [ARGUMENTS]\n       \
                      SHELLRT_PLUGIN=PLUGIN shellrt-driver [OPTIONS] COMMAND [ARGUMENTS]",
    after_help = exit::HELP,
    after_long_help = concat_help(),
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true,
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) options: Options,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Options {
    /// The plugin: one program, never split into words
    #[arg(
        long,
        value_name = "PLUGIN",
        env = "SHELLRT_PLUGIN",
        hide_env_values = true,
        global = true
    )]
    pub(crate) plugin: Option<PathBuf>,

    /// An argument for the plugin; may be given again
    #[arg(
        long = "plugin-arg",
        value_name = "ARG",
        allow_hyphen_values = true,
        global = true
    )]
    pub(crate) plugin_args: Vec<OsString>,

    /// An environment variable for the plugin; without a value, the one that this shell has
    ///
    /// A plugin gets PATH, HOME, LANG, LC_*, TZ, TMPDIR, RUST_LOG, SHELLRT_*,
    /// and the proxy and certificate variables; no other, unless named here.
    /// May be given again.
    #[arg(long = "plugin-env", value_name = "NAME[=VALUE]", value_parser = value::environment, global = true)]
    pub(crate) plugin_env: Vec<(String, String)>,

    /// `table` for people, `json` for programs
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Table, global = true)]
    pub(crate) format: Format,

    /// How long the plugin may take, such as `30s` or `5m` (a bare number: seconds)
    ///
    /// The plugin is told so as the request's deadline, and stopped when it goes
    /// beyond it. A log that is followed has no deadline.
    #[arg(long, value_name = "DURATION", value_parser = value::deadline, global = true)]
    pub(crate) timeout: Option<std::time::Duration>,

    /// An identifier for the request, which the plugin's log repeats
    #[arg(long, value_name = "ID", global = true)]
    pub(crate) id: Option<RequestId>,

    /// A note for the plugin beside the request, with a key such as `com.example.ticket`
    ///
    /// It goes into the request's `_meta` as a text. May be given again.
    #[arg(long, value_name = "KEY=VALUE", value_parser = value::key_value, global = true)]
    pub(crate) meta: Vec<(String, String)>,

    /// Show request, response and time on standard error, without secrets
    #[arg(long, global = true)]
    pub(crate) trace: bool,
}

/// How answers are written to standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Tables and sentences, which may change from version to version.
    Table,
    /// The protocol's own response, one document a line.
    Json,
}

impl Cli {
    /// Reads the command line; leaves with status 2 when it is wrong.
    pub(crate) fn from_arguments(arguments: impl Iterator<Item = OsString>) -> Cli {
        Cli::parse_from(invocation::name_the_plugin(
            arguments.collect(),
            std::env::var_os("SHELLRT_PLUGIN").is_some(),
        ))
    }
}

fn concat_help() -> String {
    format!(
        "\
Examples:
  shellrt-driver ./shellrt-containerd img_pull ubuntu
  shellrt-driver ./shellrt-process create process ticker -- sh -c 'while date; do sleep 1; done'
  shellrt-driver ./shellrt-process start ticker
  shellrt-driver --plugin shellrt-process --plugin-arg=--state-dir --plugin-arg=/var/lib/modules list -l
  export SHELLRT_PLUGIN=shellrt-process; shellrt-driver logs --follow --tail 10 ticker

A plugin whose file has a command's name is reached with a path (./list) or --plugin.

{}",
        exit::HELP
    )
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        super::Cli::command().debug_assert();
    }

    #[test]
    fn every_command_of_the_protocol_is_a_command_here() {
        let cli = super::Cli::command();
        for command in shellrt_api::Command::ALL {
            assert!(
                cli.find_subcommand(command.as_str()).is_some(),
                "{command} is missing"
            );
        }
    }
}
