//! Moments, as RFC 3339 writes them.

use std::fmt;

use shellrt_api::Timestamp;

use crate::suite::template::{self, NoValue, Values};

/// From one moment to another, both included.
pub(super) struct Span {
    first: String,
    last: String,
}

impl Span {
    pub(super) fn of(templates: &(String, String), values: &Values) -> Result<Span, NoValue> {
        Ok(Span {
            first: template::text(&templates.0, values)?,
            last: template::text(&templates.1, values)?,
        })
    }

    /// Nanoseconds since 1970; `None` for a text that is no time.
    pub(super) fn moment(text: &str) -> Option<i128> {
        let time = text.parse::<Timestamp>().ok()?;
        Some(time.unix_nanos())
    }

    pub(super) fn holds(&self, moment: i128) -> bool {
        let (first, last) = (Span::moment(&self.first), Span::moment(&self.last));
        first.is_some_and(|first| moment >= first) && last.is_some_and(|last| moment <= last)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "from {} to {}", self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_compared_by_what_they_are() {
        let span = (
            "2026-11-24T10:00:00Z".into(),
            "2026-11-24T10:00:00.5Z".into(),
        );
        let span = Span::of(&span, &Values::new()).unwrap();
        let holds = |text: &str| Span::moment(text).is_some_and(|moment| span.holds(moment));
        assert!(holds("2026-11-24T10:00:00.000000000Z"));
        assert!(holds("2026-11-24T10:00:00.500Z"));
        assert!(!holds("2026-11-24T10:00:00.500000001Z"));
        assert!(!holds("2026-11-24T09:59:59Z"));
        assert!(!holds("10 o'clock"));
    }
}
