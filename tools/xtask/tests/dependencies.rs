//! The arrows of docs/architecture.md, the stated Rust versions and the
//! licences, read off `cargo metadata`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Which crates of ours a crate may use, in tests or not.
const ARROWS: &[(&str, &[&str])] = &[
    ("shellrt-api", &[]),
    ("shellrt-kit", &["shellrt-api"]),
    ("shellrt-common", &["shellrt-api", "shellrt-kit"]),
    ("shellrt-testbed", &[]),
    ("shellrt-testkit", &[]),
    (
        "shellrt-process",
        &[
            "shellrt-api",
            "shellrt-common",
            "shellrt-kit",
            "shellrt-testkit",
        ],
    ),
    ("containrs", &[]),
    (
        "shellrt-containerd",
        &[
            "containrs",
            "shellrt-api",
            "shellrt-common",
            "shellrt-kit",
            "shellrt-testbed",
            "shellrt-testkit",
        ],
    ),
    ("shellrt-codegen", &["shellrt-api"]),
    ("shellrt-driver", &["shellrt-api", "shellrt-kit"]),
    ("plugin-rust", &["shellrt-api", "shellrt-kit"]),
    ("shellrt-fuzz", &["shellrt-api", "shellrt-kit"]),
    ("shellrt-mutants", &[]),
    ("shellrt-validate", &["shellrt-api"]),
    ("tokio-host", &["shellrt-api", "shellrt-kit"]),
    ("xtask", &[]),
];

/// The only crates that may use these at all, tests apart. One of ours that is
/// not named may use none of them.
const CONFINED: &[(&str, &[&str])] = &[
    (
        "clap",
        &[
            "shellrt-codegen",
            "shellrt-containerd",
            "shellrt-driver",
            "shellrt-fuzz",
            "shellrt-mutants",
            "shellrt-process",
            "shellrt-testbed",
            "shellrt-validate",
        ],
    ),
    (
        "jsonschema",
        &["shellrt-codegen", "shellrt-driver", "shellrt-validate"],
    ),
    ("prost", &["shellrt-containerd"]),
    ("tokio", &["containrs", "shellrt-containerd", "tokio-host"]),
    ("tonic", &["shellrt-containerd"]),
    ("typify", &["shellrt-codegen"]),
];

/// All that the types may bring along.
const API_DEPENDENCIES: &[&str] = &["serde", "serde_json"];

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn metadata() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

fn packages(metadata: &Value) -> &[Value] {
    metadata["packages"].as_array().unwrap()
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().unwrap_or_default()
}

/// Packages of this workspace: those without a registry.
fn ours(metadata: &Value) -> impl Iterator<Item = &Value> {
    packages(metadata)
        .iter()
        .filter(|package| package["source"].is_null())
}

/// What a package asks for, tests apart or not.
fn dependencies(package: &Value, with_tests: bool) -> BTreeSet<&str> {
    let listed = package["dependencies"].as_array().unwrap();
    listed
        .iter()
        .filter(|dependency| with_tests || dependency["kind"] != "dev")
        .map(|dependency| text(dependency, "name"))
        .collect()
}

#[test]
fn arrows_between_our_crates_point_one_way() {
    let metadata = metadata();
    let names: BTreeSet<&str> = ours(&metadata)
        .map(|package| text(package, "name"))
        .collect();
    for package in ours(&metadata) {
        let name = text(package, "name");
        let rule = ARROWS.iter().find(|(known, _)| *known == name);
        let (_, allowed) = rule.unwrap_or_else(|| panic!("`{name}` has no row in ARROWS"));
        for used in dependencies(package, true).intersection(&names) {
            assert!(allowed.contains(used), "`{name}` must not use `{used}`");
        }
    }
}

#[test]
fn heavy_crates_stay_where_they_belong() {
    let metadata = metadata();
    for package in ours(&metadata) {
        let name = text(package, "name");
        let used = dependencies(package, false);
        for (confined, allowed) in CONFINED {
            let is_used = used.contains(confined);
            assert!(
                !is_used || allowed.contains(&name),
                "`{name}` must not use `{confined}`"
            );
        }
    }
}

#[test]
fn the_types_depend_on_serde_and_serde_json_alone() {
    let metadata = metadata();
    let api = ours(&metadata).find(|package| text(package, "name") == "shellrt-api");
    let used = dependencies(api.unwrap(), false);
    assert_eq!(used.into_iter().collect::<Vec<_>>(), API_DEPENDENCIES);
}

#[test]
fn every_crate_states_a_rust_version_that_its_dependencies_allow() {
    let metadata = metadata();
    let by_id: BTreeMap<&str, &Value> = packages(&metadata)
        .iter()
        .map(|package| (text(package, "id"), package))
        .collect();
    let nodes: BTreeMap<&str, &Value> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| (text(node, "id"), node))
        .collect();
    for package in ours(&metadata) {
        let (name, stated) = (text(package, "name"), version(package));
        assert!(stated.is_some(), "`{name}` states no rust-version");
        for id in reached(text(package, "id"), &nodes) {
            let used = by_id[id];
            let message = format!(
                "`{name}` states rust-version {stated:?}; `{}` needs {:?}",
                text(used, "name"),
                version(used)
            );
            assert!(version(used) <= stated, "{message}");
        }
    }
}

/// Everything that a package's programs are made of; what its tests use, and
/// what only another platform uses, may be newer.
fn reached<'a>(id: &'a str, nodes: &BTreeMap<&'a str, &'a Value>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut ahead = vec![id];
    while let Some(id) = ahead.pop() {
        for dependency in nodes[id]["deps"].as_array().unwrap() {
            let kinds = dependency["dep_kinds"].as_array().unwrap();
            let counts = kinds.iter().any(|kind| {
                let target = kind["target"].as_str().unwrap_or("cfg(unix)");
                kind["kind"] != "dev" && !target.contains("windows") && !target.contains("wasm")
            });
            let id = text(dependency, "pkg");
            if counts && found.insert(id) {
                ahead.push(id);
            }
        }
    }
    found
}

fn version(package: &Value) -> Option<Vec<u64>> {
    let text = package["rust_version"].as_str()?;
    let mut parts: Vec<u64> = text.split('.').map(|part| part.parse().unwrap()).collect();
    parts.resize(3, 0);
    Some(parts)
}

#[test]
fn every_licence_is_one_that_deny_toml_allows() {
    let allowed = allowed_licences();
    for package in packages(&metadata()) {
        let licence = text(package, "license");
        // `A OR B` leaves the choice; `A AND B` asks for both.
        let parts = licence.replace('/', " OR ").replace(['(', ')'], " ");
        let is_allowed = parts.split(" OR ").any(|choice| {
            choice
                .split(" AND ")
                .all(|part| allowed.contains(part.trim()))
        });
        assert!(
            is_allowed,
            "`{}` has the licence `{licence}`",
            text(package, "name")
        );
    }
}

/// The list `allow` of deny.toml's `[licenses]`, an entry a line.
fn allowed_licences() -> BTreeSet<String> {
    let file = std::fs::read_to_string(root().join("deny.toml")).unwrap();
    let section = file.split("[licenses]").nth(1).unwrap();
    let list = section.split("allow = [").nth(1).unwrap();
    let list = list.split(']').next().unwrap();
    let quoted = list.split('"').skip(1).step_by(2);
    quoted.map(str::to_owned).collect()
}

#[test]
fn every_dependency_comes_from_the_registry() {
    const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";
    for package in packages(&metadata()) {
        let source = package["source"].as_str();
        let name = text(package, "name");
        assert!(
            source.is_none_or(|source| source == REGISTRY),
            "`{name}` is from {source:?}"
        );
    }
}
