//! What is left when something is killed: nothing that was acknowledged is
//! lost, and the same request, sent again, converges.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use shellrt_testbed::Daemon;
use shellrt_testkit::{eventually, is_alive, kill, request};

use crate::Test;
use crate::world::{World, Yard, shell};

pub(crate) const TESTS: &[Test] = &[
    (
        "a_command_that_is_killed_anywhere_can_be_sent_again",
        killed_anywhere,
    ),
    ("two_on_one_module_take_turns", two_on_one_module_take_turns),
    (
        "twenty_on_many_modules_all_succeed",
        twenty_on_many_modules_all_succeed,
    ),
    ("a_power_cut_loses_no_module", a_power_cut_loses_no_module),
    ("a_lost_logger_ends_no_module", a_lost_logger_ends_no_module),
];

fn killed_anywhere(world: &'static World) {
    let yard = Yard::new(world, "anywhere");
    yard.pull("box");
    let named = json!({"name": "m"});
    let script = "echo started; exec sleep 1000";
    let spec = json!({"name": "m", "config_type": "containerd", "labels": {"a": "b"}, "config": shell(script)});
    for step in 0..14 {
        let delay = Duration::from_millis(step * 3);
        yard.ask_and_kill("create", spec.clone(), delay);
        yard.ok("create", spec.clone());
        let status = yard.status("m");
        assert_eq!(
            (&status["state"], &status["labels"]),
            (&json!("created"), &json!({"a": "b"}))
        );

        yard.ask_and_kill("start", named.clone(), Duration::from_millis(step * 12));
        yard.start("m");
        yard.wait_for_output("m", "started");
        assert_eq!(yard.pids("m").len(), 1);
        // runc may have told of the start that was killed, before the program's
        // own output.
        let log = yard.log(named.clone());
        assert!(
            log.ends_with("started\n") && log.matches("started").count() == 1,
            "one instance, {delay:?}: {log}"
        );

        yard.ask_and_kill("stop", json!({"name": "m", "timeout": 0}), delay);
        yard.ok("stop", json!({"name": "m", "timeout": 0}));
        let status = yard.status("m");
        assert_eq!(
            (&status["state"], &status["exit_code"]),
            (&json!("exited"), &json!(137)),
            "{delay:?}"
        );

        yard.start("m");
        let pid = yard.status("m")["pid"].as_u64().expect("it runs");
        yard.ask_and_kill("remove", named.clone(), delay);
        yard.remove("m");
        assert!(!is_alive(pid), "killed after {delay:?}");
        assert!(yard.names().is_empty());
    }
}

fn two_on_one_module_take_turns(world: &'static World) {
    let yard = Yard::new(world, "two");
    yard.pull("box");
    let spec =
        json!({"name": "m", "config_type": "containerd", "config": shell("exec sleep 1000")});
    let both = |kind: &str, members: &Value| -> Vec<Value> {
        thread::scope(|scope| {
            let asked: Vec<_> = (0..2)
                .map(|_| scope.spawn(|| yard.ok(kind, members.clone())))
                .collect();
            let answers = asked
                .into_iter()
                .map(|one| one.join().expect("it is answered"));
            answers.collect()
        })
    };
    let changed = |answers: &[Value]| answers.iter().filter(|one| one["changed"] == true).count();
    for _ in 0..4 {
        assert_eq!(changed(&both("create", &spec)), 1);
        assert_eq!(changed(&both("start", &json!({"name": "m"}))), 1);
        assert_eq!(yard.pids("m").len(), 1);
        assert_eq!(
            changed(&both("stop", &json!({"name": "m", "timeout": 0}))),
            1
        );
        assert_eq!(changed(&both("remove", &json!({"name": "m"}))), 1);
    }
}

fn twenty_on_many_modules_all_succeed(world: &'static World) {
    let yard = Yard::new(world, "twenty");
    yard.pull("box");
    let lead = |number: usize| {
        let name = format!("m{number}");
        yard.create_shell(&name, &format!("echo I am {number}; exit {number}"));
        yard.start(&name);
        assert_eq!(yard.ended(&name)["exit_code"], number);
        assert_eq!(yard.log(json!({"name": name})), format!("I am {number}\n"));
    };
    thread::scope(|scope| {
        let all: Vec<_> = (0..20)
            .map(|number| scope.spawn(move || lead(number)))
            .collect();
        for one in all {
            one.join().expect("each of them succeeds");
        }
    });
    assert_eq!(yard.names().len(), 20);
}

fn a_power_cut_loses_no_module(world: &'static World) {
    let daemon = Daemon::start(&world.directory().join("power")).expect("it starts");
    {
        let yard = Yard::on(world, &daemon, "power");
        yard.pull("box");
        yard.create_shell("ran", "echo before; exec sleep 1000");
        yard.create_shell("done", "exit 4");
        yard.create_shell("waits", "true");
        yard.start("done");
        yard.ended("done");
        yard.start("ran");
        yard.wait_for_output("ran", "before");
        daemon.lose_power(&yard.namespace).expect("it can be done");
        daemon.start_again().expect("it can be done");
        assert_eq!(yard.names(), ["done", "ran", "waits"]);
        assert_eq!(yard.status("done")["exit_code"], 4);
        assert_eq!(yard.status("waits")["state"], "created");
        let status = yard.status("ran");
        assert_eq!(
            (&status["state"], &status["exit_code"]),
            (&json!("exited"), &json!(255)),
            "{status}"
        );
        assert!(yard.start("ran"));
        let log = eventually(|| {
            let log = yard.log(json!({"name": "ran"}));
            (log.matches("before").count() == 2).then_some(log)
        });
        assert_eq!(
            log, "before\nbefore\n",
            "what was written before the cut is there"
        );
    }
    daemon.stop().expect("it can be done");
}

fn a_lost_logger_ends_no_module(world: &'static World) {
    let yard = Yard::new(world, "logger");
    yard.pull("box");
    yard.create_shell(
        "m",
        "trap 'exit 8' TERM; echo up; while :; do sleep 0.1; done",
    );
    yard.start("m");
    yard.wait_for_output("m", "up");
    let pid = yard.status("m")["pid"].as_u64().expect("it runs");
    for logger in yard.loggers() {
        kill(logger);
    }
    assert_eq!(yard.status("m")["state"], "running");
    assert!(is_alive(pid));
    // A follow does not wait for a writer that is gone for ever.
    let bytes = yard.raw(&request("logs", json!({"name": "m"})));
    assert!(bytes.ends_with(b"up\n"));
    assert!(yard.stop("m"));
    let status = yard.status("m");
    assert_eq!(
        (&status["state"], &status["exit_code"]),
        (&json!("exited"), &json!(8)),
        "{status}"
    );
    assert!(yard.start("m"));
}
