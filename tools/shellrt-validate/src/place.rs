//! What the schema says about a place in a document: the schemas that apply
//! there, whether it may hold a secret, and the members that it declares.

use serde_json::Value;

use crate::contract::defined_name;

/// The schemas that apply at one place.
#[derive(Clone, Debug)]
pub(crate) struct Place<'schema> {
    root: &'schema Value,
    schemas: Vec<&'schema Value>,
    definition: Option<&'schema str>,
    sensitive: bool,
}

impl<'schema> Place<'schema> {
    /// The whole document.
    pub(crate) fn root(root: &'schema Value) -> Place<'schema> {
        let mut place = Place {
            root,
            schemas: Vec::new(),
            definition: None,
            sensitive: false,
        };
        place.add(root);
        place
    }

    /// The place that a JSON pointer names.
    pub(crate) fn find(root: &'schema Value, pointer: &str) -> Place<'schema> {
        pointer
            .split('/')
            .skip(1)
            .map(|token| token.replace("~1", "/").replace("~0", "~"))
            .fold(Place::root(root), |place, token| place.child(&token))
    }

    /// A member, or an item, of the value here.
    pub(crate) fn child(&self, token: &str) -> Place<'schema> {
        let mut child = Place {
            root: self.root,
            schemas: Vec::new(),
            definition: None,
            sensitive: self.sensitive,
        };
        for schema in &self.schemas {
            let below = schema
                .get("properties")
                .and_then(|properties| properties.get(token))
                .or_else(|| schema.get("additionalProperties"))
                .or_else(|| schema.get("items"));
            if let Some(schema) = below {
                child.add(schema);
            }
        }
        child
    }

    fn add(&mut self, schema: &'schema Value) {
        self.schemas.push(schema);
        self.sensitive |= schema.get("x-sensitive") == Some(&Value::Bool(true));
        if let Some(name) = schema.get("$ref").and_then(defined_name) {
            self.definition = self.definition.or(Some(name));
            if let Some(definition) = self.root["$defs"].get(name) {
                self.add(definition);
            }
        }
        // The document was narrowed to its branch: what conditions remain, hold.
        for keyword in ["then", "else"] {
            if let Some(schema) = schema.get(keyword) {
                self.add(schema);
            }
        }
        let parts = schema.get("allOf").and_then(Value::as_array);
        parts.into_iter().flatten().for_each(|part| self.add(part));
    }

    /// Whether a value here must not be repeated.
    pub(crate) fn is_sensitive(&self) -> bool {
        self.sensitive
    }

    /// Whether the contract says anything of this place.
    pub(crate) fn is_declared(&self) -> bool {
        !self.schemas.is_empty()
    }

    /// Whether it says what an object here holds, or an array.
    pub(crate) fn has_members(&self) -> bool {
        ["properties", "additionalProperties", "items"]
            .iter()
            .any(|keyword| self.keyword(keyword).is_some())
    }

    /// The name of the definition that says what stands here.
    pub(crate) fn definition(&self) -> Option<&'schema str> {
        self.definition
    }

    /// A keyword of the schemas here.
    pub(crate) fn keyword(&self, name: &str) -> Option<&'schema Value> {
        self.schemas.iter().find_map(|schema| schema.get(name))
    }

    /// The members that are declared here.
    pub(crate) fn members(&self) -> impl Iterator<Item = &'schema str> {
        self.schemas
            .iter()
            .filter_map(|schema| schema.get("properties")?.as_object())
            .flat_map(|properties| properties.keys().map(String::as_str))
    }

    fn requires(&self, member: &str) -> bool {
        self.schemas
            .iter()
            .filter_map(|schema| schema.get("required")?.as_array())
            .flatten()
            .any(|required| required.as_str() == Some(member))
    }

    /// Drops each `null` at a declared optional member, the one step of
    /// `normalise` that a schema engine needs: it takes `10.0` for an integer
    /// by itself.
    pub(crate) fn normalise(&self, value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.retain(|name, member| {
                    let optional =
                        self.members().any(|known| known == name) && !self.requires(name);
                    !(member.is_null() && optional)
                });
                for (name, member) in members {
                    self.child(name).normalise_below(member);
                }
            }
            Value::Array(items) => {
                let place = self.child("0");
                items
                    .iter_mut()
                    .for_each(|item| place.normalise_below(item));
            }
            _ => {}
        }
    }

    fn normalise_below(&self, value: &mut Value) {
        if !self.schemas.is_empty() {
            self.normalise(value);
        }
    }
}
