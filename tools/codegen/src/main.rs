//! Generates the bindings, the flat schemas and the reference pages from
//! `schema/v0`.

mod backend;
mod model;

use std::path::{Path, PathBuf};

/// The root of the workspace that this program was built in.
fn workspace_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn main() {
    let root = workspace_root();
    let model = model::load(&root.join("schema/v0")).unwrap_or_else(|e| panic!("{e}"));
    for file in backend::generate(&model).unwrap_or_else(|e| panic!("{e}")) {
        let path = root.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.contents).unwrap();
    }
}
