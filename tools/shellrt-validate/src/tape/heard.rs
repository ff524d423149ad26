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
    /// What has come of the present frame's head.
    head: Vec<u8>,
    /// How much of its content is still to come.
    ahead: u64,
    /// Something was no head of a frame: nothing behind it can be one.
    broken: bool,
}

/// The length of a frame's head.
const HEAD: usize = 8;

impl Frames {
    fn push(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let length = match bytes.split_first_chunk::<HEAD>() {
                // Most frames are whole in what has come.
                Some((head, content)) if self.rest == 0 => match frame(*head) {
                    Some((number, size)) if size <= content.len() as u64 => {
                        self.count(number, size);
                        HEAD + usize::try_from(size).unwrap_or(content.len())
                    }
                    _ => self.part(bytes),
                },
                _ => self.part(bytes),
            };
            bytes = &bytes[length..];
        }
    }

    /// Takes some bytes of a frame that is not whole, and says how many.
    fn part(&mut self, bytes: &[u8]) -> usize {
        let length = if self.broken {
            bytes.len()
        } else if self.head.len() < HEAD {
            let length = bytes.len().min(HEAD - self.head.len());
            self.head.extend_from_slice(&bytes[..length]);
            length
        } else {
            usize::try_from(self.ahead).map_or(bytes.len(), |ahead| bytes.len().min(ahead))
        };
        let was_head = self.rest < HEAD as u64;
        self.rest += length as u64;
        let Ok(head) = <[u8; HEAD]>::try_from(&self.head[..]) else {
            return length;
        };
        match frame(head) {
            None => self.broken = true,
            Some((_, size)) if was_head => self.ahead = size,
            Some(_) => self.ahead -= length as u64,
        }
        if let (0, false, Some((number, size))) = (self.ahead, self.broken, frame(head)) {
            self.count(number, size);
            self.rest = 0;
            self.head.clear();
        }
        length
    }

    fn count(&mut self, number: usize, size: u64) {
        self.after_error += u64::from(self.whole[2] > 0);
        self.whole[number] += 1;
        self.longest = self.longest.max(size);
    }
}

/// The place of a frame's stream among the three, and the length of its content.
fn frame(head: [u8; HEAD]) -> Option<(usize, u64)> {
    match head {
        [number @ 1..=3, 0, 0, 0, length @ ..] => {
            let size = u32::from_be_bytes(length);
            Some((usize::from(number) - 1, u64::from(size)))
        }
        _ => None,
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
