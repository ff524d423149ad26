//! The host as `shellrt-validate host` runs it: sends the request in a file to a
//! plugin, writes what comes to standard output, and says by its exit status what
//! the host made of it.
//!
//! ```sh
//! shellrt-validate host --statuses ok=0,error=1,retry=7,fault=3,cut=5,late=6 \
//!     -- target/debug/tokio-host-adapter {plugin} {request}
//! ```

use std::error::Error;
use std::io::Write;
use std::ops::ControlFlow;
use std::process::ExitCode;

use shellrt_api::{Payload, RequestMessage};
use shellrt_kit::codec::Item;
use tokio_host::{Failure, Plugin};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [plugin, file] = arguments.as_slice() else {
        return Err("usage: tokio-host-adapter PLUGIN REQUEST".into());
    };
    let message = RequestMessage::decode(&std::fs::read(file)?)?;
    let plugin = Plugin::new(vec![plugin.clone()]);
    Ok(match plugin.send(&message, hand_out).await {
        Ok(answer) => {
            let _ = hand(format!("{}\n", answer.to_canonical_json()).as_bytes());
            ExitCode::SUCCESS
        }
        Err(Failure::Left) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(status(&failure))
        }
    })
}

/// What `--statuses` says in words.
fn status(failure: &Failure) -> u8 {
    match failure {
        Failure::Plugin(error) if error.may_retry() => 7,
        Failure::Plugin(_) => 1,
        Failure::Protocol { .. } => 3,
        Failure::Cut { .. } => 5,
        Failure::Late => 6,
        Failure::Left | Failure::Run(_) => 2,
    }
}

fn hand_out(item: Item) -> ControlFlow<()> {
    match item {
        Item::Bytes(bytes) => hand(&bytes),
        Item::Frame(frame) => hand(&frame.content),
        Item::Progress(progress) => hand(format!("{}\n", progress.to_value()).as_bytes()),
    }
}

/// At once: whoever follows a stream wants to see it now.
fn hand(bytes: &[u8]) -> ControlFlow<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    }
}
