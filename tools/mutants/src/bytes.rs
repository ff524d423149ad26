//! Changes of bytes that need not be JSON.

use serde_json::Value;

use crate::format::{Bytes, Input, Keep, Output, Spelling};

/// What reading does wrong.
pub(crate) fn misread(mut bytes: Vec<u8>, input: &Input) -> Vec<u8> {
    match input.keep {
        Some(Keep::Bytes(count)) => bytes.truncate(count),
        Some(Keep::FirstLine) => {
            if let Some(end) = bytes.iter().position(|&byte| byte == b'\n') {
                bytes.truncate(end);
            }
        }
        Some(Keep::FirstDocument) => {
            let mut documents =
                serde_json::Deserializer::from_slice(&bytes).into_iter::<serde::de::IgnoredAny>();
            if let Some(Ok(_)) = documents.next() {
                let end = documents.byte_offset();
                bytes.truncate(end);
            }
        }
        None => {}
    }
    bytes = replaced(bytes, &input.replace);
    if input.mend_utf8 {
        bytes = String::from_utf8_lossy(&bytes).into_owned().into_bytes();
    }
    bytes
}

/// Each place of each pair's first is given its second.
pub(crate) fn replaced(mut bytes: Vec<u8>, pairs: &[(Bytes, Bytes)]) -> Vec<u8> {
    for (from, to) in pairs {
        let (from, to) = (from.get(), to.get());
        if from.is_empty() {
            continue;
        }
        let mut done = Vec::with_capacity(bytes.len());
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            if rest.starts_with(&from) {
                done.extend_from_slice(&to);
                rest = &rest[from.len()..];
            } else {
                done.push(rest[0]);
                rest = &rest[1..];
            }
        }
        bytes = done;
    }
    bytes
}

/// Everything up to the NUL byte, or to the end, as an unsound plugin writes it.
/// `response` is there where it was changed.
pub(crate) fn respelt(head: &[u8], response: Option<&Value>, outputs: &[&Output]) -> Vec<u8> {
    let body = head.trim_ascii_end();
    let mut end = head[body.len()..].to_vec();
    let mut text = match response {
        Some(response) => response.to_string().into_bytes(),
        None => body.to_vec(),
    };
    let mut before = Vec::new();
    let mut after = Vec::new();
    for output in outputs {
        if let Some(spelling) = output.spelt {
            text = spelt(&text, spelling, &mut end);
        }
        text = replaced(text, &output.replace);
        if let Some(count) = output.keep {
            text.truncate(count);
            end.clear();
        }
        before.extend(output.before.iter().flat_map(Bytes::get));
        after.extend(output.after.iter().flat_map(Bytes::get));
    }
    [before, text, after, end].concat()
}

fn spelt(text: &[u8], spelling: Spelling, end: &mut Vec<u8>) -> Vec<u8> {
    let document = || serde_json::from_slice::<Value>(text).unwrap_or_default();
    match spelling {
        Spelling::Pretty => format!("{:#}", document()).into_bytes(),
        Spelling::NoLineFeed => {
            end.clear();
            text.to_vec()
        }
        Spelling::Utf16 => {
            *end = Vec::new();
            let letters = String::from_utf8_lossy(text).into_owned();
            let units = std::iter::once(0xfeff).chain(letters.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        }
        Spelling::Spaced => {
            let lines = format!("{:#}", document());
            let words: Vec<&str> = lines.lines().map(str::trim_start).collect();
            words.join(" ").into_bytes()
        }
        Spelling::Ascii => {
            let text = String::from_utf8_lossy(text);
            let mut done = String::new();
            for letter in text.chars() {
                if letter.is_ascii() {
                    done.push(letter);
                } else {
                    let mut units = [0; 2];
                    for unit in letter.encode_utf16(&mut units) {
                        done.push_str(&format!("\\u{unit:04x}"));
                    }
                }
            }
            done.into_bytes()
        }
    }
}
