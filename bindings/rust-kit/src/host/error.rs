//! What can go wrong between a host and its plugin.

use std::fmt;
use std::io;
use std::path::PathBuf;

use shellrt_api::{Command, Error, ProtocolVersion};

use super::Excerpt;
use crate::codec::{Exit, FaultKind};

/// Why a call gave no response.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// The plugin answered that it could not.
    #[error("{0}")]
    Plugin(Box<Error>),
    /// The plugin broke the protocol; what it did is not known.
    #[error("{0}")]
    Protocol(Box<ProtocolFault>),
    /// The plugin was stopped because its time was up; what it did is not known.
    #[error("the plugin was stopped: it had not answered {waited_ms} ms after it was asked")]
    Deadline {
        /// How long the host waited, in milliseconds.
        waited_ms: u128,
    },
    /// The stream ended before its end; what came before is good.
    #[error("the stream is cut: {exit}{}", reason.as_ref().map(|text| format!(": {text}")).unwrap_or_default())]
    Cut {
        /// How the plugin ended.
        exit: Exit,
        /// The plugin's own words, where it had any.
        reason: Option<String>,
        /// The end of its standard error.
        stderr: Vec<u8>,
    },
    /// The plugin answers in a version that has another response to the request.
    #[error("the plugin answers in version {served}, which has another response to `{command}`")]
    OtherVersion {
        /// The version of its response.
        served: ProtocolVersion,
        /// What was asked.
        command: Command,
    },
    /// The plugin could not be started.
    #[error("cannot start the plugin `{}`: {source}", program.display())]
    Spawn {
        /// The program.
        program: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The plugin could not be read or waited for.
    #[error("cannot talk to the plugin: {0}")]
    Io(#[from] io::Error),
}

/// A plugin that broke the protocol, with all that a person needs to see why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtocolFault {
    /// The rule that it broke.
    pub kind: FaultKind,
    /// What it wrote to standard output, exactly, as far as the host read it.
    pub stdout: Excerpt,
    /// The end of what it wrote to standard error.
    pub stderr: Excerpt,
    /// How it ended.
    pub exit: Exit,
}

impl fmt::Display for ProtocolFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "the plugin broke the protocol: {} ({})",
            self.kind, self.exit
        )?;
        for (name, text) in [
            ("standard output", &self.stdout),
            ("standard error", &self.stderr),
        ] {
            if text.length() > 0 {
                write!(formatter, "\n  {name}, {text}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for ProtocolFault {}
