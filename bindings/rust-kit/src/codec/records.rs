//! The records of an `ndjson` stream: one a line.

/// Puts lines together again, however the bytes are cut up.
#[derive(Debug, Default)]
pub struct RecordDecoder {
    buffer: Vec<u8>,
    start: usize,
}

impl RecordDecoder {
    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.start);
        self.start = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// The next whole line, without its end.
    pub fn record(&mut self) -> Option<&[u8]> {
        let rest = &self.buffer[self.start..];
        let length = rest.iter().position(|byte| *byte == b'\n')?;
        let start = self.start;
        self.start += length + 1;
        Some(&self.buffer[start..start + length])
    }

    /// What has come and is not a whole line yet.
    #[must_use]
    pub fn rest(&self) -> &[u8] {
        &self.buffer[self.start..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_however_they_are_cut() {
        let bytes = b"{}\n\n{\"a\":1}\nrest";
        for size in 1..=bytes.len() {
            let mut decoder = RecordDecoder::default();
            let mut lines = Vec::new();
            for part in bytes.chunks(size) {
                decoder.push(part);
                while let Some(line) = decoder.record() {
                    lines.push(line.to_vec());
                }
            }
            assert_eq!(lines, [&b"{}"[..], b"", b"{\"a\":1}"], "in parts of {size}");
            assert_eq!(decoder.rest(), b"rest");
        }
    }
}
