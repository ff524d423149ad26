//! One request through a plugin, beside the least that a process can cost.

use std::process::Command;

use super::Bench;
use super::timing::{Contender, medians, print, run_on};
use crate::Failure;
use crate::process::command;

const ROUNDS: usize = 200;
const REQUEST: &str = "{\"_version\":\"0.2.0\",\"_type\":\"version\"}\n";

pub(crate) fn run(bench: &Bench) -> Result<(), Failure> {
    let folder = bench.scratch.path();
    let (source, empty) = (folder.join("empty.rs"), folder.join("empty"));
    std::fs::write(&source, "fn main() {}\n")?;
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let compiled = command(compiler, &["--edition", "2024", "-O", "-o"])
        .args([&empty, &source])
        .status()?;
    if !compiled.success() {
        return Err("cannot compile the empty program".into());
    }
    let (version, list) = (folder.join("version.json"), folder.join("list.json"));
    std::fs::write(&version, REQUEST)?;
    std::fs::write(&list, REQUEST.replace("\"version\"}", "\"list\"}"))?;
    let plugin = bench.programs.join("shellrt-process");
    let state = folder.join("one-request");
    let request = |file| {
        let (plugin, state) = (&plugin, &state);
        move || {
            let mut command = Command::new(plugin);
            run_on(command.arg("--state-dir").arg(state), Some(file))
        }
    };
    let mut contenders: Vec<Contender<'_>> = vec![
        (
            "/bin/true",
            Box::new(|| run_on(&mut Command::new("/bin/true"), None)),
        ),
        (
            "an empty Rust program",
            Box::new(|| run_on(&mut Command::new(&empty), None)),
        ),
        ("shellrt-process, `version`", Box::new(request(&version))),
        (
            "shellrt-process, `list` (no modules)",
            Box::new(request(&list)),
        ),
    ];
    println!("one request, spawn to exit, median of {ROUNDS}");
    let times = medians(ROUNDS, &mut contenders)?;
    print(&contenders, &times);
    Ok(())
}
