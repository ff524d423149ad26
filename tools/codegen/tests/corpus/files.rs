//! The documents on disk.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::judge::{Document, Kind, Reason};
use crate::root;

/// The documents of `examples` or `invalid`, less bare lines of progress, which
/// have no envelope.
pub(crate) fn read(kind: &str) -> Vec<Document> {
    let mut documents = Vec::new();
    for folder in folders(kind) {
        if folder == "img_pull_progress" {
            continue;
        }
        let folder = root().join("schema/v0").join(kind).join(folder);
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("its entries can be read").path();
            let text = fs::read(&path).expect("the file can be read");
            let value: Value = serde_json::from_slice(&text)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let name = path
                .strip_prefix(root())
                .expect("it lies below the root")
                .display()
                .to_string();
            documents.push(Document {
                kind: Kind::of(&value),
                name,
                value,
            });
        }
    }
    documents.sort_by(|a, b| a.name.cmp(&b.name));
    documents
}

pub(crate) fn folders(kind: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join("schema/v0").join(kind)).expect("the corpus is there");
    let entries = entries.map(|entry| entry.expect("its entries can be read"));
    entries
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

/// `.../range--ipam.0.subnet--words.json` as the reason that it names.
pub(crate) fn reason(name: &str) -> Reason {
    let file = name.rsplit('/').next().unwrap_or_default();
    let mut parts = file.split("--");
    let rule = parts.next().unwrap_or_default().to_owned();
    let place = parts.next().unwrap_or_default();
    let pointer = if place.is_empty() {
        String::new()
    } else {
        format!("/{}", place.replace('.', "/"))
    };
    Reason { pointer, rule }
}
