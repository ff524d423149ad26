//! What `logs` streams.

mod support;

use serde_json::{Value, json};
use support::{Plugin, eventually};

/// A module that has written `script`'s output and ended.
fn wrote(script: &str) -> Plugin {
    let plugin = Plugin::new();
    plugin.create_shell("m", script);
    plugin.start("m");
    plugin.ended("m");
    plugin
}

/// Splits a `docker` stream into stream numbers and contents.
fn frames(mut bytes: &[u8]) -> Vec<(u8, String)> {
    let mut frames = Vec::new();
    while !bytes.is_empty() {
        assert_eq!(bytes[1..4], [0, 0, 0]);
        let length = u32::from_be_bytes(bytes[4..8].try_into().expect("four bytes")) as usize;
        frames.push((
            bytes[0],
            String::from_utf8(bytes[8..8 + length].to_vec()).expect("UTF-8"),
        ));
        bytes = &bytes[8 + length..];
    }
    frames
}

#[test]
fn raw_is_what_was_written_byte_by_byte() {
    let plugin = wrote(r"printf 'a\n\377\000b\nunfinished'");
    assert_eq!(
        plugin.log_bytes(json!({"name": "m"})),
        b"a\n\xff\0b\nunfinished"
    );
}

#[test]
fn docker_frames_hold_one_record_each_and_tell_the_streams_apart() {
    let plugin = wrote("echo one; sleep 0.1; echo two >&2; sleep 0.1; echo three");
    let framed = |members: Value| {
        let mut members = members;
        members["name"] = json!("m");
        members["framing"] = json!("docker");
        frames(&plugin.log_bytes(members))
    };
    let text = |number: u8, text: &str| (number, text.to_owned());
    assert_eq!(
        framed(json!({})),
        [text(1, "one\n"), text(2, "two\n"), text(1, "three\n")]
    );
    assert_eq!(framed(json!({"streams": ["stderr"]})), [text(2, "two\n")]);
    assert_eq!(
        framed(json!({"streams": ["stdout"], "tail": 1})),
        [text(1, "three\n")]
    );
}

#[test]
fn a_long_line_comes_in_pieces_of_16384_bytes() {
    let plugin = wrote("head -c 40000 /dev/zero | tr '\\0' x; echo");
    let bytes = plugin.log_bytes(json!({"name": "m", "framing": "docker"}));
    let lengths: Vec<usize> = frames(&bytes).iter().map(|(_, text)| text.len()).collect();
    assert_eq!(lengths, [16384, 16384, 40001 - 2 * 16384]);
    assert_eq!(
        plugin.log(json!({"name": "m", "tail": 1})).len(),
        40001 - 2 * 16384
    );
    let stamped = plugin.log_bytes(json!({"name": "m", "framing": "docker", "timestamps": true}));
    assert!(
        frames(&stamped)
            .iter()
            .all(|(_, text)| text.len() <= 16415 && text.as_bytes()[29..31] == *b"Z ")
    );
}

#[test]
fn timestamps_have_nine_digits_and_bounds_go_by_them() {
    let plugin = wrote("for i in 0 1 2 3 4; do echo line $i; sleep 0.01; done");
    let stamped = plugin.log(json!({"name": "m", "timestamps": true}));
    let times: Vec<&str> = stamped
        .lines()
        .map(|line| line.split_once(' ').expect("a time and a text").0)
        .collect();
    assert_eq!(times.len(), 5);
    for time in &times {
        assert_eq!(time.len(), "2026-11-23T18:00:00.123456789Z".len(), "{time}");
        assert!(time.as_bytes()[19] == b'.' && time.ends_with('Z'), "{time}");
    }
    let select = |bounds: Value| {
        let mut members = bounds;
        members["name"] = json!("m");
        plugin.log(members)
    };
    assert_eq!(select(json!({"since_time": times[3]})), "line 3\nline 4\n");
    assert_eq!(select(json!({"until_time": times[2]})), "line 0\nline 1\n");
    assert_eq!(
        select(json!({"since_time": times[1], "until_time": times[4], "tail": 2})),
        "line 2\nline 3\n"
    );
    assert_eq!(
        select(json!({"since": 1, "since_time": times[4]})),
        "line 4\n",
        "the later lower bound counts"
    );
    assert_eq!(
        select(json!({"until": 1, "until_time": times[4]})),
        "",
        "the earlier upper bound counts"
    );
    assert_eq!(select(json!({"since": 4_000_000_000_u64})), "");
}

#[test]
fn tail_is_the_last_records() {
    let plugin = wrote("seq 1000");
    assert_eq!(
        plugin.log(json!({"name": "m", "tail": 3})),
        "998\n999\n1000\n"
    );
    assert_eq!(plugin.log(json!({"name": "m", "tail": 0})), "");
    assert_eq!(
        plugin
            .log(json!({"name": "m", "tail": 5000}))
            .lines()
            .count(),
        1000
    );
}

#[test]
fn output_is_bounded_and_nothing_is_missing_in_what_is_kept() {
    let plugin = Plugin::new();
    let config = json!({"command": ["seq", "30000"], "log_max_bytes": 65536, "log_max_files": 4});
    plugin.create("m", config);
    plugin.start("m");
    plugin.ended("m");
    let log = plugin.log(json!({"name": "m"}));
    let kept: Vec<u32> = log
        .lines()
        .map(|line| line.parse().expect("a number"))
        .collect();
    let first = kept[0];
    assert!(first > 1, "the oldest are gone");
    assert_eq!(kept, (first..=30000).collect::<Vec<u32>>());
    let files = std::fs::read_dir(plugin.module_directory("m").join("log")).expect("it is there");
    let sizes: Vec<u64> = files
        .map(|file| {
            file.and_then(|file| file.metadata())
                .expect("it is there")
                .len()
        })
        .collect();
    assert!(
        sizes.len() == 4 && sizes.iter().all(|&size| size <= 65536),
        "{sizes:?}"
    );
}

#[test]
fn a_follow_gets_every_line_through_rotation_and_ends_with_the_module() {
    let plugin = Plugin::new();
    // More files than it fills: what a slow reader misses is not tested here.
    let config = json!({
        "command": ["sh", "-c", "echo first; while [ ! -e go ]; do sleep 0.01; done; seq 20000"],
        "working_dir": plugin.state(), "log_max_bytes": 16384, "log_max_files": 1000,
    });
    plugin.create("m", config);
    plugin.start("m");
    let mut follow = plugin.follow(json!({"name": "m"}));
    assert_eq!(follow.line(), "first\n");
    std::fs::write(plugin.state().join("go"), "").expect("it is writable");
    let rest = follow.rest();
    let lines: Vec<u32> = rest
        .lines()
        .map(|line| line.parse().expect("a number"))
        .collect();
    assert_eq!(lines, (1..=20000).collect::<Vec<u32>>());
}

#[test]
fn a_follow_begins_at_its_tail_and_repeats_nothing() {
    let plugin = Plugin::new();
    let script = "seq 10; while [ ! -e go ]; do sleep 0.01; done; echo last";
    plugin.create(
        "m",
        json!({"command": ["sh", "-c", script], "working_dir": plugin.state()}),
    );
    plugin.start("m");
    plugin.wait_for_output("m", "10\n");
    let mut follow = plugin.follow(json!({"name": "m", "tail": 2}));
    assert_eq!(follow.line(), "9\n");
    let mut silent = plugin.follow(json!({"name": "m", "tail": 0}));
    std::fs::write(plugin.state().join("go"), "").expect("it is writable");
    assert_eq!(silent.line(), "last\n");
    assert_eq!(follow.rest(), "10\nlast\n");
}

#[test]
fn an_idle_follow_does_not_outlive_its_host() {
    let plugin = Plugin::new();
    plugin.create_shell("m", "echo ready; exec sleep 1000");
    plugin.start("m");
    let mut follow = plugin.follow(json!({"name": "m"}));
    assert_eq!(follow.line(), "ready\n");
    follow.hang_up();
    assert_eq!(plugin.status("m")["state"], "running");
}

#[test]
fn a_follow_ends_when_its_upper_bound_has_passed_or_its_module_is_removed() {
    let plugin = Plugin::new();
    plugin.create_shell("m", "echo ready; exec sleep 1000");
    plugin.start("m");
    plugin.wait_for_output("m", "ready");
    assert_eq!(plugin.log(json!({"name": "m", "follow": true, "until": 4_000_000_000_u64, "tail": 0, "since": 1, "streams": ["stderr"], "until_time": "2020-01-01T00:00:00Z"})), "");
    let mut follow = plugin.follow(json!({"name": "m"}));
    assert_eq!(follow.line(), "ready\n");
    plugin.remove("m");
    assert_eq!(follow.rest(), "");
}

#[test]
fn a_reader_that_does_not_read_holds_nobody_up() {
    let plugin = Plugin::new();
    plugin.create_shell("m", "seq 100000; echo done >&2");
    plugin.start("m");
    let follow = plugin.follow(json!({"name": "m"}));
    assert_eq!(plugin.ended("m")["exit_code"], 0);
    follow.hang_up();
}

#[test]
fn output_of_a_module_is_complete_as_soon_as_it_is_known_to_have_ended() {
    let plugin = Plugin::new();
    plugin.create_shell("m", "seq 5000; printf end");
    for round in 1..=10 {
        plugin.start("m");
        eventually(|| (plugin.status("m")["state"] == "exited").then_some(()));
        assert_eq!(
            plugin.log(json!({"name": "m"})).matches("end").count(),
            round
        );
    }
}
