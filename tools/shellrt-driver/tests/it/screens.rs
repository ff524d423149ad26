//! What people see of each command, and what programs see.

use crate::support::Scripted;

/// A time of some minutes ago, so that ages read the same at any time.
const MINUTES_AGO: &str = "$(date -u -d '-185 seconds' +%Y-%m-%dT%H:%M:%SZ)";

fn ok(command: &str, members: &str) -> Scripted {
    let members = members.replace("MINUTES_AGO", &format!("\"'\"{MINUTES_AGO}\"'\""));
    Scripted::new(&format!(
        r#"*) echo '{{"_version":"0.2.0","_type":"{command}","_status":"ok",{members}}}';;"#
    ))
}

#[test]
fn version_and_describe_are_lists_of_facts() {
    let version = ok(
        "version",
        r#""name":"scripted","version":"1.2.3","protocol_versions":["0.1.0","0.2.0"],"build":"abc""#,
    );
    let describe = ok(
        "describe",
        r#""name":"scripted","version":"1.2.3","protocol_versions":["0.2.0"],"commands":["version","describe","list"],
        "features":["images","logs_follow"],"limits":{"modules_max":100},
        "config_types":{"docker":{"description":"Docker createOptions","schema":{"type":"object"}}}"#,
    );
    insta::assert_snapshot!(
        version.driver("./plugin version").run().screen()
            + &describe.driver("./plugin describe").run().screen()
    );
    let schema = describe
        .driver("./plugin describe --config-type docker")
        .run()
        .data();
    assert_eq!(schema, "{\n  \"type\": \"object\"\n}\n");
}

#[test]
fn list_shows_names_and_with_details_states() {
    let names = ok("list", r#""modules":["database","web"]"#);
    let details = ok(
        "list",
        r#""modules":["broken","database","web"],"details":[
        {"name":"broken","error":{"code":99,"class":"internal","message":"its record is damaged","retryable":true}},
        {"name":"database","status":{"name":"database","state":"running","status":"running","created_at":MINUTES_AGO,
         "started_at":MINUTES_AGO,"pid":4242,"image":"postgres:17"}},
        {"name":"web","status":{"name":"web","state":"exited","status":"failed","created_at":MINUTES_AGO,"exit_code":3}}]"#,
    );
    insta::assert_snapshot!(
        names.driver("./plugin list").run().screen()
            + &details
                .driver("./plugin list -l --label owner=me")
                .run()
                .screen()
            + &details.requests()
    );
}

#[test]
fn status_is_a_list_of_facts() {
    let plugin = ok(
        "status",
        r#""name":"web","state":"exited","status":"failed","description":"ended with 3","created_at":"2020-05-01T00:00:00Z",
        "exit_code":3,"labels":{"owner":"me"}"#,
    );
    let screen = plugin.driver("./plugin status web").run().screen();
    // 2020 lies ever further back.
    let without_ages: Vec<&str> = screen
        .lines()
        .filter(|line| !line.contains("y ago"))
        .collect();
    insta::assert_snapshot!(without_ages.join("\n"));
}

#[test]
fn top_and_stats_are_tables() {
    let top = ok(
        "top",
        r#""processes":[{"pid":4242,"parent_pid":1,"user":"iotedge","command":"web --verbose","started_at":MINUTES_AGO,
        "cpu_time_ms":1250,"memory_bytes":10485760},{"pid":4243}]"#,
    );
    let stats = ok(
        "stats",
        r#""modules":[{"name":"web","sample":{"read_at":MINUTES_AGO,"cpu_time_us":200500000,"memory_bytes":10485760,
        "memory_limit_bytes":67108864,"process_count":2,"network_received_bytes":1024}}]"#,
    );
    insta::assert_snapshot!(
        top.driver("./plugin top web").run().screen()
            + &top.driver("./plugin top -l web").run().screen()
            + &stats.driver("./plugin stats web").run().screen()
            + &stats.requests()
    );
}

#[test]
fn images_have_a_row_for_each_reference() {
    let list = ok(
        "img_list",
        r#""images":[{"image_id":"sha256:0123456789abcdef0123","references":["ubuntu","ubuntu:24.04"],"size_bytes":80000000,
        "created_at":MINUTES_AGO,"in_use_by":["web"]},{"image_id":"sha256:fedcba9876543210fedc"}]"#,
    );
    let pull = ok(
        "img_pull",
        r#""image_id":"sha256:01","bytes_fetched":5242880,"bytes_reused":1024"#,
    );
    let load = ok(
        "img_load",
        r#""images":[{"image_id":"sha256:01","references":["app:1"]}]"#,
    );
    let remove = ok(
        "img_remove",
        r#""changed":true,"references":["ubuntu","ubuntu:24.04"]"#,
    );
    insta::assert_snapshot!(
        list.driver("./plugin img_list").run().screen()
            + &pull.driver("./plugin img_pull --policy missing --platform linux/arm64 --stall-timeout 10s ubuntu").run().screen()
            + &pull.requests()
            + &load.driver("./plugin img_load /media/app.tar").run().screen()
            + &remove.driver("./plugin img_remove --force ubuntu").run().screen()
            + &remove.requests()
    );
}

#[test]
fn a_network_tells_where_it_differs() {
    let plugin = ok(
        "network_ensure",
        r#""changed":false,"subnets":["10.1.0.0/16"],"drift":[{"pointer":"/ipv6","wanted":"true","actual":"false"}]"#,
    );
    let line = "./plugin network_ensure lab --ipv6 --ipam subnet=10.2.0.0/16,gateway=10.2.0.1";
    insta::assert_snapshot!(plugin.driver(line).run().screen() + &plugin.requests());
}

#[test]
fn the_host_is_described_by_what_the_plugin_knows() {
    let plugin = ok(
        "sys_info",
        r#""os_type":"linux","architecture":"x86_64","cpus":2,"memory_total_bytes":8589934592,
        "disk":{"path":"/var/lib/modules","total_bytes":1099511627776,"available_bytes":1073741824},
        "engine":{"name":"scripted","version":"1"}"#,
    );
    insta::assert_snapshot!(plugin.driver("./plugin sys_info").run().screen());
}

#[test]
fn warnings_go_to_standard_error() {
    let plugin = ok(
        "restart",
        r#""changed":true,"warnings":[{"message":"the bind source is new","pointer":"/config/mounts/0"}]"#,
    );
    insta::assert_snapshot!(plugin.driver("./plugin restart web").run().screen());
}

#[test]
fn json_is_the_protocols_own_document_on_one_line() {
    let plugin = ok("list", r#""modules":["web"],"unheard_of":true"#);
    let json = plugin.driver("./plugin --format json list").run().data();
    assert_eq!(
        json,
        "{\"_status\":\"ok\",\"_type\":\"list\",\"_version\":\"0.2.0\",\"modules\":[\"web\"]}\n"
    );
    let message = shellrt_api::ResponseMessage::decode(json.as_bytes()).expect("a response");
    assert!(message.result.is_ok());
}

#[test]
fn a_trace_shows_both_sides_and_no_secret() {
    let plugin = ok("img_pull", r#""image_id":"sha256:01""#);
    let driver = plugin
        .driver("./plugin --trace img_pull --username me --password-stdin ubuntu")
        .input("hunter2");
    let run = driver.run();
    assert_eq!(run.status(), 0, "{}", run.screen());
    let trace = run.stderr();
    assert!(
        trace.contains("ubuntu") && trace.contains("sha256:01"),
        "{trace}"
    );
    assert!(!trace.contains("hunter2"), "{trace}");
    assert!(plugin.requests().contains("hunter2"));
}

#[test]
fn a_trace_leaves_out_environment_labels_and_config() {
    let plugin = ok("create", r#""changed":true"#);
    let line = "./plugin --trace create --no-check process web --env A=hunter2 --label b=hunter2 -- hunter2";
    let run = plugin.driver(line).run();
    assert_eq!(run.status(), 0, "{}", run.screen());
    assert!(
        run.stderr().contains("web") && !run.stderr().contains("hunter2"),
        "{}",
        run.stderr()
    );
}

#[test]
fn the_plugin_gets_the_variables_that_are_named() {
    let plugin = Scripted::new(
        r#"*) printf '{"_version":"0.2.0","_type":"list","_status":"ok","modules":["%s","%s","%s"]}' "${GIVEN-unset}" "${TAKEN-unset}" "${OTHER-unset}";;"#,
    );
    let driver = plugin.driver("--plugin-env GIVEN=given --plugin-env TAKEN ./plugin list");
    let run = driver.env("TAKEN", "taken").env("OTHER", "secret").run();
    assert_eq!(run.data(), "NAME\ngiven\ntaken\nunset\n");
    assert_eq!(
        plugin
            .driver("--plugin-env ABSENT ./plugin list")
            .run()
            .status(),
        2
    );
}

#[test]
fn what_goes_into_the_head_can_be_given() {
    let plugin = Scripted::answering(
        r#"{"_version":"0.2.0","_type":"start","_id":"7","_status":"ok","changed":false}"#,
    );
    let run = plugin
        .driver("./plugin --timeout 90s --id 7 --meta com.example.ticket=12 start web")
        .run();
    insta::assert_snapshot!(run.screen() + &plugin.requests());
}

#[test]
fn all_modules_are_stopped_and_removed_one_by_one() {
    let plugin = Scripted::new(
        r#"*'"_type":"list"'*) echo '{"_version":"0.2.0","_type":"list","_status":"ok","modules":["a","b"]}';;
*'"name":"b"'*) echo '{"_version":"0.2.0","_status":"err","_type":"stop","code":20,"class":"not_found","message":"no module `b`","retryable":false}';;
*'"_type":"stop"'*) echo '{"_version":"0.2.0","_type":"stop","_status":"ok","changed":true}';;
*) echo '{"_version":"0.2.0","_type":"remove","_status":"ok","changed":true}';;"#,
    );
    insta::assert_snapshot!(
        plugin
            .driver("./plugin stop --all --stop-timeout 3")
            .run()
            .screen()
            + &plugin.requests()
    );
}
