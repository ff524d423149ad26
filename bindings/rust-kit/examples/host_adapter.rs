//! The kit's host side as `shellrt-validate host` runs it: sends the request in
//! a file to a plugin, writes what comes to standard output, and says by its exit
//! status what the kit made of it.
//!
//! ```sh
//! shellrt-validate host --statuses ok=0,error=1,retry=7,fault=3,cut=5,late=6 \
//!     -- target/debug/examples/host_adapter {plugin} {request}
//! ```

use std::io::{self, Write};
use std::process::ExitCode;

use shellrt_api::{Payload, Request, RequestMessage, Response};
use shellrt_kit::codec::{FrameStream, Item};
use shellrt_kit::host::{CallError, Plugin};

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(plugin), Some(file), None) = (arguments.next(), arguments.next(), arguments.next())
    else {
        return cannot("usage: host_adapter PLUGIN REQUEST");
    };
    let message = match std::fs::read(&file).map(|bytes| RequestMessage::decode(&bytes)) {
        Ok(Ok(message)) => message,
        Ok(Err(fault)) => return cannot(&fault.to_string()),
        Err(error) => return cannot(&error.to_string()),
    };
    let plugin = Plugin::new(&plugin);
    let sent = match &message.body {
        Request::Logs(_) => stream(&plugin, &message),
        Request::ImgPull(pull) if pull.progress => stream(&plugin, &message),
        _ => plugin.exchange(&message).and_then(|answer| {
            write(&line(&answer.to_canonical_json()))?;
            answer
                .result
                .map(drop)
                .map_err(|error| CallError::Plugin(Box::new(error)))
        }),
    };
    match sent {
        Ok(()) => ExitCode::SUCCESS,
        // Nobody reads any more; the stream was dropped, and with it the plugin.
        Err(CallError::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            if let CallError::Cut { stderr, .. } = &error {
                eprintln!("standard error: `{}`", stderr.escape_ascii());
            }
            ExitCode::from(status(&error))
        }
    }
}

/// What `--statuses` says in words.
fn status(error: &CallError) -> u8 {
    match error {
        CallError::Plugin(error) if error.may_retry() => 7,
        CallError::Plugin(_) => 1,
        CallError::Protocol(_) => 3,
        CallError::Cut { .. } => 5,
        CallError::Deadline { .. } => 6,
        _ => 2,
    }
}

fn stream(plugin: &Plugin, message: &RequestMessage) -> Result<(), CallError> {
    let mut stream = plugin.stream(message)?;
    while let Some(item) = stream.next_item()? {
        match item {
            Item::Bytes(bytes) => write(&bytes)?,
            Item::Frame(frame) if frame.stream == FrameStream::Error => {}
            Item::Frame(frame) => write(&frame.content)?,
            Item::Progress(progress) => write(&line(&progress.to_value().to_string()))?,
        }
    }
    if let Some(Response::ImgPull(response)) = stream.last_response() {
        write(&line(&response.to_value().to_string()))?;
    }
    Ok(())
}

fn line(document: &str) -> Vec<u8> {
    format!("{document}\n").into_bytes()
}

/// At once: whoever follows a stream wants to see it now.
fn write(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

fn cannot(why: &str) -> ExitCode {
    eprintln!("error: {why}");
    ExitCode::from(2)
}
