//! The file: exchanges of several plugins at once, one line each.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::{FlockOperation, flock};

use super::record::{FORM, Record};
use crate::documents::{self, Document};
use crate::fault::Failure;

/// A file to which several programs add lines.
#[derive(Debug)]
pub(crate) struct Lines {
    path: String,
    file: File,
}

impl Lines {
    /// Opens it, or makes one that its owner alone can read.
    pub(crate) fn open(path: &Path) -> Result<Lines, Failure> {
        let opened = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(path);
        let path = path.display().to_string();
        match opened {
            Ok(file) => Ok(Lines { path, file }),
            Err(source) => Err(Failure::WriteFile { path, source }),
        }
    }

    /// Adds lines in one piece: others that write to the file wait, and what could
    /// not be written to its end, on a full disk, leaves nothing behind.
    pub(crate) fn append(&self, lines: &[u8]) -> Result<(), Failure> {
        let mut file = &self.file;
        // Where locks are not to be had, one write in append mode is whole too.
        let locked = flock(file, FlockOperation::LockExclusive).is_ok();
        let before = file.seek(SeekFrom::End(0));
        let written = file.write_all(lines);
        if let (Err(_), true, Ok(before)) = (&written, locked, before) {
            let _ = file.set_len(before);
        }
        if locked {
            let _ = flock(file, FlockOperation::Unlock);
        }
        written.map_err(|source| Failure::WriteFile {
            path: self.path.clone(),
            source,
        })
    }
}

/// Hands out the exchanges of a tape with their lines.
///
/// # Errors
/// When the file cannot be read, or a line of it is no exchange.
pub(crate) fn exchanges(
    input: impl Read,
    name: &str,
    mut visit: impl FnMut(u64, &Record) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut failed = None;
    let input = BufReader::with_capacity(64 * 1024, input);
    let read = documents::each::<io::Error>(input, true, |Document { line, bytes }| {
        let line = line.unwrap_or(1);
        let done = record(bytes, name, line).and_then(|record| visit(line, &record));
        done.map_err(|failure| {
            failed = Some(failure);
            io::Error::other("stopped")
        })
    });
    match (failed, read) {
        (Some(failure), _) => Err(failure),
        (None, Err(source)) => Err(Failure::Read {
            path: name.to_owned(),
            source,
        }),
        (None, Ok(())) => Ok(()),
    }
}

fn record(bytes: Option<&[u8]>, name: &str, line: u64) -> Result<Record, Failure> {
    let refused = |why: String| Failure::Tape {
        path: name.to_owned(),
        line,
        why,
    };
    let bytes = bytes.ok_or_else(|| refused("the line is too long".to_owned()))?;
    let record: Record =
        serde_json::from_slice(bytes).map_err(|error| refused(error.to_string()))?;
    if record.tape == FORM {
        Ok(record)
    } else {
        let form: String = record.tape.escape_debug().collect();
        Err(refused(format!("its form is `{form}` and not `{FORM}`")))
    }
}
