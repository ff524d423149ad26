//! Standard error is for people: lines, with the request's id, and nothing that
//! plays with a terminal.

use serde_json::Value;

use super::{Breaches, Scene, breach};
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
        let journal = scene.exchange.journal;
        let text = match (has_priority(line), journal) {
            (true, true) => &line[3..],
            (false, false) => line,
            (true, false) => {
                found.push(breach(
                    "T-12",
                    format!("a line begins with `{}`", shown(&line[..3])),
                    "no syslog priority: no journal reads it",
                ));
                continue;
            }
            (false, true) => {
                found.push(breach(
                    "T-12",
                    format!("a line is `{}`", shown(line)),
                    "it begins with a syslog priority, such as `<4>`: a journal reads it",
                ));
                continue;
            }
        };
        if let Some(id) = &scene.request.id
            && !text.starts_with(format!("{id} ").as_bytes())
        {
            found.push(breach(
                "T-11",
                format!("a line of standard error is `{}`", shown(text)),
                format!("it begins with `{id} `"),
            ));
        }
    }
    found.dedup_by(|a, b| a.rule == b.rule);
    found
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
