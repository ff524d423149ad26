//! Modules: what they are, what runs in them, how they end.

use std::fs;

use serde_json::json;
use shellrt_testkit::{eventually, is_alive};

use crate::Test;
use crate::world::{OPEN, World, Yard, shell};

pub(crate) const TESTS: &[Test] = &[
    ("a_life_has_these_states", a_life_has_these_states),
    ("the_image_says_what_runs", the_image_says_what_runs),
    (
        "a_config_says_more_than_the_image",
        a_config_says_more_than_the_image,
    ),
    ("ends_have_their_codes", ends_have_their_codes),
    (
        "a_module_that_ignores_the_signal_is_killed",
        a_module_that_ignores_the_signal_is_killed,
    ),
    (
        "a_command_that_is_not_there_is_23",
        a_command_that_is_not_there_is_23,
    ),
    (
        "an_exited_module_leaves_no_process",
        an_exited_module_leaves_no_process,
    ),
    (
        "requests_that_cannot_be_met_say_where",
        requests_that_cannot_be_met_say_where,
    ),
    ("limits_and_walls_are_dockers", limits_and_walls_are_dockers),
    ("what_runs_is_measured", what_runs_is_measured),
    (
        "what_is_not_built_is_not_claimed",
        what_is_not_built_is_not_claimed,
    ),
];

fn a_life_has_these_states(world: &'static World) {
    let yard = Yard::new(world, "states");
    yard.pull("box");
    let named = json!({"name": "m"});
    for command in ["status", "start", "stop", "restart", "logs", "top"] {
        assert_eq!(yard.code(command, named.clone()), 20, "{command}");
    }
    assert!(!yard.remove("m"), "it is not there");
    yard.create_shell("m", "echo up; exec sleep 1000");
    assert_eq!(yard.status("m")["state"], "created");
    assert_eq!(yard.names(), ["m"]);
    assert!(!yard.stop("m"), "it does not run");
    assert_eq!(yard.code("top", named.clone()), 22);
    let same = json!({"name": "m", "config_type": "containerd", "config": shell("echo up; exec sleep 1000")});
    assert_eq!(yard.ok("create", same)["changed"], false);
    let other = json!({"name": "m", "config_type": "containerd", "config": shell("echo other")});
    assert_eq!(yard.code("create", other), 21);

    assert!(yard.start("m"));
    assert!(!yard.start("m"), "it runs");
    let status = yard.status("m");
    assert_eq!(status["state"], "running", "{status}");
    let pid = status["pid"].as_u64().expect("it has a process");
    yard.wait_for_output("m", "up");
    assert_eq!(yard.pids("m"), [pid]);
    yard.ok("restart", named.clone());
    let second = yard.status("m")["pid"].as_u64().expect("it has a process");
    assert!(second != pid && !is_alive(pid));
    assert!(yard.stop("m"));
    assert!(!yard.stop("m"));
    let status = yard.status("m");
    assert_eq!(status["state"], "exited", "{status}");
    assert!(status["finished_at"].is_string(), "{status}");
    assert!(yard.start("m"), "it can run again");
    assert!(yard.remove("m"), "one that runs is stopped first");
    assert!(yard.names().is_empty());
}

fn the_image_says_what_runs(world: &'static World) {
    let yard = Yard::new(world, "image");
    let image = yard.pull("app");
    let output = yard.output_of("m", json!({"image": image}));
    assert_eq!(
        output,
        "1234\n2345\n2345 3456\n/home/app\nhello /home/app zero one\n"
    );
    // Arguments replace the image's command, and not its entrypoint.
    let output = yard.output_of("n", json!({"image": image, "args": ["other"]}));
    assert!(output.ends_with("hello /home/app other\n"), "{output}");
    // The image's stop signal.
    let script = "trap 'echo asked nicely; exit 7' USR1; echo up; while :; do sleep 0.05; done";
    yard.create_config(
        "s",
        json!({"image": image, "entrypoint": ["sh", "-c"], "args": [script]}),
    );
    yard.start("s");
    yard.wait_for_output("s", "up");
    yard.stop("s");
    assert_eq!(yard.status("s")["exit_code"], 7);
    assert!(yard.log(json!({"name": "s"})).contains("asked nicely"));
}

fn a_config_says_more_than_the_image(world: &'static World) {
    let yard = Yard::new(world, "config");
    let image = yard.pull("app");
    let data = yard.state.with_extension("data");
    fs::create_dir_all(&data).expect("it can be made");
    fs::write(data.join("file"), "from outside\n").expect("it is writable");
    let script = "id -u; id -g; pwd; echo $GREETING $MORE; cat /data/file; \
                  touch /data/x 2>/dev/null || echo read-only; touch /y 2>/dev/null || echo root too; \
                  hostname; ls -l /dev/full | cut -c1; cat /sys/class/net/*/uevent | grep -c INTERFACE; \
                  df /scratch | tail -1 | cut -d' ' -f1; grep -c . /etc/hosts";
    let output = yard.output_of(
        "m",
        json!({"image": image, "entrypoint": ["sh", "-c"], "args": [script], "user": "0:3456",
            "working_dir": "/srv", "env": {"GREETING": "mine", "MORE": "more"}, "hostname": "edge",
            "read_only_rootfs": true,
            "mounts": [{"kind": "bind", "source": data, "target": "/data", "read_only": true},
                {"kind": "tmpfs", "target": "/scratch", "size_bytes": 65536}],
            "devices": [{"path": "/dev/full"}]}),
    );
    assert_eq!(
        output,
        "0\n3456\n/srv\nmine more\nfrom outside\nread-only\nroot too\nedge\nc\n1\ntmpfs\n3\n"
    );
    assert!(!data.join("x").exists());
    // The machine's network is this suite's, in which a registry listens.
    let script = "nc -w 1 127.0.0.1 5055 </dev/null 2>/dev/null && echo reached";
    let config =
        json!({"image": image, "entrypoint": ["sh", "-c"], "args": [script], "network": "host"});
    assert_eq!(yard.output_of("host", config), "reached\n");
    let config = json!({"image": image, "entrypoint": ["sh", "-c"], "args": [format!("{script} || echo alone")]});
    assert_eq!(yard.output_of("none", config), "alone\n");
    let env = json!({"name": "e", "config_type": "containerd-cri", "env": {"A": "request", "GREETING": "request"},
        "config": {"image": image, "entrypoint": ["sh", "-c"], "args": ["echo $A $GREETING"], "env": {"A": "config"}}});
    yard.ok("create", env);
    yard.start("e");
    yard.ended("e");
    assert_eq!(yard.log(json!({"name": "e"})), "config request\n");
    fs::remove_dir_all(data).expect("it is removable");
}

fn ends_have_their_codes(world: &'static World) {
    let yard = Yard::new(world, "codes");
    yard.pull("box");
    for (name, script, code) in [
        ("zero", "true", 0),
        ("three", "exit 3", 3),
        ("missing", "no-such-program", 127),
        ("segv", "kill -SEGV $$", 139),
        ("term", "kill -TERM $$; sleep 5", 0),
    ] {
        yard.create_shell(name, script);
        yard.start(name);
        let status = yard.ended(name);
        if name != "segv" && name != "term" {
            assert_eq!(status["exit_code"], code, "{status}");
        }
        assert!(
            status["started_at"].is_string() && status["finished_at"].is_string(),
            "{status}"
        );
        assert!(status["pid"].is_null(), "{status}");
    }
}

fn a_module_that_ignores_the_signal_is_killed(world: &'static World) {
    let yard = Yard::new(world, "ignores");
    yard.pull("box");
    yard.create_shell("m", "trap '' TERM; echo up; while :; do sleep 1; done");
    yard.start("m");
    yard.wait_for_output("m", "up");
    yard.ok("stop", json!({"name": "m", "timeout": 1}));
    let status = yard.status("m");
    assert_eq!(
        (&status["exit_code"], &status["reason"]),
        (&json!(137), &json!("killed"))
    );
}

fn a_command_that_is_not_there_is_23(world: &'static World) {
    let yard = Yard::new(world, "absent");
    let image = yard.pull("box");
    yard.create_config("m", json!({"image": image, "entrypoint": ["/no/such"]}));
    let answer = yard.err("start", json!({"name": "m"}));
    assert_eq!(answer["code"], 23, "{answer}");
    assert!(
        answer["message"]
            .as_str()
            .expect("text")
            .contains("/no/such"),
        "{answer}"
    );
    assert!(
        !answer.to_string().contains("OCI runtime"),
        "runc's words are a cause: {answer}"
    );
    let status = yard.status("m");
    assert_ne!(status["state"], "running", "{status}");
    assert_eq!(yard.ctr(&["tasks", "list", "-q"]), "", "no task is left");
}

fn an_exited_module_leaves_no_process(world: &'static World) {
    let yard = Yard::new(world, "resident");
    yard.pull("box");
    yard.create_shell("m", "echo done; exit 5");
    yard.start("m");
    // No plugin runs from here on until nothing is resident.
    eventually(|| yard.ctr(&["tasks", "list", "-q"]).is_empty().then_some(()));
    eventually(|| yard.loggers().is_empty().then_some(()));
    let status = yard.status("m");
    assert_eq!(
        (&status["state"], &status["exit_code"]),
        (&json!("exited"), &json!(5))
    );
    assert_eq!(yard.log(json!({"name": "m"})), "done\n");
}

fn requests_that_cannot_be_met_say_where(world: &'static World) {
    let yard = Yard::new(world, "bad");
    let image = yard.pull("box");
    let create = |config| json!({"name": "m", "config_type": "containerd", "config": config});
    for (config, pointer) in [
        (json!({"image": image, "args": [7]}), "/config/args/0"),
        (json!({"image": image, "env": {"A": 1}}), "/config/env/A"),
        (
            json!({"image": image, "mounts": [{"kind": "bind", "source": "relative", "target": "/x"}]}),
            "/config/mounts/0/source",
        ),
        (
            json!({"image": image, "resources": {"memory_bytes": 1}}),
            "/config/resources/memory_bytes",
        ),
        (json!({}), "/config/image"),
        (json!("text"), "/config"),
    ] {
        let answer = yard.err("create", create(config));
        assert_eq!(answer["code"], 2, "{answer}");
        assert!(
            answer.to_string().contains(&format!("\"{pointer}\"")),
            "{pointer}: {answer}"
        );
    }
    let unknown = yard.err(
        "create",
        create(json!({"image": format!("{OPEN}/never:1")})),
    );
    assert_eq!(unknown["code"], 40, "{unknown}");
    let foreign = json!({"name": "m", "config_type": "docker", "config": {"image": image}});
    let foreign = yard.err("create", foreign);
    assert_eq!(foreign["code"], 3, "{foreign}");
    assert!(yard.names().is_empty());
}

fn limits_and_walls_are_dockers(world: &'static World) {
    let yard = Yard::new(world, "walls");
    let image = yard.pull("box");
    let script = "grep -E 'CapEff|Seccomp:|NoNewPrivs' /proc/self/status; \
                  head -c 1 /proc/kcore 2>&1 | wc -c; mount -t tmpfs x /srv 2>/dev/null || echo no mount; \
                  touch /proc/sys/kernel/x 2>/dev/null || echo no sysctl; \
                  df -k /dev/shm | tail -1 | tr -s ' ' | cut -d' ' -f2; ls /sys/fs/cgroup >/dev/null && echo cgroups";
    let output = yard.output_of("m", shell(script));
    // Docker's fourteen capabilities.
    assert!(output.contains("CapEff:\t00000000a80425fb"), "{output}");
    assert!(output.contains("Seccomp:\t2"), "{output}");
    assert!(output.contains("no mount\nno sysctl\n65536\n"), "{output}");
    let config = json!({"image": image, "entrypoint": ["sh", "-c"], "args": ["grep CapEff /proc/self/status"],
        "capabilities": {"drop": ["ALL"]}});
    assert_eq!(
        yard.output_of("none", config),
        "CapEff:\t0000000000000000\n"
    );
    let mut config = shell("echo up; exec sleep 1000");
    config["resources"] = json!({"memory_bytes": 33_554_432});
    yard.create_config("limited", config);
    yard.start("limited");
    yard.wait_for_output("limited", "up");
    let stats = yard.ok("stats", json!({"names": ["limited"]}));
    assert_eq!(
        stats["modules"][0]["sample"]["memory_limit_bytes"], 33_554_432,
        "{stats}"
    );
}

fn what_runs_is_measured(world: &'static World) {
    let yard = Yard::new(world, "measured");
    yard.pull("box");
    yard.create_shell("m", "sleep 1000 & echo up; while :; do :; done");
    yard.start("m");
    yard.wait_for_output("m", "up");
    let top = yard.ok("top", json!({"name": "m", "details": true}));
    let processes = top["processes"].as_array().expect("a list");
    assert_eq!(processes.len(), 2, "{top}");
    assert!(
        processes[0]["command"]
            .as_str()
            .expect("text")
            .starts_with("sh -c"),
        "{top}"
    );
    let sample =
        |answer: &serde_json::Value| answer["modules"][0]["sample"]["cpu_time_us"].as_u64();
    let first = sample(&yard.ok("stats", json!({"names": ["m"]}))).expect("it is measured");
    eventually(|| (sample(&yard.ok("stats", json!({})))? > first).then_some(()));
    let info = yard.ok("sys_info", json!({}));
    assert_eq!(info["engine"]["name"], "containerd", "{info}");
    let version = yard.ctr(&["version"]);
    let engine = info["engine"]["version"].as_str().expect("text");
    assert!(version.contains(engine), "{engine} is not in {version}");
}

fn what_is_not_built_is_not_claimed(world: &'static World) {
    let yard = Yard::new(world, "claims");
    let claims = yard.ok("describe", json!({}));
    let commands = claims["commands"].as_array().expect("a list");
    for (command, members) in [
        ("network_ensure", json!({"name": "edge"})),
        ("img_load", json!({"path": "/nowhere.tar"})),
    ] {
        let claimed = commands.contains(&json!(command));
        let code = yard.code(command, members);
        assert_eq!(
            code == 3,
            !claimed,
            "{command}: claimed {claimed}, code {code}"
        );
    }
    assert!(claims["config_types"]["containerd"].is_object(), "{claims}");
    assert!(
        claims["config_types"]["containerd-cri"].is_object(),
        "{claims}"
    );
}
