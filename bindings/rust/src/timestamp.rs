//! Times: RFC 3339 texts on the wire, nanoseconds since 1970 in between.

use crate::Timestamp;

const NANOS: i128 = 1_000_000_000;
const DAY: i128 = 86_400;

/// The nanoseconds of 0000-01-01T00:00:00Z and of the last nanosecond of 9999.
const FIRST: i128 = -62_167_219_200 * NANOS;
const LAST: i128 = 253_402_300_800 * NANOS - 1;

impl Timestamp {
    /// The moment so many nanoseconds after 1970-01-01T00:00:00Z, with all 9
    /// digits. Moments outside of the years 0 to 9999, which RFC 3339 cannot
    /// write, become the first or last that it can.
    #[must_use]
    pub fn from_unix_nanos(nanos: i128) -> Timestamp {
        let nanos = nanos.clamp(FIRST, LAST);
        let (seconds, fraction) = (nanos.div_euclid(NANOS), nanos.rem_euclid(NANOS));
        let (day, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
        let (year, month, date) = civil_from_days(day as i64);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        Timestamp::unchecked(format!(
            "{year:04}-{month:02}-{date:02}T{hour:02}:{minute:02}:{second:02}.{fraction:09}Z"
        ))
    }

    /// Nanoseconds since 1970-01-01T00:00:00Z; negative before.
    #[must_use]
    pub fn unix_nanos(&self) -> i128 {
        let text = self.as_str();
        // The form guarantees the places; a digit that is none counts 0.
        let number = |from: usize, to: usize| {
            text.get(from..to)
                .and_then(|part| part.parse::<i64>().ok())
                .unwrap_or(0)
        };
        let day = days_from_civil(number(0, 4), number(5, 7), number(8, 10));
        let second = number(11, 13) * 3600 + number(14, 16) * 60 + number(17, 19);
        let digits = text.get(20..).unwrap_or("").trim_end_matches('Z');
        let fraction = format!("{digits:0<9}").parse::<i64>().unwrap_or(0);
        (i128::from(day) * DAY + i128::from(second)) * NANOS + i128::from(fraction)
    }
}

/// Days are counted in eras of 400 years, which all have 146097 days, with years
/// that begin in March so that the leap day is the last one.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let (month, day) = (
        (shifted + 2) % 12 + 1,
        of_year - (153 * shifted + 2) / 5 + 1,
    );
    (era * 400 + year + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nanoseconds_and_texts_are_the_same_moments() {
        for (nanos, text) in [
            (0, "1970-01-01T00:00:00.000000000Z"),
            (-1, "1969-12-31T23:59:59.999999999Z"),
            (951_782_400 * NANOS, "2000-02-29T00:00:00.000000000Z"),
            (1_795_456_800_123_456_789, "2026-11-23T18:00:00.123456789Z"),
            (FIRST, "0000-01-01T00:00:00.000000000Z"),
            (LAST, "9999-12-31T23:59:59.999999999Z"),
        ] {
            assert_eq!(Timestamp::from_unix_nanos(nanos).as_str(), text);
            assert_eq!(
                Timestamp::new(text).expect(text).unix_nanos(),
                nanos,
                "{text}"
            );
        }
    }

    #[test]
    fn every_day_of_two_eras_comes_back() {
        for day in -300_000..300_000 {
            let (year, month, date) = civil_from_days(day);
            assert_eq!(days_from_civil(year, month, date), day);
        }
    }

    #[test]
    fn a_short_fraction_counts_from_the_left() {
        let time = Timestamp::new("1970-01-01T00:00:01.5Z").expect("the form");
        assert_eq!(time.unix_nanos(), 1_500_000_000);
    }

    #[test]
    fn moments_that_cannot_be_written_become_the_nearest() {
        assert_eq!(Timestamp::from_unix_nanos(i128::MAX).unix_nanos(), LAST);
        assert_eq!(Timestamp::from_unix_nanos(i128::MIN).unix_nanos(), FIRST);
    }
}
