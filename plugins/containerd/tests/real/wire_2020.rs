//! The requests of the driver of 2020, each as it was sent, and the shapes in
//! which it expected the replies.

use serde_json::Value;
use shellrt_testkit::{eventually, parse};

use crate::Test;
use crate::world::{World, Yard};

pub(crate) const TESTS: &[Test] = &[(
    "every_request_is_answered_in_its_shape",
    every_request_is_answered_in_its_shape,
)];

/// Whether a member is of its type.
type IsRight = fn(&Value) -> bool;

const REQUESTS: &str = include_str!("data/wire-2020.jsonl");
/// In which order they make sense: their lines. All are used.
const ORDER: [usize; 12] = [11, 0, 1, 3, 4, 7, 8, 9, 10, 5, 6, 2];

fn every_request_is_answered_in_its_shape(world: &'static World) {
    let yard = Yard::new(world, "wire");
    let requests: Vec<&str> = REQUESTS.lines().collect();
    assert_eq!(requests.len(), ORDER.len());
    for line in ORDER {
        let request = parse(requests[line].as_bytes());
        let kind = request["_type"].as_str().expect("it has a type");
        // An image's shell without input ends at once, a follow with it, and
        // then a status has all of its members.
        if ["logs", "status"].contains(&kind) {
            eventually(|| (yard.status("ubuntutest")["state"] == "exited").then_some(()));
        }
        let bytes = yard.raw(requests[line].as_bytes());
        let end = bytes.iter().position(|&byte| byte == 0);
        let reply = parse(&bytes[..end.unwrap_or(bytes.len())]);
        assert_eq!(reply["_version"], "0.1.0", "{reply}");
        assert_eq!(reply["_status"], "ok", "{request}: {reply}");
        for (member, is_right) in shape(kind) {
            assert!(is_right(&reply[*member]), "`{member}`: {reply}");
        }
        assert_eq!(end.is_some(), kind == "logs", "{reply}");
        if kind == "list" {
            assert_eq!(reply["modules"], serde_json::json!(["ubuntutest"]));
        }
    }
}

/// The members that the driver of 2020 read, and what it took them for. It
/// skipped those that it did not know.
fn shape(kind: &str) -> &'static [(&'static str, IsRight)] {
    match kind {
        "version" => &[("info", Value::is_string)],
        "img_pull" => &[("image_id", is_digest)],
        "list" => &[("modules", Value::is_array)],
        "status" => &[
            ("status", |value| value == "stopped"),
            ("exit_code", |value| value == 0),
            ("image_id", is_digest),
            ("started_at", is_nanoseconds),
            ("finished_at", is_nanoseconds),
        ],
        _ => &[],
    }
}

fn is_digest(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.starts_with("sha256:"))
}

/// Since 1970, and not a text as in 0.2: a moment of this century.
fn is_nanoseconds(value: &Value) -> bool {
    value
        .as_u64()
        .is_some_and(|number| number > 1_500_000_000_000_000_000)
}
