//! Every example with one value changed: to each side of each bound, to every
//! other type, away, and with company that nobody declared.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use shellrt_codegen::model::{Kind as FieldKind, MapForm, Model, Range, Shape, TextForm};

use crate::judge::Document;
use crate::normal;

/// Longer lists, maps and texts than this are made once a form, not once a use.
const LARGE: u64 = 5_000;

pub(crate) fn documents(model: &Model, examples: &[Document]) -> Vec<Document> {
    let mut made = Vec::new();
    let mut seen = BTreeSet::new();
    for example in examples {
        let mut changes = Changes {
            model,
            changes: Vec::new(),
            seen: &mut seen,
        };
        for name in normal::definitions(model, example.kind, &example.value) {
            changes.of(
                &FieldKind::Named(name.into()),
                &example.value,
                &format!("{}:{}", example.kind.name(), example.value["_type"]),
                "",
            );
        }
        for (place, value) in changes.changes {
            let name = format!(
                "{} with {} at `{place}`",
                example.name,
                shown(value.as_ref())
            );
            if let Some(value) = changed(&example.value, &place, value) {
                made.push(Document {
                    kind: example.kind.in_version_of(&value),
                    name,
                    value,
                });
            }
        }
    }
    made
}

/// The places of all objects whose members are declared.
pub(crate) fn objects(model: &Model, document: &Document) -> Vec<String> {
    let mut places = BTreeSet::new();
    for name in normal::definitions(model, document.kind, &document.value) {
        collect(
            model,
            &FieldKind::Named(name.into()),
            &document.value,
            "",
            &mut places,
        );
    }
    places.into_iter().collect()
}

fn collect(
    model: &Model,
    kind: &FieldKind,
    value: &Value,
    at: &str,
    places: &mut BTreeSet<String>,
) {
    match (kind, value) {
        (FieldKind::List { item, .. }, Value::Array(items)) => {
            items.iter().enumerate().for_each(|(index, value)| {
                collect(model, item, value, &format!("{at}/{index}"), places)
            });
        }
        (FieldKind::Map(map), Value::Object(members)) => {
            for (key, value) in members {
                collect(
                    model,
                    &FieldKind::Named(map.value.clone()),
                    value,
                    &format!("{at}/{}", token(key)),
                    places,
                );
            }
        }
        (FieldKind::Named(name), Value::Object(members)) => {
            if let Shape::Struct(fields) = &model.definition(name).shape {
                places.insert(at.to_owned());
                for field in fields {
                    if let Some(value) = members.get(&field.name) {
                        collect(
                            model,
                            &field.kind,
                            value,
                            &format!("{at}/{}", field.name),
                            places,
                        );
                    }
                }
            }
        }
        _ => {}
    }
}

struct Changes<'a> {
    model: &'a Model,
    /// A place and what to put there; `None`: nothing.
    changes: Vec<(String, Option<Value>)>,
    /// What has been changed in an earlier example already.
    seen: &'a mut BTreeSet<String>,
}

impl Changes<'_> {
    fn of(&mut self, kind: &FieldKind, value: &Value, path: &str, at: &str) {
        let first = self.seen.insert(path.to_owned());
        if first && !at.is_empty() {
            self.other_types(at);
        }
        match kind {
            FieldKind::Boolean => {}
            FieldKind::Integer(range) => self.integers(*range, first, at),
            FieldKind::List {
                min_items,
                max_items,
                item,
            } => {
                if first {
                    self.lists(*min_items, *max_items, value, at);
                }
                for (index, value) in value.as_array().into_iter().flatten().enumerate() {
                    self.of(item, value, &format!("{path}/*"), &format!("{at}/{index}"));
                }
            }
            FieldKind::Map(map) => self.map(map, value, first, path, at),
            FieldKind::Named(name) => match &self.model.definition(name).shape {
                Shape::Integer(range) => self.integers(*range, first, at),
                Shape::Text(form) | Shape::Open(_, form) => self.texts(form, name, first, at),
                Shape::Closed(values) if first => {
                    let texts = values.iter().map(|value| value.text.clone()).chain([
                        "".into(),
                        "x".into(),
                        values[0].text.to_uppercase(),
                    ]);
                    self.changes
                        .extend(texts.map(|text| (at.to_owned(), Some(Value::from(text)))));
                }
                Shape::Map(map) => self.map(map, value, first, path, at),
                Shape::Struct(fields) => {
                    if first {
                        self.changes.push((
                            format!("{at}/zz_not_declared"),
                            Some(json!({ "a": [null] })),
                        ));
                    }
                    for field in fields {
                        let (path, at) = (
                            format!("{path}/{}", field.name),
                            format!("{at}/{}", field.name),
                        );
                        match value.get(&field.name) {
                            Some(member) => {
                                if !self.seen.contains(&path) {
                                    self.changes.push((at.clone(), None));
                                    self.changes.extend(
                                        field
                                            .default
                                            .clone()
                                            .map(|default| (at.clone(), Some(default))),
                                    );
                                }
                                self.of(&field.kind, member, &path, &at);
                            }
                            None => self.changes.push((at, Some(Value::Null))),
                        }
                    }
                }
                Shape::Closed(_) | Shape::Free => {}
            },
        }
    }

    fn other_types(&mut self, at: &str) {
        let values = [
            json!(null),
            json!(true),
            json!(0),
            json!(-1),
            json!(1.5),
            json!(2.0),
            json!(1e300),
            json!(""),
            json!("a"),
            json!([]),
            json!([null]),
            json!({}),
            json!({ "a": null }),
        ];
        self.changes
            .extend(values.map(|value| (at.to_owned(), Some(value))));
    }

    fn integers(&mut self, range: Range, first: bool, at: &str) {
        if first {
            let Range { minimum, maximum } = range;
            let ends = [
                minimum,
                minimum.saturating_sub(1),
                maximum,
                maximum.saturating_add(1),
            ];
            self.changes
                .extend(ends.map(|end| (at.to_owned(), Some(json!(end)))));
            self.changes.extend(
                [
                    json!(minimum as f64),
                    json!(0.5),
                    json!(-0.0),
                    json!(u64::MAX),
                    json!("1"),
                ]
                .map(|value| (at.to_owned(), Some(value))),
            );
        }
    }

    /// Whether a text has the form is not known here, and need not be: the
    /// judges must agree.
    fn texts(&mut self, form: &TextForm, name: &str, first: bool, at: &str) {
        if !first {
            return;
        }
        let mut lengths: BTreeSet<u64> = [
            0,
            1,
            2,
            form.min_length.saturating_sub(1),
            form.min_length,
            form.min_length + 1,
        ]
        .into();
        let large = form.max_length.is_some_and(|max| max > LARGE);
        if let Some(max) = form
            .max_length
            .filter(|_| !large || self.seen.insert(format!("large {name}")))
        {
            lengths.extend([max - 1, max, max + 1]);
        }
        for length in lengths {
            for (start, letter) in [
                ("", 'a'),
                ("", '0'),
                ("/", 'a'),
                ("", 'é'),
                ("", '😀'),
                ("", '~'),
                ("", ' '),
            ] {
                let text: String = start
                    .chars()
                    .chain(std::iter::repeat(letter))
                    .take(usize::try_from(length).expect("it is short"))
                    .collect();
                self.changes.push((at.to_owned(), Some(Value::from(text))));
            }
        }
        self.changes.extend(
            ODD_TEXTS
                .iter()
                .map(|text| (at.to_owned(), Some(Value::from(*text)))),
        );
    }

    fn lists(&mut self, min: u64, max: u64, value: &Value, at: &str) {
        let Some(item) = value.as_array().and_then(|items| items.first()) else {
            return;
        };
        let mut sizes = vec![0, min.saturating_sub(1), min];
        if max <= LARGE || (item.is_string() && self.seen.insert(format!("large list of {max}"))) {
            sizes.extend([max, max + 1]);
        }
        for size in sizes {
            let items = vec![item.clone(); usize::try_from(size).expect("it is short")];
            self.changes
                .push((at.to_owned(), Some(Value::Array(items))));
        }
    }

    fn map(&mut self, map: &MapForm, value: &Value, first: bool, path: &str, at: &str) {
        let Some(members) = value.as_object() else {
            return;
        };
        if let Some((_, member)) = members.iter().next().filter(|_| first) {
            let with_key =
                |key: &str| Value::Object(Map::from_iter([(key.to_owned(), member.clone())]));
            self.changes.extend(
                ODD_TEXTS
                    .iter()
                    .map(|key| (at.to_owned(), Some(with_key(key)))),
            );
            self.changes
                .push((at.to_owned(), Some(with_key(&"k".repeat(4096)))));
            self.changes
                .push((at.to_owned(), Some(with_key(&"k".repeat(4097)))));
            for size in [map.max_members, map.max_members + 1] {
                let many = (0..size).map(|number| (format!("k{number}"), member.clone()));
                self.changes
                    .push((at.to_owned(), Some(Value::Object(many.collect()))));
            }
        }
        for (key, value) in members {
            self.of(
                &FieldKind::Named(map.value.clone()),
                value,
                &format!("{path}/*"),
                &format!("{at}/{}", token(key)),
            );
        }
    }
}

/// Texts at the edges of the forms: dates, versions, digests, pointers, controls.
const ODD_TEXTS: [&str; 45] = [
    "",
    " ",
    "a b",
    "a\n",
    "\na",
    "a\u{0}b",
    "=",
    "A=B",
    "é",
    "\u{7f}",
    "\u{2028}",
    "..",
    ".",
    "-a",
    "a-",
    "a/b",
    "/a",
    "/",
    "/a/~0~1",
    "/a~",
    "/~2",
    "0.2.0",
    "0.1.99",
    "00.2.0",
    "1.2",
    "1.2.3.4",
    "0.2.0\n",
    "9999999999.0.0",
    "2024-02-29T00:00:00Z",
    "2023-02-29T00:00:00Z",
    "2000-02-29T23:59:59.123456789Z",
    "1900-02-29T00:00:00Z",
    "2023-04-31T00:00:00Z",
    "2023-01-01T24:00:00Z",
    "2023-01-01T00:00:60Z",
    "2023-01-01T00:00:00.Z",
    "2023-01-01T00:00:00.1234567890Z",
    "2023-01-01T00:00:00+00:00",
    "2023-01-01t00:00:00z",
    "linux/arm/v7",
    "linux/",
    "10.0.0.0/8",
    "fd00::/64",
    "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "sha256:0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
];

fn token(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn shown(value: Option<&Value>) -> String {
    let text = value.map_or_else(|| "nothing".to_owned(), Value::to_string);
    text.chars().take(80).collect()
}

/// The document with another value at a place.
fn changed(document: &Value, place: &str, value: Option<Value>) -> Option<Value> {
    let mut changed = document.clone();
    let (parent, key) = place.rsplit_once('/')?;
    let key = key.replace("~1", "/").replace("~0", "~");
    match (changed.pointer_mut(parent)?, value) {
        (Value::Object(members), Some(value)) => drop(members.insert(key, value)),
        (Value::Object(members), None) => drop(members.remove(&key)),
        (Value::Array(items), Some(value)) => *items.get_mut(key.parse::<usize>().ok()?)? = value,
        _ => return None,
    }
    Some(changed)
}
