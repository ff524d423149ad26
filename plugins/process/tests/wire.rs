//! Requests of the 2020 wire, bad requests, and what may not leak.

mod support;

use serde_json::{Value, json};
use support::{Plugin, parse, request};

const WIRE_2020: &str = include_str!("data/wire-2020.jsonl");

/// The one response in the plugin's output and what follows it.
fn head(output: &[u8]) -> (Value, Option<&[u8]>) {
    match output.iter().position(|&byte| byte == 0) {
        Some(end) => (parse(&output[..end]), Some(&output[end + 1..])),
        None => (parse(output), None),
    }
}

#[test]
fn every_request_of_2020_gets_one_response_of_its_version() {
    let plugin = Plugin::new();
    for line in WIRE_2020.lines() {
        let output = plugin.raw(line.as_bytes());
        let (response, _) = head(&output);
        assert_eq!(response["_version"], "0.1.0", "{line}");
        assert_eq!(response["_type"], parse(line.as_bytes())["_type"], "{line}");
        assert!(
            response["_status"] == "ok" || response["code"].is_u64(),
            "{line}: {response}"
        );
    }
}

#[test]
fn status_and_version_have_the_shapes_of_2020() {
    let plugin = Plugin::new();
    plugin.create(
        "ubuntutest",
        json!({"command": ["sh", "-c", "echo hi; exec sleep 1000"]}),
    );
    let mut seen = Vec::new();
    for line in WIRE_2020
        .lines()
        .filter(|line| !line.contains("follow\":true"))
    {
        // The order of the file: start, stop, remove, status, ...; the module
        // is there for all of them but the last ones.
        let output = plugin.raw(line.as_bytes());
        let (response, stream) = head(&output);
        if response["_status"] == "ok" {
            seen.push((
                response["_type"].as_str().expect("a text").to_owned(),
                stream.is_some(),
            ));
        }
    }
    let ok: Vec<(&str, bool)> = seen
        .iter()
        .map(|(kind, stream)| (kind.as_str(), *stream))
        .collect();
    assert_eq!(
        ok,
        [
            ("start", false),
            ("stop", false),
            ("remove", false),
            ("list", false),
            ("version", false)
        ]
    );

    plugin.create("m", json!({"command": ["sh", "-c", "exit 3"]}));
    plugin.start("m");
    plugin.ended("m");
    let status = parse(&plugin.raw(br#"{"_version":"0.1.0","_type":"status","name":"m"}"#));
    assert_eq!(
        (&status["status"], &status["exit_code"], &status["image_id"]),
        (&json!("failed"), &json!(3), &json!(""))
    );
    assert!(
        status["started_at"].is_u64() && status["finished_at"].is_u64(),
        "{status}"
    );
    assert!(
        status["status_description"].is_string() && status.get("state").is_none(),
        "{status}"
    );
    let version = parse(&plugin.raw(br#"{"_version":"0.1.0","_type":"version"}"#));
    assert!(
        version["info"]
            .as_str()
            .is_some_and(|info| info.contains("process")),
        "{version}"
    );
    let logs = plugin.raw(br#"{"_version":"0.1.0","_type":"logs","name":"m","follow":false,"tail":null,"since":null}"#);
    assert_eq!(head(&logs).1, Some(&b""[..]));
}

#[test]
fn what_is_no_good_request_gets_its_code_and_changes_nothing() {
    let plugin = Plugin::new();
    let deep = "[".repeat(200);
    for (bytes, code, pointer) in [
        (&b""[..], 2, Some("")),
        (b"{", 2, Some("")),
        (b"null", 2, Some("")),
        (b"\xef\xbb\xbf{}", 2, Some("")),
        (b"{}{}", 2, Some("")),
        (deep.as_bytes(), 2, Some("")),
        (b"{}", 2, Some("/_version")),
        (br#"{"_version":"x"}"#, 2, Some("/_version")),
        (br#"{"_version":"9.0.0","_type":"list"}"#, 1, None),
        (br#"{"_version":"0.2.0"}"#, 2, Some("/_type")),
        (br#"{"_version":"0.2.0","_type":"img_push"}"#, 3, None),
        (br#"{"_version":"0.2.0","_type":"start"}"#, 2, Some("/name")),
        (br#"{"_version":"0.2.0","_type":"start","name":"../x"}"#, 2, Some("/name")),
        (br#"{"_version":"0.2.0","_type":"create","name":"m","config_type":"process","config":{}}"#, 2, Some("/config/command")),
        (br#"{"_version":"0.2.0","_type":"create","name":"m","config_type":"docker","config":{}}"#, 3, None),
    ] {
        let response = parse(&plugin.raw(bytes));
        let shown = String::from_utf8_lossy(bytes);
        assert_eq!(response["code"], code, "{shown}: {response}");
        let found = response["detail"]["faults"][0]["pointer"].as_str();
        assert_eq!(found, pointer, "{shown}: {response}");
    }
    assert_eq!(
        std::fs::read_dir(plugin.state())
            .expect("it is there")
            .count(),
        0
    );
}

#[test]
fn every_fault_of_a_config_is_told_at_once() {
    let plugin = Plugin::new();
    let config = json!({"command": [], "env": {"A": null}, "working_dir": "x"});
    let error = plugin.ask(
        "create",
        json!({"name": "m", "config_type": "process", "config": config}),
    );
    let faults = error["detail"]["faults"]
        .as_array()
        .expect("faults are a list");
    let pointers: Vec<&Value> = faults.iter().map(|fault| &fault["pointer"]).collect();
    assert_eq!(
        pointers,
        ["/config/command", "/config/env/A", "/config/working_dir"]
    );
}

#[test]
fn what_a_config_holds_beyond_is_a_warning() {
    let plugin = Plugin::new();
    let config = json!({"command": ["true"], "HostConfig": {}});
    let response = plugin.ok(
        "create",
        json!({"name": "m", "config_type": "process", "config": config}),
    );
    assert_eq!(response["warnings"][0]["pointer"], "/config/HostConfig");
}

#[test]
fn null_and_defaults_make_no_other_request() {
    let plugin = Plugin::new();
    let config = json!({"command": ["true"]});
    plugin.create("m", config.clone());
    let same = json!({"name": "m", "config_type": "process", "config": config, "labels": null, "env": {},
        "_id": "7", "_meta": {"com.example": 1}, "unknown": true});
    assert_eq!(plugin.ok("create", same)["changed"], false);
}

#[test]
fn secrets_are_in_no_argument_no_other_environment_and_no_open_file() {
    let plugin = Plugin::new();
    const SECRET: &str = "canary-5f3a";
    let spec = json!({"name": "m", "config_type": "process", "env": {"A": SECRET}, "labels": {"l": SECRET},
        "config": {"command": ["sh", "-c", "echo ready; exec sleep 1000"], "env": {"B": SECRET}}});
    plugin.ok("create", spec);
    plugin.start("m");
    plugin.wait_for_output("m", "ready");
    let supervisor = plugin.supervisor("m");
    for file in ["cmdline", "environ"] {
        let bytes = std::fs::read(format!("/proc/{supervisor}/{file}")).expect("it is ours");
        assert!(
            !String::from_utf8_lossy(&bytes).contains(SECRET),
            "{file} of the supervisor"
        );
    }
    for entry in [
        plugin.module_directory("m"),
        plugin.module_directory("m").join("spec.json"),
        plugin.state().join("modules"),
    ] {
        let mode = std::os::unix::fs::PermissionsExt::mode(
            &std::fs::metadata(&entry)
                .expect("it is there")
                .permissions(),
        );
        assert_eq!(mode & 0o077, 0, "{} is for others too", entry.display());
    }
    let stranger = plugin.ask("create", json!({"name": "m", "config_type": "process", "env": {"A": "x"}, "config": {"command": ["x"]}}));
    assert!(
        stranger["code"] == 21 && !stranger.to_string().contains(SECRET),
        "{stranger}"
    );
}

#[test]
fn request_id_comes_back() {
    let plugin = Plugin::new();
    let response = parse(&plugin.raw(&request("list", json!({"_id": "a-1"}))));
    assert_eq!(response["_id"], "a-1");
}

#[test]
fn even_an_absurd_config_gets_a_reply_of_the_protocols_size() {
    let plugin = Plugin::new();
    let ask = |config: Value| {
        plugin.ask(
            "create",
            json!({"name": "m", "config_type": "process", "config": config}),
        )
    };
    let mut keys: serde_json::Map<String, Value> = (0..3000)
        .map(|number| (format!("key{number}"), json!(0)))
        .collect();
    keys.insert("x".repeat(100_000), json!(0));
    keys.insert("command".to_owned(), json!(["x".repeat(100_000)]));
    let response = ask(Value::Object(keys));
    assert_eq!(response["warnings"].as_array().map(Vec::len), Some(1024));
    let error = plugin.ask("start", json!({"name": "m"}));
    assert!(
        error["code"] == 23
            && error["message"]
                .as_str()
                .is_some_and(|text| text.len() < 1000)
    );
    let error = ask(json!({"command": vec![0; 3000], "env": {"x".repeat(100_000): 0}}));
    assert_eq!(
        error["detail"]["faults"].as_array().map(Vec::len),
        Some(1024)
    );
}
