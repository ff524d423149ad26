//! Passes signals on to the plugin.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;

use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{
    SIGALRM, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGWINCH,
};
use signal_hook::iterator::Signals;

use super::witness::{Witness, bit, mask};

/// Those that somebody sends to a program to tell it something. Stopping and
/// going on are left to the kernel, which does both to the whole group.
const PASSED_ON: [i32; 9] = [
    SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGWINCH,
];

/// Signals caught, to be passed on once there is somebody to pass them to.
pub(super) struct Caught(Signals);

/// What is known of the plugin and of the signals that it got.
#[derive(Debug, Default)]
pub(super) struct Told {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The plugin. `None`: it has ended, and the number may be another's.
    pid: Option<Pid>,
    signals: Vec<i32>,
    /// A signal came after the plugin's end.
    hurried: bool,
}

/// Catches them from now on. What was ignored when we were started stays
/// ignored, for us and for the plugin.
pub(super) fn catch() -> io::Result<Caught> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = mask(&status, "SigIgn").unwrap_or(0);
    let wanted = PASSED_ON
        .iter()
        .filter(|signal| ignored & bit(**signal) == 0);
    Ok(Caught(Signals::new(wanted)?))
}

impl Caught {
    /// Passes them on to the plugin, each once.
    pub(super) fn pass_on(self, pid: Option<Pid>, witness: Weak<Witness>) -> Arc<Told> {
        let told = Arc::new(Told::default());
        told.state().pid = pid;
        let shared = Arc::clone(&told);
        let mut signals = self.0;
        thread::spawn(move || {
            for signal in signals.forever() {
                let was_for_all = witness.upgrade().is_some_and(|witness| witness.saw(signal));
                shared.pass_on(signal, was_for_all);
            }
        });
        told
    }
}

impl Told {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pass_on(&self, signal: i32, was_for_all: bool) {
        let mut state = self.state();
        match state.pid {
            Some(pid) => {
                state.signals.push(signal);
                if !was_for_all && let Some(signal) = Signal::from_named_raw(signal) {
                    let _ = kill_process(pid, signal);
                }
            }
            None => state.hurried = true,
        }
    }

    /// Runs what reaps the plugin, while no signal is sent to it.
    pub(super) fn reap<T>(&self, reap: impl FnOnce() -> T) -> T {
        let mut state = self.state();
        state.pid = None;
        reap()
    }

    /// The signals that the plugin got.
    pub(super) fn signals(&self) -> Vec<i32> {
        self.state().signals.clone()
    }

    /// Whether somebody asked for the end after the plugin had ended.
    pub(super) fn is_hurried(&self) -> bool {
        self.state().hurried
    }
}
