//! Images out of archives, for machines that reach no registry: all of an
//! archive or nothing, and nothing that is not what it says.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use shellrt_testkit::parse;

use crate::Test;
use crate::world::{World, Yard, run, run_in};

pub(crate) const TESTS: &[Test] = &[
    (
        "a_layout_is_loaded_under_its_own_names",
        a_layout_is_loaded_under_its_own_names,
    ),
    (
        "the_output_of_docker_save_is_loaded",
        the_output_of_docker_save_is_loaded,
    ),
    (
        "an_image_without_a_name_has_its_id",
        an_image_without_a_name_has_its_id,
    ),
    (
        "what_is_no_archive_is_refused_and_nothing_kept",
        what_is_no_archive_is_refused,
    ),
    (
        "one_broken_image_keeps_all_of_them_out",
        one_broken_image_keeps_all_of_them_out,
    ),
    (
        "a_load_that_is_killed_can_be_sent_again",
        a_load_that_is_killed_can_be_sent_again,
    ),
];

/// A place for the files of one test.
fn shed(world: &World, name: &str) -> PathBuf {
    let directory = world.directory().join("archives").join(name);
    fs::create_dir_all(&directory).expect("it can be made");
    directory
}

/// A copy of the layout of all images.
fn layout(world: &World, shed: &Path) -> PathBuf {
    let copy = shed.join("layout");
    run("cp", &["-a", &text(world.layout.path()), &text(&copy)]);
    copy
}

fn pack(directory: &Path, archive: &Path) -> PathBuf {
    run_in(directory, "tar", &["-cf", &text(archive), "."]);
    archive.to_owned()
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

fn load(yard: &Yard<'_>, path: &Path) -> Value {
    yard.ok("img_load", json!({"path": path}))["images"].clone()
}

/// All references of a list of images.
fn references(images: &Value) -> Vec<&str> {
    let images = images.as_array().expect("a list");
    let lists = images
        .iter()
        .filter_map(|image| image["references"].as_array());
    let mut all: Vec<&str> = lists.flatten().filter_map(Value::as_str).collect();
    all.sort_unstable();
    all
}

fn nothing_is_kept(yard: &Yard<'_>, what: &str) {
    assert_eq!(yard.ctr(&["images", "list", "-q"]), "", "{what}");
    assert_eq!(yard.ctr(&["leases", "list", "-q"]), "", "{what}");
    yard.collect_garbage();
    assert_eq!(yard.ctr(&["content", "list", "-q"]), "", "{what}");
    assert_eq!(
        yard.ctr(&["snapshots", "list"]).lines().count(),
        1,
        "{what}"
    );
}

fn a_layout_is_loaded_under_its_own_names(world: &'static World) {
    let yard = Yard::new(world, "layout");
    let shed = shed(world, "layout");
    let plain = pack(world.layout.path(), &shed.join("all.tar"));
    run("gzip", &["--keep", &text(&plain)]);
    let bytes = fs::read(&plain).expect("it is readable");
    let packed = zstd::encode_all(&bytes[..], 0).expect("it can be compressed");
    fs::write(shed.join("all.tar.zst"), packed).expect("it is writable");
    for archive in ["all.tar", "all.tar.gz", "all.tar.zst"] {
        let images = load(&yard, &shed.join(archive));
        let names = ["app", "box", "index", "liar"];
        assert_eq!(references(&images), names, "{archive}: {images}");
        let listed = yard.ok("img_list", json!({}))["images"].clone();
        assert_eq!(references(&listed), names, "{archive}: {listed}");
        for image in images.as_array().expect("a list") {
            let name = image["references"][0].as_str().expect("it has a name");
            assert_eq!(
                image["digest"],
                world.layout.descriptor(name).expect("it was built")["digest"]
            );
        }
        yard.collect_garbage();
        let checked = yard.ctr(&["images", "check"]);
        assert_eq!(checked.matches("complete").count(), 4, "{checked}");
        let output = yard.output_of("m", json!({"image": "app"}));
        assert!(output.starts_with("1234\n2345\n"), "{output}");
        yard.remove("m");
        for name in names {
            yard.ok("img_remove", json!({"image": name}));
        }
        nothing_is_kept(&yard, archive);
    }
}

fn the_output_of_docker_save_is_loaded(world: &'static World) {
    let yard = Yard::new(world, "save");
    let shed = shed(world, "save");
    let archive = shed.join("box.tar");
    let target = format!("docker-archive:{}:me/app:1", text(&archive));
    world
        .layout
        .copy("box", &target, &[])
        .expect("it can be copied");
    // skopeo writes names out; Docker writes them as people do.
    let tree = shed.join("tree");
    fs::create_dir(&tree).expect("it can be made");
    run_in(&tree, "tar", &["-xf", &text(&archive)]);
    run_in(
        &tree,
        "sed",
        &["-i", "s,docker.io/me/app,me/app,", "manifest.json"],
    );
    pack(&tree, &archive);
    let manifest = parse(run("tar", &["-xOf", &text(&archive), "./manifest.json"]).as_bytes());
    let config = manifest[0]["Config"].as_str().expect("it is text");
    let id = format!("sha256:{}", config.trim_end_matches(".json"));
    run("gzip", &["--keep", &text(&archive)]);
    // Before a registry's image of another name and the same layers, and after it.
    for archive in ["box.tar", "box.tar.gz"] {
        let images = load(&yard, &shed.join(archive));
        assert_eq!(images[0]["image_id"], id, "{images}");
        assert_eq!(images[0]["references"], json!(["me/app:1"]), "{images}");
        assert!(images[0].get("digest").is_none(), "{images}");
        let listed = yard.ok("img_list", json!({}))["images"].clone();
        assert_eq!(listed[0]["image_id"], id, "{listed}");
        assert_eq!(references(&listed), ["me/app:1"], "{listed}");
    }
    yard.collect_garbage();
    let config = json!({"image": "docker.io/me/app:1", "args": ["echo", "from an archive"]});
    assert_eq!(yard.output_of("m", config), "from an archive\n");
    assert_eq!(yard.status("m")["image_id"], id);
}

fn an_image_without_a_name_has_its_id(world: &'static World) {
    let yard = Yard::new(world, "nameless");
    let shed = shed(world, "nameless");
    let archive = shed.join("box.tar");
    let target = format!("docker-archive:{}", text(&archive));
    world
        .layout
        .copy("box", &target, &[])
        .expect("it can be copied");
    let images = load(&yard, &archive);
    assert_eq!(references(&images), [""; 0], "{images}");
    let id = images[0]["image_id"].clone();
    let listed = yard.ok("img_list", json!({}))["images"].clone();
    assert_eq!(
        (&listed[0]["image_id"], references(&listed).len()),
        (&id, 0)
    );
    let config = json!({"image": id, "args": ["echo", "no name"]});
    assert_eq!(yard.output_of("m", config), "no name\n");
    assert_eq!(yard.code("img_remove", json!({"image": id})), 41);
    yard.remove("m");
    assert_eq!(yard.ok("img_remove", json!({"image": id}))["changed"], true);
    nothing_is_kept(&yard, "an image without a name");
}

fn what_is_no_archive_is_refused(world: &'static World) {
    let yard = Yard::new(world, "refused");
    let shed = shed(world, "refused");
    let refused = |path: &Path, code: u64| {
        let answer = yard.err("img_load", json!({"path": path}));
        assert_eq!(answer["code"], code, "{path:?}: {answer}");
        nothing_is_kept(&yard, &text(path));
    };
    let plain = pack(world.layout.path(), &shed.join("all.tar"));
    run("gzip", &["--keep", &text(&plain)]);
    for archive in [&plain, &shed.join("all.tar.gz")] {
        let whole = fs::read(archive).expect("it is readable");
        for part in 1..8 {
            let path = shed.join("part");
            fs::write(&path, &whole[..whole.len() * part / 8]).expect("it is writable");
            refused(&path, 46);
        }
    }
    refused(&shed.join("absent.tar"), 46);
    refused(&shed, 46);
    let pipe = shed.join("pipe");
    run("mkfifo", &[&text(&pipe)]);
    refused(&pipe, 46);
    for (name, content) in [("empty", &b""[..]), ("words", b"no archive at all\n")] {
        let path = shed.join(name);
        fs::write(&path, content).expect("it is writable");
        refused(&path, 46);
    }
    let platform = json!({"path": plain, "platform": "linux/riscv64"});
    let answer = yard.err("img_load", platform);
    assert_eq!(answer["code"], 45, "{answer}");
    nothing_is_kept(&yard, "another platform");
}

fn one_broken_image_keeps_all_of_them_out(world: &'static World) {
    let yard = Yard::new(world, "broken");
    let shed = shed(world, "broken");
    let copy = layout(world, &shed);
    let layers = world.layout.manifest("liar").expect("it was built")["layers"].clone();
    let layer = layers.as_array().and_then(|layers| layers.last());
    let digest = layer.expect("there is one")["digest"]
        .as_str()
        .expect("it is text");
    let blob = copy.join("blobs").join(digest.replace(':', "/"));
    let truth = fs::read(&blob).expect("it is there");
    let mut lie = truth.clone();
    lie[truth.len() / 2] ^= 1;
    let archive = shed.join("all.tar");
    fs::write(&blob, lie).expect("it is writable");
    let refused = |code: u64, what: &str| {
        pack(&copy, &archive);
        let answer = yard.err("img_load", json!({"path": archive}));
        assert_eq!(answer["code"], code, "{what}: {answer}");
        assert!(answer.to_string().contains(digest), "{what}: {answer}");
        nothing_is_kept(&yard, what);
    };
    refused(44, "a layer of other bytes");
    fs::remove_file(&blob).expect("it is removable");
    refused(46, "a layer that is not there");
    fs::write(&blob, &truth).expect("it is writable");
    // What is there already is no excuse for an archive that lies.
    yard.pull("liar");
    let mut lie = truth;
    lie.push(0);
    fs::write(&blob, lie).expect("it is writable");
    pack(&copy, &archive);
    assert_eq!(yard.code("img_load", json!({"path": archive})), 44);
}

fn a_load_that_is_killed_can_be_sent_again(world: &'static World) {
    let yard = Yard::new(world, "load-killed");
    let shed = shed(world, "killed");
    let plain = pack(world.layout.path(), &shed.join("all.tar"));
    for step in 0..10 {
        let delay = Duration::from_millis(step * 40);
        yard.ask_and_kill("img_load", json!({"path": plain}), delay);
        let images = load(&yard, &plain);
        assert_eq!(references(&images), ["app", "box", "index", "liar"]);
        for name in ["app", "box", "index", "liar"] {
            yard.ok("img_remove", json!({"image": name}));
        }
        nothing_is_kept(&yard, &format!("killed after {delay:?}"));
    }
}
