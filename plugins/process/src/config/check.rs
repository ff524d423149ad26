//! Reads a configuration and says everything that is wrong with it at once,
//! each fault with its place. Deserialising would stop at the first one.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde_json::{Map, Value};
use shellrt_api::{Fault, FaultRule, JsonPointer, Warning};

use super::Config;
use shellrt_common::failure::shown;
use shellrt_common::signal;

/// The protocol carries no more faults or warnings.
const TOLD_MAX: usize = 1024;

const STOP_TIMEOUT_SECONDS: RangeInclusive<u64> = 0..=86_400;
const LOG_MAX_BYTES: RangeInclusive<u64> = 4096..=9_007_199_254_740_991;
const LOG_MAX_FILES: RangeInclusive<u64> = 1..=1000;

pub(super) fn read(config: &Map<String, Value>) -> Result<(Config, Vec<Warning>), Vec<Fault>> {
    let mut reader = Reader {
        config,
        known: Vec::new(),
        faults: Vec::new(),
    };
    let read = Config {
        command: reader.command(),
        working_dir: reader.working_dir(),
        env: reader.env(),
        stop_signal: reader.stop_signal(),
        stop_timeout_seconds: reader.number(
            "stop_timeout_seconds",
            STOP_TIMEOUT_SECONDS,
            super::stop_timeout(),
        ),
        log_max_bytes: reader.number("log_max_bytes", LOG_MAX_BYTES, super::log_max_bytes()),
        log_max_files: reader.number("log_max_files", LOG_MAX_FILES, super::log_max_files()),
    };
    let warnings = reader.warnings();
    let mut faults = reader.faults;
    if faults.is_empty() {
        return Ok((read, warnings));
    }
    faults.sort_by(|one, other| one.pointer.as_str().cmp(other.pointer.as_str()));
    faults.truncate(TOLD_MAX);
    Err(faults)
}

/// Reads member by member; what is wrong is noted and stands in as empty.
struct Reader<'a> {
    config: &'a Map<String, Value>,
    known: Vec<&'static str>,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    fn command(&mut self) -> Vec<String> {
        const EXPECTED: &str = "a list of texts: the program and its arguments";
        let Some(value) = self.member("command") else {
            self.fault(
                &["command"],
                FaultRule::Required,
                "the member is missing",
                EXPECTED,
            );
            return Vec::new();
        };
        let Some(items) = value.as_array() else {
            self.fault(&["command"], FaultRule::Type, "it is not a list", EXPECTED);
            return Vec::new();
        };
        if items.is_empty() {
            self.fault(
                &["command"],
                FaultRule::Length,
                "it names no program",
                EXPECTED,
            );
        }
        let mut command = Vec::new();
        for (index, item) in items.iter().enumerate() {
            command.extend(self.text(&["command", &index.to_string()], item));
        }
        if command.first().is_some_and(String::is_empty) {
            self.fault(
                &["command", "0"],
                FaultRule::Length,
                "it names no program",
                "a program",
            );
        }
        command
    }

    fn working_dir(&mut self) -> String {
        let Some(value) = self.member("working_dir") else {
            return super::root();
        };
        let text = self.text(&["working_dir"], value).unwrap_or_default();
        if value.is_string() && !text.starts_with('/') {
            let message = "it does not begin with `/`";
            self.fault(
                &["working_dir"],
                FaultRule::Form,
                message,
                "an absolute path",
            );
        }
        text
    }

    fn env(&mut self) -> BTreeMap<String, String> {
        let mut env = BTreeMap::new();
        let Some(value) = self.member("env") else {
            return env;
        };
        let Some(members) = value.as_object() else {
            self.fault(
                &["env"],
                FaultRule::Type,
                "it is not an object",
                "an object of texts",
            );
            return env;
        };
        for (name, value) in members {
            if name.is_empty() || name.contains(['=', '\0']) {
                let message = "an environment variable cannot have this name";
                self.fault(
                    &["env", name],
                    FaultRule::Key,
                    message,
                    "a name without `=` and NUL",
                );
            }
            if let Some(value) = self.text(&["env", name], value) {
                env.insert(name.clone(), value);
            }
        }
        env
    }

    fn stop_signal(&mut self) -> String {
        let Some(value) = self.member("stop_signal") else {
            return super::sigterm();
        };
        let text = self.text(&["stop_signal"], value).unwrap_or_default();
        if value.is_string() && signal::parse(&text).is_none() {
            let expected = "the name or number of a signal: `SIGTERM`, `TERM`, `15`";
            self.fault(
                &["stop_signal"],
                FaultRule::Value,
                "there is no such signal",
                expected,
            );
        }
        text
    }

    fn number(&mut self, key: &'static str, range: RangeInclusive<u64>, default: u64) -> u64 {
        let Some(value) = self.member(key) else {
            return default;
        };
        let expected = format!("a whole number from {} to {}", range.start(), range.end());
        match value.as_u64() {
            Some(number) if range.contains(&number) => number,
            None if !value.is_number() => {
                self.fault(&[key], FaultRule::Type, "it is not a number", &expected);
                default
            }
            None if value.is_f64() => {
                self.fault(
                    &[key],
                    FaultRule::Type,
                    "it is not a whole number",
                    &expected,
                );
                default
            }
            _ => {
                self.fault(
                    &[key],
                    FaultRule::Range,
                    "it is too small or too large",
                    &expected,
                );
                default
            }
        }
    }

    /// A text that a system call can take. Values are not repeated in faults:
    /// those of `env` are secrets.
    fn text(&mut self, place: &[&str], value: &Value) -> Option<String> {
        let Some(text) = value.as_str() else {
            self.fault(place, FaultRule::Type, "it is not a text", "a text");
            return None;
        };
        if text.contains('\0') {
            self.fault(
                place,
                FaultRule::Form,
                "it holds a NUL character",
                "a text without NUL",
            );
        }
        Some(text.to_owned())
    }

    fn member(&mut self, key: &'static str) -> Option<&'a Value> {
        self.known.push(key);
        self.config.get(key)
    }

    fn fault(&mut self, place: &[&str], rule: FaultRule, message: &str, expected: &str) {
        self.faults
            .push(Fault::new(pointer(place), rule, message).expecting(expected));
    }

    fn warnings(&self) -> Vec<Warning> {
        let unknown = self
            .config
            .keys()
            .filter(|key| !self.known.contains(&key.as_str()));
        let warning = |key: &String| {
            let known = self.known.join("`, `");
            let key_shown = shown(key);
            let text =
                format!("`{key_shown}` is not known and is left out; this plugin knows `{known}`");
            let mut warning = Warning::new(text);
            warning.pointer = Some(pointer(&[key]));
            warning
        };
        unknown.map(warning).take(TOLD_MAX).collect()
    }
}

/// The pointer of a place below `/config`, or of what holds it where a key is
/// longer than a pointer may be.
fn pointer(place: &[&str]) -> JsonPointer {
    let token = |token: &&str| format!("/{}", token.replace('~', "~0").replace('/', "~1"));
    let text = |length: usize| {
        format!(
            "/config{}",
            place[..length].iter().map(token).collect::<String>()
        )
    };
    let mut lengths = (0..=place.len()).rev();
    lengths
        .find_map(|length| JsonPointer::new(text(length)).ok())
        .unwrap_or_else(JsonPointer::root)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read_value(config: Value) -> Result<(Config, Vec<Warning>), Vec<Fault>> {
        read(config.as_object().expect("tests give objects"))
    }

    #[test]
    fn only_the_command_is_needed() {
        let (config, warnings) = read_value(json!({"command": ["true"]})).expect("it is sound");
        assert!(warnings.is_empty());
        let defaults = Config::schema();
        for (key, value) in serde_json::to_value(&config)
            .expect("it is JSON")
            .as_object()
            .expect("an object")
        {
            let published = defaults["properties"][key].get("default");
            assert!(
                key == "command" || published == Some(value),
                "{key}: {value} against {published:?}"
            );
        }
    }

    #[test]
    fn every_fault_is_told_at_once_with_its_place_and_without_its_value() {
        let faults = read_value(json!({
            "command": ["a\u{0}b", 1],
            "working_dir": "here",
            "env": {"A=B": "secret", "C": null, "D/~": 3},
            "stop_signal": "SIGNONE",
            "stop_timeout_seconds": 86_401,
            "log_max_bytes": 1.5,
            "log_max_files": "3",
        }))
        .expect_err("all of it is wrong");
        let told: Vec<(&str, &str)> = faults
            .iter()
            .map(|f| (f.pointer.as_str(), f.rule.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("/config/command/0", "form"),
                ("/config/command/1", "type"),
                ("/config/env/A=B", "key"),
                ("/config/env/C", "type"),
                ("/config/env/D~1~0", "type"),
                ("/config/log_max_bytes", "type"),
                ("/config/log_max_files", "type"),
                ("/config/stop_signal", "value"),
                ("/config/stop_timeout_seconds", "range"),
                ("/config/working_dir", "form"),
            ]
        );
        assert!(!format!("{faults:?}").contains("secret"));
    }

    #[test]
    fn a_command_is_required_and_not_empty() {
        let told = |config: Value| {
            let faults = read_value(config).expect_err("it is wrong");
            (
                faults[0].pointer.as_str().to_owned(),
                faults[0].rule.as_str().to_owned(),
            )
        };
        let at = |pointer: &str, rule: &str| (pointer.to_owned(), rule.to_owned());
        assert_eq!(told(json!({})), at("/config/command", "required"));
        assert_eq!(
            told(json!({"command": []})),
            at("/config/command", "length")
        );
        assert_eq!(
            told(json!({"command": [""]})),
            at("/config/command/0", "length")
        );
        assert_eq!(
            told(json!({"command": "true"})),
            at("/config/command", "type")
        );
    }

    #[test]
    fn what_is_not_known_is_a_warning_that_names_it() {
        let (_, warnings) =
            read_value(json!({"command": ["true"], "image": "x"})).expect("it is sound");
        assert_eq!(warnings.len(), 1);
        assert!(
            warnings[0].message.contains("`image`"),
            "{}",
            warnings[0].message
        );
        assert_eq!(
            warnings[0].pointer.as_ref().map(JsonPointer::as_str),
            Some("/config/image")
        );
    }

    #[test]
    fn the_published_schema_knows_what_the_check_knows() {
        let schema = Config::schema();
        let published: Vec<&String> = schema["properties"]
            .as_object()
            .expect("it has members")
            .keys()
            .collect();
        let mut checked = Reader {
            config: &Map::new(),
            known: Vec::new(),
            faults: Vec::new(),
        };
        let _ = (
            checked.command(),
            checked.working_dir(),
            checked.env(),
            checked.stop_signal(),
        );
        for key in ["stop_timeout_seconds", "log_max_bytes", "log_max_files"] {
            checked.number(key, 0..=0, 0);
        }
        checked.known.sort_unstable();
        assert_eq!(published, checked.known);
        assert_eq!(schema["required"], json!(["command"]));
    }
}
