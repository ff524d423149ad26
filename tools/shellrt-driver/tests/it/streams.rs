//! Logs, progress and raw requests; and what ends them early.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::support::Scripted;

const RAW: &str = r#"*) printf '{"_version":"0.2.0","_type":"logs","_status":"ok","_stream":"raw"}\000one\ntwo\n';;"#;

const DOCKER: &str = r#"*) printf '{"_version":"0.2.0","_type":"logs","_status":"ok","_stream":"docker"}\000'
printf '\001\000\000\000\000\000\000\004out\n\002\000\000\000\000\000\000\004err\n';;"#;

#[test]
fn raw_logs_go_to_standard_output_byte_by_byte() {
    let run = Scripted::new(RAW).driver("./plugin logs web").run();
    assert_eq!(
        (run.data(), run.stderr()),
        ("one\ntwo\n".to_owned(), String::new())
    );
}

#[test]
fn framed_logs_are_parted_again() {
    let run = Scripted::new(DOCKER)
        .driver("./plugin logs --framing docker web")
        .run();
    assert_eq!(
        (run.data(), run.stderr()),
        ("out\n".to_owned(), "err\n".to_owned())
    );
}

#[test]
fn a_log_that_is_cut_is_no_success() {
    let cut = RAW.replace(";;", "; exit 1;;");
    let run = Scripted::new(&cut).driver("./plugin logs web").run();
    assert_eq!(run.stdout(), "one\ntwo\n");
    assert_eq!(run.status(), 5, "{}", run.screen());
}

#[test]
fn every_option_of_logs_reaches_the_request() {
    let plugin = Scripted::new(DOCKER);
    let line = "./plugin logs -f -n 5 --since 1500 --until 2026-11-23T18:00:00Z -t --stream stderr --framing docker web";
    plugin.driver(line).run().data();
    insta::assert_snapshot!(plugin.requests());
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let endless = r#"*) printf '{"_version":"0.2.0","_type":"logs","_status":"ok","_stream":"raw"}\000'; exec yes;;"#;
    let plugin = Scripted::new(endless);
    let mut child = plugin
        .driver("./plugin logs web")
        .into_command()
        .spawn()
        .expect("the driver starts");
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("a pipe"))
        .read_line(&mut first)
        .expect("a line");
    let output = child.wait_with_output().expect("the driver ends");
    assert_eq!(first, "y\n");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn an_interrupt_ends_a_follow_quietly() {
    let plugin = Scripted::new(
        r#"*) printf '{"_version":"0.2.0","_type":"logs","_status":"ok","_stream":"raw"}\000ready\n'; exec sleep 5;;"#,
    );
    let mut command = plugin.driver("./plugin logs --follow web").into_command();
    let mut child = command
        .stdin(Stdio::null())
        .spawn()
        .expect("the driver starts");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut first = String::new();
    lines.read_line(&mut first).expect("a line");
    assert_eq!(first, "ready\n");
    let interrupt = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(interrupt.expect("`kill`").success());
    assert_eq!(child.wait().expect("the driver ends").code(), Some(130));
}

#[test]
fn progress_ends_with_the_response_and_is_sparse_without_a_terminal() {
    let plugin = Scripted::new(
        r#"*) printf '{"_version":"0.2.0","_type":"img_pull","_status":"ok","_stream":"ndjson"}\000'
echo '{"event":"resolve"}'
echo '{"event":"download","layers_total":2,"bytes_done":1,"bytes_total":9}'
echo '{"event":"download","layers_total":2,"bytes_done":9,"bytes_total":9}'
echo '{"event":"unpack"}'
echo '{"_version":"0.2.0","_type":"img_pull","_status":"ok","image_id":"sha256:01","bytes_fetched":9}';;"#,
    );
    let run = plugin
        .driver("./plugin img_pull --progress always ubuntu")
        .run();
    insta::assert_snapshot!(run.screen() + &plugin.requests());
}

#[test]
fn a_pull_that_fails_in_its_stream_is_a_plugins_error() {
    let plugin = Scripted::new(
        r#"*) printf '{"_version":"0.2.0","_type":"img_pull","_status":"ok","_stream":"ndjson"}\000'
echo '{"_version":"0.2.0","_type":"img_pull","_status":"err","code":99,"class":"internal","message":"the disk went away","retryable":true}';;"#,
    );
    let run = plugin
        .driver("./plugin img_pull --progress always ubuntu")
        .run();
    assert_eq!(run.status(), 1, "{}", run.screen());
    assert!(
        run.stderr().contains("the disk went away"),
        "{}",
        run.screen()
    );
}

#[test]
fn raw_sends_and_shows_the_exact_bytes() {
    let plugin = Scripted::new(
        r#"*logs*) printf '{"_version":"0.2.0","_type":"logs","_status":"ok","_stream":"raw"}\000bytes';;
*) printf '{ "_version":"0.2.0", "_status":"err","code":2,"class":"caller","message":"no","retryable":false}';;"#,
    );
    let reply = r#"{ "_version":"0.2.0", "_status":"err","code":2,"class":"caller","message":"no","retryable":false}"#;
    let refused = plugin.driver("./plugin raw").input("{nonsense").run();
    assert_eq!(
        (refused.status(), refused.stdout()),
        (1, reply.to_owned()),
        "{}",
        refused.screen()
    );
    assert_eq!(plugin.requests(), "{nonsense\n");

    std::fs::write(
        plugin.directory().join("request.json"),
        r#"{"_version":"0.2.0","_type":"logs","name":"web"}"#,
    )
    .expect("a file");
    let stream = plugin.driver("./plugin raw request.json").run();
    assert!(stream.data().ends_with("\u{0}bytes"), "{}", stream.screen());
}
