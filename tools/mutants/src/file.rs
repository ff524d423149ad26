//! Mutant files: read, and told apart into the mutants that they make.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::format::Mutant;

/// Why a mutant cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("cannot read `{path}`: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is not what its schema says.
    #[error(
        "the mutant `{path}` is wrong: {source}\nhint: its schema is conformance/mutant.schema.json"
    )]
    Form {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: serde_json::Error,
    },
    /// The file makes no mutant of that name.
    #[error("`{path}` makes no mutant `{variant}`\nhint: it makes {known}")]
    Variant {
        /// The file.
        path: PathBuf,
        /// The name that was asked for.
        variant: String,
        /// Those that there are.
        known: String,
    },
}

/// The mutants that a file makes: the name of each within the file, empty where
/// there is but one.
///
/// # Errors
/// When it cannot be read or is malformed.
pub fn mutants(path: &Path) -> Result<Vec<(String, Mutant)>, FileError> {
    let mut made = Vec::new();
    for (variant, document) in documents(path)? {
        made.push((variant, mutant(path, document)?));
    }
    Ok(made)
}

/// The one mutant of that name.
///
/// # Errors
/// When the file cannot be read, is malformed, or does not make it.
pub fn mutant_named(path: &Path, variant: &str) -> Result<Mutant, FileError> {
    let mut made = documents(path)?;
    match made.iter().position(|(name, _)| name == variant) {
        Some(place) => mutant(path, made.swap_remove(place).1),
        None => Err(FileError::Variant {
            path: path.to_owned(),
            variant: variant.to_owned(),
            known: made
                .iter()
                .map(|(name, _)| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", "),
        }),
    }
}

fn mutant(path: &Path, document: Value) -> Result<Mutant, FileError> {
    serde_json::from_value(document).map_err(|source| FileError::Form {
        path: path.to_owned(),
        source,
    })
}

fn documents(path: &Path) -> Result<Vec<(String, Value)>, FileError> {
    let text = fs::read_to_string(path).map_err(|source| FileError::Read {
        path: path.to_owned(),
        source,
    })?;
    let document: Value = serde_json::from_str(&text).map_err(|source| FileError::Form {
        path: path.to_owned(),
        source,
    })?;
    let entries = document["each"].as_array().cloned().unwrap_or_default();
    if entries.is_empty() {
        return Ok(vec![(String::new(), document)]);
    }
    let entries = entries
        .iter()
        .filter_map(Value::as_object)
        .map(|entry| (name_of(entry), filled(&document, entry)));
    Ok(entries.collect())
}

fn name_of(entry: &Map<String, Value>) -> String {
    match entry.get("as") {
        Some(name) => told(name),
        None => entry.values().map(told).collect::<Vec<_>>().join("-"),
    }
}

fn told(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Every `${name}` that the entry has a value for is replaced; others mean
/// something else.
fn filled(value: &Value, entry: &Map<String, Value>) -> Value {
    match value {
        Value::String(text) => {
            let whole = entry
                .iter()
                .find(|(name, _)| *text == format!("${{{name}}}"));
            match whole {
                Some((_, value)) => value.clone(),
                None => Value::String(replaced(text, entry)),
            }
        }
        Value::Array(items) => items.iter().map(|item| filled(item, entry)).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (replaced(name, entry), filled(value, entry)))
            .collect::<Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

fn replaced(text: &str, entry: &Map<String, Value>) -> String {
    entry.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("${{{name}}}"), &told(value))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn made(document: &Value) -> Vec<(String, Mutant)> {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), document.to_string()).unwrap();
        mutants(file.path()).unwrap()
    }

    fn conformance() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance")
    }

    #[test]
    fn mutants_are_what_their_committed_schema_says() {
        let mut schema = schemars::schema_for!(Mutant).to_value();
        schema["title"] = "A mutant of a plugin".into();
        let wanted = format!("{schema:#}\n");
        let path = conformance().join("mutant.schema.json");
        if std::env::var_os("SHELLRT_UPDATE").is_some() {
            fs::write(&path, &wanted).unwrap();
        }
        let found = fs::read_to_string(&path).unwrap_or_default();
        let hint = "mutant.schema.json is old: SHELLRT_UPDATE=1 cargo test -p shellrt-mutants";
        assert_eq!(found, wanted, "{hint}");
    }

    #[test]
    fn each_entry_makes_a_mutant_of_its_own() {
        let made = made(&json!({
            "breaks": "M-${state}-start", "title": "Starts ${state} ones wrongly", "base": "process",
            "each": [{"state": "paused", "code": 9}, {"state": "dead", "code": 7, "as": "gone"}],
            "when": {"state": ["${state}"]},
            "faults": [{"answer": {"code": "${code}", "name": "${/name}"}}]
        }));
        assert_eq!(made[0].0, "9-paused");
        assert_eq!(made[1].0, "gone");
        assert_eq!(made[1].1.breaks, "M-dead-start");
        assert_eq!(made[1].1.when.state, ["dead"]);
        let crate::format::Fault::Answer(answer) = &made[0].1.faults[0] else {
            panic!("{:?}", made[0].1);
        };
        assert_eq!(
            Value::Object(answer.clone()),
            json!({"code": 9, "name": "${/name}"})
        );
    }
}
