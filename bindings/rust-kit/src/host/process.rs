//! One plugin process: a loop that feeds it, drains both of its outputs, keeps
//! the time, and reaps it however the request ends.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{Pid, Signal, kill_process_group};

use super::excerpt::Excerpt;
use super::plugin::Limits;
use crate::codec::Exit;

/// How often the loop looks whether the plugin has exited while something holds
/// its outputs open.
const TICK: Duration = Duration::from_millis(50);

/// A running plugin. Dropping it ends it.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    stdin: Option<(ChildStdin, Vec<u8>, usize)>,
    stdout: Option<ChildStdout>,
    stderr: Option<ChildStderr>,
    /// What polls as ready once the plugin has exited, where there is such a
    /// thing; elsewhere the tick notices it.
    exited: Option<OwnedFd>,
    /// What it wrote to standard output, for whoever must see why it is a fault.
    pub(super) written: Excerpt,
    /// The end of standard error.
    stderr_tail: VecDeque<u8>,
    exit: Option<Exit>,
    /// Until when outputs are read after the exit.
    drain_until: Option<Instant>,
    limits: Limits,
    ending: Ending,
    started: Instant,
}

/// How far the host is with ending a plugin whose time is up [D-5].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// Not at all; SIGTERM comes at the moment, where there is one.
    At(Option<Instant>),
    /// SIGTERM is sent; SIGKILL comes at the moment.
    Terminated(Instant),
    /// SIGKILL is sent.
    Killed,
}

/// What happened to a plugin.
pub(super) enum Event {
    /// It wrote to standard output.
    Output(Vec<u8>),
    /// It has exited and all of its output is here.
    Exit(Exit),
}

impl Process {
    /// Starts it, in a group of its own already; `deadline` is when the host loses
    /// its patience.
    pub(super) fn start(
        mut command: Command,
        input: Vec<u8>,
        limits: Limits,
        deadline: Option<Duration>,
    ) -> io::Result<Process> {
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let started = Instant::now();
        let stdin = child.stdin.take();
        if let Some(stdin) = &stdin {
            rustix::io::ioctl_fionbio(stdin, true)?;
        }
        Ok(Process {
            stdin: stdin.map(|stdin| (stdin, input, 0)),
            stdout: child.stdout.take(),
            stderr: child.stderr.take(),
            exited: exit_descriptor(&child),
            written: Excerpt::default(),
            stderr_tail: VecDeque::new(),
            exit: None,
            drain_until: None,
            ending: Ending::At(deadline.and_then(|wait| started.checked_add(wait + limits.margin))),
            limits,
            started,
            child,
        })
    }

    /// How long it has been running.
    pub(super) fn age(&self) -> Duration {
        self.started.elapsed()
    }

    /// The end of what it wrote to standard error.
    pub(super) fn stderr(&self) -> Vec<u8> {
        self.stderr_tail.iter().copied().collect()
    }

    /// Whether the host has told it to end.
    pub(super) fn was_stopped(&self) -> bool {
        !matches!(self.ending, Ending::At(_))
    }

    /// Takes the deadline away: a follow goes on as long as it likes.
    pub(super) fn forget_deadline(&mut self) {
        if let Ending::At(_) = self.ending {
            self.ending = Ending::At(None);
        }
    }

    /// Waits for the next thing to happen.
    pub(super) fn next(&mut self) -> io::Result<Event> {
        loop {
            if self.exit.is_none() {
                self.exit = self.child.try_wait()?.map(exit);
            }
            if let Some(exit) = self.exit {
                // What the plugin wrote is in the pipes by now; who else holds
                // them open is not waited for [H-11].
                let until = *self
                    .drain_until
                    .get_or_insert_with(|| Instant::now() + self.limits.after_exit);
                let closed = self.stdout.is_none() && self.stderr.is_none();
                if closed || Instant::now() >= until {
                    return Ok(Event::Exit(exit));
                }
            }
            self.keep_time();
            if let Some(bytes) = self.turn()? {
                return Ok(Event::Output(bytes));
            }
        }
    }

    /// Feeds and drains once, waiting where nothing can be done.
    fn turn(&mut self) -> io::Result<Option<Vec<u8>>> {
        let ready = self.poll()?;
        if ready.stdin {
            self.feed();
        }
        if ready.stderr {
            self.drain_stderr();
        }
        if ready.stdout {
            return Ok(self.drain_stdout());
        }
        // After the exit silence is the end: nobody of the plugin's own writes.
        if self.exit.is_some() && !ready.stderr {
            self.stdout = None;
            self.stderr = None;
        }
        Ok(None)
    }

    fn poll(&self) -> io::Result<Ready> {
        let stdin = self
            .stdin
            .as_ref()
            .map(|(stdin, ..)| (stdin.as_fd(), PollFlags::OUT));
        let stdout = self
            .stdout
            .as_ref()
            .map(|stdout| (stdout.as_fd(), PollFlags::IN));
        let stderr = self
            .stderr
            .as_ref()
            .map(|stderr| (stderr.as_fd(), PollFlags::IN));
        let exited = self
            .exited
            .as_ref()
            .filter(|_| self.exit.is_none())
            .map(|end| (end.as_fd(), PollFlags::IN));
        let watched: Vec<(BorrowedFd<'_>, PollFlags)> = [stdin, stdout, stderr, exited]
            .into_iter()
            .flatten()
            .collect();
        let mut ends: Vec<PollFd<'_>> = watched
            .iter()
            .map(|(end, flags)| PollFd::new(end, *flags))
            .collect();
        let wait = self.patience().and_then(|wait| wait.try_into().ok());
        match poll(&mut ends, wait.as_ref()) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let mut ready = ends.iter().map(|end| !end.revents().is_empty());
        let mut of = |watched: bool| watched && ready.next().unwrap_or(false);
        Ok(Ready {
            stdin: of(stdin.is_some()),
            stdout: of(stdout.is_some()),
            stderr: of(stderr.is_some()),
        })
    }

    /// How long nothing may happen; `None`: as long as it likes.
    fn patience(&self) -> Option<Duration> {
        if self.exit.is_some() {
            return Some(Duration::ZERO);
        }
        let moment = match self.ending {
            Ending::At(moment) => moment,
            Ending::Terminated(moment) => Some(moment),
            Ending::Killed => None,
        };
        let until = moment.map(|moment| moment.saturating_duration_since(Instant::now()));
        let tick = self.exited.is_none().then_some(TICK);
        [until, tick].into_iter().flatten().min()
    }

    fn feed(&mut self) {
        let Some((stdin, input, written)) = &mut self.stdin else {
            return;
        };
        match stdin.write(&input[*written..]) {
            Ok(more) => *written += more,
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted
                ) =>
            {
                return;
            }
            // A plugin that has read enough may close its end [H-2].
            Err(_) => *written = input.len(),
        }
        if *written == input.len() {
            self.stdin = None;
        }
    }

    fn drain_stdout(&mut self) -> Option<Vec<u8>> {
        let mut buffer = vec![0; 64 * 1024];
        match self.stdout.as_mut()?.read(&mut buffer) {
            Ok(0) => self.stdout = None,
            Ok(length) => {
                buffer.truncate(length);
                self.written.push(&buffer);
                return Some(buffer);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => self.stdout = None,
        }
        None
    }

    fn drain_stderr(&mut self) {
        let Some(stderr) = self.stderr.as_mut() else {
            return;
        };
        let mut buffer = [0; 16 * 1024];
        match stderr.read(&mut buffer) {
            Ok(0) => self.stderr = None,
            Ok(length) => {
                self.stderr_tail.extend(&buffer[..length]);
                let surplus = self
                    .stderr_tail
                    .len()
                    .saturating_sub(self.limits.stderr_kept);
                self.stderr_tail.drain(..surplus);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => self.stderr = None,
        }
    }

    fn keep_time(&mut self) {
        let now = Instant::now();
        match self.ending {
            Ending::At(Some(moment)) if now >= moment && self.exit.is_none() => self.terminate(),
            Ending::Terminated(moment) if now >= moment && self.exit.is_none() => {
                self.signal(Signal::KILL);
                self.ending = Ending::Killed;
            }
            _ => {}
        }
    }

    /// Ends it after a fault that is known already, and says how it ended.
    pub(super) fn stop(&mut self) -> io::Result<Exit> {
        self.hang_up();
        self.terminate();
        loop {
            if let Event::Exit(exit) = self.next()? {
                return Ok(exit);
            }
        }
    }

    /// Asks it to end; `next` kills it when it does not.
    fn terminate(&mut self) {
        if matches!(self.ending, Ending::At(_)) {
            self.signal(Signal::TERM);
            self.ending = Ending::Terminated(Instant::now() + self.limits.grace);
        }
    }

    /// Closes the host's end of standard output: the plugin sees that nobody
    /// wants its stream any more.
    fn hang_up(&mut self) {
        self.stdin = None;
        self.stdout = None;
    }

    fn signal(&self, signal: Signal) {
        if self.exit.is_none() {
            // The plugin leads its group, and is not reaped: the number is its.
            let _ = kill_process_group(Pid::from_child(&self.child), signal);
        }
    }
}

/// Which ends have something to do.
struct Ready {
    stdin: bool,
    stdout: bool,
    stderr: bool,
}

impl Drop for Process {
    /// As with every other end of a request: its outputs are closed, it gets
    /// SIGTERM and the grace, then SIGKILL, and it is reaped.
    fn drop(&mut self) {
        if self.exit.is_none() && self.stop().is_err() {
            self.signal(Signal::KILL);
            // SIGKILL cannot be refused, so this returns.
            let _ = self.child.wait();
        }
    }
}

#[cfg(target_os = "linux")]
fn exit_descriptor(child: &Child) -> Option<OwnedFd> {
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw)?;
    rustix::process::pidfd_open(pid, rustix::process::PidfdFlags::empty()).ok()
}

#[cfg(not(target_os = "linux"))]
fn exit_descriptor(_: &Child) -> Option<OwnedFd> {
    None
}

fn exit(status: ExitStatus) -> Exit {
    match (status.code(), status.signal()) {
        (Some(code), _) => Exit::Code(code),
        (None, signal) => Exit::Signal(signal.unwrap_or(0)),
    }
}
