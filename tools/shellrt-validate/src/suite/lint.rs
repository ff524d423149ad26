//! The cases and fixtures themselves: each is what its schema says, speaks of
//! rules that there are, and says one thing at a time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use schemars::{JsonSchema, schema_for};
use serde_json::Value;

use super::case::{Case, Expect};
use super::catalog::{PROFILES, cases, check_id};
use super::fixture::Fixture;
use crate::requirements::{self, Party};

fn conformance() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance")
}

pub(crate) fn schema_of<T: JsonSchema>(title: &str) -> String {
    let mut schema = schema_for!(T).to_value();
    schema["title"] = title.into();
    format!("{schema:#}\n")
}

/// Writes the file anew where `SHELLRT_UPDATE` is set.
pub(crate) fn assert_same(name: &str, wanted: &str) {
    let path = conformance().join(name);
    if std::env::var_os("SHELLRT_UPDATE").is_some() {
        std::fs::write(&path, wanted).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == wanted,
        "{name} is old: SHELLRT_UPDATE=1 cargo test -p shellrt-validate"
    );
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

pub(crate) fn assert_valid(schema: &str, folder: &str) {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let engine = jsonschema::draft202012::new(&schema).unwrap();
    for path in files(&conformance().join(folder)) {
        let text = std::fs::read_to_string(&path).unwrap();
        let document: Value = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let faults: Vec<String> = engine
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{}: {faults:#?}", path.display());
    }
}

#[test]
fn cases_are_what_their_committed_schema_says() {
    let schema = schema_of::<Case>("A case of the conformance suite");
    assert_same("case.schema.json", &schema);
    assert_valid(&schema, "cases");
}

#[test]
fn fixtures_are_what_their_committed_schema_says() {
    let schema = schema_of::<Fixture>("A fixture of the conformance suite");
    assert_same("fixture.schema.json", &schema);
    assert_valid(&schema, "fixtures");
}

#[test]
fn every_file_is_a_case_of_a_profile() {
    let all = files(&conformance().join("cases"));
    assert_eq!(all.len(), cases().len(), "a file is in no profile's folder");
    for named in cases() {
        assert!(PROFILES.contains(&named.profile()), "{}", named.id);
        assert!(!named.checks().is_empty(), "{} checks nothing", named.id);
    }
}

#[test]
fn every_statement_says_one_thing_of_a_rule_that_there_is() {
    let rules = requirements::load(requirements::NEWEST).unwrap().rules;
    for named in cases() {
        let mut said: BTreeMap<String, &Expect> = BTreeMap::new();
        for expect in named.expectations() {
            let id = check_id(&named.id, expect);
            let rule = rules.iter().find(|rule| rule.id == expect.rule);
            let rule = rule.unwrap_or_else(|| panic!("{id}: there is no such rule"));
            assert!(rule.party != Party::Host, "{id}: the rule binds hosts");
            let count = expect.statements();
            let sequences = named.case.steps.len() == 1 && count == 0;
            assert!(count == 1 || sequences, "{id} makes {count} statements");
            for pattern in [&expect.matches, &expect.stderr].into_iter().flatten() {
                let filled = pattern.replace("${", "(").replace('}', ")");
                let is_sound = [pattern, &filled].map(|pattern| regex::Regex::new(pattern).is_ok());
                assert!(is_sound.contains(&true), "{id}: `{pattern}`");
            }
            if let Some(other) = said.insert(id.clone(), expect) {
                let same = format!("{other:?}") == format!("{expect:?}");
                assert!(
                    same,
                    "{id} is said twice in different words: give one a name"
                );
            }
        }
    }
}
