//! Responses: a head, and what came of the request.

use std::fmt;

use serde_json::{Map, Value};

use super::peek::Peek;
use super::verdict::{check_response, is_ack};
use super::{DecodeError, DecodeErrorKind, insert_head, into_object, take_object};
use crate::payload::{Payload, unexpected};
use crate::redact::Redacted;
use crate::{
    Command, Error, ProtocolVersion, RequestId, Response, ResponseStatus, StreamKind, canonical,
    json,
};

/// The head of a response, less `_type` and `_status`.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResponseHead {
    /// The request's version where the plugin serves it, otherwise the plugin's
    /// highest.
    pub version: ProtocolVersion,
    /// The request's id.
    pub id: Option<RequestId>,
    /// What follows the response after one NUL byte. `None`: nothing.
    pub stream: Option<StreamKind>,
    /// Vendors' additions, by keys in reverse-DNS form. Sensitive.
    pub meta: Map<String, Value>,
}

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResponseMessage {
    /// The head.
    pub head: ResponseHead,
    /// The command that is answered; `None` only in an error on a request whose
    /// command could not be read.
    pub command: Option<Command>,
    /// What came of it.
    pub result: Result<Response, Error>,
}

impl ResponseHead {
    /// A head in that version and nothing else.
    #[must_use]
    pub fn new(version: ProtocolVersion) -> ResponseHead {
        ResponseHead {
            version,
            id: None,
            stream: None,
            meta: Map::new(),
        }
    }
}

impl fmt::Debug for ResponseHead {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ResponseHead")
            .field("version", &self.version)
            .field("id", &self.id)
            .field("stream", &self.stream)
            .field("meta", &Redacted)
            .finish()
    }
}

impl ResponseMessage {
    /// A response to a request, in the shape of the head's version.
    #[must_use]
    pub fn new(
        head: ResponseHead,
        command: Option<Command>,
        result: Result<Response, Error>,
    ) -> ResponseMessage {
        let result = result.map(|response| response.for_version(&head.version));
        ResponseMessage {
            head,
            command,
            result,
        }
    }

    /// Reads the JSON of a response; the caller has cut off the stream. Any
    /// version is read: whether it is the right one is for the caller to say,
    /// who knows what was asked.
    ///
    /// # Errors
    /// All faults.
    pub fn decode(bytes: &[u8]) -> Result<ResponseMessage, DecodeError> {
        let value = json::parse(bytes).map_err(|fault| DecodeError::invalid(vec![fault]))?;
        ResponseMessage::from_value(value)
    }

    /// The same for a document that is JSON already.
    ///
    /// # Errors
    /// As [`ResponseMessage::decode`].
    pub fn from_value(mut value: Value) -> Result<ResponseMessage, DecodeError> {
        let peek = Peek::of(&value)?;
        let faults = check_response(&mut value);
        let version = match peek.version {
            Ok(version) if faults.is_empty() => version,
            _ => return Err(peek.seen.error(DecodeErrorKind::Invalid, faults)),
        };
        let head = ResponseHead {
            version,
            id: peek.seen.id.clone(),
            stream: value
                .get("_stream")
                .and_then(Value::as_str)
                .and_then(|kind| kind.parse().ok()),
            meta: take_object(&mut value, "_meta"),
        };
        let command = peek.seen.command;
        let result = read_result(&head, command, value);
        match result {
            Ok(result) => Ok(ResponseMessage {
                head,
                command,
                result,
            }),
            Err(error) => Err(peek
                .seen
                .error(DecodeErrorKind::Invalid, vec![unexpected(&error)])),
        }
    }

    /// The response as JSON.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let (members, status) = match &self.result {
            Ok(response) => (response.to_value(), ResponseStatus::Ok),
            Err(error) => (error.to_value(), ResponseStatus::Err),
        };
        let mut members = into_object(members);
        members.insert("_version".into(), self.head.version.as_str().into());
        members.insert("_status".into(), status.as_str().into());
        if let Some(command) = self.command {
            members.insert("_type".into(), command.as_str().into());
        }
        if let Some(kind) = self.head.stream {
            members.insert("_stream".into(), kind.as_str().into());
        }
        insert_head(&mut members, self.head.id.as_ref(), &self.head.meta);
        Value::Object(members)
    }

    /// The response in canonical form: one line without its end.
    #[must_use]
    pub fn to_canonical_json(&self) -> String {
        canonical::to_string(&self.to_value())
    }

    /// The bytes that a plugin writes to stdout: the canonical form, then a NUL
    /// where a stream follows, else a line end.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = self.to_canonical_json().into_bytes();
        bytes.push(if self.head.stream.is_some() { 0 } else { b'\n' });
        bytes
    }
}

fn read_result(
    head: &ResponseHead,
    command: Option<Command>,
    value: Value,
) -> serde_json::Result<Result<Response, Error>> {
    let Some(command) =
        command.filter(|_| value.get("_status").and_then(Value::as_str) == Some("ok"))
    else {
        return serde_json::from_value(value).map(Err);
    };
    let response = match command {
        Command::Status if head.version.is_0_1() => {
            serde_json::from_value(value).map(Response::Status01)
        }
        Command::Version if head.version.is_0_1() => {
            serde_json::from_value(value).map(Response::Version01)
        }
        command if is_ack(command, head.stream.is_some()) => Ok(Response::Ack(command)),
        command => Response::read(command, value),
    };
    response.map(Ok)
}
