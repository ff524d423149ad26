//! Images: from registries, in the store, and gone again.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use shellrt_testkit::{Plugin, parse, request};

use crate::Test;
use crate::world::{OPEN, SECURE, World, Yard};

pub(crate) const TESTS: &[Test] = &[
    (
        "a_pull_is_what_other_tools_say",
        a_pull_is_what_other_tools_say,
    ),
    (
        "policies_and_digests_are_kept_to",
        policies_and_digests_are_kept_to,
    ),
    ("progress_ends_in_the_answer", progress_ends_in_the_answer),
    (
        "a_password_and_an_own_authority_work",
        a_password_and_an_own_authority_work,
    ),
    ("zstd_and_indexes_run", zstd_and_indexes_run),
    (
        "a_registry_that_lies_leaves_nothing",
        a_registry_that_lies_leaves_nothing,
    ),
    (
        "errors_of_registries_have_their_codes",
        errors_of_registries_have_their_codes,
    ),
    (
        "the_collector_takes_nothing_of_an_image",
        the_collector_takes_nothing_of_an_image,
    ),
    ("an_image_in_use_stays", an_image_in_use_stays),
    (
        "a_pull_that_is_killed_is_taken_up",
        a_pull_that_is_killed_is_taken_up,
    ),
    (
        "removing_takes_what_a_cut_pull_left",
        removing_takes_what_a_cut_pull_left,
    ),
];

fn at(name: &str) -> String {
    format!("{OPEN}/{name}:latest")
}

fn pull(plugin: &Plugin, name: &str) -> Value {
    plugin.ok("img_pull", json!({"image": at(name)}))
}

fn a_pull_is_what_other_tools_say(world: &'static World) {
    let yard = Yard::new(world, "say");
    let pulled = pull(&yard, "box");
    let manifest = world.layout.manifest("box").expect("it was built");
    assert_eq!(pulled["image_id"], manifest["config"]["digest"]);
    assert_eq!(
        pulled["digest"],
        world.layout.descriptor("box").expect("it was built")["digest"]
    );
    let checked = yard.ctr(&["images", "check"]);
    assert!(checked.contains("complete (3/3)"), "{checked}");
    assert!(checked.contains("true"), "it is unpacked: {checked}");

    let images = yard.ok("img_list", json!({}));
    assert_eq!(images["images"].as_array().expect("a list").len(), 1);
    assert_eq!(images["images"][0]["image_id"], pulled["image_id"]);
    assert_eq!(images["images"][0]["references"], json!([at("box")]));
    // The same image by another name, and one name gone.
    yard.ok("img_pull", json!({"image": format!("{OPEN}/busybox")}));
    let removed = yard.ok("img_remove", json!({"image": at("box")}));
    assert_eq!(removed["changed"], true);
    let images = yard.ok("img_list", json!({}));
    assert_eq!(
        images["images"][0]["references"],
        json!([format!("{OPEN}/busybox")])
    );
    let again = yard.ok("img_remove", json!({"image": at("box")}));
    assert_eq!(again["changed"], false);
}

fn policies_and_digests_are_kept_to(world: &'static World) {
    let yard = Yard::new(world, "policies");
    let digest = world.layout.descriptor("box").expect("it was built")["digest"].clone();
    let never = json!({"image": at("box"), "policy": "never"});
    assert_eq!(yard.code("img_pull", never.clone()), 40);
    let first = pull(&yard, "box");
    assert_eq!(first["_status"], "ok");
    let again = pull(&yard, "box");
    assert_eq!(again["already_present"], true, "{again}");
    assert_eq!(again["bytes_fetched"].as_u64().unwrap_or(0), 0, "{again}");
    yard.ok("img_pull", never);
    yard.ok("img_pull", json!({"image": at("box"), "digest": digest}));
    let other = world.layout.descriptor("app").expect("it was built")["digest"].clone();
    assert_eq!(
        yard.code("img_pull", json!({"image": at("box"), "digest": other})),
        44
    );
    let pinned = format!("{OPEN}/box@{}", digest.as_str().expect("it is text"));
    yard.ok("img_pull", json!({"image": pinned}));
}

fn progress_ends_in_the_answer(world: &'static World) {
    let yard = Yard::new(world, "progress");
    let output = yard.raw(&request(
        "img_pull",
        json!({"image": at("app"), "progress": true}),
    ));
    let head = output
        .iter()
        .position(|&byte| byte == 0)
        .expect("a NUL ends the head");
    assert_eq!(parse(&output[..head])["_stream"], "ndjson");
    let text = String::from_utf8(output[head + 1..].to_vec()).expect("it is JSON");
    let events: Vec<Value> = text.lines().map(|line| parse(line.as_bytes())).collect();
    let last = events.last().expect("there are events");
    assert_eq!(last["_type"], "img_pull", "{text}");
    assert_eq!(
        last["image_id"],
        world.layout.manifest("app").expect("it was built")["config"]["digest"]
    );
    let of = |kind: &str| events.iter().filter(|event| event["event"] == kind).count();
    assert!(
        of("resolve") >= 1 && of("download") >= 1 && of("unpack") >= 1,
        "{text}"
    );
}

fn a_password_and_an_own_authority_work(world: &'static World) {
    const SECRET: &str = "wrong-but-secret-93b1";
    let yard = Yard::new(world, "password");
    let image = format!("{SECURE}/box:latest");
    let with = |password: &str| json!({"image": image, "credentials": {"username": "me", "password": password}});
    assert_eq!(yard.code("img_pull", json!({"image": image})), 42);
    let refused = yard.err("img_pull", with(SECRET));
    assert_eq!(refused["code"], 42, "{refused}");
    assert!(!refused.to_string().contains(SECRET), "{refused}");
    yard.ok("img_pull", with("pw"));
    let found = std::process::Command::new("grep")
        .args(["--recursive", "--text", "--files-with-matches", SECRET])
        .args([&yard.state, &world.daemon.root()])
        .output()
        .expect("`grep` is there");
    assert_eq!(
        String::from_utf8_lossy(&found.stdout),
        "",
        "the secret is in files"
    );
}

fn zstd_and_indexes_run(world: &'static World) {
    let yard = Yard::new(world, "zstd");
    let digest = pull(&yard, "zstd")["digest"].clone();
    let digest = digest.as_str().expect("it is text");
    let manifest = parse(yard.ctr(&["content", "get", digest]).as_bytes());
    let kind = manifest["layers"][0]["mediaType"]
        .as_str()
        .expect("it is text");
    assert!(kind.ends_with("zstd"), "{kind}");
    let config = json!({"image": at("zstd"), "args": ["echo", "from zstd"]});
    assert_eq!(yard.output_of("zstd", config), "from zstd\n");

    let pulled = pull(&yard, "index");
    assert_eq!(
        pulled["image_id"],
        world.layout.manifest("box").expect("it was built")["config"]["digest"]
    );
    let config = json!({"image": at("index"), "args": ["echo", "from an index"]});
    assert_eq!(yard.output_of("index", config), "from an index\n");
    let missing = json!({"image": at("index"), "platform": "linux/riscv64"});
    assert_eq!(yard.code("img_pull", missing), 45);
}

/// A registry that gives other bytes than it promised: right in number, then
/// too few.
fn a_registry_that_lies_leaves_nothing(world: &'static World) {
    let yard = Yard::new(world, "lies");
    let manifest = world.layout.manifest("liar").expect("it was built");
    let layers = manifest["layers"].as_array().expect("a list");
    let layer = layers.last().expect("there is one")["digest"]
        .as_str()
        .expect("it is text");
    let path = world.stored_blob(layer);
    let truth = fs::read(&path).expect("the registry has it");
    let mut lie = truth.clone();
    lie[truth.len() / 2] ^= 1;
    fs::write(&path, lie).expect("it is writable");
    let answer = yard.err("img_pull", json!({"image": at("liar")}));
    assert_eq!(answer["code"], 44, "{answer}");
    assert_eq!(answer["class"], "integrity", "{answer}");
    assert!(!yard.ctr(&["content", "list", "-q"]).contains(layer));
    assert_eq!(yard.ctr(&["images", "list", "-q"]), "");
    fs::write(&path, &truth[..truth.len() / 2]).expect("it is writable");
    let answer = yard.err("img_pull", json!({"image": at("liar")}));
    assert!(
        [43, 44].contains(&answer["code"].as_u64().expect("a number")),
        "{answer}"
    );
    fs::write(&path, truth).expect("it is writable");
    pull(&yard, "liar");
}

fn errors_of_registries_have_their_codes(world: &'static World) {
    let yard = Yard::new(world, "errors");
    assert_eq!(yard.code("img_pull", json!({"image": at("nobody")})), 40);
    assert_eq!(
        yard.code("img_pull", json!({"image": format!("{OPEN}/box:never")})),
        40
    );
    let away = yard.err("img_pull", json!({"image": "127.0.0.1:1/box"}));
    assert_eq!(away["code"], 43, "{away}");
    assert!(
        away["message"]
            .as_str()
            .expect("text")
            .contains("127.0.0.1:1"),
        "{away}"
    );
    assert_eq!(away["retryable"], true);
    let malformed = yard.err("img_pull", json!({"image": "UPPER/case"}));
    assert_eq!(malformed["code"], 2, "{malformed}");
    assert!(malformed.to_string().contains("/image"), "{malformed}");
}

fn the_collector_takes_nothing_of_an_image(world: &'static World) {
    let yard = Yard::new(world, "collector");
    yard.pull("index");
    assert_eq!(
        yard.ctr(&["leases", "list", "-q"]),
        "",
        "a pull leaves no lease"
    );
    yard.collect_garbage();
    let checked = yard.ctr(&["images", "check"]);
    assert!(checked.contains("complete"), "{checked}");
    let config = json!({"image": at("index"), "args": ["echo", "still here"]});
    assert_eq!(yard.output_of("m", config), "still here\n");
    yard.collect_garbage();
    yard.start("m");
    yard.ended("m");
    assert_eq!(yard.log(json!({"name": "m"})), "still here\nstill here\n");
}

fn an_image_in_use_stays(world: &'static World) {
    let yard = Yard::new(world, "use");
    yard.pull("box");
    yard.create_shell("m", "echo up; sleep 1000");
    yard.start("m");
    yard.wait_for_output("m", "up");
    let refused = yard.err("img_remove", json!({"image": at("box")}));
    assert_eq!(refused["code"], 41, "{refused}");
    assert_eq!(refused["detail"]["in_use_by"], json!(["m"]), "{refused}");
    yard.ok("img_remove", json!({"image": at("box"), "force": true}));
    yard.collect_garbage();
    assert_eq!(yard.status("m")["state"], "running");
    assert_eq!(yard.pids("m").len(), 1);
    // It lives on what it was made from, until it goes too.
    yard.stop("m");
    yard.start("m");
    assert_eq!(yard.status("m")["state"], "running");
}

fn a_pull_that_is_killed_is_taken_up(world: &'static World) {
    let yard = Yard::new(world, "killed");
    for delay in (0..12).map(|step| Duration::from_millis(step * 12)) {
        yard.ask_and_kill("img_pull", json!({"image": at("liar")}), delay);
        let pulled = pull(&yard, "liar");
        assert_eq!(
            pulled["image_id"],
            world.layout.manifest("liar").expect("it was built")["config"]["digest"]
        );
        assert_eq!(
            yard.ctr(&["leases", "list", "-q"]),
            "",
            "killed after {delay:?}"
        );
        yard.ok("img_remove", json!({"image": at("liar")}));
    }
}

fn removing_takes_what_a_cut_pull_left(world: &'static World) {
    let yard = Yard::new(world, "rest");
    for delay in (0..12).map(|step| Duration::from_millis(step * 12)) {
        yard.ask_and_kill("img_pull", json!({"image": at("liar")}), delay);
        yard.ok("img_remove", json!({"image": at("liar")}));
        assert_eq!(
            yard.ctr(&["leases", "list", "-q"]),
            "",
            "killed after {delay:?}"
        );
    }
}
