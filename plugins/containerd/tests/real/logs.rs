//! What modules write, and how it is read.

use serde_json::json;

use crate::Test;
use crate::world::{World, Yard, shell};

pub(crate) const TESTS: &[Test] = &[
    (
        "both_streams_are_kept_in_order",
        both_streams_are_kept_in_order,
    ),
    ("windows_choose_lines", windows_choose_lines),
    (
        "a_follow_ends_with_the_module",
        a_follow_ends_with_the_module,
    ),
    (
        "old_output_makes_room_for_new",
        old_output_makes_room_for_new,
    ),
    (
        "every_byte_of_much_output_is_kept",
        every_byte_of_much_output_is_kept,
    ),
];

fn both_streams_are_kept_in_order(world: &'static World) {
    let yard = Yard::new(world, "streams");
    yard.pull("box");
    // Two pipes have no order of their own: each line waits until the one before
    // it is in the log.
    let script = "next() { while [ ! -e /tmp/$1 ]; do sleep 0.02; done; }; \
                  for n in 1 2 3; do echo out $n; next out$n; echo err $n >&2; next err$n; done; printf 'no end'";
    yard.create_shell("m", script);
    yard.start("m");
    let pid = yard.status("m")["pid"].as_u64().expect("it runs");
    for n in 1..=3 {
        for stream in ["out", "err"] {
            yard.wait_for_output("m", &format!("{stream} {n}\n"));
            let seen = format!("/proc/{pid}/root/tmp/{stream}{n}");
            std::fs::write(seen, "").expect("it is writable");
        }
    }
    yard.ended("m");
    assert_eq!(
        yard.log(json!({"name": "m"})),
        "out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\nno end"
    );
    let of = |streams| yard.log(json!({"name": "m", "streams": streams}));
    assert_eq!(of(json!(["stderr"])), "err 1\nerr 2\nerr 3\n");
    let framed = yard.log_bytes(json!({"name": "m", "framing": "docker"}));
    assert_eq!(&framed[..14], b"\x01\0\0\0\0\0\0\x06out 1\n");
    assert_eq!(&framed[14..28], b"\x02\0\0\0\0\0\0\x06err 1\n");
}

fn windows_choose_lines(world: &'static World) {
    let yard = Yard::new(world, "windows");
    yard.pull("box");
    yard.output_of("m", shell("seq 1 100"));
    assert_eq!(yard.log(json!({"name": "m", "tail": 2})), "99\n100\n");
    let stamped = yard.log(json!({"name": "m", "tail": 1, "timestamps": true}));
    let (time, line) = stamped
        .split_once(' ')
        .expect("a time stands before the line");
    assert_eq!(line, "100\n");
    assert!(time.starts_with("20") && time.ends_with('Z'), "{time}");
    let later = yard.log(json!({"name": "m", "since_time": "2100-01-01T00:00:00Z"}));
    assert_eq!(later, "");
    let earlier = yard.log(json!({"name": "m", "until_time": "2000-01-01T00:00:00Z"}));
    assert_eq!(earlier, "");
}

fn a_follow_ends_with_the_module(world: &'static World) {
    let yard = Yard::new(world, "follow");
    yard.pull("box");
    yard.create_shell(
        "m",
        "echo first; sleep 0.3; echo second; sleep 0.3; echo last",
    );
    yard.start("m");
    let mut follow = yard.follow(json!({"name": "m"}));
    assert_eq!(follow.line(), "first\n");
    assert_eq!(follow.rest(), "second\nlast\n");
    yard.create_shell("long", "while echo tick; do sleep 0.1; done");
    yard.start("long");
    let mut follow = yard.follow(json!({"name": "long"}));
    assert_eq!(follow.line(), "tick\n");
    follow.hang_up();
}

fn old_output_makes_room_for_new(world: &'static World) {
    let yard = Yard::new(world, "rotation");
    yard.pull("box");
    let mut config = shell("seq 1 20000");
    config["log_max_bytes"] = json!(16_384);
    config["log_max_files"] = json!(3);
    let output = yard.output_of("m", config);
    assert!(output.ends_with("19999\n20000\n"), "{}", output.len());
    assert!(!output.contains("\n1\n"));
    let lines: Vec<u64> = output
        .lines()
        .map(|line| line.parse().expect("whole lines"))
        .collect();
    assert!(
        lines.windows(2).all(|pair| pair[0] + 1 == pair[1]),
        "nothing is missing in between"
    );
}

fn every_byte_of_much_output_is_kept(world: &'static World) {
    let yard = Yard::new(world, "much");
    yard.pull("box");
    let output = yard.output_of("m", shell("seq 1 300000"));
    let expected: String = (1..=300_000).map(|number| format!("{number}\n")).collect();
    assert!(
        output == expected,
        "{} of {} bytes",
        output.len(),
        expected.len()
    );
}
