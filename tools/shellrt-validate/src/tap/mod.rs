//! A plugin with somebody who listens between it and its host. Neither notices:
//! bytes, signals, closed ends and the way it ended pass as they come.
//!
//! Standard error is the plugin's own and not listened to: it may be a journal,
//! which the plugin recognises by the descriptor.

mod pump;
mod signals;
mod witness;

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Instant, SystemTime};

use rustix::process::{Pid, Resource, Rlimit, WaitId, WaitIdOptions, waitid};

use crate::fault::Failure;
use crate::tape::{Exit, Seen};

use pump::{AFTER_EXIT, End, Heard};
use signals::Told;
use witness::Witness;

/// Runs the plugin to its end and says what was seen. Standard input and output
/// are the host's no more after that: whatever is printed goes nowhere.
pub(crate) fn run(command: &[OsString]) -> Result<Seen, Failure> {
    let name = command.first().map(OsString::as_os_str).unwrap_or_default();
    let program = name.to_string_lossy().into_owned();
    let failed = |source| Failure::Start {
        program: program.clone(),
        source,
    };
    let witness = Arc::new(Witness::start().map_err(failed)?);
    let caught = signals::catch().map_err(failed)?;
    let (began, started) = (SystemTime::now(), Instant::now());
    let mut child = Command::new(name)
        .args(command.get(1..).unwrap_or_default())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let told = caught.pass_on(pid(&child), Arc::downgrade(&witness));
    let heard = Arc::new(Heard::default());
    let (exited, ending) = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC)
        .map_err(|error| failed(error.into()))?;
    let end = connect(&mut child, exited, &heard).map_err(failed)?;
    let exit = reap(&mut child, &told).map_err(failed)?;
    let took = started.elapsed();
    drop(witness);
    drop(ending);
    let end = settle(&end, exit, &told, &heard);
    let (request, request_bytes) = heard.request();
    Ok(Seen {
        program,
        began,
        took,
        request,
        request_bytes,
        output: heard.output(),
        exit,
        signals: told.signals(),
        host_closed: end == End::HostClosed,
        held_open: end == End::HeldOpen,
    })
}

/// Ends as the plugin did; comes back only where it left with a status.
pub(crate) fn end_as(exit: Exit) -> u8 {
    let number = match exit {
        // A status has 8 bits.
        Exit::Status(status) => return u8::try_from(status & 0xff).unwrap_or(u8::MAX),
        Exit::Signal(number) => number,
    };
    // One core file, the plugin's, is enough.
    let limit = rustix::process::getrlimit(Resource::Core);
    let _ = rustix::process::setrlimit(
        Resource::Core,
        Rlimit {
            current: Some(0),
            ..limit
        },
    );
    let _ = signal_hook::low_level::emulate_default_handler(number);
    // It came back: a real-time signal. Shells say it like this.
    u8::try_from(128 + number).unwrap_or(u8::MAX)
}

fn pid(child: &Child) -> Option<Pid> {
    i32::try_from(child.id()).ok().and_then(Pid::from_raw)
}

/// Starts both pumps; the one of standard output says how that ended.
fn connect(child: &mut Child, exited: OwnedFd, heard: &Arc<Heard>) -> io::Result<Receiver<End>> {
    let (host_in, host_out) = take_over()?;
    if let Some(plugin) = child.stdin.take().map(OwnedFd::from) {
        let heard = Arc::clone(heard);
        thread::spawn(move || pump::request(host_in, plugin, &heard));
    }
    let (say, end) = mpsc::channel();
    if let Some(plugin) = child.stdout.take().map(OwnedFd::from) {
        let heard = Arc::clone(heard);
        thread::spawn(move || {
            let _ = say.send(pump::output(plugin, host_out, &exited, &heard));
        });
    }
    Ok(end)
}

/// The host's ends, so that they can be closed.
fn take_over() -> io::Result<(OwnedFd, OwnedFd)> {
    let ends = (
        io::stdin().as_fd().try_clone_to_owned()?,
        io::stdout().as_fd().try_clone_to_owned()?,
    );
    let nowhere = File::options().read(true).write(true).open("/dev/null")?;
    rustix::stdio::dup2_stdin(&nowhere)?;
    rustix::stdio::dup2_stdout(&nowhere)?;
    Ok(ends)
}

/// Waits for the plugin's end.
fn reap(child: &mut Child, told: &Told) -> io::Result<Exit> {
    if let Some(pid) = pid(child) {
        // Not reaped yet, the number stays its own while signals are passed on.
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        while matches!(
            waitid(WaitId::Pid(pid), options),
            Err(rustix::io::Errno::INTR)
        ) {}
    }
    told.reap(|| child.wait()).map(exit_of)
}

fn exit_of(status: ExitStatus) -> Exit {
    match (status.code(), status.signal()) {
        (Some(code), _) => Exit::Status(code),
        (None, signal) => Exit::Signal(signal.unwrap_or(0)),
    }
}

/// Waits until the host has what the plugin wrote. One that reads nothing while
/// it waits for a plugin that it ended would be waited for in vain.
fn settle(end: &Receiver<End>, exit: Exit, told: &Told, heard: &Heard) -> End {
    let mut before = None;
    loop {
        match end.recv_timeout(AFTER_EXIT) {
            Ok(end) => return end,
            Err(RecvTimeoutError::Disconnected) => return End::Closed,
            Err(RecvTimeoutError::Timeout) => {}
        }
        let now = heard.passed_on();
        let was_cut = exit != Exit::Status(0);
        if (was_cut || told.is_hurried()) && before == Some(now) {
            return End::HostClosed;
        }
        before = Some(now);
    }
}
