//! `logs` of the protocol, once a runtime knows where the records are.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use shellrt_api::{
    Error, ErrorCode, LogFraming, LogStream, LogsRequest, LogsResponse, StreamKind, Timestamp,
};
use shellrt_kit::plugin::{Reply, StreamError, StreamWriter};

use super::{Reader, Record, Selection, Stream};
use crate::time::{self, UnixNanos};

/// How long a reader that follows sleeps before it looks for more.
const POLL: Duration = Duration::from_millis(100);

/// Says whether there is nothing more to come.
pub type HasEnded = Box<dyn Fn() -> bool>;

/// The reply to `request` from the log in `directory`. With `follow` it goes on
/// until that says that the module has ended, or the upper time bound has
/// passed; without, it ends where the log ends now, or as cut at `deadline`.
///
/// # Errors
/// The beginning of the stream is looked up here, so that what cannot be read
/// is an error and not an empty stream.
pub fn reply(
    directory: &Path,
    request: &LogsRequest,
    follow: Option<HasEnded>,
    deadline: Option<Instant>,
) -> io::Result<Reply> {
    let selection = selection(request);
    let until = selection.until;
    let reader = Reader::open(directory, selection, follow.is_some())?;
    let kind = match request.framing {
        LogFraming::Raw => StreamKind::Raw,
        LogFraming::Docker => StreamKind::Docker,
    };
    let timestamps = request.timestamps;
    // A follow goes on for as long as there is something to follow.
    let deadline = deadline.filter(|_| !request.follow);
    let send = move |writer: &mut StreamWriter<'_>| {
        let sender = Sender {
            writer,
            timestamps,
            deadline,
        };
        sender.send(reader, || {
            follow.as_ref().is_none_or(|has_ended| has_ended())
                || until.is_some_and(|until| time::now() >= until)
        })
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

/// Records on their way to the host.
struct Sender<'a, 'b> {
    writer: &'a mut StreamWriter<'b>,
    timestamps: bool,
    deadline: Option<Instant>,
}

impl Sender<'_, '_> {
    fn send(mut self, mut reader: Reader, has_ended: impl Fn() -> bool) -> Result<(), StreamError> {
        loop {
            // Asked before the log is read: what has ended by now has all of
            // its output there.
            let ended = has_ended();
            while let Some(record) = reader.next_record()? {
                self.send_record(&record)?;
                if self
                    .deadline
                    .is_some_and(|deadline| Instant::now() >= deadline)
                {
                    let text = "the deadline passed before all of the log was sent";
                    return Err(Error::new(ErrorCode::DeadlineExceeded, text).into());
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
