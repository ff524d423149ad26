//! The embedded default runtime of shellrt: a module is a supervised process
//! group of this machine. It needs no root, no daemon and no images.

mod command;
mod config;
mod environment;
mod failure;
mod members;
mod patience;
mod state;
mod supervisor;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use shellrt_kit::plugin::serve;

use crate::state::Store;

/// Answers one request of the shellrt protocol: a JSON object on standard
/// input, one on standard output.
///
/// Modules are programs of this machine, run with the rights of this plugin.
#[derive(Debug, Parser)]
#[command(name = "shellrt-process", version)]
struct Arguments {
    /// Where modules and their output are kept [default: as root
    /// /var/lib/shellrt-process, else ~/.local/state/shellrt-process]
    #[arg(long, env = "SHELLRT_PROCESS_STATE_DIR", value_name = "DIR")]
    state_dir: Option<PathBuf>,
}

fn main() -> ExitCode {
    if let Some(status) = supervisor::role(env::args_os().skip(1)) {
        return status;
    }
    let arguments = Arguments::parse();
    let store = Store::new(state_directory(arguments.state_dir));
    serve(|request, context| Ok(command::carry_out(&store, request, context)?))
}

/// The state directory as an absolute path: supervisors live elsewhere.
fn state_directory(given: Option<PathBuf>) -> PathBuf {
    let chosen = given
        .filter(|path| !path.as_os_str().is_empty())
        .unwrap_or_else(default_state_directory);
    std::path::absolute(&chosen).unwrap_or(chosen)
}

/// XDG_STATE_HOME is not asked: hosts do not pass it on, and one machine's
/// modules must not depend on who asks for them.
fn default_state_directory() -> PathBuf {
    const NAME: &str = "shellrt-process";
    let home = env::var_os("HOME")
        .map(PathBuf::from)
        .filter(|home| home.is_absolute());
    match home {
        Some(home) if !rustix::process::geteuid().is_root() => home.join(".local/state").join(NAME),
        _ => PathBuf::from("/var/lib").join(NAME),
    }
}
