//! The schema as static tables, and the two things that are done with them:
//! [`normalise`] and [`check`]. The tables are generated, this file is not.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::form::{Automaton, Problem, problem};
use crate::{Fault, FaultRule, JsonPointer};

/// What the values of one definition look like.
#[derive(Debug)]
pub struct TypeTable {
    pub(crate) name: &'static str,
    pub(crate) sensitive: bool,
    pub(crate) shape: Shape,
}

#[derive(Debug)]
pub(crate) enum Shape {
    /// As a definition says.
    Named(&'static TypeTable),
    /// Declared members; others are ignored.
    Struct(&'static [FieldTable]),
    /// Lengths count code points.
    Text {
        min_length: u64,
        max_length: u64,
        automaton: Option<&'static Automaton>,
    },
    Integer {
        minimum: i64,
        maximum: i64,
    },
    Boolean,
    /// One of these texts.
    Closed(&'static [&'static str]),
    List {
        min_items: u64,
        max_items: u64,
        item: &'static Shape,
    },
    /// An object whose keys are data.
    Map {
        key: &'static TypeTable,
        value: &'static TypeTable,
        max_members: u64,
    },
    /// Any object.
    Free,
}

#[derive(Debug)]
pub(crate) struct FieldTable {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) sensitive: bool,
    pub(crate) shape: Shape,
}

impl TypeTable {
    /// The definition's name in the schema.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl Shape {
    fn resolve(&self) -> &Shape {
        match self {
            Shape::Named(table) => table.shape.resolve(),
            other => other,
        }
    }

    fn is_sensitive(&self) -> bool {
        match self {
            Shape::Named(table) => table.sensitive || table.shape.is_sensitive(),
            _ => false,
        }
    }

    /// What a value of this shape is called in a message.
    fn noun(&self) -> &'static str {
        match self.resolve() {
            Shape::Struct(_) | Shape::Map { .. } | Shape::Free | Shape::Named(_) => "an object",
            Shape::Text { .. } | Shape::Closed(_) => "a string",
            Shape::Integer { .. } => "an integer",
            Shape::Boolean => "a boolean",
            Shape::List { .. } => "an array",
        }
    }
}

/// Brings a value into the form that is checked: a `null` at a declared optional
/// member is dropped, and an integral float at a declared integer becomes an
/// integer. Nothing else changes; keys of maps and whatever lies in a free-form
/// object stay as they are.
pub fn normalise(value: &mut Value, table: &TypeTable) {
    normalise_shape(value, &table.shape);
}

fn normalise_shape(value: &mut Value, shape: &Shape) {
    match (shape.resolve(), value) {
        (Shape::Struct(fields), Value::Object(members)) => {
            for field in *fields {
                if !field.required && members.get(field.name).is_some_and(Value::is_null) {
                    members.remove(field.name);
                } else if let Some(member) = members.get_mut(field.name) {
                    normalise_shape(member, &field.shape);
                }
            }
        }
        (Shape::List { item, .. }, Value::Array(items)) => {
            items
                .iter_mut()
                .for_each(|value| normalise_shape(value, item));
        }
        (Shape::Map { value: table, .. }, Value::Object(members)) => {
            members
                .values_mut()
                .for_each(|value| normalise_shape(value, &table.shape));
        }
        (Shape::Integer { .. }, value) if value.is_f64() => {
            if let Some(whole) = value.as_f64().and_then(whole_number) {
                *value = whole;
            }
        }
        _ => {}
    }
}

/// JSON Schema takes `10.0` for an integer; serde does not.
fn whole_number(number: f64) -> Option<Value> {
    const TWO_POW_63: f64 = 9_223_372_036_854_775_808.0;
    if number.fract() != 0.0 {
        None
    } else if (0.0..2.0 * TWO_POW_63).contains(&number) {
        Some((number as u64).into())
    } else if (-TWO_POW_63..0.0).contains(&number) {
        Some((number as i64).into())
    } else {
        None
    }
}

/// Everything that is wrong with a normalised value, in the order of the
/// pointers. Empty: nothing is.
#[must_use]
pub fn check(value: &Value, table: &'static TypeTable) -> Vec<Fault> {
    let mut checker = Checker {
        pointer: String::new(),
        sensitive: false,
        faults: Vec::new(),
    };
    checker.value(value, &Shape::Named(table));
    checker.faults.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    checker.faults
}

struct Checker {
    pointer: String,
    /// Whether the value at the pointer may be a secret.
    sensitive: bool,
    faults: Vec<Fault>,
}

impl Checker {
    fn value(&mut self, value: &Value, shape: &Shape) {
        let outside = self.sensitive;
        self.sensitive |= shape.is_sensitive();
        match (shape.resolve(), value) {
            (Shape::Struct(fields), Value::Object(members)) => self.members(members, fields),
            (
                Shape::Text {
                    min_length,
                    max_length,
                    automaton,
                },
                Value::String(text),
            ) => {
                self.text(text, *min_length, *max_length, *automaton, shape);
            }
            (Shape::Integer { minimum, maximum }, Value::Number(number)) if is_whole(number) => {
                if !number
                    .as_i64()
                    .is_some_and(|number| (*minimum..=*maximum).contains(&number))
                {
                    let message = format!("{} is out of range", self.shown(value));
                    self.fault(FaultRule::Range, message, format!("{minimum} to {maximum}"));
                }
            }
            (Shape::Closed(texts), Value::String(text)) => {
                if !texts.contains(&text.as_str()) {
                    let message = format!("{} is none of the values", self.shown(value));
                    self.fault(
                        FaultRule::Value,
                        message,
                        format!("one of `{}`", texts.join("`, `")),
                    );
                }
            }
            (
                Shape::List {
                    min_items,
                    max_items,
                    item,
                },
                Value::Array(items),
            ) => {
                self.size(items.len(), *min_items, *max_items, "items");
                for (index, value) in items.iter().enumerate() {
                    self.below(&index.to_string(), |checker| checker.value(value, item));
                }
            }
            (
                Shape::Map {
                    key,
                    value,
                    max_members,
                },
                Value::Object(members),
            ) => {
                self.size(members.len(), 0, *max_members, "members");
                self.map(members, key, value);
            }
            (Shape::Boolean, Value::Bool(_)) | (Shape::Free, Value::Object(_)) => {}
            (expected, value) => {
                self.fault(
                    FaultRule::Type,
                    format!("this is {}", noun(value)),
                    expected.noun().into(),
                );
            }
        }
        self.sensitive = outside;
    }

    fn members(&mut self, members: &Map<String, Value>, fields: &[FieldTable]) {
        let outside = self.sensitive;
        for field in fields {
            self.sensitive = outside || field.sensitive;
            self.below(field.name, |checker| match members.get(field.name) {
                Some(value) => checker.value(value, &field.shape),
                None if field.required => {
                    let message = format!("`{}` is missing", field.name);
                    checker.fault(FaultRule::Required, message, field.shape.noun().into());
                }
                None => {}
            });
        }
        self.sensitive = outside;
    }

    fn map(
        &mut self,
        members: &Map<String, Value>,
        key: &'static TypeTable,
        value: &'static TypeTable,
    ) {
        for (name, member) in members {
            self.below(name, |checker| {
                if let Err(error) = crate::form::check(name, key) {
                    checker.fault(
                        FaultRule::Key,
                        format!("the key does not fit: {error}"),
                        key.name.into(),
                    );
                }
                checker.value(member, &Shape::Named(value));
            });
        }
    }

    fn text(
        &mut self,
        text: &str,
        min: u64,
        max: u64,
        automaton: Option<&Automaton>,
        shape: &Shape,
    ) {
        match problem(text, min, max, automaton) {
            None => {}
            Some(Problem::Length { min, max }) => {
                self.size(text.chars().count(), min, max, "characters");
            }
            Some(Problem::Pattern) => {
                let form = if let Shape::Named(table) = shape {
                    table.name
                } else {
                    "text"
                };
                let message = format!("{} is not a {form}", self.shown(&Value::from(text)));
                self.fault(FaultRule::Form, message, form.into());
            }
        }
    }

    fn size(&mut self, size: usize, min: u64, max: u64, unit: &str) {
        if !(min..=max).contains(&(size as u64)) {
            let expected = if max == u64::MAX {
                format!("at least {min}")
            } else {
                format!("{min} to {max}")
            };
            self.fault(
                FaultRule::Length,
                format!("it has {size} {unit}"),
                format!("{expected} {unit}"),
            );
        }
    }

    fn below(&mut self, token: &str, look: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer
            .push_str(&token.replace('~', "~0").replace('/', "~1"));
        look(self);
        self.pointer.truncate(length);
    }

    /// A value as a message may repeat it: shortened, and not if it is a secret.
    fn shown(&self, value: &Value) -> String {
        const LONGEST: usize = 64;
        if self.sensitive {
            return "the value".into();
        }
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let mut shown = String::from("`");
        for (index, letter) in text.chars().enumerate() {
            if index == LONGEST {
                shown.push('…');
                break;
            }
            // Control characters would let a request write on a terminal.
            if letter.is_control() {
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(letter));
            } else {
                shown.push(letter);
            }
        }
        shown + "`"
    }

    fn fault(&mut self, rule: FaultRule, message: String, expected: String) {
        self.faults
            .push(Fault::at(&self.pointer, rule, message).expecting(expected));
    }
}

/// `serde_json` keeps an integer beyond 64 bits as a float; it is a whole number
/// all the same, only out of every range.
fn is_whole(number: &serde_json::Number) -> bool {
    !number.is_f64() || number.as_f64().is_some_and(|number| number.fract() == 0.0)
}

fn noun(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if is_whole(number) => "an integer",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

impl Fault {
    /// A fault at a place.
    pub(crate) fn at(pointer: &str, rule: FaultRule, message: impl Into<String>) -> Fault {
        // Keys of a document may make a pointer longer than the protocol's
        // limit; the place is then told by its beginning.
        let pointer = JsonPointer::new(pointer).or_else(|_| JsonPointer::new(shortened(pointer)));
        let pointer = pointer.unwrap_or_else(|_| JsonPointer::root());
        Fault::new(pointer, rule, message)
    }

    /// The same fault, saying what would have been right.
    #[must_use]
    pub fn expecting(mut self, expected: impl Into<String>) -> Fault {
        self.expected = Some(expected.into());
        self
    }
}

fn shortened(pointer: &str) -> String {
    const LONGEST: usize = 65_536;
    let text: String = pointer.chars().take(LONGEST).collect();
    text.trim_end_matches('~').to_owned()
}

impl JsonPointer {
    /// The whole document.
    #[must_use]
    pub fn root() -> JsonPointer {
        JsonPointer::unchecked(String::new())
    }
}
