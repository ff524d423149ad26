//! `logs`: streams what a module wrote, the time bounds first, then `tail`.
//! Writes nothing and takes no lock.
//!
//! With `follow` the stream ends when the run that is followed has ended and
//! all of its output is sent; at once where the module does not run. It goes
//! on through rotation and while the module is silent, and ends within two
//! seconds of the host's going away.
//!
//! Errors: `module_not_found`, `io_failed`.

use std::time::{Duration, Instant};

use shellrt_api::{LogFraming, LogStream, LogsRequest, LogsResponse, StreamKind, Timestamp};
use shellrt_kit::plugin::{Reply, StreamError, StreamWriter};

use crate::failure::Failure;
use crate::log::{Reader, Record, Selection, Stream};
use crate::patience::Patience;
use crate::state::{ModuleDirectory, Store};
use crate::time::{self, UnixNanos};

/// How long a reader that follows sleeps before it looks for more.
const POLL: Duration = Duration::from_millis(100);

/// The beginning of the stream is looked up here, so that what cannot be read
/// is an error and not an empty stream.
pub(super) fn logs(
    store: &Store,
    request: &LogsRequest,
    patience: Patience<'_>,
) -> Result<Reply, Failure> {
    let module = store.module(&request.name)?;
    let selection = selection(request);
    let until = selection.until;
    let followed = if request.follow {
        Followed::begin(&module, until)?
    } else {
        None
    };
    let reader = Reader::open(&module.log(), selection, followed.is_some());
    let reader = reader.map_err(|error| Failure::io("read", &module.log(), error))?;
    let kind = match request.framing {
        LogFraming::Raw => StreamKind::Raw,
        LogFraming::Docker => StreamKind::Docker,
    };
    let timestamps = request.timestamps;
    // A follow goes on for as long as there is something to follow.
    let deadline = patience.for_stream().filter(|_| !request.follow);
    let send = move |writer: &mut StreamWriter<'_>| {
        Sender {
            writer,
            timestamps,
            deadline,
        }
        .send(reader, followed)
    };
    Ok(Reply::stream(LogsResponse::new(), kind, send))
}

fn selection(request: &LogsRequest) -> Selection {
    let seconds = |seconds: u64| {
        UnixNanos::try_from(seconds)
            .unwrap_or(UnixNanos::MAX)
            .saturating_mul(1_000_000_000)
    };
    let nanos = |time: &Timestamp| UnixNanos::try_from(time.unix_nanos()).unwrap_or(UnixNanos::MAX);
    let wants = |stream| request.streams.is_empty() || request.streams.contains(&stream);
    // Of two bounds the narrower one counts. `None` is the least.
    let since = request
        .since
        .map(seconds)
        .max(request.since_time.as_ref().map(nanos));
    let until = [
        request.until.map(seconds),
        request.until_time.as_ref().map(nanos),
    ]
    .into_iter()
    .flatten()
    .min();
    Selection {
        since,
        until,
        stdout: wants(LogStream::Stdout),
        stderr: wants(LogStream::Stderr),
        tail: request.tail,
    }
}

/// The run whose output is followed.
struct Followed {
    module: ModuleDirectory,
    number: u64,
    until: Option<UnixNanos>,
}

impl Followed {
    /// The run of now; `None` where the module does not run.
    fn begin(module: &ModuleDirectory, until: Option<UnixNanos>) -> Result<Option<Self>, Failure> {
        let run = module.present_run()?;
        Ok(run.map(|(run, _)| Self {
            module: module.clone(),
            number: run.number,
            until,
        }))
    }

    /// Whether there is nothing more to come. A module that was removed or
    /// cannot be read any more has ended too.
    fn has_ended(&self) -> bool {
        let runs =
            matches!(self.module.present_run(), Ok(Some((run, _))) if run.number == self.number);
        !runs || self.until.is_some_and(|until| time::now() >= until)
    }
}

/// Records on their way to the host.
struct Sender<'a, 'b> {
    writer: &'a mut StreamWriter<'b>,
    timestamps: bool,
    deadline: Option<Instant>,
}

impl Sender<'_, '_> {
    fn send(mut self, mut reader: Reader, followed: Option<Followed>) -> Result<(), StreamError> {
        loop {
            // Asked before the log is read: what has ended by now has all of
            // its output there.
            let ended = followed.as_ref().is_none_or(Followed::has_ended);
            while let Some(record) = reader.next()? {
                self.send_record(&record)?;
                if self
                    .deadline
                    .is_some_and(|deadline| Instant::now() >= deadline)
                {
                    return Err(Failure::Deadline("all of the log was sent".to_owned())
                        .to_error()
                        .into());
                }
            }
            if ended {
                return Ok(());
            }
            self.writer.flush()?;
            self.writer.wait(POLL)?;
        }
    }

    fn send_record(&mut self, record: &Record<'_>) -> Result<(), StreamError> {
        let time = if self.timestamps {
            format!("{} ", time::timestamp(record.time))
        } else {
            String::new()
        };
        let stream = match record.stream {
            Stream::Stdout => LogStream::Stdout,
            Stream::Stderr => LogStream::Stderr,
        };
        self.writer
            .record(stream, &[time.as_bytes(), record.payload])
    }
}
