//! One process of the plugin under test: started as a host starts it, fed,
//! drained, disturbed where a case asks for it, and ended when its time is up.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process_group, pidfd_open};

use super::janitor::{Janitor, Kind};
use super::watch::{self, Seen, Watch};

/// What a host passes on of its own environment [H-8].
const PASSED_ON: [&str; 16] = [
    "PATH",
    "HOME",
    "LANG",
    "TZ",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "TRACEPARENT",
    "RUST_LOG",
];
/// More of standard output is drained and not kept.
const KEPT_STDOUT: usize = 64 * 1024 * 1024;
/// The same of standard error: free text, of which reports show a little.
const KEPT_STDERR: usize = 1024 * 1024;
/// How long outputs may stay open after the plugin has ended [H-11].
const AFTER_EXIT: Duration = Duration::from_secs(1);
/// How long a plugin may take to begin to read.
const AFTER_START: Duration = Duration::from_secs(10);
/// How often a quiet output is looked at for a wish to hang up.
const TICK: Duration = Duration::from_millis(10);
/// How often the plugin's memory is looked at.
const WEIGH: Duration = Duration::from_millis(50);
/// The variable by which what a plugin leaves behind is known.
pub(super) const MARK: &str = "SHELLRT_VALIDATE_MARK";

/// The plugin's command line and what its processes are given.
#[derive(Debug, Clone)]
pub(crate) struct Plugin {
    pub(crate) command: Vec<OsString>,
    pub(crate) environment: BTreeMap<OsString, OsString>,
    /// So much memory a request may take, in bytes.
    pub(crate) memory_limit: u64,
    /// Hears of each process, so that none outlives the suite.
    pub(crate) janitor: Option<Arc<Janitor>>,
}

/// What one process is given.
#[derive(Debug, Default)]
pub(crate) struct Call<'a> {
    pub(crate) bytes: Vec<u8>,
    /// Where in the bytes nothing is sent for a while.
    pub(crate) pauses: Vec<(usize, Duration)>,
    /// Standard input stays open until the plugin has ended.
    pub(crate) stdin_open: bool,
    /// The reading end of standard output is closed from the beginning.
    pub(crate) nobody_reads: bool,
    /// SIGPIPE is ignored.
    pub(crate) sigpipe_ignored: bool,
    /// `JOURNAL_STREAM` names standard error.
    pub(crate) journal: bool,
    pub(crate) environment: BTreeMap<String, String>,
    /// A directory for temporary files.
    pub(crate) scratch: Option<&'a Path>,
    pub(crate) watch: bool,
    /// After so many bytes of the stream nothing is read before the end.
    pub(crate) stall_after: Option<u64>,
}

/// What is done to a process while it works.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Disturbance {
    /// Once so many bytes of standard output have come,
    pub(crate) after_bytes: u64,
    /// and then so much later.
    pub(crate) after: Duration,
    pub(crate) signal: Option<Signal>,
    pub(crate) hang_up: bool,
}

/// How a plugin's process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    Status(i32),
    Signal(i32),
    /// It was still there when its time was up, and was killed.
    TimeUp,
    /// It took more memory than it may, and was killed.
    TooLarge,
}

impl Ended {
    /// Whether the suite had to end it.
    pub(crate) fn by_force(self) -> bool {
        matches!(self, Ended::TimeUp | Ended::TooLarge)
    }
}

/// All that was seen of one process.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    pub(crate) sent: Vec<u8>,
    /// Standard input was not closed behind it.
    pub(crate) stdin_open: bool,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
    pub(crate) ended: Ended,
    pub(crate) took: Duration,
    /// When it was disturbed, counted from the start.
    pub(crate) disturbed_at: Option<Duration>,
    /// An output was still open when the process had ended: somebody holds it.
    pub(crate) held_open: bool,
    /// Standard output went on when the process had ended: somebody else wrote it.
    pub(crate) written_on: bool,
    /// `JOURNAL_STREAM` named standard error.
    pub(crate) journal: bool,
    pub(crate) seen: Seen,
}

impl Plugin {
    /// The environment of a host, and what the fixture adds.
    pub(crate) fn new(
        command: Vec<OsString>,
        added: BTreeMap<OsString, OsString>,
        memory_limit: u64,
    ) -> Plugin {
        let mut environment: BTreeMap<OsString, OsString> = std::env::vars_os()
            .filter(|(name, _)| is_passed_on(name))
            .collect();
        environment.extend(added);
        Plugin {
            command,
            environment,
            memory_limit,
            janitor: None,
        }
    }

    /// The command line as a person would type it.
    pub(crate) fn shown(&self) -> String {
        let words: Vec<String> = self.command.iter().map(|word| quoted(word)).collect();
        words.join(" ")
    }

    /// The program of the command line.
    pub(crate) fn program(&self) -> String {
        let program = self.command.first().map(|word| word.to_string_lossy());
        program.unwrap_or_default().into_owned()
    }

    /// Starts a process.
    ///
    /// # Errors
    /// When the program cannot be run at all.
    pub(crate) fn start(&self, call: Call<'_>) -> io::Result<Running> {
        let mark = mark();
        let mut command = self.command(&call, &mark)?;
        let (stdout, writing) = io::pipe()?;
        let (stderr, complaining) = io::pipe()?;
        if call.journal {
            let facts = File::from(OwnedFd::from(complaining.try_clone()?)).metadata()?;
            command.env("JOURNAL_STREAM", format!("{}:{}", facts.dev(), facts.ino()));
        }
        command
            .stdin(Stdio::piped())
            .stdout(writing)
            .stderr(complaining);
        let stdout = (!call.nobody_reads).then(|| Arc::new(File::from(OwnedFd::from(stdout))));
        let began = Instant::now();
        let mut child = command.spawn()?;
        // The ends that are the plugin's.
        drop(command);
        if let Some(janitor) = &self.janitor {
            janitor.expect(Kind::Group, &child.id().to_string());
        }
        let shared = Arc::new(Shared::default());
        shared.outputs().open = 1 + usize::from(stdout.is_some());
        *shared.stall_after() = call.stall_after;
        let stdin = child.stdin.take().map(OwnedFd::from);
        let stderr = Some(Arc::new(File::from(OwnedFd::from(stderr))));
        let watch = call
            .watch
            .then(|| Watch::start(child.id(), mark, stdin.as_ref()))
            .transpose()?;
        let mut threads = Vec::new();
        if let Some(stdin) = stdin {
            let (bytes, shared) = (call.bytes.clone(), Arc::clone(&shared));
            let open = call.stdin_open;
            let pauses = call.pauses.clone();
            threads.push(thread::spawn(move || {
                feed(stdin, &bytes, &pauses, open, &shared);
            }));
        }
        let reading = stdout.as_ref().map(Arc::downgrade).unwrap_or_default();
        for (which, output) in [(Which::Stdout, stdout), (Which::Stderr, stderr)] {
            if let Some(output) = output {
                let shared = Arc::clone(&shared);
                threads.push(thread::spawn(move || drain(output, which, &shared)));
            }
        }
        Ok(Running {
            child,
            began,
            shared,
            threads,
            reading,
            watch,
            memory_limit: self.memory_limit,
            janitor: self.janitor.clone(),
            journal: call.journal,
            stdin_open: call.stdin_open,
            sent: call.bytes,
        })
    }

    fn command(&self, call: &Call<'_>, mark: &str) -> io::Result<Command> {
        // A child of ours has SIGPIPE as it was at the beginning of the world.
        const IGNORING: [&str; 4] = ["sh", "-c", "trap '' PIPE; exec \"$@\"", "sh"];
        let before: &[&str] = if call.sigpipe_ignored { &IGNORING } else { &[] };
        let mut words = before
            .iter()
            .map(OsStr::new)
            .chain(self.command.iter().map(OsString::as_os_str));
        let program = words
            .next()
            .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        let mut command = Command::new(program);
        command
            .args(words)
            .env_clear()
            .envs(&self.environment)
            .envs(&call.environment)
            .process_group(0);
        if let Some(scratch) = call.scratch {
            command.env("TMPDIR", scratch);
        }
        if call.watch {
            command.env(MARK, mark);
        }
        Ok(command)
    }
}

/// A text that is in no other environment.
fn mark() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("{}-{number}", std::process::id())
}

fn is_passed_on(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| {
        PASSED_ON.contains(&name) || name.starts_with("LC_") || name.starts_with("SHELLRT_")
    })
}

/// A word as a shell would read it.
pub(crate) fn quoted(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@+%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.into_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[derive(Clone, Copy)]
enum Which {
    Stdout,
    Stderr,
}

/// What the threads of one process share.
#[derive(Debug, Default)]
struct Shared {
    outputs: Mutex<Outputs>,
    changed: Condvar,
    hang_up: AtomicBool,
    /// Nothing is read while it is set and as much has come as it says.
    stall_after: Mutex<Option<u64>>,
    ended: AtomicBool,
}

#[derive(Debug, Default)]
struct Outputs {
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    /// So many bytes of standard output were read, kept or not.
    taken: u64,
    open: usize,
    exited: bool,
}

impl Shared {
    fn outputs(&self) -> MutexGuard<'_, Outputs> {
        self.outputs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stall_after(&self) -> MutexGuard<'_, Option<u64>> {
        let stall_after = self.stall_after.lock();
        stall_after.unwrap_or_else(PoisonError::into_inner)
    }

    fn is_stalled(&self) -> bool {
        let after = *self.stall_after();
        after.is_some_and(|after| stream_bytes(&self.outputs().stdout) >= Some(after))
    }
}

/// How much of a stream has come; `None` before it has begun.
pub(crate) fn stream_bytes(stdout: &[u8]) -> Option<u64> {
    let end_of_head = stdout.iter().position(|&byte| byte == 0)?;
    Some((stdout.len() - end_of_head - 1) as u64)
}

fn feed(stdin: OwnedFd, bytes: &[u8], pauses: &[(usize, Duration)], open: bool, shared: &Shared) {
    let mut stdin = File::from(stdin);
    let mut sent = 0;
    // A plugin may refuse what it has seen enough of [H-2].
    for (at, pause) in pauses {
        let _ = stdin.write_all(&bytes[sent..*at]);
        wait_until_read(&stdin, shared);
        thread::sleep(*pause);
        sent = *at;
    }
    let _ = stdin.write_all(&bytes[sent..]);
    while open && !shared.ended.load(Ordering::Relaxed) {
        thread::sleep(TICK);
    }
}

/// Until the plugin has taken what it was sent: one that takes this for all must
/// not be saved by starting slowly.
fn wait_until_read(stdin: &File, shared: &Shared) {
    let deadline = Instant::now() + AFTER_START;
    let is_unread = || rustix::io::ioctl_fionread(stdin).is_ok_and(|count| count > 0);
    while is_unread() && !shared.ended.load(Ordering::Relaxed) && Instant::now() < deadline {
        thread::sleep(TICK);
    }
}

fn drain(output: Arc<File>, which: Which, shared: &Shared) {
    let mut buffer = vec![0; 64 * 1024];
    let tick = TICK.try_into().ok();
    loop {
        if matches!(which, Which::Stdout) && shared.hang_up.load(Ordering::Relaxed) {
            break;
        }
        if matches!(which, Which::Stdout) && shared.is_stalled() {
            thread::sleep(TICK);
            continue;
        }
        match poll(
            &mut [PollFd::new(&output.as_fd(), PollFlags::IN)],
            tick.as_ref(),
        ) {
            Ok(0) if shared.ended.load(Ordering::Relaxed) => break,
            Ok(0) | Err(rustix::io::Errno::INTR) => continue,
            Ok(_) | Err(_) => {}
        }
        // There is something to read, or an end: this does not wait.
        let mut outputs = shared.outputs();
        match (&*output).read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => {
                if matches!(which, Which::Stdout) {
                    outputs.taken += read as u64;
                }
                let (kept, most) = match which {
                    Which::Stdout => (&mut outputs.stdout, KEPT_STDOUT),
                    Which::Stderr => (&mut outputs.stderr, KEPT_STDERR),
                };
                let room = most.saturating_sub(kept.len());
                kept.extend_from_slice(&buffer[..read.min(room)]);
                shared.changed.notify_all();
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    drop(output);
    shared.outputs().open -= 1;
    shared.changed.notify_all();
}

/// What is done to the outputs of a plugin that has ended.
struct LeftBehind {
    held_open: bool,
    written_on: bool,
}

/// A process of the plugin that works.
#[derive(Debug)]
pub(crate) struct Running {
    child: Child,
    began: Instant,
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
    /// Standard output, for as long as it is read.
    reading: Weak<File>,
    watch: Option<Watch>,
    memory_limit: u64,
    janitor: Option<Arc<Janitor>>,
    journal: bool,
    stdin_open: bool,
    sent: Vec<u8>,
}

impl Running {
    /// Waits until so much of standard output has come, the end, or the limit.
    pub(crate) fn wait_for_bytes(&self, count: impl Fn(&[u8]) -> bool, limit: Duration) -> bool {
        let deadline = Instant::now() + limit;
        let mut outputs = self.shared.outputs();
        loop {
            if count(&outputs.stdout) {
                return true;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            // What it wrote at last may still be in the pipe when it has ended.
            if left.is_zero() || (outputs.open == 0 && self.has_exited()) {
                return false;
            }
            let wait = left.min(Duration::from_millis(50));
            let waited = self.shared.changed.wait_timeout(outputs, wait);
            outputs = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn has_exited(&self) -> bool {
        let Some(pid) = self.pid() else { return true };
        let options = rustix::process::WaitIdOptions::EXITED
            | rustix::process::WaitIdOptions::NOWAIT
            | rustix::process::WaitIdOptions::NOHANG;
        let state = rustix::process::waitid(rustix::process::WaitId::Pid(pid), options);
        !matches!(state, Ok(None))
    }

    fn pid(&self) -> Option<Pid> {
        i32::try_from(self.child.id()).ok().and_then(Pid::from_raw)
    }

    /// How long it has been working.
    pub(crate) fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// Disturbs it, waits for its end, and gathers all that was seen.
    pub(crate) fn finish(mut self, disturb: Option<Disturbance>, limit: Duration) -> Exchange {
        // Whoever hangs up must not have read on before.
        let disturbed_at = disturb.map(|disturb| self.disturb(disturb, limit));
        *self.shared.stall_after() = None;
        let ended = self.wait(limit);
        let took = self.began.elapsed();
        let left = self.settle();
        let seen = self.watch.take().map(Watch::end).unwrap_or_default();
        // What the plugin left in its own process group goes with it.
        if let Some(pid) = self.pid() {
            let _ = kill_process_group(pid, Signal::KILL);
        }
        if let Some(janitor) = &self.janitor {
            janitor.forget(Kind::Group, &self.child.id().to_string());
        }
        self.shared.ended.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
        let mut outputs = self.shared.outputs();
        Exchange {
            sent: std::mem::take(&mut self.sent),
            stdin_open: self.stdin_open,
            stdout: std::mem::take(&mut outputs.stdout),
            stderr: std::mem::take(&mut outputs.stderr),
            ended,
            took,
            disturbed_at,
            held_open: left.held_open,
            written_on: left.written_on && !ended.by_force(),
            journal: self.journal,
            seen,
        }
    }

    fn disturb(&self, disturb: Disturbance, limit: Duration) -> Duration {
        let wanted = usize::try_from(disturb.after_bytes).unwrap_or(usize::MAX);
        self.wait_for_bytes(|bytes| bytes.len() >= wanted, limit);
        // Whoever has ended meanwhile is not waited for.
        self.wait_for_bytes(|_| false, disturb.after);
        let at = self.began.elapsed();
        if disturb.hang_up {
            self.shared.hang_up.store(true, Ordering::Relaxed);
        }
        if let (Some(signal), Some(pid)) = (disturb.signal, self.pid()) {
            let _ = kill_process_group(pid, signal);
        }
        at
    }

    fn wait(&mut self, limit: Duration) -> Ended {
        let left = limit.saturating_sub(self.began.elapsed());
        if let Some(force) = self.outgrows(left.max(Duration::from_millis(1))) {
            if let Some(pid) = self.pid() {
                let _ = kill_process_group(pid, Signal::KILL);
            }
            let _ = self.child.kill();
            let _ = self.child.wait();
            return force;
        }
        match self.child.wait() {
            Ok(status) => match (status.code(), status.signal()) {
                (Some(code), _) => Ended::Status(code),
                (None, Some(signal)) => Ended::Signal(signal),
                (None, None) => Ended::TimeUp,
            },
            Err(_) => Ended::TimeUp,
        }
    }

    /// Waits for its end; which limit it went beyond instead.
    fn outgrows(&self, limit: Duration) -> Option<Ended> {
        let pid = self.pid()?;
        let pidfd = pidfd_open(pid, PidfdFlags::empty()).ok()?;
        let deadline = Instant::now() + limit;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let timeout = left.min(WEIGH).try_into().ok();
            match poll(&mut [PollFd::new(&pidfd, PollFlags::IN)], timeout.as_ref()) {
                Ok(0) if watch::memory(self.child.id()) > self.memory_limit => {
                    return Some(Ended::TooLarge);
                }
                Ok(0) if Instant::now() >= deadline => return Some(Ended::TimeUp),
                Ok(0) | Err(rustix::io::Errno::INTR) => {}
                Ok(_) | Err(_) => return None,
            }
        }
    }

    /// Waits until the outputs are read to their ends, as long as a host does, and
    /// sees what others than the plugin do to them.
    fn settle(&self) -> LeftBehind {
        let deadline = Instant::now() + AFTER_EXIT;
        let mut outputs = self.shared.outputs();
        outputs.exited = true;
        // What the plugin wrote is in the pipe by now, and nobody reads from it
        // while the outputs are locked.
        let unread = self.reading.upgrade();
        let unread = unread.and_then(|pipe| rustix::io::ioctl_fionread(&*pipe).ok());
        let written = outputs.taken + unread.unwrap_or_default();
        while outputs.open > 0 && Instant::now() < deadline {
            let left = deadline.saturating_duration_since(Instant::now());
            let waited = self.shared.changed.wait_timeout(outputs, left);
            outputs = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        LeftBehind {
            held_open: outputs.open > 0,
            written_on: outputs.taken > written,
        }
    }
}

/// `TERM`, `SIGTERM` and the like.
pub(crate) fn signal_named(name: &str) -> Option<Signal> {
    Some(match name.strip_prefix("SIG").unwrap_or(name) {
        "HUP" => Signal::HUP,
        "INT" => Signal::INT,
        "KILL" => Signal::KILL,
        "TERM" => Signal::TERM,
        "STOP" => Signal::STOP,
        "CONT" => Signal::CONT,
        _ => return None,
    })
}
