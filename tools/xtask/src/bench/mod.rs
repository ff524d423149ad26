//! `bench`: what a request, a check and a module cost, each beside contenders.
//! Contenders take turns, so that a busy moment of the machine hits them all;
//! the ratios are what to read, the times are this machine's.

mod containers;
mod messages;
mod modules;
mod one_request;
mod tap;
mod timing;
mod yard;

use std::path::PathBuf;

use crate::beside;
use crate::process::{build, command, programs};
use crate::scratch::Scratch;
use crate::{Failure, OK};

/// What every bench needs.
struct Bench {
    /// Release builds of our programs.
    programs: PathBuf,
    scratch: Scratch,
}

type Part = (&'static str, fn(&Bench) -> Result<(), Failure>);

const PARTS: [Part; 5] = [
    ("request", one_request::run),
    ("messages", messages::run),
    ("tap", tap::run),
    ("modules", modules::run),
    ("containers", containers::run),
];

pub(crate) fn run(arguments: &[String]) -> Result<u8, Failure> {
    let parts = chosen(arguments)?;
    let mut bench = Bench {
        programs: programs(true),
        scratch: Scratch::new("bench")?,
    };
    if let Some(registry) = beside::registry() {
        return containers::run_beside(&bench, &registry);
    }
    let needed = needed(&parts);
    if !needed.is_empty() {
        eprintln!("building release programs ...");
        bench.programs = build(&needed, true)?;
    }
    println!("machine: {}\n", machine());
    for (_, run) in parts {
        run(&bench)?;
    }
    Ok(OK)
}

/// One part, or all of them.
fn chosen(arguments: &[String]) -> Result<Vec<Part>, Failure> {
    let names = PARTS.map(|(name, _)| name).join("`, `");
    match arguments {
        [] => Ok(PARTS.to_vec()),
        [name] => match PARTS.iter().find(|(known, _)| known == name) {
            Some(part) => Ok(vec![*part]),
            None => Err(format!("`bench` has no part `{name}`: it has `{names}`").into()),
        },
        _ => Err(format!("`bench` takes one part at most: `{names}`").into()),
    }
}

/// The packages with the programs of some parts. Where containers cannot run,
/// that part says why it is skipped; it builds their plugin itself, as it is shipped.
fn needed(parts: &[Part]) -> Vec<&'static str> {
    let mut packages = Vec::new();
    if parts.iter().any(|(name, _)| *name != "containers") {
        packages.extend(["shellrt-process", "shellrt-validate"]);
    }
    let containers = parts.iter().any(|(name, _)| *name == "containers");
    if containers && beside::lacking().is_none() {
        packages.push("shellrt-testbed");
    }
    packages
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
