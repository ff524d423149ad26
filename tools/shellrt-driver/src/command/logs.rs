//! `logs`: what a module wrote, all of it or as it comes.

use std::io::Write;

use clap::Args;
use shellrt_api::{LogFraming, LogStream, LogsRequest, ModuleName};

use crate::cli::value::{self, Moment};
use crate::failure::Failure;
use crate::session::{LogPiece, Session};

#[derive(Debug, Args)]
#[command(after_help = "\
With `--framing docker`, what the module wrote to its standard error goes to
standard error here too; with `raw`, everything goes to standard output.

Examples:
  shellrt-driver ./shellrt-process logs web
  shellrt-driver ./shellrt-process logs --follow --tail 10 web
  shellrt-driver ./shellrt-process logs --since 10m --timestamps --stream stderr web
  shellrt-driver ./shellrt-process logs --since 2026-11-23T18:00:00Z --until 1795460400 web")]
pub(crate) struct Logs {
    /// The module
    name: ModuleName,
    /// Go on with what it writes from now on, until it ends
    #[arg(long, short = 'f')]
    follow: bool,
    /// Only the last so many lines [default: all]
    #[arg(long, short = 'n', value_name = "LINES", value_parser = value::tail)]
    tail: Option<value::Tail>,
    /// Only from this moment: RFC 3339 in UTC, unix seconds, or a duration back from now
    #[arg(long, value_name = "MOMENT", value_parser = value::moment)]
    since: Option<Moment>,
    /// Only before this moment, written in the same ways
    #[arg(long, value_name = "MOMENT", value_parser = value::moment)]
    until: Option<Moment>,
    /// Begin each line with the time at which it was written
    #[arg(long, short = 't')]
    timestamps: bool,
    /// Only this stream; may be given again [default: both]
    #[arg(long, value_parser = value::one_of(LogStream::ALL))]
    stream: Vec<LogStream>,
    /// How the plugin frames what it sends
    #[arg(long, default_value = "raw", value_parser = value::one_of(LogFraming::ALL))]
    framing: LogFraming,
}

impl Logs {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        session.logs(self.request(), |piece| {
            let written = match piece {
                LogPiece::Output(bytes) => write(&mut std::io::stdout().lock(), bytes),
                LogPiece::Error(bytes) => write(&mut std::io::stderr().lock(), bytes),
            };
            written.map_err(Failure::Output)
        })
    }

    fn request(self) -> LogsRequest {
        let mut request = LogsRequest::new(self.name);
        request.follow = self.follow;
        request.tail = self.tail.and_then(|tail| tail.0);
        match self.since {
            Some(Moment::UnixSeconds(seconds)) => request.since = Some(seconds),
            Some(Moment::Time(time)) => request.since_time = Some(time),
            None => {}
        }
        match self.until {
            Some(Moment::UnixSeconds(seconds)) => request.until = Some(seconds),
            Some(Moment::Time(time)) => request.until_time = Some(time),
            None => {}
        }
        request.timestamps = self.timestamps;
        request.streams = self.stream;
        request.framing = self.framing;
        request
    }
}

/// Writes at once: who follows a log wants to see it now.
fn write(target: &mut impl Write, bytes: &[u8]) -> std::io::Result<()> {
    target.write_all(bytes)?;
    target.flush()
}
