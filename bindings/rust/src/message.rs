//! Whole messages: a head and a command's members in one object.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use crate::generated::tables;
use crate::payload::{Payload, unexpected};
use crate::redact::Redacted;
use crate::{
    Command, Error, ErrorCode, Fault, FaultRule, ProtocolVersion, Request, RequestId, Response,
    ResponseStatus, SUPPORTED_VERSIONS, StreamKind, TypeTable, canonical, json, table,
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

/// Why a message cannot be read, with what could be read of its head.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeError {
    /// Everything that is wrong, in the order of the pointers.
    pub faults: Vec<Fault>,
    /// The message's version, where it is one.
    pub version: Option<ProtocolVersion>,
    /// The message's command, where it is one.
    pub command: Option<Command>,
    /// The message's id, where it is one.
    pub id: Option<RequestId>,
    /// Which error a plugin answers.
    pub kind: DecodeErrorKind,
}

/// Which error a plugin answers to a request that it cannot read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeErrorKind {
    /// The message breaks the schema: code 2.
    Invalid,
    /// The version is not served: code 1.
    IncompatibleVersion {
        /// The version that the message has.
        requested: ProtocolVersion,
    },
    /// The command is not known: code 3.
    UnknownCommand {
        /// What stands in `_type`.
        name: String,
    },
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

/// Whether the response is empty because the real one ends the stream.
fn is_ack(command: Command, has_stream: bool) -> bool {
    command == Command::ImgPull && has_stream
}

/// Normalises a request and says everything that is wrong with it by the schema,
/// whatever version it has. Plugins read with [`RequestMessage::decode`].
pub fn check_request(value: &mut Value) -> Vec<Fault> {
    let command = command_of(value);
    let body = command.map(Request::table);
    let tables: Vec<_> = std::iter::once(&tables::REQUEST_HEAD).chain(body).collect();
    verdict(value, &tables)
}

/// Normalises a response and says everything that is wrong with it by the
/// schema of the version that it has.
pub fn check_response(value: &mut Value) -> Vec<Fault> {
    let command = command_of(value);
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let old = text("_version")
        .and_then(|text| ProtocolVersion::new(text).ok())
        .is_some_and(|version| version.is_0_1());
    let is_error = text("_status") == Some("err");
    let has_stream = value.get("_stream").is_some_and(|stream| !stream.is_null());
    let lacks_command = value.get("_type").is_none_or(Value::is_null);
    let body = match command {
        _ if is_error => Some(crate::Error::TABLE),
        Some(Command::Status) if old => Some(crate::StatusResponse01::TABLE),
        Some(Command::Version) if old => Some(crate::VersionResponse01::TABLE),
        Some(command) if is_ack(command, has_stream) => None,
        command => command.map(Response::table),
    };
    let tables: Vec<_> = std::iter::once(&tables::RESPONSE_HEAD)
        .chain(body)
        .collect();
    let mut faults = verdict(value, &tables);
    if !is_error && lacks_command && value.is_object() {
        let fault =
            Fault::at("/_type", FaultRule::Required, "`_type` is missing").expecting("a string");
        faults.push(fault);
        faults.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    }
    faults
}

fn command_of(value: &Value) -> Option<Command> {
    value
        .get("_type")
        .and_then(Value::as_str)
        .and_then(|name| name.parse().ok())
}

/// Head and members lie in one object, so it is checked against both tables.
fn verdict(value: &mut Value, tables: &[&'static TypeTable]) -> Vec<Fault> {
    let mut faults = BTreeMap::new();
    for table in tables {
        table::normalise(value, table);
    }
    for table in tables {
        for fault in table::check(value, table) {
            // A document that is no object is at fault once, not once a table.
            faults
                .entry((fault.pointer.clone(), fault.rule.clone()))
                .or_insert(fault);
        }
    }
    let mut faults: Vec<Fault> = faults.into_values().collect();
    faults.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    faults
}

/// What of a head could be read, however bad the rest is.
#[derive(Default)]
struct Seen {
    version: Option<ProtocolVersion>,
    command: Option<Command>,
    id: Option<RequestId>,
}

impl Seen {
    fn error(self, kind: DecodeErrorKind, faults: Vec<Fault>) -> DecodeError {
        DecodeError {
            faults,
            version: self.version,
            command: self.command,
            id: self.id,
            kind,
        }
    }
}

struct Peek {
    version: Result<ProtocolVersion, Fault>,
    command: Result<Command, Box<(DecodeErrorKind, Fault)>>,
    seen: Seen,
}

impl Peek {
    fn of(value: &Value) -> Result<Peek, DecodeError> {
        if !value.is_object() {
            let fault =
                Fault::at("", FaultRule::Type, "this is not an object").expecting("an object");
            return Err(DecodeError::invalid(vec![fault]));
        }
        let version = peek_version(value);
        let command = peek_command(value);
        let seen = Seen {
            version: version.as_ref().ok().cloned(),
            command: command.as_ref().ok().copied(),
            id: value
                .get("_id")
                .and_then(Value::as_str)
                .and_then(|id| RequestId::new(id).ok()),
        };
        Ok(Peek {
            version,
            command,
            seen,
        })
    }
}

fn peek_version(value: &Value) -> Result<ProtocolVersion, Fault> {
    ProtocolVersion::new(text_member(value, "_version")?).map_err(|error| {
        Fault::at("/_version", FaultRule::Form, error.to_string()).expecting("as in `0.2.0`")
    })
}

fn peek_command(value: &Value) -> Result<Command, Box<(DecodeErrorKind, Fault)>> {
    let invalid = |fault| Box::new((DecodeErrorKind::Invalid, fault));
    let name = text_member(value, "_type").map_err(invalid)?;
    name.parse::<Command>().map_err(|unknown| {
        let fault = Fault::at("/_type", FaultRule::Value, "there is no such command")
            .expecting(unknown_list(&unknown));
        Box::new((
            DecodeErrorKind::UnknownCommand {
                name: name.to_owned(),
            },
            fault,
        ))
    })
}

fn unknown_list(unknown: &crate::UnknownValue) -> String {
    format!("one of `{}`", unknown.alternatives().join("`, `"))
}

fn text_member<'a>(value: &'a Value, key: &str) -> Result<&'a str, Fault> {
    let pointer = format!("/{key}");
    match value.get(key) {
        Some(Value::String(text)) => Ok(text),
        Some(_) => {
            Err(Fault::at(&pointer, FaultRule::Type, "this is not a string").expecting("a string"))
        }
        None => Err(
            Fault::at(&pointer, FaultRule::Required, format!("`{key}` is missing"))
                .expecting("a string"),
        ),
    }
}

fn take_object(value: &mut Value, key: &str) -> Map<String, Value> {
    value
        .as_object_mut()
        .and_then(|members| members.remove(key))
        .map(into_object)
        .unwrap_or_default()
}

fn into_object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn insert_head(
    members: &mut Map<String, Value>,
    id: Option<&RequestId>,
    meta: &Map<String, Value>,
) {
    if let Some(id) = id {
        members.insert("_id".into(), id.as_str().into());
    }
    if !meta.is_empty() {
        members.insert("_meta".into(), meta.clone().into());
    }
}

impl DecodeError {
    /// For bytes that could not even be read to their end.
    #[must_use]
    pub fn syntax(message: impl Into<String>) -> DecodeError {
        DecodeError::invalid(vec![Fault::at("", FaultRule::Syntax, message)])
    }

    fn invalid(faults: Vec<Fault>) -> DecodeError {
        Seen::default().error(DecodeErrorKind::Invalid, faults)
    }

    /// The error that a plugin answers with.
    #[must_use]
    pub fn to_error(&self) -> Error {
        /// The most faults that a reply lists.
        const MOST: usize = 1024;
        match &self.kind {
            DecodeErrorKind::Invalid => {
                let faults = self.faults.iter().take(MOST).cloned().collect();
                let detail = crate::InvalidRequestDetail::new(faults);
                Error::new(
                    ErrorCode::InvalidRequest,
                    format!("the request is not valid: {self}"),
                )
                .with_detail(into_object(detail.to_value()))
                .with_hint("mend what `detail.faults` points at")
            }
            DecodeErrorKind::IncompatibleVersion { requested } => {
                let detail = crate::IncompatibleVersionDetail::new(
                    requested.clone(),
                    ProtocolVersion::supported(),
                );
                let supported = SUPPORTED_VERSIONS.join("`, `");
                Error::new(
                    ErrorCode::IncompatibleVersion,
                    format!("version `{requested}` is not served"),
                )
                .with_detail(into_object(detail.to_value()))
                .with_hint(format!("send the request again in one of `{supported}`"))
            }
            DecodeErrorKind::UnknownCommand { .. } => {
                Error::new(ErrorCode::Unsupported, format!("{self}"))
                    .with_hint("ask `describe` for the commands of this plugin")
            }
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(first) = self.faults.first() else {
            return formatter.write_str("the message cannot be read");
        };
        write!(formatter, "{first}")?;
        match self.faults.len() - 1 {
            0 => Ok(()),
            more => write!(formatter, " (and {more} more)"),
        }
    }
}

impl std::error::Error for DecodeError {}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() {
            "the document"
        } else {
            self.pointer.as_str()
        };
        write!(formatter, "{place}: {}", self.message)?;
        match &self.expected {
            Some(expected) => write!(formatter, "; expected {expected}"),
            None => Ok(()),
        }
    }
}
