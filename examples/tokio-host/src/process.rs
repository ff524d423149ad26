//! One plugin process on tokio: fed while it is read, kept to its time, reaped.

use std::ffi::OsString;
use std::future::pending;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use shellrt_api::RequestMessage;
use shellrt_kit::codec::Exit;
use shellrt_kit::host::isolate;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStderr, ChildStdout, Command};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until};

/// How long after the deadline SIGTERM comes, and SIGKILL after that [D-6].
const MARGIN: Duration = Duration::from_secs(1);
const GRACE: Duration = Duration::from_secs(5);
/// How long outputs are read that somebody holds after the plugin's end [H-11].
const AFTER_EXIT: Duration = Duration::from_secs(1);
/// So much of the end of standard error is kept [H-4].
const STDERR_KEPT: usize = 64 * 1024;
/// As much as a pipe holds.
const PIECE: usize = 64 * 1024;

pub(crate) struct Process {
    child: Child,
    feed: JoinHandle<()>,
    stdout: Option<ChildStdout>,
    stderr: Option<ChildStderr>,
    /// The end of standard error.
    pub(crate) last_words: Vec<u8>,
    exit: Option<Exit>,
    stage: Stage,
    /// When the present stage is over.
    until: Option<Instant>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Running,
    Terminated,
    Killed,
}

pub(crate) enum Event {
    /// It wrote to standard output.
    Output(Vec<u8>),
    /// It has ended, and all of its output is here.
    Exit(Exit),
}

impl Process {
    pub(crate) fn start(
        command_line: &[OsString],
        message: &RequestMessage,
    ) -> io::Result<Process> {
        let (program, arguments) = command_line
            .split_first()
            .ok_or_else(|| io::Error::other("the command line is empty"))?;
        let mut command = std::process::Command::new(program);
        isolate(&mut command);
        command
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = Command::from(command).kill_on_drop(true).spawn()?;
        let stdin = child.stdin.take();
        let request = message.encode();
        let feed = tokio::spawn(async move {
            if let Some(mut stdin) = stdin {
                // A plugin that has read enough may close its end [H-2].
                let _ = stdin.write_all(&request).await;
            }
        });
        let deadline = message.head.deadline_ms;
        let deadline = deadline.map(|ms| Duration::from_millis(ms.into()) + MARGIN);
        Ok(Process {
            feed,
            stdout: child.stdout.take(),
            stderr: child.stderr.take(),
            last_words: Vec::new(),
            exit: None,
            stage: Stage::Running,
            until: deadline.and_then(|time| Instant::now().checked_add(time)),
            child,
        })
    }

    /// Whether the host has told it to end.
    pub(crate) fn was_stopped(&self) -> bool {
        self.stage != Stage::Running
    }

    /// A stream that is followed goes on as long as it likes.
    pub(crate) fn forget_deadline(&mut self) {
        if self.stage == Stage::Running && self.exit.is_none() {
            self.until = None;
        }
    }

    /// Waits for the next thing to happen.
    pub(crate) async fn next(&mut self) -> io::Result<Event> {
        let (mut out, mut errors) = (vec![0; PIECE], vec![0; PIECE]);
        loop {
            if let (Some(exit), None, None) = (self.exit, &self.stdout, &self.stderr) {
                return Ok(Event::Exit(exit));
            }
            // Whichever is ready: none of them may keep the others waiting [H-1].
            tokio::select! {
                read = read(&mut self.stdout, &mut out) => match read {
                    Ok(length @ 1..) => {
                        out.truncate(length);
                        return Ok(Event::Output(out));
                    }
                    _ => self.stdout = None,
                },
                read = read(&mut self.stderr, &mut errors) => match read {
                    Ok(length @ 1..) => self.keep(&errors[..length]),
                    _ => self.stderr = None,
                },
                status = self.child.wait(), if self.exit.is_none() => {
                    self.exit = Some(exit(status?));
                    self.until = Some(Instant::now() + AFTER_EXIT);
                }
                () = time(self.until) => self.go_on(),
            }
        }
    }

    /// Wants no more, and sees to it that the plugin ends [H-10, H-12].
    pub(crate) async fn end(&mut self) -> io::Result<Exit> {
        self.stdout = None;
        if self.stage == Stage::Running && self.exit.is_none() {
            self.go_on();
        }
        loop {
            if let Event::Exit(exit) = self.next().await? {
                return Ok(exit);
            }
        }
    }

    /// What follows when the time of a stage is over [D-5].
    fn go_on(&mut self) {
        if self.exit.is_some() {
            (self.stdout, self.stderr) = (None, None);
            return;
        }
        match self.stage {
            Stage::Running => {
                self.signal(Signal::TERM);
                self.stage = Stage::Terminated;
                self.until = Some(Instant::now() + GRACE);
            }
            Stage::Terminated | Stage::Killed => {
                self.signal(Signal::KILL);
                self.stage = Stage::Killed;
                self.until = None;
            }
        }
    }

    /// To its whole group, which it leads for as long as it is not reaped.
    fn signal(&self, signal: Signal) {
        let id = self.child.id().and_then(|id| i32::try_from(id).ok());
        if let Some(group) = id.and_then(Pid::from_raw) {
            let _ = kill_process_group(group, signal);
        }
    }

    fn keep(&mut self, bytes: &[u8]) {
        self.last_words.extend_from_slice(bytes);
        let surplus = self.last_words.len().saturating_sub(STDERR_KEPT);
        self.last_words.drain(..surplus);
    }
}

impl Drop for Process {
    /// A future that is dropped cannot wait for a grace; tokio reaps what is
    /// killed.
    fn drop(&mut self) {
        self.feed.abort();
        if self.exit.is_none() {
            self.signal(Signal::KILL);
        }
    }
}

/// Something from an end that is open; else nothing, ever.
async fn read(end: &mut Option<impl AsyncRead + Unpin>, into: &mut [u8]) -> io::Result<usize> {
    match end {
        Some(end) => end.read(into).await,
        None => pending().await,
    }
}

async fn time(until: Option<Instant>) {
    match until {
        Some(moment) => sleep_until(moment).await,
        None => pending().await,
    }
}

fn exit(status: ExitStatus) -> Exit {
    status
        .code()
        .map_or_else(|| Exit::Signal(status.signal().unwrap_or(0)), Exit::Code)
}
