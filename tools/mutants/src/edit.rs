//! Changes of documents, by pointers in which `*` is each name or place.

use serde_json::{Map, Value};

use crate::format::Edit;
use crate::template::Values;

/// Makes the changes in their order.
pub(crate) fn apply(document: &mut Value, edits: &[Edit], values: &Values) {
    for edit in edits {
        one(document, edit, values);
    }
}

fn one(document: &mut Value, edit: &Edit, values: &Values) {
    match edit {
        Edit::Set(changes) => {
            for (pointer, value) in changes {
                if let Some(value) = values.value(value) {
                    set(document, &parts(pointer), &value);
                }
            }
        }
        Edit::Replace(changes) => {
            for (pointer, value) in changes {
                if let Some(value) = values.value(value) {
                    at(document, &parts(pointer), &mut |place| {
                        *place = value.clone()
                    });
                }
            }
        }
        Edit::Remove(pointers) => {
            for pointer in pointers {
                parent(document, pointer, &mut remove);
            }
        }
        Edit::Rename(changes) => {
            for (pointer, new) in changes {
                parent(document, pointer, &mut |parent, name| {
                    rename(parent, name, new)
                });
            }
        }
        Edit::Add(changes) => {
            for (pointer, more) in changes {
                at(document, &parts(pointer), &mut |place| add(place, *more));
            }
        }
        Edit::Append(changes) => {
            for (pointer, value) in changes {
                let value = values.value(value).unwrap_or_default();
                at(document, &parts(pointer), &mut |place| {
                    if let Value::Array(items) = place {
                        items.push(value.clone());
                    }
                });
            }
        }
        Edit::Reverse(pointer) => at(document, &parts(pointer), &mut |place| {
            if let Value::Array(items) = place {
                items.reverse();
            }
        }),
        Edit::Duplicate(pointer) => parent(document, pointer, &mut |parent, name| {
            if let (Value::Array(items), Ok(place)) = (parent, name.parse::<usize>())
                && let Some(item) = items.get(place).cloned()
            {
                items.insert(place, item);
            }
        }),
    }
}

/// Whether there is a value at a pointer.
pub(crate) fn has(document: &Value, pointer: &str) -> bool {
    let mut found = false;
    at(&mut document.clone(), &parts(pointer), &mut |_| {
        found = true
    });
    found
}

fn parts(pointer: &str) -> Vec<String> {
    let names = pointer.split('/').skip(1);
    names
        .map(|name| name.replace("~1", "/").replace("~0", "~"))
        .collect()
}

/// Does something to each value that there is at the pointer.
fn at(value: &mut Value, pointer: &[String], act: &mut dyn FnMut(&mut Value)) {
    let Some((name, rest)) = pointer.split_first() else {
        return act(value);
    };
    match value {
        Value::Object(members) if name == "*" => {
            members.values_mut().for_each(|value| at(value, rest, act));
        }
        Value::Array(items) if name == "*" => {
            items.iter_mut().for_each(|value| at(value, rest, act));
        }
        Value::Object(members) => {
            if let Some(value) = members.get_mut(name) {
                at(value, rest, act);
            }
        }
        Value::Array(items) => {
            if let Some(value) = name
                .parse()
                .ok()
                .and_then(|place: usize| items.get_mut(place))
            {
                at(value, rest, act);
            }
        }
        _ => {}
    }
}

/// Does something to what holds the value that the pointer names.
fn parent(document: &mut Value, pointer: &str, act: &mut dyn FnMut(&mut Value, &str)) {
    let mut parts = parts(pointer);
    if let Some(name) = parts.pop() {
        at(document, &parts, &mut |holder| act(holder, &name));
    }
}

/// Objects on the way are made.
fn set(value: &mut Value, pointer: &[String], wanted: &Value) {
    let Some((name, rest)) = pointer.split_first() else {
        *value = wanted.clone();
        return;
    };
    match value {
        Value::Object(members) if name == "*" => {
            members
                .values_mut()
                .for_each(|value| set(value, rest, wanted));
        }
        Value::Object(members) => {
            let empty = || Value::Object(Map::new());
            set(
                members.entry(name.clone()).or_insert_with(empty),
                rest,
                wanted,
            );
        }
        Value::Array(items) if name == "*" => {
            items.iter_mut().for_each(|value| set(value, rest, wanted));
        }
        Value::Array(items) => {
            if let Some(value) = name
                .parse()
                .ok()
                .and_then(|place: usize| items.get_mut(place))
            {
                set(value, rest, wanted);
            }
        }
        _ => {}
    }
}

fn remove(holder: &mut Value, name: &str) {
    match holder {
        Value::Object(members) => {
            members.remove(name);
        }
        Value::Array(items) => {
            let place = match name {
                "last" => items.len().checked_sub(1),
                _ => name.parse().ok(),
            };
            if let Some(place) = place.filter(|place| *place < items.len()) {
                items.remove(place);
            }
        }
        _ => {}
    }
}

fn rename(holder: &mut Value, name: &str, new: &str) {
    if let Value::Object(members) = holder
        && let Some(value) = members.remove(name)
    {
        members.insert(new.to_owned(), value);
    }
}

fn add(place: &mut Value, more: i64) {
    if let Some(number) = place.as_i64() {
        *place = (number + more).into();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn edited(document: Value, edits: Value) -> Value {
        let edits: Vec<Edit> = serde_json::from_value(edits).unwrap();
        let mut document = document;
        apply(&mut document, &edits, &Values::default());
        document
    }

    #[test]
    fn documents_are_changed_at_every_place_that_a_pointer_names() {
        let document = json!({"list": [{"a": 1, "b": 2}, {"a": 3}], "x": null});
        let edits = json!([
            {"remove": ["/list/*/b", "/x", "/none"]},
            {"add": {"/list/*/a": 10}},
            {"rename": {"/list/0/a": "c"}},
            {"duplicate": "/list/1"},
            {"reverse": "/list"},
            {"set": {"/new/deep": true}},
            {"replace": {"/none": 1}},
            {"append": {"/list": 5}}
        ]);
        let wanted = json!({"list": [{"a": 13}, {"a": 13}, {"c": 11}, 5], "new": {"deep": true}});
        assert_eq!(edited(document, edits), wanted);
    }
}
