//! Why a command fails, and how the protocol says it.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Map, Value, json};
use shellrt_api::{Error, ErrorCode, Fault, ModuleName};
use thiserror::Error as ThisError;
use tonic::Code;

/// How long a host should wait for a command that holds a module or an image.
const RETRY_AFTER_MS: u32 = 500;

/// Every way in which a command of this plugin fails. Texts name what failed
/// and why; they never hold a value of an environment, a label or a login.
#[derive(Debug, ThisError)]
pub(crate) enum Failure {
    #[error("there is no module `{0}`")]
    NotFound(ModuleName),
    #[error("there is a module `{0}` already, made by another request")]
    Conflict(ModuleName),
    #[error("there is a container `{0}` already, made by another tool")]
    Foreign(ModuleName),
    #[error("containerd cannot tell how `{0}` is: its shim does not answer")]
    Unclear(String),
    #[error("another command works on {0}")]
    Busy(String),
    #[error("module `{0}` does not run")]
    NotRunning(ModuleName),
    #[error("module `{name}` cannot be used: {why}")]
    Dead {
        name: ModuleName,
        why: String,
        /// When containerd made its record.
        created_at: i64,
    },
    #[error("the request cannot be carried out: {}", first_message(.0))]
    Invalid(Vec<Fault>),
    #[error("{0}")]
    Unsupported(String),
    #[error("the module cannot be started: {}", without_layers(.0))]
    StartFailed(String),
    #[error("the module cannot be started: {0}")]
    SourceMissing(String),
    #[error("cannot reach containerd at `{}`: {why}", address.display())]
    Unavailable { address: PathBuf, why: String },
    #[error("this process may not use containerd's socket `{}`", .0.display())]
    SocketDenied(PathBuf),
    #[error("containerd could not {action}: {}", status.message())]
    Engine {
        action: &'static str,
        status: Box<tonic::Status>,
    },
    #[error("there is no image `{0}` on this machine")]
    ImageNotFound(String),
    #[error("image `{image}` is used by {}", quoted(modules))]
    ImageInUse { image: String, modules: Vec<String> },
    #[error("{0}")]
    ImageInvalid(String),
    #[error("{0}")]
    Mismatch(String),
    #[error("{0}")]
    Registry(#[from] containrs::Error),
    #[error("cannot {action} `{}`: {source}", path.display())]
    Io {
        action: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    /// The kit has said it as the protocol does.
    #[error("{}", .0.message)]
    Reported(Box<Error>),
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

    /// Whether containerd said that there is no such thing.
    pub(crate) fn is_absent(&self) -> bool {
        self.engine_code() == Some(Code::NotFound)
    }

    /// Whether containerd said that there is one already.
    pub(crate) fn is_already_there(&self) -> bool {
        self.engine_code() == Some(Code::AlreadyExists)
    }

    /// Whether what a pull brought so far is of no use to the next one.
    pub(crate) fn is_final_for_a_pull(&self) -> bool {
        matches!(
            self.code(),
            ErrorCode::DigestMismatch
                | ErrorCode::ImageInvalid
                | ErrorCode::ImageNotFound
                | ErrorCode::ImageUnsupported
                // To keep what filled the disk helps nobody.
                | ErrorCode::DiskFull
        )
    }

    fn engine_code(&self) -> Option<Code> {
        match self {
            Self::Engine { status, .. } => Some(status.code()),
            _ => None,
        }
    }

    /// The failure as a reply carries it.
    pub(crate) fn to_error(&self) -> Error {
        if let Self::Reported(error) = self {
            return (**error).clone();
        }
        let mut error = Error::new(self.code(), self.text());
        if let Some(hint) = self.hint() {
            error = error.with_hint(hint);
        }
        if let Some(detail) = self.detail() {
            error = error.with_detail(detail);
        }
        if let Some(wait) = self.retry_after_ms() {
            error = error.with_retry_after_ms(wait);
        }
        error
    }

    /// What failed and why; what others have said of it is cut where it is long.
    pub(crate) fn text(&self) -> String {
        const MAX: usize = 4096;
        let mut text = self.to_string();
        if let Some((end, _)) = text.char_indices().nth(MAX) {
            text.truncate(end);
            text.push_str("...");
        }
        text
    }

    /// Whether it says that there is no module.
    pub(crate) fn leaves_no_module(&self) -> bool {
        matches!(self, Self::NotFound(_) | Self::ImageNotFound(_))
    }

    fn code(&self) -> ErrorCode {
        match self {
            Self::NotFound(_) => ErrorCode::ModuleNotFound,
            Self::Conflict(_) | Self::Foreign(_) => ErrorCode::ModuleConflict,
            Self::Busy(_) => ErrorCode::Busy,
            Self::NotRunning(_) => ErrorCode::ModuleNotRunning,
            Self::Dead { .. } => ErrorCode::ModuleDead,
            Self::Invalid(_) => ErrorCode::InvalidRequest,
            Self::Unsupported(_) => ErrorCode::Unsupported,
            Self::StartFailed(_) => ErrorCode::ModuleStartFailed,
            Self::SourceMissing(_) => ErrorCode::ModuleSourceMissing,
            Self::Unavailable { .. } | Self::Unclear(_) => ErrorCode::EngineUnavailable,
            Self::SocketDenied(_) => ErrorCode::PermissionDenied,
            Self::Engine { status, .. } => code_of_status(status),
            Self::ImageNotFound(_) => ErrorCode::ImageNotFound,
            Self::ImageInUse { .. } => ErrorCode::ImageInUse,
            Self::ImageInvalid(_) => ErrorCode::ImageInvalid,
            Self::Mismatch(_) => ErrorCode::DigestMismatch,
            Self::Registry(error) => code_of_registry(error),
            Self::Io { source, .. } => shellrt_common::failure::code_of_io(source),
            Self::Reported(_) | Self::Internal(_) => ErrorCode::Internal,
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NotFound(_) => "`list` names the modules that there are",
            Self::Conflict(_) => "remove that module first, or use another name",
            Self::Foreign(_) => {
                "use another name, or give the plugin a namespace of its own with `--namespace`"
            }
            Self::Unclear(_) => "send the request again; `remove` kills the module by force",
            Self::NotRunning(_) => "start it first",
            Self::Dead { .. } => "remove the module and create it again",
            Self::Unsupported(_) => "`describe` names what this plugin can do",
            Self::Unavailable { .. } => {
                "see whether containerd runs, or give its socket with `--address`"
            }
            Self::SocketDenied(_) => "run the plugin as root, as whom containerd runs",
            Self::ImageNotFound(_) => "pull the image first",
            Self::ImageInUse { .. } => "remove those modules first, or use `force`",
            Self::Mismatch(_) => "send the request again; nothing of it was kept",
            Self::Io { .. } if self.code() == ErrorCode::PermissionDenied => {
                "run the plugin as root, or give another `--state-dir`"
            }
            _ if self.code() == ErrorCode::DiskFull => {
                "free some disk space and send the request again"
            }
            _ => return None,
        };
        Some(hint.to_owned())
    }

    fn detail(&self) -> Option<Map<String, Value>> {
        match self {
            Self::Invalid(faults) => {
                let faults = serde_json::to_value(faults).unwrap_or_else(|_| json!([]));
                Some(Map::from_iter([("faults".to_owned(), faults)]))
            }
            Self::ImageInUse { modules, .. } => {
                Some(Map::from_iter([("in_use_by".to_owned(), json!(modules))]))
            }
            Self::Engine { status, .. } => {
                let code = json!(status.code().description());
                Some(Map::from_iter([("engine_code".to_owned(), code)]))
            }
            _ => None,
        }
    }

    fn retry_after_ms(&self) -> Option<u32> {
        match self {
            Self::Busy(_) => Some(RETRY_AFTER_MS),
            Self::Registry(containrs::Error::RateLimited { retry_after, .. }) => {
                let wait = (*retry_after).unwrap_or(Duration::from_secs(60));
                Some(
                    u32::try_from(wait.as_millis())
                        .unwrap_or(u32::MAX)
                        .min(86_400_000),
                )
            }
            _ => None,
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        failure.to_error()
    }
}

/// What containerd's own word means to a caller. Failures of runc arrive as
/// `Unknown` with nothing but a text, in which only a full disk is looked for.
fn code_of_status(status: &tonic::Status) -> ErrorCode {
    if status.message().contains("no space left on device") {
        return ErrorCode::DiskFull;
    }
    match status.code() {
        Code::PermissionDenied | Code::Unauthenticated => ErrorCode::PermissionDenied,
        Code::ResourceExhausted => ErrorCode::ResourceExhausted,
        _ => ErrorCode::EngineFailed,
    }
}

fn code_of_registry(error: &containrs::Error) -> ErrorCode {
    use containrs::Error as Registry;
    match error {
        Registry::NotFound { .. } => ErrorCode::ImageNotFound,
        Registry::Unauthorized { .. } | Registry::Denied { .. } => ErrorCode::RegistryAuthFailed,
        Registry::RateLimited { .. } => ErrorCode::RegistryRateLimited,
        Registry::DigestMismatch { .. } => ErrorCode::DigestMismatch,
        Registry::Unsupported(_) => ErrorCode::ImageUnsupported,
        Registry::Invalid(_) => ErrorCode::ImageInvalid,
        Registry::Configuration(_) => ErrorCode::IoFailed,
        _ => ErrorCode::RegistryUnavailable,
    }
}

/// What runc says at last, without what each layer above put before it.
fn without_layers(text: &str) -> &str {
    const LAYERS: [&str; 4] = [
        "failed to create shim task: ",
        "OCI runtime create failed: ",
        "runc create failed: ",
        "unable to start container process: ",
    ];
    let last = LAYERS.iter().fold(text, |text, layer| {
        text.split_once(layer).map_or(text, |(_, rest)| rest)
    });
    last.trim_end_matches(": unknown")
}

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

fn first_message(faults: &[Fault]) -> &str {
    faults
        .first()
        .map_or("it is not valid", |fault| fault.message.as_str())
}
