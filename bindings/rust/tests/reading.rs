//! What is refused, why, and in which order. The Python package holds its own
//! reader to the same cases in `tests/test_reading.py`.

use shellrt_api::{
    Command, DecodeError, DecodeErrorKind, Fault, Payload, RequestMessage, StopRequest, parse_json,
};

fn refused(text: &str) -> DecodeError {
    RequestMessage::decode(text.as_bytes()).expect_err(text)
}

/// Pointer and rule of each fault.
fn places(error: &DecodeError) -> Vec<String> {
    let place = |fault: &Fault| format!("{} {}", fault.pointer, fault.rule);
    error.faults.iter().map(place).collect()
}

#[track_caller]
fn accepted(text: &str) -> String {
    let message = RequestMessage::decode(text.as_bytes());
    message.expect(text).to_canonical_json()
}

#[test]
fn what_two_readers_could_take_for_two_things_is_refused() {
    let cases: [(&str, Vec<u8>); 16] = [
        ("empty", b"".into()),
        ("byte order mark", b"\xef\xbb\xbf{\"a\":1}".into()),
        ("bad UTF-8", b"{\"a\":\"\xff\"}".into()),
        ("a surrogate in UTF-8", b"{\"a\":\"\xed\xa0\x80\"}".into()),
        ("duplicate keys", br#"{"a":1,"a":2}"#.into()),
        (
            "duplicate keys, one in escapes",
            br#"{"a":1,"\u0061":2}"#.into(),
        ),
        (
            "duplicate keys deep inside",
            br#"[{"a":{"b":1,"b":1}}]"#.into(),
        ),
        ("lone surrogate", br#"{"a":"\ud800"}"#.into()),
        ("lone low surrogate in a key", br#"{"\udc00":1}"#.into()),
        ("NaN", br#"{"a":NaN}"#.into()),
        ("infinity", br#"{"a":-Infinity}"#.into()),
        ("number out of range", br#"{"a":1e400}"#.into()),
        ("two documents", b"{} {}".into()),
        ("a NUL", b"{}\0".into()),
        ("128 levels", nested(128)),
        ("100000 levels", vec![b'['; 100_000]),
    ];
    for (name, bytes) in cases {
        let fault = parse_json(&bytes).expect_err(name);
        assert_eq!(
            (fault.pointer.as_str(), fault.rule.as_str()),
            ("", "syntax"),
            "{name}"
        );
        assert!(fault.message.contains("line"), "{name}: {}", fault.message);
    }
}

fn nested(levels: usize) -> Vec<u8> {
    ["[", "]"]
        .map(|bracket| bracket.repeat(levels))
        .concat()
        .into()
}

#[test]
fn what_is_strict_json_is_read() {
    let text = parse_json(b" {\"a\":\"\\ud83d\\ude00\"}\r\n\t").expect("it is JSON");
    assert_eq!(text["a"], "😀");
    assert!(parse_json(&nested(127)).is_ok());
}

/// A free-form value is the plugin's: what comes out is what went in.
#[test]
fn numbers_are_read_to_the_last_digit_and_spelled_in_one_way() {
    for (text, spelled) in [
        ("-0", "-0.0"),
        ("18446744073709551615", "18446744073709551615"),
        ("18446744073709551616", "1.8446744073709552e+19"),
        ("1e-7", "1e-7"),
        ("1e15", "1000000000000000.0"),
        ("1E16", "1e+16"),
        ("0.00001", "0.00001"),
        ("12.50", "12.5"),
        // A reader that rounds twice gets the last digit of these wrong.
        ("0.18760422341876826", "0.18760422341876826"),
        ("31105079179356064570", "3.1105079179356066e+19"),
        ("-41.2e-211", "-4.12e-210"),
    ] {
        let head = r#""_type":"list","_version":"0.2.0""#;
        assert_eq!(
            accepted(&format!(r#"{{{head},"_meta":{{"n":{text}}}}}"#)),
            format!(r#"{{"_meta":{{"n":{spelled}}},{head}}}"#)
        );
    }
}

#[test]
fn json_comes_first() {
    let error = refused(r#"{"_version":"9.9.9""#);
    assert_eq!(places(&error), [" syntax"]);
    assert_eq!(error.to_error().code, 2);
}

#[test]
fn a_document_that_is_no_object_is_at_fault_once() {
    assert_eq!(places(&refused("[]")), [" type"]);
}

#[test]
fn the_version_comes_before_the_command() {
    assert_eq!(
        places(&refused(r#"{"_type":"zap"}"#)),
        ["/_version required"]
    );
    assert_eq!(
        places(&refused(r#"{"_version":2,"_type":"zap"}"#)),
        ["/_version type"]
    );
    let error = refused(r#"{"_version":"7.0.0","_type":"zap","_id":"4"}"#);
    assert_eq!(error.id.as_deref(), Some("4"));
    let reply = error.to_error();
    assert_eq!(reply.code, 1);
    let detail = serde_json::json!({ "requested": "7.0.0", "supported": ["0.2.0", "0.1.0"] });
    assert_eq!(reply.detail.map(serde_json::Value::Object), Some(detail));
}

#[test]
fn the_command_comes_before_the_members() {
    let error = refused(r#"{"_version":"0.2.0","_type":"zap","name":7}"#);
    assert_eq!(places(&error), ["/_type value"]);
    let name = "zap".to_owned();
    assert_eq!(error.kind, DecodeErrorKind::UnknownCommand { name });
    assert_eq!(error.to_error().code, 3);
}

#[test]
fn all_members_are_checked_at_once() {
    let error = refused(r#"{"_version":"0.2.0","_type":"stop","timeout":-1,"_deadline_ms":0}"#);
    assert_eq!(
        places(&error),
        ["/_deadline_ms range", "/name required", "/timeout range"]
    );
    assert_eq!(error.command, Some(Command::Stop));
}

#[test]
fn questions_about_the_plugin_are_read_in_any_version() {
    for command in ["version", "describe"] {
        let request = format!(r#"{{"_type":"{command}","_version":"7.0.0"}}"#);
        assert_eq!(accepted(&request), request);
    }
}

#[test]
fn null_is_absent_for_optional_members_only() {
    assert_eq!(
        accepted(r#"{"_version":"0.2.0","_type":"logs","name":"a","tail":null,"_id":null}"#),
        r#"{"_type":"logs","_version":"0.2.0","name":"a"}"#
    );
    let error = refused(r#"{"_version":"0.2.0","_type":"logs","name":null}"#);
    assert_eq!(places(&error), ["/name type"]);
}

#[test]
fn null_stays_in_maps_and_free_form_objects() {
    let create =
        r#"{"_version":"0.2.0","_type":"create","name":"a","config_type":"c","config":{"x":null}"#;
    assert!(accepted(&format!("{create}}}")).contains(r#""config":{"x":null}"#));
    let error = refused(&format!(r#"{create},"env":{{"A":null}}}}"#));
    assert_eq!(places(&error), ["/env/A type"]);
}

#[test]
fn an_integral_float_is_an_integer() {
    let stop = |timeout| format!(r#"{{"name":"a","timeout":{timeout}}}"#);
    let read = |timeout| StopRequest::decode(stop(timeout).as_bytes());
    assert_eq!(read("10.0").expect("it is whole").timeout, Some(10));
    for (timeout, rule) in [
        ("10.5", "type"),
        ("1e300", "range"),
        ("true", "type"),
        (r#""10""#, "type"),
    ] {
        let faults = read(timeout).expect_err(timeout);
        assert_eq!(faults.len(), 1, "{timeout}");
        assert_eq!(faults[0].rule.as_str(), rule, "{timeout}");
    }
}
