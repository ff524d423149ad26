//! Rewrites values of a JSON text and leaves every other byte as it is: order,
//! white space and escapes are what some rules are about.

use std::ops::Range;

use serde_json::Value;

use crate::place::Place;

/// What happens to the values that the contract marks as sensitive, or does not
/// know, and to texts for people.
pub(super) trait Edit {
    /// A string that must not be repeated; the result takes its place.
    fn hidden(&self, text: &str) -> String;
    /// A text for people. `None`: it stays.
    fn shown(&self, text: &str) -> Option<String>;
}

/// The text with the edited values. It must be one JSON document.
pub(super) fn rewrite(text: &str, place: &Place<'_>, edit: &dyn Edit) -> String {
    let mut scanner = Scanner {
        text,
        at: 0,
        out: String::with_capacity(text.len()),
        edit,
    };
    scanner.copy_white();
    scanner.value(place, Manner::of(place));
    scanner.copy_white();
    scanner.out
}

/// How a value is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// It is nobody's secret.
    Plain,
    /// Its values are hidden; the keys are the protocol's business.
    Keys,
    /// Nothing but its type stays.
    Hidden,
}

impl Manner {
    fn of(place: &Place<'_>) -> Manner {
        match (place.is_sensitive(), place.has_members()) {
            (false, _) => Manner::Plain,
            (true, true) => Manner::Keys,
            (true, false) => Manner::Hidden,
        }
    }

    fn of_member(self, parent: &Place<'_>, name: &str, child: &Place<'_>, depth: usize) -> Manner {
        match self {
            Manner::Hidden => Manner::Hidden,
            // The keys of `_meta` have a rule, though nothing else in it has.
            _ if depth == 1 && name == "_meta" => Manner::Keys,
            Manner::Keys if !child.is_declared() => Manner::Hidden,
            // What the contract does not know may be anything.
            Manner::Plain if !child.is_declared() && parent.has_members() => Manner::Hidden,
            _ => Manner::of(child).max(self),
        }
    }

    fn max(self, other: Manner) -> Manner {
        match (self, other) {
            (Manner::Hidden, _) | (_, Manner::Hidden) => Manner::Hidden,
            (Manner::Keys, _) | (_, Manner::Keys) => Manner::Keys,
            _ => Manner::Plain,
        }
    }
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    out: String,
    edit: &'t dyn Edit,
}

impl Scanner<'_> {
    fn value(&mut self, place: &Place<'_>, manner: Manner) {
        self.value_at(place, manner, 0);
    }

    fn value_at(&mut self, place: &Place<'_>, manner: Manner, depth: usize) {
        match self.peek() {
            Some(b'{') if manner == Manner::Hidden => self.replace("{}"),
            Some(b'[') if manner == Manner::Hidden => self.replace("[]"),
            Some(b'{') => self.object(place, manner, depth + 1),
            Some(b'[') => self.array(place, manner, depth + 1),
            Some(b'"') => self.string(place, manner),
            _ => self.scalar(manner),
        }
    }

    fn object(&mut self, place: &Place<'_>, manner: Manner, depth: usize) {
        self.copy(1);
        self.copy_white();
        while self.peek() == Some(b'"') {
            let key = self.skip_string();
            let name = decoded(&self.text[key.clone()]);
            self.out.push_str(&self.text[key]);
            self.copy_white();
            self.copy(1);
            self.copy_white();
            let child = place.child(&name);
            let of_child = manner.of_member(place, &name, &child, depth);
            self.value_at(&child, of_child, depth);
            self.next_or_end();
        }
        self.copy(1);
    }

    fn array(&mut self, place: &Place<'_>, manner: Manner, depth: usize) {
        self.copy(1);
        self.copy_white();
        let child = place.child("0");
        let of_child = manner.of_member(place, "0", &child, depth + 1);
        while !matches!(self.peek(), None | Some(b']')) {
            self.value_at(&child, of_child, depth);
            self.next_or_end();
        }
        self.copy(1);
    }

    /// What stands between two members, or before the closing bracket.
    fn next_or_end(&mut self) {
        self.copy_white();
        if self.peek() == Some(b',') {
            self.copy(1);
            self.copy_white();
        }
    }

    fn string(&mut self, place: &Place<'_>, manner: Manner) {
        let token = self.skip_string();
        let raw = &self.text[token];
        let edited = if manner != Manner::Plain {
            Some(self.edit.hidden(&decoded(raw)))
        } else if place.definition() == Some("Text") || !place.is_declared() {
            self.edit.shown(&decoded(raw))
        } else {
            None
        };
        match edited {
            Some(text) => self.out.push_str(&Value::from(text).to_string()),
            None => self.out.push_str(raw),
        }
    }

    fn scalar(&mut self, manner: Manner) {
        let start = self.at;
        let rest = &self.text[start..];
        let length = rest
            .find([',', ']', '}', ' ', '\t', '\n', '\r'])
            .unwrap_or(rest.len());
        self.at += length;
        let raw = &self.text[start..self.at];
        let stays = match raw {
            _ if manner == Manner::Plain => raw,
            "null" => "null",
            "true" | "false" => "false",
            number if number.contains(['.', 'e', 'E']) => "0.5",
            _ => "0",
        };
        self.out.push_str(stays);
    }

    /// Passes over an object or array and writes another one.
    fn replace(&mut self, with: &str) {
        let mut depth = 0_usize;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.skip_string();
                    continue;
                }
                Some(b'{' | b'[') => depth += 1,
                Some(b'}' | b']') => depth -= 1,
                None => break,
                Some(_) => {}
            }
            self.at += 1;
            if depth == 0 {
                break;
            }
        }
        self.out.push_str(with);
    }

    /// Passes over a string and says where it stands, quotes included.
    fn skip_string(&mut self) -> Range<usize> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        self.at += 1;
        while let Some(byte) = bytes.get(self.at) {
            self.at += match byte {
                b'\\' => 2,
                b'"' => break,
                _ => 1,
            };
        }
        self.at = (self.at + 1).min(self.text.len());
        start..self.at
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn copy(&mut self, length: usize) {
        let end = (self.at + length).min(self.text.len());
        self.out.push_str(&self.text[self.at..end]);
        self.at = end;
    }

    fn copy_white(&mut self) {
        let rest = &self.text[self.at..];
        self.copy(rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len());
    }
}

fn decoded(token: &str) -> String {
    serde_json::from_str(token).unwrap_or_default()
}
