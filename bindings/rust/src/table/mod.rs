//! The schema as static tables. The tables are generated; what is done with them
//! is in [`normalise`] and [`check`].

mod check;
mod normalise;

use crate::form::Automaton;

pub use check::check;
pub(crate) use check::shown;
pub use normalise::normalise;

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
