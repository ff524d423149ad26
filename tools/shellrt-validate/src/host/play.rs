//! One run of the host under test: started, read, watched, and cleared up.

use std::fs;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::io::Errno;
use rustix::pipe::{PipeFlags, pipe_with};
use rustix::process::{Pid, Signal, WaitOptions, kill_process, kill_process_group, waitpid};

use super::catalog::Prepared;
use super::record::{Event, Given, Moment, What, now, records};
use super::scripted::identity;
use super::stage::{NOT_PASSED_ON, PASSED_ON, Place, Stage};
use crate::suite::watch::is_there;

/// How often host and plugins are looked at.
const TICK: Duration = Duration::from_millis(10);
/// So much of an output is kept; more is read and dropped.
const KEPT_BYTES: usize = 4 * 1024 * 1024;
/// How long outputs may take to end once every process has.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// How the host ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    Status(i32),
    Signal(i32),
    /// It was still there when its time was up.
    TimeUp,
}

/// All that was seen of a play.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) ended: Ended,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
    pub(crate) began: Moment,
    pub(crate) until: Moment,
    /// The host's process group.
    pub(crate) group: i32,
    /// What the host's standard error is.
    pub(crate) stderr_identity: (u64, u64),
    /// In the order in which they began.
    pub(crate) plugins: Vec<Plugin>,
}

/// A plugin process.
#[derive(Debug, Clone)]
pub(crate) struct Plugin {
    pub(crate) given: Given,
    pub(crate) events: Vec<Event>,
    pub(crate) stdin: Vec<u8>,
    /// When it was seen to have ended.
    pub(crate) gone: Option<Moment>,
    pub(crate) left: Left,
    /// Whether the process that it started was there when the host had ended.
    pub(crate) child_is_there: bool,
}

/// What the host left of a plugin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Left {
    /// Nothing: it was reaped.
    Nothing,
    /// It has ended, and nobody waited for it.
    Zombie,
    /// It runs.
    Running,
}

/// Runs the host once.
pub(crate) fn play(stage: &Stage, place: &Place, play: &Prepared) -> io::Result<Seen> {
    let (words, by_stdin) = stage.command(place);
    let (read_end, write_end) = pipe_with(PipeFlags::CLOEXEC)?;
    let stderr_identity = identity(&write_end);
    let mut command = Command::new(&words[0]);
    command
        .args(&words[1..])
        .envs(PASSED_ON)
        .envs(NOT_PASSED_ON)
        .env(
            "JOURNAL_STREAM",
            format!("{}:{}", stderr_identity.0, stderr_identity.1),
        )
        .stdin(if by_stdin {
            Stdio::piped()
        } else {
            Stdio::null()
        })
        .stdout(Stdio::piped())
        .stderr(Stdio::from(write_end))
        .process_group(0);
    let began = now();
    let mut host = command.spawn()?;
    let running = stage.running();
    running.add(host.id());
    // The command holds the host's end of standard error.
    drop(command);
    if let Some(mut stdin) = host.stdin.take() {
        let request = fs::read(place.request())?;
        // A host that reads less has its reason.
        thread::spawn(move || stdin.write_all(&request));
    }
    let stdout = host.stdout.take().map(OwnedFd::from);
    let stdout = stdout.map(|pipe| Output::collect(pipe, play.leave_after_bytes));
    let stderr = Output::collect(read_end, None);
    let patience = Duration::from_millis(play.patience_ms).mul_f64(stage.scale);
    let mut watched = Watched::new(place);
    let ended = watched.until(&mut host, patience)?;
    let until = now();
    let plugins = watched.conclude(&mut host, ended);
    running.remove(host.id());
    let stdout = stdout.map(Output::finish).unwrap_or_default();
    Ok(Seen {
        ended,
        stdout,
        stderr: stderr.finish(),
        began,
        until,
        group: i32::try_from(host.id()).unwrap_or_default(),
        stderr_identity,
        plugins,
    })
}

/// The plugins of a play, as far as they have begun.
struct Watched<'a> {
    place: &'a Place,
    gone: Vec<(i32, Moment)>,
}

impl<'a> Watched<'a> {
    fn new(place: &'a Place) -> Watched<'a> {
        Watched {
            place,
            gone: Vec::new(),
        }
    }

    /// Waits for the host's end, or that its time is up.
    fn until(&mut self, host: &mut Child, patience: Duration) -> io::Result<Ended> {
        let until = Instant::now() + patience;
        loop {
            if let Some(status) = host.try_wait()? {
                return Ok(ended(status));
            }
            self.look();
            if Instant::now() >= until {
                return Ok(Ended::TimeUp);
            }
            thread::sleep(TICK);
        }
    }

    /// Notes which plugins have ended since the last look.
    fn look(&mut self) {
        for record in records(self.place.path()) {
            let events = record.events();
            if let Some(given) = given(&events)
                && !self.gone.iter().any(|(pid, _)| *pid == given.pid)
                && !is_running(given.pid)
            {
                self.gone.push((given.pid, now()));
            }
        }
    }

    /// What is left of everything; then it is cleared up.
    fn conclude(mut self, host: &mut Child, ended: Ended) -> Vec<Plugin> {
        let mut plugins: Vec<Plugin> = Vec::new();
        for record in records(self.place.path()) {
            let events = record.events();
            let Some(given) = given(&events).cloned() else {
                continue;
            };
            // While the host is there, what it has not reaped is its own.
            let left = match ended {
                Ended::TimeUp if is_there_at_all(given.pid) => Left::Running,
                Ended::TimeUp => Left::Nothing,
                _ => left(given.pid),
            };
            let child_is_there = children(&events).any(is_running);
            plugins.push(Plugin {
                gone: None,
                stdin: fs::read(record.stdin()).unwrap_or_default(),
                given,
                events,
                left,
                child_is_there,
            });
        }
        self.look();
        for plugin in &mut plugins {
            let found = self.gone.iter().find(|(pid, _)| *pid == plugin.given.pid);
            plugin.gone = found.map(|(_, moment)| *moment);
        }
        clear_up(host, &plugins);
        plugins
    }
}

fn given(events: &[Event]) -> Option<&Given> {
    events.iter().find_map(|event| match &event.what {
        What::Began(given) => Some(&**given),
        _ => None,
    })
}

fn children(events: &[Event]) -> impl Iterator<Item = i32> {
    events.iter().filter_map(|event| match event.what {
        What::Child { pid } => Some(pid),
        _ => None,
    })
}

/// Whether a process runs; a zombie does not.
fn is_running(pid: i32) -> bool {
    u32::try_from(pid).is_ok_and(is_there)
}

fn is_there_at_all(pid: i32) -> bool {
    fs::exists(format!("/proc/{pid}")).unwrap_or(false)
}

/// After the host's end: what it has not reaped has become this program's child.
fn left(pid: i32) -> Left {
    let Some(number) = Pid::from_raw(pid) else {
        return Left::Nothing;
    };
    match waitpid(Some(number), WaitOptions::NOHANG) {
        Ok(Some(_)) => Left::Zombie,
        Ok(None) => Left::Running,
        Err(_) if is_running(pid) => Left::Running,
        Err(_) => Left::Nothing,
    }
}

/// Ends and reaps everything that is still there.
fn clear_up(host: &mut Child, plugins: &[Plugin]) {
    // The number is the group's for as long as the host is not reaped, or has a
    // process in it.
    if let Ok(None) = host.try_wait() {
        if let Some(group) = i32::try_from(host.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = host.wait();
    }
    for plugin in plugins {
        let own = Some(plugin.given.pid).filter(|_| plugin.left == Left::Running);
        for pid in own.into_iter().chain(children(&plugin.events)) {
            end(pid);
        }
    }
}

/// Ends a process that this program has inherited; any other is none of its.
fn end(pid: i32) {
    let Some(pid) = Pid::from_raw(pid) else {
        return;
    };
    loop {
        match waitpid(Some(pid), WaitOptions::NOHANG) {
            Ok(None) => {
                let _ = kill_process(pid, Signal::KILL);
                thread::sleep(TICK / 5);
            }
            Err(Errno::INTR) => {}
            Ok(Some(_)) | Err(_) => return,
        }
    }
}

fn ended(status: ExitStatus) -> Ended {
    match (status.code(), status.signal()) {
        (Some(code), _) => Ended::Status(code),
        (None, signal) => Ended::Signal(signal.unwrap_or_default()),
    }
}

/// An output that is read in a thread of its own.
struct Output {
    kept: Arc<Mutex<Vec<u8>>>,
    done: Arc<AtomicBool>,
}

impl Output {
    /// Reads to the end, or until so many bytes have come.
    fn collect(pipe: OwnedFd, limit: Option<u64>) -> Output {
        let output = Output {
            kept: Arc::default(),
            done: Arc::default(),
        };
        let (kept, done) = (Arc::clone(&output.kept), Arc::clone(&output.done));
        thread::spawn(move || {
            let mut pipe = fs::File::from(pipe);
            let mut buffer = vec![0; 64 * 1024];
            let mut total = 0;
            while let Ok(length @ 1..) = pipe.read(&mut buffer) {
                total += length as u64;
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                let room = length.min(KEPT_BYTES.saturating_sub(kept.len()));
                kept.extend_from_slice(&buffer[..room]);
                if limit.is_some_and(|limit| total >= limit) {
                    break;
                }
            }
            done.store(true, Ordering::Release);
        });
        output
    }

    fn finish(self) -> Vec<u8> {
        let until = Instant::now() + LAST_WORDS;
        while !self.done.load(Ordering::Acquire) && Instant::now() < until {
            thread::sleep(TICK / 5);
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *kept)
    }
}
