//! A small plugin: it lists what its environment says, and fails on demand.
//! The tests of the plugin's side run it.

use std::process::ExitCode;
use std::time::Duration;

use shellrt_api::{
    Error, ErrorCode, ListRequest, ListResponse, LogStream, LogsRequest, LogsResponse, Request,
    StreamKind,
};
use shellrt_kit::plugin::{Context, Reply, StreamWriter, serve};

fn main() -> ExitCode {
    serve(|request: Request, context: &Context| match request {
        Request::List(request) => list(&request, context),
        Request::Logs(request) => Ok(logs(request)),
        Request::Start(_) => panic!("the parrot cannot be started"),
        request => Err(Error::new(
            ErrorCode::Unsupported,
            format!("there is no `{}` here", request.command()),
        )),
    })
}

/// What a library or a child prints must not reach the host.
fn list(request: &ListRequest, context: &Context) -> Result<Reply, Error> {
    println!("a stray line");
    let child = std::process::Command::new("echo")
        .arg("a child's line")
        .status();
    child.map_err(|error| {
        Error::new(ErrorCode::IoFailed, format!("cannot start `echo`: {error}"))
    })?;
    // With details asked for it waits until the host has had enough.
    if request.details {
        loop {
            context.check()?;
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    Ok(ListResponse::new(Vec::new()).into())
}

/// One line, and with `follow` silence until nobody wants more.
fn logs(request: LogsRequest) -> Reply {
    Reply::stream(
        LogsResponse::new(),
        StreamKind::Raw,
        move |writer: &mut StreamWriter<'_>| {
            writer.record(LogStream::Stdout, &[b"one\n"])?;
            writer.flush()?;
            if request.follow {
                loop {
                    writer.wait(Duration::from_secs(3600))?;
                }
            }
            Ok(())
        },
    )
}
