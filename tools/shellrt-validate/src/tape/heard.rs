//! Standard output as it comes: the head as it is, and of the stream what is
//! needed to judge it. What a module wrote is not kept.

use std::collections::VecDeque;

use super::LONGEST_BYTES;
use crate::suite::answer::Answer;

/// So many bytes of records are kept from the beginning of a stream ...
const FIRST_BYTES: usize = 1024 * 1024;
/// ... and so many records from its end.
const LAST_RECORDS: usize = 16;

/// All that was heard of a plugin's standard output.
#[derive(Debug, Default)]
pub(crate) struct Output {
    /// What came before the first NUL byte, at most [`LONGEST_BYTES`].
    pub(super) head: Vec<u8>,
    /// Whether more of the head came than is kept.
    pub(super) cut: bool,
    /// Everything, stream included.
    pub(super) bytes: u64,
    pub(super) stream: Option<Stream>,
}

/// What follows the first NUL byte.
#[derive(Debug)]
pub(super) enum Stream {
    /// A stream of `raw` bytes, or bytes that no head announced.
    Bytes(u64),
    Docker(Frames),
    Ndjson(Records),
}

impl Output {
    /// Takes what came next.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        let rest = match &mut self.stream {
            Some(_) => bytes,
            None => {
                let end = bytes.iter().position(|byte| *byte == 0);
                let head = &bytes[..end.unwrap_or(bytes.len())];
                let room = LONGEST_BYTES - self.head.len();
                self.cut |= head.len() > room;
                self.head.extend_from_slice(&head[..head.len().min(room)]);
                let Some(end) = end else { return };
                self.stream = Some(Stream::announced_by(&self.head));
                &bytes[end + 1..]
            }
        };
        if let Some(stream) = &mut self.stream {
            stream.push(rest);
        }
    }
}

impl Output {
    /// Whether of all that is still to come only the length counts.
    pub(crate) fn is_opaque(&self) -> bool {
        matches!(self.stream, Some(Stream::Bytes(_)))
    }

    /// Takes what came next where it is [opaque](Output::is_opaque).
    pub(crate) fn skip(&mut self, length: u64) {
        self.bytes += length;
        if let Some(Stream::Bytes(count)) = &mut self.stream {
            *count += length;
        }
    }

    /// All of it that is kept, for whoever looks for something.
    pub(super) fn texts(&self) -> String {
        let mut parts = vec![&self.head[..]];
        if let Some(Stream::Ndjson(records)) = &self.stream {
            parts.extend(records.first.iter().map(Vec::as_slice));
            parts.extend(records.last.iter().map(Vec::as_slice));
            parts.push(&records.open);
        }
        String::from_utf8_lossy(&parts.join(&b'\n')).into_owned()
    }
}

impl Stream {
    fn announced_by(head: &[u8]) -> Stream {
        match Answer::of(head).text("_stream") {
            Some("docker") => Stream::Docker(Frames::default()),
            Some("ndjson") => Stream::Ndjson(Records::default()),
            _ => Stream::Bytes(0),
        }
    }

    fn push(&mut self, bytes: &[u8]) {
        match self {
            Stream::Bytes(count) => *count += bytes.len() as u64,
            Stream::Docker(frames) => frames.push(bytes),
            Stream::Ndjson(records) => records.push(bytes),
        }
    }
}

/// The frames of a `docker` stream, counted.
#[derive(Debug, Default)]
pub(super) struct Frames {
    /// Whole ones of streams 1, 2 and 3.
    pub(super) whole: [u64; 3],
    /// The most content in one.
    pub(super) longest: u64,
    /// Frames behind one of stream 3.
    pub(super) after_error: u64,
    /// Bytes behind the last whole frame that are none.
    pub(super) rest: u64,
    header: Vec<u8>,
    /// How much of the present frame's content is still to come.
    ahead: u64,
    broken: bool,
}

impl Frames {
    fn push(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            if self.broken {
                self.rest += bytes.len() as u64;
                return;
            }
            let length = if self.header.len() < 8 {
                let length = bytes.len().min(8 - self.header.len());
                self.header.extend_from_slice(&bytes[..length]);
                length
            } else {
                let ahead = usize::try_from(self.ahead).unwrap_or(usize::MAX);
                let length = bytes.len().min(ahead);
                self.ahead -= length as u64;
                length
            };
            self.rest += length as u64;
            bytes = &bytes[length..];
            self.step(length);
        }
    }

    /// Looks at the frame after so many of its bytes have come.
    fn step(&mut self, length: usize) {
        let [number, a, b, c, big, large, small, least] = self.header[..] else {
            return;
        };
        let size = u64::from(u32::from_be_bytes([big, large, small, least]));
        let just_read = self.rest == 8 && length > 0;
        if just_read {
            if !(1..=3).contains(&number) || [a, b, c] != [0; 3] {
                self.broken = true;
                return;
            }
            self.ahead = size;
        }
        if self.ahead == 0 {
            self.after_error += u64::from(self.whole[2] > 0);
            self.whole[usize::from(number) - 1] += 1;
            self.longest = self.longest.max(size);
            self.rest = 0;
            self.header.clear();
        }
    }
}

/// The records of an `ndjson` stream: the first and the last ones.
#[derive(Debug, Default)]
pub(super) struct Records {
    pub(super) bytes: u64,
    pub(super) first: Vec<Vec<u8>>,
    first_bytes: usize,
    pub(super) left_out: u64,
    pub(super) last: VecDeque<Vec<u8>>,
    /// What came after the last line feed.
    pub(super) open: Vec<u8>,
}

impl Records {
    fn push(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            let line = part.strip_suffix(b"\n").unwrap_or(part);
            let room = LONGEST_BYTES.saturating_sub(self.open.len());
            self.open.extend_from_slice(&line[..line.len().min(room)]);
            if part.len() > line.len() {
                let line = std::mem::take(&mut self.open);
                self.keep(line);
            }
        }
    }

    fn keep(&mut self, line: Vec<u8>) {
        if self.last.is_empty() && self.first_bytes + line.len() <= FIRST_BYTES {
            self.first_bytes += line.len();
            self.first.push(line);
            return;
        }
        self.last.push_back(line);
        if self.last.len() > LAST_RECORDS {
            self.last.pop_front();
            self.left_out += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(bytes: &[u8], size: usize) -> Output {
        let mut output = Output::default();
        for part in bytes.chunks(size) {
            output.push(part);
        }
        output
    }

    #[test]
    fn frames_are_counted_however_they_are_cut() {
        let mut bytes = br#"{"_stream":"docker"}"#.to_vec();
        bytes.extend(b"\0\x01\0\0\0\0\0\0\x02ab\x02\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\x01!");
        bytes.extend(b"\x01\0\0\0\0\0\0\x05wor");
        for size in 1..=bytes.len() {
            let output = heard(&bytes, size);
            let Some(Stream::Docker(frames)) = output.stream else {
                panic!("it is a stream of frames");
            };
            assert_eq!(frames.whole, [1, 1, 1], "in parts of {size}");
            assert_eq!((frames.longest, frames.after_error), (2, 0));
            assert_eq!(frames.rest, 11, "in parts of {size}");
        }
        bytes.extend(b"ldplain text");
        for size in 1..=bytes.len() {
            let output = heard(&bytes, size);
            let Some(Stream::Docker(frames)) = output.stream else {
                panic!("it is a stream of frames");
            };
            assert_eq!((frames.after_error, frames.rest), (1, 10), "in {size}");
        }
    }

    #[test]
    fn of_many_records_the_first_and_the_last_are_kept() {
        let record = format!("{}\n", "r".repeat(1023));
        let mut bytes = b"{\"_stream\":\"ndjson\"}\0".to_vec();
        for _ in 0..2000 {
            bytes.extend(record.as_bytes());
        }
        bytes.extend(b"end");
        let output = heard(&bytes, 70_000);
        assert_eq!(output.bytes, bytes.len() as u64);
        let Some(Stream::Ndjson(records)) = output.stream else {
            panic!("it is a stream of records");
        };
        let kept = records.first.len() as u64 + records.last.len() as u64;
        assert_eq!((kept + records.left_out, records.last.len()), (2000, 16));
        assert_eq!(records.open, b"end");
    }

    #[test]
    fn a_head_without_end_is_not_kept_without_end() {
        let output = heard(&vec![b' '; LONGEST_BYTES + 5], 1 << 20);
        assert!(output.cut && output.head.len() == LONGEST_BYTES);
        assert_eq!(output.bytes, LONGEST_BYTES as u64 + 5);
    }
}
