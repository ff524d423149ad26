//! Requests: a head, and a command with its members.

use std::fmt;

use serde_json::{Map, Value};

use super::peek::Peek;
use super::verdict::verdict;
use super::{DecodeError, DecodeErrorKind, insert_head, into_object, take_object};
use crate::generated::tables;
use crate::payload::unexpected;
use crate::redact::Redacted;
use crate::{
    Command, Fault, FaultRule, ProtocolVersion, Request, RequestId, SUPPORTED_VERSIONS, canonical,
    json,
};

/// The head of a request, less `_type`, which the body's own type stands for.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestHead {
    /// The wire version that the host speaks.
    pub version: ProtocolVersion,
    /// The host's name for the request; echoed in the reply. `None`: none.
    pub id: Option<RequestId>,
    /// How long the plugin may take, in milliseconds, 1 to 86400000. `None`: no
    /// limit.
    pub deadline_ms: Option<u32>,
    /// Vendors' additions, by keys in reverse-DNS form. Sensitive.
    pub meta: Map<String, Value>,
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestMessage {
    /// The head.
    pub head: RequestHead,
    /// The command and its members.
    pub body: Request,
}

impl RequestHead {
    /// A head in this crate's version and nothing else.
    #[must_use]
    pub fn new() -> RequestHead {
        RequestHead {
            version: ProtocolVersion::current(),
            id: None,
            deadline_ms: None,
            meta: Map::new(),
        }
    }
}

impl Default for RequestHead {
    fn default() -> RequestHead {
        RequestHead::new()
    }
}

impl fmt::Debug for RequestHead {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RequestHead")
            .field("version", &self.version)
            .field("id", &self.id)
            .field("deadline_ms", &self.deadline_ms)
            .field("meta", &Redacted)
            .finish()
    }
}

impl RequestMessage {
    /// A request in this crate's version.
    #[must_use]
    pub fn new(body: impl Into<Request>) -> RequestMessage {
        RequestMessage {
            head: RequestHead::new(),
            body: body.into(),
        }
    }

    /// Reads a request in the protocol's order of checks: JSON, version,
    /// command, then all fields at once. `version` and `describe` are read
    /// whatever their version is.
    ///
    /// # Errors
    /// What a plugin answers, with everything that could be read.
    pub fn decode(bytes: &[u8]) -> Result<RequestMessage, DecodeError> {
        let value = json::parse(bytes).map_err(|fault| DecodeError::invalid(vec![fault]))?;
        RequestMessage::from_value(value)
    }

    /// The same for a document that is JSON already.
    ///
    /// # Errors
    /// As [`RequestMessage::decode`].
    pub fn from_value(mut value: Value) -> Result<RequestMessage, DecodeError> {
        let peek = Peek::of(&value)?;
        let version = match peek.version {
            Ok(version) => version,
            Err(fault) => return Err(peek.seen.error(DecodeErrorKind::Invalid, vec![fault])),
        };
        let asks_about_plugin = matches!(
            peek.seen.command,
            Some(Command::Version | Command::Describe)
        );
        if !version.is_supported() && !asks_about_plugin {
            let message = format!("version `{version}` is not served");
            let fault = Fault::at("/_version", FaultRule::Semantic, message)
                .expecting(format!("one of `{}`", SUPPORTED_VERSIONS.join("`, `")));
            return Err(peek.seen.error(
                DecodeErrorKind::IncompatibleVersion { requested: version },
                vec![fault],
            ));
        }
        let command = match peek.command {
            Ok(command) => command,
            Err(wrong) => return Err(peek.seen.error(wrong.0, vec![wrong.1])),
        };
        let faults = verdict(
            &mut value,
            &[&tables::REQUEST_HEAD, Request::table(command)],
        );
        if !faults.is_empty() {
            return Err(peek.seen.error(DecodeErrorKind::Invalid, faults));
        }
        let head = RequestHead {
            version,
            id: peek.seen.id.clone(),
            deadline_ms: value
                .get("_deadline_ms")
                .and_then(Value::as_u64)
                .and_then(|ms| u32::try_from(ms).ok()),
            meta: take_object(&mut value, "_meta"),
        };
        match Request::read(command, value) {
            Ok(body) => Ok(RequestMessage { head, body }),
            Err(error) => Err(peek
                .seen
                .error(DecodeErrorKind::Invalid, vec![unexpected(&error)])),
        }
    }

    /// The request as JSON.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut members = into_object(self.body.to_value());
        members.insert("_version".into(), self.head.version.as_str().into());
        members.insert("_type".into(), self.body.command().as_str().into());
        insert_head(&mut members, self.head.id.as_ref(), &self.head.meta);
        if let Some(milliseconds) = self.head.deadline_ms {
            members.insert("_deadline_ms".into(), milliseconds.into());
        }
        Value::Object(members)
    }

    /// The request in canonical form: one line without its end.
    #[must_use]
    pub fn to_canonical_json(&self) -> String {
        canonical::to_string(&self.to_value())
    }

    /// The bytes that go to a plugin's stdin: the canonical form and a line end.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        (self.to_canonical_json() + "\n").into_bytes()
    }
}
