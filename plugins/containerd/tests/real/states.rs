//! States that come from elsewhere: containers of other tools, records that
//! cannot be read, freezers, names that containerd does not take.

use std::fs;
use std::thread;

use serde_json::{Value, json};
use shellrt_testkit::{eventually, is_alive, request};

use crate::Test;
use crate::world::{World, Yard, run, shell};

pub(crate) const TESTS: &[Test] = &[
    (
        "a_container_of_another_tool_is_no_module",
        a_container_of_another_tool_is_no_module,
    ),
    (
        "a_record_that_cannot_be_read_is_dead",
        a_record_that_cannot_be_read_is_dead,
    ),
    ("a_frozen_module_is_paused", a_frozen_module_is_paused),
    (
        "a_shim_that_does_not_answer_is_no_state",
        a_shim_that_does_not_answer_is_no_state,
    ),
    (
        "what_a_hung_shim_serves_can_be_removed",
        what_a_hung_shim_serves_can_be_removed,
    ),
    (
        "names_that_containerd_does_not_take_work",
        names_that_containerd_does_not_take_work,
    ),
    (
        "what_is_large_is_kept_or_refused",
        what_is_large_is_kept_or_refused,
    ),
    (
        "a_stop_lets_others_in_while_it_waits",
        a_stop_lets_others_in_while_it_waits,
    ),
    (
        "links_of_an_image_do_not_lead_out_of_it",
        links_of_an_image_do_not_lead_out_of_it,
    ),
    (
        "what_is_bound_is_looked_for_at_start",
        what_is_bound_is_looked_for_at_start,
    ),
    (
        "files_that_are_torn_are_made_again",
        files_that_are_torn_are_made_again,
    ),
];

fn a_container_of_another_tool_is_no_module(world: &'static World) {
    let yard = Yard::new(world, "foreign");
    let image = yard.pull("box");
    yard.ctr(&["run", "--detach", &image, "other", "sleep", "1000"]);
    let named = json!({"name": "other"});
    for command in ["status", "start", "stop", "restart", "logs", "top"] {
        assert_eq!(yard.code(command, named.clone()), 20, "{command}");
    }
    let stats = yard.ok("stats", json!({"names": ["other"]}));
    assert_eq!(stats["modules"][0]["error"]["code"], 20, "{stats}");
    assert_eq!(yard.ok("stats", json!({}))["modules"], json!([]));
    assert!(yard.names().is_empty());
    assert_eq!(
        yard.ok("list", json!({"details": true}))["modules"],
        json!([])
    );
    assert!(!yard.remove("other"));
    let create = json!({"name": "other", "config_type": "containerd", "config": {"image": image}});
    assert_eq!(yard.code("create", create), 21);
    let tasks = yard.ctr(&["tasks", "list"]);
    assert!(tasks.contains("RUNNING"), "{tasks}");
    yard.ctr(&["tasks", "kill", "--signal", "SIGKILL", "other"]);
    eventually(|| {
        yard.ctr(&["tasks", "list"])
            .contains("STOPPED")
            .then_some(())
    });
    yard.ctr(&["tasks", "delete", "other"]);
    yard.ctr(&["containers", "delete", "other"]);
}

fn a_record_that_cannot_be_read_is_dead(world: &'static World) {
    let yard = Yard::new(world, "dead");
    let image = yard.pull("box");
    yard.create_shell("sound", "true");
    yard.ctr(&[
        "containers",
        "create",
        "--label",
        "shellrt.module=m",
        &image,
        "m",
    ]);
    let named = json!({"name": "m"});
    let status = yard.status("m");
    assert_eq!(
        (&status["state"], &status["status"]),
        (&json!("dead"), &json!("dead"))
    );
    let create = json!({"name": "m", "config_type": "containerd", "config": shell("true")});
    assert_eq!(yard.code("create", create), 25);
    assert_eq!(yard.code("start", named.clone()), 25);
    assert_eq!(yard.code("restart", named.clone()), 25);
    assert_eq!(yard.code("top", named.clone()), 22);
    assert!(!yard.stop("m"));
    assert_eq!(yard.log(named.clone()), "");
    assert_eq!(yard.log(json!({"name": "m", "follow": true})), "");
    let stats = yard.ok("stats", json!({"names": ["m"]}));
    assert_eq!(stats["modules"][0]["error"]["code"], 22, "{stats}");
    let list = yard.ok("list", json!({"details": true}));
    assert_eq!(list["modules"], json!(["m", "sound"]));
    assert_eq!(list["details"][0]["status"]["state"], "dead", "{list}");
    assert_eq!(list["details"][1]["status"]["state"], "created", "{list}");
    assert!(yard.remove("m"));
    assert_eq!(yard.names(), ["sound"]);
}

fn a_frozen_module_is_paused(world: &'static World) {
    let yard = Yard::new(world, "frozen");
    yard.pull("box");
    let named = json!({"name": "m"});
    let script = "trap 'exit 6' TERM; echo up; while :; do sleep 0.05; done";
    yard.create_shell("m", script);
    let freeze = || {
        yard.ctr(&["tasks", "pause", "m"]);
        let status = yard.status("m");
        assert_eq!(
            (&status["state"], &status["status"]),
            (&json!("paused"), &json!("stopped"))
        );
        assert!(status["pid"].is_u64(), "{status}");
    };
    let start = || {
        yard.start("m");
        let ups = yard.log(named.clone()).matches("up").count();
        eventually(|| (yard.log(named.clone()).matches("up").count() >= ups.max(1)).then_some(()));
    };
    start();
    freeze();
    assert!(!yard.pids("m").is_empty());
    let stats = yard.ok("stats", json!({}));
    assert_eq!(stats["modules"][0]["name"], "m", "{stats}");
    let create = json!({"name": "m", "config_type": "containerd", "config": shell(script)});
    assert_eq!(yard.ok("create", create)["changed"], false);
    assert!(yard.start("m"), "it goes on");
    assert_eq!(yard.status("m")["state"], "running");
    freeze();
    assert!(yard.stop("m"));
    assert_eq!(yard.status("m")["exit_code"], 6, "it ended by itself");
    start();
    freeze();
    yard.ok("stop", json!({"name": "m", "timeout": 0}));
    assert_eq!(yard.status("m")["exit_code"], 137);
    start();
    freeze();
    yard.ok("restart", named.clone());
    assert_eq!(yard.status("m")["state"], "running");
    freeze();
    assert!(yard.remove("m"));
}

fn a_shim_that_does_not_answer_is_no_state(world: &'static World) {
    let yard = Yard::new(world, "silent");
    yard.pull("box");
    yard.create_shell("m", "echo up; exec sleep 1000");
    yard.create_shell("other", "true");
    yard.start("m");
    yard.wait_for_output("m", "up");
    let line = format!("shim-runc-v2 -namespace {} ", yard.namespace);
    let shim = run("pgrep", &["--full", &line]);
    let shim = shim.trim();
    run("kill", &["-STOP", shim]);
    let list = yard.ok("list", json!({"details": true}));
    assert_eq!(
        list["details"][0]["error"]["class"], "unavailable",
        "{list}"
    );
    assert_eq!(list["details"][1]["status"]["state"], "created", "{list}");
    let answer = yard.err("status", json!({"name": "m"}));
    assert_eq!(answer["class"], "unavailable", "{answer}");
    run("kill", &["-CONT", shim]);
    assert_eq!(yard.status("m")["state"], "running");
}

fn what_a_hung_shim_serves_can_be_removed(world: &'static World) {
    let yard = Yard::new(world, "hung");
    yard.pull("box");
    yard.create_shell("m", "echo up; exec sleep 1000");
    yard.start("m");
    yard.wait_for_output("m", "up");
    let pid = yard.status("m")["pid"].as_u64().expect("it runs");
    let line = format!("shim-runc-v2 -namespace {} ", yard.namespace);
    run("pkill", &["-STOP", "--full", &line]);
    assert!(yard.remove("m"));
    assert!(!is_alive(pid));
    assert!(yard.names().is_empty());
    yard.create_shell("m", "exit 3");
    yard.start("m");
    assert_eq!(yard.ended("m")["exit_code"], 3);
}

fn names_that_containerd_does_not_take_work(world: &'static World) {
    let yard = Yard::new(world, "names");
    yard.pull("box");
    let long = "x".repeat(128);
    let mut names = ["A..b", "a_", "a--b", "shellrt-x", &long];
    for name in names {
        yard.create_shell(name, "echo I am here; exec sleep 1000");
        yard.start(name);
        yard.wait_for_output(name, "I am here");
        assert_eq!(yard.status(name)["name"], name);
        assert_eq!(yard.pids(name).len(), 1);
    }
    names.sort_unstable();
    assert_eq!(yard.names(), names);
    let stats = yard.ok("stats", json!({}));
    assert_eq!(stats["modules"].as_array().expect("a list").len(), 5);
    for name in names {
        assert!(yard.stop(name) && yard.remove(name), "{name}");
    }
}

fn what_is_large_is_kept_or_refused(world: &'static World) {
    let yard = Yard::new(world, "large");
    yard.pull("box");
    let labels = json!({"one": "1".repeat(1 << 20), "two": "2".repeat(1 << 20)});
    let mut config = shell("exec sleep 1000");
    config["env"] = json!({"LARGE": "v".repeat(100_000)});
    let create = |config: &Value| json!({"name": "m", "config_type": "containerd", "labels": labels, "config": config});
    yard.ok("create", create(&config));
    yard.start("m");
    assert_eq!(yard.status("m")["labels"], labels);
    let one = json!({"labels": {"one": labels["one"]}});
    assert_eq!(yard.ok("list", one)["modules"], json!(["m"]));
    assert!(yard.remove("m"));
    config["env"] = json!({"LARGE": "v".repeat(7 << 20)});
    let answer = yard.err("create", create(&config));
    assert_eq!(answer["code"], 2, "{answer}");
    assert!(yard.names().is_empty());
}

fn a_stop_lets_others_in_while_it_waits(world: &'static World) {
    let yard = Yard::new(world, "grace");
    yard.pull("box");
    let script = "trap 'echo asked' TERM; echo up; while :; do sleep 0.05; done";
    yard.create_shell("m", script);
    yard.start("m");
    yard.wait_for_output("m", "up");
    let pid = yard.status("m")["pid"].as_u64().expect("it runs");
    thread::scope(|scope| {
        let stop = scope.spawn(|| yard.ok("stop", json!({"name": "m", "timeout": 3600})));
        yard.wait_for_output("m", "asked");
        assert_eq!(yard.status("m")["state"], "running");
        assert!(yard.remove("m"), "it does not wait an hour");
        stop.join().expect("it is answered");
    });
    assert!(!is_alive(pid));
    yard.create_shell("m", script);
    yard.start("m");
    yard.wait_for_output("m", "up");
    let stop = yard.spawn(&request("stop", json!({"name": "m", "timeout": 3600})));
    yard.wait_for_output("m", "asked");
    run("kill", &[&stop.id().to_string()]);
    let output = stop.wait_with_output().expect("it can be waited for");
    assert_eq!(shellrt_testkit::parse(&output.stdout)["code"], 7);
    assert_eq!(yard.status("m")["state"], "running");
    // What the deadline leaves of the grace is all that there is of it.
    yard.ok(
        "stop",
        json!({"name": "m", "timeout": 3600, "_deadline_ms": 8000}),
    );
    assert_eq!(yard.status("m")["exit_code"], 137);
}

fn links_of_an_image_do_not_lead_out_of_it(world: &'static World) {
    let yard = Yard::new(world, "links");
    let image = yard.pull("app");
    // A user of this machine, that the image does not have.
    assert!(
        fs::read_to_string("/etc/passwd")
            .expect("it is readable")
            .contains("\ndaemon:")
    );
    for (name, link) in [
        ("up", "../../../../../../etc/passwd-"),
        ("out", "/proc/1/root/etc/passwd"),
    ] {
        let mut config = shell("id -u");
        config["image"] = json!(image);
        config["user"] = json!("daemon");
        yard.create_config(name, config);
        let mount = world.directory().join("links").join(name);
        fs::create_dir_all(&mount).expect("it can be made");
        let place = mount.display().to_string();
        let command = yard.ctr(&["snapshots", "mounts", &place, name]);
        run("sh", &["-c", &command]);
        fs::copy("/etc/passwd", mount.join("etc/other")).expect("it is writable");
        fs::remove_file(mount.join("etc/passwd")).expect("it is removable");
        std::os::unix::fs::symlink(link, mount.join("etc/passwd")).expect("it is writable");
        run("umount", &[&place]);
        let answer = yard.err("start", json!({"name": name}));
        assert_eq!(answer["code"], 23, "{answer}");
        let text = answer["message"].as_str().expect("text");
        assert!(text.contains("no user `daemon`"), "{answer}");
    }
}

fn what_is_bound_is_looked_for_at_start(world: &'static World) {
    let yard = Yard::new(world, "bound");
    yard.pull("box");
    let data = world.directory().join("bound");
    let bind = |source: &str, target: &str| json!({"kind": "bind", "source": data.join(source), "target": target});
    let mut config = shell("ls -ld /folder | cut -c1-10; ls -l /api.sock | cut -c1");
    config["mounts"] = json!([bind("a/folder", "/folder"), bind("api.sock", "/api.sock")]);
    yard.create_config("m", config);
    let answer = yard.err("start", json!({"name": "m"}));
    assert_eq!(answer["code"], 24, "{answer}");
    assert!(answer.to_string().contains("api.sock"), "{answer}");
    assert!(!data.join("api.sock").exists());
    let status = yard.status("m");
    assert_eq!(
        (&status["state"], &status["reason"]),
        (&json!("created"), &json!("start_failed"))
    );
    let _socket = std::os::unix::net::UnixListener::bind(data.join("api.sock"))
        .expect("a socket can be made");
    yard.start("m");
    assert!(yard.ended("m")["reason"].is_null());
    assert_eq!(yard.log(json!({"name": "m"})), "drwxr-xr-x\ns\n");
    let mut config = shell("true");
    config["devices"] = json!([{"path": "/dev/no-such-device"}]);
    yard.create_config("device", config);
    assert_eq!(yard.code("start", json!({"name": "device"})), 24);
}

/// What of a module is in files can be made again, all but its output, of which
/// the whole records stay.
fn files_that_are_torn_are_made_again(world: &'static World) {
    let yard = Yard::new(world, "torn");
    yard.pull("box");
    yard.create_shell("m", "echo run; cat /etc/hostname");
    yard.start("m");
    yard.ended("m");
    let modules = yard.state.join(&yard.namespace).join("modules/m");
    for name in [
        "launch.json",
        "etc/hosts",
        "etc/hostname",
        "etc/resolv.conf",
    ] {
        fs::write(modules.join(name), b"{\"format\":").expect("it is writable");
    }
    let segment = fs::read_dir(modules.join("log")).expect("it is readable");
    let segment = segment.flatten().map(|entry| entry.path());
    let segment = segment.filter(|path| !path.ends_with("writer.lock")).max();
    let segment = segment.expect("there is a log");
    let whole = fs::read(&segment).expect("it is readable");
    fs::write(&segment, &whole[..whole.len() - 3]).expect("it is writable");
    assert_eq!(yard.status("m")["exit_code"], 0);
    assert_eq!(yard.log(json!({"name": "m"})), "run\n");
    assert!(yard.start("m"));
    let status = yard.ended("m");
    assert_eq!(status["exit_code"], 0, "{status}");
    assert_eq!(yard.log(json!({"name": "m"})), "run\nrun\nm\n");
    fs::remove_dir_all(&modules).expect("it is removable");
    assert_eq!(yard.log(json!({"name": "m"})), "");
    assert!(yard.start("m"));
    yard.ended("m");
    assert_eq!(yard.log(json!({"name": "m"})), "run\nm\n");
}
