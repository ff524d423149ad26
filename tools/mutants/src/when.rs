//! Whether the faults are there for this request, and for this response.

use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::edit::has;
use crate::format::When;
use crate::sound::Sound;
use crate::template::Values;

impl When {
    /// What can be said before the sound plugin is asked.
    pub(crate) fn holds_for_request(&self, bytes: &[u8], values: &Values, sound: &Sound) -> bool {
        let request = &values.request;
        let command = request["_type"].as_str().unwrap_or_default();
        let at = |pointer: &str| request.pointer(pointer);
        let alike = |pointer: &str, wanted: &Value| at(pointer) == values.value(wanted).as_ref();
        let contains = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);

        (self.command.is_empty() || self.command.iter().any(|known| known == command))
            && self.has.iter().all(|pointer| at(pointer).is_some())
            && self.lacks.iter().all(|pointer| at(pointer).is_none())
            && self.is.iter().all(|(pointer, value)| alike(pointer, value))
            && !self
                .is_not
                .iter()
                .any(|(pointer, value)| alike(pointer, value))
            && self
                .readable
                .is_none_or(|wanted| request.is_object() == wanted)
            && self.holds.as_ref().is_none_or(|part| contains(&part.get()))
            && self.at_least_bytes.is_none_or(|least| bytes.len() >= least)
            && (self.state.is_empty() || self.state.contains(&state(values, sound)))
            && (self.passes.is_empty() || passes(&self.passes, values))
    }

    /// Whether it takes the sound plugin's response to say.
    pub(crate) fn looks_at_response(&self) -> bool {
        self.status.is_some()
            || !self.code.is_empty()
            || !self.response_has.is_empty()
            || !self.response_is.is_empty()
    }

    /// What can be said when its response is there.
    pub(crate) fn holds_for_response(&self, values: &Values) -> bool {
        let response = &values.response;
        let status = self.status.as_deref();
        let code = response["code"].as_u64();
        status.is_none_or(|wanted| response["_status"] == wanted)
            && (self.code.is_empty() || code.is_some_and(|code| self.code.contains(&code)))
            && self
                .response_has
                .iter()
                .all(|pointer| has(response, pointer))
            && self
                .response_is
                .iter()
                .all(|(pointer, value)| response.pointer(pointer) == values.value(value).as_ref())
    }
}

/// The state of the module that the request is about.
fn state(values: &Values, sound: &Sound) -> String {
    let name = values.request["name"].clone();
    let answer = sound.ask(&json!({"_version": "0.2.0", "_type": "status", "name": name}));
    let state = answer["state"].as_str().map(str::to_owned);
    match answer["code"].as_u64() {
        Some(20) => "absent".to_owned(),
        _ => state.unwrap_or_default(),
    }
}

fn passes(words: &[String], values: &Values) -> bool {
    let words: Vec<String> = words.iter().filter_map(|word| values.text(word)).collect();
    let Some((program, arguments)) = words.split_first() else {
        return false;
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
