//! What `list`, `top`, `stats`, `sys_info`, `describe` and `version` say.

mod support;

use serde_json::{Value, json};
use support::{Plugin, eventually};

#[test]
fn two_hundred_modules_are_listed_in_the_order_of_their_names() {
    let plugin = Plugin::new();
    let mut names: Vec<String> = (0..200).map(|number| format!("m{number}")).collect();
    for name in &names {
        let members = json!({"name": name, "config_type": "process", "config": {"command": ["true"]},
            "labels": {"parity": if name.ends_with(['0', '2', '4', '6', '8']) { "even" } else { "odd" }}});
        plugin.ok("create", members);
    }
    names.sort_unstable();
    assert_eq!(plugin.ok("list", json!({}))["modules"], json!(names));
    let even = plugin.ok(
        "list",
        json!({"labels": {"parity": "even"}, "details": true}),
    );
    let details = even["details"].as_array().expect("details were asked for");
    assert_eq!(details.len(), 100);
    for (name, item) in even["modules"]
        .as_array()
        .expect("a list")
        .iter()
        .zip(details)
    {
        assert_eq!(&item["name"], name);
        assert_eq!(item["status"]["labels"]["parity"], "even");
    }
    assert_eq!(
        plugin.ok("list", json!({"labels": {"parity": "even", "x": "y"}}))["modules"],
        json!([])
    );
}

#[test]
fn top_finds_what_detached_itself_and_not_what_is_another_modules() {
    let plugin = Plugin::new();
    plugin.create_shell(
        "m",
        "(setsid sh -c 'sleep 1000' &) ; sleep 1000 & echo ready; wait",
    );
    plugin.create_shell("other", "exec sleep 1000");
    plugin.start("m");
    plugin.start("other");
    plugin.wait_for_output("m", "ready");
    let pids = eventually(|| Some(plugin.pids("m")).filter(|pids| pids.len() >= 3));
    let other = plugin.pids("other");
    assert_eq!(
        other,
        [plugin.status("other")["pid"].as_u64().expect("it runs")]
    );
    assert!(!pids.contains(&other[0]) && pids.is_sorted());
    assert!(pids.contains(&plugin.status("m")["pid"].as_u64().expect("it runs")));
}

#[test]
fn top_says_more_only_when_it_is_asked_to() {
    let plugin = Plugin::new();
    plugin.create("m", json!({"command": ["sleep", "1000"]}));
    plugin.start("m");
    let short = plugin.ok("top", json!({"name": "m"}));
    assert_eq!(
        short["processes"][0].as_object().expect("an object").len(),
        1
    );
    let long = &plugin.ok("top", json!({"name": "m", "details": true}))["processes"][0];
    assert_eq!(long["command"], "sleep 1000");
    assert_eq!(long["parent_pid"], json!(plugin.supervisor("m")));
    for member in ["user", "started_at", "cpu_time_ms", "memory_bytes"] {
        assert!(long.get(member).is_some(), "{member}: {long}");
    }
}

#[test]
fn stats_count_the_time_of_processes_that_have_ended() {
    let plugin = Plugin::new();
    let work = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";
    plugin.create_shell(
        "m",
        &format!("sh -c '{work}'; (setsid sh -c '{work}; echo detached' &); sleep 1000"),
    );
    plugin.start("m");
    plugin.wait_for_output("m", "detached");
    let sample = eventually(|| {
        let stats = plugin.ok("stats", json!({}));
        Some(stats["modules"][0]["sample"].clone()).filter(|sample| sample["process_count"] == 2)
    });
    let total = sample["cpu_time_us"].as_u64().expect("it was measured");
    assert!(total > 0, "{sample}");
    assert!(
        sample["memory_bytes"]
            .as_u64()
            .is_some_and(|bytes| bytes > 0),
        "{sample}"
    );
}

#[test]
fn stats_answer_in_the_order_of_the_request_with_an_error_for_each_that_fails() {
    let plugin = Plugin::new();
    plugin.create("runs", json!({"command": ["sleep", "1000"]}));
    plugin.create("stands", json!({"command": ["sleep", "1000"]}));
    plugin.start("runs");
    let stats = plugin.ok("stats", json!({"names": ["stands", "absent", "runs"]}));
    let told: Vec<(&Value, &Value)> = stats["modules"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| (&item["name"], &item["error"]["code"]))
        .collect();
    assert_eq!(
        told,
        [
            (&json!("stands"), &json!(22)),
            (&json!("absent"), &json!(20)),
            (&json!("runs"), &Value::Null)
        ]
    );
}

#[test]
fn looking_writes_nothing() {
    let plugin = Plugin::new();
    for (kind, members) in [
        ("list", json!({})),
        ("stats", json!({})),
        ("sys_info", json!({})),
        ("describe", json!({})),
    ] {
        plugin.ok(kind, members);
    }
    for kind in ["status", "start", "stop", "restart", "logs", "top"] {
        assert_eq!(plugin.code(kind, json!({"name": "absent"})), 20, "{kind}");
    }
    assert_eq!(
        plugin.ok("remove", json!({"name": "absent"}))["changed"],
        false
    );
    assert_eq!(
        std::fs::read_dir(plugin.state())
            .expect("it is there")
            .count(),
        0
    );
}

#[test]
fn describe_lists_exactly_what_is_carried_out() {
    let plugin = Plugin::new();
    let describe = plugin.ok("describe", json!({}));
    let listed: Vec<&str> = describe["commands"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    for (kind, members) in [
        ("img_pull", json!({"image": "a", "credentials": {}})),
        ("img_load", json!({"path": "/a"})),
        ("img_remove", json!({"image": "a"})),
        ("img_list", json!({})),
        ("network_ensure", json!({"name": "a"})),
    ] {
        assert_eq!(plugin.code(kind, members), 3, "{kind}");
        assert!(!listed.contains(&kind), "{kind}");
    }
    assert_eq!(listed.len(), 13);
    let schema = &describe["config_types"]["process"]["schema"];
    assert_eq!(schema["required"], json!(["command"]));
    let features = describe["features"].as_array().expect("a list");
    assert!(
        !features.contains(&json!("images")) && !features.contains(&json!("networks")),
        "{features:?}"
    );
}

#[test]
fn sys_info_tells_of_this_machine() {
    let plugin = Plugin::new();
    let facts = plugin.ok("sys_info", json!({}));
    assert_eq!(facts["os_type"], "linux");
    assert_eq!(facts["engine"]["name"], "shellrt-process");
    assert_eq!(facts["disk"]["path"], json!(plugin.state()));
    let boot_id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").expect("it is there");
    assert_eq!(facts["boot_id"], boot_id.trim());
}
