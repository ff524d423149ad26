//! Statements on a value at a place.

use serde_json::Value;

use super::times::Span;
use super::{Ground, Miss, traces};
use crate::suite::case::Expect;
use crate::suite::template::{self, NoValue};

pub(super) fn judge(
    expect: &Expect,
    pointer: &str,
    value: Option<&Value>,
    ground: &Ground<'_>,
) -> Result<Option<Miss>, NoValue> {
    let filled = |template: &Value| template::value(template, ground.values);
    let at = if pointer.is_empty() { "it" } else { pointer };
    let found = match value {
        None => format!("{at} is absent"),
        Some(value) => format!("{at} is {}", shortened(value)),
    };
    let verdict = |holds: bool, expected: String| {
        Ok((!holds).then(|| Miss {
            found: found.clone(),
            expected,
        }))
    };
    if expect.optional && value.is_none() {
        return Ok(None);
    }
    if let Some(wanted) = &expect.is {
        let wanted = filled(wanted)?;
        return verdict(value == Some(&wanted), shortened(&wanted));
    }
    if let Some(unwanted) = &expect.is_not {
        let unwanted = filled(unwanted)?;
        return verdict(
            value.is_some_and(|value| *value != unwanted),
            format!("another value than {}", shortened(&unwanted)),
        );
    }
    if let Some(choices) = &expect.one_of {
        let choices = choices.iter().map(filled).collect::<Result<Vec<_>, _>>()?;
        let holds = value.is_some_and(|value| choices.contains(value));
        return verdict(holds, format!("one of {}", Value::Array(choices)));
    }
    if let Some(absent) = expect.absent {
        let expected = if absent { "nothing there" } else { "a value" };
        return verdict(value.is_none() == absent, expected.into());
    }
    if let Some(pattern) = &expect.matches {
        let pattern = template::text(pattern, ground.values)?;
        let holds = match value {
            None => false,
            Some(Value::String(text)) => is_match(&pattern, text),
            Some(other) => is_match(&pattern, &other.to_string()),
        };
        return verdict(holds, format!("it matches `{pattern}`"));
    }
    if let Some(wanted) = &expect.includes {
        let wanted = filled(wanted)?;
        let holds = value.is_some_and(|value| includes(value, &wanted));
        return verdict(holds, format!("it includes {wanted}"));
    }
    if let Some(unwanted) = &expect.excludes {
        let unwanted = filled(unwanted)?;
        let holds = value.is_some_and(|value| !includes(value, &unwanted));
        return verdict(holds, format!("it is there without {unwanted}"));
    }
    if let Some(tally) = &expect.tally {
        let wanted = filled(&tally.of)?;
        let items = value.and_then(Value::as_array).into_iter().flatten();
        let count = items.filter(|item| holds_all(item, &wanted)).count();
        return verdict(
            value.is_some() && count == tally.is,
            format!("{} of the items are {wanted}, here {count}", tally.is),
        );
    }
    if let Some(count) = expect.count {
        let entries = value.and_then(|value| match value {
            Value::Array(items) => Some(items.len()),
            Value::Object(members) => Some(members.len()),
            _ => None,
        });
        let here = entries.map_or_else(String::new, |here| format!(", here {here}"));
        return verdict(entries == Some(count), format!("{count} entries{here}"));
    }
    if let Some(key) = &expect.sorted {
        let holds = value
            .and_then(Value::as_array)
            .is_some_and(|items| is_sorted(items, key));
        return verdict(holds, "ascending order".into());
    }
    if let Some(instance) = &expect.accepts {
        let instance = filled(instance)?;
        return Ok(accepts(value, &instance).map(|found| Miss {
            found: format!("{at} is a schema that {found}"),
            expected: format!("it accepts {}", shortened(&instance)),
        }));
    }
    if let Some(span) = &expect.between {
        let span = Span::of(span, ground.values)?;
        let moment = value.and_then(Value::as_str).and_then(Span::moment);
        return verdict(
            moment.is_some_and(|moment| span.holds(moment)),
            format!("a time {span}"),
        );
    }
    if let Some(wanted) = &expect.pids {
        return traces::pids(wanted, value, ground);
    }
    let number = value.and_then(Value::as_f64);
    if let Some(least) = expect.at_least {
        return verdict(
            number.is_some_and(|number| number >= least),
            format!("at least {least}"),
        );
    }
    if let Some(most) = expect.at_most {
        return verdict(
            number.is_some_and(|number| number <= most),
            format!("at most {most}"),
        );
    }
    // A statement that says nothing is refused when the case is read.
    verdict(false, "a statement".into())
}

fn shortened(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(300) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

/// Why a schema does not accept an instance.
fn accepts(schema: Option<&Value>, instance: &Value) -> Option<String> {
    let Some(schema) = schema else {
        return Some("is absent".to_owned());
    };
    match jsonschema::validator_for(schema) {
        Err(error) => Some(format!("cannot be used: {error}")),
        Ok(engine) => engine
            .iter_errors(instance)
            .next()
            .map(|error| format!("refuses it at `{}`: {error}", error.instance_path())),
    }
}

/// A pattern that cannot be used matches nothing; `list` and the tests of the
/// cases find it.
pub(super) fn is_match(pattern: &str, text: &str) -> bool {
    regex::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text))
}

/// A list holds an item, an object its members, that are as wanted.
fn includes(value: &Value, wanted: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| holds_all(item, wanted)),
        Value::String(text) => wanted.as_str().is_some_and(|part| text.contains(part)),
        other => holds_all(other, wanted),
    }
}

/// Every member that is wanted is there, at any depth.
fn holds_all(value: &Value, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::Object(members), Value::Object(wanted)) => wanted.iter().all(|(name, wanted)| {
            members
                .get(name)
                .is_some_and(|value| holds_all(value, wanted))
        }),
        (value, wanted) => value == wanted,
    }
}

fn is_sorted(items: &[Value], key: &str) -> bool {
    let by = |item: &Value| {
        if key.is_empty() {
            item.clone()
        } else {
            item[key].clone()
        }
    };
    items
        .windows(2)
        .all(|pair| match (by(&pair[0]), by(&pair[1])) {
            (Value::String(a), Value::String(b)) => a <= b,
            (a, b) => a.as_f64() <= b.as_f64(),
        })
}
