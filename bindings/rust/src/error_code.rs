//! The protocol's own errors, and how an [`Error`] is made from one.

use serde_json::{Map, Value};

use crate::{Error, ErrorClass, ErrorCode};

/// Declares the registry.
macro_rules! error_registry {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $name:literal, $class:ident, $retryable:literal, $http:literal, $meaning:literal, $recovery:literal;)*) => {
        /// The protocol's own errors, codes 1 to 99, from `schema/v0/errors.json`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode { $($(#[$doc])* $variant),* }

        impl ErrorCode {
            /// Every error of the registry, by code.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$variant),*];

            /// The number on the wire.
            #[must_use]
            pub const fn code(self) -> u16 {
                match self { $(ErrorCode::$variant => $code),* }
            }

            /// The name, snake_case.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(ErrorCode::$variant => $name),* }
            }

            /// The class, named by how one recovers.
            #[must_use]
            pub const fn class(self) -> crate::ErrorClass {
                match self { $(ErrorCode::$variant => crate::ErrorClass::$class),* }
            }

            /// Whether the same request may succeed later; exactly where the
            /// HTTP status is 500 or more.
            #[must_use]
            pub const fn retryable(self) -> bool {
                match self { $(ErrorCode::$variant => $retryable),* }
            }

            /// The HTTP status that an HTTP host such as edgelet answers with.
            #[must_use]
            pub const fn http_status(self) -> u16 {
                match self { $(ErrorCode::$variant => $http),* }
            }

            /// What it means.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(ErrorCode::$variant => $meaning),* }
            }

            /// What a caller does about it.
            #[must_use]
            pub const fn recovery(self) -> &'static str {
                match self { $(ErrorCode::$variant => $recovery),* }
            }

            /// The error with this number; `None` for a plugin's own (100 and
            /// above) and those of a later version.
            #[must_use]
            pub const fn from_code(code: u16) -> Option<ErrorCode> {
                match code { $($code => Some(ErrorCode::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use error_registry;

impl Error {
    /// One of the protocol's own errors. `message` says what failed and why, for
    /// people, and holds no secret.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Error {
        Error::from_parts(code.code().into(), code.class(), message, code.retryable())
    }

    /// What a person can do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Error {
        self.hint = Some(hint.into());
        self
    }

    /// Facts for programs.
    #[must_use]
    pub fn with_detail(mut self, detail: Map<String, Value>) -> Error {
        self.detail = Some(detail);
        self
    }

    /// What lay behind it; called again, what lay behind that.
    #[must_use]
    pub fn with_cause(mut self, cause: impl Into<String>) -> Error {
        self.causes.push(cause.into());
        self
    }

    /// How long to wait before trying again, in milliseconds.
    #[must_use]
    pub fn with_retry_after_ms(mut self, milliseconds: u32) -> Error {
        self.retry_after_ms = Some(milliseconds);
        self
    }

    /// Which of the protocol's own errors it is. `None`: decide by the class,
    /// and where that is unknown too, do not retry.
    #[must_use]
    pub fn known_code(&self) -> Option<ErrorCode> {
        u16::try_from(self.code).ok().and_then(ErrorCode::from_code)
    }

    /// Whether sending the same request again may help, as far as this reader
    /// can tell: by the code where it is known, whatever the error says besides;
    /// else by `retryable`, but never in a class that is not known.
    #[must_use]
    pub fn may_retry(&self) -> bool {
        match self.known_code() {
            Some(code) => code.retryable(),
            None => self.retryable && !matches!(self.class, ErrorClass::Other(_)),
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
