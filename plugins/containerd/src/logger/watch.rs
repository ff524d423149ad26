//! A run from its first output to the news of its end.

use std::fs;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, FromRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags, pidfd_open};
use shellrt_common::lock::Lock;
use shellrt_common::log::{Limits, Lines, Stream, Writer};
use shellrt_common::time;

use super::REAP;
use super::pump::Pump;
use crate::module::Launch;

/// Held while output is still to come: who follows the log waits for it.
pub(crate) const LOCK: &str = "writer.lock";
/// Where runc notes the module's first process, in the bundle.
const INIT_PID: &str = "init.pid";
const READ: usize = 64 * 1024;
/// How often the first process is looked for until it is there.
const POLL: Duration = Duration::from_millis(10);
/// How long to wait before an end that could not be recorded (containerd is
/// away, say) is tried again: at first, and at most.
const RETRY_MIN: Duration = Duration::from_secs(1);
const RETRY_MAX: Duration = Duration::from_secs(60);

/// Logs one run. Says whether it could.
pub(super) fn run(directory: &Path) -> bool {
    // The shim sends SIGTERM when the task is deleted; the end of the pipes
    // says the same, after the last byte.
    ignore_terminate();
    let Some(ready) = adopted(5) else {
        return false;
    };
    let (Some(stdout), Some(stderr)) = (adopted(3), adopted(4)) else {
        return false;
    };
    let Ok(launch) = Launch::read(directory) else {
        return false;
    };
    let log = directory.join("log");
    let limits = Limits {
        segment_max_bytes: launch.segment_max_bytes,
        segments_max: launch.segments_max,
    };
    let lock = Lock::try_acquire(&log.join(LOCK)).ok().flatten();
    let open = move || Writer::open(&log, limits);
    let Ok(pump) = Pump::start(open) else {
        return false;
    };
    // The shim lets the module begin when this is closed.
    drop(ready);
    let mut run = Run {
        outputs: [
            Output::new(stdout, Stream::Stdout),
            Output::new(stderr, Stream::Stderr),
        ],
        pump,
        init: Init::Unknown,
        lock,
        reaper: None,
    };
    run.until_deleted(directory);
    for output in &mut run.outputs {
        output.finish(&run.pump);
    }
    run.pump.finish();
    true
}

fn ignore_terminate() {
    // A handler that does nothing but note it: unlike being ignored it is not
    // inherited by the process that records the end.
    let flag = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let _ = signal_hook::flag::register(signal_hook::consts::SIGTERM, flag);
}

/// A descriptor that the shim gave to this process.
fn adopted(number: i32) -> Option<OwnedFd> {
    if !Path::new(&format!("/proc/self/fd/{number}")).exists() {
        return None;
    }
    #[expect(unsafe_code)]
    // SAFETY: it is open, and nothing else in this process knows of it: this is
    // the beginning of the program, and the shim gave it for this use.
    let descriptor = unsafe { OwnedFd::from_raw_fd(number) };
    rustix::io::fcntl_setfd(&descriptor, rustix::io::FdFlags::CLOEXEC).ok()?;
    Some(descriptor)
}

struct Run {
    outputs: [Output; 2],
    pump: Pump,
    init: Init,
    lock: Option<Lock>,
    reaper: Option<Reaper>,
}

/// The module's first process.
enum Init {
    Unknown,
    Lives(OwnedFd),
    Ended,
}

impl Run {
    /// Reads until both pipes have ended: the task is deleted.
    fn until_deleted(&mut self, directory: &Path) {
        let mut buffer = vec![0; READ];
        while self.outputs.iter().any(|output| !output.ended) {
            self.look_for_init();
            let ended = match self.wait() {
                Ok(ready) => self.read(&ready, &mut buffer),
                Err(_) => return,
            };
            if ended && matches!(self.init, Init::Lives(_)) {
                // Its last output is in the pipes by now.
                self.read(&[true, true], &mut buffer);
                self.init = Init::Ended;
            }
            if matches!(self.init, Init::Ended) {
                self.conclude(directory);
            }
        }
    }

    /// Which pipes can be read, and last whether the module has ended.
    fn wait(&self) -> io::Result<[bool; 3]> {
        let patience = match &self.init {
            Init::Unknown => Some(POLL),
            Init::Lives(_) => None,
            Init::Ended => Some(self.reaper.as_ref().map_or(POLL, Reaper::patience)),
        };
        let timeout = patience.map(|patience| Timespec {
            tv_sec: i64::try_from(patience.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: patience.subsec_nanos().into(),
        });
        let mut ready = [false; 3];
        let mut polled: Vec<(usize, PollFd<'_>)> = Vec::with_capacity(3);
        for (index, output) in self.outputs.iter().enumerate() {
            if !output.ended {
                polled.push((
                    index,
                    PollFd::from_borrowed_fd(output.pipe.as_fd(), PollFlags::IN),
                ));
            }
        }
        if let Init::Lives(init) = &self.init {
            polled.push((2, PollFd::from_borrowed_fd(init.as_fd(), PollFlags::IN)));
        }
        let mut fds: Vec<PollFd<'_>> = polled.iter().map(|(_, fd)| fd.clone()).collect();
        match poll(&mut fds, timeout.as_ref()) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        for ((index, _), fd) in polled.iter().zip(&fds) {
            ready[*index] = !fd.revents().is_empty();
        }
        Ok(ready)
    }

    /// Reads what is there; gives back whether the module has ended.
    fn read(&mut self, ready: &[bool], buffer: &mut [u8]) -> bool {
        for (output, _) in self
            .outputs
            .iter_mut()
            .zip(ready)
            .filter(|(_, ready)| **ready)
        {
            output.read(&self.pump, buffer);
        }
        ready.get(2).copied().unwrap_or(false)
    }

    /// The first process is there once runc has made it; the number is in the
    /// bundle by then, or never.
    fn look_for_init(&mut self) {
        if !matches!(self.init, Init::Unknown) {
            return;
        }
        let Ok(text) = fs::read_to_string(INIT_PID) else {
            return;
        };
        let pid = text.trim().parse().ok().and_then(Pid::from_raw);
        let Some(pid) = pid else {
            return;
        };
        self.init = match pidfd_open(pid, PidfdFlags::empty()) {
            Ok(init) => {
                super::memory::let_go_of_programs();
                Init::Lives(init)
            }
            Err(Errno::SRCH) => Init::Ended,
            // It cannot be watched: the pipes will tell, when it is stopped.
            Err(_) => Init::Unknown,
        };
    }

    /// Nothing more comes: the log says so, and the end is recorded.
    fn conclude(&mut self, directory: &Path) {
        if self.lock.is_some() {
            for output in &mut self.outputs {
                output.finish(&self.pump);
            }
            self.pump.drain();
            self.lock = None;
        }
        self.reaper
            .get_or_insert_with(Reaper::default)
            .tend(directory);
    }
}

/// One of the module's outputs.
struct Output {
    pipe: OwnedFd,
    stream: Stream,
    lines: Lines,
    ended: bool,
}

impl Output {
    fn new(pipe: OwnedFd, stream: Stream) -> Self {
        let _ = rustix::io::ioctl_fionbio(&pipe, true);
        Self {
            pipe,
            stream,
            lines: Lines::default(),
            ended: false,
        }
    }

    /// Reads until the pipe is empty, or for long enough to let the other one
    /// have its turn.
    fn read(&mut self, pump: &Pump, buffer: &mut [u8]) {
        for _ in 0..16 {
            match rustix::io::read(as_fd(&self.pipe), &mut *buffer) {
                Ok(0) => {
                    self.ended = true;
                    return;
                }
                Ok(count) => {
                    let stream = self.stream;
                    let now = time::now();
                    self.lines
                        .feed(&buffer[..count], |payload| pump.put(now, stream, payload));
                }
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => return,
                Err(_) => {
                    self.ended = true;
                    return;
                }
            }
        }
    }

    fn finish(&mut self, pump: &Pump) {
        let stream = self.stream;
        self.lines
            .finish(|payload| pump.put(time::now(), stream, payload));
    }
}

fn as_fd(descriptor: &OwnedFd) -> BorrowedFd<'_> {
    descriptor.as_fd()
}

/// The process that records the end, tried again until the task is deleted.
struct Reaper {
    child: Option<Child>,
    next: Instant,
    wait: Duration,
}

impl Default for Reaper {
    fn default() -> Self {
        Self {
            child: None,
            next: Instant::now(),
            wait: RETRY_MIN,
        }
    }
}

impl Reaper {
    fn patience(&self) -> Duration {
        match &self.child {
            Some(_) => 5 * POLL,
            None => self
                .next
                .saturating_duration_since(Instant::now())
                .max(POLL),
        }
    }

    fn tend(&mut self, directory: &Path) {
        if let Some(child) = &mut self.child {
            if matches!(child.try_wait(), Ok(None)) {
                return;
            }
            self.child = None;
            self.next = Instant::now() + self.wait;
            self.wait = (self.wait * 2).min(RETRY_MAX);
        } else if Instant::now() >= self.next {
            self.child = spawn(directory).ok();
            if self.child.is_none() {
                self.next = Instant::now() + self.wait;
            }
        }
    }
}

/// The executable of the same name, which may be a newer one by now, else this
/// very one.
fn spawn(directory: &Path) -> io::Result<Child> {
    let own = Path::new("/proc/self/exe");
    let named = std::env::args_os().next().map(std::path::PathBuf::from);
    let program = named
        .filter(|path| path.is_file())
        .unwrap_or_else(|| own.to_owned());
    Command::new(program)
        .arg(REAP)
        .arg(directory)
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
}
