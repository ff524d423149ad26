//! What was found, for people or for programs: of messages as they come, of a
//! run of the conformance suite when it is over.
//!
//! `view` is what the reports of a run are written from; `pretty`, `junit`,
//! `github` and `markdown` write it, and `output` knows where to.

mod block;
mod github;
mod invocation;
mod junit;
mod markdown;
pub(crate) mod message;
mod output;
mod pretty;
mod problems;
#[cfg(test)]
mod tests;
pub(crate) mod text;
mod view;

use std::io::{self, Write};

pub(crate) use invocation::Invocation;
pub(crate) use output::ReportArguments;
pub(crate) use text::{printable, some_of, words};
pub(crate) use view::{Labels, View};

/// How the findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// Sentences, for people.
    Human,
    /// One JSON object a line, for programs.
    Json,
}

/// Writes bytes to standard output.
pub(crate) fn write_out(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}
