//! One corpus, one verdict: the schema engine, Rust and Python agree on every
//! document, Rust and Python on every fault, and all three on the bytes of what
//! is written again.
//!
//! The documents: the examples, the invalid files, every example with one value
//! changed to each side of each bound, and random messages of the model.

mod boundary;
mod files;
mod judge;
mod normal;
mod python;
mod random;

use std::path::Path;

use serde_json::{Value, json};
use shellrt_codegen::model::{self, Model, Shape};

use judge::{Document, Judges};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn model() -> Model {
    model::load(&root().join("schema/v0")).expect("the schema can be read")
}

/// Judges the documents, says where the judges differ, and how many they take
/// for valid and for invalid.
fn compare(documents: &[Document]) -> (Vec<String>, usize, usize) {
    let model = model();
    compare_with(&Judges::new(&model), documents)
}

fn compare_with(judges: &Judges<'_>, documents: &[Document]) -> (Vec<String>, usize, usize) {
    let python = python::judge(documents);
    let mut differences = Vec::new();
    let (mut valid, mut invalid) = (0, 0);
    for (document, python) in documents.iter().zip(python) {
        let (schema, rust) = (judges.schema(document), judges.rust(document));
        let mut differ = |what: &str| {
            differences.push(format!(
                "{what} differ on {}\n  schema {schema:?}\n  rust   {rust:?}\n  python {python:?}",
                document.name
            ));
        };
        if schema.valid != rust.valid || rust.valid != python.valid {
            differ("verdicts");
        } else if rust.faults != python.faults {
            differ("faults");
        } else if schema.canonical != rust.canonical || rust.canonical != python.canonical {
            differ("canonical bytes");
        }
        if schema.valid {
            valid += 1
        } else {
            invalid += 1
        }
    }
    (differences, valid, invalid)
}

#[track_caller]
fn assert_agreement(documents: &[Document], least_valid: usize, least_invalid: usize) {
    let (differences, valid, invalid) = compare(documents);
    assert!(
        differences.is_empty(),
        "{} differences, the first:\n{}",
        differences.len(),
        differences[..differences.len().min(5)].join("\n")
    );
    // A comparison of nothing would agree too.
    assert!(
        valid >= least_valid && invalid >= least_invalid,
        "{valid} valid, {invalid} invalid"
    );
}

#[test]
fn every_example_is_valid_and_comes_back_in_the_same_bytes() {
    let documents = files::read("examples");
    let (differences, valid, invalid) = compare(&documents);
    assert_eq!(differences, [""; 0]);
    assert_eq!((valid, invalid), (documents.len(), 0));
}

#[test]
fn every_invalid_file_is_refused_for_the_one_reason_of_its_name() {
    let documents = files::read("invalid");
    let (differences, valid, _) = compare(&documents);
    assert_eq!(differences, [""; 0]);
    assert_eq!(valid, 0);
    let model = model();
    let judges = Judges::new(&model);
    for document in &documents {
        let wanted = vec![files::reason(&document.name)];
        assert_eq!(
            judges.rust(document).faults,
            wanted,
            "Rust on {}",
            document.name
        );
        assert_eq!(
            judges.schema_reasons(document),
            wanted,
            "the schema on {}",
            document.name
        );
    }
}

#[test]
fn every_type_has_examples_and_invalid_files() {
    let model = model();
    let folders = |kind: &str| files::folders(kind);
    let (examples, invalid) = (folders("examples"), folders("invalid"));
    for command in &model.commands {
        assert!(
            examples.contains(&command.name),
            "no examples of `{}`",
            command.name
        );
        assert!(
            invalid.contains(&command.name),
            "no invalid files of `{}`",
            command.name
        );
    }
}

#[test]
fn the_judges_agree_on_both_sides_of_every_bound() {
    let model = model();
    let documents = boundary::documents(&model, &files::read("examples"));
    assert_agreement(&documents, 1_000, 3_000);
}

#[test]
fn the_judges_agree_on_random_messages() {
    let model = model();
    let documents = random::documents(&model, 3_000);
    assert_agreement(&documents, 300, 300);
}

/// What would happen if the schema said something else than the bindings: the
/// comparison notices each of these changes of one word.
#[test]
fn a_divergence_of_the_schema_is_noticed() {
    let model = model();
    let mut documents = boundary::documents(&model, &files::read("examples"));
    // The changed words are about these members; the rest would agree again.
    documents.retain(|document| {
        ["/timeout", "/name", "/follow"]
            .iter()
            .any(|place| document.name.ends_with(&format!("`{place}`")))
    });
    for (name, change) in divergences() {
        let mut judges = Judges::new(&model);
        judges.change_schema(change);
        let (differences, ..) = compare_with(&judges, &documents);
        assert!(!differences.is_empty(), "{name} was not noticed");
    }
}

type Change = fn(&mut Value);

fn divergences() -> [(&'static str, Change); 4] {
    [
        ("a narrower range", |schema| {
            schema["$defs"]["StopTimeout"]["maximum"] = json!(86_399)
        }),
        ("a wider range", |schema| {
            schema["$defs"]["StopTimeout"]["maximum"] = json!(86_401)
        }),
        ("one more required member", |schema| {
            schema["$defs"]["LogsRequest"]["required"] = json!(["name", "follow"])
        }),
        ("a longer name", |schema| {
            schema["$defs"]["ModuleName"]["maxLength"] = json!(129)
        }),
    ]
}

#[test]
fn the_source_and_the_flat_schema_give_one_verdict() {
    let model = model();
    let judges = Judges::new(&model);
    for document in files::read("examples")
        .iter()
        .chain(&files::read("invalid"))
    {
        assert_eq!(
            judges.schema(document).valid,
            judges.source_verdict(document),
            "{}",
            document.name
        );
    }
}

#[test]
fn the_strict_schema_refuses_members_that_nobody_declared() {
    let model = model();
    let judges = Judges::new(&model);
    let mut checked = 0;
    for document in files::read("examples") {
        for place in boundary::objects(&model, &document) {
            let mut changed = document.clone();
            if let Some(Value::Object(members)) = changed.value.pointer_mut(&place) {
                members.insert("tmeout".into(), json!(1));
                assert!(
                    judges.schema(&changed).valid,
                    "open: {} at `{place}`",
                    document.name
                );
                assert!(
                    !judges.strict_verdict(&changed),
                    "strict: {} at `{place}`",
                    document.name
                );
                checked += 1;
            }
        }
    }
    assert!(checked > 200, "{checked}");
}

#[test]
fn the_examples_show_every_declared_member() {
    let model = model();
    let mut unused: Vec<String> = Vec::new();
    let mut texts: String = files::read("examples")
        .iter()
        .map(|document| document.value.to_string())
        .collect();
    texts.extend(model.examples.iter().map(|example| example.text.as_str()));
    for definition in &model.definitions {
        if let Shape::Struct(fields) = &definition.shape {
            let missing = fields
                .iter()
                .filter(|field| !texts.contains(&format!("\"{}\":", field.name)));
            unused.extend(missing.map(|field| format!("{}.{}", definition.name, field.name)));
        }
    }
    assert_eq!(unused, [""; 0]);
}
