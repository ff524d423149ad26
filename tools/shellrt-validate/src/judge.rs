//! The verdict: a document, the schema of its kind, and the engine's errors in
//! the protocol's own words.

use std::collections::{BTreeMap, HashMap};

use jsonschema::Validator;
use jsonschema::error::{TypeKind, ValidationError, ValidationErrorKind as Kind};
use serde_json::Value;
use shellrt_api::FaultRule;

use crate::contract::{self, Branch, Direction};
use crate::fault::{Failure, Fault};
use crate::place::Place;

/// What the caller knows about the documents beforehand.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Asked {
    /// Nothing: a `_status` makes a response.
    Anything,
    Request,
    /// A response to this command.
    Response(String),
}

/// What was found.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// What the document was taken for, such as `stop request`.
    pub(crate) kind: String,
    /// In the order of the pointers. Empty: the document is valid.
    pub(crate) faults: Vec<Fault>,
}

/// Judges documents; the engine of each kind is set up when the first document
/// of that kind comes.
#[derive(Debug)]
pub(crate) struct Judge {
    asked: Asked,
    strict: bool,
    commands: Vec<String>,
    engines: HashMap<(Direction, Branch), Engine>,
}

#[derive(Debug)]
struct Engine {
    schema: Value,
    validator: Validator,
}

impl Judge {
    pub(crate) fn new(asked: Asked, strict: bool) -> Result<Judge, Failure> {
        let commands = contract::commands()?;
        if let Asked::Response(name) = &asked
            && !commands.contains(name)
        {
            return Err(Failure::UnknownType {
                name: name.clone(),
                known: commands,
            });
        }
        Ok(Judge {
            asked,
            strict,
            commands,
            engines: HashMap::new(),
        })
    }

    pub(crate) fn judge(&mut self, bytes: &[u8]) -> Result<Verdict, Failure> {
        let mut document = match shellrt_api::parse_json(bytes) {
            Ok(document) => document,
            Err(fault) => {
                return Ok(Verdict {
                    kind: "document".into(),
                    faults: vec![Fault::new(
                        "",
                        FaultRule::Syntax,
                        fault.message,
                        fault.expected.unwrap_or_default(),
                    )],
                });
            }
        };
        let (direction, branch) = self.kind_of(&document);
        let kind = match &branch {
            Branch::Command(name) => format!("{name} {}", direction.noun()),
            Branch::Error => "error response".into(),
            Branch::Unknown => direction.noun().into(),
        };
        let mut faults = self.engine(direction, branch)?.faults(&mut document);
        if let Asked::Response(wanted) = &self.asked
            && let Some(answered) = document["_type"].as_str().filter(|name| name != wanted)
        {
            let message = format!("this answers `{}`", shortened(answered));
            let expected = format!("`{wanted}`");
            faults.push(Fault::new("/_type", FaultRule::Value, message, expected));
            faults.sort();
            faults.dedup_by(|a, b| a.pointer == b.pointer && a.rule == b.rule);
        }
        Ok(Verdict { kind, faults })
    }

    /// The part of the contract that a document is judged by.
    pub(crate) fn schema_of(&mut self, document: &Value) -> Result<&Value, Failure> {
        let (direction, branch) = self.kind_of(document);
        Ok(&self.engine(direction, branch)?.schema)
    }

    fn kind_of(&self, document: &Value) -> (Direction, Branch) {
        let text = |name| document.get(name).and_then(Value::as_str);
        let is_request = match self.asked {
            Asked::Anything => document.get("_status").is_none(),
            Asked::Request => true,
            Asked::Response(_) => false,
        };
        let direction = if is_request {
            Direction::Request
        } else if text("_version").is_some_and(|version| version.starts_with("0.1.")) {
            Direction::Response01
        } else {
            Direction::Response
        };
        let branch = match text("_type") {
            _ if !is_request && text("_status") == Some("err") => Branch::Error,
            Some(name) if self.commands.iter().any(|known| known == name) => {
                Branch::Command(name.to_owned())
            }
            _ => Branch::Unknown,
        };
        (direction, branch)
    }

    fn engine(&mut self, direction: Direction, branch: Branch) -> Result<&Engine, Failure> {
        use std::collections::hash_map::Entry;
        match self.engines.entry((direction, branch)) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => {
                let engine = Engine::new(direction, self.strict, &entry.key().1)?;
                Ok(entry.insert(engine))
            }
        }
    }
}

impl Engine {
    fn new(direction: Direction, strict: bool, branch: &Branch) -> Result<Engine, Failure> {
        let schema = contract::narrowed(direction, strict, branch)?;
        let validator = jsonschema::draft202012::options()
            .should_validate_formats(true)
            .with_pattern_options(jsonschema::PatternOptions::regex())
            .build(&schema)
            .map_err(Failure::contract)?;
        Ok(Engine { schema, validator })
    }

    fn faults(&self, document: &mut Value) -> Vec<Fault> {
        // Normalising makes no valid document invalid, and few need it.
        if self.validator.is_valid(document) {
            return Vec::new();
        }
        Place::root(&self.schema).normalise(document);
        let mut faults = BTreeMap::new();
        for error in self.validator.iter_errors(document) {
            for fault in self.translate(&error) {
                let key = (fault.pointer.clone(), fault.rule.clone());
                faults.entry(key).or_insert(fault);
            }
        }
        // A text that is too long is said to be that, not also to be misshapen.
        let too_long: Vec<String> = faults
            .keys()
            .filter(|(_, rule)| rule == FaultRule::Length.as_str())
            .map(|(pointer, _)| pointer.clone())
            .collect();
        faults.retain(|(pointer, rule), _| {
            rule != FaultRule::Form.as_str() || !too_long.contains(pointer)
        });
        faults.into_values().collect()
    }

    fn translate(&self, error: &ValidationError<'_>) -> Vec<Fault> {
        let pointer = error.instance_path().as_str();
        let place = Place::find(&self.schema, pointer);
        let value = error.instance();
        let shown = shown(value, &place);
        let one = |rule, message: String, expected: String| {
            vec![Fault::new(pointer, rule, message, expected)]
        };
        let wrong_type = |expected: &str| {
            one(
                FaultRule::Type,
                format!("this is {}", noun(value)),
                expected.into(),
            )
        };
        match error.kind() {
            Kind::Type { kind } => wrong_type(&wanted_type(kind)),
            Kind::Required { property } => vec![self.missing(pointer, property)],
            Kind::Minimum { .. } | Kind::Maximum { .. } => one(
                FaultRule::Range,
                format!("{shown} is out of range"),
                bounds(&place, "minimum", "maximum", ""),
            ),
            Kind::MinLength { .. } | Kind::MaxLength { .. } => {
                let length = value.as_str().map_or(0, |text| text.chars().count());
                let expected = bounds(&place, "minLength", "maxLength", " characters");
                one(
                    FaultRule::Length,
                    format!("it has {length} characters"),
                    expected,
                )
            }
            Kind::MinItems { .. } | Kind::MaxItems { .. } => {
                let length = value.as_array().map_or(0, Vec::len);
                let expected = bounds(&place, "minItems", "maxItems", " items");
                one(
                    FaultRule::Length,
                    format!("it has {length} items"),
                    expected,
                )
            }
            Kind::MaxProperties { .. } | Kind::MinProperties { .. } => {
                let length = value.as_object().map_or(0, serde_json::Map::len);
                let expected = bounds(&place, "minProperties", "maxProperties", " members");
                one(
                    FaultRule::Length,
                    format!("it has {length} members"),
                    expected,
                )
            }
            Kind::Pattern { pattern } => {
                let form = place.definition().unwrap_or("text");
                let message = format!("{shown} is not a {form}");
                one(
                    FaultRule::Form,
                    message,
                    format!("a text that matches `{pattern}`"),
                )
            }
            // The contract knows `oneOf` as a list of values, and `anyOf` as such
            // a list that is open to any text within its length.
            Kind::OneOfNotValid { .. } | Kind::Constant { .. } if value.is_string() => one(
                FaultRule::Value,
                format!("{shown} is none of the values"),
                alternatives(&place),
            ),
            Kind::AnyOf { .. } if value.is_string() => one(
                FaultRule::Length,
                format!(
                    "it has {} characters",
                    value.as_str().map_or(0, |text| text.chars().count())
                ),
                open_bounds(&place),
            ),
            Kind::OneOfNotValid { .. } | Kind::Constant { .. } | Kind::AnyOf { .. } => {
                wrong_type("a string")
            }
            Kind::PropertyNames { error } => {
                let name = error.instance().as_str().unwrap_or_default();
                let form = place
                    .keyword("propertyNames")
                    .and_then(|names| contract::defined_name(&names["$ref"]));
                let form = form.unwrap_or("text").to_owned();
                let message = format!("the key does not fit: it is not of the form {form}");
                vec![Fault::new(
                    below(pointer, name),
                    FaultRule::Key,
                    message,
                    form,
                )]
            }
            Kind::UnevaluatedProperties { unexpected }
            | Kind::AdditionalProperties { unexpected } => unknown(pointer, unexpected, &place),
            _ => one(
                FaultRule::Semantic,
                error.masked().to_string(),
                "what the schema says".into(),
            ),
        }
    }

    fn missing(&self, pointer: &str, property: &Value) -> Fault {
        let name = property.as_str().unwrap_or_default();
        let pointer = below(pointer, name);
        let place = Place::find(&self.schema, &pointer);
        let kind = place
            .keyword("type")
            .and_then(Value::as_str)
            .map_or("a string".into(), with_article);
        let expected = match place.definition() {
            Some(definition) => format!("{kind} ({definition})"),
            None => kind,
        };
        Fault::new(
            pointer,
            FaultRule::Required,
            format!("`{name}` is missing"),
            expected,
        )
    }
}

/// The engine reads a failed part as having looked at nothing, and then calls
/// its members unexpected; only those that are declared nowhere are unknown.
fn unknown(pointer: &str, unexpected: &[String], place: &Place<'_>) -> Vec<Fault> {
    let mut declared: Vec<&str> = place.members().collect();
    declared.sort_unstable();
    declared.dedup();
    let known = format!("one of `{}`", declared.join("`, `"));
    unexpected
        .iter()
        .filter(|name| !declared.contains(&name.as_str()))
        .map(|name| {
            let message = format!("`{}` is not known here", shortened(name));
            Fault::new(
                below(pointer, name),
                FaultRule::Unknown,
                message,
                known.clone(),
            )
        })
        .collect()
}

fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn bounds(place: &Place<'_>, least: &str, most: &str, unit: &str) -> String {
    match (place.keyword(least), place.keyword(most)) {
        (Some(least), Some(most)) => format!("{least} to {most}{unit}"),
        (Some(least), None) => format!("at least {least}{unit}"),
        (None, Some(most)) => format!("at most {most}{unit}"),
        (None, None) => format!("another number{}", unit.replacen(' ', " of ", 1)),
    }
}

fn open_bounds(place: &Place<'_>) -> String {
    let open = place
        .keyword("anyOf")
        .and_then(Value::as_array)
        .and_then(|parts| parts.last());
    open.map_or_else(
        || "another number of characters".into(),
        |open| bounds(&Place::root(open), "minLength", "maxLength", " characters"),
    )
}

fn alternatives(place: &Place<'_>) -> String {
    let listed = place.keyword("oneOf").and_then(Value::as_array);
    let texts: Vec<&str> = listed
        .into_iter()
        .flatten()
        .filter_map(|entry| entry["const"].as_str())
        .collect();
    format!("one of `{}`", texts.join("`, `"))
}

fn shown(value: &Value, place: &Place<'_>) -> String {
    match value {
        _ if place.is_sensitive() => "the value".into(),
        Value::String(text) => format!("`{}`", shortened(text)),
        other => shortened(&other.to_string()),
    }
}

/// Control characters could play with the terminal that shows them.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 64;
    let escaped: String = text
        .chars()
        .take(LONGEST)
        .flat_map(char::escape_debug)
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        format!("{escaped}...")
    } else {
        escaped
    }
}

fn wanted_type(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(one) => with_article(&one.to_string()),
        TypeKind::Multiple(_) => "another type".into(),
    }
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}

fn noun(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if !number.is_f64() => "an integer",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
