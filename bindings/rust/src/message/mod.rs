//! Whole messages: a head and a command's members in one object.

mod error;
mod peek;
mod request;
mod response;
mod verdict;

use serde_json::{Map, Value};

use crate::RequestId;

pub use error::{DecodeError, DecodeErrorKind};
pub use request::{RequestHead, RequestMessage};
pub use response::{ResponseHead, ResponseMessage};
pub use verdict::{check_request, check_response};

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
