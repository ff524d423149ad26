//! Why a message cannot be read, and what a plugin answers then.

use std::fmt;

use super::into_object;
use super::peek::Seen;
use crate::payload::Payload;
use crate::{
    Command, Error, ErrorCode, Fault, FaultRule, IncompatibleVersionDetail, InvalidRequestDetail,
    ProtocolVersion, RequestId, SUPPORTED_VERSIONS,
};

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

impl DecodeError {
    /// For bytes that could not even be read to their end.
    #[must_use]
    pub fn syntax(message: impl Into<String>) -> DecodeError {
        DecodeError::invalid(vec![Fault::at("", FaultRule::Syntax, message)])
    }

    pub(super) fn invalid(faults: Vec<Fault>) -> DecodeError {
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
                let detail = InvalidRequestDetail::new(faults);
                Error::new(
                    ErrorCode::InvalidRequest,
                    format!("the request is not valid: {self}"),
                )
                .with_detail(into_object(detail.to_value()))
                .with_hint("mend what `detail.faults` points at")
            }
            DecodeErrorKind::IncompatibleVersion { requested } => {
                let detail =
                    IncompatibleVersionDetail::new(requested.clone(), ProtocolVersion::supported());
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
