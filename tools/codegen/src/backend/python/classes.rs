//! The objects as dataclasses: required members first to read, keyword-only to
//! write, secrets out of `repr`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::text::{boolean, doc, field as name_of};
use crate::backend::BackendError;
use crate::model::{Definition, Field, Kind, Model, Shape};

/// One module of classes for each file of the schema, so that a plugin, which
/// lives for one request, makes only the classes that the request needs.
pub(super) fn generate(model: &Model) -> Result<Vec<(String, String)>, BackendError> {
    let mut modules: BTreeMap<&str, Vec<&Definition>> = BTreeMap::new();
    for definition in super::classes_of(model) {
        modules
            .entry(&definition.file)
            .or_default()
            .push(definition);
    }
    modules
        .iter()
        .map(|(file, definitions)| Ok((file.to_string(), module(model, file, definitions)?)))
        .collect()
}

fn module(model: &Model, file: &str, definitions: &[&Definition]) -> Result<String, BackendError> {
    let classes = definitions
        .iter()
        .map(|definition| class(model, definition))
        .collect::<Result<String, _>>()?;
    let named: BTreeSet<&str> = definitions
        .iter()
        .flat_map(|definition| names(definition))
        .collect();
    let others = named.iter().map(|name| model.definition(name));
    let (mut enums, mut elsewhere) = (BTreeSet::new(), BTreeSet::new());
    for other in others {
        match other.shape {
            Shape::Closed(_) => {
                enums.insert(other.name.as_str());
            }
            Shape::Struct(_) if other.file != file => {
                elsewhere.insert((other.file.as_str(), other.name.as_str()));
            }
            _ => {}
        }
    }
    let fields = if classes.contains(" = field(") {
        ", field"
    } else {
        ""
    };
    let any = if classes.contains("Any]") {
        "Any, "
    } else {
        ""
    };
    let checking = if elsewhere.is_empty() {
        ""
    } else {
        "TYPE_CHECKING, "
    };
    let mut text = format!(
        "from __future__ import annotations\n\nfrom dataclasses import dataclass{fields}\nfrom typing import {checking}{any}ClassVar\n\n"
    );
    if !enums.is_empty() {
        let enums = enums.into_iter().collect::<Vec<_>>().join(", ");
        text.push_str(&format!("from shellrt._generated.enums import {enums}\n"));
    }
    text.push_str("from shellrt._payload import Payload, payload\n");
    if !elsewhere.is_empty() {
        text.push_str("\nif TYPE_CHECKING:\n");
        for (file, name) in elsewhere {
            text.push_str(&format!(
                "    from shellrt._generated.types.{file} import {name}\n"
            ));
        }
    }
    Ok(text + &classes)
}

/// The definitions that a definition's members name.
fn names(definition: &Definition) -> Vec<&str> {
    fn of(kind: &Kind) -> Vec<&str> {
        match kind {
            Kind::Named(name) => vec![name],
            Kind::List { item, .. } => of(item),
            Kind::Map(map) => vec![&map.value],
            Kind::Boolean | Kind::Integer(_) => Vec::new(),
        }
    }
    match &definition.shape {
        Shape::Struct(fields) => fields.iter().flat_map(|field| of(&field.kind)).collect(),
        _ => Vec::new(),
    }
}

/// The package of all classes, which loads a module when one of its classes is
/// asked for.
pub(super) fn index(model: &Model) -> String {
    let mut text = String::from(
        "from __future__ import annotations\n\nfrom importlib import import_module\nfrom typing import TYPE_CHECKING, Any\n\nif TYPE_CHECKING:\n",
    );
    let mut classes: Vec<&Definition> = super::classes_of(model).collect();
    classes.sort_by(|a, b| (&a.file, &a.name).cmp(&(&b.file, &b.name)));
    for Definition { name, file, .. } in &classes {
        text.push_str(&format!(
            "    from shellrt._generated.types.{file} import {name} as {name}\n"
        ));
    }
    text.push_str("\n#: The module of each class.\nMODULES = {\n");
    for Definition { name, file, .. } in &classes {
        text.push_str(&format!("    \"{name}\": \"{file}\",\n"));
    }
    text.push_str(
        "}\n\nif not TYPE_CHECKING:\n\n    def __getattr__(name: str) -> Any:\n        if name not in MODULES:\n            raise AttributeError(f\"module `shellrt.types` has no class `{name}`\")\n        value = getattr(import_module(f\"{__name__}.{MODULES[name]}\"), name)\n        globals()[name] = value\n        return value\n\n\ndef __dir__() -> list[str]:\n    return sorted(MODULES)\n",
    );
    text
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
