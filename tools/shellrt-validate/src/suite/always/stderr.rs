//! Standard error is for people: lines, with the request's id, and nothing that
//! plays with a terminal.

use super::{Breaches, Scene, breach};
use crate::suite::evidence::shown;

pub(super) const RULES: &[&str] = &["T-11", "T-12", "T-13"];

pub(super) fn breaches(scene: &Scene<'_>) -> Breaches {
    let mut found = Breaches::new();
    let lines = scene.exchange.stderr.split(|&byte| byte == b'\n');
    for line in lines.filter(|line| !line.is_empty()) {
        if line
            .iter()
            .any(|&byte| byte < 0x20 && byte != b'\t' || byte == 0x7f)
        {
            found.push(breach(
                "T-13",
                format!("standard error holds `{}`", shown(line)),
                "control characters are escaped",
            ));
        }
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

fn has_priority(line: &[u8]) -> bool {
    matches!(line, [b'<', b'0'..=b'7', b'>', ..])
}
