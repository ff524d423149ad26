//! Statements on a stream.

use serde_json::Value;

use super::times::Span;
use super::values::is_match;
use super::{Ground, Miss};
use crate::suite::answer::{Answer, Frame, frames};
use crate::suite::case::WantedStream;
use crate::suite::evidence::shown;
use crate::suite::template::{self, NoValue, Values};

/// Each member that is there must hold; the first that does not is told.
pub(super) fn judge(wanted: &WantedStream, ground: &Ground<'_>) -> Result<Option<Miss>, NoValue> {
    let Some((_, answer)) = ground.exchange else {
        return Ok(miss("no exchange", "a stream"));
    };
    let Some(stream) = answer.stream.as_deref() else {
        return Ok(miss(super::told(answer), "a stream"));
    };
    let output = answer.output();
    let text = String::from_utf8_lossy(&output);
    let found = bytes(wanted, &output, ground.values)?
        .or_else(|| frames_of(wanted, &frames(stream).0))
        .or_else(|| whole(wanted, answer, stream));
    if found.is_some() {
        return Ok(found);
    }
    if let Some((first, last)) = &wanted.counts {
        let number =
            |template| template::value(template, ground.values).map(|value| number(&value));
        let Some(last) = number(last)? else {
            return Ok(miss(format!("the last number would be {last}"), "a number"));
        };
        return Ok(counts(&text, number(first)?, last));
    }
    if let Some(found) = lines(wanted, &text, ground.values)? {
        return Ok(Some(found));
    }
    match &wanted.written {
        Some(span) => Ok(written(&text, &Span::of(span, ground.values)?)),
        None => Ok(None),
    }
}

fn bytes(wanted: &WantedStream, output: &[u8], values: &Values) -> Result<Option<Miss>, NoValue> {
    let found = || format!("the stream is `{}`", shown(output));
    if let Some(text) = &wanted.is {
        let text = template::text(text, values)?;
        if output != text.as_bytes() {
            return Ok(miss(found(), format!("`{}`", shown(text.as_bytes()))));
        }
    }
    if let Some(digits) = &wanted.hex {
        let hex: String = output.iter().map(|byte| format!("{byte:02x}")).collect();
        if hex != *digits {
            return Ok(miss(format!("the bytes are {hex}"), digits));
        }
    }
    if let Some(count) = wanted.byte_count
        && output.len() != count
    {
        let found = format!("{} bytes: `{}`", output.len(), shown(output));
        return Ok(miss(found, format!("{count} bytes")));
    }
    if let Some(pattern) = &wanted.matches {
        let pattern = template::text(pattern, values)?;
        if !is_match(&pattern, &String::from_utf8_lossy(output)) {
            return Ok(miss(found(), format!("a text that matches `{pattern}`")));
        }
    }
    Ok(None)
}

fn frames_of(wanted: &WantedStream, frames: &[Frame]) -> Option<Miss> {
    if let Some(wanted) = &wanted.frames {
        let found: Vec<(u8, String)> = frames
            .iter()
            .map(|frame| {
                let content = String::from_utf8_lossy(&frame.content).into_owned();
                (frame.number, content)
            })
            .collect();
        if found != *wanted {
            return miss(format!("the frames are {found:?}"), format!("{wanted:?}"));
        }
    }
    let wanted = wanted.frame_sizes.as_ref()?;
    let found: Vec<usize> = frames.iter().map(|frame| frame.content.len()).collect();
    if found == *wanted {
        return None;
    }
    let found = format!("the frames hold {found:?} bytes");
    miss(found, format!("{wanted:?}"))
}

fn whole(wanted: &WantedStream, answer: &Answer, stream: &[u8]) -> Option<Miss> {
    let rest = match answer.text("_stream") {
        Some("docker") => frames(stream).1,
        _ => stream
            .rsplit(|&byte| byte == b'\n')
            .next()
            .unwrap_or_default(),
    };
    if !wanted.whole || rest.is_empty() {
        return None;
    }
    let found = format!("the stream ends with `{}`", shown(rest));
    miss(found, "whole frames, whole lines")
}

fn lines(wanted: &WantedStream, text: &str, values: &Values) -> Result<Option<Miss>, NoValue> {
    if let Some(pattern) = &wanted.each_line {
        let pattern = template::text(pattern, values)?;
        let stray = text.lines().find(|line| !is_match(&pattern, line));
        if let Some(line) = stray.or(text.is_empty().then_some("(no line)")) {
            let found = format!("a line is `{}`", shown(line.as_bytes()));
            return Ok(miss(found, format!("each line matches `{pattern}`")));
        }
    }
    match wanted.line_count {
        Some(count) if text.lines().count() != count => {
            let found = text.lines().count();
            let found = format!("{found} lines: `{}`", shown(text.as_bytes()));
            Ok(miss(found, format!("{count} lines")))
        }
        _ => Ok(None),
    }
}

/// A number, or the text of one.
fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// Each number once and in order: nothing is lost, nothing comes twice.
fn counts(text: &str, first: Option<u64>, last: u64) -> Option<Miss> {
    let expected = || match first {
        Some(first) => format!("the numbers from {first} to {last}, each once and in order"),
        None => format!("numbers up to {last}, each once and in order"),
    };
    let begin = first.or_else(|| text.lines().next()?.parse().ok());
    let Some(mut next) = begin else {
        let found = format!("the stream is `{}`", shown(text.as_bytes()));
        return miss(found, expected());
    };
    for line in text.lines() {
        if line.parse() != Ok(next) {
            let line = shown(line.as_bytes());
            return miss(format!("where {next} is due comes `{line}`"), expected());
        }
        next += 1;
    }
    if next == last + 1 {
        return None;
    }
    miss(format!("the stream ends before {next}"), expected())
}

/// A time before each line, none outside of the span and none before the last.
fn written(text: &str, span: &Span) -> Option<Miss> {
    let expected = || format!("before each line its time, in order and {span}");
    let mut last = i128::MIN;
    for line in text.lines() {
        let time = line.split(' ').next().and_then(Span::moment);
        match time {
            Some(time) if span.holds(time) && time >= last => last = time,
            _ => {
                let found = format!("a line is `{}`", shown(line.as_bytes()));
                return miss(found, expected());
            }
        }
    }
    if text.is_empty() {
        return miss("there is no line", expected());
    }
    None
}

fn miss(found: impl Into<String>, expected: impl Into<String>) -> Option<Miss> {
    Some(Miss {
        found: found.into(),
        expected: expected.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_once_and_in_order() {
        assert!(counts("1\n2\n3", Some(1), 3).is_none());
        assert!(counts("2\n3\n", None, 3).is_none());
        for (text, first) in [
            ("1\n3\n", Some(1)),
            ("1\n1\n2\n3\n", Some(1)),
            ("2\n3\n", Some(1)),
            ("1\n2\n", None),
            ("", None),
            ("x\n", None),
        ] {
            assert!(counts(text, first, 3).is_some(), "{text:?}");
        }
    }
}
