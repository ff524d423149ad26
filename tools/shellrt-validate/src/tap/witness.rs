//! Tells a signal to the whole process group from one to this process alone.
//!
//! The plugin is in our group, so that a host's SIGKILL to the group reaches it.
//! Another signal to the group has then reached it already, and a second one
//! from us could mean something else to it than the first: Python raises
//! `KeyboardInterrupt` again, in the middle of its clean-up. The kernel does not
//! say to whom a signal went. A process of the group that does nothing but hold
//! its signals back does: what is pending there was sent to all.

use std::fs::File;
use std::io::{self, Read};
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, OwnedFd};

use rustix::pipe::{PipeFlags, pipe_with};
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};

/// The process that holds its signals back. It ends with this value, and with
/// the process that made it.
#[derive(Debug)]
pub(super) struct Witness {
    pid: Pid,
    /// A byte for each signal that it has taken back.
    taken_back: File,
}

impl Witness {
    /// Starts it. It must be called before any thread is started.
    #[expect(unsafe_code, reason = "there is no safe fork")]
    pub(super) fn start() -> io::Result<Witness> {
        let parent = rustix::process::getpid();
        let (taken_back, done) = pipe_with(PipeFlags::CLOEXEC)?;
        // SAFETY: no other thread is there whose locks the child could find taken,
        // and the child makes system calls and nothing else.
        let pid = unsafe { libc::fork() };
        match pid {
            -1 => Err(io::Error::last_os_error()),
            0 => attest(parent, &done),
            pid => Ok(Witness {
                pid: Pid::from_raw(pid).ok_or_else(io::Error::last_os_error)?,
                taken_back: File::from(taken_back),
            }),
        }
    }

    /// Whether the group got that signal. Asked again it says no, until there is
    /// a next one.
    pub(super) fn saw(&self, signal: i32) -> bool {
        let path = format!("/proc/{}/status", self.pid.as_raw_nonzero());
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let saw = mask(&status, "ShdPnd").is_some_and(|pending| pending & bit(signal) != 0);
        if saw {
            self.take_back(signal);
        }
        saw
    }

    /// Makes it forget a signal, and waits until it has: the next one may be to us
    /// alone. The first real-time signal and the number say which.
    #[expect(unsafe_code, reason = "a real-time signal has no name in rustix")]
    fn take_back(&self, signal: i32) {
        let pid = self.pid.as_raw_nonzero().get();
        // SAFETY: it sends a number to a process that is ours and not reaped.
        unsafe { libc::kill(pid, libc::SIGRTMIN() + signal) };
        let _ = (&self.taken_back).read(&mut [0]);
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        let _ = kill_process(self.pid, Signal::KILL);
        let _ = waitpid(Some(self.pid), WaitOptions::empty());
    }
}

/// A set of signals in `/proc/<pid>/status`.
pub(super) fn mask(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    u64::from_str_radix(line.strip_prefix(':')?.trim(), 16).ok()
}

pub(super) fn bit(signal: i32) -> u64 {
    u32::try_from(signal - 1)
        .ok()
        .and_then(|place| 1_u64.checked_shl(place))
        .unwrap_or(0)
}

/// The life of the witness.
#[expect(unsafe_code, reason = "signals are taken back by C functions alone")]
fn attest(parent: Pid, done: &OwnedFd) -> ! {
    // SAFETY: the sets are initialised by `sigemptyset` or `sigfillset` before
    // they are read, and no memory of the parent is touched.
    unsafe {
        let mut set = MaybeUninit::<libc::sigset_t>::uninit();
        libc::sigfillset(set.as_mut_ptr());
        libc::sigprocmask(libc::SIG_SETMASK, set.as_ptr(), std::ptr::null_mut());
        // The host's pipes must not stay open because of us.
        libc::dup2(done.as_raw_fd(), 0);
        libc::syscall(libc::SYS_close_range, 1, libc::c_uint::MAX, 0);
        libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL);
        // It may have ended before it was asked to take us with it.
        if libc::getppid() != parent.as_raw_nonzero().get() {
            libc::_exit(0);
        }
        let mut asked = MaybeUninit::<libc::sigset_t>::uninit();
        libc::sigemptyset(asked.as_mut_ptr());
        for signal in libc::SIGRTMIN() + 1..=libc::SIGRTMAX() {
            libc::sigaddset(asked.as_mut_ptr(), signal);
        }
        loop {
            let number = libc::sigwaitinfo(asked.as_ptr(), std::ptr::null_mut());
            if number < 0 {
                continue;
            }
            libc::sigemptyset(set.as_mut_ptr());
            libc::sigaddset(set.as_mut_ptr(), number - libc::SIGRTMIN());
            let now = libc::timespec {
                tv_sec: 0,
                tv_nsec: 0,
            };
            libc::sigtimedwait(set.as_ptr(), std::ptr::null_mut(), &raw const now);
            libc::write(0, [0_u8].as_ptr().cast(), 1);
        }
    }
}
