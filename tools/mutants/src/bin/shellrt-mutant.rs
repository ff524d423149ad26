//! A plugin that does one thing wrong; see the library.

use std::ffi::OsString;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    shellrt_mutants::mutant_main(&arguments)
}
