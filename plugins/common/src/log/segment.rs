//! One file of a log: a head, then records.
//!
//! ```text
//! magic and format     8 bytes
//! first and last time  i64, i64   of all records; both 0 until it is sealed
//! ```

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::record::{Found, RECORD_MAX, Record, length_before};
use crate::time::UnixNanos;

/// The length of the head of a segment.
pub(super) const HEAD: u64 = 24;

const MAGIC: [u8; 8] = *b"SHRTLOG\x01";
const RANGE_AT: u64 = 8;
const SCAN: usize = 64 * 1024;

/// The times between which all records of a sealed segment lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) first: UnixNanos,
    pub(super) last: UnixNanos,
}

/// The numbers of the segments in a directory, oldest first. One that is gone
/// (its module was removed) has none.
pub(super) fn numbers(directory: &Path) -> io::Result<Vec<u64>> {
    let mut numbers = Vec::new();
    let listing = match fs::read_dir(directory) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(numbers),
        listing => listing?,
    };
    for entry in listing {
        numbers.extend(
            entry?
                .file_name()
                .to_str()
                .and_then(|name| name.parse::<u64>().ok()),
        );
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// Where the segment `number` is.
pub(super) fn path(directory: &Path, number: u64) -> PathBuf {
    directory.join(format!("{number:08}"))
}

/// Makes an empty segment.
pub(super) fn create(directory: &Path, number: u64) -> io::Result<File> {
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path(directory, number))?;
    let mut head = [0; HEAD as usize];
    head[..MAGIC.len()].copy_from_slice(&MAGIC);
    file.write_all_at(&head, 0)?;
    Ok(file)
}

/// Notes the range of times of a segment that gets no more records.
pub(super) fn seal(file: &File, range: Range) -> io::Result<()> {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&range.first.to_le_bytes());
    bytes[8..].copy_from_slice(&range.last.to_le_bytes());
    file.write_all_at(&bytes, RANGE_AT)
}

/// The range of a sealed segment; `None` where it is not sealed.
///
/// # Errors
/// `InvalidData` where the file is no segment that this version can read.
pub(super) fn range(file: &File) -> io::Result<Option<Range>> {
    let mut head = [0; HEAD as usize];
    match file.read_exact_at(&mut head, 0) {
        Ok(()) if head[..MAGIC.len()] == MAGIC => {}
        Ok(()) => {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "it is no log of this version",
            ));
        }
        // It was made this moment, or the machine went down just then.
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let time = |at: usize| {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&head[at..at + 8]);
        UnixNanos::from_le_bytes(bytes)
    };
    let range = Range {
        first: time(8),
        last: time(16),
    };
    Ok((range != Range { first: 0, last: 0 }).then_some(range))
}

/// Where the last whole record of the segment ends. As a rule that is the end
/// of the file, and the last record shows it; after a crash, or while a write
/// is on its way, the segment is read from its beginning.
pub(super) fn end_of_records(file: &File) -> io::Result<u64> {
    let length = file.metadata()?.len();
    if length <= HEAD {
        return Ok(HEAD);
    }
    let window = (length - HEAD).min(RECORD_MAX as u64);
    let mut bytes = vec![0; window as usize];
    file.read_exact_at(&mut bytes, length - window)?;
    if let Some(last) = length_before(&bytes).filter(|&last| last <= bytes.len()) {
        if let Found::Record(_, found) = Record::decode(&bytes[bytes.len() - last..]) {
            if found == last {
                return Ok(length);
            }
        }
    }
    scan_to_end(file)
}

fn scan_to_end(file: &File) -> io::Result<u64> {
    let mut end = HEAD;
    let mut bytes = Vec::new();
    // Not on the stack: a logger's is small.
    let mut read = vec![0; SCAN];
    loop {
        let count = file.read_at(&mut read, end + bytes.len() as u64)?;
        bytes.extend_from_slice(&read[..count]);
        let mut used = 0;
        let damaged = loop {
            match Record::decode(&bytes[used..]) {
                Found::Record(_, length) => used += length,
                Found::Incomplete => break false,
                Found::Damaged => break true,
            }
        };
        bytes.drain(..used);
        end += used as u64;
        if damaged || count == 0 {
            return Ok(end);
        }
    }
}
