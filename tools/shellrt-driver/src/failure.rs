//! Everything that can go wrong, how it is told, and the exit status it gives.

use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::process::ExitCode;

use shellrt_api::{
    Command, Error, ErrorCode, InvalidRequestDetail, Payload, RequestHead, ResponseHead,
    ResponseMessage,
};
use shellrt_kit::host::CallError;
use thiserror::Error as ThisError;

use crate::config::ConfigFault;
use crate::exit;
use crate::output::{Style, note, paint, printable};

#[derive(Debug, ThisError)]
pub(crate) enum Failure {
    /// The plugin answered, and the answer is an error.
    #[error("{}", printable(&error.message))]
    Plugin {
        command: Option<Command>,
        error: Box<Error>,
    },

    /// The plugin did not keep to the protocol.
    #[error("{message}")]
    Protocol {
        message: String,
        causes: Vec<String>,
    },

    /// A stream that has an unknown rest. The plugin may well have kept to the
    /// protocol.
    #[error("{message}")]
    Cut {
        message: String,
        causes: Vec<String>,
    },

    #[error("the plugin did not answer by the deadline and was stopped; what it did is not known")]
    Deadline,

    #[error("cannot start the plugin `{plugin}`: {source}")]
    Spawn { plugin: String, source: io::Error },

    #[error("cannot talk to the plugin: {0}")]
    Talk(io::Error),

    #[error("no plugin is named")]
    NoPlugin,

    #[error("the config does not fit the config type `{config_type}`; nothing was sent")]
    Config {
        config_type: String,
        faults: Vec<ConfigFault>,
    },

    #[error("the plugin `{plugin}` has no config type `{wanted}`; nothing was sent")]
    UnknownConfigType {
        plugin: String,
        wanted: String,
        known: Vec<String>,
    },

    #[error("{message}")]
    Usage { message: String, hint: &'static str },

    #[error("{what} `{}`: {source}", path.display())]
    File {
        what: String,
        path: PathBuf,
        source: io::Error,
    },

    #[error("cannot write to standard output: {0}")]
    Output(io::Error),

    /// Some of several modules failed, and each was reported.
    #[error("{failed} of {all} modules failed")]
    Several { failed: usize, all: usize },
}

impl Failure {
    pub(crate) fn plugin(command: Option<Command>, error: Error) -> Failure {
        Failure::Plugin {
            command,
            error: Box::new(error),
        }
    }

    /// What the kit says, of a request with that command.
    pub(crate) fn of_call(command: Option<Command>, error: CallError) -> Failure {
        match error {
            CallError::Plugin(error) => Failure::Plugin { command, error },
            CallError::Protocol(fault) => Failure::protocol(&fault.to_string()),
            CallError::Cut { ref stderr, .. } => {
                let (message, mut causes) = told(&error.to_string());
                if !stderr.is_empty() {
                    causes.push(format!("standard error: `{}`", stderr.escape_ascii()));
                }
                Failure::Cut { message, causes }
            }
            CallError::Deadline { .. } => Failure::Deadline,
            CallError::Spawn { program, source } => Failure::Spawn {
                plugin: program.display().to_string(),
                source,
            },
            CallError::Io(source) => Failure::Talk(source),
            other => Failure::protocol(&other.to_string()),
        }
    }

    fn protocol(text: &str) -> Failure {
        let (message, causes) = told(text);
        Failure::Protocol { message, causes }
    }

    /// The response that the failure is, for programs.
    pub(crate) fn document(&self) -> Option<ResponseMessage> {
        let Failure::Plugin { command, error } = self else {
            return None;
        };
        let head = ResponseHead::new(RequestHead::new().version);
        Some(ResponseMessage::new(head, *command, Err((**error).clone())))
    }

    /// Tells the failure on standard error and gives the exit status.
    pub(crate) fn report(&self) -> ExitCode {
        let status = self.exit_status();
        if status != exit::OK {
            note(&format!("{} {self}", paint(Style::Error, &self.label())));
            for line in self.causes() {
                note(&format!("  {line}"));
            }
            if let Some(hint) = self.hint() {
                note(&format!("{} {hint}", paint(Style::Hint, "hint:")));
            }
        }
        ExitCode::from(status)
    }

    fn exit_status(&self) -> u8 {
        match self {
            Failure::Plugin { .. } | Failure::Several { .. } => exit::PLUGIN_ERROR,
            Failure::NoPlugin
            | Failure::Config { .. }
            | Failure::UnknownConfigType { .. }
            | Failure::Usage { .. }
            | Failure::File { .. } => exit::USAGE,
            Failure::Protocol { .. } => exit::PROTOCOL_FAULT,
            Failure::Cut { .. } => exit::CUT,
            Failure::Deadline => exit::DEADLINE,
            // The reader had enough, as `head` does: that is a success.
            Failure::Output(error) if error.kind() == ErrorKind::BrokenPipe => exit::OK,
            Failure::Spawn { .. } | Failure::Talk(_) | Failure::Output(_) => exit::CANNOT_RUN,
        }
    }

    /// `error`, with the code and name of a plugin's error.
    fn label(&self) -> String {
        match self {
            Failure::Plugin { error, .. } => match error.known_code() {
                Some(code) => format!("error[{} {}]:", code.name(), error.code),
                None => format!("error[{} {}]:", printable(error.class.as_str()), error.code),
            },
            _ => "error:".to_owned(),
        }
    }

    fn causes(&self) -> Vec<String> {
        match self {
            Failure::Plugin { error, .. } => plugin_causes(error),
            Failure::Protocol { causes, .. } | Failure::Cut { causes, .. } => causes.clone(),
            Failure::Config { faults, .. } => faults
                .iter()
                .map(|fault| format!("at {}: {}", place(&fault.pointer), fault.message))
                .collect(),
            Failure::UnknownConfigType { known, .. } if !known.is_empty() => {
                vec![format!(
                    "it has: {}",
                    known
                        .iter()
                        .map(|name| format!("`{name}`"))
                        .collect::<Vec<_>>()
                        .join(", ")
                )]
            }
            _ => Vec::new(),
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Failure::Plugin { error, .. } => match (&error.hint, error.known_code()) {
                (Some(hint), _) => Some(printable(hint)),
                // The faults say what to mend, and where.
                (None, Some(ErrorCode::InvalidRequest)) => None,
                (None, Some(code)) => Some(as_hint(code.recovery())),
                (None, None) => error.may_retry().then(|| "the same command may succeed later".to_owned()),
            },
            Failure::Protocol { .. } => {
                Some("this is a fault of the plugin; `--trace` shows the request, `raw` the exact reply".to_owned())
            }
            Failure::Cut { .. } => Some("what came before is good; the same command begins anew".to_owned()),
            Failure::Deadline => Some("give it longer with `--timeout`".to_owned()),
            Failure::Spawn { source, .. } => match source.kind() {
                ErrorKind::NotFound => Some("name a program's path, such as `./shellrt-process`, or one in PATH".into()),
                ErrorKind::PermissionDenied => Some("make it executable: `chmod +x`".into()),
                _ => None,
            },
            Failure::NoPlugin => Some(
                "write `shellrt-driver PLUGIN COMMAND ...`, or use `--plugin PLUGIN`, or set SHELLRT_PLUGIN".to_owned(),
            ),
            Failure::Config { .. } => Some("`--no-check` sends it all the same".to_owned()),
            Failure::UnknownConfigType { .. } => Some("`describe` shows what the plugin can do".to_owned()),
            Failure::Usage { hint, .. } => Some((*hint).to_owned()),
            Failure::File { .. } | Failure::Talk(_) | Failure::Output(_) | Failure::Several { .. } => None,
        }
    }
}

/// A text whose first line says what is wrong, and the others why.
fn told(text: &str) -> (String, Vec<String>) {
    let mut lines = text.lines().map(|line| printable(line.trim()));
    (lines.next().unwrap_or_default(), lines.collect())
}

fn plugin_causes(error: &Error) -> Vec<String> {
    let causes = error
        .causes
        .iter()
        .map(|cause| format!("because: {}", printable(cause)));
    let detail = error
        .detail
        .clone()
        .map(serde_json::Value::Object)
        .unwrap_or_default();
    let faults = InvalidRequestDetail::from_value(detail)
        .map(|detail| detail.faults)
        .unwrap_or_default();
    let faults = faults.into_iter().map(|fault| {
        let expected = fault
            .expected
            .map(|expected| format!("; expected {}", printable(&expected)))
            .unwrap_or_default();
        format!(
            "at {}: {}{expected}",
            place(&fault.pointer),
            printable(&fault.message)
        )
    });
    causes.chain(faults).collect()
}

/// A sentence of the registry as a hint: those begin small and have no full stop.
fn as_hint(sentence: &str) -> String {
    let mut characters = sentence.trim_end_matches('.').chars();
    characters
        .next()
        .map(|first| first.to_lowercase().chain(characters).collect())
        .unwrap_or_default()
}

/// A pointer for people: the empty one means the whole document.
fn place(pointer: &str) -> String {
    if pointer.is_empty() {
        "the top".to_owned()
    } else {
        format!("`{}`", printable(pointer))
    }
}
