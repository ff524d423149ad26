//! Runs modules as containers on containerd's native API: no Docker, no CRI,
//! no pause container. One process a request; between requests nothing of the
//! plugin lives but a small logger for each module that runs.

mod command;
mod config;
mod engine;
mod failure;
mod image;
mod logger;
mod module;
mod settings;
mod spec;

use std::env;
use std::process::ExitCode;

use clap::Parser;
use dlmalloc::GlobalDlmalloc;
use rustix::fs::Mode;
use shellrt_kit::plugin::serve;

use crate::settings::Arguments;

#[global_allocator]
static ALLOCATOR: GlobalDlmalloc = GlobalDlmalloc;

fn main() -> ExitCode {
    // Files that modules see are readable whatever the host's mask is; what is
    // for root alone says so where it is made.
    rustix::process::umask(Mode::from_raw_mode(0o022));
    if let Some(status) = logger::role(env::args_os().skip(1)) {
        return status;
    }
    let settings = match Arguments::parse().settle() {
        Ok(settings) => settings,
        Err(error) => {
            eprintln!("shellrt-containerd: {error}");
            // The command line or the configuration file is wrong [T-9].
            return ExitCode::from(2);
        }
    };
    serve(|request, context| Ok(command::carry_out(&settings, request, context)?))
}
