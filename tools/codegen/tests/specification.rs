//! docs/protocol.md is what the conformance suite traces its checks to, so its
//! ids and its table of states are tested like data.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn specification() -> String {
    fs::read_to_string(root().join("docs/protocol.md")).expect("the specification is there")
}

/// The rules: each begins a list item with its id and ends with the item.
fn rules(text: &str) -> Vec<(&str, &str)> {
    let items = text.split("\n- ").skip(1);
    let items = items.map(|item| item.split("\n\n").next().unwrap_or_default());
    items
        .filter_map(|item| item.strip_prefix("**[")?.split_once("]** "))
        .collect()
}

fn commands() -> Vec<String> {
    let path = root().join("schema/v0/envelope.schema.json");
    let text = fs::read_to_string(path).expect("the envelope is there");
    let envelope: Value = serde_json::from_str(&text).expect("the envelope is JSON");
    let names = envelope["$defs"]["Command"]["oneOf"].as_array();
    let names = names.expect("the envelope lists the commands").iter();
    names
        .filter_map(|name| Some(name["const"].as_str()?.to_owned()))
        .collect()
}

#[test]
fn every_id_names_one_rule() {
    let text = specification();
    let mut ids = BTreeSet::new();
    for (id, _) in rules(&text) {
        assert!(ids.insert(id), "{id} is used twice");
    }
    assert!(ids.len() > 150, "only {} rules were found", ids.len());
}

#[test]
fn every_rule_says_who_must_do_what() {
    for (id, rule) in rules(&specification()) {
        let who = [
            "A plugin ",
            "A host ",
            "A sender ",
            "A receiver ",
            "An encoder ",
        ];
        assert!(who.iter().any(|who| rule.starts_with(who)), "{id}: {rule}");
        let words = rule.matches("MUST").count() + rule.matches("SHOULD").count();
        let permits = rule.contains(" MAY ");
        assert!(words == 1 || permits, "{id} has {words} demands: {rule}");
    }
}

#[test]
fn every_demand_has_an_id() {
    let text = specification();
    let demands = |text: &str| text.matches("MUST").count() + text.matches("SHOULD").count();
    let in_rules: usize = rules(&text).iter().map(|(_, rule)| demands(rule)).sum();
    let section = |title: &str| {
        let rest = text.split(&format!("\n## {title}\n")).nth(1);
        rest.and_then(|rest| rest.split("\n## ").next())
            .unwrap_or_default()
    };
    assert_eq!(demands(&text), in_rules + demands(section("Terms")));
}

#[test]
fn every_id_that_is_referred_to_exists() {
    let text = specification();
    let ids: BTreeSet<&str> = rules(&text).into_iter().map(|(id, _)| id).collect();
    for link in text
        .split('[')
        .skip(1)
        .filter_map(|rest| rest.split(']').next())
    {
        let number = link.rsplit('-').next().unwrap_or_default();
        let looks_like_an_id = link.starts_with(|letter: char| letter.is_ascii_uppercase())
            && link.contains('-')
            && number.bytes().all(|digit| digit.is_ascii_digit());
        assert!(
            !looks_like_an_id || ids.contains(link),
            "there is no rule {link}"
        );
    }
}

#[test]
fn every_command_has_a_section() {
    let text = specification();
    for command in commands() {
        assert!(text.contains(&format!("\n### {command}\n")), "{command}");
    }
}

#[test]
fn the_table_of_states_has_a_cell_for_each_state_and_module_command() {
    let text = specification();
    let head = "| | absent | created | running | paused | exited | dead |";
    let table = text
        .split(head)
        .nth(1)
        .and_then(|rest| rest.split("\n\n").next());
    let table = table.expect("the table is there");
    for command in [
        "create", "start", "stop", "restart", "remove", "status", "logs", "top", "stats", "list",
    ] {
        let mut rows = table
            .lines()
            .filter(|row| row.starts_with(&format!("| `{command}")));
        let row = rows
            .next()
            .unwrap_or_else(|| panic!("{command} has no row"));
        let cells: Vec<&str> = row.split('|').skip(2).take(6).map(str::trim).collect();
        assert!(
            cells.len() == 6 && cells.iter().all(|cell| !cell.is_empty()),
            "{row}"
        );
    }
}
