//! `${/pointer}`, `${response/pointer}` and `${pid}` in the texts of faults.

use serde_json::{Map, Value};

/// What names stand for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Values {
    pub(crate) request: Value,
    pub(crate) response: Value,
}

impl Values {
    fn get(&self, name: &str) -> Option<Value> {
        if name == "pid" {
            return Some(std::process::id().into());
        }
        match name.strip_prefix("response") {
            Some(pointer) => self.response.pointer(pointer).cloned(),
            None => self.request.pointer(name).cloned(),
        }
    }

    /// A text with every name replaced; `None` where one has no value.
    pub(crate) fn text(&self, template: &str) -> Option<String> {
        let mut done = String::new();
        let mut rest = template;
        while let Some(start) = rest.find("${") {
            let length = rest[start..].find('}')?;
            let name = &rest[start + 2..start + length];
            done.push_str(&rest[..start]);
            rest = &rest[start + length + 1..];
            if is_ours(name) {
                match self.get(name)? {
                    Value::String(text) => done.push_str(&text),
                    other => done.push_str(&other.to_string()),
                }
            } else {
                // The shell has `${...}` of its own.
                done.push_str(&format!("${{{name}}}"));
            }
        }
        done.push_str(rest);
        Some(done)
    }

    /// A document with every name replaced; what has no value is left out.
    pub(crate) fn value(&self, template: &Value) -> Option<Value> {
        match template {
            Value::String(text) => {
                let name = text
                    .strip_prefix("${")
                    .and_then(|rest| rest.strip_suffix('}'));
                match name.filter(|name| is_ours(name) && !name.contains('}')) {
                    Some(name) => self.get(name),
                    None => self.text(text).map(Value::String),
                }
            }
            Value::Array(items) => Some(items.iter().filter_map(|item| self.value(item)).collect()),
            Value::Object(members) => Some(Value::Object(self.object(members))),
            other => Some(other.clone()),
        }
    }

    pub(crate) fn object(&self, members: &Map<String, Value>) -> Map<String, Value> {
        let members = members.iter();
        members
            .filter_map(|(name, value)| Some((name.clone(), self.value(value)?)))
            .collect()
    }
}

fn is_ours(name: &str) -> bool {
    name == "pid" || name.starts_with('/') || name.starts_with("response/")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_stand_for_values_of_request_and_response() {
        let values = Values {
            request: json!({"name": "web", "timeout": 3}),
            response: json!({"pid": 7}),
        };
        let template = json!({"a": "${/timeout}", "b": "${/name}-${response/pid}", "c": "${/none}", "d": "${X} x"});
        let wanted = json!({"a": 3, "b": "web-7", "d": "${X} x"});
        assert_eq!(values.value(&template), Some(wanted));
    }
}
