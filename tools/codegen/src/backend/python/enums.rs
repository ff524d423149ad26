//! Enums and the error registry. An open enum lists the values that are known;
//! members of that type are plain texts, so that others are kept.

use super::text::{boolean, doc, literal};
use crate::model::{KnownValue, Model, Shape};

pub(super) fn generate(model: &Model) -> String {
    let mut text = String::from("from __future__ import annotations\n\nfrom enum import StrEnum\n");
    for definition in &model.definitions {
        let (values, note) = match &definition.shape {
            Shape::Closed(values) => (values, "These are all the values."),
            Shape::Open(values, _) => (
                values,
                "The values that this version knows; members hold plain texts, which compare equal to them.",
            ),
            _ => continue,
        };
        text.push_str(&format!(
            "\n\nclass {}(StrEnum):\n    \"\"\"{}\n\n    {note}\n    \"\"\"\n\n",
            definition.name,
            doc(&definition.description)
        ));
        values
            .iter()
            .for_each(|value| text.push_str(&member(value)));
    }
    text
}

fn member(value: &KnownValue) -> String {
    let name = value.text.to_uppercase();
    format!(
        "    {name} = {}\n    \"\"\"{}\"\"\"\n",
        literal(&value.text),
        doc(&value.description)
    )
}

pub(super) fn errors(model: &Model) -> String {
    let mut text = String::from(
        "from __future__ import annotations\n\nfrom shellrt._error_code import ErrorCode\n\nREGISTRY: dict[int, ErrorCode] = {\n",
    );
    for row in &model.errors {
        text.push_str(&format!("    {}: ErrorCode(\n", row.code));
        let members = [
            ("code", row.code.to_string()),
            ("name", literal(&row.name)),
            ("class_", literal(&row.class)),
            ("retryable", boolean(row.retryable).to_owned()),
            ("http_status", row.http_status.to_string()),
            ("meaning", literal(&row.meaning)),
            ("recovery", literal(&row.recovery)),
        ];
        for (name, value) in members {
            text.push_str(&format!("        {name}={value},\n"));
        }
        text.push_str("    ),\n");
    }
    text.push_str("}\n\n");
    for row in &model.errors {
        text.push_str(&format!(
            "{} = REGISTRY[{}]\n",
            row.name.to_uppercase(),
            row.code
        ));
    }
    text
}
