//! Why something of a registry is not to be had.

use std::time::Duration;

use oci_client::errors::{OciDistributionError, OciErrorCode};
use thiserror::Error as ThisError;

/// A failure. Texts name the registry and the repository, never a login.
#[derive(Debug, ThisError)]
#[non_exhaustive]
pub enum Error {
    /// The registry has no such image.
    #[error("`{reference}` is not in its registry: {why}")]
    NotFound {
        /// What was asked for.
        reference: String,
        /// The registry's words.
        why: String,
    },
    /// The registry wants a login, or another one.
    #[error("the registry does not take the login for `{reference}`: {why}")]
    Unauthorized {
        /// What was asked for.
        reference: String,
        /// The registry's words.
        why: String,
    },
    /// The login is known, and may not have this.
    #[error("the registry denies `{reference}` to this login: {why}")]
    Denied {
        /// What was asked for.
        reference: String,
        /// The registry's words.
        why: String,
    },
    /// The registry wants fewer requests.
    #[error("the registry of `{reference}` wants fewer requests")]
    RateLimited {
        /// What was asked for.
        reference: String,
        /// How long to wait, where it says so.
        retry_after: Option<Duration>,
    },
    /// The registry cannot be reached, breaks off, or fails.
    #[error("the registry of `{reference}` cannot be used: {why}")]
    Unavailable {
        /// What was asked for.
        reference: String,
        /// What happened.
        why: String,
    },
    /// Content is not what its digest says.
    #[error("the registry sent something else than `{expected}`: {found}")]
    DigestMismatch {
        /// The digest that was asked for.
        expected: String,
        /// What came.
        found: String,
    },
    /// The image has a form, or lacks a platform, that this client needs.
    #[error("{0}")]
    Unsupported(String),
    /// A document of the image cannot be read.
    #[error("{0}")]
    Invalid(String),
    /// The configuration of registries cannot be used.
    #[error("{0}")]
    Configuration(String),
}

/// A text and all of its causes, once each.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let more = cause.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        source = cause.source();
    }
    text
}

impl Error {
    /// What an error of the underlying client means for `reference`.
    pub(crate) fn of(error: OciDistributionError, reference: &str) -> Self {
        use OciDistributionError as Client;
        let reference = reference.to_owned();
        let why = chain(&error);
        match error {
            Client::ImageManifestNotFoundError(_) => Self::NotFound { reference, why },
            Client::UnauthorizedError { .. } | Client::AuthenticationFailure(_) => {
                Self::Unauthorized { reference, why }
            }
            Client::RegistryError { envelope, .. } => {
                let code = envelope.errors.first().map(|error| &error.code);
                match code {
                    Some(OciErrorCode::Unauthorized) => Self::Unauthorized { reference, why },
                    Some(OciErrorCode::Denied) => Self::Denied { reference, why },
                    Some(OciErrorCode::Toomanyrequests) => Self::RateLimited {
                        reference,
                        retry_after: None,
                    },
                    Some(
                        OciErrorCode::ManifestUnknown
                        | OciErrorCode::NameUnknown
                        | OciErrorCode::NotFound
                        | OciErrorCode::BlobUnknown,
                    ) => Self::NotFound { reference, why },
                    _ => Self::Unavailable { reference, why },
                }
            }
            Client::ServerError { code, .. } => match code {
                401 => Self::Unauthorized { reference, why },
                403 => Self::Denied { reference, why },
                404 => Self::NotFound { reference, why },
                429 => Self::RateLimited {
                    reference,
                    retry_after: None,
                },
                _ => Self::Unavailable { reference, why },
            },
            Client::DigestError(_) => Self::DigestMismatch {
                expected: reference,
                found: why,
            },
            _ => Self::Unavailable { reference, why },
        }
    }
}
