//! What of a head can be read, however bad the rest is: enough to choose the
//! check and to address the reply.

use serde_json::Value;

use super::{DecodeError, DecodeErrorKind};
use crate::{Command, Fault, FaultRule, ProtocolVersion, RequestId, table};

/// What of a head could be read, however bad the rest is.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) version: Option<ProtocolVersion>,
    pub(super) command: Option<Command>,
    pub(super) id: Option<RequestId>,
}

impl Seen {
    pub(super) fn error(self, kind: DecodeErrorKind, faults: Vec<Fault>) -> DecodeError {
        DecodeError {
            faults,
            version: self.version,
            command: self.command,
            id: self.id,
            kind,
        }
    }
}

pub(super) struct Peek {
    pub(super) version: Result<ProtocolVersion, Fault>,
    pub(super) command: Result<Command, Box<(DecodeErrorKind, Fault)>>,
    pub(super) seen: Seen,
}

impl Peek {
    pub(super) fn of(value: &Value) -> Result<Peek, DecodeError> {
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
        let fault = Fault::at(
            "/_type",
            FaultRule::Value,
            format!("there is no command {}", table::shown(&value["_type"])),
        )
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
