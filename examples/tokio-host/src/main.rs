//! An async host on the codec of shellrt-kit: the codec does no I/O, so that
//! processes, pipes and time are tokio's.
//!
//! `tokio-host PLUGIN [ARGUMENT]...` lists the plugin's modules, then shows the
//! log of each, and gives every request ten seconds. What a production host does
//! beyond this (process group, bounds on standard error) stands in the host
//! rules of `docs/protocol.md`.

use std::error::Error;
use std::os::unix::process::ExitStatusExt;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use shellrt_api::{CommandRequest, ListRequest, LogsRequest, RequestMessage, Response};
use shellrt_kit::codec::{Asked, Exit, Item, Splitter, StreamDecoder, judge};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// How long a request may take.
const PATIENCE: Duration = Duration::from_secs(10);

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let command_line: Vec<String> = std::env::args().skip(1).collect();
    if command_line.is_empty() {
        return Err("usage: tokio-host PLUGIN [ARGUMENT]...".into());
    }
    // A plugin whose future is dropped is killed, so that the time limit needs
    // nothing else.
    let list = timeout(PATIENCE, call(&command_line, ListRequest::new())).await??;
    for name in list.modules {
        println!("{name}:");
        timeout(PATIENCE, logs(&command_line, LogsRequest::new(name))).await??;
    }
    Ok(())
}

/// A request with one response.
async fn call<R: CommandRequest>(command_line: &[String], request: R) -> Outcome<R::Response> {
    let message = RequestMessage::new(request);
    let mut splitter = Splitter::default();
    let status = talk(command_line, &message, |bytes| {
        splitter.push(bytes)?;
        Ok(())
    })
    .await?;
    let response: Response = judge(&Asked::by(&message), &splitter, exit(status))?
        .into_result()
        .map_err(|error| error.message)?;
    R::response(response).ok_or_else(|| "the response is of another command".into())
}

/// A request whose response has a stream.
async fn logs(command_line: &[String], request: LogsRequest) -> Outcome<()> {
    let message = RequestMessage::new(request);
    let asked = Asked::by(&message);
    let mut splitter = Splitter::default();
    let mut stream = None;
    let status = talk(command_line, &message, |bytes| {
        let rest = splitter.push(bytes)?;
        if stream.is_none() && splitter.has_stream() {
            let kind = asked
                .read(splitter.head())?
                .head
                .stream
                .ok_or("a NUL follows a response without a stream")?;
            stream = Some(StreamDecoder::new(asked.clone(), kind));
        }
        if let Some(stream) = &mut stream {
            stream.push(rest);
            while let Some(Item::Bytes(bytes)) = stream.item() {
                print!("{}", String::from_utf8_lossy(&bytes));
            }
        }
        Ok(())
    })
    .await?;
    match stream {
        // The exit status is the trailer: without it no stream is complete.
        Some(stream) => match stream.finish(exit(status)) {
            Ok(_) => Ok(()),
            Err(Some(fault)) => Err(fault.into()),
            Err(None) => Err(format!("the log is cut: {status}").into()),
        },
        None => match judge(&asked, &splitter, exit(status))?.into_result() {
            Ok(_) => Err("the plugin wrote no stream".into()),
            Err(error) => Err(error.message.into()),
        },
    }
}

/// Starts a plugin, feeds it while it is read, and waits for it.
async fn talk(
    command_line: &[String],
    message: &RequestMessage,
    mut take: impl FnMut(&[u8]) -> Outcome<()>,
) -> Outcome<ExitStatus> {
    let mut child = start(command_line)?;
    let mut stdin = child.stdin.take().ok_or("no standard input")?;
    let mut stdout = child.stdout.take().ok_or("no standard output")?;
    let request = message.encode();
    let feed = async move {
        // A plugin that has read enough may close its end: that is no error.
        let _ = stdin.write_all(&request).await;
    };
    let drain = async {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match stdout.read(&mut buffer).await? {
                0 => return Ok::<(), Box<dyn Error>>(()),
                length => take(&buffer[..length])?,
            }
        }
    };
    // Both at once: one after the other deadlocks as soon as a pipe is full.
    let ((), drained) = tokio::join!(feed, drain);
    drained?;
    Ok(child.wait().await?)
}

fn start(command_line: &[String]) -> std::io::Result<Child> {
    // A few of the variables that plugins may have suffice here.
    let passed_on = std::env::vars().filter(|(name, _)| {
        matches!(name.as_str(), "PATH" | "HOME") || name.starts_with("SHELLRT_")
    });
    Command::new(&command_line[0])
        .args(&command_line[1..])
        .env_clear()
        .envs(passed_on)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
}

fn exit(status: ExitStatus) -> Exit {
    status
        .code()
        .map_or_else(|| Exit::Signal(status.signal().unwrap_or(0)), Exit::Code)
}
