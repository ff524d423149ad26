//! `codegen`: hands over to the generator, a crate of its own because its
//! dependencies would make every other chore wait.

use crate::process::{cargo, root};
use crate::{CANNOT_RUN, Failure};

pub(crate) fn run(arguments: &[String]) -> Result<u8, Failure> {
    let status = cargo()
        .args(["run", "--quiet", "--package", "shellrt-codegen", "--"])
        .args(arguments)
        .current_dir(root())
        .status()?;
    Ok(status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .unwrap_or(CANNOT_RUN))
}
