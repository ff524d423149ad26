//! The module's process before its program is in it.
//!
//! Standard input is a socket to the supervisor. The module's environment,
//! when all of it has come, opens the gate; an end before that (the supervisor
//! failed, or was killed) means that nothing is to run. Back goes one byte
//! right before the program is put in, and the error where that fails; where
//! it works, the socket closes by itself.
//!
//! The gate does not have the environment from the beginning, because that is
//! for the module's program: an `LD_LIBRARY_PATH` in it could keep this
//! executable from running.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

use rustix::fs::Mode;
use rustix::process::{setsid, umask};

/// What the gate sends right before the program is put in.
const PASSING: u8 = 1;

/// Waits for the supervisor, then becomes the program that `arguments` name,
/// in the working directory that it has.
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
    let environment = receive_environment(&mut supervisor)?;
    supervisor.write_all(&[PASSING])?;
    let error = Command::new(program)
        .args(arguments)
        .env_clear()
        .envs(environment)
        .exec();
    let number = error.raw_os_error().unwrap_or_default();
    supervisor.write_all(&number.to_le_bytes())?;
    Err(error)
}

/// Sends all of the environment: a length, then `NAME=VALUE` and a NUL each.
pub(super) fn open(
    gate: &mut UnixStream,
    environment: &BTreeMap<OsString, OsString>,
) -> io::Result<()> {
    let mut bytes = Vec::new();
    for (name, value) in environment {
        bytes.extend_from_slice(name.as_bytes());
        bytes.push(b'=');
        bytes.extend_from_slice(value.as_bytes());
        bytes.push(0);
    }
    gate.write_all(&(bytes.len() as u64).to_le_bytes())?;
    gate.write_all(&bytes)
}

/// What became of the process after its gate was opened: `None` when the
/// program is in it.
pub(super) fn outcome(gate: &mut UnixStream) -> io::Result<Option<io::Error>> {
    let mut answer = Vec::new();
    gate.read_to_end(&mut answer)?;
    match answer.as_slice() {
        [PASSING] => Ok(None),
        &[PASSING, a, b, c, d] => Ok(Some(io::Error::from_raw_os_error(i32::from_le_bytes([
            a, b, c, d,
        ])))),
        _ => Ok(Some(io::Error::other(
            "its process ended before its program was in it",
        ))),
    }
}

fn receive_environment(supervisor: &mut UnixStream) -> io::Result<Vec<(OsString, OsString)>> {
    let mut length = [0; 8];
    supervisor.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    let mut bytes = Vec::new();
    if supervisor.take(length).read_to_end(&mut bytes)? as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    // A name holds no `=` and neither holds a NUL: `create` saw to that.
    let variable = |entry: &[u8]| {
        let end = entry.iter().position(|&byte| byte == b'=')?;
        let text = |bytes: &[u8]| OsStr::from_bytes(bytes).to_owned();
        Some((text(&entry[..end]), text(&entry[end + 1..])))
    };
    Ok(bytes
        .split(|&byte| byte == 0)
        .filter_map(variable)
        .collect())
}
