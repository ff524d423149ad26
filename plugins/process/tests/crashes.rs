//! What is left when something is killed: nothing that was acknowledged is
//! lost, and the same request, sent again, converges.

mod support;

use std::time::Duration;

use serde_json::json;
use support::{Plugin, eventually, is_alive, kill};

/// Moments all over the life of a plugin process, which takes a few
/// milliseconds.
fn delays() -> impl Iterator<Item = Duration> {
    (0..40).map(|step| Duration::from_micros(step * 150))
}

#[test]
fn a_command_that_is_killed_anywhere_can_be_sent_again() {
    let plugin = Plugin::new();
    let named = json!({"name": "m"});
    let spec = json!({"name": "m", "config_type": "process", "labels": {"a": "b"},
        "config": {"command": ["sh", "-c", "echo started; exec sleep 1000"]}});
    for delay in delays() {
        plugin.ask_and_kill("create", spec.clone(), delay);
        plugin.ok("create", spec.clone());
        assert_eq!(plugin.status("m")["state"], "created");
        assert_eq!(plugin.status("m")["labels"], json!({"a": "b"}));

        plugin.ask_and_kill("start", named.clone(), delay);
        plugin.start("m");
        plugin.wait_for_output("m", "started");
        assert_eq!(plugin.pids("m").len(), 1);
        assert_eq!(
            plugin.log(named.clone()),
            "started\n",
            "one instance, killed after {delay:?}"
        );

        plugin.ask_and_kill("stop", named.clone(), delay);
        plugin.stop("m");
        let status = plugin.status("m");
        assert_eq!(
            (&status["state"], &status["exit_code"]),
            (&json!("exited"), &json!(143))
        );

        plugin.start("m");
        let pid = plugin.status("m")["pid"].as_u64().expect("it runs");
        plugin.ask_and_kill("remove", named.clone(), delay);
        plugin.ok("remove", named.clone());
        assert!(!is_alive(pid));
        assert_eq!(plugin.ok("list", json!({}))["modules"], json!([]));
    }
    // What was cut off in the middle is tidied up by the next `create`.
    plugin.create_shell("other", "true");
    let scratch = std::fs::read_dir(plugin.state().join("scratch"))
        .expect("it is there")
        .count();
    assert_eq!(scratch, 0);
}

#[test]
fn a_module_survives_its_supervisor_and_can_still_be_stopped() {
    let plugin = Plugin::new();
    plugin.create_shell(
        "m",
        "setsid sleep 1000 & sleep 1000 & echo ready; exec sleep 1000",
    );
    plugin.start("m");
    plugin.wait_for_output("m", "ready");
    let pids = plugin.pids("m");
    assert_eq!(pids.len(), 3);
    let supervisor = plugin.supervisor("m");
    kill(supervisor);
    eventually(|| (!is_alive(supervisor)).then_some(()));

    let status = plugin.status("m");
    assert_eq!(
        (&status["state"], &status["pid"]),
        (&json!("running"), &json!(pids[0]))
    );
    assert_eq!(plugin.pids("m"), pids);
    assert!(!plugin.start("m"), "it runs already");
    assert!(plugin.stop("m"));
    for pid in pids {
        assert!(!is_alive(pid), "process {pid} is still there");
    }
    let status = plugin.status("m");
    assert_eq!(
        (&status["exit_code"], &status["reason"]),
        (&json!(255), &json!("supervisor_lost"))
    );
    assert!(plugin.start("m"));
    // A stop that comes before the shell has spoken would silence it.
    let both_runs = "ready\nready\n";
    eventually(|| (plugin.log(json!({"name": "m"})) == both_runs).then_some(()));
    plugin.stop("m");
    assert_eq!(plugin.log(json!({"name": "m"})), both_runs);
}

#[test]
fn an_end_that_nobody_saw_is_255_and_says_so() {
    let plugin = Plugin::new();
    plugin.create_shell("m", "exec sleep 1000");
    plugin.start("m");
    let pid = plugin.status("m")["pid"].as_u64().expect("it runs");
    kill(plugin.supervisor("m"));
    kill(pid);
    let status = plugin.ended("m");
    assert_eq!(
        (&status["exit_code"], &status["reason"]),
        (&json!(255), &json!("supervisor_lost"))
    );
    assert_eq!(status["status"], "failed");
    assert!(status.get("finished_at").is_some());
    assert_eq!(plugin.code("top", json!({"name": "m"})), 22);
}

#[test]
fn after_a_reboot_a_module_has_ended_and_strangers_are_left_alone() {
    let plugin = Plugin::new();
    plugin.create_shell("m", "exec sleep 1000");
    plugin.create_shell("stranger", "exec sleep 1000");
    plugin.start("m");
    plugin.stop("m");
    plugin.start("stranger");
    // The numbers in the record of another boot belong to somebody else now.
    let stranger = plugin.run_record("stranger");
    plugin.edit_run_record("m", |record| {
        record["last"] = stranger["last"].clone();
        record["last"]["boot_id"] = json!("another boot");
    });
    let status = plugin.status("m");
    assert_eq!(
        (&status["exit_code"], &status["reason"]),
        (&json!(255), &json!("host_restarted"))
    );
    assert_eq!(
        (&status["state"], &status["status"]),
        (&json!("exited"), &json!("failed"))
    );
    assert!(!plugin.stop("m"));
    assert!(plugin.start("m"));
    plugin.remove("m");
    assert_eq!(plugin.status("stranger")["state"], "running");
}

#[test]
fn a_pid_that_was_given_away_is_neither_reported_nor_killed() {
    let plugin = Plugin::new();
    plugin.create_shell("m", "exec sleep 1000");
    plugin.create_shell("stranger", "exec sleep 1000");
    plugin.start("m");
    plugin.stop("m");
    plugin.start("stranger");
    let stranger = plugin.run_record("stranger");
    plugin.edit_run_record("m", |record| {
        record["last"] = stranger["last"].clone();
        for process in ["module", "supervisor"] {
            let ticks = record["last"][process]["start_ticks"]
                .as_u64()
                .expect("it is a number");
            record["last"][process]["start_ticks"] = json!(ticks - 1);
        }
    });
    assert_eq!(plugin.status("m")["state"], "exited");
    assert_eq!(plugin.code("top", json!({"name": "m"})), 22);
    assert!(plugin.remove("m"));
    assert_eq!(plugin.status("stranger")["state"], "running");
}

#[test]
fn a_damaged_record_harms_nobody_else_and_remove_still_ends_the_module() {
    let plugin = Plugin::new();
    plugin.create_shell("good", "exec sleep 1000");
    plugin.create_shell("bad", "exec sleep 1000");
    plugin.start("good");
    plugin.start("bad");
    let pids = plugin.pids("bad");
    let supervisor = plugin.supervisor("bad");
    std::fs::write(plugin.module_directory("bad").join("run.json"), "{").expect("it is writable");
    let list = plugin.ok("list", json!({"details": true}));
    assert_eq!(list["modules"], json!(["bad", "good"]));
    assert_eq!(list["details"][0]["status"]["state"], "dead");
    assert_eq!(list["details"][1]["status"]["state"], "running");
    assert!(plugin.remove("bad"));
    for pid in pids.into_iter().chain([supervisor]) {
        assert!(!is_alive(pid), "process {pid} is still there");
    }
    assert_eq!(plugin.status("good")["state"], "running");
}

#[test]
fn a_record_of_a_later_version_is_refused_and_kept() {
    let plugin = Plugin::new();
    plugin.create_shell("m", "true");
    let path = plugin.module_directory("m").join("spec.json");
    let text = std::fs::read_to_string(&path)
        .expect("it is there")
        .replace("\"format\":1", "\"format\":2");
    std::fs::write(&path, &text).expect("it is writable");
    let status = plugin.status("m");
    assert_eq!(status["state"], "dead");
    assert!(
        status["description"]
            .as_str()
            .is_some_and(|text| text.contains("format 2")),
        "{status}"
    );
    assert_eq!(plugin.code("start", json!({"name": "m"})), 25);
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), text);
}

#[test]
fn signals_to_the_supervisor_do_not_end_it() {
    let plugin = Plugin::new();
    plugin.create_shell(
        "m",
        "trap 'exit 6' TERM; echo ready; while :; do sleep 0.05; done",
    );
    plugin.start("m");
    plugin.wait_for_output("m", "ready");
    let supervisor = plugin.supervisor("m").to_string();
    for signal in ["-TERM", "-INT", "-HUP"] {
        let sent = std::process::Command::new("kill")
            .args([signal, &supervisor])
            .status();
        assert!(sent.expect("`kill` is there").success());
    }
    plugin.stop("m");
    assert_eq!(
        plugin.status("m")["exit_code"],
        6,
        "it was there to see the end"
    );
}
