//! Chance that can be repeated, and what it does to bytes.

/// Texts that break readers more often than single bytes do.
const TOKENS: &[&[u8]] = &[
    b"null",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b",",
    b":",
    b"\0",
    b"\n",
    b"-1",
    b"1e999",
    b"9007199254740993",
    b"10.0",
    b"\\ud800",
    b"\xff",
    b"\xef\xbb\xbf",
    b"_version",
    b"_type",
    b"_status",
    b"_stream",
    b"0.1.0",
    b"raw",
    b"docker",
    b"ndjson",
    b"img_pull",
    b"err",
    b"ok",
    b"\x01\0\0\0\0\0\0\x03abc",
    b"\x03\0\0\0\0\0\0\0",
    b"\x02\0\0\0\xff\xff\xff\xff",
];

/// The generator splitmix64: small, and good enough to pick bytes.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 where there is none.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = (end as u64).max(1);
        usize::try_from(self.next() % end).unwrap_or(0)
    }

    /// One of the inputs with up to four changes.
    pub(crate) fn mutate(&mut self, inputs: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = inputs[self.below(inputs.len())].clone();
        for _ in 0..=self.below(4) {
            let place = self.below(bytes.len() + 1);
            let end = (place + self.below(16)).min(bytes.len());
            match self.below(6) {
                0 => drop(bytes.drain(place..end)),
                1 => drop(bytes.splice(
                    place..place,
                    TOKENS[self.below(TOKENS.len())].iter().copied(),
                )),
                2 => {
                    drop(bytes.splice(place..end, TOKENS[self.below(TOKENS.len())].iter().copied()))
                }
                3 => bytes.truncate(place),
                4 => {
                    // The rest of another one: two documents grown together.
                    let other = &inputs[self.below(inputs.len())];
                    bytes.extend_from_slice(&other[self.below(other.len())..]);
                }
                _ => {
                    if let Some(byte) = bytes.get_mut(place) {
                        *byte ^= 1 << self.below(8);
                    }
                }
            }
        }
        bytes
    }

    /// The bytes in pieces of random lengths.
    pub(crate) fn cut<'a>(&mut self, mut bytes: &'a [u8]) -> Vec<&'a [u8]> {
        let mut pieces = Vec::new();
        while !bytes.is_empty() {
            let (piece, rest) = bytes.split_at(1 + self.below(bytes.len().min(64)));
            pieces.push(piece);
            bytes = rest;
        }
        pieces
    }
}
