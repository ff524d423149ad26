//! The package `shellrt`: dataclasses, enums, the error registry and the tables
//! of `normalise` and `check`.

mod classes;
mod enums;
mod tables;
mod text;

use super::{BackendError, GeneratedFile, PREAMBLE};
use crate::model::{Model, Shape};

const FOLDER: &str = "bindings/python/src/shellrt/_generated";

/// The heads are written by hand: the command's own class stands for `_type`.
const BY_HAND: [&str; 2] = ["RequestHead", "ResponseHead"];

/// The generated modules of the Python package.
///
/// # Errors
/// When a default is of a kind that no generated class can have.
pub fn generate(model: &Model) -> Result<Vec<GeneratedFile>, BackendError> {
    let mut files = vec![
        file("__init__", "What `schema/v0` determines.", ""),
        file(
            "enums",
            "The enums of the protocol.",
            &enums::generate(model),
        ),
        file(
            "errors",
            "The registry of the protocol's own errors.",
            &enums::errors(model),
        ),
        file(
            "tables",
            "The schema as tables, for `normalise` and `check`.",
            &tables::generate(model),
        ),
        file(
            "types/__init__",
            "The objects of the protocol.",
            &classes::index(model),
        ),
        file(
            "wire",
            "Commands with their requests and responses.",
            &wire(model),
        ),
    ];
    for (name, body) in classes::generate(model)? {
        files.push(file(
            &format!("types/{name}"),
            &format!("The objects of `{name}`."),
            &body,
        ));
    }
    Ok(files)
}

fn file(name: &str, purpose: &str, body: &str) -> GeneratedFile {
    let body = if body.is_empty() {
        String::new()
    } else {
        format!("\n{body}")
    };
    GeneratedFile {
        path: format!("{FOLDER}/{name}.py").into(),
        contents: format!("# {PREAMBLE}\n\"\"\"{purpose}\"\"\"\n{body}"),
    }
}

/// Which class holds the members of which command's request and response.
fn wire(model: &Model) -> String {
    let mut text = String::from("from __future__ import annotations\n");
    for (name, of) in [("REQUESTS", 0), ("RESPONSES", 1)] {
        text.push_str(&format!("\n{name} = {{\n"));
        for command in &model.commands {
            let class = [&command.request, &command.response][of];
            text.push_str(&format!("    \"{}\": \"{class}\",\n", command.name));
        }
        text.push_str("}\n");
    }
    text
}

fn classes_of(model: &Model) -> impl Iterator<Item = &crate::model::Definition> {
    model.definitions.iter().filter(|definition| {
        matches!(definition.shape, Shape::Struct(_)) && !BY_HAND.contains(&definition.name.as_str())
    })
}
