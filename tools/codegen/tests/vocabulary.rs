//! The loader refuses every keyword that the generated code could not enforce,
//! wherever it stands, and says where.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use shellrt_codegen::model::{COMPOSING, LoadError, load};

/// Keywords of JSON Schema that no definition may use.
const FOREIGN: [&str; 3] = ["multipleOf", "not", "patternProperties"];

fn schema() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema/v0"))
}

/// Every place of a schema below `value`, as JSON pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    let members = value.as_object().into_iter().flatten();
    for (keyword, part) in members {
        let at = format!("{at}/{keyword}");
        match keyword.as_str() {
            // Their keys are names; the schemas stand one level below.
            "$defs" | "properties" => {
                for (name, part) in part.as_object().into_iter().flatten() {
                    places(part, &format!("{at}/{name}"), found);
                }
            }
            "oneOf" | "anyOf" => {
                for (index, part) in part.as_array().into_iter().flatten().enumerate() {
                    places(part, &format!("{at}/{index}"), found);
                }
            }
            "items" | "propertyNames" | "additionalProperties" => places(part, &at, found),
            _ => {}
        }
    }
}

/// A copy of the schema that a test may spoil.
fn copied() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for the schema");
    for entry in fs::read_dir(schema()).expect("the schema can be listed") {
        let path = entry.expect("the schema can be listed").path();
        if path.is_file() {
            let copy = folder.path().join(path.file_name().expect("it is a file"));
            fs::copy(&path, copy).expect("the schema can be copied");
        }
    }
    folder
}

#[test]
fn a_foreign_keyword_is_refused_at_every_place_of_a_schema() {
    let folder = copied();
    let entries = fs::read_dir(folder.path()).expect("the copy can be listed");
    let files = entries.map(|entry| entry.expect("the copy can be listed").path());
    let files: Vec<_> = files.collect();
    load(folder.path()).expect("the copy is as good as the schema");

    let mut checked = 0;
    for path in files {
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.and_then(|name| name.strip_suffix(".schema.json"));
        // The composing files define nothing; the corpus holds them to the bindings.
        let Some(name) = name.filter(|name| !COMPOSING.contains(name)) else {
            continue;
        };
        let source = fs::read_to_string(&path).expect("the schema can be read");
        let document: Value = serde_json::from_str(&source).expect("a schema is JSON");
        let mut found = Vec::new();
        places(&document, "", &mut found);
        for (index, at) in found.iter().enumerate() {
            let keyword = FOREIGN[index % FOREIGN.len()];
            let mut changed = document.clone();
            changed.pointer_mut(at).expect("the place is there")[keyword] = json!({});
            fs::write(&path, changed.to_string()).expect("the schema can be changed");
            let wanted = format!("{at}/{keyword}");
            match load(folder.path()) {
                Err(LoadError::Schema { file, pointer, .. }) => {
                    assert_eq!((file.as_str(), &pointer), (name, &wanted));
                }
                Err(other) => panic!("{name}#{wanted}: {other}"),
                Ok(_) => panic!("{name}#{wanted} was accepted"),
            }
            checked += 1;
        }
        fs::write(&path, source).expect("the schema can be mended");
    }
    assert!(checked > 300, "{checked} places");
}

#[test]
fn a_default_that_the_member_could_not_have_is_refused() {
    let wrong = [
        (
            "stop",
            "/$defs/StopRequest/properties/timeout",
            json!(86_401),
        ),
        ("logs", "/$defs/LogsRequest/properties/follow", json!(5)),
        (
            "logs",
            "/$defs/LogsRequest/properties/framing",
            json!("zip"),
        ),
        (
            "stats",
            "/$defs/StatsRequest/properties/names",
            json!(["a"]),
        ),
    ];
    for (file, member, default) in wrong {
        let folder = copied();
        let path = folder.path().join(format!("{file}.schema.json"));
        let text = fs::read(&path).expect("the file can be read");
        let mut document: Value = serde_json::from_slice(&text).expect("the file is JSON");
        document.pointer_mut(member).expect("the member is there")["default"] = default.clone();
        fs::write(&path, document.to_string()).expect("the file can be written");
        let error = load(folder.path()).expect_err(member);
        assert!(
            error.to_string().contains(&default.to_string()) && error.to_string().contains(member),
            "{error}"
        );
    }
}
