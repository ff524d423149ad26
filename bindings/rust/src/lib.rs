//! The shellrt protocol as Rust types, generated from `schema/v0`.
//!
//! A host writes a [`RequestMessage`] and reads a [`ResponseMessage`]; a plugin
//! does it the other way round. Reading gives the schema's full verdict, with
//! every [`Fault`] and its place; writing gives one canonical form.
//!
//! ```
//! use shellrt_api::{ModuleName, RequestMessage, StopRequest};
//!
//! let mut stop = StopRequest::new(ModuleName::new("web")?);
//! stop.timeout = Some(5);
//! let message = RequestMessage::new(stop);
//! assert_eq!(
//!     message.to_canonical_json(),
//!     r#"{"_type":"stop","_version":"0.2.0","name":"web","timeout":5}"#,
//! );
//!
//! let error = RequestMessage::decode(br#"{"_version":"0.2.0","_type":"stop","timeout":-1}"#).unwrap_err();
//! let places: Vec<&str> = error.faults.iter().map(|fault| fault.pointer.as_str()).collect();
//! assert_eq!(places, ["/name", "/timeout"]);
//! # Ok::<(), shellrt_api::FormError>(())
//! ```
//!
//! The crate depends on serde and serde_json, does no I/O and knows no clock;
//! `shellrt-kit` runs the processes.

#![forbid(unsafe_code)]

mod canonical;
mod compat;
mod error_code;
mod fault;
mod form;
mod generated;
mod json;
mod macros;
mod message;
mod payload;
mod redact;
mod table;
mod timestamp;
mod unknown_value;
mod version;

pub use form::FormError;
pub use generated::*;
pub use json::parse as parse_json;
pub use message::{
    DecodeError, DecodeErrorKind, RequestHead, RequestMessage, ResponseHead, ResponseMessage,
    check_request, check_response,
};
pub use payload::{CommandRequest, Payload};
pub use table::{TypeTable, check, normalise};
pub use unknown_value::UnknownValue;
pub use version::{SUPPORTED_VERSIONS, WIRE_VERSION};
