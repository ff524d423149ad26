//! Cuts an output stream into the payloads of records: lines with their line
//! feed, and pieces of lines that are longer than a record may be.

use super::record::PAYLOAD_MAX;

/// The part of a stream that is not a whole line yet: less than a payload.
#[derive(Debug, Default)]
pub struct Lines {
    pending: Vec<u8>,
}

impl Lines {
    /// Takes what was read and hands every payload that is complete to `emit`.
    pub fn feed(&mut self, mut bytes: &[u8], mut emit: impl FnMut(&[u8])) {
        while !bytes.is_empty() {
            let room = PAYLOAD_MAX - self.pending.len();
            let window = &bytes[..bytes.len().min(room)];
            let line = window
                .iter()
                .position(|&byte| byte == b'\n')
                .map(|index| index + 1);
            let complete = line.or((window.len() == room).then_some(room));
            let taken = complete.unwrap_or(window.len());
            if complete.is_some() && self.pending.is_empty() {
                emit(&bytes[..taken]);
            } else {
                self.pending.extend_from_slice(&bytes[..taken]);
                if complete.is_some() {
                    emit(&self.pending);
                    self.pending.clear();
                }
            }
            bytes = &bytes[taken..];
        }
    }

    /// Hands on what the stream ended with, where that is not a line feed.
    pub fn finish(&mut self, mut emit: impl FnMut(&[u8])) {
        if !self.pending.is_empty() {
            emit(&self.pending);
            self.pending.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds `input` in reads of `step` bytes.
    fn cut(input: &[u8], step: usize) -> Vec<Vec<u8>> {
        let mut lines = Lines::default();
        let mut payloads = Vec::new();
        for read in input.chunks(step) {
            lines.feed(read, |payload| payloads.push(payload.to_vec()));
        }
        lines.finish(|payload| payloads.push(payload.to_vec()));
        payloads
    }

    #[test]
    fn the_size_of_the_reads_changes_nothing() {
        let input = b"one\n\ntwo and more\nunfinished";
        let whole = cut(input, input.len());
        assert_eq!(
            whole,
            [&b"one\n"[..], b"\n", b"two and more\n", b"unfinished"]
        );
        for step in 1..input.len() {
            assert_eq!(cut(input, step), whole, "reads of {step}");
        }
    }

    #[test]
    fn a_long_line_becomes_full_pieces_and_a_rest() {
        let mut input = vec![b'x'; PAYLOAD_MAX * 2 + 10];
        input.push(b'\n');
        for step in [1000, PAYLOAD_MAX, input.len()] {
            let lengths: Vec<usize> = cut(&input, step).iter().map(Vec::len).collect();
            assert_eq!(lengths, [PAYLOAD_MAX, PAYLOAD_MAX, 11], "reads of {step}");
        }
    }
}
