//! Each way to fail: its words, its hint and its exit status.

use crate::support::Scripted;

#[test]
fn a_plugins_error_shows_code_causes_and_hint() {
    let plugin = Scripted::answering(
        r#"{"_version":"0.2.0","_type":"start","_status":"err","code":20,"class":"not_found","message":"there is no module `web`","retryable":false,"hint":"`list` shows those that are there","causes":["no file for it"]}"#,
    );
    insta::assert_snapshot!(plugin.driver("./plugin start web").run().screen());
}

#[test]
fn an_error_without_a_hint_gets_the_registrys() {
    let plugin = Scripted::answering(
        r#"{"_version":"0.2.0","_type":"start","_status":"err","code":4,"class":"permission","message":"the engine refuses","retryable":false}"#,
    );
    insta::assert_snapshot!(plugin.driver("./plugin start web").run().screen());
}

#[test]
fn faults_of_a_request_are_listed_with_their_pointers() {
    let plugin = Scripted::answering(
        r#"{"_version":"0.2.0","_type":"create","_status":"err","code":2,"class":"caller","message":"the request has 1 fault","retryable":false,"detail":{"faults":[{"pointer":"/config/command","rule":"required","message":"`command` is missing","expected":"an array"}]}}"#,
    );
    insta::assert_snapshot!(
        plugin
            .driver("./plugin create --no-check process web")
            .run()
            .screen()
    );
}

#[test]
fn a_plugins_own_error_shows_its_class() {
    let plugin = Scripted::answering(
        r#"{"_version":"0.2.0","_type":"start","_status":"err","code":117,"class":"busy","message":"the lake \u001b[31mis frozen","retryable":true}"#,
    );
    insta::assert_snapshot!(plugin.driver("./plugin start web").run().screen());
}

#[test]
fn programs_get_the_error_as_a_document() {
    let plugin = Scripted::answering(
        r#"{"_version":"0.2.0","_type":"start","_status":"err","code":20,"class":"not_found","message":"there is no module `web`","retryable":false}"#,
    );
    let run = plugin.driver("./plugin --format json start web").run();
    assert_eq!(run.status(), 1);
    let message =
        shellrt_api::ResponseMessage::decode(run.stdout().as_bytes()).expect("a response");
    assert_eq!(message.result.expect_err("an error").code, 20);
}

#[test]
fn a_plugin_that_talks_nonsense_is_at_fault() {
    let plugin = Scripted::answering("Segmentation fault, sorry");
    let run = plugin.driver("./plugin list").run();
    assert_eq!(run.status(), 3, "{}", run.screen());
    assert!(
        run.stderr().contains("Segmentation fault, sorry"),
        "{}",
        run.screen()
    );
    assert_eq!(run.stdout(), "");
}

#[test]
fn a_plugin_that_dies_is_at_fault_and_its_last_words_are_shown() {
    let plugin = Scripted::new("*) echo 'out of cheese' >&2; exit 7;;");
    let run = plugin.driver("./plugin list").run();
    assert_eq!(run.status(), 3, "{}", run.screen());
    assert!(run.stderr().contains("out of cheese"), "{}", run.screen());
}

#[test]
fn a_plugin_that_is_late_is_stopped() {
    let plugin = Scripted::new("*) exec sleep 600;;");
    let run = plugin.driver("./plugin --timeout 100ms list").run();
    insta::assert_snapshot!(run.screen());
}

#[test]
fn a_plugin_that_cannot_be_started_is_told_apart() {
    let plugin = Scripted::new("*) ;;");
    std::fs::write(plugin.directory().join("no-program"), "").expect("a file");
    insta::assert_snapshot!(
        plugin.driver("./absent list").run().screen()
            + &plugin.driver("./no-program list").run().screen()
    );
}

#[test]
fn wrong_usage_asks_nothing_of_the_plugin() {
    let plugin = Scripted::new("*) ;;");
    let screens: String = [
        "list",
        "./plugin start",
        "./plugin start -- -x",
        "./plugin img_pull --policy often x",
        "./plugin logs --since soon x",
    ]
    .map(|line| plugin.driver(line).run().screen())
    .concat();
    insta::assert_snapshot!(screens);
    assert_eq!(plugin.requests(), "");
}

const DESCRIPTION: &str = r#"*'"_type":"describe"'*) echo '{"_version":"0.2.0","_type":"describe","_status":"ok","name":"scripted","version":"1","protocol_versions":["0.2.0"],"commands":["create"],"config_types":{"process":{"schema":{"type":"object","required":["command"],"properties":{"command":{"type":"array","items":{"type":"string"},"minItems":1}}}}}}';;
*) echo '{"_version":"0.2.0","_type":"create","_status":"ok","changed":true}';;"#;

#[test]
fn a_config_that_does_not_fit_is_explained_and_not_sent() {
    let plugin = Scripted::new(DESCRIPTION);
    let run = plugin
        .driver("./plugin create process web --config -")
        .input(r#"{"command": ["sh", 7]}"#)
        .run();
    let missing = plugin.driver("./plugin create process web").run();
    let unknown = plugin.driver("./plugin create docker web nginx").run();
    insta::assert_snapshot!(run.screen() + &missing.screen() + &unknown.screen());
    assert!(!plugin.requests().contains(r#""_type":"create""#));
}

#[test]
fn a_fitting_config_is_sent_with_environment_and_labels() {
    let plugin = Scripted::new(DESCRIPTION);
    std::fs::write(
        plugin.directory().join("env"),
        "# comment\n\nA=from file\nB=b=b\n",
    )
    .expect("a file");
    let line = "./plugin create process web --env-file env --env A=a --env FROM_SHELL --label owner=me -- sh -c true";
    let run = plugin.driver(line).env("FROM_SHELL", "yes").run();
    insta::assert_snapshot!(run.screen() + plugin.requests().lines().last().unwrap_or_default());
}

#[test]
fn a_config_must_be_one_json_object_and_say_things_once() {
    let plugin = Scripted::new(DESCRIPTION);
    let screens: String = [
        ("[]", ""),
        ("{\"a\":1,}", ""),
        (r#"{"image":"x"}"#, " ubuntu"),
    ]
    .map(|(config, image)| {
        plugin
            .driver(&format!("./plugin create process web{image} --config -"))
            .input(config)
            .run()
            .screen()
    })
    .concat();
    insta::assert_snapshot!(screens);
}

#[test]
fn faulty_credentials_are_not_repeated() {
    let plugin = Scripted::new("*) ;;");
    let run = plugin
        .driver("./plugin img_pull --credentials-stdin x")
        .input(r#"{"password": ["hunter2"]}"#)
        .run();
    assert_eq!(run.status(), 2);
    assert!(
        run.stderr().contains("/password") && !run.stderr().contains("hunter2"),
        "{}",
        run.screen()
    );
    assert_eq!(plugin.requests(), "");
}
