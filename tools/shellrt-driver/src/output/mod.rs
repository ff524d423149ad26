//! What goes where: data to standard output, everything else to standard error.

mod progress;
mod style;
mod table;

use std::io::{self, Write};

use shellrt_api::{Error, ModuleName, Warning};

use crate::failure::Failure;

pub(crate) use progress::PullProgress;
pub(crate) use style::{Style, paint};
pub(crate) use table::{Facts, Table};

/// Writes data to standard output.
pub(crate) fn data(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    stdout
        .write_all(bytes)
        .and_then(|()| stdout.flush())
        .map_err(Failure::Output)
}

/// Writes one line of data to standard output.
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    data(format!("{text}\n").as_bytes())
}

/// Writes a line for people to standard error.
pub(crate) fn note(text: &str) {
    // A closed standard error leaves nobody to tell.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Shows what the plugin warns of.
pub(crate) fn warnings(warnings: &[Warning]) {
    for warning in warnings {
        let place = warning
            .pointer
            .as_ref()
            .map(|pointer| format!("{pointer}: "))
            .unwrap_or_default();
        note(&format!(
            "{} {place}{}",
            paint(Style::Warning, "warning:"),
            printable(&warning.message)
        ));
    }
}

/// Shows which of several modules could not be read; the others were.
pub(crate) fn item_errors<'a>(errors: impl Iterator<Item = (&'a ModuleName, &'a Error)>) {
    for (name, error) in errors {
        note(&format!(
            "{} {name}: {}",
            paint(Style::Warning, "warning:"),
            printable(&error.message)
        ));
    }
}

/// The text without control characters: what a plugin says must not move the
/// cursor or retitle the terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                '\u{fffd}'
            } else {
                character
            }
        })
        .collect()
}

/// A size as people read it, in powers of 1024.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    // Tenths, rounded down: enough for a table, and no float in sight.
    let power = bytes.ilog2() / 10;
    let tenths = (u128::from(bytes) * 10) >> (10 * power);
    format!(
        "{}.{} {}",
        tenths / 10,
        tenths % 10,
        UNITS[power as usize - 1]
    )
}

/// The first characters of a digest or id, as other tools show them.
pub(crate) fn short_id(id: &str) -> String {
    let hex = id.split_once(':').map_or(id, |(_, hex)| hex);
    printable(&hex.chars().take(12).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_in_their_largest_unit() {
        for (bytes, text) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (1_572_864, "1.5 MiB"),
            (u64::MAX, "15.9 EiB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn control_characters_of_a_plugin_do_not_reach_the_terminal() {
        assert_eq!(printable("a\u{1b}[2Jb\n"), "a\u{fffd}[2Jb\u{fffd}");
    }

    #[test]
    fn an_id_is_cut_to_twelve_characters_after_its_algorithm() {
        assert_eq!(short_id("sha256:0123456789abcdef"), "0123456789ab");
        assert_eq!(short_id("short"), "short");
    }
}
