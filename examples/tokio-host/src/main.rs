//! `tokio-host PLUGIN [ARGUMENT]...` lists the plugin's modules, then shows the
//! log of each, for which it gives ten seconds.

use std::ffi::OsString;
use std::io::Write;
use std::ops::ControlFlow;
use std::process::ExitCode;

use shellrt_api::{ListRequest, LogsRequest, RequestMessage};
use shellrt_kit::codec::Item;
use tokio_host::{Failure, Plugin};

/// How long a log may take, in milliseconds.
const PATIENCE_MS: u32 = 10_000;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let command_line: Vec<_> = std::env::args_os().skip(1).collect();
    if command_line.is_empty() {
        eprintln!("usage: tokio-host PLUGIN [ARGUMENT]...");
        return ExitCode::from(2);
    }
    match show_all(command_line).await {
        Ok(()) | Err(Failure::Left) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn show_all(command_line: Vec<OsString>) -> Result<(), Failure> {
    let plugin = Plugin::new(command_line);
    for name in plugin.call(ListRequest::new()).await?.modules {
        println!("{name}:");
        let mut message = RequestMessage::new(LogsRequest::new(name));
        message.head.deadline_ms = Some(PATIENCE_MS);
        plugin.send(&message, show).await?;
    }
    Ok(())
}

fn show(item: Item) -> ControlFlow<()> {
    let Item::Bytes(bytes) = item else {
        return ControlFlow::Continue(());
    };
    match std::io::stdout().write_all(&bytes) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    }
}
