//! Bytes of a module on their way to the disk. The module is slowed down to the
//! speed of the disk, but never held up by one that hangs: then what does not
//! fit into a small buffer is counted and dropped, and the log says so.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use shellrt_common::log::{Stream, Writer};
use shellrt_common::time::UnixNanos;

/// How much waits for the disk at most, in bytes.
const WAITING_MAX: usize = 256 * 1024;
/// How long a full buffer holds up the module before the disk counts as hung.
/// Cheap cards, and machines with too much to do, pause for seconds and go on.
const GRACE: Duration = Duration::from_secs(10);
/// The writer's thread needs little.
const STACK: usize = 64 * 1024;

struct Item {
    time: UnixNanos,
    stream: Stream,
    payload: Vec<u8>,
}

#[derive(Default)]
struct Queue {
    items: VecDeque<Item>,
    waiting: usize,
    dropped: u64,
    /// Whether the writer is at work on something that it took.
    writing: bool,
    finished: bool,
    /// Whether the disk has been given up until it moves again.
    hung: bool,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The way to the disk.
pub(super) struct Pump {
    shared: Arc<Shared>,
    writer: Option<JoinHandle<()>>,
}

impl Pump {
    /// Begins to write into what `open` opens. Where that fails it is tried again:
    /// the module goes on in the meantime.
    pub(super) fn start(
        open: impl Fn() -> io::Result<Writer> + Send + 'static,
    ) -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        let writer = thread::Builder::new()
            .stack_size(STACK)
            .spawn(move || write(&theirs, open))?;
        Ok(Self {
            shared,
            writer: Some(writer),
        })
    }

    /// Takes one payload.
    pub(super) fn put(&self, time: UnixNanos, stream: Stream, payload: &[u8]) {
        let mut queue = self.shared.lock();
        let until = Instant::now() + GRACE;
        while queue.waiting + payload.len() > WAITING_MAX && !queue.hung {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                queue.hung = true;
                break;
            }
            let waited = self.shared.changed.wait_timeout(queue, left);
            queue = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        if queue.waiting + payload.len() > WAITING_MAX {
            queue.dropped += 1;
            return;
        }
        queue.waiting += payload.len();
        queue.items.push_back(Item {
            time,
            stream,
            payload: payload.to_vec(),
        });
        self.shared.changed.notify_all();
    }

    /// Waits until all is written, as long as the disk moves.
    pub(super) fn drain(&self) {
        let mut queue = self.shared.lock();
        while (!queue.items.is_empty() || queue.writing) && !queue.hung {
            let before = queue.waiting;
            let (now, timeout) = self
                .shared
                .changed
                .wait_timeout(queue, GRACE)
                .unwrap_or_else(PoisonError::into_inner);
            queue = now;
            if timeout.timed_out() && queue.waiting == before {
                queue.hung = true;
            }
        }
    }

    /// Writes what is left, makes it last and ends.
    pub(super) fn finish(mut self) {
        self.drain();
        {
            let mut queue = self.shared.lock();
            queue.finished = true;
            self.shared.changed.notify_all();
            if queue.hung {
                // A disk that hangs is not waited for.
                return;
            }
        }
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

fn write(shared: &Shared, open: impl Fn() -> io::Result<Writer>) {
    let mut log = open().ok();
    let mut lost = 0;
    loop {
        let mut queue = shared.lock();
        while queue.items.is_empty() && !queue.finished {
            queue = shared
                .changed
                .wait(queue)
                .unwrap_or_else(PoisonError::into_inner);
        }
        let (items, finished) = (std::mem::take(&mut queue.items), queue.finished);
        let dropped = std::mem::take(&mut queue.dropped);
        queue.writing = true;
        drop(queue);
        let mut taken = 0;
        lost += dropped;
        log = log.or_else(|| open().ok());
        if let Some(log) = &mut log {
            log.dropped(std::mem::take(&mut lost));
        }
        for item in &items {
            taken += item.payload.len();
            match &mut log {
                Some(log) => log.append(item.time, item.stream, &item.payload),
                None => lost += 1,
            }
        }
        match &mut log {
            Some(log) if finished => log.sync(),
            Some(log) => log.flush(),
            None => {}
        }
        let mut queue = shared.lock();
        queue.waiting -= taken;
        queue.writing = false;
        queue.hung = false;
        shared.changed.notify_all();
        if finished && queue.items.is_empty() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use shellrt_common::log::Limits;
    use shellrt_common::time;

    use super::*;

    #[test]
    fn everything_that_was_put_is_in_the_log_after_the_end() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let limits = Limits {
            segment_max_bytes: 100_000_000,
            segments_max: 2,
        };
        let path = directory.path().to_owned();
        let tries = AtomicU32::new(0);
        // The first try fails, as on a full disk.
        let open = move || match tries.fetch_add(1, Ordering::Relaxed) {
            0 => Err(io::ErrorKind::StorageFull.into()),
            _ => Writer::open(&path, limits),
        };
        let pump = Pump::start(open).expect("a thread can be made");
        let line = vec![b'x'; 1000];
        for _ in 0..5000 {
            pump.put(time::now(), Stream::Stdout, &line);
        }
        pump.finish();
        let bytes: u64 = std::fs::read_dir(directory.path())
            .expect("it is readable")
            .map(|entry| {
                entry
                    .expect("it is readable")
                    .metadata()
                    .expect("it is there")
                    .len()
            })
            .sum();
        assert!(bytes >= 5_000_000, "{bytes} bytes are in the log");
    }
}
