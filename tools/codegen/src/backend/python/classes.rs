//! The objects as dataclasses: required members first to read, keyword-only to
//! write, secrets out of `repr`.

use serde_json::Value;

use super::text::{boolean, doc, field as name_of};
use crate::backend::BackendError;
use crate::model::{Definition, Field, Kind, Model, Shape};

pub(super) fn generate(model: &Model) -> Result<String, BackendError> {
    let mut text = String::from(
        "from __future__ import annotations\n\nfrom dataclasses import dataclass, field\nfrom typing import Any, ClassVar\n\nfrom shellrt._generated.enums import (\n",
    );
    for definition in model
        .definitions
        .iter()
        .filter(|definition| matches!(definition.shape, Shape::Closed(_)))
    {
        // The head's own enums are not members of any object here.
        if used(model, &definition.name) {
            text.push_str(&format!("    {},\n", definition.name));
        }
    }
    text.push_str(")\nfrom shellrt._payload import Payload, payload\n");
    for definition in super::classes_of(model) {
        text.push_str(&class(model, definition)?);
    }
    Ok(text)
}

fn used(model: &Model, name: &str) -> bool {
    fn names(kind: &Kind, name: &str) -> bool {
        match kind {
            Kind::Named(used) => used == name,
            Kind::List { item, .. } => names(item, name),
            _ => false,
        }
    }
    super::classes_of(model).any(|definition| match &definition.shape {
        Shape::Struct(fields) => fields.iter().any(|field| names(&field.kind, name)),
        _ => false,
    })
}

fn class(model: &Model, definition: &Definition) -> Result<String, BackendError> {
    let Shape::Struct(fields) = &definition.shape else {
        return Ok(String::new());
    };
    let Definition {
        name,
        description,
        sensitive,
        ..
    } = definition;
    let mut text = format!(
        "\n\n@payload\n@dataclass(slots=True, kw_only=True)\nclass {name}(Payload):\n    \"\"\"{}",
        doc(description)
    );
    if fields.is_empty() {
        text.push_str("\"\"\"\n");
    } else {
        text.push_str("\n\n    Members:\n");
        for field in fields {
            text.push_str(&format!(
                "        {}: {}\n",
                name_of(&field.name),
                doc(&field.description)
            ));
        }
        text.push_str("    \"\"\"\n");
    }
    text.push_str(&format!("\n    TABLE: ClassVar[str] = \"{name}\"\n"));
    if !fields.is_empty() {
        text.push('\n');
    }
    for field in fields {
        text.push_str(&member(model, field, *sensitive).map_err(|problem| {
            BackendError::Definition {
                definition: name.clone(),
                problem,
            }
        })?);
    }
    Ok(text)
}

fn member(model: &Model, field: &Field, all_sensitive: bool) -> Result<String, String> {
    let mut kind = annotation(model, &field.kind);
    if !field.required && field.default.is_none() {
        kind.push_str(" | None");
    }
    let hidden = all_sensitive
        || field.sensitive
        || matches!(&field.kind, Kind::Named(name) if model.definition(name).sensitive);
    let mut settings = Vec::new();
    if hidden {
        settings.push("repr=False".to_owned());
    }
    if !field.required {
        settings.push(default(model, field)?);
    }
    let name = name_of(&field.name);
    Ok(match settings.as_slice() {
        [] => format!("    {name}: {kind}\n"),
        [only] if only.starts_with("default=") => {
            format!("    {name}: {kind} = {}\n", &only["default=".len()..])
        }
        several => format!("    {name}: {kind} = field({})\n", several.join(", ")),
    })
}

fn default(model: &Model, field: &Field) -> Result<String, String> {
    Ok(match (&field.default, &field.kind) {
        (None, _) => "default=None".to_owned(),
        (Some(Value::Bool(value)), _) => format!("default={}", boolean(*value)),
        (Some(Value::Number(number)), _) => format!("default={number}"),
        (Some(Value::Array(items)), _) if items.is_empty() => "default_factory=list".to_owned(),
        (Some(Value::String(text)), Kind::Named(name)) => {
            format!("default={name}.{}", text.to_uppercase())
        }
        (Some(Value::Object(members)), kind) if members.is_empty() => match kind {
            Kind::Named(name) if matches!(model.definition(name).shape, Shape::Struct(_)) => {
                format!("default_factory=lambda: {name}()")
            }
            _ => "default_factory=dict".to_owned(),
        },
        _ => {
            return Err(format!(
                "the default of `{}` is of a kind that no back end knows",
                field.name
            ));
        }
    })
}

fn annotation(model: &Model, kind: &Kind) -> String {
    match kind {
        Kind::Boolean => "bool".to_owned(),
        Kind::Integer(_) => "int".to_owned(),
        Kind::List { item, .. } => format!("list[{}]", annotation(model, item)),
        Kind::Map(map) => map_annotation(model, &map.value),
        Kind::Named(name) => match &model.definition(name).shape {
            Shape::Struct(_) | Shape::Closed(_) => name.clone(),
            Shape::Text(_) | Shape::Open(..) => "str".to_owned(),
            Shape::Integer(_) => "int".to_owned(),
            Shape::Map(map) => map_annotation(model, &map.value),
            Shape::Free => "dict[str, Any]".to_owned(),
        },
    }
}

fn map_annotation(model: &Model, value: &str) -> String {
    format!(
        "dict[str, {}]",
        annotation(model, &Kind::Named(value.to_owned()))
    )
}
