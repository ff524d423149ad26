//! Signals: what the host sends to the mutant is for the sound plugin.

use std::io;
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::thread;

use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::low_level::emulate_default_handler;

/// The thread that hears signals.
pub(crate) struct Signals {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// 0: there is no sound plugin yet.
    pid: AtomicI32,
    deaf: AtomicBool,
}

impl Signals {
    pub(crate) fn listen() -> io::Result<Signals> {
        let shared = Arc::new(Shared::default());
        let mut heard = signal_hook::iterator::Signals::new([SIGTERM, SIGINT, SIGHUP])?;
        {
            let shared = Arc::clone(&shared);
            thread::spawn(move || {
                for number in heard.forever() {
                    shared.hear(number);
                }
            });
        }
        Ok(Signals { shared })
    }

    /// From now on they are for this process.
    pub(crate) fn pass_to(&self, child: &Child) {
        let pid = i32::try_from(child.id()).unwrap_or(0);
        self.shared.pid.store(pid, Ordering::SeqCst);
    }

    /// From now on nobody gets them.
    pub(crate) fn ignore(&self) {
        self.shared.deaf.store(true, Ordering::SeqCst);
    }
}

impl Shared {
    fn hear(&self, number: i32) {
        if self.deaf.load(Ordering::SeqCst) {
            return;
        }
        match Pid::from_raw(self.pid.load(Ordering::SeqCst)) {
            // One that has ended already is not reaped before we end, too.
            Some(pid) => {
                let signal = Signal::from_named_raw(number).unwrap_or(Signal::TERM);
                let _ = kill_process(pid, signal);
            }
            None => {
                let _ = emulate_default_handler(number);
            }
        }
    }
}

/// Ends this process as the signal would have ended it.
pub(crate) fn die(number: i32) {
    let _ = emulate_default_handler(number);
    // One that cannot be caught, or that ends nobody.
    let _ = kill_process(rustix::process::getpid(), Signal::KILL);
}
