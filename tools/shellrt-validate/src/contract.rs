//! The contract as it is embedded, and its narrowing to one kind of message.
//!
//! An engine sets up each definition that it can reach, so a judge of one `stop`
//! request is made from what a `stop` request can reach and nothing else: that
//! is most of the time that a check of one file takes.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::fault::Failure;

/// Who speaks, and for responses in which shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    Request,
    Response,
    /// A response in wire version 0.1.x.
    Response01,
}

/// Which conditional part of a message's schema applies.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Branch {
    /// The members of a command.
    Command(String),
    /// An error, whatever it answers.
    Error,
    /// No known command: the head alone.
    Unknown,
}

impl Direction {
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Direction::Request => "request",
            Direction::Response | Direction::Response01 => "response",
        }
    }

    fn text(self, strict: bool) -> &'static str {
        macro_rules! flat {
            ($name:literal) => {
                include_str!(concat!("../../../schema/flat/v0/", $name, ".schema.json"))
            };
        }
        match (self, strict) {
            (Direction::Request, false) => flat!("request"),
            (Direction::Request, true) => flat!("request.strict"),
            (Direction::Response, false) => flat!("response"),
            (Direction::Response, true) => flat!("response.strict"),
            (Direction::Response01, false) => flat!("response_0_1"),
            (Direction::Response01, true) => flat!("response_0_1.strict"),
        }
    }
}

/// The schema of every message of a direction.
pub(crate) fn whole(direction: Direction, strict: bool) -> Result<Value, Failure> {
    serde_json::from_str(direction.text(strict)).map_err(Failure::contract)
}

/// The schema with the parts of other branches taken out: on a message of that
/// branch it gives the verdict of the whole.
pub(crate) fn branch(
    direction: Direction,
    strict: bool,
    branch: &Branch,
) -> Result<Value, Failure> {
    let mut schema = whole(direction, strict)?;
    if let Some(root) = schema.as_object_mut() {
        if *branch == Branch::Error {
            root.remove("else");
        } else {
            root.remove("then");
        }
        keep_command(root, branch);
        if let Some(Value::Object(otherwise)) = root.get_mut("else") {
            keep_command(otherwise, branch);
        }
    }
    Ok(schema)
}

/// [`branch`], less the definitions that it does not reach.
pub(crate) fn narrowed(
    direction: Direction,
    strict: bool,
    kept: &Branch,
) -> Result<Value, Failure> {
    let mut schema = branch(direction, strict, kept)?;
    drop_unreachable(&mut schema);
    Ok(schema)
}

/// One named definition with what it reaches.
pub(crate) fn definition(name: &str, strict: bool) -> Result<Value, Failure> {
    let mut known = BTreeSet::new();
    for direction in [
        Direction::Request,
        Direction::Response,
        Direction::Response01,
    ] {
        let mut schema = whole(direction, strict)?;
        let Some(definitions) = schema["$defs"].as_object() else {
            continue;
        };
        if definitions.contains_key(name) {
            let definitions = schema["$defs"].take();
            schema = serde_json::json!({
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "$ref": format!("#/$defs/{name}"),
                "$defs": definitions,
            });
            drop_unreachable(&mut schema);
            return Ok(schema);
        }
        known.extend(definitions.keys().cloned());
    }
    Err(Failure::UnknownType {
        name: name.to_owned(),
        known: commands()?.into_iter().chain(known).collect(),
    })
}

/// What a record of progress may hold. It is no message, so it is in none of the
/// whole schemas, and its references lead nowhere here.
pub(crate) fn progress() -> Result<Value, Failure> {
    let text = include_str!("../../../schema/v0/img_pull.schema.json");
    let mut schema: Value = serde_json::from_str(text).map_err(Failure::contract)?;
    Ok(schema["$defs"]["ImgPullProgress"].take())
}

/// The commands, as the schema lists them.
pub(crate) fn commands() -> Result<Vec<String>, Failure> {
    let schema = whole(Direction::Request, false)?;
    let listed = schema["$defs"]["Command"]["oneOf"].as_array();
    Ok(listed
        .into_iter()
        .flatten()
        .filter_map(|entry| entry["const"].as_str().map(str::to_owned))
        .collect())
}

fn keep_command(part: &mut Map<String, Value>, branch: &Branch) {
    if let Some(Value::Array(cases)) = part.get_mut("allOf") {
        cases.retain(
            |case| match (&case["if"]["properties"]["_type"]["const"], branch) {
                (Value::String(command), Branch::Command(kept)) => command == kept,
                (Value::String(_), _) => false,
                // Not a case of `_type`: it holds for every branch.
                _ => true,
            },
        );
        if cases.is_empty() {
            part.remove("allOf");
        }
    }
}

fn drop_unreachable(schema: &mut Value) {
    let Value::Object(mut definitions) = schema["$defs"].take() else {
        return;
    };
    let mut reached = BTreeSet::new();
    let mut ahead = Vec::new();
    references(schema, &mut ahead);
    while let Some(name) = ahead.pop() {
        if let Some(definition) = definitions.get(&name)
            && reached.insert(name)
        {
            references(definition, &mut ahead);
        }
    }
    definitions.retain(|name, _| reached.contains(name));
    schema["$defs"] = Value::Object(definitions);
}

fn references(node: &Value, found: &mut Vec<String>) {
    match node {
        Value::Object(members) => {
            if let Some(name) = members.get("$ref").and_then(defined_name) {
                found.push(name.to_owned());
            }
            members
                .values()
                .for_each(|member| references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

/// The definition that a `$ref` names; flat schemas have no other references.
pub(crate) fn defined_name(reference: &Value) -> Option<&str> {
    reference.as_str()?.strip_prefix("#/$defs/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrowed_schema_keeps_only_what_its_command_reaches() {
        let schema = narrowed(Direction::Request, false, &Branch::Command("stop".into())).unwrap();
        let definitions = schema["$defs"].as_object().unwrap();
        assert!(definitions.contains_key("StopRequest"));
        assert!(definitions.contains_key("ModuleName"));
        assert!(!definitions.contains_key("CreateRequest"));
    }

    #[test]
    fn every_command_has_a_branch_in_both_directions() {
        for command in commands().unwrap() {
            for direction in [
                Direction::Request,
                Direction::Response,
                Direction::Response01,
            ] {
                let kept = Branch::Command(command.clone());
                let schema = branch(direction, false, &kept).unwrap();
                let cases = match direction {
                    Direction::Request => &schema["allOf"],
                    _ => &schema["else"]["allOf"],
                };
                assert_eq!(
                    cases.as_array().map(Vec::len),
                    Some(1),
                    "{command} {direction:?}"
                );
            }
        }
    }
}
