//! Random messages of the model, some with a value of another type somewhere.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::strategy::{BoxedStrategy, ValueTree};
use proptest::string::string_regex;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};
use shellrt_codegen::model::{Field, Kind as FieldKind, MapForm, Model, Shape, TextForm};

use crate::judge::{Document, Kind};

/// The same messages in every run.
pub(crate) fn documents(model: &Model, count: usize) -> Vec<Document> {
    let mut runner = TestRunner::deterministic();
    let strategies = messages(model);
    (0..count)
        .map(|number| {
            let (kind, strategy) = &strategies[number % strategies.len()];
            let value = strategy
                .new_tree(&mut runner)
                .expect("nothing is filtered")
                .current();
            Document {
                kind: *kind,
                name: format!("random message {number}: {value}"),
                value,
            }
        })
        .collect()
}

fn messages(model: &Model) -> Vec<(Kind, BoxedStrategy<Value>)> {
    let mut all = Vec::new();
    for command in &model.commands {
        let head = json!({ "_version": "0.2.0", "_type": command.name });
        all.push((
            Kind::Request,
            message(model, "RequestHead", &command.request, head.clone()),
        ));
        let mut ok = head.clone();
        ok["_status"] = "ok".into();
        all.push((
            Kind::Response,
            message(model, "ResponseHead", &command.response, ok.clone()),
        ));
        let mut err = head;
        err["_status"] = "err".into();
        all.push((Kind::Response, message(model, "ResponseHead", "Error", err)));
        if let Some(old) = ["StatusResponse01", "VersionResponse01"]
            .iter()
            .find(|old| **old == format!("{}01", command.response))
        {
            ok["_version"] = "0.1.0".into();
            all.push((Kind::Response01, message(model, "ResponseHead", old, ok)));
        }
    }
    all
}

fn message(model: &Model, head: &str, body: &str, fixed: Value) -> BoxedStrategy<Value> {
    let members = (object(model, head), object(model, body));
    members
        .prop_map(move |(head, body)| {
            let mut members = head.as_object().cloned().unwrap_or_default();
            members.extend(body.as_object().cloned().unwrap_or_default());
            members.extend(fixed.as_object().cloned().unwrap_or_default());
            // What a reply to `img_pull` or an error declares is for the corpus.
            members.remove("_stream");
            Value::Object(members)
        })
        .boxed()
}

fn object(model: &Model, name: &str) -> BoxedStrategy<Value> {
    let Shape::Struct(fields) = &model.definition(name).shape else {
        panic!("`{name}` is not an object")
    };
    let fields: Vec<BoxedStrategy<Option<(String, Value)>>> =
        fields.iter().map(|field| member(model, field)).collect();
    fields
        .prop_map(|members| Value::Object(members.into_iter().flatten().collect()))
        .boxed()
}

fn member(model: &Model, field: &Field) -> BoxedStrategy<Option<(String, Value)>> {
    let name = field.name.clone();
    let value = prop_oneof![
        60 => kind(model, &field.kind),
        1 => prop::sample::select(vec![json!(null), json!(7), json!(3.0), json!("text"), json!([1]), json!({})]),
    ];
    let there = if field.required { 0.99 } else { 0.5 };
    prop::option::weighted(there, value)
        .prop_map(move |value| value.map(|value| (name.clone(), value)))
        .boxed()
}

fn kind(model: &Model, kind_of: &FieldKind) -> BoxedStrategy<Value> {
    match kind_of {
        FieldKind::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        FieldKind::Integer(range) => integer(range.minimum, range.maximum),
        FieldKind::List {
            item, min_items, ..
        } => {
            let least = usize::try_from(*min_items).expect("it is short");
            vec(kind(model, item), least..least + 3)
                .prop_map(Value::from)
                .boxed()
        }
        FieldKind::Map(form) => map(model, form),
        FieldKind::Named(name) => match &model.definition(name).shape {
            Shape::Struct(_) => object(model, name),
            Shape::Text(form) => text(form),
            Shape::Integer(range) => integer(range.minimum, range.maximum),
            Shape::Closed(values) => known(values.iter().map(|value| value.text.clone()).collect()),
            Shape::Open(values, form) => prop_oneof![
                known(values.iter().map(|value| value.text.clone()).collect()),
                text(form)
            ]
            .boxed(),
            Shape::Map(form) => map(model, form),
            Shape::Free => free(),
        },
    }
}

fn known(texts: Vec<String>) -> BoxedStrategy<Value> {
    prop::sample::select(texts).prop_map(Value::from).boxed()
}

fn integer(minimum: i64, maximum: i64) -> BoxedStrategy<Value> {
    prop_oneof![Just(minimum), Just(maximum), minimum..=maximum]
        .prop_map(Value::from)
        .boxed()
}

fn map(model: &Model, form: &MapForm) -> BoxedStrategy<Value> {
    let Shape::Text(key) = &model.definition(&form.key).shape else {
        panic!("`{}` is not a text", form.key)
    };
    let key = text(key).prop_map(|key| key.as_str().unwrap_or_default().to_owned());
    btree_map(
        key,
        kind(model, &FieldKind::Named(form.value.clone())),
        0..3,
    )
    .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>()))
    .boxed()
}

fn text(form: &TextForm) -> BoxedStrategy<Value> {
    let any_text = "\\PC{0,20}".prop_map(Value::from);
    match &form.pattern {
        None => prop_oneof![any_text, any::<String>().prop_map(Value::from)].boxed(),
        Some(pattern) => {
            let inside = pattern
                .trim_start_matches('^')
                .trim_end_matches('$')
                .replace("\\u0000", "\\x00");
            let matching = string_regex(&inside).expect("the pattern is a regular expression");
            prop_oneof![30 => matching.prop_map(Value::from), 1 => any_text].boxed()
        }
    }
}

/// Objects whose numbers every JSON library keeps.
fn free() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from),
        any::<f64>().prop_filter_map("JSON has finite numbers", |number| {
            serde_json::Number::from_f64(number).map(Value::Number)
        }),
        any::<String>().prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            btree_map(any::<String>(), inner, 0..3)
                .prop_map(|members| Value::Object(members.into_iter().collect()))
        ]
    });
    btree_map(any::<String>(), value, 0..3)
        .prop_map(|members| Value::Object(members.into_iter().collect()))
        .boxed()
}
