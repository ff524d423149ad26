//! The lines of the 2020 README work as typed, and send what the 2020 driver
//! sent. Its requests lie in `data/wire-2020.jsonl`, in the old version's number.

use shellrt_api::{Request, RequestMessage};

use crate::support::Scripted;

const REPLIES: &str = r#"
*'"_type":"img_pull"'*) echo '{"_version":"0.2.0","_type":"img_pull","_status":"ok","image_id":"sha256:1"}';;
*'"_type":"img_remove"'*) echo '{"_version":"0.2.0","_type":"img_remove","_status":"ok","changed":true}';;
*'"_type":"create"'*) echo '{"_version":"0.2.0","_type":"create","_status":"ok","changed":true}';;
*'"_type":"start"'*) echo '{"_version":"0.2.0","_type":"start","_status":"ok","changed":true}';;
*'"_type":"stop"'*) echo '{"_version":"0.2.0","_type":"stop","_status":"ok","changed":true}';;
*'"_type":"remove"'*) echo '{"_version":"0.2.0","_type":"remove","_status":"ok","changed":true}';;
*'"_type":"list"'*) echo '{"_version":"0.2.0","_type":"list","_status":"ok","modules":["ubuntutest"]}';;
*'"_type":"status"'*) echo '{"_version":"0.2.0","_type":"status","_status":"ok","name":"ubuntutest","state":"created","status":"stopped","created_at":"2020-05-01T00:00:00Z"}';;
*'"_type":"version"'*) echo '{"_version":"0.2.0","_type":"version","_status":"ok","name":"scripted","version":"1","protocol_versions":["0.2.0"]}';;
*'"_type":"logs"'*) printf '{"_version":"0.2.0","_type":"logs","_status":"ok","_stream":"raw"}\000hello\n';;
*) echo '{"_version":"0.2.0","_status":"err","code":3,"class":"unsupported","message":"no such command","retryable":false}';;
"#;

/// The lines as typed; the 2020 driver wrote references out in full on its own,
/// which is the plugin's business now, so those that the data has are typed so.
const LINES: [(&str, &str); 12] = [
    ("img_pull registry-1.docker.io/library/ubuntu:latest", ""),
    (
        "img_pull --username me --password-stdin 127.0.0.1:5000/busybox:latest",
        "pw\n",
    ),
    ("img_remove registry-1.docker.io/library/ubuntu:latest", ""),
    (
        "create containerd-cri ubuntutest registry-1.docker.io/library/ubuntu:latest",
        "",
    ),
    ("start ubuntutest", ""),
    ("stop --stop-timeout 5 ubuntutest", ""),
    ("remove ubuntutest", ""),
    ("status ubuntutest", ""),
    ("list", ""),
    ("logs ubuntutest", ""),
    ("logs --follow --tail 10 --since 1500 ubuntutest", ""),
    ("version", ""),
];

#[test]
fn each_line_sends_what_the_2020_driver_sent() {
    let recorded = include_str!("../data/wire-2020.jsonl").lines().map(body);
    let sent = LINES.map(|(line, input)| {
        let plugin = Scripted::new(REPLIES);
        let run = plugin
            .driver(&format!("./plugin {line}"))
            .input(input)
            .run();
        assert_eq!(run.status(), 0, "{}", run.screen());
        body(plugin.requests().lines().last().expect("a request"))
    });
    for (sent, recorded) in sent.into_iter().zip(recorded) {
        assert_eq!(sent, recorded);
    }
}

fn body(line: &str) -> Request {
    RequestMessage::decode(line.as_bytes())
        .unwrap_or_else(|error| panic!("{line}: {:?}", error.faults))
        .body
}

#[test]
fn a_reference_is_sent_as_typed() {
    let plugin = Scripted::new(REPLIES);
    for image in [
        "ubuntu",
        "k8s.gcr.io/pause@sha256:927d98197ec1141a368550822d18fa1c60bdae27b78b0c004f705f548c07814f",
    ] {
        plugin
            .driver(&format!("./plugin img_pull {image}"))
            .run()
            .data();
        let Request::ImgPull(request) = body(plugin.requests().lines().last().expect("a request"))
        else {
            panic!("no img_pull");
        };
        assert_eq!(request.image.as_str(), image);
    }
}

#[test]
fn create_of_2020_sends_the_image_as_config_after_asking_for_the_schema() {
    let plugin = Scripted::new(REPLIES);
    let run = plugin
        .driver("./plugin create containerd-cri ubuntutest ubuntu")
        .run();
    insta::assert_snapshot!(format!("{}\n{}", run.screen(), plugin.requests()));
}

#[test]
fn the_plugin_is_named_in_four_ways() {
    let plugin = Scripted::new(REPLIES);
    let path = plugin.directory().join("plugin");
    let path = path.to_string_lossy();
    let all = [
        plugin.driver("./plugin list"),
        plugin.driver("--plugin ./plugin list"),
        plugin.driver("list --plugin ./plugin"),
        plugin.driver("list").env("SHELLRT_PLUGIN", &path),
        plugin.driver("--plugin sh --plugin-arg ./plugin list"),
    ];
    for driver in all {
        assert_eq!(driver.run().data(), "NAME\nubuntutest\n");
    }
}
