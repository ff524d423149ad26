//! What a host makes of a plugin's output: the table "The verdict" of
//! `docs/protocol.md` [S-9].

use std::fmt;

use shellrt_api::{DecodeError, Error, Response, ResponseMessage};

use super::{Asked, FrameError, HeadTooLong, Splitter};

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// By itself, with this status.
    Code(i32),
    /// By this signal.
    Signal(i32),
}

impl Exit {
    /// Whether the process says that all is written.
    #[must_use]
    pub fn is_clean(self) -> bool {
        self == Exit::Code(0)
    }
}

impl fmt::Display for Exit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Exit::Code(code) => write!(formatter, "exit status {code}"),
            Exit::Signal(signal) => write!(formatter, "killed by signal {signal}"),
        }
    }
}

/// Which rule a plugin broke. Nothing is known then about what it did.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// Standard output is empty.
    #[error("it wrote nothing to standard output")]
    Nothing,
    /// What it wrote is not a response.
    #[error("it wrote no response: {0}")]
    NoResponse(Box<DecodeError>),
    /// A response, but not to what was asked.
    #[error("its response is not one to this request: {0}")]
    NotToThisRequest(String),
    /// The head is too long.
    #[error(transparent)]
    TooLong(#[from] HeadTooLong),
    /// Bytes follow a response that has no stream.
    #[error("it wrote more after its response")]
    Trailing,
    /// The response declares a stream and the NUL is missing.
    #[error("it declared a stream and wrote no NUL byte")]
    NoStream,
    /// The response is whole, and the process says that something failed.
    #[error("it wrote a response and then ended with another status than 0")]
    Exit,
    /// The stream has a part that is no frame.
    #[error("its stream has what is no frame: {0}")]
    Frame(#[from] FrameError),
    /// The stream ends within a frame or a record.
    #[error("its stream ends within a frame or record")]
    Partial,
    /// A frame with an error, and yet the exit status says that all is well.
    #[error("its stream ends with an error and its exit status is 0")]
    ErrorFrame,
    /// A line of the stream is neither progress nor a response, or something
    /// follows the response.
    #[error("its stream has a line that does not belong there: {0}")]
    Record(String),
    /// The stream ends before the response that should end it.
    #[error("its stream ends without a response")]
    NoLastRecord,
}

/// A whole reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The request was carried out.
    Ok(Box<ResponseMessage>, Response),
    /// It was not.
    Error(Box<ResponseMessage>, Error),
}

impl Reply {
    pub(super) fn of(message: ResponseMessage) -> Reply {
        match message.result.clone() {
            Ok(response) => Reply::Ok(Box::new(message), response),
            Err(error) => Reply::Error(Box::new(message), error),
        }
    }

    /// The message.
    #[must_use]
    pub fn message(&self) -> &ResponseMessage {
        let (Reply::Ok(message, _) | Reply::Error(message, _)) = self;
        message
    }

    /// What came of the request.
    ///
    /// # Errors
    /// The plugin's error.
    pub fn into_result(self) -> Result<Response, Error> {
        match self {
            Reply::Ok(_, response) => Ok(response),
            Reply::Error(_, error) => Err(error),
        }
    }
}

/// Judges a reply that has no stream, after the process has ended.
///
/// # Errors
/// The rule that the plugin broke.
pub fn judge(asked: &Asked, splitter: &Splitter, exit: Exit) -> Result<Reply, FaultKind> {
    let head = splitter.head();
    if head.trim_ascii().is_empty() && !splitter.has_stream() {
        return Err(FaultKind::Nothing);
    }
    let message = match asked.read(head) {
        Ok(message) => message,
        Err(fault) => return Err(trailing(head).unwrap_or(fault)),
    };
    match message.head.stream {
        Some(_) if !splitter.has_stream() => Err(FaultKind::NoStream),
        None if splitter.has_stream() => Err(FaultKind::Trailing),
        _ if !exit.is_clean() => Err(FaultKind::Exit),
        _ => Ok(Reply::of(message)),
    }
}

/// Tells a good response with something behind it from one that is no response.
fn trailing(head: &[u8]) -> Option<FaultKind> {
    let mut documents = serde_json::Deserializer::from_slice(head).into_iter::<serde_json::Value>();
    let first = documents.next()?.ok()?;
    let more = !head.get(documents.byte_offset()..)?.trim_ascii().is_empty();
    (more && ResponseMessage::from_value(first).is_ok()).then_some(FaultKind::Trailing)
}
