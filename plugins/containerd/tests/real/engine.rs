//! containerd away, hung, and restarted under modules that run.

use std::fs;

use serde_json::json;
use shellrt_testbed::Daemon;
use shellrt_testkit::eventually;

use crate::Test;
use crate::world::{World, Yard};

pub(crate) const TESTS: &[Test] = &[
    (
        "away_and_hung_are_unavailable_within_the_deadline",
        away_and_hung,
    ),
    (
        "a_restart_loses_neither_modules_nor_lines",
        a_restart_loses_neither_modules_nor_lines,
    ),
    (
        "an_end_that_containerd_did_not_see_is_recorded",
        an_end_that_containerd_did_not_see,
    ),
];

fn away_and_hung(world: &'static World) {
    let daemon = Daemon::start(&world.directory().join("away")).expect("it starts");
    {
        let yard = Yard::on(world, &daemon, "away");
        yard.pull("box");
        yard.create_shell("m", "exec sleep 1000");
        yard.start("m");
        daemon.signal("-STOP").expect("it can be done");
        for (command, members) in [
            ("list", json!({"_deadline_ms": 2000})),
            ("status", json!({"_deadline_ms": 2000, "name": "m"})),
            ("stop", json!({"_deadline_ms": 2000, "name": "m"})),
        ] {
            let answer = yard.err(command, members);
            assert!(
                [10, 11].contains(&answer["code"].as_u64().expect("a number")),
                "{answer}"
            );
            assert_eq!(answer["class"], "unavailable", "{answer}");
            let text = answer["message"].as_str().expect("text");
            let place = daemon.address().display().to_string();
            assert!(text.contains(&place), "{answer}");
            // It says how long it waited: within the deadline, whatever the machine
            // was at meanwhile.
            assert!(text.contains(" within 1."), "{answer}");
        }
        daemon.signal("-CONT").expect("it can be done");
        assert_eq!(yard.status("m")["state"], "running");
        daemon.kill().expect("it can be done");
        for command in ["list", "sys_info"] {
            let answer = yard.err(command, json!({}));
            assert_eq!(
                (&answer["code"], &answer["retryable"]),
                (&json!(10), &json!(true)),
                "{answer}"
            );
            assert!(
                answer["hint"].as_str().expect("text").contains("--address"),
                "{answer}"
            );
        }
        assert_eq!(
            yard.code("status", json!({"name": "m"})),
            10,
            "never a guess"
        );
        yard.ok("version", json!({}));
        daemon.start_again().expect("it can be done");
        assert_eq!(yard.status("m")["state"], "running");
    }
    daemon.stop().expect("it can be done");
}

fn a_restart_loses_neither_modules_nor_lines(world: &'static World) {
    let daemon = Daemon::start(&world.directory().join("restart")).expect("it starts");
    {
        let yard = Yard::on(world, &daemon, "restart");
        yard.pull("box");
        let script = "n=0; while [ $n -lt 3000 ]; do n=$((n + 1)); echo line $n; \
                      [ $((n % 50)) = 0 ] && sleep 0.05; done; exit 6";
        yard.create_shell("m", script);
        yard.start("m");
        yard.wait_for_output("m", "line 50\n");
        let mut follow = yard.follow(json!({"name": "m"}));
        assert_eq!(follow.line(), "line 1\n");
        daemon.kill().expect("it can be done");
        daemon.start_again().expect("it can be done");
        let status = yard.ended("m");
        assert_eq!(status["exit_code"], 6, "{status}");
        let expected: String = (1..=3000)
            .map(|number| format!("line {number}\n"))
            .collect();
        assert_eq!(yard.log(json!({"name": "m"})), expected);
        assert_eq!(
            format!("line 1\n{}", follow.rest()),
            expected,
            "and the one who followed"
        );
    }
    daemon.stop().expect("it can be done");
}

fn an_end_that_containerd_did_not_see(world: &'static World) {
    let daemon = Daemon::start(&world.directory().join("unseen")).expect("it starts");
    {
        let yard = Yard::on(world, &daemon, "unseen");
        yard.pull("box");
        let script = "echo up; while [ ! -e /tmp/go ]; do sleep 0.05; done; echo down; exit 9";
        yard.create_shell("m", script);
        yard.start("m");
        yard.wait_for_output("m", "up");
        let pid = yard.status("m")["pid"].as_u64().expect("it runs");
        daemon.kill().expect("it can be done");
        fs::write(format!("/proc/{pid}/root/tmp/go"), "").expect("it is writable");
        eventually(|| (!shellrt_testkit::is_alive(pid)).then_some(()));
        daemon.start_again().expect("it can be done");
        let status = yard.ended("m");
        assert_eq!(status["exit_code"], 9, "{status}");
        assert_eq!(yard.log(json!({"name": "m"})), "up\ndown\n");
    }
    daemon.stop().expect("it can be done");
}
