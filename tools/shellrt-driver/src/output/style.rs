//! Colour, for standard error on a terminal and never where NO_COLOR asks for none.

use std::io::{IsTerminal, stderr};

use clap::builder::styling::{AnsiColor, Style as Ansi};

/// What a word is, which decides how it looks.
#[derive(Clone, Copy)]
pub(crate) enum Style {
    Error,
    Warning,
    Hint,
    Trace,
}

/// The word in its colour, or as it is.
pub(crate) fn paint(style: Style, word: &str) -> String {
    if !is_wanted() {
        return word.to_owned();
    }
    let ansi = Ansi::new().bold().fg_color(Some(
        match style {
            Style::Error => AnsiColor::Red,
            Style::Warning => AnsiColor::Yellow,
            Style::Hint => AnsiColor::Cyan,
            Style::Trace => AnsiColor::Magenta,
        }
        .into(),
    ));
    format!("{ansi}{word}{ansi:#}")
}

fn is_wanted() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
        || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    !refused && stderr().is_terminal()
}
