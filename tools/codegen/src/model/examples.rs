//! Reads the corpus's examples, for the pages that show them.

use std::fs;
use std::path::{Path, PathBuf};

use super::LoadError;

/// One file of `examples`.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its folder: a command, `error`, or `img_pull_progress`.
    pub folder: String,
    /// Its name without `.json`: what it shows.
    pub name: String,
    /// All of it, as it is written.
    pub text: String,
}

/// The examples below `folder`, by folder and name; none where there is no such
/// folder.
pub(super) fn read_examples(folder: &Path) -> Result<Vec<Example>, LoadError> {
    let mut examples = Vec::new();
    if !folder.is_dir() {
        return Ok(examples);
    }
    for part in entries(folder)? {
        for path in entries(&part)? {
            let text = fs::read_to_string(&path).map_err(|source| LoadError::Io {
                path: path.clone(),
                source,
            })?;
            examples.push(Example {
                folder: stem(&part),
                name: stem(&path),
                text,
            });
        }
    }
    Ok(examples)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, LoadError> {
    let io = |source| LoadError::Io {
        path: folder.into(),
        source,
    };
    let paths = fs::read_dir(folder)
        .map_err(io)?
        .map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<Result<Vec<_>, _>>().map_err(io)?;
    paths.sort();
    Ok(paths)
}

/// The name without its ending; names may hold dots of their own.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.strip_suffix(".json").unwrap_or(&name).to_owned()
}
