//! Writes a log: appends, seals, rotates, and mends what a crash left.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::record::{Record, Stream};
use super::segment::{self, Range};
use crate::time::{UnixNanos, now};

/// How much of a module's output is kept.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The size at which a segment is full, in bytes.
    pub segment_max_bytes: u64,
    /// How many segments there are at most, 1 or more.
    pub segments_max: u64,
}

/// The one writer of a log. It never gives up: what cannot be written (a full
/// disk) is dropped and counted, and the count goes into the log as soon as
/// there is room, so that the module goes on in the meantime.
#[derive(Debug)]
pub struct Writer {
    directory: PathBuf,
    limits: Limits,
    number: u64,
    file: File,
    /// Where the next write goes: the end of the last whole record.
    end: u64,
    /// Times of all records of the segment; `None` while it has none. A
    /// segment that was begun by an earlier writer is not sealed at all.
    range: Option<Range>,
    sealable: bool,
    /// Encoded records that are not written yet.
    buffer: Vec<u8>,
    buffered_records: u64,
    dropped_records: u64,
}

impl Writer {
    /// Goes on with the log in `directory`. A record that was cut off when
    /// the last writer was killed is removed.
    pub fn open(directory: &Path, limits: Limits) -> io::Result<Self> {
        let (number, file) = match segment::numbers(directory)?.last() {
            None => (1, segment::create(directory, 1)?),
            Some(&last) => {
                let path = segment::path(directory, last);
                let file = OpenOptions::new().read(true).write(true).open(path)?;
                if file.metadata()?.len() < segment::HEAD {
                    // Killed between making the file and writing its head.
                    fs::remove_file(segment::path(directory, last))?;
                    (last, segment::create(directory, last)?)
                } else {
                    (last, file)
                }
            }
        };
        let end = segment::end_of_records(&file)?;
        file.set_len(end)?;
        Ok(Self {
            directory: directory.to_owned(),
            limits,
            number,
            file,
            end,
            range: None,
            sealable: end == segment::HEAD,
            buffer: Vec::new(),
            buffered_records: 0,
            dropped_records: 0,
        })
    }

    /// Takes one payload. It is in the file after the next [`Writer::flush`].
    pub fn append(&mut self, time: UnixNanos, stream: Stream, payload: &[u8]) {
        let record = Record {
            time,
            stream,
            payload,
        };
        let size = self.end + self.buffer.len() as u64;
        let full = size + record.encoded_length() as u64 > self.limits.segment_max_bytes;
        if full && size > segment::HEAD {
            self.flush();
            self.rotate();
        }
        record.encode(&mut self.buffer);
        self.buffered_records += 1;
        self.widen(time);
    }

    /// Writes what was appended, or drops it where that fails. Before it stands
    /// how many records were dropped there, if any.
    pub fn flush(&mut self) {
        if self.buffer.is_empty() && self.dropped_records == 0 {
            return;
        }
        if let Some(confession) = self.confession() {
            self.buffer.splice(..0, confession);
        }
        let written = self.file.write_all_at(&self.buffer, self.end);
        match written {
            Ok(()) => {
                self.end += self.buffer.len() as u64;
                self.dropped_records = 0;
            }
            Err(_) => {
                // A part may be in the file; the next write goes over it, and
                // readers stop before it.
                let _ = self.file.set_len(self.end);
                self.dropped_records += self.buffered_records;
            }
        }
        self.buffer.clear();
        self.buffered_records = 0;
    }

    /// Makes all of the log last.
    pub fn sync(&mut self) {
        self.flush();
        // Where the disk refuses, the log is as durable as it can be.
        let _ = self.file.sync_data();
    }

    /// Counts records that were lost before they came here; the log tells of
    /// them as soon as there is room.
    pub fn dropped(&mut self, records: u64) {
        self.dropped_records += records;
    }

    /// The record that says how many others the log lacks.
    fn confession(&mut self) -> Option<Vec<u8>> {
        let dropped = self.dropped_records;
        if dropped == 0 {
            return None;
        }
        let text =
            format!("shellrt: {dropped} records of output are lost: the disk took no more\n");
        let record = Record {
            time: now(),
            stream: Stream::Stderr,
            payload: text.as_bytes(),
        };
        self.widen(record.time);
        let mut bytes = Vec::with_capacity(record.encoded_length());
        record.encode(&mut bytes);
        Some(bytes)
    }

    /// Notes that a record of this time is in the segment.
    fn widen(&mut self, time: UnixNanos) {
        let range = self.range.unwrap_or(Range {
            first: time,
            last: time,
        });
        self.range = Some(Range {
            first: range.first.min(time),
            last: range.last.max(time),
        });
    }

    /// Begins the next segment and deletes the oldest ones. Where that fails
    /// the present one grows on, and the next record tries again.
    fn rotate(&mut self) {
        let next = self.number + 1;
        let file = match segment::create(&self.directory, next) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return,
            Err(_) => {
                let _ = fs::remove_file(segment::path(&self.directory, next));
                return;
            }
        };
        if let Some(range) = self.range.take().filter(|_| self.sealable) {
            // Not sealed is sound too: then it is read where it might be skipped.
            let _ = segment::seal(&self.file, range);
        }
        self.file = file;
        self.number = next;
        self.end = segment::HEAD;
        self.sealable = true;
        let oldest_kept = (next + 1).saturating_sub(self.limits.segments_max);
        for number in segment::numbers(&self.directory).unwrap_or_default() {
            if number < oldest_kept {
                let _ = fs::remove_file(segment::path(&self.directory, number));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::reader::collect;
    use super::*;

    const LIMITS: Limits = Limits {
        segment_max_bytes: 4096,
        segments_max: 3,
    };

    fn write(directory: &Path, lines: impl Iterator<Item = String>) {
        let mut writer = Writer::open(directory, LIMITS).expect("the directory is writable");
        for line in lines {
            writer.append(now(), Stream::Stdout, line.as_bytes());
        }
        writer.sync();
    }

    #[test]
    fn rotation_bounds_the_files_and_loses_nothing_in_between() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        write(
            directory.path(),
            (0..2000).map(|line| format!("line {line}\n")),
        );
        let numbers = segment::numbers(directory.path()).expect("the directory is readable");
        assert_eq!(numbers.len(), 3);
        for &number in &numbers {
            let length = fs::metadata(segment::path(directory.path(), number))
                .expect("it is there")
                .len();
            assert!(
                length <= LIMITS.segment_max_bytes,
                "segment {number} has {length} bytes"
            );
        }
        let lines = collect(directory.path());
        let first = 2000 - lines.len();
        let expected: Vec<String> = (first..2000).map(|line| format!("line {line}\n")).collect();
        assert_eq!(lines, expected);
        assert!(lines.len() > 200);
    }

    #[test]
    fn a_record_that_was_cut_off_is_removed_and_the_rest_kept() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        write(
            directory.path(),
            ["one\n", "two\n"].map(str::to_owned).into_iter(),
        );
        let path = segment::path(directory.path(), 1);
        let whole = fs::read(&path).expect("it is there");
        for cut in 1..28 {
            fs::write(&path, &whole[..whole.len() - cut]).expect("it is writable");
            write(directory.path(), ["three\n".to_owned()].into_iter());
            assert_eq!(
                collect(directory.path()),
                ["one\n", "three\n"],
                "cut {cut} bytes before the end"
            );
        }
        fs::write(&path, [&whole[..], &[0; 100]].concat()).expect("it is writable");
        assert_eq!(collect(directory.path()), ["one\n", "two\n"]);
        write(directory.path(), ["three\n".to_owned()].into_iter());
        assert_eq!(collect(directory.path()), ["one\n", "two\n", "three\n"]);
    }

    #[test]
    fn a_segment_without_a_head_is_begun_again() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        fs::write(segment::path(directory.path(), 4), b"SHR").expect("it is writable");
        write(directory.path(), ["one\n".to_owned()].into_iter());
        assert_eq!(collect(directory.path()), ["one\n"]);
    }
}
