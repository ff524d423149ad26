//! How modules begin and end.

mod support;

use std::thread;

use serde_json::{Value, json};
use support::{Plugin, eventually, is_alive};

#[test]
fn exit_codes_and_signals_are_told_as_a_shell_does() {
    let plugin = Plugin::new();
    for (script, code, reason) in [
        ("exit 0", 0, Value::Null),
        ("exit 3", 3, Value::Null),
        ("exit 255", 255, Value::Null),
        ("kill -9 $$", 137, json!("killed")),
        ("kill -15 $$", 143, json!("killed")),
    ] {
        plugin.create_shell("m", script);
        plugin.start("m");
        let status = plugin.ended("m");
        assert_eq!(status["exit_code"], code, "{script}");
        assert_eq!(status["reason"], reason, "{script}");
        plugin.remove("m");
    }
}

#[test]
fn a_program_that_is_missing_is_named_and_the_module_stays_as_it_was() {
    let plugin = Plugin::new();
    plugin.create("m", json!({"command": ["/no/such/program"]}));
    let error = plugin.ask("start", json!({"name": "m"}));
    assert_eq!(error["code"], 23, "{error}");
    assert!(
        error["message"]
            .as_str()
            .is_some_and(|text| text.contains("/no/such/program")),
        "{error}"
    );
    let status = plugin.status("m");
    assert_eq!(
        (&status["state"], &status["reason"]),
        (&json!("created"), &json!("start_failed"))
    );
    assert!(
        status["description"]
            .as_str()
            .is_some_and(|text| text.contains("/no/such/program")),
        "{status}"
    );
    assert!(status.get("exit_code").is_none());
}

#[test]
fn a_start_that_fails_after_a_good_one_keeps_how_that_ended() {
    let plugin = Plugin::new();
    let program = plugin.state().join("program");
    let install = || {
        std::fs::write(&program, "#!/bin/sh\nexit 7\n").expect("it is writable");
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(&program, mode).expect("it is ours");
    };
    install();
    plugin.create("m", json!({"command": [program.to_str()]}));
    plugin.start("m");
    let first = plugin.ended("m");
    std::fs::remove_file(&program).expect("it is there");
    assert_eq!(plugin.code("start", json!({"name": "m"})), 23);
    let status = plugin.status("m");
    assert_eq!(
        (&status["state"], &status["exit_code"]),
        (&json!("exited"), &json!(7))
    );
    assert_eq!(
        (&status["reason"], &status["finished_at"]),
        (&json!("start_failed"), &first["finished_at"])
    );
    install();
    plugin.start("m");
    assert_eq!(plugin.ended("m").get("reason"), None);
}

#[test]
fn what_may_not_be_executed_is_told_apart_from_what_is_missing() {
    let plugin = Plugin::new();
    plugin.create("m", json!({"command": ["/etc/passwd"]}));
    let error = plugin.ask("start", json!({"name": "m"}));
    assert_eq!(error["code"], 23, "{error}");
    assert!(
        error["message"]
            .as_str()
            .is_some_and(|text| text.contains("may not be executed")),
        "{error}"
    );
}

#[test]
fn the_working_directory_is_asked_for_at_start_and_not_before() {
    let plugin = Plugin::new();
    let directory = plugin.state().join("work");
    plugin.create(
        "m",
        json!({"command": ["pwd"], "working_dir": directory.to_str()}),
    );
    let error = plugin.ask("start", json!({"name": "m"}));
    assert_eq!(error["code"], 24, "{error}");
    assert!(
        error["message"]
            .as_str()
            .is_some_and(|text| text.contains(directory.to_str().expect("UTF-8"))),
        "{error}"
    );
    std::fs::create_dir(&directory).expect("it can be made");
    plugin.start("m");
    plugin.ended("m");
    assert_eq!(
        plugin.log(json!({"name": "m"})).trim_end(),
        directory.to_str().expect("UTF-8")
    );
}

#[test]
fn the_configuration_wins_over_the_request_and_that_over_the_plugin() {
    let plugin = Plugin::new();
    let config = json!({"command": ["env"], "env": {"A": "config", "B": "config"}});
    let env = json!({"B": "request", "C": "request", "LANG": "request"});
    plugin.ok(
        "create",
        json!({"name": "m", "config_type": "process", "config": config, "env": env}),
    );
    let mut start = plugin.command();
    start.env("LANG", "plugin").env("SECRET_OF_THE_HOST", "x");
    let mut child = start.spawn().expect("the plugin can be started");
    let stdin = child.stdin.take().expect("stdin is piped");
    std::io::Write::write_all(
        &mut { stdin },
        &support::request("start", json!({"name": "m"})),
    )
    .expect("it reads");
    child.wait().expect("the plugin can be waited for");
    plugin.ended("m");
    let log = plugin.log(json!({"name": "m"}));
    for line in ["A=config", "B=config", "C=request", "LANG=request"] {
        assert!(
            log.lines().any(|found| found == line),
            "{line} is not in {log}"
        );
    }
    assert!(
        log.contains("PATH=") && !log.contains("SECRET_OF_THE_HOST"),
        "{log}"
    );
}

#[test]
fn of_many_starts_at_once_exactly_one_starts() {
    let plugin = Plugin::new();
    plugin.create_shell("m", "echo started; exec sleep 1000");
    let changed: Vec<bool> = thread::scope(|scope| {
        let starts: Vec<_> = (0..8).map(|_| scope.spawn(|| plugin.start("m"))).collect();
        starts
            .into_iter()
            .map(|start| start.join().expect("a start answers"))
            .collect()
    });
    assert_eq!(
        changed.iter().filter(|&&changed| changed).count(),
        1,
        "{changed:?}"
    );
    plugin.stop("m");
    assert_eq!(plugin.log(json!({"name": "m"})), "started\n");
}

#[test]
fn of_many_creates_at_once_exactly_one_makes_the_module() {
    let plugin = Plugin::new();
    let spec = json!({"name": "m", "config_type": "process", "config": {"command": ["true"]}});
    let changed: Vec<Value> = thread::scope(|scope| {
        let creates: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| plugin.ok("create", spec.clone())))
            .collect();
        creates
            .into_iter()
            .map(|create| create.join().expect("a create answers")["changed"].clone())
            .collect()
    });
    assert_eq!(
        changed.iter().filter(|&changed| changed == true).count(),
        1,
        "{changed:?}"
    );
}

#[test]
fn a_module_that_ignores_the_signal_is_killed_with_all_that_it_started() {
    let plugin = Plugin::new();
    let script = "trap '' TERM; setsid sleep 1000 & (sleep 1000 &) ; echo ready; while :; do sleep 1000; done";
    plugin.create_shell("m", script);
    plugin.start("m");
    plugin.wait_for_output("m", "ready");
    let pids = eventually(|| Some(plugin.pids("m")).filter(|pids| pids.len() == 4));
    let supervisor = plugin.supervisor("m");
    let stopped = plugin.ok("stop", json!({"name": "m", "timeout": 1}));
    assert_eq!(stopped["changed"], true);
    for pid in pids {
        assert!(!is_alive(pid), "process {pid} is still there");
    }
    assert!(!is_alive(supervisor));
    assert_eq!(plugin.status("m")["exit_code"], 137);
}

#[test]
fn the_first_process_takes_the_others_with_it() {
    let plugin = Plugin::new();
    plugin.create_shell(
        "m",
        "setsid sleep 1000 & sleep 1000 & echo ready; read never </dev/zero; exit 4",
    );
    plugin.create_shell("n", "setsid sleep 1000 & echo $!; exit 4");
    plugin.start("n");
    assert_eq!(plugin.ended("n")["exit_code"], 4);
    let pid: u64 = plugin
        .log(json!({"name": "n"}))
        .trim()
        .parse()
        .expect("it writes a pid");
    assert!(!is_alive(pid));
}

#[test]
fn the_stop_signal_is_the_configured_one_and_goes_to_the_whole_group() {
    let plugin = Plugin::new();
    let script = "trap 'echo first; exit 5' INT; (trap 'echo second; exit' INT; echo ready; while :; do sleep 0.05; done) & \
                  echo ready; while :; do sleep 0.05; done";
    plugin.create(
        "m",
        json!({"command": ["sh", "-c", script], "stop_signal": "INT"}),
    );
    plugin.start("m");
    plugin.wait_for_output("m", "ready\nready\n");
    plugin.stop("m");
    let log = plugin.log(json!({"name": "m"}));
    assert!(log.contains("first"), "{log}");
    assert_eq!(plugin.status("m")["exit_code"], 5);
}

#[test]
fn timeout_zero_kills_at_once() {
    let plugin = Plugin::new();
    plugin.create_shell(
        "m",
        "trap 'echo asked; exit 0' TERM; echo ready; while :; do sleep 0.05; done",
    );
    plugin.start("m");
    plugin.wait_for_output("m", "ready");
    plugin.ok("stop", json!({"name": "m", "timeout": 0}));
    assert_eq!(plugin.status("m")["exit_code"], 137);
    assert_eq!(plugin.log(json!({"name": "m"})), "ready\n");
}

#[test]
fn a_deadline_cuts_the_grace_of_a_stop() {
    let plugin = Plugin::new();
    plugin.create_shell(
        "m",
        "trap '' TERM; echo ready; while :; do sleep 1000; done",
    );
    plugin.start("m");
    plugin.wait_for_output("m", "ready");
    let members = json!({"name": "m", "timeout": 86400, "_deadline_ms": 2000});
    let stopped = plugin.ask("stop", members);
    // A busy machine may need longer than what is kept for the killing.
    assert!(
        stopped["changed"] == true || stopped["code"] == 6,
        "{stopped}"
    );
    assert_eq!(plugin.ended("m")["exit_code"], 137);
}

#[test]
fn a_stop_in_its_grace_keeps_nobody_from_removing() {
    let plugin = Plugin::new();
    plugin.create_shell(
        "m",
        "trap 'echo asked' TERM; echo ready; while :; do sleep 0.05; done",
    );
    plugin.start("m");
    plugin.wait_for_output("m", "ready");
    thread::scope(|scope| {
        let stop = scope.spawn(|| plugin.ok("stop", json!({"name": "m", "timeout": 3600})));
        plugin.wait_for_output("m", "asked");
        assert!(plugin.remove("m"));
        // It has stopped it, unless the remove was done first and says so.
        let stopped = stop.join().expect("the stop answers");
        assert!(stopped["changed"].is_boolean(), "{stopped}");
        assert_eq!(plugin.code("status", json!({"name": "m"})), 20);
    });
}

#[test]
fn restart_is_a_new_run_with_the_old_output() {
    let plugin = Plugin::new();
    plugin.create_shell("m", "echo $$; exec sleep 1000");
    plugin.start("m");
    let first = plugin.wait_for_output("m", "\n");
    assert_eq!(plugin.ok("restart", json!({"name": "m"}))["changed"], true);
    let both = eventually(|| {
        Some(plugin.log(json!({"name": "m"}))).filter(|log| log.lines().count() == 2)
    });
    assert!(both.starts_with(&first));
    let pid = plugin.status("m")["pid"].to_string();
    assert_eq!(both.lines().nth(1), Some(pid.as_str()));
}

#[test]
fn remove_leaves_nothing() {
    let plugin = Plugin::new();
    plugin.create_shell("m", "setsid sleep 1000 & echo ready; exec sleep 1000");
    plugin.start("m");
    plugin.wait_for_output("m", "ready");
    let (pids, supervisor) = (plugin.pids("m"), plugin.supervisor("m"));
    assert!(plugin.remove("m"));
    for pid in pids.into_iter().chain([supervisor]) {
        assert!(!is_alive(pid), "process {pid} is still there");
    }
    for directory in ["modules", "locks", "scratch"] {
        let left = std::fs::read_dir(plugin.state().join(directory))
            .expect("it is there")
            .count();
        assert_eq!(left, 0, "{directory}");
    }
}

#[test]
fn a_module_has_no_terminal_no_input_and_no_descriptor_of_the_plugin() {
    let plugin = Plugin::new();
    // Nothing is piped: a shell that makes a pipe holds its ends for a moment,
    // which are none of the plugin's.
    plugin.create_shell("m", "read line || echo no input; exec ls -l /proc/self/fd");
    plugin.start("m");
    plugin.ended("m");
    let log = plugin.log(json!({"name": "m"}));
    assert!(log.starts_with("no input\n"), "{log}");
    let listed = log.lines().filter_map(|line| {
        let (before, target) = line.split_once(" -> ")?;
        Some((before.rsplit(' ').next()?, target))
    });
    // The directory that `ls` itself reads is one of its descriptors.
    let descriptors: Vec<(&str, &str)> = listed
        .filter(|(_, target)| !(target.starts_with("/proc/") && target.ends_with("/fd")))
        .collect();
    let numbers: Vec<&str> = descriptors.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, ["0", "1", "2"], "{log}");
    assert_eq!(descriptors[0], ("0", "/dev/null"), "{log}");
}

#[test]
fn an_environment_that_breaks_programs_is_the_modules_alone() {
    let plugin = Plugin::new();
    let env =
        json!({"LD_PRELOAD": "/no/such/library", "LD_LIBRARY_PATH": "/", "A": "x=y", "EMPTY": ""});
    plugin.create(
        "m",
        json!({"command": ["sh", "-c", "echo $LD_LIBRARY_PATH; env"], "env": env}),
    );
    plugin.start("m");
    assert_eq!(plugin.ended("m")["exit_code"], 0);
    let log = plugin.log(json!({"name": "m", "streams": ["stdout"]}));
    for line in ["/", "LD_PRELOAD=/no/such/library", "A=x=y", "EMPTY="] {
        assert!(
            log.lines().any(|found| found == line),
            "{line} is not in {log}"
        );
    }
}

#[test]
fn a_stop_that_is_cancelled_says_so_and_can_be_sent_again() {
    let plugin = Plugin::new();
    plugin.create_shell(
        "m",
        "trap 'echo asked' TERM; echo ready; while :; do sleep 0.05; done",
    );
    plugin.start("m");
    plugin.wait_for_output("m", "ready");
    let stop = plugin.spawn(&support::request(
        "stop",
        json!({"name": "m", "timeout": 3600}),
    ));
    plugin.wait_for_output("m", "asked");
    let told = std::process::Command::new("kill")
        .arg(stop.id().to_string())
        .status();
    assert!(told.expect("`kill` is there").success());
    let output = stop
        .wait_with_output()
        .expect("the plugin can be waited for");
    assert!(output.status.success());
    assert_eq!(support::parse(&output.stdout)["code"], 7);
    assert_eq!(plugin.status("m")["state"], "running");
    plugin.ok("stop", json!({"name": "m", "timeout": 0}));
    assert_eq!(plugin.status("m")["state"], "exited");
}

#[test]
fn who_does_not_get_the_lock_is_told_to_come_back() {
    let plugin = Plugin::new();
    plugin.create_shell("m", "true");
    let path = plugin.state().join("locks/m");
    let held = std::fs::File::options()
        .write(true)
        .open(path)
        .expect("it was locked before");
    rustix::fs::flock(&held, rustix::fs::FlockOperation::LockExclusive).expect("nobody holds it");
    let error = plugin.ask("start", json!({"name": "m", "_deadline_ms": 100}));
    assert!(error["code"] == 5 || error["code"] == 6, "{error}");
    assert_eq!(
        plugin.status("m")["state"],
        "created",
        "reading takes no lock"
    );
    drop(held);
    assert!(plugin.start("m"));
}
