//! The generated files against those in the tree.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::backend::{BACKENDS, GeneratedFile};

/// What is wrong with one file of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drift {
    /// It is not there.
    Missing(PathBuf),
    /// It says something else; the first line that differs, as it is and as it
    /// should be.
    Differs {
        /// The file.
        path: PathBuf,
        /// The number of the line, from 1.
        line: usize,
        /// The line in the tree.
        actual: String,
        /// The line that the schema determines.
        wanted: String,
    },
    /// No back end makes it any more.
    Stale(PathBuf),
}

/// Where the tree is not what the schema determines.
///
/// # Errors
/// When a folder or file cannot be read.
pub fn check(root: &Path, files: &[GeneratedFile]) -> io::Result<Vec<Drift>> {
    let mut drift = Vec::new();
    for file in files {
        match fs::read(root.join(&file.path)) {
            Ok(bytes) if bytes == file.contents.as_bytes() => {}
            Ok(bytes) => drift.push(differs(file, &String::from_utf8_lossy(&bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                drift.push(Drift::Missing(file.path.clone()))
            }
            Err(error) => return Err(error),
        }
    }
    drift.extend(stale(root, files)?.into_iter().map(Drift::Stale));
    Ok(drift)
}

/// Makes the tree what the schema determines; the files that were changed.
///
/// # Errors
/// When a file cannot be written or removed.
pub fn write(root: &Path, files: &[GeneratedFile]) -> io::Result<Vec<PathBuf>> {
    let mut changed = Vec::new();
    for drift in check(root, files)? {
        let (Drift::Missing(path) | Drift::Differs { path, .. } | Drift::Stale(path)) = &drift;
        let target = root.join(path);
        match files.iter().find(|file| file.path == *path) {
            Some(file) => {
                if let Some(folder) = target.parent() {
                    fs::create_dir_all(folder)?;
                }
                fs::write(&target, &file.contents)?;
            }
            None => fs::remove_file(&target)?,
        }
        changed.push(path.clone());
    }
    Ok(changed)
}

fn differs(file: &GeneratedFile, actual: &str) -> Drift {
    let (mut ours, mut theirs) = (file.contents.split('\n'), actual.split('\n'));
    let mut line = 0;
    loop {
        line += 1;
        let (wanted, actual) = (ours.next(), theirs.next());
        if wanted != actual {
            let text = |text: Option<&str>| text.unwrap_or("(the file ends here)").to_owned();
            return Drift::Differs {
                path: file.path.clone(),
                line,
                actual: text(actual),
                wanted: text(wanted),
            };
        }
    }
}

/// Files in folders that belong to a back end and that it does not make.
fn stale(root: &Path, files: &[GeneratedFile]) -> io::Result<BTreeSet<PathBuf>> {
    let made: BTreeSet<&Path> = files.iter().map(|file| file.path.as_path()).collect();
    let mut stale = BTreeSet::new();
    for folder in BACKENDS.iter().flat_map(|backend| backend.owns) {
        collect(root, Path::new(folder), &mut stale)?;
    }
    stale.retain(|path| !made.contains(path.as_path()));
    Ok(stale)
}

fn collect(root: &Path, folder: &Path, found: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    let entries = match fs::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            // What Python leaves beside the modules that it imports.
            if entry.file_name() != "__pycache__" {
                collect(root, &path, found)?;
            }
        } else {
            found.insert(path);
        }
    }
    Ok(())
}
