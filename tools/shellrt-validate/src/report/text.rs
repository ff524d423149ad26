//! Text for terminals: lines that are not too wide, nothing that could play with
//! the terminal, and colour where it is wanted.

use clap::builder::styling::{AnsiColor, Style};
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// Lines are never wider than this, however wide the terminal is.
pub(crate) const WIDEST: usize = 100;
/// Nor narrower than this.
pub(crate) const NARROWEST: usize = 60;

/// Text from outside with every control and direction character escaped.
pub(crate) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => shown.extend(letter.escape_unicode()),
            letter if letter.is_control() => shown.extend(letter.escape_default()),
            letter => shown.push(letter),
        }
    }
    shown
}

/// The beginning of a text, so that it is no wider than `width`.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let mut shown = String::new();
    for letter in text.chars() {
        shown.push(letter);
        if display_width(&shown) + 3 > width {
            shown.pop();
            break;
        }
    }
    shown.push_str("...");
    shown
}

/// Words in lines; the first begins with `first`, the others with `others`. A
/// word that is too wide is left whole, so that it can be copied.
pub(crate) fn words(text: &str, first: &str, others: &str, width: usize) -> String {
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(others)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::fill(&printable(text), options)
}

/// Escaped bytes in lines, broken where the line is full but never within an
/// escape; no space is lost.
pub(crate) fn bytes(text: &str, first: &str, others: &str, width: usize) -> String {
    let room = width.saturating_sub(display_width(others)).max(10);
    let mut lines = first.to_owned();
    let mut column = 0;
    for unit in units(&printable(text)) {
        let wide = display_width(unit);
        if column + wide > room {
            lines.push('\n');
            lines.push_str(others);
            column = 0;
        }
        lines.push_str(unit);
        column += wide;
    }
    lines
}

/// Letters and whole escapes: `\n`, `\x1b`, `\u{202e}`.
fn units(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut letters = rest.chars();
        let length = match (letters.next()?, letters.next()) {
            ('\\', Some('x')) => rest.len().min(4),
            ('\\', Some('u')) => rest.find('}').map_or(2, |end| end + 1),
            ('\\', Some(letter)) => 1 + letter.len_utf8(),
            (letter, _) => letter.len_utf8(),
        };
        let length = if rest.is_char_boundary(length) {
            length
        } else {
            1
        };
        let (unit, behind) = rest.split_at(length);
        rest = behind;
        Some(unit)
    })
}

/// So many names, and how many more there are.
pub(crate) fn some_of(names: &[&str], most: usize) -> String {
    match names.len().checked_sub(most) {
        None | Some(0) => names.join(", "),
        Some(more) => format!("{} and {more} more", names[..most].join(", ")),
    }
}

/// `1 check`, `2 checks`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// Paints words, or leaves them as they are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    pub(crate) is_wanted: bool,
}

impl Paint {
    pub(crate) const NONE: Paint = Paint { is_wanted: false };

    pub(crate) fn good(self, text: &str) -> String {
        self.paint(
            text,
            Style::new().bold().fg_color(Some(AnsiColor::Green.into())),
        )
    }

    pub(crate) fn bad(self, text: &str) -> String {
        self.paint(
            text,
            Style::new().bold().fg_color(Some(AnsiColor::Red.into())),
        )
    }

    pub(crate) fn doubtful(self, text: &str) -> String {
        self.paint(
            text,
            Style::new().bold().fg_color(Some(AnsiColor::Yellow.into())),
        )
    }

    pub(crate) fn strong(self, text: &str) -> String {
        self.paint(text, Style::new().bold())
    }

    pub(crate) fn label(self, text: &str) -> String {
        self.paint(text, Style::new().fg_color(Some(AnsiColor::Cyan.into())))
    }

    fn paint(self, text: &str, style: Style) -> String {
        if self.is_wanted {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_play_with_a_terminal_is_escaped() {
        assert_eq!(
            printable("a\u{1b}[2J\n\u{202e}\u{9b}"),
            "a\\u{1b}[2J\\n\\u{202e}\\u{9b}"
        );
    }

    #[test]
    fn bytes_keep_their_spaces_and_their_escapes_whole() {
        let text = r"ab   \n\x1b\u{202e}c   d";
        let lines = bytes(text, "", "", 10);
        assert!(lines.lines().count() > 2);
        assert_eq!(lines.replace('\n', ""), text);
        for escape in [r"\x1b", r"\u{202e}"] {
            assert!(lines.contains(escape), "{lines}");
        }
    }

    #[test]
    fn an_escape_that_is_cut_off_is_no_trouble() {
        for text in ["\\", "\\x", "\\x1ü", "\\u{12", "\\ü", "\\x1\u{fe0f}"] {
            assert_eq!(bytes(text, "", "", 60), text);
        }
    }

    #[test]
    fn a_long_word_stays_whole() {
        let word = "x".repeat(90);
        assert!(words(&format!("a {word} b"), "", "  ", 60).contains(&word));
    }

    #[test]
    fn what_is_cut_fits() {
        for width in 4..20 {
            let text = cut("ü日本語 and a longer text", width);
            assert!(display_width(&text) <= width, "{text}");
        }
        assert_eq!(cut("short", 5), "short");
    }

    #[test]
    fn many_names_are_counted() {
        assert_eq!(some_of(&["a", "b"], 2), "a, b");
        assert_eq!(some_of(&["a", "b", "c"], 2), "a, b and 1 more");
    }
}
