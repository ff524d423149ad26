//! A sound plugin's output, as far as a fault has to know it.

use serde_json::{Map, Value};

use crate::template::Values;

/// The response at the beginning of an output.
pub(crate) fn head_of(output: &[u8]) -> Option<Value> {
    let end = output.iter().position(|&byte| byte == 0);
    let head = &output[..end.unwrap_or(output.len())];
    serde_json::from_slice(head).ok().filter(Value::is_object)
}

/// A response that is not the sound plugin's: the head of the request where it
/// says nothing of it.
pub(crate) fn canned(answer: &Map<String, Value>, values: &Values) -> Value {
    let mut response = values.object(answer);
    for member in ["_version", "_type", "_id"] {
        match (response.get(member), values.request.get(member)) {
            (None, Some(asked)) => {
                response.insert(member.to_owned(), asked.clone());
            }
            (Some(Value::Null), _) => {
                response.remove(member);
            }
            _ => {}
        }
    }
    Value::Object(response)
}
