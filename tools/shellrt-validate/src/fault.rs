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
    #[error("cannot start `{program}`: {source}")]
    Start { program: String, source: io::Error },
    #[error("`{path}` is no tape: line {line}: {why}\nhint: docs/tape.md says what a tape is")]
    Tape {
        path: String,
        line: u64,
        why: String,
    },
    #[error("cannot write to standard output: {0}")]
    Write(#[from] io::Error),
    #[error("there is no type `{name}`\nhint: known are {}", known.join(", "))]
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

fn rule_hint(near: &[String]) -> String {
    match near {
        [] => "docs/protocol.md has them all".into(),
        [one] => format!("did you mean `{one}`?"),
        many => format!("known are {}", many.join(", ")),
    }
}
