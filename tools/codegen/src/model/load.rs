//! Reads the folder `schema/v0` into a [`Model`], or says what is wrong with it
//! and where.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::examples::read_examples;
use super::shape::Reader;
use super::{Command, ErrorRow, Json, Kind, MapForm, Model, Range, SchemaFile, Shape};

/// Why a schema cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file or folder cannot be read.
    #[error("cannot read `{path}`: {source}")]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is not JSON.
    #[error("`{path}` is not one JSON document: {source}")]
    Syntax {
        /// Which.
        path: PathBuf,
        /// Where and why.
        source: serde_json::Error,
    },
    /// The schema uses what the generated code could not enforce.
    #[error("{file}.schema.json#{pointer}: {problem}")]
    Schema {
        /// The file, without `.schema.json`.
        file: String,
        /// The place in it, as a JSON pointer.
        pointer: String,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// The error registry contradicts itself.
    #[error("errors.json: {0}")]
    Registry(String),
}

/// The files that compose messages out of definitions; they define nothing.
pub const COMPOSING: [&str; 3] = ["request", "response", "response_0_1"];

/// Reads the schema in `folder`.
///
/// # Errors
/// When a file cannot be read, uses a keyword outside of the vocabulary, or
/// refers to a definition that is not there.
pub fn load(folder: &Path) -> Result<Model, LoadError> {
    let files = read_files(folder)?;
    let mut definitions = Vec::new();
    for file in files
        .iter()
        .filter(|file| !COMPOSING.contains(&file.name.as_str()))
    {
        definitions.extend(Reader::new(&file.name).definitions(&file.document)?);
    }
    let errors: Registry = read(&folder.join("errors.json"))?;
    let examples = read_examples(&folder.join("examples"))?;
    let mut model = Model {
        definitions,
        commands: Vec::new(),
        errors: errors.errors,
        files,
        examples,
    };
    check_names(&model)?;
    check_defaults(&model)?;
    model.commands = commands(&model)?;
    check_registry(&model)?;
    Ok(model)
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Registry {
    #[serde(rename = "description")]
    _description: String,
    errors: Vec<ErrorRow>,
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, LoadError> {
    let bytes = fs::read(path).map_err(|source| LoadError::Io {
        path: path.into(),
        source,
    })?;
    serde_json::from_slice(&bytes).map_err(|source| LoadError::Syntax {
        path: path.into(),
        source,
    })
}

fn read_files(folder: &Path) -> Result<Vec<SchemaFile>, LoadError> {
    let io = |source| LoadError::Io {
        path: folder.into(),
        source,
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if let Some(name) = name.strip_suffix(".schema.json") {
            let document: Json = read(&path)?;
            let description = document
                .get("description")
                .and_then(Json::text)
                .unwrap_or_default()
                .into();
            files.push(SchemaFile {
                name: name.into(),
                description,
                document,
            });
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// Names are unique, and every name that is used is defined.
fn check_names(model: &Model) -> Result<(), LoadError> {
    let mut names = BTreeSet::new();
    for definition in &model.definitions {
        if !names.insert(definition.name.as_str()) {
            return Err(problem(
                &definition.file,
                &definition.name,
                "another definition has this name already",
            ));
        }
    }
    for definition in &model.definitions {
        for used in used_names(&definition.shape) {
            if !names.contains(used) {
                let text = format!("it refers to `{used}`, which no file defines");
                return Err(problem(&definition.file, &definition.name, &text));
            }
        }
    }
    Ok(())
}

fn used_names(shape: &Shape) -> Vec<&str> {
    fn of_map(map: &MapForm) -> Vec<&str> {
        vec![&map.key, &map.value]
    }
    fn of_kind(kind: &Kind) -> Vec<&str> {
        match kind {
            Kind::Named(name) => vec![name],
            Kind::List { item, .. } => of_kind(item),
            Kind::Map(map) => of_map(map),
            Kind::Boolean | Kind::Integer(_) => Vec::new(),
        }
    }
    match shape {
        Shape::Struct(fields) => fields
            .iter()
            .flat_map(|field| of_kind(&field.kind))
            .collect(),
        Shape::Map(map) => of_map(map),
        _ => Vec::new(),
    }
}

/// A default is a value that its member may have.
fn check_defaults(model: &Model) -> Result<(), LoadError> {
    for definition in &model.definitions {
        let Shape::Struct(fields) = &definition.shape else {
            continue;
        };
        for field in fields {
            if let Some(default) = &field.default
                && !fits(model, &field.kind, default)
            {
                let place = format!("{}/properties/{}", definition.name, field.name);
                let text = format!("`{default}` is not a value that the member may have");
                return Err(problem(&definition.file, &place, &text));
            }
        }
    }
    Ok(())
}

/// Whether a default fits; empty lists and objects are all that there are of
/// theirs.
fn fits(model: &Model, kind: &Kind, default: &Value) -> bool {
    let within = |range: &Range| {
        default
            .as_i64()
            .is_some_and(|number| (range.minimum..=range.maximum).contains(&number))
    };
    let is_empty_object = default.as_object().is_some_and(serde_json::Map::is_empty);
    match kind {
        Kind::Boolean => default.is_boolean(),
        Kind::Integer(range) => within(range),
        Kind::List { min_items, .. } => *min_items == 0 && default == &Value::Array(Vec::new()),
        Kind::Map(_) => is_empty_object,
        Kind::Named(name) => match &model.definition(name).shape {
            Shape::Integer(range) => within(range),
            Shape::Closed(values) => values.iter().any(|value| default == value.text.as_str()),
            Shape::Map(_) | Shape::Free => is_empty_object,
            Shape::Struct(fields) => is_empty_object && fields.iter().all(|field| !field.required),
            Shape::Text(_) | Shape::Open(..) => false,
        },
    }
}

/// The commands of the envelope, each with the file of its name.
fn commands(model: &Model) -> Result<Vec<Command>, LoadError> {
    let Shape::Closed(names) = &model.definition("Command").shape else {
        return Err(problem(
            "envelope",
            "Command",
            "it lists the commands, so it is a `oneOf` of `const`",
        ));
    };
    let mut commands = Vec::new();
    for known in names {
        let stem = pascal_case(&known.text);
        let (request, response) = (format!("{stem}Request"), format!("{stem}Response"));
        for name in [&request, &response] {
            if !model
                .definitions
                .iter()
                .any(|definition| definition.name == *name)
            {
                return Err(problem(
                    &known.text,
                    name,
                    "every command has a request and a response; this one is missing",
                ));
            }
        }
        commands.push(Command {
            name: known.text.clone(),
            description: known.description.clone(),
            request,
            response,
        });
    }
    Ok(commands)
}

fn check_registry(model: &Model) -> Result<(), LoadError> {
    let Shape::Open(classes, _) = &model.definition("ErrorClass").shape else {
        return Err(problem(
            "error",
            "ErrorClass",
            "it lists the classes, so it is an open enum",
        ));
    };
    for pair in model.errors.windows(2) {
        if pair[0].code >= pair[1].code {
            return Err(LoadError::Registry(format!(
                "code {} does not come after {}",
                pair[1].code, pair[0].code
            )));
        }
    }
    for row in &model.errors {
        let say = |text: String| Err(LoadError::Registry(format!("code {}: {text}", row.code)));
        if !(1..=99).contains(&row.code) {
            return say("the protocol's own codes are 1 to 99".into());
        }
        if !classes.iter().any(|class| class.text == row.class) {
            return say(format!("`{}` is none of the classes", row.class));
        }
        // edgeAgent repeats what is answered with 500 or more and takes 4xx as
        // final, so the two columns say the same thing.
        if row.retryable != (row.http_status >= 500) {
            return say("`retryable` holds exactly where `http_status` is 500 or more".into());
        }
    }
    Ok(())
}

fn problem(file: &str, definition: &str, text: &str) -> LoadError {
    LoadError::Schema {
        file: file.into(),
        pointer: format!("/$defs/{definition}"),
        problem: text.into(),
    }
}

/// `img_pull` as `ImgPull`.
pub fn pascal_case(name: &str) -> String {
    name.split('_')
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
                .unwrap_or_default()
        })
        .collect()
}
