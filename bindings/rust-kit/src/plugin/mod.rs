//! The plugin's side of one request.
//!
//! ```no_run
//! use std::process::ExitCode;
//!
//! use shellrt_api::{Error, ErrorCode, Request};
//! use shellrt_kit::plugin::{Context, Reply, serve};
//!
//! fn main() -> ExitCode {
//!     serve(|request: Request, _context: &Context| match request {
//!         // One arm a command; no wildcard, so that a new command is noticed.
//!         request => Err(Error::new(ErrorCode::Unsupported, format!("no `{}` here", request.command()))),
//!     })
//! }
//! ```
//!
//! The kit reads and checks the request, calls the handler once, writes the one
//! response and its stream, and chooses the exit status. A handler never
//! touches standard output: whatever prints to it ends up on standard error.

mod cancel;
mod context;
mod input;
mod output;
mod reply;
mod stream;

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use shellrt_api::{
    Command, DecodeError, Error, ErrorCode, ProtocolVersion, Request, RequestMessage, Response,
    ResponseHead, ResponseMessage, StreamKind,
};

pub use cancel::Cancel;
pub use context::{Context, Priority};
pub use input::{IDLE, PATIENCE_VARIABLE, REQUEST_MAX};
pub use reply::Reply;
pub use stream::{ProgressWriter, StreamError, StreamWriter};

use output::Output;
use reply::Kind;

/// The exit status when a complete response, ok or err, and its stream were
/// written [T-8].
pub const EXIT_COMPLETE: u8 = 0;
/// The exit status when the response could not be written or its stream was cut
/// [T-9].
pub const EXIT_CUT: u8 = 1;

/// Answers the one request on standard input.
pub fn serve<F>(handler: F) -> ExitCode
where
    F: FnOnce(Request, &Context) -> Result<Reply, Error>,
{
    let cancel = Cancel::on_signals();
    let mut output = match Output::take() {
        Ok(output) => output,
        // Without standard output nobody can be answered.
        Err(error) => {
            eprintln!("cannot take standard output: {error}");
            return ExitCode::from(EXIT_CUT);
        }
    };
    let complete = match input::read(std::io::stdin(), input::patience())
        .and_then(|bytes| RequestMessage::decode(&bytes))
    {
        Ok(message) => answer(message, handler, cancel, &mut output),
        Err(error) => refuse(&error, &mut output),
    };
    ExitCode::from(if complete { EXIT_COMPLETE } else { EXIT_CUT })
}

/// Answers a request that cannot be read.
fn refuse(error: &DecodeError, output: &mut Output) -> bool {
    // What is not served is answered in the highest version that is [V-3].
    let served = error.version.clone().filter(ProtocolVersion::is_supported);
    let mut head = ResponseHead::new(served.unwrap_or_else(ProtocolVersion::current));
    head.id = error.id.clone();
    let message = ResponseMessage::new(head, error.command, Err(error.to_error()));
    output.write_all(&message.encode()).is_ok()
}

fn answer<F>(message: RequestMessage, handler: F, cancel: Cancel, output: &mut Output) -> bool
where
    F: FnOnce(Request, &Context) -> Result<Reply, Error>,
{
    let context = Context::new(&message.head, cancel);
    let command = message.body.command();
    // A handler that panics is done; nothing that it leaves behind is used again.
    let outcome = catch_unwind(AssertUnwindSafe(|| handler(message.body, &context)));
    let outcome = outcome.unwrap_or_else(|_| Err(panicked()));
    let asked = Envelope {
        command,
        context: &context,
    };
    match outcome.map(|reply| reply.kind) {
        Err(error) => asked.write(Err(error), None, output),
        Ok(Kind::Whole(response)) => asked.write(Ok(response), None, output),
        Ok(Kind::Stream(response, kind, send)) => {
            asked.write(Ok(response), Some(kind), output)
                && StreamWriter::new(output, &context, kind).run(send)
        }
        Ok(Kind::Progress(pull)) => {
            let written = asked.write(Ok(Response::Ack(command)), Some(StreamKind::Ndjson), output);
            written && {
                let result = ProgressWriter::new(output, &context).run(pull);
                // Without the host there is nobody to tell.
                result.is_some_and(|result| asked.write(result, None, output))
            }
        }
    }
}

/// The panic's own text may hold anything, secrets included; the panic hook has
/// put it on standard error, and there it stays.
fn panicked() -> Error {
    Error::new(
        ErrorCode::Internal,
        "the plugin failed in a way that it did not expect",
    )
    .with_hint("report it with the text on standard error")
}

/// What every response to the request has.
struct Envelope<'a> {
    command: Command,
    context: &'a Context,
}

impl Envelope<'_> {
    fn write(
        &self,
        result: Result<Response, Error>,
        stream: Option<StreamKind>,
        output: &mut Output,
    ) -> bool {
        let mut head = ResponseHead::new(self.context.reply_version().clone());
        head.id = self.context.id().cloned();
        head.stream = stream;
        let message = ResponseMessage::new(head, Some(self.command), result);
        output.write_all(&message.encode()).is_ok()
    }
}
