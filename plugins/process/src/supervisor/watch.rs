//! The second half of a supervisor's life: one loop that moves output into
//! the log until the module's first process ends, then an orderly end.

use std::io::{self, Read};
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{Signal, WaitOptions, WaitStatus, wait};

use super::begin::Started;
use super::output::Output;
use crate::failure::Failure;
use crate::state::{Exit, ExitReason, History, ModuleDirectory};
use shellrt_common::log::Writer;
use shellrt_common::process::{Handle, Identity, Processes};
use shellrt_common::signal;
use shellrt_common::time::now;

const BUFFER: usize = 32 * 1024;
/// How long processes that were killed may take to go. One that hangs in the
/// kernel takes longer, and the module has ended all the same.
const END_PATIENCE: Duration = Duration::from_secs(5);
const END_POLL: Duration = Duration::from_millis(2);

/// Watches the module until it has ended and that is on record.
pub(super) fn watch(module: &ModuleDirectory, started: Started) -> Result<(), Failure> {
    let Started {
        mut run,
        mut outputs,
        mut log,
        mut child_ended,
    } = started;
    let mut buffer = vec![0; BUFFER];
    let status = loop {
        wait_for_anything(&child_ended, &outputs).map_err(Failure::processes)?;
        for output in &mut outputs {
            output
                .pump(&mut log, &mut buffer)
                .map_err(Failure::processes)?;
        }
        log.flush();
        if has_news(&mut child_ended) {
            if let Reaped::First(status) = reap(Some(run.module)).map_err(Failure::processes)? {
                break status;
            }
        }
    };
    let finished_at = now();
    end_the_rest(run.supervisor).map_err(Failure::processes)?;
    drain(&mut outputs, &mut log, &mut buffer).map_err(Failure::processes)?;
    // In this order: who reads that the module has ended finds all of its
    // output.
    log.sync();
    run.exit = Some(Exit {
        finished_at,
        ..exit_of(status)
    });
    record_end(module, &History::of(Some(run)))
}

/// Records the end. A full disk is waited out: the record is what a host goes
/// by, and this process has nothing else to do.
fn record_end(module: &ModuleDirectory, history: &History) -> Result<(), Failure> {
    loop {
        match module.record(history) {
            // The module was removed by hand: there is nobody to tell.
            Err(Failure::Io { source, .. }) if source.kind() != io::ErrorKind::NotFound => {
                thread::sleep(Duration::from_secs(1));
            }
            other => return other,
        }
    }
}

/// Sleeps until a child ends or an output has something or has ended.
fn wait_for_anything(child_ended: &UnixStream, outputs: &[Output]) -> io::Result<()> {
    let mut descriptors = vec![PollFd::new(child_ended, PollFlags::IN)];
    let open = outputs.iter().filter(|output| !output.has_ended());
    descriptors.extend(open.map(|output| PollFd::new(output, PollFlags::IN)));
    match poll(&mut descriptors, None) {
        Ok(_) | Err(Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn has_news(child_ended: &mut UnixStream) -> bool {
    let mut news = false;
    while matches!(child_ended.read(&mut [0; 64]), Ok(1..)) {
        news = true;
    }
    news
}

/// What waiting for children found.
enum Reaped {
    /// The module's first process has ended.
    First(WaitStatus),
    /// It has not, or was not asked for; children are left.
    Others,
    /// There are no children.
    None,
}

/// Waits for all children that have ended. Those that detached themselves
/// from the module come here too.
fn reap(first: Option<Identity>) -> io::Result<Reaped> {
    loop {
        match wait(WaitOptions::NOHANG) {
            Ok(Some((pid, status))) => {
                let pid = u32::try_from(pid.as_raw_pid()).ok();
                if pid.is_some() && pid == first.map(|first| first.pid) {
                    return Ok(Reaped::First(status));
                }
            }
            Ok(None) => return Ok(Reaped::Others),
            Err(Errno::CHILD) => return Ok(Reaped::None),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Kills what the module left running: with its first process a module ends.
fn end_the_rest(own: Identity) -> io::Result<()> {
    let until = Instant::now() + END_PATIENCE;
    // Descendants without a parent become children of this process: with no
    // child there is no descendant either.
    while !matches!(reap(None)?, Reaped::None) && Instant::now() < until {
        for stat in Processes::look()?.below(own.pid)? {
            if let Some(process) = Handle::open(stat.identity())? {
                // Another user's process cannot be killed; the end is
                // recorded all the same.
                let _ = process.signal(Signal::KILL);
            }
        }
        thread::sleep(END_POLL);
    }
    Ok(())
}

/// Moves what is left in the pipes. Their ends need not come: a process that
/// got hold of one by other ways than birth may keep it.
fn drain(outputs: &mut [Output], log: &mut Writer, buffer: &mut [u8]) -> io::Result<()> {
    for output in outputs {
        while output.pump(log, buffer)? {
            log.flush();
        }
        output.finish(log);
    }
    Ok(())
}

fn exit_of(status: WaitStatus) -> Exit {
    let (code, reason, description) = match (status.exit_status(), status.terminating_signal()) {
        (Some(code), _) => (code, None, format!("it exited with code {code}")),
        (None, Some(number)) => {
            let name = signal::name(number);
            (
                128 + number,
                Some(ExitReason::Killed),
                format!("it was killed by {name}"),
            )
        }
        // wait was not asked for stops and continuations.
        (None, None) => (255, None, "it ended in an unknown way".to_owned()),
    };
    Exit {
        finished_at: 0,
        code: code.into(),
        reason,
        description,
    }
}
