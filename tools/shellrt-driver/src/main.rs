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
    match run() {
        Ok(()) => ExitCode::from(exit::OK),
        Err(failure) => failure.report(),
    }
}

fn run() -> Result<(), failure::Failure> {
    let cli = cli::Cli::from_arguments(std::env::args_os());
    let session = session::Session::new(&cli.options);
    let done = cli.command.run(&session);
    if let Err(failure) = &done {
        session.show_error(failure)?;
    }
    done
}
