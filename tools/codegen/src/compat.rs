//! Whether the schema still speaks a released wire.
//!
//! Host and plugin are upgraded apart, so either may be the older one: every
//! message of the old schema must be right in the new one, and every message of
//! the new one must be readable by the old one, which ignores members that it
//! does not know. That leaves few changes: new optional members, new values of
//! open enums, new commands, new errors, better words. Everything else is a new
//! wire version.

use std::collections::BTreeMap;
use std::fmt;

use crate::model::{Definition, Field, KnownValue, Model, Shape};

/// One change that breaks a released wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// Where: a definition, or a member of one.
    pub place: String,
    /// What was changed and who suffers.
    pub problem: String,
}

impl fmt::Display for Break {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.problem)
    }
}

/// The one closed enum that may grow: a plugin answers a command that it does not
/// know with `unsupported`.
const GROWING: &str = "Command";

/// What of `new` breaks the wire of `old`.
#[must_use]
pub fn breaks(old: &Model, new: &Model) -> Vec<Break> {
    let mut gate = Gate { breaks: Vec::new() };
    let now: BTreeMap<&str, &Definition> = new
        .definitions
        .iter()
        .map(|definition| (definition.name.as_str(), definition))
        .collect();
    for definition in &old.definitions {
        match now.get(definition.name.as_str()) {
            Some(new) => gate.definition(definition, new),
            None => gate.add(&definition.name, "it is gone".into()),
        }
    }
    gate.errors(old, new);
    gate.breaks
}

struct Gate {
    breaks: Vec<Break>,
}

impl Gate {
    fn add(&mut self, place: &str, problem: String) {
        self.breaks.push(Break {
            place: place.to_owned(),
            problem,
        });
    }

    fn definition(&mut self, old: &Definition, new: &Definition) {
        let name = &old.name;
        if old.sensitive && !new.sensitive {
            self.add(
                name,
                "it was sensitive: older logs and traces hid it".into(),
            );
        }
        match (&old.shape, &new.shape) {
            (Shape::Struct(old), Shape::Struct(new)) => self.fields(name, old, new),
            (Shape::Closed(old), Shape::Closed(new)) => {
                self.values(name, old, new);
                if name != GROWING {
                    for value in new
                        .iter()
                        .filter(|value| !old.iter().any(|known| known.text == value.text))
                    {
                        self.add(
                            name,
                            format!(
                                "`{}` is new: older readers refuse it, because the list is closed",
                                value.text
                            ),
                        );
                    }
                }
            }
            (Shape::Open(old, old_form), Shape::Open(new, new_form)) => {
                self.values(name, old, new);
                self.same(name, "the form of its other values", old_form, new_form);
            }
            (Shape::Text(old), Shape::Text(new)) => self.same(name, "its form", old, new),
            (Shape::Integer(old), Shape::Integer(new)) => self.same(name, "its range", old, new),
            (Shape::Map(old), Shape::Map(new)) => self.same(name, "its form", old, new),
            (Shape::Free, Shape::Free) => {}
            _ => self.add(name, "it has another type".into()),
        }
    }

    fn fields(&mut self, owner: &str, old: &[Field], new: &[Field]) {
        for field in old {
            let place = format!("{owner}.{}", field.name);
            match new.iter().find(|candidate| candidate.name == field.name) {
                Some(now) => self.field(&place, field, now),
                None => self.add(
                    &place,
                    "it is gone: older messages have it, and older readers may wait for it".into(),
                ),
            }
        }
        for field in new
            .iter()
            .filter(|field| field.required && !old.iter().any(|known| known.name == field.name))
        {
            self.add(
                &format!("{owner}.{}", field.name),
                "it is new and required: older messages lack it".into(),
            );
        }
    }

    fn field(&mut self, place: &str, old: &Field, new: &Field) {
        match (old.required, new.required) {
            (false, true) => self.add(
                place,
                "it has become required: older messages lack it".into(),
            ),
            (true, false) => self.add(
                place,
                "it has become optional: older readers require it".into(),
            ),
            _ => {}
        }
        if old.sensitive && !new.sensitive {
            self.add(
                place,
                "it was sensitive: older logs and traces hid it".into(),
            );
        }
        self.same(place, "its default", &old.default, &new.default);
        self.same(place, "its type", &old.kind, &new.kind);
    }

    fn values(&mut self, name: &str, old: &[KnownValue], new: &[KnownValue]) {
        for value in old
            .iter()
            .filter(|value| !new.iter().any(|known| known.text == value.text))
        {
            self.add(
                name,
                format!("`{}` is gone: older messages have it", value.text),
            );
        }
    }

    fn errors(&mut self, old: &Model, new: &Model) {
        for row in &old.errors {
            let place = format!("errors.json, code {}", row.code);
            match new
                .errors
                .iter()
                .find(|candidate| candidate.code == row.code)
            {
                None => self.add(&place, "it is gone: older plugins answer with it".into()),
                Some(now) => {
                    let decides = |row: &crate::model::ErrorRow| {
                        (
                            row.name.clone(),
                            row.class.clone(),
                            row.retryable,
                            row.http_status,
                        )
                    };
                    self.same(
                        &place,
                        "what callers decide by",
                        &decides(row),
                        &decides(now),
                    );
                }
            }
        }
    }

    fn same<T: PartialEq + fmt::Debug>(&mut self, place: &str, what: &str, old: &T, new: &T) {
        if old != new {
            self.add(place, format!("{what} was {old:?} and is {new:?}"));
        }
    }
}
