//! Where the head of a reply ends and its stream begins.

/// The longest head that a host takes unless it is told otherwise, in bytes.
pub const HEAD_MAX: usize = 16 * 1024 * 1024;

/// Splits what a plugin writes at the first NUL, however the bytes are cut up
/// on their way. JSON text cannot hold a NUL, so the first one ends the head.
#[derive(Debug)]
pub struct Splitter {
    head: Vec<u8>,
    max: usize,
    has_stream: bool,
}

/// The head is longer than the host takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the head is longer than {max} bytes")]
pub struct HeadTooLong {
    /// The most bytes that the host takes.
    pub max: usize,
}

impl Default for Splitter {
    fn default() -> Splitter {
        Splitter::new(HEAD_MAX)
    }
}

impl Splitter {
    /// For a head of at most `max` bytes.
    #[must_use]
    pub fn new(max: usize) -> Splitter {
        Splitter {
            head: Vec::new(),
            max,
            has_stream: false,
        }
    }

    /// Takes the next bytes and gives back those that belong to the stream.
    ///
    /// # Errors
    /// When the head grows too long. What came so far stays in [`head`].
    ///
    /// [`head`]: Splitter::head
    pub fn push<'a>(&mut self, bytes: &'a [u8]) -> Result<&'a [u8], HeadTooLong> {
        if self.has_stream {
            return Ok(bytes);
        }
        let end = bytes.iter().position(|byte| *byte == 0);
        let head = &bytes[..end.unwrap_or(bytes.len())];
        let room = self.max - self.head.len();
        self.head.extend_from_slice(&head[..head.len().min(room)]);
        if head.len() > room {
            return Err(HeadTooLong { max: self.max });
        }
        self.has_stream = end.is_some();
        Ok(end.map_or(&[], |end| &bytes[end + 1..]))
    }

    /// The head as far as it has come.
    #[must_use]
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Whether the NUL has come, so that the head is whole.
    #[must_use]
    pub fn has_stream(&self) -> bool {
        self.has_stream
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_nul_ends_the_head_however_the_bytes_are_cut() {
        let bytes = b"{\"a\":1}\0one\0two";
        for first in 0..=bytes.len() {
            for second in first..=bytes.len() {
                let mut splitter = Splitter::default();
                let mut stream = Vec::new();
                for part in [&bytes[..first], &bytes[first..second], &bytes[second..]] {
                    stream.extend_from_slice(splitter.push(part).expect("it is short"));
                }
                assert_eq!(
                    (splitter.head(), &stream[..]),
                    (&bytes[..7], &b"one\0two"[..]),
                    "cut at {first} and {second}"
                );
            }
        }
    }

    #[test]
    fn a_head_may_have_the_longest_length_and_no_more() {
        let mut splitter = Splitter::new(4);
        assert_eq!(splitter.push(b"1234\0rest"), Ok(&b"rest"[..]));
        let mut splitter = Splitter::new(4);
        assert_eq!(splitter.push(b"12"), Ok(&b""[..]));
        assert_eq!(splitter.push(b"345"), Err(HeadTooLong { max: 4 }));
        assert_eq!(splitter.head(), b"1234");
    }
}
