//! `${name}` in cases and fixtures.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// What names stand for.
pub(crate) type Values = BTreeMap<String, Value>;

/// A name that nothing gave a value to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`${{{0}}}` has no value here")]
pub(crate) struct NoValue(pub(crate) String);

/// A text with every name replaced; a value that is no text is written as JSON.
pub(crate) fn text(template: &str, values: &Values) -> Result<String, NoValue> {
    let mut done = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(start) = rest.find("${") {
        let Some(length) = rest[start..].find('}') else {
            break;
        };
        let name = &rest[start + 2..start + length];
        // The shell scripts of cases have `${...}` of their own.
        if !is_name(name) {
            done.push_str(&rest[..start + 2]);
            rest = &rest[start + 2..];
            continue;
        }
        let value = values.get(name).ok_or_else(|| NoValue(name.to_owned()))?;
        done.push_str(&rest[..start]);
        match value {
            Value::String(text) => done.push_str(text),
            other => done.push_str(&other.to_string()),
        }
        rest = &rest[start + length + 1..];
    }
    done.push_str(rest);
    Ok(done)
}

/// A value with every name replaced, in keys too.
pub(crate) fn value(template: &Value, values: &Values) -> Result<Value, NoValue> {
    Ok(match template {
        Value::String(whole) => match whole_name(whole) {
            Some(name) => values
                .get(name)
                .cloned()
                .ok_or_else(|| NoValue(name.to_owned()))?,
            None => Value::String(text(whole, values)?),
        },
        Value::Array(items) => Value::Array(
            items
                .iter()
                .map(|item| value(item, values))
                .collect::<Result<_, _>>()?,
        ),
        Value::Object(members) => Value::Object(object(members, values)?),
        other => other.clone(),
    })
}

/// The same for the members of an object.
pub(crate) fn object(
    members: &Map<String, Value>,
    values: &Values,
) -> Result<Map<String, Value>, NoValue> {
    members
        .iter()
        .map(|(key, member)| Ok((text(key, values)?, value(member, values)?)))
        .collect()
}

fn whole_name(text: &str) -> Option<&str> {
    let name = text.strip_prefix("${")?.strip_suffix('}')?;
    is_name(name).then_some(name)
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn values() -> Values {
        Values::from([("pid".into(), json!(7)), ("m".into(), json!("web"))])
    }

    #[test]
    fn a_text_that_is_one_name_becomes_the_value_itself() {
        let template = json!({"pid": "${pid}", "text": "${m}-${pid}", "${m}": null});
        let wanted = json!({"pid": 7, "text": "web-7", "web": null});
        assert_eq!(value(&template, &values()), Ok(wanted));
    }

    #[test]
    fn what_is_no_name_of_ours_is_the_shells() {
        assert_eq!(
            text("${X} ${m} ${#}", &values()),
            Ok("${X} web ${#}".into())
        );
        assert_eq!(text("${none}", &values()), Err(NoValue("none".into())));
        assert_eq!(text("$m ${", &values()), Ok("$m ${".into()));
    }
}
