//! The documents of a file: one, or one a line.

use std::io::{self, BufRead, Read};

/// A larger document is not read to its end; the protocol allows no larger one.
pub(crate) const LARGEST_BYTES: usize = 16 * 1024 * 1024;

/// One document's bytes and, in a file of many, its line.
#[derive(Debug)]
pub(crate) struct Document<'bytes> {
    pub(crate) line: Option<u64>,
    /// `None`: it is larger than [`LARGEST_BYTES`].
    pub(crate) bytes: Option<&'bytes [u8]>,
}

/// Hands out each document. A file whose first line is a whole object and that
/// goes on after it is read line by line, as is one that is `known_as_lines`.
pub(crate) fn each<E: From<io::Error>>(
    mut input: impl BufRead,
    known_as_lines: bool,
    mut visit: impl FnMut(Document<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut buffer = Vec::new();
    let mut fits = read_line(&mut input, &mut buffer)?;
    let is_whole = {
        let line = buffer.trim_ascii();
        line.starts_with(b"{") && line.ends_with(b"}")
    };
    let goes_on = !input.fill_buf()?.is_empty();
    if !(known_as_lines || is_whole && goes_on) {
        let room = (LARGEST_BYTES + 1).saturating_sub(buffer.len()) as u64;
        input.take(room).read_to_end(&mut buffer)?;
        let fits = buffer.len() <= LARGEST_BYTES;
        return visit(Document {
            line: None,
            bytes: fits.then_some(&buffer[..]),
        });
    }
    let mut line = 1;
    while !buffer.is_empty() {
        if !(fits && buffer.trim_ascii().is_empty()) {
            visit(Document {
                line: Some(line),
                bytes: fits.then_some(&buffer[..]),
            })?;
        }
        line += 1;
        buffer.clear();
        fits = read_line(&mut input, &mut buffer)?;
    }
    Ok(())
}

/// Reads a line of bounded length and skips what is left of a longer one.
fn read_line(input: &mut impl BufRead, buffer: &mut Vec<u8>) -> io::Result<bool> {
    let bound = LARGEST_BYTES as u64 + 1;
    input.by_ref().take(bound).read_until(b'\n', buffer)?;
    if buffer.len() <= LARGEST_BYTES {
        return Ok(true);
    }
    if !buffer.ends_with(b"\n") {
        input.skip_until(b'\n')?;
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(text: &str, known_as_lines: bool) -> Vec<(Option<u64>, String)> {
        let mut found = Vec::new();
        each::<io::Error>(text.as_bytes(), known_as_lines, |document| {
            let bytes = document.bytes.unwrap_or_default();
            let text = String::from_utf8_lossy(bytes).trim().to_owned();
            found.push((document.line, text));
            Ok(())
        })
        .unwrap();
        found
    }

    #[test]
    fn one_document_may_take_many_lines() {
        assert_eq!(documents("{\n}\n", false), [(None, "{\n}".into())]);
        assert_eq!(documents("{}\n", false), [(None, "{}".into())]);
    }

    #[test]
    fn whole_objects_on_lines_are_documents_of_their_own() {
        let wanted = [(Some(1), "{}".into()), (Some(3), "{".into())];
        assert_eq!(documents("{}\n\n{\n", false), wanted);
    }

    #[test]
    fn a_file_known_as_lines_may_begin_with_a_broken_one() {
        let wanted = [(Some(1), "{".into()), (Some(2), "{}".into())];
        assert_eq!(documents("{\n{}", true), wanted);
    }

    #[test]
    fn nothing_at_all_is_one_empty_document() {
        assert_eq!(documents("", false), [(None, String::new())]);
    }

    #[test]
    fn a_line_that_is_too_long_does_not_hide_the_next() {
        let long = format!("{{{}}}\n{{}}\n", " ".repeat(LARGEST_BYTES));
        let wanted = [(Some(1), String::new()), (Some(2), "{}".into())];
        assert_eq!(documents(&long, true), wanted);
    }
}
