//! An async host: processes, pipes and time are tokio's, what goes through the
//! pipes is judged by the codec of shellrt-kit, which does no I/O.
//!
//! It keeps the host rules of `docs/protocol.md`; `cargo xtask test --only hosts`
//! shows it. Copy it, or take it as it is: `process` is the part that knows tokio,
//! `reply` the part that knows the protocol, and this file joins the two.

mod process;
mod reply;

use std::ffi::OsString;
use std::io;
use std::ops::ControlFlow;

use shellrt_api::{CommandRequest, Error, RequestMessage, ResponseMessage};
use shellrt_kit::codec::{Exit, FaultKind, Item, in_other_version};

use process::{Event, Process};
use reply::Reply;

/// A plugin: what is started for every request.
#[derive(Clone, Debug)]
pub struct Plugin {
    command_line: Vec<OsString>,
}

/// Why there is no response.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The plugin answered that it could not.
    #[error("{0}")]
    Plugin(Box<Error>),
    /// It broke the protocol; what it did is not known.
    #[error("the plugin broke the protocol: {kind} ({exit}){evidence}")]
    Protocol {
        /// How.
        kind: FaultKind,
        /// How it ended.
        exit: Exit,
        /// What it wrote, for a person.
        evidence: String,
    },
    /// The stream has an unknown rest; what came before is good.
    #[error("the stream is cut: {exit}{}{evidence}", reason.as_ref().map(|text| format!(": {text}")).unwrap_or_default())]
    Cut {
        /// How the plugin ended.
        exit: Exit,
        /// Its own words, where it had any.
        reason: Option<String>,
        /// What it wrote to standard error, for a person.
        evidence: String,
    },
    /// It had to be stopped; what it did is not known.
    #[error("the plugin was stopped: its time was up")]
    Late,
    /// Whoever took the stream had enough.
    #[error("the stream was left")]
    Left,
    /// It could not be started, read or waited for.
    #[error("cannot run the plugin: {0}")]
    Run(#[from] io::Error),
}

impl Plugin {
    /// The plugin that is started by this command line, which has one word at
    /// least.
    #[must_use]
    pub fn new(command_line: Vec<OsString>) -> Plugin {
        Plugin { command_line }
    }

    /// Asks for one thing.
    ///
    /// # Errors
    /// The plugin's own, or that it gave no response.
    pub async fn call<R: CommandRequest>(&self, request: R) -> Result<R::Response, Failure> {
        let message = RequestMessage::new(request);
        let answer = self.send(&message, |_| ControlFlow::Continue(())).await?;
        let response = answer
            .result
            .map_err(|error| Failure::Plugin(Box::new(error)))?;
        R::response(response)
            .ok_or_else(|| io::Error::other("the response is of another wire").into())
    }

    /// Sends a request and gives its ok response, and before that the items of its
    /// stream as they come. A plugin that does not serve the version is asked once
    /// more in one that both know [V-7]. Dropping the future ends the plugin.
    ///
    /// # Errors
    /// As [`Plugin::call`]; `Cut` and `Left` where there is a stream, `Late` where
    /// the message has a deadline.
    pub async fn send(
        &self,
        message: &RequestMessage,
        mut take: impl FnMut(Item) -> ControlFlow<()>,
    ) -> Result<ResponseMessage, Failure> {
        match self.send_once(message, &mut take).await {
            Err(Failure::Plugin(error)) => match in_other_version(message, &error) {
                Some(again) => self.send_once(&again, &mut take).await,
                None => Err(Failure::Plugin(error)),
            },
            answer => answer,
        }
    }

    async fn send_once(
        &self,
        message: &RequestMessage,
        take: &mut impl FnMut(Item) -> ControlFlow<()>,
    ) -> Result<ResponseMessage, Failure> {
        let mut process = Process::start(&self.command_line, message)?;
        let mut reply = Reply::to(message);
        loop {
            let bytes = match process.next().await? {
                Event::Output(bytes) => bytes,
                Event::Exit(exit) => return reply.judge(exit, &process),
            };
            if let Err(kind) = reply.push(&bytes) {
                // It is known already, so the plugin need not go on.
                let exit = process.end().await?;
                return Err(reply.fault(kind, exit, &process));
            }
            if reply.is_followed() {
                process.forget_deadline();
            }
            while let Some(item) = reply.item() {
                if take(item).is_break() {
                    process.end().await?;
                    return Err(Failure::Left);
                }
            }
        }
    }
}
