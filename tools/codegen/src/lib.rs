//! Generates the bindings, the flat schemas and the reference pages from
//! `schema/v0`, and keeps released wires from breaking.
//!
//! [`model`] reads the schema into plain data, each module of [`backend`] turns
//! the data into files, [`sync`] compares them with the tree, [`compat`] compares
//! the schema with the frozen ones of [`release`].

pub mod backend;
pub mod compat;
pub mod flat;
pub mod model;
pub mod release;
pub mod sync;

use std::path::{Path, PathBuf};

/// The root of the workspace that this program was built in.
#[must_use]
pub fn workspace_root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().unwrap_or(root)
}
