//! An exchange as a person can read it: bytes escaped, long texts shortened in
//! the middle, and the command line that does the same again.

use std::ffi::OsStr;
use std::time::Duration;

use super::outcome::Evidence;
use super::plugin::{Ended, Exchange, Plugin, quoted};

/// So much of an output is shown.
const SHOWN_BYTES: usize = 1200;
/// A longer request is not put into a command line.
const TYPED_BYTES: usize = 2000;

pub(crate) fn evidence(plugin: &Plugin, exchange: &Exchange) -> Evidence {
    Evidence {
        sent: shown(&exchange.sent),
        stdout: shown(&exchange.stdout),
        stderr: shown(&exchange.stderr),
        ended: ended(exchange.ended),
        took_ms: milliseconds(exchange.took),
        reproduce: reproduce(plugin, exchange),
    }
}

pub(crate) fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

pub(crate) fn ended(ended: Ended) -> String {
    match ended {
        Ended::Status(code) => format!("exit status {code}"),
        Ended::Signal(number) => format!("ended by signal {number}"),
        Ended::TooLarge => "it took too much memory, and was killed".to_owned(),
        Ended::TimeUp => "still running when its time was up, and killed".to_owned(),
    }
}

/// Bytes as text: what is no printable ASCII or UTF-8 letter is escaped.
pub(crate) fn shown(bytes: &[u8]) -> String {
    if bytes.len() <= SHOWN_BYTES {
        return escaped(bytes);
    }
    let half = SHOWN_BYTES / 2;
    let left_out = bytes.len() - 2 * half;
    format!(
        "{} ... {left_out} bytes left out ... {}",
        escaped(&bytes[..half]),
        escaped(&bytes[bytes.len() - half..])
    )
}

fn escaped(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for letter in chunk.valid().chars() {
            match letter {
                '\\' => text.push_str("\\\\"),
                '\n' => text.push_str("\\n"),
                '\t' => text.push_str("\\t"),
                '\r' => text.push_str("\\r"),
                ' ' => text.push(' '),
                letter if letter.is_ascii_graphic() || letter.is_alphanumeric() => {
                    text.push(letter)
                }
                letter if u32::from(letter) < 256 => {
                    text.push_str(&format!("\\x{:02x}", u32::from(letter)));
                }
                letter => text.extend(letter.escape_default()),
            }
        }
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    text
}

fn reproduce(plugin: &Plugin, exchange: &Exchange) -> String {
    let (command, sent) = (plugin.shown(), &exchange.sent);
    let typed = match std::str::from_utf8(sent) {
        _ if sent.len() > TYPED_BYTES => return String::new(),
        Ok(text) if !text.contains(['\0', '\u{1b}']) => {
            format!("printf '%s' {}", quoted(OsStr::new(text)))
        }
        _ => {
            let octal: String = sent.iter().map(|byte| format!("\\{byte:03o}")).collect();
            format!("printf '{octal}'")
        }
    };
    match exchange.stdin_open {
        // Longer than a plugin may wait.
        true => format!("{{ {typed}; sleep 60; }} | {command}"),
        false => format!("{typed} | {command}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_could_play_with_a_terminal_are_escaped() {
        assert_eq!(shown(b"a\0\x1b[2J\n\xff\\"), r"a\x00\x1b[2J\n\xff\\");
        assert_eq!(shown("ü\u{202e}".as_bytes()), "ü\\u{202e}");
    }

    #[test]
    fn long_texts_lose_their_middle() {
        let text = shown(&[b'x'; 5000]);
        assert!(text.contains("3800 bytes left out"), "{text}");
    }
}
