//! One run of the driver against one plugin: what the options of every command
//! mean for requests, responses and streams. All talking is the kit's.

use serde_json::{Value, json};
use shellrt_api::{
    CommandRequest, ImgPullProgress, ImgPullRequest, ImgPullResponse, ListRequest, LogsRequest,
    ModuleName, Payload, RemoveRequest, RequestHead, RequestMessage, Response, ResponseHead,
    ResponseMessage, StopRequest,
};
use shellrt_kit::codec::{FrameStream, Item, Splitter};
use shellrt_kit::host::Plugin;

use crate::cli::{Format, Options};
use crate::failure::Failure;
use crate::output;
use crate::trace::Trace;

/// The plugin, and how to talk to it.
pub(crate) struct Session {
    options: Options,
}

/// A piece of a log.
pub(crate) enum LogPiece<'a> {
    /// For standard output: what the module wrote there, or a raw stream.
    Output(&'a [u8]),
    /// What the module wrote to standard error.
    Error(&'a [u8]),
}

impl Session {
    pub(crate) fn new(options: &Options) -> Session {
        Session {
            options: options.clone(),
        }
    }

    /// Asks for one thing.
    pub(crate) fn call<R: CommandRequest>(&self, request: R) -> Result<R::Response, Failure> {
        let plugin = self.plugin()?;
        let message = self.message(request);
        let trace = Trace::begin(self.options.trace, &message);
        let answer = plugin.exchange(&message);
        trace.end(answer.as_ref().map(|message| &message.result));
        let response = answer
            .map_err(|error| Failure::of_call(Some(R::COMMAND), error))?
            .result
            .map_err(|error| Failure::plugin(Some(R::COMMAND), error))?;
        R::response(response).ok_or_else(unexpected)
    }

    /// Pulls with progress.
    pub(crate) fn pull(
        &self,
        request: ImgPullRequest,
        mut show: impl FnMut(&ImgPullProgress),
    ) -> Result<ImgPullResponse, Failure> {
        let response = self.stream(request, |item| {
            if let Item::Progress(record) = item {
                show(&record);
            }
            Ok(())
        })?;
        response
            .and_then(ImgPullRequest::response)
            .ok_or_else(unexpected)
    }

    /// Hands out a log piece by piece.
    pub(crate) fn logs(
        &self,
        request: LogsRequest,
        mut show: impl FnMut(LogPiece<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let ended = self.stream(request, |item| match item {
            Item::Bytes(bytes) => show(LogPiece::Output(&bytes)),
            Item::Frame(frame) => match frame.stream {
                FrameStream::Stdout => show(LogPiece::Output(&frame.content)),
                FrameStream::Stderr => show(LogPiece::Error(&frame.content)),
                // The kit tells it as the reason why the stream is cut.
                FrameStream::Error => Ok(()),
            },
            Item::Progress(_) => Ok(()),
        });
        ended.map(drop)
    }

    /// Sends bytes as they are and writes what comes as it is; then judges it.
    pub(crate) fn raw(&self, request: Vec<u8>) -> Result<(), Failure> {
        let reply = self
            .plugin()?
            .send_raw(request, self.options.timeout)
            .map_err(|error| Failure::of_call(None, error))?;
        output::data(&reply.stdout)?;
        let fault = |message: String| Failure::Protocol {
            message: format!("the reply is not one of the protocol: {message}"),
            causes: vec![
                reply.exit.to_string(),
                format!("standard error: `{}`", reply.stderr.escape_ascii()),
            ],
        };
        let mut splitter = Splitter::new(reply.stdout.len());
        splitter
            .push(&reply.stdout)
            .map_err(|error| fault(error.to_string()))?;
        let message =
            ResponseMessage::decode(splitter.head()).map_err(|error| fault(error.to_string()))?;
        if message.head.stream.is_some() != splitter.has_stream() {
            return Err(fault("`_stream` and the NUL byte do not agree".to_owned()));
        }
        if !reply.exit.is_clean() {
            return Err(fault(
                "the plugin ended with another status than 0".to_owned(),
            ));
        }
        message
            .result
            .map(drop)
            .map_err(|error| Failure::plugin(message.command, error))
    }

    /// Stops every module, and goes on with the others where one cannot be.
    pub(crate) fn stop_all(&self, timeout: Option<u32>) -> Result<(), Failure> {
        self.for_all("stopped", |name| {
            let mut request = StopRequest::new(name);
            request.timeout = timeout;
            self.call(request)
        })
    }

    /// Removes every module, and goes on with the others where one cannot be.
    pub(crate) fn remove_all(&self) -> Result<(), Failure> {
        self.for_all("removed", |name| self.call(RemoveRequest::new(name)))
    }

    /// Shows a response: its document for programs, `text` for people.
    pub(crate) fn show<P>(
        &self,
        response: &P,
        text: impl FnOnce(&P) -> String,
    ) -> Result<(), Failure>
    where
        P: Payload + Clone + Into<Response>,
    {
        match self.options.format {
            Format::Json => {
                output::line(&self.document(response.clone().into()).to_canonical_json())
            }
            Format::Table => output::data(text(response).as_bytes()),
        }
    }

    /// Gives programs a plugin's error on standard output, where they look for
    /// the response. That nobody reads there does not change what went wrong.
    pub(crate) fn show_error(&self, failure: &Failure) {
        if let (Format::Json, Some(mut document)) = (self.options.format, failure.document()) {
            document.head.id.clone_from(&self.options.id);
            let _ = output::line(&document.to_canonical_json());
        }
    }

    // The kit's `stop_all` and `remove_all` are for hosts, which want to know the
    // failures. A person wants to see each module go, within the deadline and in
    // the trace that the options ask for.
    fn for_all<P>(
        &self,
        done: &str,
        act: impl Fn(ModuleName) -> Result<P, Failure>,
    ) -> Result<(), Failure>
    where
        P: Payload + Into<Response>,
    {
        let names = self.call(ListRequest::new())?.modules;
        let all = names.len();
        let mut failed = 0;
        for name in names {
            match act(name.clone()) {
                Ok(response) => {
                    self.show_one(&name, self.document(response.into()).to_value(), done)?
                }
                Err(failure) => {
                    failed += 1;
                    output::note(&format!("{name}:"));
                    failure.report();
                    if let Some(document) = failure.document() {
                        self.show_one(&name, document.to_value(), "")?;
                    }
                }
            }
        }
        if failed == 0 {
            Ok(())
        } else {
            Err(Failure::Several { failed, all })
        }
    }

    /// One of several modules: a response does not name its module, so the line
    /// for programs does.
    fn show_one(&self, name: &ModuleName, document: Value, done: &str) -> Result<(), Failure> {
        match self.options.format {
            Format::Json => {
                output::line(&json!({"name": name.as_str(), "response": document}).to_string())
            }
            Format::Table if document.get("changed") == Some(&Value::Bool(false)) => {
                output::line(&format!("{name}: nothing changed"))
            }
            Format::Table if done.is_empty() => Ok(()),
            Format::Table => output::line(&format!("{name}: {done}")),
        }
    }

    /// Sends a request whose response has a stream; gives the response that ends
    /// the stream, where one does.
    fn stream<R: CommandRequest>(
        &self,
        request: R,
        mut take: impl FnMut(Item) -> Result<(), Failure>,
    ) -> Result<Option<Response>, Failure> {
        let plugin = self.plugin()?;
        let message = self.message(request);
        let trace = Trace::begin(self.options.trace, &message);
        let mut read = || -> Result<Option<Response>, Failure> {
            let told = |error| Failure::of_call(Some(R::COMMAND), error);
            let mut stream = plugin.stream(&message).map_err(told)?;
            trace.opened(stream.response());
            while let Some(item) = stream.next_item().map_err(told)? {
                take(item)?;
            }
            Ok(stream.last_response().cloned())
        };
        let ended = read();
        trace.ended(ended.as_ref().err());
        ended
    }

    fn plugin(&self) -> Result<Plugin, Failure> {
        let program = self.options.plugin.as_ref().ok_or(Failure::NoPlugin)?;
        let mut plugin = Plugin::new(program);
        for argument in &self.options.plugin_args {
            plugin = plugin.arg(argument);
        }
        for (name, value) in &self.options.plugin_env {
            plugin = plugin.env(name, value);
        }
        Ok(plugin)
    }

    fn message(&self, request: impl CommandRequest) -> RequestMessage {
        let mut message = RequestMessage::new(request);
        message.head.id.clone_from(&self.options.id);
        let meta = self.options.meta.iter().cloned();
        message.head.meta = meta
            .map(|(key, value)| (key, Value::String(value)))
            .collect();
        // The command line lets nothing longer through than fits.
        message.head.deadline_ms = self
            .options
            .timeout
            .and_then(|timeout| timeout.as_millis().try_into().ok());
        message
    }

    fn document(&self, response: Response) -> ResponseMessage {
        let mut head = ResponseHead::new(RequestHead::new().version);
        head.id.clone_from(&self.options.id);
        let command = response.command();
        ResponseMessage::new(head, Some(command), Ok(response))
    }
}

/// The kit has checked that the response is of the command that was asked.
fn unexpected() -> Failure {
    Failure::Talk(std::io::Error::other("the response is of another command"))
}
