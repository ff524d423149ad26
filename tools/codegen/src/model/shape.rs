//! Reads one definition after the other and refuses every keyword that the
//! generated code could not enforce without a schema engine.

use super::{
    Definition, Field, Json, Kind, KnownValue, LoadError, MapForm, Range, Shape, TextForm,
};

/// Integers stay where a double is exact, so that every JSON reader gets them.
const LARGEST: i64 = (1 << 53) - 1;

/// The one file whose integers may be larger: the wire of 2020 has nanoseconds.
const LARGE_INTEGERS: &str = "wire_0_1";

/// Reads the definitions of one file.
pub(super) struct Reader<'a> {
    file: &'a str,
}

type Result<T> = std::result::Result<T, LoadError>;

impl<'a> Reader<'a> {
    pub(super) fn new(file: &'a str) -> Reader<'a> {
        Reader { file }
    }

    pub(super) fn definitions(&self, document: &Json) -> Result<Vec<Definition>> {
        self.only(document, "", &["$schema", "title", "description", "$defs"])?;
        let definitions = document
            .get("$defs")
            .and_then(Json::members)
            .unwrap_or_default();
        definitions
            .iter()
            .map(|(name, schema)| self.definition(name, schema))
            .collect()
    }

    fn definition(&self, name: &str, schema: &Json) -> Result<Definition> {
        let at = format!("/$defs/{name}");
        Ok(Definition {
            name: name.into(),
            file: self.file.into(),
            description: self.description(schema, &at)?,
            sensitive: self.flag(schema, &at, "x-sensitive")?,
            shape: self.shape(schema, &at)?,
        })
    }

    fn shape(&self, schema: &Json, at: &str) -> Result<Shape> {
        if let Some(values) = schema.get("oneOf") {
            self.only(schema, at, &["description", "oneOf", "x-sensitive"])?;
            return Ok(Shape::Closed(
                self.known_values(values, &format!("{at}/oneOf"))?,
            ));
        }
        if let Some(ways) = schema.get("anyOf") {
            self.only(schema, at, &["description", "anyOf", "x-sensitive"])?;
            return self.open_enum(ways, &format!("{at}/anyOf"));
        }
        match schema.get("type").and_then(Json::text) {
            Some("object") if schema.get("additionalProperties").is_some() => Ok(Shape::Map(self.map(schema, at)?)),
            Some("object") if schema.get("properties").is_some() => self.object(schema, at),
            Some("object") => {
                self.only(schema, at, &["description", "type", "x-sensitive"])?;
                Ok(Shape::Free)
            }
            Some("string") => Ok(Shape::Text(self.text(schema, at)?)),
            Some("integer") => {
                self.only(schema, at, &["description", "type", "minimum", "maximum", "x-sensitive"])?;
                Ok(Shape::Integer(self.range(schema, at)?))
            }
            _ => self.fail(at, "a definition is an object, a string, an integer, a `oneOf` of `const`, or an open enum"),
        }
    }

    fn object(&self, schema: &Json, at: &str) -> Result<Shape> {
        self.only(
            schema,
            at,
            &[
                "description",
                "type",
                "required",
                "properties",
                "x-sensitive",
            ],
        )?;
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Json::items)
            .unwrap_or_default()
            .iter()
            .filter_map(Json::text)
            .collect();
        let properties = schema
            .get("properties")
            .and_then(Json::members)
            .unwrap_or_default();
        if let Some(name) = required
            .iter()
            .find(|name| !properties.iter().any(|(key, _)| key == **name))
        {
            return self.fail(
                &format!("{at}/required"),
                &format!("`{name}` is required and not declared"),
            );
        }
        let fields = properties.iter().map(|(name, property)| {
            self.field(
                name,
                property,
                required.contains(&name.as_str()),
                &format!("{at}/properties/{name}"),
            )
        });
        Ok(Shape::Struct(fields.collect::<Result<_>>()?))
    }

    fn field(&self, name: &str, schema: &Json, required: bool, at: &str) -> Result<Field> {
        let default = schema.get("default").map(Json::to_value);
        if required && default.is_some() {
            return self.fail(at, "a required member has no default");
        }
        Ok(Field {
            name: name.into(),
            description: self.description(schema, at)?,
            required,
            default,
            sensitive: self.flag(schema, at, "x-sensitive")?,
            kind: self.kind(schema, at)?,
        })
    }

    fn kind(&self, schema: &Json, at: &str) -> Result<Kind> {
        const COMMON: [&str; 3] = ["description", "default", "x-sensitive"];
        let only = |more: &[&str]| self.only(schema, at, &[&COMMON[..], more].concat());
        if schema.get("$ref").is_some() {
            only(&["$ref"])?;
            return Ok(Kind::Named(self.reference(schema, at)?));
        }
        match schema.get("type").and_then(Json::text) {
            Some("boolean") => {
                only(&["type"])?;
                Ok(Kind::Boolean)
            }
            Some("integer") => {
                only(&["type", "minimum", "maximum"])?;
                Ok(Kind::Integer(self.range(schema, at)?))
            }
            Some("array") => {
                only(&["type", "minItems", "maxItems", "items"])?;
                let Some(items) = schema.get("items") else {
                    return self.fail(at, "a list says what its items are");
                };
                Ok(Kind::List {
                    min_items: self.size(schema, at, "minItems")?.unwrap_or(0),
                    max_items: self.bound(schema, at, "maxItems")?,
                    item: Box::new(self.kind(items, &format!("{at}/items"))?),
                })
            }
            Some("object") => Ok(Kind::Map(self.map(schema, at)?)),
            _ => self.fail(at, "a member is a `$ref`, a boolean, an integer, a list or a map; give another form a name in `$defs`"),
        }
    }

    fn map(&self, schema: &Json, at: &str) -> Result<MapForm> {
        let known = [
            "description",
            "default",
            "x-sensitive",
            "type",
            "maxProperties",
            "propertyNames",
            "additionalProperties",
        ];
        self.only(schema, at, &known)?;
        let part = |keyword: &str| {
            let at = format!("{at}/{keyword}");
            schema.get(keyword).map_or_else(
                || self.fail(&at, "a map says what its keys and values are"),
                |part| {
                    self.only(part, &at, &["$ref"])?;
                    self.reference(part, &at)
                },
            )
        };
        Ok(MapForm {
            key: part("propertyNames")?,
            value: part("additionalProperties")?,
            max_members: self.bound(schema, at, "maxProperties")?,
        })
    }

    fn text(&self, schema: &Json, at: &str) -> Result<TextForm> {
        self.only(
            schema,
            at,
            &[
                "description",
                "type",
                "minLength",
                "maxLength",
                "pattern",
                "x-sensitive",
            ],
        )?;
        Ok(TextForm {
            min_length: self.size(schema, at, "minLength")?.unwrap_or(0),
            max_length: self.size(schema, at, "maxLength")?,
            pattern: schema
                .get("pattern")
                .and_then(Json::text)
                .map(str::to_owned),
        })
    }

    fn range(&self, schema: &Json, at: &str) -> Result<Range> {
        let end = |keyword: &str| {
            let number = schema
                .get(keyword)
                .map(Json::to_value)
                .and_then(|value| value.as_i64());
            number.map_or_else(
                || self.fail(at, &format!("an integer has a whole `{keyword}`")),
                Ok,
            )
        };
        let range = Range {
            minimum: end("minimum")?,
            maximum: end("maximum")?,
        };
        let exact = range.minimum >= -LARGEST && range.maximum <= LARGEST;
        if range.minimum > range.maximum || !(exact || self.file == LARGE_INTEGERS) {
            return self.fail(
                at,
                "the range is empty, or leaves what a double holds exactly (2^53 - 1)",
            );
        }
        Ok(range)
    }

    fn known_values(&self, values: &Json, at: &str) -> Result<Vec<KnownValue>> {
        let mut known = Vec::new();
        for (index, value) in values.items().unwrap_or_default().iter().enumerate() {
            let at = format!("{at}/{index}");
            self.only(value, &at, &["const", "description"])?;
            let Some(text) = value.get("const").and_then(Json::text) else {
                return self.fail(&at, "a value of an enum is a `const` text");
            };
            known.push(KnownValue {
                text: text.into(),
                description: self.description(value, &at)?,
            });
        }
        Ok(known)
    }

    fn open_enum(&self, ways: &Json, at: &str) -> Result<Shape> {
        let Some([known, any]) = ways.items() else {
            return self.fail(
                at,
                "an open enum has two ways: a `oneOf` of `const`, and any bounded string",
            );
        };
        self.only(known, &format!("{at}/0"), &["oneOf"])?;
        let known = known.get("oneOf").map_or_else(
            || {
                self.fail(
                    &format!("{at}/0"),
                    "the first way of an open enum is a `oneOf` of `const`",
                )
            },
            |values| self.known_values(values, &format!("{at}/0/oneOf")),
        )?;
        self.only(any, &format!("{at}/1"), &["type", "minLength", "maxLength"])?;
        Ok(Shape::Open(known, self.text(any, &format!("{at}/1"))?))
    }

    /// The name behind a `$ref`. Names are unique over all files, so the file
    /// part is for schema engines only.
    fn reference(&self, schema: &Json, at: &str) -> Result<String> {
        let target = schema
            .get("$ref")
            .and_then(Json::text)
            .and_then(|target| target.split_once("#/$defs/"));
        target.map_or_else(
            || {
                self.fail(
                    at,
                    "a `$ref` points at a definition: `common.schema.json#/$defs/Name`",
                )
            },
            |(_, name)| Ok(name.into()),
        )
    }

    fn description(&self, schema: &Json, at: &str) -> Result<String> {
        match schema.get("description").and_then(Json::text) {
            Some(text) if !text.trim().is_empty() => Ok(text.into()),
            _ => self.fail(at, "it has no description"),
        }
    }

    fn flag(&self, schema: &Json, at: &str, keyword: &str) -> Result<bool> {
        match schema.get(keyword).map(Json::to_value) {
            None => Ok(false),
            Some(serde_json::Value::Bool(true)) => Ok(true),
            Some(_) => self.fail(at, &format!("`{keyword}` is `true` or absent")),
        }
    }

    fn size(&self, schema: &Json, at: &str, keyword: &str) -> Result<Option<u64>> {
        let Some(value) = schema.get(keyword) else {
            return Ok(None);
        };
        value.to_value().as_u64().map_or_else(
            || self.fail(at, &format!("`{keyword}` is a whole number")),
            |size| Ok(Some(size)),
        )
    }

    fn bound(&self, schema: &Json, at: &str, keyword: &str) -> Result<u64> {
        self.size(schema, at, keyword)?.map_or_else(
            || {
                self.fail(
                    at,
                    &format!("it has no `{keyword}`: lists and maps are bounded"),
                )
            },
            Ok,
        )
    }

    fn only(&self, schema: &Json, at: &str, known: &[&str]) -> Result<()> {
        let members = schema.members().unwrap_or_default();
        match members
            .iter()
            .find(|(key, _)| !known.contains(&key.as_str()))
        {
            None => Ok(()),
            Some((key, _)) => self.fail(
                &format!("{at}/{key}"),
                &format!(
                    "`{key}` is not in the vocabulary here; allowed are {}",
                    known.join(", ")
                ),
            ),
        }
    }

    fn fail<T>(&self, at: &str, problem: &str) -> Result<T> {
        Err(LoadError::Schema {
            file: self.file.into(),
            pointer: at.into(),
            problem: problem.into(),
        })
    }
}
