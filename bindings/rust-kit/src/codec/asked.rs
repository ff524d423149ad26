//! What a reply is held against: the request that it answers.

use shellrt_api::{
    Command, LogFraming, ProtocolVersion, Request, RequestId, RequestMessage, Response,
    ResponseMessage, StreamKind,
};

use super::FaultKind;

/// What of a request its reply must echo or follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    command: Command,
    id: Option<RequestId>,
    version: ProtocolVersion,
    stream: Option<StreamKind>,
}

impl Asked {
    /// By that request.
    #[must_use]
    pub fn by(message: &RequestMessage) -> Asked {
        let stream = match &message.body {
            Request::Logs(logs) => Some(match logs.framing {
                LogFraming::Raw => StreamKind::Raw,
                LogFraming::Docker => StreamKind::Docker,
            }),
            Request::ImgPull(pull) if pull.progress => Some(StreamKind::Ndjson),
            _ => None,
        };
        Asked {
            command: message.body.command(),
            id: message.head.id.clone(),
            version: message.head.version.clone(),
            stream,
        }
    }

    /// The command.
    #[must_use]
    pub fn command(&self) -> Command {
        self.command
    }

    /// Reads the head of the reply.
    ///
    /// # Errors
    /// When it is no response, or not one to this request.
    pub fn read(&self, head: &[u8]) -> Result<ResponseMessage, FaultKind> {
        self.check(head, self.stream)
    }

    /// Reads the response that ends an `ndjson` stream.
    pub(super) fn read_last(&self, record: &[u8]) -> Result<ResponseMessage, FaultKind> {
        self.check(record, None)
    }

    fn check(
        &self,
        bytes: &[u8],
        stream: Option<StreamKind>,
    ) -> Result<ResponseMessage, FaultKind> {
        let message = ResponseMessage::decode(bytes)
            .map_err(|error| FaultKind::NoResponse(Box::new(error)))?;
        let fault = |what: &str, wanted: String, got: String| {
            Err(FaultKind::NotToThisRequest(format!(
                "{what} is {got} instead of {wanted}"
            )))
        };
        let named = |name: Option<&str>| {
            name.map_or_else(|| "absent".to_owned(), |name| format!("`{name}`"))
        };
        let is_error = message.result.is_err();
        // A plugin that cannot read the request cannot echo it either.
        let unread = is_error && message.command.is_none();
        if message.command != Some(self.command) && !unread {
            let got = named(message.command.map(Command::as_str));
            return fault("`_type`", named(Some(self.command.as_str())), got);
        }
        if message.head.id != self.id && !(unread && message.head.id.is_none()) {
            return fault(
                "`_id`",
                named(self.id.as_deref()),
                named(message.head.id.as_deref()),
            );
        }
        let asks_about_plugin = matches!(self.command, Command::Version | Command::Describe);
        if message.head.version != self.version && !is_error && !asks_about_plugin {
            return fault(
                "`_version`",
                named(Some(&self.version)),
                named(Some(&message.head.version)),
            );
        }
        let wanted = if is_error { None } else { stream };
        if message.head.stream != wanted {
            let name = |kind: Option<StreamKind>| named(kind.map(StreamKind::as_str));
            return fault("`_stream`", name(wanted), name(message.head.stream));
        }
        // An empty response where the whole one was asked for.
        if matches!(message.result, Ok(Response::Ack(_))) && wanted.is_none() {
            return fault("the response", "whole".into(), "empty".into());
        }
        Ok(message)
    }
}
