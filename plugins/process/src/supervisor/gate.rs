//! The module's process before its program is in it.
//!
//! Standard input is a socket to the supervisor. One byte from there opens
//! the gate; its end (the supervisor failed, or was killed) means that
//! nothing is to run. Back through it goes the error where the program could
//! not be put in; where it could, the socket closes by itself.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

use rustix::fs::Mode;
use rustix::process::{setsid, umask};

/// Waits for the supervisor, then becomes the program that `arguments` name.
/// Working directory and environment are the module's already.
pub(super) fn pass(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    // Returned from only where the program could not be put in, and then the
    // supervisor knows why: nobody looks at the status.
    match enter(arguments) {
        Ok(never) => match never {},
        Err(_) => ExitCode::FAILURE,
    }
}

fn enter(mut arguments: impl Iterator<Item = OsString>) -> io::Result<std::convert::Infallible> {
    let program = arguments.next().ok_or(io::ErrorKind::InvalidInput)?;
    // A session of its own: no terminal, and a process group that `stop` can
    // signal as a whole.
    setsid()?;
    umask(Mode::WGRP | Mode::WOTH);
    let mut supervisor = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
    supervisor.read_exact(&mut [0])?;
    let error = Command::new(program).args(arguments).exec();
    let number = error.raw_os_error().unwrap_or_default();
    supervisor.write_all(&number.to_le_bytes())?;
    Err(error)
}
