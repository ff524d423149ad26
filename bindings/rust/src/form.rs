//! Texts of a form: the matcher behind every pattern of the schema, and the
//! types that can hold only texts of one form.

use std::fmt;

use crate::table::{Shape, TypeTable};

/// A pattern as a finite automaton over bytes. State 0 is dead, state 1 the
/// start. The generator makes it from the schema's `pattern`.
#[derive(Debug)]
pub(crate) struct Automaton {
    pub(crate) classes: &'static [u8; 256],
    pub(crate) class_count: usize,
    pub(crate) transitions: &'static [u16],
    pub(crate) accepting: &'static [bool],
}

impl Automaton {
    pub(crate) fn matches(&self, text: &str) -> bool {
        let mut state = 1;
        for byte in text.bytes() {
            let class = usize::from(self.classes[usize::from(byte)]);
            state = usize::from(self.transitions[state * self.class_count + class]);
            if state == 0 {
                return false;
            }
        }
        self.accepting[state]
    }
}

/// Why a text does not have a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormError {
    form: &'static str,
    problem: Problem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    Length { min: u64, max: u64 },
    Pattern,
}

impl fmt::Display for FormError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problem {
            Problem::Length { min, max: u64::MAX } => {
                write!(formatter, "a {} has at least {min} characters", self.form)
            }
            Problem::Length { min, max } => {
                write!(formatter, "a {} has {min} to {max} characters", self.form)
            }
            Problem::Pattern => write!(formatter, "this is not a {}", self.form),
        }
    }
}

impl std::error::Error for FormError {}

/// What keeps a text from having the form of a table, if anything does.
/// Lengths count code points, as JSON Schema's do.
pub(crate) fn problem(
    text: &str,
    min: u64,
    max: u64,
    automaton: Option<&Automaton>,
) -> Option<Problem> {
    let length = text.chars().count() as u64;
    if !(min..=max).contains(&length) {
        return Some(Problem::Length { min, max });
    }
    automaton
        .is_some_and(|automaton| !automaton.matches(text))
        .then_some(Problem::Pattern)
}

pub(crate) fn check(text: &str, table: &'static TypeTable) -> Result<(), FormError> {
    match &table.shape {
        Shape::Text {
            min_length,
            max_length,
            automaton,
        } => match problem(text, *min_length, *max_length, *automaton) {
            None => Ok(()),
            Some(problem) => Err(FormError {
                form: table.name,
                problem,
            }),
        },
        // The generator makes forms of texts only.
        _ => Ok(()),
    }
}

/// Declares a type that holds texts of one form and nothing else.
macro_rules! text_form {
    ($(#[$meta:meta])* pub struct $name:ident = $table:path;) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Takes a text of this form.
            ///
            /// # Errors
            /// When the text does not have the form.
            pub fn new(text: impl Into<String>) -> Result<Self, crate::FormError> {
                let text = text.into();
                crate::form::check(&text, &$table)?;
                Ok(Self(text))
            }

            /// A text that the crate itself has made in this form.
            #[allow(dead_code, reason = "not every form is made by the crate")]
            pub(crate) fn unchecked(text: String) -> Self {
                debug_assert!(crate::form::check(&text, &$table).is_ok(), "{text:?}");
                Self(text)
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::FormError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = crate::FormError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::new(text)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = crate::FormError;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(form: $name) -> Self {
                form.0
            }
        }

        impl std::ops::Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }
    };
}
pub(crate) use text_form;
