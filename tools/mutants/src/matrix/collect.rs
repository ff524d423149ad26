//! The mutants of the tree, each with its name.

use std::fs;
use std::path::{Path, PathBuf};

use super::tree::Tree;
use super::{Engine, Failure};
use crate::file;
use crate::format::{Base, Mutant};

/// Folders whose files are no plugins' mutants: whole programs, and those of
/// hosts.
const OTHERS: [&str; 2] = ["whole", "hosts"];

/// A mutant that is to be played.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    /// `<profile>/<file>`, and `-<variant>` where the file makes several.
    pub(super) id: String,
    pub(super) path: PathBuf,
    pub(super) variant: String,
    pub(super) mutant: Mutant,
}

impl Subject {
    pub(super) fn engine(&self) -> Engine {
        match self.mutant.base {
            Base::Containerd => Engine::Containerd,
            Base::Process | Base::Program(_) => Engine::Process,
        }
    }
}

/// All of them, in the order of their names.
pub(super) fn subjects(tree: &Tree) -> Result<Vec<Subject>, Failure> {
    let folder = tree.mutants();
    let mut found = Vec::new();
    for path in files(&folder, &folder)? {
        let name = path
            .strip_prefix(&folder)
            .unwrap_or(&path)
            .with_extension("");
        for (variant, mutant) in file::mutants(&path)? {
            let mut id = name.display().to_string();
            if !variant.is_empty() {
                id = format!("{id}-{variant}");
            }
            let is_whole = matches!(mutant.base, Base::Program(_));
            if is_whole != mutant.faults.is_empty() {
                let text = "a whole plugin has no `faults`, and every other mutant has some";
                return Err(format!("the mutant `{id}` is wrong: {text}").into());
            }
            found.push(Subject {
                id,
                path: path.clone(),
                variant,
                mutant,
            });
        }
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    if let Some(pair) = found.windows(2).find(|pair| pair[0].id == pair[1].id) {
        return Err(format!("two mutants are called `{}`", pair[0].id).into());
    }
    Ok(found)
}

fn files(folder: &Path, root: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder)
        .map_err(|error| format!("cannot read `{}`: {error}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let is_other = OTHERS.iter().any(|other| path == root.join(other));
        if path.is_dir() && !is_other {
            found.extend(files(&path, root)?);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            found.push(path);
        }
    }
    Ok(found)
}
