//! The schema as the back ends see it: plain data, every reference resolved to
//! a name, nothing of JSON Schema left.
//!
//! Definitions keep the order of their files, fields the order in which the
//! schema lists them.

mod examples;
mod load;
mod ordered;
mod shape;

pub use examples::Example;
pub use load::{COMPOSING, LoadError, load, pascal_case};
pub use ordered::Json;

use serde_json::Value;

/// All that `schema/v0` says.
#[derive(Clone, Debug)]
pub struct Model {
    /// Every named definition; the names are unique.
    pub definitions: Vec<Definition>,
    /// The commands, in the order in which the envelope lists them.
    pub commands: Vec<Command>,
    /// The protocol's own errors, by code.
    pub errors: Vec<ErrorRow>,
    /// The files, for the published forms that keep JSON Schema's own shape.
    pub files: Vec<SchemaFile>,
    /// The corpus's examples, for the pages that show them.
    pub examples: Vec<Example>,
}

/// One file of the schema.
#[derive(Clone, Debug)]
pub struct SchemaFile {
    /// Its name without `.schema.json`.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// The whole document.
    pub document: Json,
}

/// One named definition.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its name, PascalCase.
    pub name: String,
    /// The file that holds it, without `.schema.json`.
    pub file: String,
    /// What it is, with unit and range.
    pub description: String,
    /// Whether its values may be secrets.
    pub sensitive: bool,
    /// What its values look like.
    pub shape: Shape,
}

/// What the values of a definition look like.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An object with declared members.
    Struct(Vec<Field>),
    /// Texts, by length and pattern.
    Text(TextForm),
    /// Whole numbers from the first to the last.
    Integer(Range),
    /// One of the listed texts.
    Closed(Vec<KnownValue>),
    /// One of the listed texts, or another one that is kept as it is.
    Open(Vec<KnownValue>, TextForm),
    /// An object whose keys are data.
    Map(MapForm),
    /// Any object; nothing in it is the protocol's.
    Free,
}

/// The form of a text. Lengths count Unicode code points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextForm {
    /// The fewest code points.
    pub min_length: u64,
    /// The most code points, where there is a limit.
    pub max_length: Option<u64>,
    /// What the whole text matches, where there is a pattern.
    pub pattern: Option<String>,
}

/// The whole numbers from `minimum` to `maximum`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The smallest.
    pub minimum: i64,
    /// The largest.
    pub maximum: i64,
}

/// The form of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapForm {
    /// The definition that its keys have.
    pub key: String,
    /// The definition that its values have.
    pub value: String,
    /// The most members.
    pub max_members: u64,
}

/// One value of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownValue {
    /// The text on the wire.
    pub text: String,
    /// What it means.
    pub description: String,
}

/// One declared member of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its key on the wire.
    pub name: String,
    /// What it is, with unit, range and what its absence means.
    pub description: String,
    /// Whether it must be there.
    pub required: bool,
    /// What its absence stands for, where that is a value.
    pub default: Option<Value>,
    /// Whether its value may be a secret.
    pub sensitive: bool,
    /// What its values look like.
    pub kind: Kind,
}

/// What the values of a member or the items of a list look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// As a definition says.
    Named(String),
    /// `true` or `false`.
    Boolean,
    /// Whole numbers.
    Integer(Range),
    /// A list.
    List {
        /// The fewest items.
        min_items: u64,
        /// The most items.
        max_items: u64,
        /// What each item looks like.
        item: Box<Kind>,
    },
    /// A map.
    Map(MapForm),
}

/// One command.
#[derive(Clone, Debug)]
pub struct Command {
    /// Its name on the wire, which is also the name of its file.
    pub name: String,
    /// What it does, in a line.
    pub description: String,
    /// The definition of its request's members.
    pub request: String,
    /// The definition of its response's members.
    pub response: String,
}

/// One row of the error registry.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorRow {
    /// The number on the wire, 1 to 99.
    pub code: u16,
    /// Its name, snake_case.
    pub name: String,
    /// Its class, one of `ErrorClass`.
    pub class: String,
    /// Whether the same request may succeed later.
    pub retryable: bool,
    /// The HTTP status that edgelet answers with.
    pub http_status: u16,
    /// What it means.
    pub meaning: String,
    /// What a caller does about it.
    pub recovery: String,
}

impl Model {
    /// The definition of that name.
    ///
    /// # Panics
    /// When there is none: `load` has resolved every reference, so a back end
    /// that asks for another name is wrong.
    pub fn definition(&self, name: &str) -> &Definition {
        self.definitions
            .iter()
            .find(|definition| definition.name == name)
            .unwrap_or_else(|| panic!("no definition is called `{name}`"))
    }
}
