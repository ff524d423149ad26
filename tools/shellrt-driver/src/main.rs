//! The terminal tool of shellrt: drives any plugin by hand, as `crictl` drives a
//! CRI runtime. A plugin is met only as a process, through `shellrt-kit`.

mod cli;
mod command;
mod config;
mod exit;
mod failure;
mod output;
mod session;
mod time;
mod trace;

use std::process::ExitCode;

fn main() -> ExitCode {
    exit::leave_quietly_when_interrupted();
    let cli = cli::Cli::from_arguments(std::env::args_os());
    let session = session::Session::new(&cli.options);
    match cli.command.run(&session) {
        Ok(()) => ExitCode::from(exit::OK),
        Err(failure) => {
            session.show_error(&failure);
            failure.report()
        }
    }
}
