//! `demo`: a module's life, as a person would type it.

mod containerd;
mod process;
mod stage;

use crate::Failure;

pub(crate) fn run(arguments: &[String]) -> Result<u8, Failure> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] | ["--plugin", "process"] => process::run(),
        ["--plugin", "containerd"] => containerd::run(),
        _ => Err("the demo takes nothing but `--plugin process` or `--plugin containerd`".into()),
    }
}
