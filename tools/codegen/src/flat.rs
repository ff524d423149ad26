//! The schema as single documents: every definition that a message needs in one
//! `$defs`, every reference inside of the document.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::model::{Json, Model, Shape};

/// How strictly a document judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// As receivers read: members that are not declared are ignored.
    Open,
    /// As senders should write: members that are not declared are refused,
    /// other than in maps and free-form objects.
    Strict,
}

/// The composed document `root` (`request`, `response`, `response_0_1`) with all
/// that it refers to.
///
/// # Panics
/// When the schema has no such file.
#[must_use]
pub fn document(model: &Model, root: &str, strength: Strength) -> Value {
    let file = model.files.iter().find(|file| file.name == root);
    let file = file.unwrap_or_else(|| panic!("the schema has no file `{root}`"));
    let mut used = BTreeSet::new();
    let mut flat = localised(&file.document, &mut used);
    let mut definitions = Map::new();
    while let Some(name) = used.pop_first() {
        let mut more = BTreeSet::new();
        let mut definition = localised(source(model, &name), &mut more);
        if strength == Strength::Strict {
            close_members(model, &mut definition);
        }
        definitions.insert(name, definition);
        used.extend(
            more.into_iter()
                .filter(|name| !definitions.contains_key(name)),
        );
    }
    if strength == Strength::Strict {
        close(&mut flat);
    }
    flat["$defs"] = Value::Object(definitions);
    flat
}

/// Closes the objects that a definition's members hold. The definition itself
/// stays open: a head and a payload lie in one object, and only the root, which
/// sees both, can close it.
fn close_members(model: &Model, definition: &mut Value) {
    let members = definition
        .get_mut("properties")
        .and_then(Value::as_object_mut);
    for member in members.into_iter().flat_map(Map::values_mut) {
        for place in ["", "/items", "/additionalProperties"] {
            let Some(schema) = member.pointer_mut(place) else {
                continue;
            };
            let target = schema
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|target| target.strip_prefix("#/$defs/"));
            if target.is_some_and(|name| matches!(model.definition(name).shape, Shape::Struct(_))) {
                close(schema);
            }
        }
    }
}

fn close(schema: &mut Value) {
    schema["unevaluatedProperties"] = json!(false);
}

fn source<'a>(model: &'a Model, name: &str) -> &'a Json {
    let definitions = model
        .files
        .iter()
        .filter_map(|file| file.document.get("$defs"));
    definitions
        .filter_map(|definitions| definitions.get(name))
        .next()
        .expect("`load` has resolved every reference")
}

/// The value with references to other files made references to its own `$defs`.
fn localised(json: &Json, used: &mut BTreeSet<String>) -> Value {
    match json {
        Json::Scalar(value) => value.clone(),
        Json::Array(items) => items.iter().map(|item| localised(item, used)).collect(),
        Json::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let target = value
                    .text()
                    .filter(|_| key == "$ref")
                    .and_then(|target| target.split_once("#/$defs/"));
                let value = match target {
                    Some((_, name)) => {
                        used.insert(name.to_owned());
                        json!(format!("#/$defs/{name}"))
                    }
                    None => localised(value, used),
                };
                (key.clone(), value)
            });
            Value::Object(members.collect())
        }
    }
}
