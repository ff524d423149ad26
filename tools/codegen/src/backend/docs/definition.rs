//! One definition as a section of a page.

use serde_json::Value;

use super::{head, row};
use crate::model::{Definition, Field, Kind, KnownValue, MapForm, Model, Range, Shape, TextForm};

/// The section: the name as its title, which links lead to, then what the
/// definition says.
pub(super) fn section(model: &Model, definition: &Definition) -> String {
    let secret = if definition.sensitive {
        " *Sensitive.*"
    } else {
        ""
    };
    let body = match &definition.shape {
        Shape::Struct(fields) => members(model, fields),
        Shape::Text(form) => text(form),
        Shape::Integer(range) => format!("An integer, {}.\n", numbers(*range)),
        Shape::Closed(values) => format!("One of these and no other:\n\n{}", known(values)),
        Shape::Open(values, _) => {
            format!(
                "One of these, or a text that this version does not know, which is kept:\n\n{}",
                known(values)
            )
        }
        Shape::Map(form) => format!("An object: {}.\n", map(model, form)),
        Shape::Free => String::from("Any object.\n"),
    };
    format!(
        "\n## {}\n\n{}{secret}\n\n{body}",
        definition.name, definition.description
    )
}

fn members(model: &Model, fields: &[Field]) -> String {
    if fields.is_empty() {
        return String::from("No members of its own.\n");
    }
    let mut table = head(["name", "type", "required", "default", "meaning"]);
    for field in fields {
        let secret = if field.sensitive { " *Sensitive.*" } else { "" };
        table += &row([
            &format!("`{}`", field.name),
            &kind(model, &field.kind),
            if field.required { "yes" } else { "no" },
            &field.default.as_ref().map(default).unwrap_or_default(),
            &format!("{}{secret}", field.description),
        ]);
    }
    table
}

fn default(value: &Value) -> String {
    format!("`{value}`")
}

fn kind(model: &Model, kind: &Kind) -> String {
    match kind {
        Kind::Named(name) => link(model, name),
        Kind::Boolean => String::from("boolean"),
        Kind::Integer(range) => format!("integer, {}", numbers(*range)),
        Kind::List {
            min_items,
            max_items,
            item,
        } => {
            format!(
                "list of {} {}",
                sizes(*min_items, *max_items),
                self::kind(model, item)
            )
        }
        Kind::Map(form) => map(model, form),
    }
}

fn map(model: &Model, form: &MapForm) -> String {
    format!(
        "map of at most {} {} to {}",
        form.max_members,
        link(model, &form.key),
        link(model, &form.value)
    )
}

fn sizes(least: u64, most: u64) -> String {
    if least == 0 {
        format!("at most {most}")
    } else {
        format!("{least} to {most}")
    }
}

/// A link to the section of a definition, on the page of its file.
fn link(model: &Model, name: &str) -> String {
    format!(
        "[{name}]({}.md#{})",
        model.definition(name).file,
        name.to_lowercase()
    )
}

fn text(form: &TextForm) -> String {
    let length = match (form.min_length, form.max_length) {
        (0, None) => String::from("A text"),
        (least, None) => format!("A text of at least {least} characters"),
        (least, Some(most)) => format!("A text of {least} to {most} characters"),
    };
    match &form.pattern {
        Some(pattern) => format!("{length} that matches\n\n```text\n{pattern}\n```\n"),
        None => format!("{length}.\n"),
    }
}

fn known(values: &[KnownValue]) -> String {
    let rows = values
        .iter()
        .map(|value| row([&format!("`{}`", value.text), &value.description]));
    head(["value", "meaning"]) + &rows.collect::<String>()
}

/// Powers of two are how people know the large ends.
fn numbers(range: Range) -> String {
    let end = |number: i64| match number {
        9_223_372_036_854_775_807 => String::from("2^63 - 1"),
        9_007_199_254_740_991 => String::from("2^53 - 1"),
        2_147_483_647 => String::from("2^31 - 1"),
        other => other.to_string(),
    };
    format!("{} to {}", end(range.minimum), end(range.maximum))
}
