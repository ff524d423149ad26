//! One record in bytes, little-endian:
//!
//! ```text
//! length of the payload  u32 | stream u8 | flags u8 | 0 u16
//! time, unix nanoseconds i64
//! checksum               u32   of all other bytes but the last four
//! payload
//! length of the record   u32   so that a log can be read backwards
//! ```
//! The payload is a line with its line feed, or a piece of a longer line, or
//! the end of an output that ended without one.

use crate::time::UnixNanos;

/// The longest payload.
pub(super) const PAYLOAD_MAX: usize = 16_384;
/// What comes before the payload.
pub(super) const HEAD: usize = 20;
/// What comes after the payload.
pub(super) const TRAILER: usize = 4;
/// The longest record.
pub(super) const RECORD_MAX: usize = HEAD + PAYLOAD_MAX + TRAILER;

const CHECKSUM_AT: usize = 16;

/// An output stream of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Stdout = 1,
    /// Standard error.
    Stderr = 2,
}

/// A record of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// When it was written.
    pub time: UnixNanos,
    /// Where it was written to.
    pub stream: Stream,
    /// What was written: a line with its line feed, or a piece of a longer one.
    pub payload: &'a [u8],
}

/// What a reader finds at a place of a log.
#[derive(Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// A record and its length in bytes.
    Record(Record<'a>, usize),
    /// The beginning of one; the rest may come.
    Incomplete,
    /// No record: the file was damaged here.
    Damaged,
}

impl<'a> Record<'a> {
    /// Adds the record to `out`. The payload has at most 16 KiB.
    pub fn encode(&self, out: &mut Vec<u8>) {
        debug_assert!(
            self.payload.len() <= PAYLOAD_MAX,
            "a payload is cut into pieces before"
        );
        let begin = out.len();
        let length = self.payload.len() as u32;
        out.extend_from_slice(&length.to_le_bytes());
        out.extend_from_slice(&[self.stream as u8, 0, 0, 0]);
        out.extend_from_slice(&self.time.to_le_bytes());
        let checksum = checksum(&out[begin..], self.payload);
        out.extend_from_slice(&checksum.to_le_bytes());
        out.extend_from_slice(self.payload);
        let total = (out.len() - begin + TRAILER) as u32;
        out.extend_from_slice(&total.to_le_bytes());
    }

    /// Its length in bytes once encoded.
    pub fn encoded_length(&self) -> usize {
        HEAD + self.payload.len() + TRAILER
    }

    /// The record at the beginning of `bytes`.
    pub fn decode(bytes: &'a [u8]) -> Found<'a> {
        let Some(head) = bytes.get(..HEAD) else {
            return Found::Incomplete;
        };
        let length = number(&head[..4]) as usize;
        let stream = match head[4..8] {
            [1, 0, 0, 0] => Stream::Stdout,
            [2, 0, 0, 0] => Stream::Stderr,
            _ => return Found::Damaged,
        };
        if length == 0 || length > PAYLOAD_MAX {
            return Found::Damaged;
        }
        let total = HEAD + length + TRAILER;
        let Some(record) = bytes.get(..total) else {
            return Found::Incomplete;
        };
        let payload = &record[HEAD..HEAD + length];
        let intact = number(&head[CHECKSUM_AT..]) == checksum(&head[..CHECKSUM_AT], payload)
            && number(&record[HEAD + length..]) as usize == total;
        if !intact {
            return Found::Damaged;
        }
        let mut time = [0; 8];
        time.copy_from_slice(&head[8..CHECKSUM_AT]);
        Found::Record(
            Self {
                time: UnixNanos::from_le_bytes(time),
                stream,
                payload,
            },
            total,
        )
    }
}

/// The length of the record that ends where `bytes` end, by its own word.
pub(super) fn length_before(bytes: &[u8]) -> Option<usize> {
    let trailer = bytes.len().checked_sub(TRAILER)?;
    let length = number(&bytes[trailer..]) as usize;
    (HEAD + 1 + TRAILER..=RECORD_MAX)
        .contains(&length)
        .then_some(length)
}

fn number(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .take(4)
        .rev()
        .fold(0, |value, &byte| value << 8 | u32::from(byte))
}

/// FNV-1a. It finds torn and zeroed records; nobody forges them.
fn checksum(head: &[u8], payload: &[u8]) -> u32 {
    let mix = |hash: u32, &byte: &u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    head.iter().chain(payload).fold(0x811c_9dc5, mix)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(payload: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        Record {
            time: 1_234_567_890,
            stream: Stream::Stderr,
            payload,
        }
        .encode(&mut bytes);
        bytes
    }

    #[test]
    fn a_record_comes_back_as_it_was() {
        let bytes = encoded(b"a line\n");
        let record = Record {
            time: 1_234_567_890,
            stream: Stream::Stderr,
            payload: b"a line\n",
        };
        assert_eq!(Record::decode(&bytes), Found::Record(record, bytes.len()));
        assert_eq!(record.encoded_length(), bytes.len());
        assert_eq!(length_before(&bytes), Some(bytes.len()));
    }

    #[test]
    fn every_cut_is_incomplete_and_every_changed_byte_is_damage() {
        let bytes = encoded(b"a line\n");
        for length in 0..bytes.len() {
            assert_eq!(
                Record::decode(&bytes[..length]),
                Found::Incomplete,
                "cut at {length}"
            );
        }
        for index in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[index] ^= 0x40;
            let found = Record::decode(&changed);
            assert!(
                !matches!(found, Found::Record(..)),
                "byte {index} changed: {found:?}"
            );
        }
    }

    #[test]
    fn zeros_after_a_power_cut_are_damage() {
        assert_eq!(Record::decode(&[0; 64]), Found::Damaged);
    }
}
