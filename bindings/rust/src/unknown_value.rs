//! The error of reading a closed enum.

use std::fmt;

/// A text is none of the values of a closed enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownValue {
    pub(crate) alternatives: &'static [&'static str],
}

impl UnknownValue {
    /// The values that there are.
    #[must_use]
    pub fn alternatives(&self) -> &'static [&'static str] {
        self.alternatives
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "this is none of `{}`",
            self.alternatives.join("`, `")
        )
    }
}

impl std::error::Error for UnknownValue {}
