//! Statements on a stream.

use super::values::is_match;
use super::{Ground, Miss};
use crate::suite::answer::frames;
use crate::suite::case::WantedStream;
use crate::suite::evidence::shown;
use crate::suite::template::{self, NoValue};

pub(super) fn judge(wanted: &WantedStream, ground: &Ground<'_>) -> Result<Option<Miss>, NoValue> {
    let Some((_, answer)) = ground.exchange else {
        return Ok(Some(miss("no exchange".into(), "a stream".into())));
    };
    let Some(stream) = answer.stream.as_deref() else {
        return Ok(Some(miss(super::told(answer), "a stream".into())));
    };
    let output = answer.output();
    let text = String::from_utf8_lossy(&output);
    let is = |template: &str| template::text(template, ground.values);
    let whole = || format!("the stream is `{}`", shown(&output));

    if let Some(wanted) = &wanted.is {
        let wanted = is(wanted)?;
        if output != wanted.as_bytes() {
            return Ok(Some(miss(
                whole(),
                format!("`{}`", shown(wanted.as_bytes())),
            )));
        }
    }
    if let Some(wanted) = &wanted.frames {
        let found: Vec<(u8, String)> = frames(stream)
            .0
            .into_iter()
            .map(|frame| {
                (
                    frame.number,
                    String::from_utf8_lossy(&frame.content).into_owned(),
                )
            })
            .collect();
        if found != *wanted {
            return Ok(Some(miss(
                format!("the frames are {found:?}"),
                format!("{wanted:?}"),
            )));
        }
    }
    if let Some(pattern) = &wanted.matches {
        let pattern = is(pattern)?;
        if !is_match(&pattern, &text) {
            return Ok(Some(miss(
                whole(),
                format!("a text that matches `{pattern}`"),
            )));
        }
    }
    if let Some(pattern) = &wanted.each_line {
        let pattern = is(pattern)?;
        let stray = text.lines().find(|line| !is_match(&pattern, line));
        if let Some(line) = stray.or(text.is_empty().then_some("(no line)")) {
            let found = format!("a line is `{}`", shown(line.as_bytes()));
            return Ok(Some(miss(found, format!("each line matches `{pattern}`"))));
        }
    }
    if let Some(count) = wanted.line_count
        && text.lines().count() != count
    {
        let found = format!("{} lines: `{}`", text.lines().count(), shown(&output));
        return Ok(Some(miss(found, format!("{count} lines"))));
    }
    if let Some(count) = wanted.byte_count
        && output.len() != count
    {
        let found = format!("{} bytes: `{}`", output.len(), shown(&output));
        return Ok(Some(miss(found, format!("{count} bytes"))));
    }
    if let Some(most) = wanted.frame_at_most {
        let longest = frames(stream)
            .0
            .iter()
            .map(|frame| frame.content.len())
            .max();
        if longest.is_none_or(|longest| longest > most) {
            let found = format!("the longest frame has {} bytes", longest.unwrap_or(0));
            return Ok(Some(miss(found, format!("frames of at most {most} bytes"))));
        }
    }
    if wanted.whole {
        let rest = match answer.text("_stream") {
            Some("docker") => frames(stream).1,
            _ => stream
                .rsplit(|&byte| byte == b'\n')
                .next()
                .unwrap_or_default(),
        };
        if !rest.is_empty() {
            let found = format!("the stream ends with `{}`", shown(rest));
            return Ok(Some(miss(found, "whole frames, whole lines".into())));
        }
    }
    if let Some((first, last)) = wanted.counts {
        return Ok(counts(&text, first, last));
    }
    Ok(None)
}

/// Each number once and in order: nothing is lost, nothing comes twice.
fn counts(text: &str, first: u64, last: u64) -> Option<Miss> {
    let mut next = first;
    for line in text.lines() {
        if line.parse() != Ok(next) {
            return Some(miss(
                format!("where {next} is due comes `{}`", shown(line.as_bytes())),
                format!("the numbers from {first} to {last}, each once and in order"),
            ));
        }
        next += 1;
    }
    (next != last + 1).then(|| {
        miss(
            format!("the stream ends before {next}"),
            format!("the numbers from {first} to {last}"),
        )
    })
}

fn miss(found: String, expected: String) -> Miss {
    Miss { found, expected }
}
