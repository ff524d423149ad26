//! What the demos have in common: commands that are shown and then run.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use crate::Failure;

/// A plugin, and the driver that talks to it.
pub(crate) struct Stage<'a> {
    pub(crate) programs: &'a Path,
    pub(crate) plugin: &'static str,
    pub(crate) environment: Vec<(&'static str, OsString)>,
}

impl Stage<'_> {
    /// Shows a command of the driver, and runs it; whether it succeeded.
    pub(crate) fn driver(&self, title: &str, arguments: &[&str]) -> Result<bool, Failure> {
        let words: Vec<String> = arguments.iter().map(|word| quoted(word)).collect();
        heading(title);
        println!("$ shellrt-driver {} {}", self.plugin, words.join(" "));
        let status = self.quiet_driver(arguments).status()?;
        Ok(status.success())
    }

    /// The same, not shown and not run yet.
    pub(crate) fn quiet_driver(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.programs.join("shellrt-driver"));
        command
            .arg(self.programs.join(self.plugin))
            .args(arguments)
            .envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// What comes next; without a title, only a line between two commands.
pub(crate) fn heading(title: &str) {
    println!();
    if !title.is_empty() {
        println!("# {title}");
    }
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_shown_word_is_what_a_shell_would_read() {
        assert_eq!(quoted("--timeout"), "--timeout");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
