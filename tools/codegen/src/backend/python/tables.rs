//! The schema as tables, one a definition, in the words of `shellrt._table`.

use super::text::{boolean, literal};
use crate::model::{Definition, Field, Kind, MapForm, Model, Range, Shape, TextForm};

pub(super) fn generate(model: &Model) -> String {
    let mut text = String::from(
        "from __future__ import annotations\n\nfrom shellrt._table import (\n    Boolean,\n    Closed,\n    Field,\n    Free,\n    Integer,\n    List,\n    Map,\n    Named,\n    Struct,\n    Table,\n    Text,\n)\n\n# One definition a line, so that a change of the schema is a change of one line.\n# fmt: off\nTABLES: dict[str, Table] = {\n",
    );
    for definition in &model.definitions {
        let Definition {
            name, sensitive, ..
        } = definition;
        text.push_str(&format!(
            "    {}: Table({}, {}, {}),\n",
            literal(name),
            literal(name),
            boolean(*sensitive),
            shape(definition)
        ));
    }
    text + "}\n"
}

fn shape(definition: &Definition) -> String {
    match &definition.shape {
        Shape::Struct(fields) => {
            let fields: String = fields.iter().map(field).collect();
            format!("Struct(({fields}))")
        }
        Shape::Text(form) | Shape::Open(_, form) => text(form),
        Shape::Integer(range) => integer(*range),
        Shape::Closed(values) => {
            let texts: String = values
                .iter()
                .map(|value| literal(&value.text) + ", ")
                .collect();
            format!("Closed(({texts}))")
        }
        Shape::Map(form) => map(form),
        Shape::Free => "Free()".to_owned(),
    }
}

fn field(field: &Field) -> String {
    let (required, sensitive) = (boolean(field.required), boolean(field.sensitive));
    let default = match &field.default {
        None => "None".to_owned(),
        Some(serde_json::Value::Bool(value)) => boolean(*value).to_owned(),
        Some(value) => value.to_string(),
    };
    format!(
        "Field({}, {required}, {sensitive}, {default}, {}), ",
        literal(&field.name),
        kind(&field.kind)
    )
}

fn kind(kind_of: &Kind) -> String {
    match kind_of {
        Kind::Named(name) => format!("Named({})", literal(name)),
        Kind::Boolean => "Boolean()".to_owned(),
        Kind::Integer(range) => integer(*range),
        Kind::List {
            min_items,
            max_items,
            item,
        } => format!("List({min_items}, {max_items}, {})", kind(item)),
        Kind::Map(form) => map(form),
    }
}

fn text(form: &TextForm) -> String {
    let max = form
        .max_length
        .map_or_else(|| "None".to_owned(), |max| max.to_string());
    let pattern = form
        .pattern
        .as_ref()
        .map_or_else(|| "None".to_owned(), |pattern| literal(pattern));
    format!("Text({}, {max}, {pattern})", form.min_length)
}

fn integer(range: Range) -> String {
    format!("Integer({}, {})", range.minimum, range.maximum)
}

fn map(form: &MapForm) -> String {
    format!(
        "Map({}, {}, {})",
        literal(&form.key),
        literal(&form.value),
        form.max_members
    )
}
