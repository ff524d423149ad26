//! How a fault is made and told.

use std::fmt;

use crate::{Fault, FaultRule, JsonPointer};

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() {
            "the document"
        } else {
            self.pointer.as_str()
        };
        write!(formatter, "{place}: {}", self.message)?;
        match &self.expected {
            Some(expected) => write!(formatter, "; expected {expected}"),
            None => Ok(()),
        }
    }
}

impl Fault {
    /// A fault at a place.
    pub(crate) fn at(pointer: &str, rule: FaultRule, message: impl Into<String>) -> Fault {
        // Keys of a document may make a pointer longer than the protocol's
        // limit; the place is then told by its beginning.
        let pointer = JsonPointer::new(pointer).or_else(|_| JsonPointer::new(shortened(pointer)));
        let pointer = pointer.unwrap_or_else(|_| JsonPointer::root());
        Fault::new(pointer, rule, message)
    }

    /// The same fault, saying what would have been right.
    #[must_use]
    pub fn expecting(mut self, expected: impl Into<String>) -> Fault {
        self.expected = Some(expected.into());
        self
    }
}

fn shortened(pointer: &str) -> String {
    const LONGEST: usize = 65_536;
    let text: String = pointer.chars().take(LONGEST).collect();
    text.trim_end_matches('~').to_owned()
}

impl JsonPointer {
    /// The whole document.
    #[must_use]
    pub fn root() -> JsonPointer {
        JsonPointer::unchecked(String::new())
    }
}
