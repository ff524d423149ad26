//! Frozen copies of released wires: `schema/releases/<version>/` holds the
//! schema files and, one a line, every example of its day.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::model::Model;

/// Where the releases are, from the root of the workspace.
pub const FOLDER: &str = "schema/releases";

/// The file of a release that holds its examples.
pub const CORPUS: &str = "examples.ndjson";

/// The versions that were released, with their folders.
///
/// # Errors
/// When the folder cannot be read.
pub fn all(root: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut releases = Vec::new();
    for entry in fs::read_dir(root.join(FOLDER))? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            releases.push((
                entry.file_name().to_string_lossy().into_owned(),
                entry.path(),
            ));
        }
    }
    releases.sort();
    Ok(releases)
}

/// Freezes the schema as it is now.
///
/// # Errors
/// When the version is frozen already, or a file cannot be written.
pub fn freeze(root: &Path, model: &Model, version: &str) -> io::Result<PathBuf> {
    let folder = root.join(FOLDER).join(version);
    fs::create_dir_all(root.join(FOLDER))?;
    fs::create_dir(&folder)?;
    for file in &model.files {
        let name = format!("{}.schema.json", file.name);
        fs::copy(root.join("schema/v0").join(&name), folder.join(&name))?;
    }
    fs::copy(
        root.join("schema/v0/errors.json"),
        folder.join("errors.json"),
    )?;
    let mut corpus = fs::File::create(folder.join(CORPUS))?;
    for example in &model.examples {
        let document: Value = serde_json::from_str(&example.text)?;
        let name = format!("{}/{}", example.folder, example.name);
        writeln!(corpus, "{}", json!({ "name": name, "document": document }))?;
    }
    Ok(folder)
}
