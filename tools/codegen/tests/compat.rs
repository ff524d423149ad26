//! A change that would break a released wire is refused, one that would not is
//! let through.

use std::fs;
use std::path::Path;

use serde_json::Value;
use shellrt_api::{ImgPullProgress, Payload, RequestMessage, ResponseMessage};
use shellrt_codegen::compat::breaks;
use shellrt_codegen::model::{self, Field, Kind, KnownValue, Model, Range, Shape};
use shellrt_codegen::release;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn model() -> Model {
    model::load(&root().join("schema/v0")).expect("the schema can be read")
}

fn shape<'a>(model: &'a mut Model, name: &str) -> &'a mut Shape {
    let mut definitions = model.definitions.iter_mut();
    &mut definitions
        .find(|definition| definition.name == name)
        .expect("it is defined")
        .shape
}

fn fields<'a>(model: &'a mut Model, name: &str) -> &'a mut Vec<Field> {
    match shape(model, name) {
        Shape::Struct(fields) => fields,
        other => panic!("`{name}` is {other:?}"),
    }
}

fn values<'a>(model: &'a mut Model, name: &str) -> &'a mut Vec<KnownValue> {
    match shape(model, name) {
        Shape::Closed(values) | Shape::Open(values, _) => values,
        other => panic!("`{name}` is {other:?}"),
    }
}

fn value(text: &str) -> KnownValue {
    KnownValue {
        text: text.into(),
        description: "New.".into(),
    }
}

fn member(name: &str, required: bool) -> Field {
    let (name, description) = (name.to_owned(), "New.".to_owned());
    Field {
        name,
        description,
        required,
        default: None,
        sensitive: false,
        kind: Kind::Boolean,
    }
}

type Change = fn(&mut Model);

/// The places that break after the change.
fn broken(change: Change) -> Vec<String> {
    let mut new = model();
    change(&mut new);
    breaks(&model(), &new)
        .into_iter()
        .map(|broken| broken.place)
        .collect()
}

#[test]
fn the_schema_speaks_every_released_wire() {
    let releases = release::all(root()).expect("the releases can be read");
    assert!(
        !releases.is_empty(),
        "nothing was released, so nothing was checked"
    );
    for (version, folder) in releases {
        let served: shellrt_api::ProtocolVersion =
            version.parse().expect("a folder is named after a version");
        assert!(
            served.is_supported(),
            "{version} is kept here and not served"
        );
        let released = model::load(&folder).expect("the release can be read");
        assert_eq!(breaks(&released, &model()), [], "against {version}");
    }
}

#[test]
fn every_example_of_a_released_wire_is_still_read() {
    let mut count = 0;
    for (version, folder) in release::all(root()).expect("the releases can be read") {
        let corpus =
            fs::read_to_string(folder.join(release::CORPUS)).expect("the corpus can be read");
        for line in corpus.lines() {
            let line: Value = serde_json::from_str(line).expect("a line is JSON");
            let (name, document) = (
                line["name"].as_str().expect("it has a name"),
                line["document"].clone(),
            );
            let read = if name.starts_with("img_pull_progress/") {
                ImgPullProgress::from_value(document)
                    .map(drop)
                    .map_err(|faults| format!("{faults:?}"))
            } else if document.get("_status").is_some() {
                ResponseMessage::from_value(document)
                    .map(drop)
                    .map_err(|error| error.to_string())
            } else {
                RequestMessage::from_value(document)
                    .map(drop)
                    .map_err(|error| error.to_string())
            };
            assert_eq!(read, Ok(()), "{version}: {name}");
            count += 1;
        }
    }
    assert!(count > 100, "{count} examples");
}

#[test]
fn what_older_messages_or_readers_cannot_bear_is_refused() {
    let changes: [(&str, Change, &str); 14] = [
        (
            "a narrower integer",
            |new| {
                *shape(new, "StopTimeout") = Shape::Integer(Range {
                    minimum: 0,
                    maximum: 60,
                })
            },
            "StopTimeout",
        ),
        (
            "a wider integer",
            |new| {
                *shape(new, "StopTimeout") = Shape::Integer(Range {
                    minimum: 0,
                    maximum: 99_999,
                })
            },
            "StopTimeout",
        ),
        (
            "a new required member",
            |new| fields(new, "StopRequest").push(member("now", true)),
            "StopRequest.now",
        ),
        (
            "a member that is gone",
            |new| fields(new, "LogsRequest").retain(|field| field.name != "tail"),
            "LogsRequest.tail",
        ),
        (
            "a member made required",
            |new| fields(new, "LogsRequest")[2].required = true,
            "LogsRequest.tail",
        ),
        (
            "a member made optional",
            |new| fields(new, "StopRequest")[0].required = false,
            "StopRequest.name",
        ),
        (
            "another type",
            |new| fields(new, "StopRequest")[1].kind = Kind::Boolean,
            "StopRequest.timeout",
        ),
        (
            "another default",
            |new| fields(new, "LogsRequest")[1].default = Some(true.into()),
            "LogsRequest.follow",
        ),
        (
            "a value of a closed enum that is gone",
            |new| drop(values(new, "LogFraming").pop()),
            "LogFraming",
        ),
        (
            "a new value of a closed enum",
            |new| values(new, "LogFraming").push(value("zip")),
            "LogFraming",
        ),
        (
            "a value of an open enum that is gone",
            |new| drop(values(new, "ModuleState").pop()),
            "ModuleState",
        ),
        (
            "a command that is gone",
            |new| drop(values(new, "Command").pop()),
            "Command",
        ),
        (
            "a secret that is none any more",
            |new| fields(new, "CreateRequest")[4].sensitive = false,
            "CreateRequest.config",
        ),
        (
            "an error with another code",
            |new| new.errors[3].code = 99,
            "errors.json, code 4",
        ),
    ];
    for (name, change, place) in changes {
        assert_eq!(broken(change), [place], "{name}");
    }
}

#[test]
fn what_both_sides_can_bear_is_let_through() {
    let changes: [(&str, Change); 5] = [
        ("a new optional member", |new| {
            fields(new, "StopRequest").push(member("now", false))
        }),
        ("a new value of an open enum", |new| {
            values(new, "ModuleState").push(value("frozen"))
        }),
        ("a new command", |new| {
            values(new, "Command").push(value("pause"))
        }),
        ("better words", |new| {
            fields(new, "StopRequest")[0].description = "Which one.".into()
        }),
        ("a new error", |new| {
            new.errors.push(model::ErrorRow {
                code: 98,
                name: "new".into(),
                ..new.errors[0].clone()
            })
        }),
    ];
    for (name, change) in changes {
        assert_eq!(broken(change), [""; 0], "{name}");
    }
}
