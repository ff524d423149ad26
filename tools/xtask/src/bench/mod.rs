//! `bench`: what a request, a check and a module cost, each beside contenders.
//! Contenders take turns, so that a busy moment of the machine hits them all;
//! the ratios are what to read, the times are this machine's.

mod messages;
mod modules;
mod one_request;
mod tap;
mod timing;

use std::path::PathBuf;

use crate::process::{build, command};
use crate::scratch::Scratch;
use crate::{Failure, OK};

/// What every bench needs.
struct Bench {
    /// Release builds of our programs.
    programs: PathBuf,
    scratch: Scratch,
}

pub(crate) fn run(arguments: &[String]) -> Result<u8, Failure> {
    if !arguments.is_empty() {
        return Err("`bench` takes no arguments".into());
    }
    eprintln!("building release programs ...");
    let bench = Bench {
        programs: build(&["shellrt-process", "shellrt-validate"], true)?,
        scratch: Scratch::new("bench")?,
    };
    println!("machine: {}\n", machine());
    one_request::run(&bench)?;
    messages::run(&bench)?;
    tap::run(&bench)?;
    modules::run(&bench)?;
    Ok(OK)
}

/// Processor, cores and kernel, as far as the machine says.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let processors = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor = processors
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown processor", |(_, name)| name);
    let kernel = command("uname", &["-sr"])
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
        .unwrap_or_default();
    format!("{processor}, {cores} cores, {kernel}")
}
