//! The one step that comes before every check.

use serde_json::Value;

use super::{Shape, TypeTable};

/// Brings a value into the form that is checked: a `null` at a declared optional
/// member is dropped, and an integral float at a declared integer becomes an
/// integer. Nothing else changes; keys of maps and whatever lies in a free-form
/// object stay as they are.
pub fn normalise(value: &mut Value, table: &TypeTable) {
    normalise_shape(value, &table.shape);
}

fn normalise_shape(value: &mut Value, shape: &Shape) {
    match (shape.resolve(), value) {
        (Shape::Struct(fields), Value::Object(members)) => {
            for field in *fields {
                if !field.required && members.get(field.name).is_some_and(Value::is_null) {
                    members.remove(field.name);
                } else if let Some(member) = members.get_mut(field.name) {
                    normalise_shape(member, &field.shape);
                }
            }
        }
        (Shape::List { item, .. }, Value::Array(items)) => {
            items
                .iter_mut()
                .for_each(|value| normalise_shape(value, item));
        }
        (Shape::Map { value: table, .. }, Value::Object(members)) => {
            members
                .values_mut()
                .for_each(|value| normalise_shape(value, &table.shape));
        }
        (Shape::Integer { .. }, value) if value.is_f64() => {
            if let Some(whole) = value.as_f64().and_then(whole_number) {
                *value = whole;
            }
        }
        _ => {}
    }
}

/// JSON Schema takes `10.0` for an integer; serde does not.
fn whole_number(number: f64) -> Option<Value> {
    const TWO_POW_63: f64 = 9_223_372_036_854_775_808.0;
    if number.fract() != 0.0 {
        None
    } else if (0.0..2.0 * TWO_POW_63).contains(&number) {
        Some((number as u64).into())
    } else if (-TWO_POW_63..0.0).contains(&number) {
        Some((number as i64).into())
    } else {
        None
    }
}
