//! What a plugin must not do, whatever it is asked: write when it reads, stay
//! when nobody listens, hold up a module, leave files that others can read.

use std::fs;
use std::io::Read;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command};
use std::thread;

use serde_json::json;
use shellrt_testbed::Daemon;
use shellrt_testkit::{eventually, kill, parse, request};

use crate::Test;
use crate::world::{OPEN, World, Yard, run, shell};

pub(crate) const TESTS: &[Test] = &[
    ("asking_writes_nothing", asking_writes_nothing),
    (
        "a_silent_follow_ends_with_its_host",
        a_silent_follow_ends_with_its_host,
    ),
    (
        "a_pull_that_waits_can_be_cancelled",
        a_pull_that_waits_can_be_cancelled,
    ),
    (
        "modules_have_three_descriptors_and_readable_names",
        modules_have_three_descriptors_and_readable_names,
    ),
    (
        "a_full_disk_holds_up_no_module",
        a_full_disk_holds_up_no_module,
    ),
    (
        "a_pull_onto_a_full_disk_says_so_and_keeps_nothing",
        a_pull_onto_a_full_disk_says_so,
    ),
    (
        "a_restart_of_containerd_within_a_stop_loses_nothing",
        a_restart_of_containerd_within_a_stop,
    ),
    (
        "a_follow_goes_on_over_rotation",
        a_follow_goes_on_over_rotation,
    ),
    (
        "names_of_modules_that_are_not_there_leave_no_files",
        names_of_modules_that_are_not_there_leave_no_files,
    ),
];

/// Every file below, with the time of its last change.
fn files_and_times(path: &Path) -> String {
    let path = path.display().to_string();
    let mut lines: Vec<String> = run("find", &[&path, "-printf", "%p %T@ %C@ %s\n"])
        .lines()
        .map(str::to_owned)
        .collect();
    lines.sort();
    lines.join("\n")
}

fn asking_writes_nothing(world: &'static World) {
    let yard = Yard::new(world, "quiet");
    yard.pull("box");
    yard.create_shell("m", "echo up; exec sleep 1000");
    yard.create_shell("done", "exit 3");
    yard.start("m");
    yard.start("done");
    yard.ended("done");
    yard.wait_for_output("m", "up");
    eventually(|| (yard.loggers().len() == 1).then_some(()));
    let before = files_and_times(&yard.state);
    for _ in 0..3 {
        yard.ok("list", json!({"details": true}));
        yard.status("m");
        yard.status("done");
        yard.ok("top", json!({"name": "m", "details": true}));
        yard.ok("stats", json!({"names": ["m", "done", "none"]}));
        yard.log(json!({"name": "m"}));
        yard.ok("img_list", json!({}));
        yard.code("status", json!({"name": "none"}));
    }
    assert_eq!(before, files_and_times(&yard.state));
}

/// Waits for a plugin whose output nobody reads any more.
fn ends(mut child: Child) {
    eventually(|| child.try_wait().expect("it can be waited for"));
}

fn a_silent_follow_ends_with_its_host(world: &'static World) {
    let yard = Yard::new(world, "hang-up");
    yard.pull("box");
    yard.create_shell("m", "echo up; exec sleep 1000");
    yard.start("m");
    yard.wait_for_output("m", "up");
    let mut follow = yard.follow(json!({"name": "m"}));
    assert_eq!(follow.line(), "up\n");
    follow.hang_up();
    let mut told = yard.spawn(&request("logs", json!({"name": "m", "follow": true})));
    let mut output = told.stdout.take().expect("it is piped");
    let mut head = [0; 8];
    output.read_exact(&mut head).expect("there is a head");
    run("kill", &[&told.id().to_string()]);
    let status = told.wait().expect("it can be waited for");
    assert!(!status.success(), "a stream that was cut: {status}");
}

/// A registry that takes connections and says nothing.
fn a_pull_that_waits_can_be_cancelled(world: &'static World) {
    let yard = Yard::new(world, "waits");
    let silent = TcpListener::bind("127.0.0.1:0").expect("there is a port");
    let port = silent.local_addr().expect("it has an address").port();
    let image = json!({"image": format!("127.0.0.1:{port}/box:1")});
    let with = |more: serde_json::Value| {
        let mut members = image.clone();
        for (key, value) in more.as_object().expect("an object") {
            members[key] = value.clone();
        }
        request("img_pull", members)
    };
    let hour = json!({"stall_timeout_ms": 3_600_000});
    let pull = yard.spawn(&with(hour.clone()));
    let (_connection, _) = silent.accept().expect("it asks the registry");
    run("kill", &[&pull.id().to_string()]);
    let output = pull.wait_with_output().expect("it can be waited for");
    assert_eq!(parse(&output.stdout)["code"], 7);

    let pull = yard.raw(&with(
        json!({"stall_timeout_ms": 3_600_000, "_deadline_ms": 1500}),
    ));
    assert_eq!(parse(&pull)["code"], 6);
    let pull = yard.raw(&with(json!({"stall_timeout_ms": 1000})));
    assert_eq!(parse(&pull)["code"], 43);

    // In a stream: the host goes while there is nothing to tell.
    let mut told = hour;
    told["progress"] = json!(true);
    let mut pull = yard.spawn(&with(told));
    drop(pull.stdout.take());
    ends(pull);
}

fn modules_have_three_descriptors_and_readable_names(world: &'static World) {
    let yard = Yard::new(world, "mask");
    let image = yard.pull("app");
    let folder = world.directory().join("mask-made");
    let script = "for name in hosts hostname resolv.conf; do cat /etc/$name >/dev/null && echo $name; done; \
                  read line || echo no input; stat -c %a /made; exec ls -l /proc/self/fd";
    let config = json!({"image": image, "entrypoint": ["sh", "-c"], "args": [script],
        "mounts": [{"kind": "bind", "source": folder, "target": "/made"}]});
    yard.create_config("m", config);
    let mut plugin = Command::new("sh");
    let words = "umask 077; exec 7</etc/passwd; exec \"$@\"";
    plugin
        .args(["-c", words, "sh"])
        .arg(yard.command().get_program());
    plugin.args(yard.command().get_args());
    let mut child = plugin
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("a shell is there");
    let mut stdin = child.stdin.take().expect("it is piped");
    std::io::Write::write_all(&mut stdin, &request("start", json!({"name": "m"})))
        .expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it can be waited for");
    assert_eq!(parse(&output.stdout)["_status"], "ok");
    yard.ended("m");
    let log = yard.log(json!({"name": "m"}));
    assert!(
        log.starts_with("hosts\nhostname\nresolv.conf\nno input\n755\n"),
        "as a user of its own: {log}"
    );
    let listed = log.lines().filter(|line| line.contains(" -> "));
    let listed = listed.filter(|line| !line.ends_with("/fd"));
    assert_eq!(listed.count(), 3, "{log}");
    let mode = fs::metadata(yard.state.join(&yard.namespace).join("modules/m"))
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700, "output is for root alone");
}

/// A small disk of its own.
struct Disk<'a> {
    path: &'a Path,
}

impl<'a> Disk<'a> {
    fn new(path: &'a Path, size: &str) -> Self {
        fs::create_dir_all(path).expect("it can be made");
        let place = path.display().to_string();
        let options = format!("size={size}");
        run("mount", &["-t", "tmpfs", "-o", &options, "tmpfs", &place]);
        Self { path }
    }

    /// Takes what is left, but for so much.
    fn fill(&self, but: u64) {
        let filler = self.path.join("filler");
        // What can be written is, up to the end of the disk.
        let mut file = fs::File::create(&filler).expect("it is writable");
        while std::io::Write::write_all(&mut file, &[0; 4096]).is_ok() {}
        let length = file.metadata().expect("it is there").len();
        file.set_len(length.saturating_sub(but))
            .expect("it shrinks");
    }

    fn clear(&self) {
        fs::remove_file(self.path.join("filler")).expect("it is there");
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.path).status();
    }
}

fn a_full_disk_holds_up_no_module(world: &'static World) {
    let place = world.directory().join("state/full");
    let disk = Disk::new(&place, "4m");
    let yard = Yard::new(world, "full");
    yard.pull("box");
    let script = "echo begin; while [ ! -e /tmp/go ]; do sleep 0.05; done; seq 1 200000; echo middle >&2; \
                  touch /tmp/there; while [ ! -e /tmp/on ]; do sleep 0.05; done; echo end; exit 9";
    yard.create_shell("m", script);
    yard.start("m");
    yard.wait_for_output("m", "begin");
    disk.fill(64 * 1024);
    let touch = |name: &str| {
        let pid = yard.status("m")["pid"].as_u64().expect("it runs");
        run("touch", &[&format!("/proc/{pid}/root/tmp/{name}")]);
    };
    touch("go");
    let pid = yard.status("m")["pid"].as_u64().expect("it runs");
    let there = format!("/proc/{pid}/root/tmp/there");
    eventually(|| Path::new(&there).exists().then_some(()));
    disk.clear();
    touch("on");
    assert_eq!(yard.ended("m")["exit_code"], 9);
    let log = yard.log(json!({"name": "m"}));
    assert!(log.starts_with("begin\n"), "{}", &log[..20]);
    assert!(log.contains("records of output are lost"), "it is said");
    let rest = &log[log.len().saturating_sub(300)..];
    assert!(log.ends_with("end\n"), "{rest}");

    // One that has no files yet cannot have them now, and can later.
    yard.create_shell("new", "exit 2");
    disk.fill(0);
    let answer = yard.err("start", json!({"name": "new"}));
    assert_eq!(answer["code"], 12, "{answer}");
    disk.clear();
    assert!(yard.start("new"));
    assert_eq!(yard.ended("new")["exit_code"], 2);
    drop(yard);
    drop(disk);
}

fn a_pull_onto_a_full_disk_says_so(world: &'static World) {
    let (mut refused, mut pulled) = (0, false);
    let place = world.directory().join("small");
    for size in ["1500k", "2500k", "3500k", "4500k", "5500k", "32m"] {
        let disk = Disk::new(&place, size);
        let daemon = Daemon::start(&place).expect("it starts");
        {
            let yard = Yard::on(world, &daemon, "small");
            let answer = yard.ask("img_pull", json!({"image": format!("{OPEN}/liar:latest")}));
            pulled = answer["_status"] == "ok";
            if !pulled {
                refused += 1;
                assert_eq!(answer["code"], 12, "{size}: {answer}");
                assert_eq!(answer["class"], "resource", "{size}: {answer}");
                assert_eq!(yard.ctr(&["images", "list", "-q"]), "", "{size}");
            }
        }
        daemon.stop().expect("it can be done");
        drop(disk);
    }
    assert!(pulled && refused >= 2, "{refused} sizes were too small");
}

fn a_restart_of_containerd_within_a_stop(world: &'static World) {
    let daemon = Daemon::start(&world.directory().join("within")).expect("it starts");
    {
        let yard = Yard::on(world, &daemon, "within");
        yard.pull("box");
        let script =
            "trap 'echo asked; sleep 1; exit 4' TERM; echo up; while :; do sleep 0.05; done";
        yard.create_shell("m", script);
        yard.start("m");
        yard.wait_for_output("m", "up");
        thread::scope(|scope| {
            let stop = scope.spawn(|| yard.ask("stop", json!({"name": "m", "timeout": 60})));
            let log = yard.state.join(&yard.namespace).join("modules/m/log");
            eventually(|| {
                let log = log.display().to_string();
                let found = Command::new("grep").args(["-rqa", "asked", &log]).status();
                found.is_ok_and(|status| status.success()).then_some(())
            });
            daemon.kill().expect("it can be done");
            daemon.start_again().expect("it can be done");
            let answer = stop.join().expect("it is answered");
            assert!(
                answer["_status"] == "ok" || answer["code"] == 10,
                "{answer}"
            );
        });
        yard.ok("stop", json!({"name": "m", "timeout": 60}));
        let status = yard.status("m");
        assert_eq!(
            (&status["state"], &status["exit_code"]),
            (&json!("exited"), &json!(4)),
            "{status}"
        );
        let log = yard.log(json!({"name": "m"}));
        assert!(log.starts_with("up\nasked\n"), "{log}");
    }
    daemon.stop().expect("it can be done");
}

fn a_follow_goes_on_over_rotation(world: &'static World) {
    let yard = Yard::new(world, "turns");
    yard.pull("box");
    // It waits for the follower: what is deleted unread cannot be followed.
    let script = "n=0; while [ $n -lt 3000 ]; do n=$((n + 1)); echo line $n; \
                  [ $((n % 200)) = 0 ] && while [ ! -e /tmp/$n ]; do sleep 0.02; done; done";
    let mut config = shell(script);
    config["log_max_bytes"] = json!(8192);
    config["log_max_files"] = json!(4);
    yard.create_config("m", config);
    yard.start("m");
    let pid = yard.status("m")["pid"].as_u64().expect("it runs");
    let mut follow = yard.follow(json!({"name": "m"}));
    for number in 1..=3000 {
        assert_eq!(follow.line(), format!("line {number}\n"));
        if number % 200 == 0 {
            let read = format!("/proc/{pid}/root/tmp/{number}");
            fs::write(read, "").expect("it is writable");
        }
    }
    assert_eq!(follow.rest(), "");
    let kept = yard.log(json!({"name": "m"}));
    assert!(
        !kept.starts_with("line 1\n"),
        "its beginning was rotated away"
    );
}

fn names_of_modules_that_are_not_there_leave_no_files(world: &'static World) {
    let yard = Yard::new(world, "traces");
    yard.pull("box");
    for command in ["start", "stop", "restart", "status", "logs", "top"] {
        assert_eq!(yard.code(command, json!({"name": "none"})), 20, "{command}");
    }
    let create = json!({"name": "none", "config_type": "containerd", "config": {"image": "none"}});
    assert_eq!(yard.code("create", create), 40);
    yard.remove("none");
    yard.create_shell("m", "exec sleep 1000");
    yard.start("m");
    for logger in yard.loggers() {
        kill(logger);
    }
    yard.remove("m");
    let left = run(
        "find",
        &[&yard.state.display().to_string(), "-name", "module-*"],
    );
    assert_eq!(left, "");
}
