//! One back end per output. A back end turns the model into files and does no
//! I/O; a third language is one more entry in the list.

pub mod docs;
pub mod flat;
pub mod python;
pub mod rust;

use std::path::PathBuf;

use crate::model::Model;

/// One file that the schema determines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Where it goes, from the root of the workspace.
    pub path: PathBuf,
    /// All of it.
    pub contents: String,
}

/// What the first line of every generated file says, after the comment sign.
pub const PREAMBLE: &str = "Generated from schema/v0 by `cargo xtask codegen`; do not edit.";

/// A back end: a name for messages, the folder or file that is all its own, and
/// what makes the files.
pub struct Backend {
    /// What it makes, for messages.
    pub name: &'static str,
    /// The folders in which no file but its own may lie.
    pub owns: &'static [&'static str],
    /// Makes the files.
    pub generate: fn(&Model) -> Result<Vec<GeneratedFile>, BackendError>,
}

/// Every back end.
pub const BACKENDS: &[Backend] = &[
    Backend {
        name: "Rust",
        owns: &["bindings/rust/src/generated"],
        generate: rust::generate,
    },
    Backend {
        name: "Python",
        owns: &["bindings/python/src/shellrt/_generated"],
        generate: python::generate,
    },
    Backend {
        name: "flat schemas",
        owns: &["schema/flat"],
        generate: flat::generate,
    },
    Backend {
        name: "reference",
        owns: &["docs/reference"],
        generate: docs::generate,
    },
];

/// Why a back end cannot make its files.
#[derive(Debug, thiserror::Error)]
pub enum BackendError {
    /// The schema asks for something that the back end cannot express.
    #[error("{definition}: {problem}")]
    Definition {
        /// The definition at fault.
        definition: String,
        /// What cannot be expressed, and why.
        problem: String,
    },
    /// A tool that the back end runs failed.
    #[error("cannot run `{tool}`: {problem}")]
    Tool {
        /// The program.
        tool: &'static str,
        /// What happened.
        problem: String,
    },
}

/// The files of all back ends, by path.
///
/// # Errors
/// The first error of a back end.
pub fn generate(model: &Model) -> Result<Vec<GeneratedFile>, BackendError> {
    let mut files = Vec::new();
    for backend in BACKENDS {
        files.extend((backend.generate)(model)?);
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
