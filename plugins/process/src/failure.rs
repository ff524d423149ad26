//! Why a command fails, and how the protocol says it.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use shellrt_api::{Error, ErrorCode, Fault, ModuleName};
use shellrt_common::failure::code_of_io;
use thiserror::Error as ThisError;

/// How long a host should wait for a command that holds a module.
const RETRY_AFTER_MS: u32 = 500;

/// Every way in which a command of this plugin fails. Texts name what failed
/// and why; they never hold a value of an environment or of a label.
#[derive(Debug, ThisError)]
pub(crate) enum Failure {
    #[error("there is no module `{0}`")]
    NotFound(ModuleName),
    #[error("there is a module `{0}` already, made by another request")]
    Conflict(ModuleName),
    #[error("another command works on module `{0}`")]
    Busy(ModuleName),
    #[error("module `{0}` does not run")]
    NotRunning(ModuleName),
    #[error("the request cannot be carried out: {}", first_message(.0))]
    Invalid(Vec<Fault>),
    #[error("{0}")]
    Unsupported(String),
    #[error("the module cannot be started: {0}")]
    StartFailed(String),
    #[error("the module cannot be started: {0}")]
    SourceMissing(String),
    #[error("the deadline passed before {0}")]
    Deadline(String),
    #[error("`{}` cannot be used: {why}", path.display())]
    Damaged { path: PathBuf, why: String },
    #[error("cannot {action} `{}`: {source}", path.display())]
    Io {
        action: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    /// The kit or a supervisor has said it as the protocol does.
    #[error("{}", .0.message)]
    Reported(Box<Error>),
    #[error("the module's processes cannot be looked at or signalled: {0}")]
    Processes(io::Error),
    #[error("{0}")]
    Internal(String),
}

impl Failure {
    /// A file that could not be read or written.
    pub(crate) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io {
            action,
            path: path.to_owned(),
            source,
        }
    }

    /// The kernel's view of processes that could not be read, or a process
    /// that could not be signalled.
    pub(crate) fn processes(source: impl Into<io::Error>) -> Self {
        Self::Processes(source.into())
    }

    /// The failure as a reply carries it.
    pub(crate) fn to_error(&self) -> Error {
        if let Self::Reported(error) = self {
            return (**error).clone();
        }
        let mut error = Error::new(self.code(), self.to_string());
        if let Some(hint) = self.hint() {
            error = error.with_hint(hint);
        }
        if let Some(detail) = self.detail() {
            error = error.with_detail(detail);
        }
        if matches!(self, Self::Busy(_)) {
            error = error.with_retry_after_ms(RETRY_AFTER_MS);
        }
        error
    }

    fn code(&self) -> ErrorCode {
        match self {
            Self::NotFound(_) => ErrorCode::ModuleNotFound,
            Self::Conflict(_) => ErrorCode::ModuleConflict,
            Self::Busy(_) => ErrorCode::Busy,
            Self::NotRunning(_) => ErrorCode::ModuleNotRunning,
            Self::Invalid(_) => ErrorCode::InvalidRequest,
            Self::Unsupported(_) => ErrorCode::Unsupported,
            Self::StartFailed(_) => ErrorCode::ModuleStartFailed,
            Self::SourceMissing(_) => ErrorCode::ModuleSourceMissing,
            Self::Deadline(_) => ErrorCode::DeadlineExceeded,
            Self::Damaged { .. } => ErrorCode::ModuleDead,
            Self::Io { source, .. } | Self::Processes(source) => code_of_io(source),
            // A supervisor's error stays what it is: see `to_error`.
            Self::Reported(_) | Self::Internal(_) => ErrorCode::Internal,
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NotFound(_) => "`list` names the modules that there are".to_owned(),
            Self::Conflict(_) => "remove that module first, or use another name".to_owned(),
            Self::NotRunning(_) => "start it first".to_owned(),
            Self::Unsupported(_) => "`describe` names what this plugin can do".to_owned(),
            Self::Damaged { .. } => "remove the module and create it again".to_owned(),
            Self::Io { path, .. } => match self.code() {
                ErrorCode::PermissionDenied => format!(
                    "run the plugin as the user that owns `{}`, or give another `--state-dir`",
                    path.display()
                ),
                ErrorCode::DiskFull => "free some disk space and send the request again".to_owned(),
                _ => return None,
            },
            Self::Processes(_) if self.code() == ErrorCode::PermissionDenied => {
                "run the plugin as the user whose processes they are".to_owned()
            }
            _ => return None,
        };
        Some(hint)
    }

    fn detail(&self) -> Option<Map<String, Value>> {
        let Self::Invalid(faults) = self else {
            return None;
        };
        let faults = serde_json::to_value(faults).unwrap_or_else(|_| json!([]));
        Some(Map::from_iter([("faults".to_owned(), faults)]))
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        failure.to_error()
    }
}

fn first_message(faults: &[Fault]) -> &str {
    faults
        .first()
        .map_or("it is not valid", |fault| fault.message.as_str())
}
