//! `normalise` and the canonical form once more, over the model and as plainly
//! as can be: what the schema alone says about them.

use serde_json::{Map, Number, Value};
use shellrt_codegen::model::{Field, Kind as FieldKind, Model, Shape};

use crate::judge::Kind;

/// The definitions that a message's members come from.
pub(crate) fn definitions(model: &Model, kind: Kind, value: &Value) -> Vec<&'static str> {
    let leak = |name: &str| -> &'static str { Box::leak(name.to_owned().into_boxed_str()) };
    let command = model
        .commands
        .iter()
        .find(|command| value["_type"] == command.name.as_str());
    let head = if kind == Kind::Request {
        "RequestHead"
    } else {
        "ResponseHead"
    };
    let streamed = value.get("_stream").is_some_and(|stream| !stream.is_null());
    let body = match (kind, command) {
        (Kind::Response | Kind::Response01, _) if value["_status"] == "err" => Some("Error"),
        (Kind::Request, Some(command)) => Some(leak(&command.request)),
        (Kind::Response01, Some(command)) if command.name == "status" => Some("StatusResponse01"),
        (Kind::Response01, Some(command)) if command.name == "version" => Some("VersionResponse01"),
        (_, Some(command)) if command.name == "img_pull" && streamed => None,
        (_, Some(command)) => Some(leak(&command.response)),
        (_, None) => None,
    };
    std::iter::once(head).chain(body).collect()
}

fn fields<'a>(model: &'a Model, name: &str) -> &'a [Field] {
    match &model.definition(name).shape {
        Shape::Struct(fields) => fields,
        _ => panic!("`{name}` is not an object"),
    }
}

pub(crate) fn normalise(model: &Model, kind: Kind, value: &mut Value) {
    for name in definitions(model, kind, value) {
        normalise_as(model, &FieldKind::Named(name.into()), value);
    }
}

fn normalise_as(model: &Model, kind: &FieldKind, value: &mut Value) {
    match kind {
        FieldKind::Boolean => {}
        FieldKind::Integer(_) => whole(value),
        FieldKind::List { item, .. } => {
            value
                .as_array_mut()
                .into_iter()
                .flatten()
                .for_each(|value| normalise_as(model, item, value));
        }
        FieldKind::Map(map) => normalise_map(model, &map.value, value),
        FieldKind::Named(name) => match &model.definition(name).shape {
            Shape::Integer(_) => whole(value),
            Shape::Map(map) => normalise_map(model, &map.value, value),
            Shape::Struct(fields) => {
                let Some(members) = value.as_object_mut() else {
                    return;
                };
                for field in fields {
                    if !field.required && members.get(&field.name) == Some(&Value::Null) {
                        members.remove(&field.name);
                    }
                    if let Some(member) = members.get_mut(&field.name) {
                        normalise_as(model, &field.kind, member);
                    }
                }
            }
            Shape::Text(_) | Shape::Closed(_) | Shape::Open(..) | Shape::Free => {}
        },
    }
}

fn normalise_map(model: &Model, name: &str, value: &mut Value) {
    for member in value.as_object_mut().into_iter().flat_map(Map::values_mut) {
        normalise_as(model, &FieldKind::Named(name.into()), member);
    }
}

fn whole(value: &mut Value) {
    let Some(number) = value
        .as_f64()
        .filter(|number| value.is_f64() && number.fract() == 0.0)
    else {
        return;
    };
    if number.abs() < 9e18 {
        *value = Value::Number(Number::from(number as i64));
    }
}

/// The bytes that every language writes for a valid message.
pub(crate) fn canonical(model: &Model, kind: Kind, value: &Value) -> String {
    let mut all = Map::new();
    for name in definitions(model, kind, value) {
        if let Value::Object(members) = reduced(model, &FieldKind::Named(name.into()), value) {
            all.extend(members);
        }
    }
    // Maps of serde_json sort their keys unless a feature is on; nothing in this
    // workspace turns it on, and this test would notice.
    Value::Object(all).to_string()
}

/// What is left without members that nobody declared or that have their default.
fn reduced(model: &Model, kind: &FieldKind, value: &Value) -> Value {
    match (kind, value) {
        (FieldKind::List { item, .. }, Value::Array(items)) => items
            .iter()
            .map(|value| reduced(model, item, value))
            .collect(),
        (FieldKind::Map(map), Value::Object(members)) => reduced_map(model, &map.value, members),
        (FieldKind::Named(name), Value::Object(members)) => match &model.definition(name).shape {
            Shape::Map(map) => reduced_map(model, &map.value, members),
            Shape::Struct(_) => Value::Object(reduced_members(model, fields(model, name), members)),
            _ => value.clone(),
        },
        _ => value.clone(),
    }
}

fn reduced_map(model: &Model, name: &str, members: &Map<String, Value>) -> Value {
    let reduced = |value| reduced(model, &FieldKind::Named(name.into()), value);
    Value::Object(
        members
            .iter()
            .map(|(key, value)| (key.clone(), reduced(value)))
            .collect(),
    )
}

fn reduced_members(
    model: &Model,
    fields: &[Field],
    members: &Map<String, Value>,
) -> Map<String, Value> {
    let declared = fields
        .iter()
        .filter_map(|field| Some((field, members.get(&field.name)?)));
    let reduced = declared.map(|(field, value)| (field, reduced(model, &field.kind, value)));
    reduced
        .filter(|(field, value)| field.default.as_ref() != Some(value))
        .map(|(field, value)| (field.name.clone(), value))
        .collect()
}
