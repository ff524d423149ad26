//! Files that are either as they were or as they are to be, whatever happens.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::failure::Failure;

/// Environments hold secrets: nothing here is for other users.
const DIRECTORY_MODE: u32 = 0o700;
const FILE_MODE: u32 = 0o600;

/// Writes `value` to `path` as JSON, replacing what was there: complete on
/// disk when this returns, untouched when it fails.
pub(crate) fn replace(path: &Path, value: &impl Serialize) -> Result<(), Failure> {
    let mut bytes =
        serde_json::to_vec(value).map_err(|error| Failure::io("encode", path, error.into()))?;
    bytes.push(b'\n');
    let temporary = path.with_extension("new");
    let write = || -> io::Result<()> {
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(FILE_MODE)
            .open(&temporary)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    };
    write().map_err(|error| Failure::io("write", path, error))?;
    sync_parent(path)
}

/// Reads JSON from `path`; `None` where there is no such file.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, Failure> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::io("read", path, error)),
    };
    let damaged = |error: serde_json::Error| Failure::Damaged {
        path: path.to_owned(),
        why: error.to_string(),
    };
    serde_json::from_slice(&bytes).map(Some).map_err(damaged)
}

/// Makes an empty file. Says whether it was this process that made it; where
/// the directory has gone nobody has.
pub(crate) fn make_mark(path: &Path) -> Result<bool, Failure> {
    let mut options = OpenOptions::new();
    let made = options.write(true).create_new(true).mode(FILE_MODE);
    match made.open(path) {
        Ok(_) => Ok(true),
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound
            ) =>
        {
            Ok(false)
        }
        Err(error) => Err(Failure::io("make", path, error)),
    }
}

/// Makes a directory and those above it; one that exists is no error.
pub(crate) fn make_directory(path: &Path) -> Result<(), Failure> {
    let make = fs::DirBuilder::new()
        .recursive(true)
        .mode(DIRECTORY_MODE)
        .create(path);
    make.map_err(|error| Failure::io("make the directory", path, error))
}

/// Moves a directory, durably.
pub(crate) fn move_directory(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::rename(from, to).map_err(|error| Failure::io("move", from, error))?;
    sync_parent(to)?;
    sync_parent(from)
}

/// Removes a directory with all that is in it; none is no error.
pub(crate) fn remove_directory(path: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Failure::io("remove", path, error))
        }
        _ => Ok(()),
    }
}

/// Makes names that were added to or taken from the directory of `path` last.
pub(crate) fn sync_parent(path: &Path) -> Result<(), Failure> {
    let parent = path.parent().unwrap_or(path);
    let sync = File::open(parent).and_then(|directory| directory.sync_all());
    sync.map_err(|error| Failure::io("write", parent, error))
}
