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
    let lines = scene.exchange.stderr.split(|&byte| byte == b'\n');
    for line in lines.filter(|line| !line.is_empty()) {
        // One is told of each rule: a plugin may write millions of lines.
        if let Some(breach) = of_line(scene, line)
            && !found.iter().any(|known| known.rule == breach.rule)
        {
            found.push(breach);
        }
    }
    found
}

/// What is wrong with a line: its priority, or else its beginning.
fn of_line(scene: &Scene<'_>, line: &[u8]) -> Option<Breach> {
    let text = match (has_priority(line), scene.exchange.journal) {
        (true, true) => &line[3..],
        (false, false) => line,
        (true, false) => {
            return Some(breach(
                "T-12",
                format!("a line begins with `{}`", shown(&line[..3])),
                "no syslog priority: no journal reads it",
            ));
        }
        (false, true) => {
            return Some(breach(
                "T-12",
                format!("a line is `{}`", shown(line)),
                "it begins with a syslog priority, such as `<4>`: a journal reads it",
            ));
        }
    };
    let id = scene.request.id.as_ref()?;
    let is_named = text.starts_with(format!("{id} ").as_bytes());
    (!is_named).then(|| {
        breach(
            "T-11",
            format!("a line of standard error is `{}`", shown(text)),
            format!("it begins with `{id} `"),
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
