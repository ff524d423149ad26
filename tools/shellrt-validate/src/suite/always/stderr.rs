//! Standard error is for people: lines, with the request's id, and nothing that
//! plays with a terminal.

use serde_json::Value;

use super::{Breach, Breaches, Scene, breach};
use crate::suite::evidence::shown;

pub(super) const RULES: &[&str] = &["T-11", "T-12", "T-13"];

pub(super) fn breaches(scene: &Scene<'_>) -> Breaches {
    let mut found = Breaches::new();
    if let Some(text) = &scene.request.document
        && let Some(part) = unescaped(text, &scene.exchange.stderr)
    {
        found.push(breach(
            "T-13",
            format!(
                "standard error holds `{}` of the request",
                shown(part.as_bytes())
            ),
            "control characters that came from outside are escaped",
        ));
    }
    // The first of each rule is told: a plugin may write millions of lines.
    found.extend(nameless(scene));
    found.extend(misread(scene));
    found
}

fn lines<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = &'a [u8]> {
    let lines = scene.exchange.stderr.split(|&byte| byte == b'\n');
    lines.filter(|line| !line.is_empty())
}

/// The first line that does not begin with the request's id. One whose priority is
/// wrong already is not asked.
fn nameless(scene: &Scene<'_>) -> Option<Breach> {
    let begin = format!("{} ", scene.request.id.as_ref()?);
    let journal = scene.exchange.journal;
    let texts = lines(scene).filter(|line| has_priority(line) == journal);
    let mut texts = texts.map(|line| if journal { &line[3..] } else { line });
    let text = texts.find(|text| !text.starts_with(begin.as_bytes()))?;
    Some(breach(
        "T-11",
        format!("a line of standard error is `{}`", shown(text)),
        format!("it begins with `{begin}`"),
    ))
}

/// The first line that has a priority where nobody reads it, or none for a journal.
fn misread(scene: &Scene<'_>) -> Option<Breach> {
    let journal = scene.exchange.journal;
    let line = lines(scene).find(|line| has_priority(line) != journal)?;
    Some(if journal {
        breach(
            "T-12",
            format!("a line is `{}`", shown(line)),
            "it begins with a syslog priority, such as `<4>`: a journal reads it",
        )
    } else {
        breach(
            "T-12",
            format!("a line begins with `{}`", shown(&line[..3])),
            "no syslog priority: no journal reads it",
        )
    })
}

/// A part of the request with a control character in it that stands in a text as
/// it came. What a plugin itself does to its lines is its own matter.
fn unescaped(sent: &Value, stderr: &[u8]) -> Option<String> {
    match sent {
        Value::String(text) => {
            let letters: Vec<char> = text.chars().collect();
            let controls = letters.iter().enumerate();
            controls
                .filter(|(_, letter)| letter.is_control())
                .map(|(at, _)| letters[at.saturating_sub(2)..letters.len().min(at + 3)].iter())
                .map(|part| part.collect::<String>())
                .find(|part| contains(stderr, part.as_bytes()))
        }
        Value::Array(items) => items.iter().find_map(|item| unescaped(item, stderr)),
        Value::Object(members) => members.values().find_map(|value| unescaped(value, stderr)),
        _ => None,
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn has_priority(line: &[u8]) -> bool {
    matches!(line, [b'<', b'0'..=b'7', b'>', ..])
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::suite::always::{Claims, Request};
    use crate::suite::answer::Answer;
    use crate::suite::plugin::{Ended, Exchange};
    use crate::suite::watch::Seen;

    #[test]
    fn a_flood_of_lines_is_one_breach_a_rule() {
        let exchange = Exchange {
            sent: Vec::new(),
            stdin_open: false,
            stdout: Vec::new(),
            stderr: b"y\n<3>y\n".repeat(1000),
            ended: Ended::Status(0),
            took: Duration::ZERO,
            disturbed_at: None,
            held_open: false,
            written_on: false,
            journal: false,
            seen: Seen::default(),
        };
        let found = breaches(&Scene {
            exchange: &exchange,
            answer: &Answer::of(b""),
            request: Request {
                id: Some("7".to_owned()),
                ..Request::default()
            },
            claims: &Claims::default(),
        });
        let rules: Vec<&str> = found.iter().map(|breach| breach.rule).collect();
        assert_eq!(rules, ["T-11", "T-12"]);
    }
}
