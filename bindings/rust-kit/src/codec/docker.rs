//! Docker's frames: an 8-byte head with stream number and length, then so many
//! bytes.

/// The length of a frame's head.
pub const FRAME_HEAD: usize = 8;

/// The most bytes of content in one frame: a record of 16384 and the 31 of the
/// time before it [S-2].
pub const FRAME_MAX: usize = 16_384 + 31;

/// What a frame carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameStream {
    /// The module's standard output.
    Stdout,
    /// The module's standard error.
    Stderr,
    /// The text of an error that ends the stream.
    Error,
}

/// One frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// What it carries.
    pub stream: FrameStream,
    /// Its content, at most [`FRAME_MAX`] bytes.
    pub content: Vec<u8>,
}

/// Bytes that are no frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// The head is not one number of 1 to 3 and three zeros.
    #[error("the head {head:02x?} is not that of a frame")]
    Head {
        /// The head.
        head: [u8; FRAME_HEAD],
    },
    /// The content is longer than a frame may hold.
    #[error("a frame of {length} bytes is longer than {FRAME_MAX}")]
    TooLong {
        /// The length that the head gives.
        length: u32,
    },
}

/// The head of a frame with that much content.
#[must_use]
pub fn frame_head(stream: FrameStream, length: u32) -> [u8; FRAME_HEAD] {
    let number = match stream {
        FrameStream::Stdout => 1,
        FrameStream::Stderr => 2,
        FrameStream::Error => 3,
    };
    let [a, b, c, d] = length.to_be_bytes();
    [number, 0, 0, 0, a, b, c, d]
}

impl Frame {
    /// The frame as it stands in a stream.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        // The decoder makes no longer ones, and 32 bits hold FRAME_MAX.
        let length = u32::try_from(self.content.len()).unwrap_or(u32::MAX);
        [&frame_head(self.stream, length)[..], &self.content].concat()
    }
}

/// Puts frames together again, however the bytes are cut up.
#[derive(Debug, Default)]
pub struct FrameDecoder {
    buffer: Vec<u8>,
    /// Where in the buffer the next frame begins.
    start: usize,
}

impl FrameDecoder {
    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.start);
        self.start = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// The next whole frame.
    ///
    /// # Errors
    /// When the bytes are no frame. Every further call says the same.
    pub fn frame(&mut self) -> Result<Option<Frame>, FrameError> {
        let rest = &self.buffer[self.start..];
        let Some((head, rest)) = rest.split_first_chunk::<FRAME_HEAD>() else {
            return Ok(None);
        };
        let stream = match head {
            [1, 0, 0, 0, ..] => FrameStream::Stdout,
            [2, 0, 0, 0, ..] => FrameStream::Stderr,
            [3, 0, 0, 0, ..] => FrameStream::Error,
            _ => return Err(FrameError::Head { head: *head }),
        };
        let length = u32::from_be_bytes([head[4], head[5], head[6], head[7]]);
        let size = usize::try_from(length).unwrap_or(usize::MAX);
        if size > FRAME_MAX {
            return Err(FrameError::TooLong { length });
        }
        let Some(content) = rest.get(..size) else {
            return Ok(None);
        };
        let content = content.to_vec();
        self.start += FRAME_HEAD + size;
        Ok(Some(Frame { stream, content }))
    }

    /// What has come and is not a whole frame yet.
    #[must_use]
    pub fn rest(&self) -> &[u8] {
        &self.buffer[self.start..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_however_they_are_cut() {
        let frames = [
            Frame {
                stream: FrameStream::Stdout,
                content: b"one\n".to_vec(),
            },
            Frame {
                stream: FrameStream::Stderr,
                content: Vec::new(),
            },
            Frame {
                stream: FrameStream::Error,
                content: vec![b'x'; FRAME_MAX],
            },
        ];
        let bytes: Vec<u8> = frames.iter().flat_map(Frame::encode).collect();
        for size in [1, 3, 8, 4096, bytes.len()] {
            let mut decoder = FrameDecoder::default();
            let mut got = Vec::new();
            for part in bytes.chunks(size) {
                decoder.push(part);
                while let Some(frame) = decoder.frame().expect("they are frames") {
                    got.push(frame);
                }
            }
            assert_eq!(got, frames, "in parts of {size}");
            assert_eq!(decoder.rest(), b"");
        }
    }

    #[test]
    fn what_is_no_frame_is_refused_before_its_content_comes() {
        let mut decoder = FrameDecoder::default();
        decoder.push(b"plain text");
        assert_eq!(
            decoder.frame(),
            Err(FrameError::Head { head: *b"plain te" })
        );
        let mut decoder = FrameDecoder::default();
        decoder.push(&[1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
        assert_eq!(
            decoder.frame(),
            Err(FrameError::TooLong { length: u32::MAX })
        );
    }
}
