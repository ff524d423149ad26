//! What the schema says of a whole message.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::generated::tables;
use crate::payload::Payload;
use crate::{Command, Fault, FaultRule, ProtocolVersion, Request, Response, TypeTable, table};

/// Normalises a request and says everything that is wrong with it by the schema,
/// whatever version it has. Plugins read with [`RequestMessage::decode`](crate::RequestMessage::decode).
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
pub(super) fn verdict(value: &mut Value, tables: &[&'static TypeTable]) -> Vec<Fault> {
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

/// Whether the response is empty because the real one ends the stream.
pub(super) fn is_ack(command: Command, has_stream: bool) -> bool {
    command == Command::ImgPull && has_stream
}
