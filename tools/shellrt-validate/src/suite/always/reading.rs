//! Requests are read in the order of the specification, and refused by it.

use serde_json::{Map, Value};

use super::{Breaches, Scene, breach};

pub(super) const RULES: &[&str] = &["N-1", "P-15", "V-1"];

pub(super) fn breaches(scene: &Scene<'_>) -> Breaches {
    let mut found = Breaches::new();
    order(scene, &mut found);
    served(scene, &mut found);
    claimed(scene, &mut found);
    found
}

/// The code that is due before the command itself is looked at.
fn order(scene: &Scene<'_>, found: &mut Breaches) {
    let request = &scene.request;
    let code = scene.answer.code();
    let claims = scene.claims;
    let is_unserved = request
        .version
        .as_deref()
        .is_some_and(|version| !claims.serves(version));
    // `version` and `describe` are answered in any version [V-4], and what is
    // wrong with their members may come first or not.
    let is_unclaimed = request
        .command
        .as_ref()
        .is_some_and(|command| !claims.commands.contains(command));
    if claims.versions.is_empty() || is_unserved || is_unclaimed {
        return;
    }
    if let Some(due) = request.due
        && code != Some(due)
    {
        found.push(breach(
            "N-1",
            super::super::expect::told(scene.answer),
            match due {
                3 => "code 3: there is no such command".to_owned(),
                _ => "code 2: the request is not of its form".to_owned(),
            },
        ));
    }
}

fn served(scene: &Scene<'_>, found: &mut Breaches) {
    let asked = scene.request.version.as_deref();
    let asked = asked.filter(|version| scene.claims.serves(version));
    if let Some(version) = asked
        && scene.answer.code() == Some(1)
    {
        found.push(breach(
            "V-1",
            format!("code 1: version `{version}` is not served"),
            "it is served: `protocol_versions` lists one that matches",
        ));
    }
}

/// A command that is listed is not unsupported; an option of it may be, and is
/// not looked at here.
fn claimed(scene: &Scene<'_>, found: &mut Breaches) {
    let request = &scene.request;
    let members = request.document.as_ref().and_then(Value::as_object);
    let is_plain = members.is_some_and(|members| {
        let mut names = members.keys();
        names.all(|name| name.starts_with('_') || name == "name")
    });
    if let Some(command) = &request.command
        && request.due.is_none()
        && scene.claims.commands.contains(command)
        && scene.answer.code() == Some(3)
        && is_plain
    {
        found.push(breach(
            "P-15",
            super::super::expect::told(scene.answer),
            format!("`describe` lists `{command}`"),
        ));
    }
}

/// What a parser makes of bytes that lets pass what a receiver should refuse: a
/// byte order mark, bad UTF-8, lone surrogates, duplicate keys, numbers that are
/// none or too large, deep nesting. `None`: not even such a one reads them.
pub(crate) fn lenient(bytes: &[u8]) -> Option<Value> {
    let text = match utf_16(bytes) {
        Some(text) => text.into(),
        None => String::from_utf8_lossy(bytes),
    };
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = Reader {
        rest: text,
        depth: 0,
    };
    let document = reader.value()?;
    reader.blank();
    reader.rest.is_empty().then_some(document)
}

/// Some parsers tell UTF-16 by the NUL bytes at its beginning.
fn utf_16(bytes: &[u8]) -> Option<String> {
    let pairs = bytes.chunks_exact(2);
    let units: Vec<u16> = match bytes {
        [_, 0, ..] | [0xff, 0xfe, ..] => pairs
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect(),
        [0, _, ..] | [0xfe, 0xff, ..] => pairs
            .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
            .collect(),
        _ => return None,
    };
    String::from_utf16(&units).ok()
}

/// What lies deeper is passed over: it is in no member that anybody looks at.
const DEEPEST: usize = 200;

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl Reader<'_> {
    fn blank(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn take(&mut self, text: &str) -> bool {
        self.blank();
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn value(&mut self) -> Option<Value> {
        self.blank();
        if self.depth == DEEPEST && self.rest.starts_with(['{', '[']) {
            return self.passed_over();
        }
        self.depth += 1;
        let value = match self.rest.as_bytes().first()? {
            b'{' => self.object(),
            b'[' => self.list(),
            b'"' => self.string().map(Value::String),
            _ => self.word(),
        };
        self.depth -= 1;
        value
    }

    /// Brackets and all that they hold, however deep; only their number counts.
    fn passed_over(&mut self) -> Option<Value> {
        let mut open = 0_usize;
        loop {
            match self.rest.as_bytes().first()? {
                b'"' => {
                    self.string()?;
                    continue;
                }
                b'{' | b'[' => open += 1,
                b'}' | b']' => open -= 1,
                _ => {}
            }
            let mut letters = self.rest.chars();
            letters.next();
            self.rest = letters.as_str();
            if open == 0 {
                return Some("deep".into());
            }
        }
    }

    fn object(&mut self) -> Option<Value> {
        let mut members = Map::new();
        self.take("{");
        if self.take("}") {
            return Some(members.into());
        }
        loop {
            self.blank();
            let name = self.string()?;
            if !self.take(":") {
                return None;
            }
            let value = self.value()?;
            members.insert(name, value);
            if !self.take(",") {
                return self.take("}").then(|| members.into());
            }
        }
    }

    fn list(&mut self) -> Option<Value> {
        let mut items = Vec::new();
        self.take("[");
        if self.take("]") {
            return Some(items.into());
        }
        loop {
            items.push(self.value()?);
            if !self.take(",") {
                return self.take("]").then(|| items.into());
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        let bytes = self.rest.as_bytes();
        if bytes.first() != Some(&b'"') {
            return None;
        }
        let mut end = 1;
        while *bytes.get(end)? != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        let literal = self.rest.get(..=end)?;
        self.rest = self.rest.get(end + 1..)?;
        serde_json::from_str(literal)
            .or_else(|_| serde_json::from_str(&without_surrogates(literal)))
            .ok()
    }

    fn word(&mut self) -> Option<Value> {
        let length = self.rest.find([',', ']', '}', ' ', '\t', '\n', '\r']);
        let (word, rest) = self.rest.split_at(length.unwrap_or(self.rest.len()));
        self.rest = rest;
        match word {
            "NaN" | "Infinity" | "-Infinity" => Some(word.into()),
            _ => serde_json::from_str(word).ok().or_else(|| {
                // A number that is too large for any type is one all the same.
                let digits = |c: char| c.is_ascii_digit() || "+-.eE".contains(c);
                let is_number = !word.is_empty() && word.chars().all(digits);
                is_number.then(|| word.into())
            }),
        }
    }
}

/// Every escape of half a letter becomes a letter of its own.
fn without_surrogates(literal: &str) -> String {
    let mut done = String::new();
    let mut rest = literal;
    while let Some(at) = rest.find("\\u") {
        let (before, escape) = rest.split_at(at);
        let is_half = escape
            .get(2..3)
            .is_some_and(|digit| digit.eq_ignore_ascii_case("d"));
        let length = 6.min(escape.len());
        let Some((this, after)) = escape.split_at_checked(length) else {
            break;
        };
        done.push_str(before);
        done.push_str(if is_half { "\\ufffd" } else { this });
        rest = after;
    }
    done + rest
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_stock_parsers_let_pass_is_read_and_nothing_else() {
        let read = |text: &str| lenient(text.as_bytes());
        assert_eq!(read("\u{feff}{\"a\": NaN}"), Some(json!({"a": "NaN"})));
        assert_eq!(read(r#"{"a":1,"a":[2, {}]} "#), Some(json!({"a": [2, {}]})));
        assert_eq!(
            read(r#"["\ud800x", "\u00e4"]"#),
            Some(json!(["\u{fffd}x", "ä"]))
        );
        assert_eq!(lenient(b"[\"\xff\"]"), Some(json!(["\u{fffd}"])));
        assert_eq!(lenient(b"[\x007\0]\0"), Some(json!([7])));
        assert_eq!(read("[1e999]"), Some(json!(["1e999"])));
        assert!(read(&format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))).is_some());
        for text in [
            "", "{", "[1,]", "{}{}", "{\"a\"}", "{a:1}", "nul", "[1 2]", "\"x", "{'a':1}",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
