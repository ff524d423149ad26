//! The command line that made a run, for whoever wants to do it again.

use std::ffi::OsString;
use std::path::Path;

use crate::suite::quoted;

/// A command line of this program.
#[derive(Clone, Debug, Default)]
pub(crate) struct Invocation {
    /// This program, as it was called.
    pub(crate) program: OsString,
    /// `plugin` or `host`.
    pub(crate) subcommand: &'static str,
    /// The options that decide what is asked and what is right, but for
    /// `--filter`, such as `--config` and `process`.
    pub(crate) options: Vec<OsString>,
    /// The program under test and its arguments.
    pub(crate) command: Vec<OsString>,
}

impl Invocation {
    /// The subcommand, called as this program was.
    pub(crate) fn of(subcommand: &'static str) -> Invocation {
        Invocation {
            program: std::env::args_os().next().unwrap_or_default(),
            subcommand,
            ..Invocation::default()
        }
    }

    /// Adds an option, unless it says what holds without it.
    pub(crate) fn option(&mut self, name: &str, value: &impl ToString, usual: &impl ToString) {
        let value = value.to_string();
        if value != usual.to_string() {
            self.options.extend([name.into(), value.into()]);
        }
    }

    /// As a person types it.
    pub(crate) fn typed(&self, filters: &[String]) -> String {
        self.line(filters, |word| word.clone())
    }

    /// The program under test and its arguments.
    pub(crate) fn command_line(&self) -> String {
        let words: Vec<String> = self.command.iter().map(|word| quoted(word)).collect();
        words.join(" ")
    }

    /// The same without paths of this machine: of an absolute path its last part.
    pub(crate) fn portable(&self, filters: &[String]) -> String {
        self.line(filters, without_place)
    }

    fn line(&self, filters: &[String], shown: impl Fn(&OsString) -> OsString) -> String {
        let filters = filters
            .iter()
            .flat_map(|filter| ["--filter".to_owned(), filter.clone()]);
        let before = [shown(&self.program), self.subcommand.into()];
        let words = before.into_iter().chain(filters.map(OsString::from));
        let words = words.chain(self.options.iter().map(&shown));
        let words = words.chain([OsString::from("--")]);
        let words = words.chain(self.command.iter().map(&shown));
        let words: Vec<String> = words.map(|word| quoted(&word)).collect();
        words.join(" ")
    }
}

/// `/usr/bin/x` becomes `x`, and `--socket=/run/x.sock` `--socket=x.sock`.
fn without_place(word: &OsString) -> OsString {
    let text = word.to_string_lossy();
    let (before, path) = match text.split_once('=') {
        Some((name, path)) if name.starts_with('-') => (format!("{name}="), path),
        _ => (String::new(), &*text),
    };
    match Path::new(path).file_name() {
        Some(name) if path.starts_with('/') => (before + &name.to_string_lossy()).into(),
        _ => word.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_can_be_typed_and_a_portable_one_names_no_place() {
        let invocation = Invocation {
            program: "/opt/shellrt-validate".into(),
            subcommand: "plugin",
            options: ["--config", "/home/me/it.json"].map(OsString::from).into(),
            command: ["/opt/my plugin", "--state=/var/x", "a/b"]
                .map(OsString::from)
                .into(),
        };
        assert_eq!(
            invocation.typed(&["core/echo".into()]),
            "/opt/shellrt-validate plugin --filter core/echo --config /home/me/it.json -- \
             '/opt/my plugin' --state=/var/x a/b"
        );
        assert_eq!(
            invocation.portable(&[]),
            "shellrt-validate plugin --config it.json -- 'my plugin' --state=x a/b"
        );
    }
}
