//! The beginning and the end of something long.

use std::collections::VecDeque;
use std::fmt;

/// How much of the beginning, and how much of the end, is kept.
const KEPT: usize = 32 * 1024;

/// How much of each a person is shown.
const SHOWN: usize = 256;

/// What a plugin wrote: all of it up to 64 KiB, of more the beginning and the
/// end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    start: Vec<u8>,
    end: VecDeque<u8>,
    length: u64,
}

impl Excerpt {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        let room = bytes.len().min(KEPT - self.start.len());
        self.start.extend_from_slice(&bytes[..room]);
        self.end.extend(&bytes[room..]);
        let surplus = self.end.len().saturating_sub(KEPT);
        self.end.drain(..surplus);
    }

    /// How much there was, in bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Every byte, where nothing was left out.
    #[must_use]
    pub fn whole(&self) -> Option<Vec<u8>> {
        let kept = self
            .start
            .iter()
            .chain(&self.end)
            .copied()
            .collect::<Vec<_>>();
        (kept.len() as u64 == self.length).then_some(kept)
    }
}

impl From<&[u8]> for Excerpt {
    fn from(bytes: &[u8]) -> Excerpt {
        let mut excerpt = Excerpt::default();
        excerpt.push(bytes);
        excerpt
    }
}

/// Bytes as a person can read them, whatever they are, cut in the middle.
impl fmt::Display for Excerpt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept: Vec<u8> = self.start.iter().chain(&self.end).copied().collect();
        write!(formatter, "{} bytes: ", self.length)?;
        if kept.len() <= 2 * SHOWN {
            return write!(formatter, "`{}`", kept.escape_ascii());
        }
        let (start, end) = (&kept[..SHOWN], &kept[kept.len() - SHOWN..]);
        let left_out = self.length - 2 * SHOWN as u64;
        write!(
            formatter,
            "`{}` … {left_out} bytes … `{}`",
            start.escape_ascii(),
            end.escape_ascii()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_output_is_kept_and_shown_whole() {
        let excerpt = Excerpt::from(&b"{}\0\xff"[..]);
        assert_eq!(excerpt.whole().as_deref(), Some(&b"{}\0\xff"[..]));
        assert_eq!(excerpt.to_string(), r"4 bytes: `{}\x00\xff`");
    }

    #[test]
    fn long_output_is_cut_in_the_middle() {
        let mut excerpt = Excerpt::default();
        excerpt.push(&vec![b'a'; 50_000]);
        excerpt.push(&vec![b'z'; 50_000]);
        let text = excerpt.to_string();
        assert!(
            text.starts_with("100000 bytes: `aaa") && text.ends_with("zzz`"),
            "{text}"
        );
        assert!(text.contains("… 99488 bytes …"), "{text}");
        assert_eq!((excerpt.length(), excerpt.whole()), (100_000, None));
    }
}
