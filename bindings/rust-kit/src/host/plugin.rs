//! A plugin as a host knows it: a command line and the patience one has.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use shellrt_api::{CommandRequest, RequestMessage, Response, ResponseMessage};

use super::process::{Event, Process};
use super::{CallError, Excerpt, ProtocolFault, ReplyStream, isolate};
use crate::codec::{Asked, Exit, FaultKind, HEAD_MAX, Splitter, in_other_version, judge};

/// The bounds that a host sets for its plugins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The longest head that is read, in bytes. Default: 16 MiB.
    pub head_max: usize,
    /// How much of the end of standard error is kept, in bytes. Default: 64 KiB.
    pub stderr_kept: usize,
    /// How long after a request's deadline SIGTERM is sent. Default: 1 s.
    pub margin: Duration,
    /// How long after SIGTERM SIGKILL is sent. Default: 5 s.
    pub grace: Duration,
    /// How long outputs are read that something holds open after the plugin has
    /// exited. Default: 1 s.
    pub after_exit: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            head_max: HEAD_MAX,
            stderr_kept: 64 * 1024,
            margin: Duration::from_secs(1),
            grace: Duration::from_secs(5),
            after_exit: Duration::from_secs(1),
        }
    }
}

/// A plugin: what is started for every request.
#[derive(Clone, Debug)]
pub struct Plugin {
    program: PathBuf,
    arguments: Vec<OsString>,
    environment: Vec<(OsString, OsString)>,
    limits: Limits,
}

/// What a plugin wrote, judged by nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawReply {
    /// All of standard output.
    pub stdout: Vec<u8>,
    /// The end of standard error.
    pub stderr: Vec<u8>,
    /// How it ended.
    pub exit: Exit,
}

impl Plugin {
    /// The plugin that this program is. A name without a slash is looked up in
    /// `PATH`.
    #[must_use]
    pub fn new(program: impl Into<PathBuf>) -> Plugin {
        Plugin {
            program: program.into(),
            arguments: Vec::new(),
            environment: Vec::new(),
            limits: Limits::default(),
        }
    }

    /// With one more argument.
    #[must_use]
    pub fn arg(mut self, argument: impl Into<OsString>) -> Plugin {
        self.arguments.push(argument.into());
        self
    }

    /// With one more environment variable, beside the few that plugins inherit.
    #[must_use]
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Plugin {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// With these bounds.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Plugin {
        self.limits = limits;
        self
    }

    /// The program.
    #[must_use]
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Sends a request and reads its response.
    ///
    /// # Errors
    /// The plugin's own error, or that it did not answer as the protocol says.
    pub fn call<R: CommandRequest>(&self, request: R) -> Result<R::Response, CallError> {
        let message = RequestMessage::new(request);
        let reply = self.exchange(&message)?;
        let response = reply
            .result
            .map_err(|error| CallError::Plugin(Box::new(error)))?;
        // The command is the one that was asked; `version` is answered in any
        // wire version, and 0.1 has another response to it.
        let other = CallError::OtherVersion {
            served: reply.head.version,
            command: R::COMMAND,
        };
        R::response(response).ok_or(other)
    }

    /// The same with a head of one's own: an id, a deadline.
    ///
    /// # Errors
    /// As [`Plugin::call`]; `Deadline` when the message's deadline and the
    /// margin have passed.
    pub fn send(&self, message: &RequestMessage) -> Result<Response, CallError> {
        let message = self.exchange(message)?;
        message
            .result
            .map_err(|error| CallError::Plugin(Box::new(error)))
    }

    /// The same, with the whole message: a plugin's error is an answer too. A
    /// plugin that does not serve the version is asked once more, in the highest
    /// version that it and these crates know [V-7]; the message's `_version` says
    /// which one it answered in.
    ///
    /// # Errors
    /// As [`Plugin::send`], less the plugin's own errors.
    pub fn exchange(&self, message: &RequestMessage) -> Result<ResponseMessage, CallError> {
        let answer = self.exchange_once(message)?;
        let refused = answer.result.as_ref().err();
        match refused.and_then(|error| in_other_version(message, error)) {
            Some(again) => self.exchange_once(&again),
            None => Ok(answer),
        }
    }

    fn exchange_once(&self, message: &RequestMessage) -> Result<ResponseMessage, CallError> {
        let asked = Asked::by(message);
        let deadline = message
            .head
            .deadline_ms
            .map(|ms| Duration::from_millis(ms.into()));
        let mut process = self.start(message.encode(), deadline)?;
        let mut splitter = Splitter::new(self.limits.head_max);
        loop {
            match process.next()? {
                Event::Output(bytes) => {
                    if let Err(error) = splitter.push(&bytes) {
                        return Err(stopped(process, error.into()));
                    }
                }
                Event::Exit(exit) => {
                    // A plugin that was told to stop may still have answered as
                    // it should: that it was done, or how far it came.
                    return match judge(&asked, &splitter, exit) {
                        Ok(reply) => Ok(reply.message().clone()),
                        Err(_) if process.was_stopped() => Err(CallError::Deadline {
                            waited_ms: process.age().as_millis(),
                        }),
                        Err(kind) => Err(protocol(kind, &process, exit)),
                    };
                }
            }
        }
    }

    /// Sends a request whose response has a stream: `logs`, or `img_pull` with
    /// progress. As [`Plugin::exchange`] it may ask in another version.
    ///
    /// # Errors
    /// As [`Plugin::send`], up to the moment when the stream begins.
    pub fn stream(&self, message: &RequestMessage) -> Result<ReplyStream, CallError> {
        match self.stream_once(message) {
            Err(CallError::Plugin(error)) => match in_other_version(message, &error) {
                Some(again) => self.stream_once(&again),
                None => Err(CallError::Plugin(error)),
            },
            opened => opened,
        }
    }

    fn stream_once(&self, message: &RequestMessage) -> Result<ReplyStream, CallError> {
        let deadline = message
            .head
            .deadline_ms
            .map(|ms| Duration::from_millis(ms.into()));
        let process = self.start(message.encode(), deadline)?;
        ReplyStream::open(process, Asked::by(message), message, self.limits.head_max)
    }

    /// Sends bytes as they are and gives back what came, judged by nobody: for
    /// whoever looks at the wire itself.
    ///
    /// # Errors
    /// When the plugin cannot be started or read, or `timeout` passes.
    pub fn send_raw(
        &self,
        bytes: Vec<u8>,
        timeout: Option<Duration>,
    ) -> Result<RawReply, CallError> {
        let mut process = self.start(bytes, timeout)?;
        let mut stdout = Vec::new();
        loop {
            match process.next()? {
                Event::Output(bytes) => stdout.extend_from_slice(&bytes),
                Event::Exit(_) if process.was_stopped() => {
                    return Err(CallError::Deadline {
                        waited_ms: process.age().as_millis(),
                    });
                }
                Event::Exit(exit) => {
                    return Ok(RawReply {
                        stdout,
                        stderr: process.stderr(),
                        exit,
                    });
                }
            }
        }
    }

    fn start(&self, input: Vec<u8>, deadline: Option<Duration>) -> Result<Process, CallError> {
        let mut command = Command::new(&self.program);
        isolate(&mut command);
        command.args(&self.arguments).envs(
            self.environment
                .iter()
                .map(|(name, value)| (OsStr::new(name), OsStr::new(value))),
        );
        Process::start(command, input, self.limits, deadline).map_err(|source| CallError::Spawn {
            program: self.program.clone(),
            source,
        })
    }
}

/// The error for a fault that is known before the plugin has ended: it is
/// stopped.
pub(super) fn stopped(mut process: Process, kind: FaultKind) -> CallError {
    match process.stop() {
        Ok(exit) => protocol(kind, &process, exit),
        Err(error) => CallError::Io(error),
    }
}

/// The error for a fault of a plugin that has ended.
pub(super) fn protocol(kind: FaultKind, process: &Process, exit: Exit) -> CallError {
    let stderr = process.stderr();
    let stdout = process.written.clone();
    CallError::Protocol(Box::new(ProtocolFault {
        kind,
        stdout,
        stderr: Excerpt::from(&*stderr),
        exit,
    }))
}
