//! The commands: one file each, with its options, its request and its table.

mod completions;
mod create;
mod describe;
mod img_list;
mod img_load;
mod img_pull;
mod img_remove;
mod list;
mod logs;
mod man;
mod network_ensure;
mod raw;
mod remove;
mod restart;
mod start;
mod stats;
mod status;
mod stop;
mod sys_info;
mod top;
mod version;

use clap::Subcommand;

use crate::failure::Failure;
use crate::session::Session;

// The doc comments are the one-line help. Names have the protocol's spelling;
// the spelling with `-` is accepted for fingers that expect it.
/// A command of the protocol, or one of the driver's own.
#[derive(Debug, Subcommand)]
#[command(rename_all = "snake_case")]
pub(crate) enum Command {
    /// Show which plugin this is and which wire versions it serves
    Version(version::Version),
    /// Show what the plugin can do
    Describe(describe::Describe),
    /// Fetch an image from a registry
    #[command(alias = "img-pull")]
    ImgPull(img_pull::ImgPull),
    /// Import an image from an archive
    #[command(alias = "img-load")]
    ImgLoad(img_load::ImgLoad),
    /// Remove an image
    #[command(alias = "img-remove")]
    ImgRemove(img_remove::ImgRemove),
    /// List the images
    #[command(alias = "img-list")]
    ImgList(img_list::ImgList),
    /// Get a network, or create it
    #[command(alias = "network-ensure")]
    NetworkEnsure(network_ensure::NetworkEnsure),
    /// Create a module
    Create(create::Create),
    /// Remove a module, or all of them
    Remove(remove::Remove),
    /// Start a module
    Start(start::Start),
    /// Stop a module, or all of them
    Stop(stop::Stop),
    /// Stop a module and start it again
    Restart(restart::Restart),
    /// List the modules
    List(list::List),
    /// Show the state of a module
    Status(status::Status),
    /// Show what a module wrote
    Logs(logs::Logs),
    /// Show the processes of a module
    Top(top::Top),
    /// Show what modules use
    Stats(stats::Stats),
    /// Show the host and the engine
    #[command(alias = "sys-info")]
    SysInfo(sys_info::SysInfo),
    /// Send a hand-written request as it is, and show the exact reply
    Raw(raw::Raw),
    /// Write a completion script for a shell
    Completions(completions::Completions),
    /// Write the manual pages
    Man(man::Man),
}

impl Command {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Command::Version(command) => command.run(session),
            Command::Describe(command) => command.run(session),
            Command::ImgPull(command) => command.run(session),
            Command::ImgLoad(command) => command.run(session),
            Command::ImgRemove(command) => command.run(session),
            Command::ImgList(command) => command.run(session),
            Command::NetworkEnsure(command) => command.run(session),
            Command::Create(command) => command.run(session),
            Command::Remove(command) => command.run(session),
            Command::Start(command) => command.run(session),
            Command::Stop(command) => command.run(session),
            Command::Restart(command) => command.run(session),
            Command::List(command) => command.run(session),
            Command::Status(command) => command.run(session),
            Command::Logs(command) => command.run(session),
            Command::Top(command) => command.run(session),
            Command::Stats(command) => command.run(session),
            Command::SysInfo(command) => command.run(session),
            Command::Raw(command) => command.run(session),
            Command::Completions(command) => command.run(),
            Command::Man(command) => command.run(),
        }
    }
}
