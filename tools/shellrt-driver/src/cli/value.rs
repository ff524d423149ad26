//! Values of the command line that are more than a text.

use std::str::FromStr;
use std::time::{Duration, SystemTime};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use shellrt_api::{IpamConfig, Timestamp};

use crate::time;

/// A duration such as `90`, `90s`, `5m`, `1h30m` or `500ms`, at least 1 ms and at
/// most a day: the bounds of the protocol's `_deadline_ms`.
pub(crate) fn deadline(text: &str) -> Result<Duration, String> {
    let duration = time::parse_duration(text)?;
    if duration < Duration::from_millis(1) || duration > Duration::from_secs(86_400) {
        return Err("a deadline is 1 ms to 24 h".to_owned());
    }
    Ok(duration)
}

/// How long a pull may stall, in milliseconds: the protocol's 1 s to 1 h.
pub(crate) fn stall_timeout(text: &str) -> Result<u32, String> {
    let milliseconds = time::parse_duration(text)?.as_millis();
    u32::try_from(milliseconds)
        .ok()
        .filter(|milliseconds| (1_000..=3_600_000).contains(milliseconds))
        .ok_or_else(|| "a pull may stall for 1s to 1h".to_owned())
}

/// A moment of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Seconds since 1970, as the 2020 wire has it.
    UnixSeconds(u64),
    /// A time in full.
    Time(Timestamp),
}

/// RFC 3339 in UTC, unix seconds, or a duration back from now.
pub(crate) fn moment(text: &str) -> Result<Moment, String> {
    if let Ok(seconds) = text.parse() {
        return Ok(Moment::UnixSeconds(seconds));
    }
    if let Ok(time) = Timestamp::new(text) {
        return Ok(Moment::Time(time));
    }
    let back = time::parse_duration(text).map_err(|_| {
        "use a time such as `2026-11-23T18:00:00Z`, unix seconds such as `1795456800`, or a duration such as `10m`"
            .to_owned()
    })?;
    let now = time::unix_nanos(SystemTime::now());
    Ok(Moment::Time(Timestamp::from_unix_nanos(
        now.saturating_sub_unsigned(back.as_nanos()),
    )))
}

/// How much of a log's end; `None` is all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tail(pub(crate) Option<u64>);

/// A number of lines, or `all`.
pub(crate) fn tail(text: &str) -> Result<Tail, String> {
    if text == "all" {
        return Ok(Tail(None));
    }
    text.parse()
        .map(|lines| Tail(Some(lines)))
        .map_err(|_| "use a number of lines, or `all`".to_owned())
}

/// `KEY=VALUE`; the key is not empty.
pub(crate) fn key_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some(("", _)) => Err("the part before `=` is empty".to_owned()),
        Some((key, value)) => Ok((key.to_owned(), value.to_owned())),
        None => Err("write KEY=VALUE".to_owned()),
    }
}

/// `NAME=VALUE`, or `NAME` for the value that this process has.
pub(crate) fn environment(text: &str) -> Result<(String, String), String> {
    if text.contains('=') {
        return key_value(text);
    }
    match std::env::var(text) {
        Ok(value) => Ok((text.to_owned(), value)),
        Err(std::env::VarError::NotPresent) => {
            Err("the environment has no such variable; write NAME=VALUE".to_owned())
        }
        Err(std::env::VarError::NotUnicode(_)) => {
            Err("the variable's value is not UTF-8".to_owned())
        }
    }
}

/// `subnet=10.1.0.0/16,gateway=10.1.0.1,ip_range=10.1.2.0/24`, each part once.
pub(crate) fn ipam(text: &str) -> Result<IpamConfig, String> {
    let mut config = IpamConfig::new();
    for part in text.split(',') {
        let (key, value) = key_value(part)?;
        match key.as_str() {
            "subnet" => set(&mut config.subnet, &value)?,
            "gateway" => set(&mut config.gateway, &value)?,
            "ip_range" => set(&mut config.ip_range, &value)?,
            _ => {
                return Err(format!(
                    "`{key}` is none of `subnet`, `gateway` and `ip_range`"
                ));
            }
        }
    }
    Ok(config)
}

fn set<T: FromStr<Err: std::fmt::Display>>(slot: &mut Option<T>, text: &str) -> Result<(), String> {
    if slot.is_some() {
        return Err("a part is there twice".to_owned());
    }
    *slot = Some(
        text.parse()
            .map_err(|error: T::Err| format!("`{text}`: {error}"))?,
    );
    Ok(())
}

/// One of the values of a closed set of the protocol, listed in the help.
pub(crate) fn one_of<T>(values: &'static [T]) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + AsStaticStr,
{
    let texts: Vec<&'static str> = values.iter().map(|value| value.as_static_str()).collect();
    PossibleValuesParser::new(texts).try_map(move |text| {
        // The parser before lets nothing else through.
        values
            .iter()
            .copied()
            .find(|value| value.as_static_str() == text)
            .ok_or("no such value")
    })
}

/// The closed sets that the command line offers.
pub(crate) trait AsStaticStr: 'static {
    fn as_static_str(&self) -> &'static str;
}

macro_rules! closed_sets {
    ($($name:ident),*) => {
        $(impl AsStaticStr for shellrt_api::$name {
            fn as_static_str(&self) -> &'static str { self.as_str() }
        })*
    };
}
closed_sets!(LogFraming, LogStream, PullPolicy);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_seconds_a_time_or_a_duration_back() {
        assert_eq!(moment("1500"), Ok(Moment::UnixSeconds(1500)));
        let time = Timestamp::new("2026-11-23T18:00:00Z").expect("the form");
        assert_eq!(moment("2026-11-23T18:00:00Z"), Ok(Moment::Time(time)));
        assert!(matches!(moment("10m"), Ok(Moment::Time(_))));
        assert!(moment("yesterday").is_err_and(|why| why.contains("`10m`")));
    }

    #[test]
    fn an_ipam_block_names_known_parts_once() {
        let config = ipam("subnet=10.1.0.0/16,gateway=10.1.0.1").expect("both parts");
        assert_eq!(config.subnet.as_deref(), Some("10.1.0.0/16"));
        assert_eq!(config.gateway.as_deref(), Some("10.1.0.1"));
        assert!(ipam("subnet=10.1.0.0/16,subnet=10.2.0.0/16").is_err());
        assert!(ipam("mask=255.0.0.0").is_err_and(|why| why.contains("`ip_range`")));
        assert!(ipam("gateway=here").is_err());
    }

    #[test]
    fn a_deadline_stays_within_the_protocols_bounds() {
        assert_eq!(deadline("30s"), Ok(Duration::from_secs(30)));
        assert!(deadline("0").is_err());
        assert!(deadline("25h").is_err());
    }
}
