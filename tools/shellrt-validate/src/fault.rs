//! What is wrong with a document, and why a run could not be done.

use std::io;

use shellrt_api::FaultRule;

/// One thing that is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    /// Where, as a JSON pointer.
    pub(crate) pointer: String,
    /// The rule's name in the protocol.
    pub(crate) rule: String,
    /// What is wrong. Sensitive values are not repeated in it.
    pub(crate) message: String,
    /// What would have been right.
    pub(crate) expected: String,
}

impl Fault {
    pub(crate) fn new(
        pointer: impl Into<String>,
        rule: FaultRule,
        message: impl Into<String>,
        expected: impl Into<String>,
    ) -> Fault {
        Fault {
            pointer: pointer.into(),
            rule: rule.as_str().to_owned(),
            message: message.into(),
            expected: expected.into(),
        }
    }
}

/// Why nothing could be said.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("cannot read `{path}`: {source}")]
    Read { path: String, source: io::Error },
    #[error("cannot write `{path}`: {source}")]
    WriteFile { path: String, source: io::Error },
    #[error(
        "line {line} of the baseline `{path}` is wrong: `{found}` follows the check\nhint: one check a line, a comment behind ` #`"
    )]
    Baseline {
        path: String,
        line: usize,
        found: String,
    },
    /// Reports that get into each other's way, or that cannot be made.
    #[error("{0}")]
    Report(String),
    #[error(
        "cannot start `{program}`: {source}\nhint: {}",
        start_hint(program, source)
    )]
    Start { program: String, source: io::Error },
    #[error("`{path}` is no tape: line {line}: {why}\nhint: docs/tape.md says what a tape is")]
    Tape {
        path: String,
        line: u64,
        why: String,
    },
    #[error("cannot write to standard output: {0}")]
    Write(#[from] io::Error),
    #[error("there is no type `{name}`\nhint: {}", type_hint(name, known))]
    UnknownType { name: String, known: Vec<String> },
    #[error("there is no rule `{name}`\nhint: {}", rule_hint(near))]
    UnknownRule { name: String, near: Vec<String> },
    #[error("there is no requirement set `{name}`\nhint: known are {}", known.join(", "))]
    UnknownRequirements {
        name: String,
        known: Vec<&'static str>,
    },
    #[error("the embedded requirement set `{name}` cannot be used: {source}")]
    Requirements {
        name: String,
        source: serde_json::Error,
    },
    /// A conformance run that cannot be begun.
    #[error("{0}")]
    Run(String),
    #[error("the embedded schema cannot be used: {0}\nhint: run `cargo xtask codegen`")]
    Contract(String),
}

impl Failure {
    pub(crate) fn run(error: impl std::fmt::Display) -> Failure {
        Failure::Run(error.to_string())
    }

    pub(crate) fn contract(error: impl std::fmt::Display) -> Failure {
        Failure::Contract(error.to_string())
    }

    pub(crate) fn is_broken_pipe(&self) -> bool {
        matches!(self, Failure::Write(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// Why a program does not start, as far as its file shows, and what helps.
pub(crate) fn start_hint(program: &str, error: &io::Error) -> String {
    let file = std::fs::metadata(program);
    match (error.kind(), file) {
        (io::ErrorKind::NotFound, Ok(_)) => {
            "the file is there: what its first line names after `#!`, or the loader that it \
             was linked for, is not"
                .to_owned()
        }
        (io::ErrorKind::NotFound, Err(_)) => {
            "name the program's path, such as `./my-plugin`, or a program in PATH".to_owned()
        }
        (_, Ok(file)) if file.is_dir() => "it is a folder: name the program in it".to_owned(),
        (io::ErrorKind::PermissionDenied, _) => format!("make it executable: chmod +x {program}"),
        _ => "run it by hand; a script begins with a line such as `#!/bin/sh`".to_owned(),
    }
}

/// The likest types; where none is like it, those that hosts and plugins speak.
fn type_hint(name: &str, known: &[String]) -> String {
    const LIKE: f64 = 0.85;
    const MOST: usize = 3;
    let wanted = name.to_lowercase();
    let mut like: Vec<(f64, &str)> = known
        .iter()
        .map(|known| {
            (
                strsim::jaro_winkler(&known.to_lowercase(), &wanted),
                &**known,
            )
        })
        .filter(|(likeness, _)| *likeness >= LIKE)
        .collect();
    like.sort_by(|a, b| b.0.total_cmp(&a.0));
    let like: Vec<String> = like
        .into_iter()
        .take(MOST)
        .map(|(_, known)| format!("`{known}`"))
        .collect();
    if !like.is_empty() {
        return format!("did you mean {}?", like.join(" or "));
    }
    let is_command = |name: &&String| !name.starts_with(|letter: char| letter.is_uppercase());
    let commands: Vec<&str> = known
        .iter()
        .filter(is_command)
        .map(|name| &**name)
        .collect();
    format!("known are {}", commands.join(", "))
}

fn rule_hint(near: &[String]) -> String {
    match near {
        [] => "docs/protocol.md has them all".into(),
        [one] => format!("did you mean `{one}`?"),
        many => format!("known are {}", many.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_does_not_start_is_told_with_what_helps() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plugin");
        let hint = |path: &std::path::Path| {
            let error = std::process::Command::new(path).spawn().unwrap_err();
            start_hint(&path.display().to_string(), &error)
        };
        assert!(hint(&path).contains("in PATH"));
        std::fs::write(&path, "#!/no/such/interpreter\n").unwrap();
        assert!(hint(&path).starts_with("make it executable: chmod +x /"));
        assert!(hint(folder.path()).contains("a folder"));
        let missing = io::Error::from(io::ErrorKind::NotFound);
        let told = start_hint(&path.display().to_string(), &missing);
        assert!(told.contains("after `#!`"), "{told}");
    }

    #[test]
    fn a_type_that_is_nearly_one_is_recognised() {
        let known = ["stop", "status", "ModuleName"].map(str::to_owned);
        assert_eq!(type_hint("stopp", &known), "did you mean `stop`?");
        assert_eq!(
            type_hint("modulename", &known),
            "did you mean `ModuleName`?"
        );
        assert_eq!(type_hint("zzz", &known), "known are stop, status");
    }
}
