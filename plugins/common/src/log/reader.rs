//! Reads a log from its beginning, from a time or from its last records, and
//! goes on through rotation for as long as it is asked to.

use std::collections::VecDeque;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::record::{Found, Record, Stream};
use super::segment::{self, Range};
use super::tail;
use crate::time::UnixNanos;

const READ: usize = 64 * 1024;

/// Which records are wanted: the time bounds first, then `tail`.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Written at or after this moment.
    pub since: Option<UnixNanos>,
    /// Written before this moment.
    pub until: Option<UnixNanos>,
    /// Whether standard output is wanted.
    pub stdout: bool,
    /// Whether standard error is wanted.
    pub stderr: bool,
    /// Only the last so many of those that there are at the beginning.
    pub tail: Option<u64>,
}

impl Selection {
    pub(super) fn takes(&self, time: UnixNanos, stream: Stream) -> bool {
        let wanted = match stream {
            Stream::Stdout => self.stdout,
            Stream::Stderr => self.stderr,
        };
        wanted
            && self.since.is_none_or(|since| time >= since)
            && self.until.is_none_or(|until| time < until)
    }

    /// Whether a segment may hold a wanted record.
    pub(super) fn may_be_in(&self, range: Option<Range>) -> bool {
        range.is_none_or(|range| {
            self.since.is_none_or(|since| range.last >= since)
                && self.until.is_none_or(|until| range.first < until)
        })
    }
}

/// A segment that is or will be read. It stays readable when the writer
/// deletes it.
#[derive(Debug)]
pub(super) struct Segment {
    number: u64,
    pub(super) file: File,
    pub(super) range: Option<Range>,
    /// Nothing at or after this place is read.
    pub(super) limit: u64,
}

/// A place in a log.
#[derive(Debug)]
pub struct Reader {
    directory: PathBuf,
    selection: Selection,
    follow: bool,
    /// The one that is read, and those after it.
    segments: VecDeque<Segment>,
    /// The number of the last segment that was opened.
    newest: u64,
    /// Where in the first segment the buffer begins.
    offset: u64,
    buffer: Vec<u8>,
    used: usize,
}

impl Reader {
    /// The log in `directory`. Without `follow` the reader ends where the log
    /// ends at this moment, however fast the module writes.
    pub fn open(directory: &Path, selection: Selection, follow: bool) -> io::Result<Self> {
        let mut segments = open_segments(directory, 0)?;
        let newest = segments.back().map_or(0, |segment| segment.number);
        if let Some(last) = segments.back_mut() {
            last.limit = segment::end_of_records(&last.file)?;
        }
        let start = match selection.tail {
            Some(count) => tail::start(segments.make_contiguous(), &selection, count)?,
            None => None,
        };
        let offset = start.as_ref().map_or(segment::HEAD, |start| start.offset);
        match start {
            Some(start) => drop(segments.drain(..start.index)),
            None => skip_unwanted(&mut segments, &selection),
        }
        if follow {
            if let Some(last) = segments.back_mut() {
                last.limit = u64::MAX;
            }
        }
        let directory = directory.to_owned();
        Ok(Self {
            directory,
            selection,
            follow,
            segments,
            newest,
            offset,
            buffer: Vec::new(),
            used: 0,
        })
    }

    /// The next wanted record; `None` at the present end of the log. A reader
    /// that follows may be asked again later.
    pub fn next_record(&mut self) -> io::Result<Option<Record<'_>>> {
        while let Some((time, stream, length)) = self.advance()? {
            if self.selection.takes(time, stream) {
                let begin = self.used - length + super::record::HEAD;
                let payload = &self.buffer[begin..self.used - super::record::TRAILER];
                return Ok(Some(Record {
                    time,
                    stream,
                    payload,
                }));
            }
        }
        Ok(None)
    }

    /// Goes over one record, wanted or not, and says what it was.
    fn advance(&mut self) -> io::Result<Option<(UnixNanos, Stream, usize)>> {
        loop {
            let damaged = match Record::decode(&self.buffer[self.used..]) {
                Found::Record(record, length) => {
                    self.used += length;
                    return Ok(Some((record.time, record.stream, length)));
                }
                Found::Incomplete => false,
                Found::Damaged => true,
            };
            if !damaged && self.fill()? {
                continue;
            }
            if !self.begin_next_segment(damaged)? {
                // What is left may be replaced by a writer that mends the
                // log: it is read again when it is asked for again.
                self.offset += self.used as u64;
                self.buffer.clear();
                self.used = 0;
                return Ok(None);
            }
        }
    }

    /// Reads more of the present segment. Says whether there was more.
    fn fill(&mut self) -> io::Result<bool> {
        let Some(segment) = self.segments.front() else {
            return Ok(false);
        };
        self.buffer.drain(..self.used);
        self.offset += self.used as u64;
        self.used = 0;
        let kept = self.buffer.len();
        let position = self.offset + kept as u64;
        let room = segment.limit.saturating_sub(position).min(READ as u64) as usize;
        self.buffer.resize(kept + room, 0);
        let count = segment.file.read_at(&mut self.buffer[kept..], position)?;
        self.buffer.truncate(kept + count);
        Ok(count > 0)
    }

    /// Goes to the next segment that may hold something wanted. Says whether
    /// there is more to read, there or after all in the present one.
    fn begin_next_segment(&mut self, damaged: bool) -> io::Result<bool> {
        if self.segments.len() <= 1 && self.follow {
            let newer = open_segments(&self.directory, self.newest)?;
            let Some(last) = newer.back() else {
                return Ok(false);
            };
            self.newest = last.number;
            let had_one = !self.segments.is_empty();
            self.segments.extend(newer);
            // The writer filled the present segment before it began the next
            // one: only now is it certain what its last records are.
            if had_one && !damaged && self.fill()? {
                return Ok(true);
            }
            if !had_one {
                self.offset = segment::HEAD;
                return Ok(true);
            }
        }
        if self.segments.len() <= 1 {
            return Ok(false);
        }
        self.segments.pop_front();
        skip_unwanted(&mut self.segments, &self.selection);
        self.offset = segment::HEAD;
        self.buffer.clear();
        self.used = 0;
        Ok(true)
    }
}

/// Drops the segments at the beginning that hold nothing wanted, all but the
/// last: that one may still grow.
fn skip_unwanted(segments: &mut VecDeque<Segment>, selection: &Selection) {
    while segments.len() > 1
        && segments
            .front()
            .is_some_and(|segment| !selection.may_be_in(segment.range))
    {
        segments.pop_front();
    }
}

/// The segments after the one numbered `after`. One that the writer deletes
/// meanwhile is left out, and so is one that this version cannot read.
fn open_segments(directory: &Path, after: u64) -> io::Result<VecDeque<Segment>> {
    let mut segments = VecDeque::new();
    for number in segment::numbers(directory)? {
        if number <= after {
            continue;
        }
        let file = match File::open(segment::path(directory, number)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        match segment::range(&file) {
            Ok(range) => segments.push_back(Segment {
                number,
                file,
                range,
                limit: u64::MAX,
            }),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {}
            Err(error) => return Err(error),
        }
    }
    Ok(segments)
}

/// All records of a log as texts, for tests.
#[cfg(test)]
pub(super) fn collect(directory: &Path) -> Vec<String> {
    let all = Selection {
        since: None,
        until: None,
        stdout: true,
        stderr: true,
        tail: None,
    };
    collect_selected(directory, all)
}

#[cfg(test)]
pub(super) fn collect_selected(directory: &Path, selection: Selection) -> Vec<String> {
    let mut reader = Reader::open(directory, selection, false).expect("the log is readable");
    let mut texts = Vec::new();
    while let Some(record) = reader.next_record().expect("the log is readable") {
        texts.push(String::from_utf8_lossy(record.payload).into_owned());
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, Writer};
    use super::*;

    const ALL: Selection = Selection {
        since: None,
        until: None,
        stdout: true,
        stderr: true,
        tail: None,
    };

    fn writer(directory: &Path) -> Writer {
        let limits = Limits {
            segment_max_bytes: 4096,
            segments_max: 50,
        };
        Writer::open(directory, limits).expect("the directory is writable")
    }

    #[test]
    fn a_reader_that_follows_gets_every_record_through_rotation() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let mut reader =
            Reader::open(directory.path(), ALL, true).expect("an empty log is readable");
        let mut writer = writer(directory.path());
        let mut texts = Vec::new();
        for line in 0..3000 {
            writer.append(
                crate::time::now(),
                Stream::Stdout,
                format!("line {line}\n").as_bytes(),
            );
            if line % 7 == 0 {
                writer.flush();
            }
            if line % 11 == 0 {
                while let Some(record) = reader.next_record().expect("the log is readable") {
                    texts.push(String::from_utf8_lossy(record.payload).into_owned());
                }
            }
        }
        writer.sync();
        while let Some(record) = reader.next_record().expect("the log is readable") {
            texts.push(String::from_utf8_lossy(record.payload).into_owned());
        }
        let expected: Vec<String> = (0..3000).map(|line| format!("line {line}\n")).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn a_reader_that_does_not_follow_ends_where_the_log_ended() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let mut writer = writer(directory.path());
        writer.append(crate::time::now(), Stream::Stdout, b"before\n");
        writer.flush();
        let mut reader = Reader::open(directory.path(), ALL, false).expect("the log is readable");
        writer.append(crate::time::now(), Stream::Stdout, b"after\n");
        writer.flush();
        assert_eq!(
            reader
                .next_record()
                .expect("the log is readable")
                .map(|record| record.payload),
            Some(&b"before\n"[..])
        );
        assert_eq!(reader.next_record().expect("the log is readable"), None);
    }

    #[test]
    fn streams_are_told_apart_and_bounds_are_half_open() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let mut writer = writer(directory.path());
        writer.append(crate::time::now(), Stream::Stdout, b"out\n");
        writer.append(crate::time::now(), Stream::Stderr, b"err\n");
        writer.sync();
        let mut reader = Reader::open(directory.path(), ALL, false).expect("the log is readable");
        let first = reader
            .next_record()
            .expect("the log is readable")
            .expect("there are two")
            .time;
        let select = |selection: Selection| collect_selected(directory.path(), selection);
        assert_eq!(
            select(Selection {
                stdout: false,
                ..ALL
            }),
            ["err\n"]
        );
        assert_eq!(
            select(Selection {
                stderr: false,
                ..ALL
            }),
            ["out\n"]
        );
        assert_eq!(
            select(Selection {
                since: Some(first),
                stderr: false,
                ..ALL
            }),
            ["out\n"]
        );
        assert_eq!(
            select(Selection {
                until: Some(first),
                stderr: false,
                ..ALL
            }),
            Vec::<String>::new()
        );
    }

    #[test]
    fn sealed_segments_outside_of_the_bounds_are_not_read() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let mut writer = writer(directory.path());
        for line in 0..1000 {
            writer.append(
                crate::time::now(),
                Stream::Stdout,
                format!("line {line}\n").as_bytes(),
            );
        }
        writer.sync();
        // The records claim the present; the seals say long ago. Only a
        // reader that goes by the seals finds nothing in those segments.
        let numbers = segment::numbers(directory.path()).expect("the directory is readable");
        let (last, sealed) = numbers.split_last().expect("there are segments");
        for &number in sealed {
            let path = segment::path(directory.path(), number);
            let file = File::options()
                .write(true)
                .open(path)
                .expect("it is writable");
            segment::seal(&file, Range { first: 1, last: 2 }).expect("it is writable");
        }
        let in_last = {
            let file = File::open(segment::path(directory.path(), *last)).expect("it is there");
            file.metadata().expect("it is there").len()
        };
        let found = collect_selected(
            directory.path(),
            Selection {
                since: Some(1000),
                ..ALL
            },
        );
        let bytes: usize = found.iter().map(|text| text.len() + 24).sum();
        assert_eq!(bytes as u64, in_last - segment::HEAD);
        let tail = collect_selected(
            directory.path(),
            Selection {
                since: Some(1000),
                tail: Some(1000),
                ..ALL
            },
        );
        assert_eq!(tail, found);
    }
}
