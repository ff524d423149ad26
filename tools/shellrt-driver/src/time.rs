//! Durations that a person writes, and times as a person reads them.

use std::time::{Duration, SystemTime};

use shellrt_api::Timestamp;

const UNITS: [(&str, u64); 5] = [
    ("d", 86_400_000),
    ("h", 3_600_000),
    ("ms", 1),
    ("m", 60_000),
    ("s", 1_000),
];

/// Reads `90` (seconds), `90s`, `500ms`, `1h30m` and the like.
pub(crate) fn parse_duration(text: &str) -> Result<Duration, String> {
    let unreadable =
        || format!("`{text}` is not a duration such as `90`, `90s`, `1h30m` or `500ms`");
    if let Ok(seconds) = text.parse() {
        return Ok(Duration::from_secs(seconds));
    }
    let mut rest = text;
    let mut milliseconds: u64 = 0;
    while !rest.is_empty() {
        let digits = rest
            .find(|character: char| !character.is_ascii_digit())
            .ok_or_else(unreadable)?;
        let number: u64 = rest[..digits].parse().map_err(|_| unreadable())?;
        let (unit, factor) = UNITS
            .into_iter()
            .find(|(unit, _)| rest[digits..].starts_with(unit))
            .ok_or_else(unreadable)?;
        let part = number.checked_mul(factor).ok_or_else(unreadable)?;
        milliseconds = milliseconds.checked_add(part).ok_or_else(unreadable)?;
        rest = &rest[digits + unit.len()..];
    }
    if text.is_empty() {
        Err(unreadable())
    } else {
        Ok(Duration::from_millis(milliseconds))
    }
}

/// Nanoseconds since 1970.
pub(crate) fn unix_nanos(time: SystemTime) -> i128 {
    // A clock before 1970 is a clock that was never set; 1970 will do.
    let since = time
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    i128::try_from(since.as_nanos()).unwrap_or(i128::MAX)
}

/// `3m ago`, as seen now.
pub(crate) fn age(time: &Timestamp) -> String {
    age_at(time, unix_nanos(SystemTime::now()))
}

fn age_at(time: &Timestamp, now: i128) -> String {
    let seconds = (now - time.unix_nanos()) / 1_000_000_000;
    match u64::try_from(seconds) {
        Ok(seconds) => format!("{} ago", span(seconds)),
        // The clocks of plugin and driver may differ; say so by the time itself.
        Err(_) => time.to_string(),
    }
}

/// A span in its largest unit that fits: `45s`, `3m`, `7h`, `12d`, `2y`.
pub(crate) fn span(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds}s"),
        60..3_600 => format!("{}m", seconds / 60),
        3_600..86_400 => format!("{}h", seconds / 3_600),
        86_400..31_536_000 => format!("{}d", seconds / 86_400),
        _ => format!("{}y", seconds / 31_536_000),
    }
}

/// Processor time, given in microseconds: `1.25s`, or `3m 20s` and more.
pub(crate) fn cpu(microseconds: u64) -> String {
    let seconds = microseconds / 1_000_000;
    match seconds {
        0..60 => format!("{seconds}.{:02}s", microseconds / 10_000 % 100),
        60..3_600 => format!("{}m {}s", seconds / 60, seconds % 60),
        _ => format!("{}h {}m", seconds / 3_600, seconds / 60 % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_people_write_them() {
        for (text, milliseconds) in [
            ("90", 90_000),
            ("90s", 90_000),
            ("1h30m", 5_400_000),
            ("500ms", 500),
            ("2d", 172_800_000),
        ] {
            assert_eq!(
                parse_duration(text),
                Ok(Duration::from_millis(milliseconds)),
                "{text}"
            );
        }
        for text in ["", "s", "5 m", "-3s", "5w", "99999999999999999999s", "1h30"] {
            assert!(parse_duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_age_is_told_in_its_largest_unit() {
        let time = Timestamp::new("2026-11-23T18:00:00Z").expect("the form");
        let after = |seconds: i128| age_at(&time, time.unix_nanos() + seconds * 1_000_000_000);
        assert_eq!(after(0), "0s ago");
        assert_eq!(after(185), "3m ago");
        assert_eq!(after(86_399), "23h ago");
        assert_eq!(after(400 * 86_400), "1y ago");
        assert_eq!(after(-5), "2026-11-23T18:00:00Z");
    }
}
