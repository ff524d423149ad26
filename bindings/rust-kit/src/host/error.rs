//! What can go wrong between a host and its plugin.

use std::fmt;
use std::io;
use std::path::PathBuf;

use shellrt_api::Error;

use crate::codec::{Exit, FaultKind};

/// How much of a plugin's output an error shows, in bytes; what is longer is cut
/// in the middle.
const SHOWN: usize = 512;

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
    pub stdout: Vec<u8>,
    /// The end of what it wrote to standard error.
    pub stderr: Vec<u8>,
    /// How it ended.
    pub exit: Exit,
}

impl fmt::Display for ProtocolFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the plugin broke the protocol: {} ({})", self.kind, self.exit)?;
        for (name, bytes) in [("standard output", &self.stdout), ("standard error", &self.stderr)] {
            if !bytes.is_empty() {
                write!(formatter, "\n  {name}, {} bytes: {}", bytes.len(), shown(bytes))?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for ProtocolFault {}

/// Bytes as a person can read them, whatever they are.
fn shown(bytes: &[u8]) -> String {
    if bytes.len() <= SHOWN {
        return format!("`{}`", bytes.escape_ascii());
    }
    let (start, end) = (&bytes[..SHOWN / 2], &bytes[bytes.len() - SHOWN / 2..]);
    let left_out = bytes.len() - SHOWN;
    format!("`{}` … {left_out} bytes … `{}`", start.escape_ascii(), end.escape_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_output_is_cut_in_the_middle() {
        let mut bytes = vec![b'a'; 300];
        bytes.extend_from_slice(&[0; 300]);
        let text = shown(&bytes);
        assert!(text.starts_with("`aaa") && text.contains("… 88 bytes …") && text.ends_with("\\x00`"), "{text}");
    }
}
