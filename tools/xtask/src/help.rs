//! `help`: what there is.

use crate::{Failure, OK};

const TEXT: &str = "\
The chores of the shellrt workspace

Usage: cargo xtask CHORE

  demo [--plugin P]      build what it needs and show a module live, on `process` (the default)
                         or, as root, on `containerd`
  test [--install]       run every check; --install first fetches what is missing (Debian, as root)
    test --only TEXT     run those whose name holds TEXT
  bench [PART]           measure, beside contenders: request, messages, tap, modules, containers
  codegen [--check]      write what is generated from schema/v0, or check that it is up to date
  package                shellrt-validate for machines without Rust: a static program and a wheel
  help                   this text

Exit status: 0 done and well, 1 something is wrong, 2 could not run.";

pub(crate) fn run() -> Result<u8, Failure> {
    println!("{TEXT}");
    Ok(OK)
}
