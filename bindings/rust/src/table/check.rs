//! Every fault of a document, with its place.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::{FieldTable, Shape, TypeTable};
use crate::form::{Automaton, Problem, problem};
use crate::{Fault, FaultRule};

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

    /// A value as a message may repeat it.
    fn shown(&self, value: &Value) -> String {
        if self.sensitive {
            "the value".into()
        } else {
            shown(value)
        }
    }

    fn fault(&mut self, rule: FaultRule, message: String, expected: String) {
        self.faults
            .push(Fault::at(&self.pointer, rule, message).expecting(expected));
    }
}

/// A value as a message may repeat it: shortened, and without anything that could
/// write on a terminal.
pub(crate) fn shown(value: &Value) -> String {
    const LONGEST: usize = 64;
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
        if is_unprintable(letter) {
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(letter));
        } else {
            shown.push(letter);
        }
    }
    shown + "`"
}

/// Controls, and marks that reorder or hide what stands beside them.
fn is_unprintable(letter: char) -> bool {
    !matches!(letter, '"' | '\'' | '\\') && letter.escape_debug().len() > 1
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
