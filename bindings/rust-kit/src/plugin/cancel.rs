//! The host's wish to cancel: SIGTERM and SIGINT [D-7].

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};

/// Whether the host wants the request cancelled. Clones share one state.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Cancelled by SIGTERM or SIGINT. Signals interrupt `poll` and `sleep`, so
    /// that whoever waits looks again at once.
    pub(super) fn on_signals() -> Cancel {
        let cancel = Cancel::default();
        for signal in [SIGTERM, SIGINT] {
            // It fails only for signals that cannot be caught.
            let _ = signal_hook::flag::register(signal, Arc::clone(&cancel.0));
        }
        cancel
    }

    /// Whether it was asked for.
    #[must_use]
    pub fn requested(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
