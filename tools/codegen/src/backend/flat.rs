//! The flat schemas: each kind of message in one file, open and strict.

use super::{BackendError, GeneratedFile, PREAMBLE};
use crate::flat::{Strength, document};
use crate::model::{COMPOSING, Model};

/// The published single-file forms of the schema.
///
/// # Errors
/// None; the signature is that of every back end.
pub fn generate(model: &Model) -> Result<Vec<GeneratedFile>, BackendError> {
    let mut files = Vec::new();
    for root in COMPOSING {
        for (strength, suffix) in [(Strength::Open, ""), (Strength::Strict, ".strict")] {
            let mut flat = document(model, root, strength);
            // JSON has no comments but this one.
            flat["$comment"] = PREAMBLE.into();
            files.push(GeneratedFile {
                path: format!("schema/flat/v0/{root}{suffix}.schema.json").into(),
                contents: format!("{flat:#}\n"),
            });
        }
    }
    Ok(files)
}
