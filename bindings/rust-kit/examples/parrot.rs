//! A small plugin: it lists what its environment says, and fails on demand.
//! The tests of the plugin's side run it.

use std::process::ExitCode;
use std::time::Duration;

use shellrt_api::{
    Error, ErrorCode, ImgPullProgress, ListRequest, ListResponse, LogFraming, LogStream,
    LogsRequest, LogsResponse, PullEvent, Request, StreamKind,
};
use shellrt_kit::plugin::{Context, Priority, ProgressWriter, Reply, StreamWriter, serve};

fn main() -> ExitCode {
    serve(|request: Request, context: &Context| match request {
        Request::List(request) => list(&request, context),
        Request::Logs(request) => {
            context.log(Priority::Info, "a line\nthat \u{1b}[31mwould break");
            Ok(logs(request))
        }
        Request::ImgPull(_) => Ok(pull()),
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

/// A line of progress, then silence until nobody wants more.
fn pull() -> Reply {
    Reply::progress(|writer: &mut ProgressWriter<'_>| {
        writer.progress(&ImgPullProgress::new(PullEvent::Download))?;
        loop {
            writer.wait(Duration::from_secs(3600))?;
        }
    })
}

/// One line, and with `follow` silence until nobody wants more.
fn logs(request: LogsRequest) -> Reply {
    let kind = match request.framing {
        LogFraming::Raw => StreamKind::Raw,
        LogFraming::Docker => StreamKind::Docker,
    };
    Reply::stream(
        LogsResponse::new(),
        kind,
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
