//! The table of states and commands of docs/protocol.md, cell by cell.

mod support;

use std::process::Command;

use serde_json::{Value, json};
use support::{Plugin, eventually, kill};

/// What a cell of the table says.
#[derive(Debug)]
enum Cell {
    /// `changed`, and the state after it.
    Changed(bool, &'static str),
    /// The code of an error; the state stays.
    Fails(u64),
}
use Cell::{Changed, Fails};

const COMMANDS: [&str; 6] = [
    "create",
    "create other",
    "start",
    "stop",
    "restart",
    "remove",
];

/// One row for each state, in the order of `COMMANDS`.
const TABLE: [(&str, [Cell; 6]); 6] = [
    (
        "absent",
        [
            Changed(true, "created"),
            Changed(true, "created"),
            Fails(20),
            Fails(20),
            Fails(20),
            Changed(false, "absent"),
        ],
    ),
    (
        "created",
        [
            Changed(false, "created"),
            Fails(21),
            Changed(true, "running"),
            Changed(false, "created"),
            Changed(true, "running"),
            Changed(true, "absent"),
        ],
    ),
    (
        "running",
        [
            Changed(false, "running"),
            Fails(21),
            Changed(false, "running"),
            Changed(true, "exited"),
            Changed(true, "running"),
            Changed(true, "absent"),
        ],
    ),
    (
        "paused",
        [
            Changed(false, "paused"),
            Fails(21),
            Changed(true, "running"),
            Changed(true, "exited"),
            Changed(true, "running"),
            Changed(true, "absent"),
        ],
    ),
    (
        "exited",
        [
            Changed(false, "exited"),
            Fails(21),
            Changed(true, "running"),
            Changed(false, "exited"),
            Changed(true, "running"),
            Changed(true, "absent"),
        ],
    ),
    (
        "dead",
        [
            Changed(false, "dead"),
            Fails(21),
            Fails(25),
            Changed(false, "dead"),
            Fails(25),
            Changed(true, "absent"),
        ],
    ),
];

fn spec(seconds: &str) -> Value {
    json!({"name": "m", "config_type": "process", "config": {"command": ["sleep", seconds]}})
}

fn bring_to(plugin: &Plugin, state: &str) {
    if state == "absent" {
        return;
    }
    plugin.ok("create", spec("1000"));
    if state != "created" {
        plugin.start("m");
    }
    if state == "exited" {
        plugin.stop("m");
    }
    if state == "paused" {
        let pid = plugin.status("m")["pid"].to_string();
        let stopped = Command::new("kill").args(["-STOP", &pid]).status();
        assert!(stopped.expect("`kill` is there").success());
        eventually(|| (state_of(plugin) == "paused").then_some(()));
    }
    if state == "dead" {
        plugin.stop("m");
        std::fs::write(plugin.module_directory("m").join("run.json"), "{").expect("it is writable");
    }
    assert_eq!(state_of(plugin), state);
}

fn state_of(plugin: &Plugin) -> String {
    let status = plugin.ask("status", json!({"name": "m"}));
    if status["code"] == 20 {
        return "absent".to_owned();
    }
    status["state"]
        .as_str()
        .expect("a status has a state")
        .to_owned()
}

fn ask(plugin: &Plugin, command: &str) -> Value {
    match command {
        "create" => plugin.ask("create", spec("1000")),
        "create other" => plugin.ask("create", spec("1001")),
        _ => plugin.ask(command, json!({"name": "m"})),
    }
}

#[test]
fn every_command_that_changes_does_in_every_state_what_the_table_says() {
    for (state, cells) in &TABLE {
        for (command, cell) in COMMANDS.iter().zip(cells) {
            let plugin = Plugin::new();
            bring_to(&plugin, state);
            let response = ask(&plugin, command);
            let after = match cell {
                Changed(changed, after) => {
                    assert_eq!(
                        response["changed"], *changed,
                        "{command} when {state}: {response}"
                    );
                    after
                }
                Fails(code) => {
                    assert_eq!(
                        response["code"], *code,
                        "{command} when {state}: {response}"
                    );
                    state
                }
            };
            assert_eq!(state_of(&plugin), *after, "after {command} when {state}");
        }
    }
}

#[test]
fn every_command_that_looks_says_in_every_state_what_the_table_says() {
    for (state, _) in &TABLE {
        let plugin = Plugin::new();
        bring_to(&plugin, state);
        let named = json!({"name": "m"});
        let runs = ["running", "paused"].contains(state);
        let refused = if *state == "absent" { 20 } else { 22 };

        let top = plugin.ask("top", named.clone());
        assert_eq!(top.get("processes").is_some(), runs, "{state}: {top}");
        let item = &plugin.ok("stats", json!({"names": ["m"]}))["modules"][0];
        assert_eq!(item.get("sample").is_some(), runs, "{state}: {item}");
        if !runs {
            assert_eq!(top["code"], refused, "{state}");
            assert_eq!(item["error"]["code"], refused, "{state}");
        }
        let all = plugin.ok("stats", json!({}));
        assert_eq!(
            all["modules"].as_array().map(Vec::len),
            Some(usize::from(runs)),
            "{state}: {all}"
        );

        let listed = plugin.ok("list", json!({"details": true}));
        let expected = if *state == "absent" {
            json!([])
        } else {
            json!(["m"])
        };
        assert_eq!(listed["modules"], expected, "{state}");
        if *state == "absent" {
            assert_eq!(plugin.code("logs", named), 20);
        } else {
            assert_eq!(listed["details"][0]["status"]["state"], *state, "{listed}");
            assert_eq!(plugin.log(named.clone()), "", "{state}");
            if !runs {
                assert_eq!(
                    plugin.log(json!({"name": "m", "follow": true})),
                    "",
                    "{state}"
                );
            }
        }
    }
}

#[test]
fn the_status_is_derived_from_state_and_exit_code() {
    let plugin = Plugin::new();
    for (script, status) in [
        ("exit 0", "stopped"),
        ("exit 1", "failed"),
        ("kill -9 $$", "failed"),
    ] {
        plugin.create_shell("m", script);
        assert_eq!(plugin.status("m")["status"], "stopped");
        plugin.start("m");
        assert_eq!(plugin.ended("m")["status"], status, "{script}");
        plugin.remove("m");
    }
}

#[test]
fn a_status_has_exactly_the_members_of_its_state() {
    let plugin = Plugin::new();
    let members = |expected: &[&str]| {
        let status = plugin.status("m");
        for member in ["pid", "started_at", "finished_at", "exit_code"] {
            assert_eq!(
                status.get(member).is_some(),
                expected.contains(&member),
                "{member}: {status}"
            );
        }
    };
    plugin.ok("create", spec("1000"));
    members(&[]);
    plugin.start("m");
    members(&["pid", "started_at"]);
    kill(plugin.status("m")["pid"].as_u64().expect("it runs"));
    plugin.ended("m");
    members(&["started_at", "finished_at", "exit_code"]);
    plugin.start("m");
    members(&["pid", "started_at"]);
}
