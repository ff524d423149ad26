//! Checks a `config` against the JSON Schema that the plugin publishes for its
//! config type, so that a mistake is explained before anything is sent.

use jsonschema::error::ValidationErrorKind;
use serde_json::{Map, Value};
use shellrt_api::{ConfigType, DescribeResponse, Identifier};

use crate::failure::Failure;
use crate::output::{self, Style, paint};

/// One place of a config that does not fit.
#[derive(Debug)]
pub(crate) struct ConfigFault {
    /// Where, as a JSON pointer into the config.
    pub(crate) pointer: String,
    /// What is wrong there.
    pub(crate) message: String,
}

/// The config type of that name.
pub(crate) fn find<'a>(
    description: &'a DescribeResponse,
    wanted: &Identifier,
) -> Result<&'a ConfigType, Failure> {
    description
        .config_types
        .get(wanted.as_str())
        .ok_or_else(|| Failure::UnknownConfigType {
            plugin: description.name.to_string(),
            wanted: wanted.to_string(),
            known: description
                .config_types
                .keys()
                .map(ToString::to_string)
                .collect(),
        })
}

/// Checks a config of a known type; all faults at once.
pub(crate) fn check(
    config_type: &Identifier,
    known: &ConfigType,
    config: &Map<String, Value>,
) -> Result<(), Failure> {
    let validator = match jsonschema::validator_for(&Value::Object(known.schema.clone())) {
        Ok(validator) => validator,
        Err(error) => {
            // What the plugin publishes is advice; it checks for itself anyhow.
            output::note(&format!(
                "{} the plugin's schema of `{config_type}` cannot be used, so the config is sent unchecked: {}",
                paint(Style::Warning, "warning:"),
                output::printable(&error.to_string()),
            ));
            return Ok(());
        }
    };
    let instance = Value::Object(config.clone());
    let faults: Vec<ConfigFault> = validator
        .iter_errors(&instance)
        .map(|error| fault(&error))
        .collect();
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure::Config {
        config_type: config_type.to_string(),
        faults,
    })
}

fn fault(error: &jsonschema::ValidationError<'_>) -> ConfigFault {
    let mut pointer = error.instance_path().to_string();
    // As the protocol's own faults do, point at the missing member.
    if let ValidationErrorKind::Required {
        property: Value::String(property),
    } = error.kind()
    {
        pointer += &format!("/{}", property.replace('~', "~0").replace('/', "~1"));
        return ConfigFault {
            pointer,
            message: "it is missing".to_owned(),
        };
    }
    // A whole object explains nothing by being printed.
    let shown = match error.instance().as_ref() {
        Value::Object(_) => "the object".to_owned(),
        value => format!("`{}`", excerpt(&value.to_string())),
    };
    ConfigFault {
        pointer,
        message: output::printable(&error.masked_with(shown).to_string()),
    }
}

fn excerpt(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(schema: Value, config: Value) -> Vec<String> {
        let (Value::Object(schema), Value::Object(config)) = (schema, config) else {
            panic!("two objects")
        };
        let config_type = Identifier::new("process").expect("the form");
        match check(&config_type, &ConfigType::new(schema), &config) {
            Err(Failure::Config { faults, .. }) => faults
                .into_iter()
                .map(|fault| format!("{}: {}", fault.pointer, fault.message))
                .collect(),
            other => panic!("no config faults but {other:?}"),
        }
    }

    #[test]
    fn every_fault_is_told_with_its_place_and_value() {
        let schema = serde_json::json!({
            "type": "object",
            "required": ["command"],
            "properties": {
                "command": {"type": "array"},
                "ports": {"type": "array", "items": {"type": "integer", "maximum": 65535}},
            },
        });
        assert_eq!(
            faults(schema, serde_json::json!({"ports": [80, "http", 70000]})),
            [
                "/command: it is missing",
                "/ports/1: `\"http\"` is not of type \"integer\"",
                "/ports/2: `70000` is greater than the maximum of 65535",
            ]
        );
    }

    #[test]
    fn a_long_value_is_cut() {
        assert_eq!(excerpt(&"x".repeat(100)).len(), 63);
        assert_eq!(excerpt("short"), "short");
    }
}
