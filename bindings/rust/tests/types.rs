//! The generated types: open and closed enums, defaults, secrets, the registry,
//! the shapes of 2020. The Python package does the same in
//! `tests/test_types.py`.

use serde_json::{Value, json};
use shellrt_api::{
    CreateRequest, Error, ErrorClass, ErrorCode, ImgPullRequest, LogFraming, LogsRequest,
    ModuleState, Payload, ProtocolVersion, RequestMessage, ResponseHead, ResponseMessage,
    StatusResponse, VersionResponse,
};

#[track_caller]
fn read<T: Payload>(value: Value) -> T {
    T::from_value(value).unwrap_or_else(|faults| panic!("{faults:?}"))
}

#[test]
fn an_open_enum_keeps_a_value_that_it_does_not_know() {
    let value = json!({ "name": "a", "state": "frozen", "status": "running", "created_at": "2026-11-23T18:00:00Z" });
    let status: StatusResponse = read(value.clone());
    assert_eq!(status.state, ModuleState::Other("frozen".into()));
    assert_eq!(status.to_value(), value);
}

#[test]
fn a_closed_enum_refuses_one() {
    let value = json!({ "name": "a", "framing": "zip" });
    let faults = LogsRequest::from_value(value).expect_err("there is no such framing");
    assert_eq!(
        faults[0].expected.as_deref(),
        Some("one of `raw`, `docker`")
    );
}

#[test]
fn a_default_is_left_out_on_the_wire() {
    let logs: LogsRequest = read(json!({ "name": "a", "framing": "raw", "follow": false }));
    assert_eq!(logs.framing, LogFraming::Raw);
    assert_eq!(logs.to_canonical_json(), r#"{"name":"a"}"#);
}

#[test]
fn sensitive_members_stay_out_of_debug() {
    let canary = "canary-4711";
    let create: CreateRequest = read(json!({
        "name": "a",
        "config_type": "c",
        "config": { "key": canary },
        "env": { "KEY": canary },
        "labels": { "l": canary },
    }));
    let pull: ImgPullRequest = read(json!({
        "image": "i",
        "credentials": { "username": canary, "password": canary, "registry_token": canary },
    }));
    let mut messages = [RequestMessage::new(create), RequestMessage::new(pull)];
    for message in &mut messages {
        message
            .head
            .meta
            .insert("com.example".into(), canary.into());
        assert!(!format!("{message:?} {message:#?}").contains(canary));
        assert!(message.to_canonical_json().contains(canary));
    }
}

#[test]
fn a_fault_does_not_repeat_a_secret() {
    let value =
        json!({ "name": "a", "config_type": "c", "config": {}, "env": { "A": "canary\0" } });
    let faults = CreateRequest::from_value(value).expect_err("a NUL is no part of a variable");
    assert!(!format!("{faults:?} {}", faults[0]).contains("canary"));
}

#[test]
fn the_registry_is_found_by_its_numbers() {
    assert!(ErrorCode::ALL.len() > 20);
    for &code in ErrorCode::ALL {
        assert_eq!(ErrorCode::from_code(code.code()), Some(code));
        assert_eq!(
            code.retryable(),
            code.http_status() >= 500,
            "{}",
            code.name()
        );
        let error = Error::new(code, "so it is");
        assert_eq!(error.known_code(), Some(code));
        assert_eq!(read::<Error>(error.to_value()), error);
    }
    assert_eq!(ErrorCode::from_code(100), None);
}

#[test]
fn r_5_the_code_decides_then_the_class_and_retryable() {
    let mut error = Error::new(ErrorCode::EngineUnavailable, "no answer");
    assert!(error.may_retry());
    // What an error of a known code says of itself changes nothing.
    error.class = ErrorClass::Other("weather".into());
    error.retryable = false;
    assert!(error.may_retry());
    error.code = ErrorCode::ModuleNotFound.code().into();
    error.retryable = true;
    assert!(!error.may_retry());
    // A code of the plugin's own.
    error.code = 117;
    assert!(!error.may_retry(), "in an unknown class");
    error.class = ErrorClass::Busy;
    assert!(error.may_retry());
    error.retryable = false;
    assert!(!error.may_retry());
}

/// The reply in that version, as a host reads it.
fn reply(version: &str, response: impl Into<shellrt_api::Response>) -> Value {
    let head = ResponseHead::new(ProtocolVersion::new(version).expect("it is a version"));
    let response = response.into();
    let command = response.command();
    let bytes = ResponseMessage::new(head, Some(command), Ok(response)).encode();
    ResponseMessage::decode(&bytes)
        .expect("a reply is read by the other side")
        .to_value()
}

#[test]
fn status_and_version_have_the_shapes_of_2020() {
    let status: StatusResponse = read(json!({
        "name": "a",
        "state": "exited",
        "status": "failed",
        "created_at": "2026-11-23T18:00:00Z",
        "started_at": "1970-01-01T00:00:01.5Z",
        "exit_code": 3,
    }));
    assert_eq!(
        reply("0.1.0", status),
        json!({
            "_version": "0.1.0",
            "_status": "ok",
            "_type": "status",
            "status": "failed",
            "image_id": "",
            "exit_code": 3,
            "started_at": 1_500_000_000,
        })
    );
    let version: VersionResponse =
        read(json!({ "name": "p", "version": "1.0", "protocol_versions": ["0.2.0"] }));
    assert_eq!(reply("0.1.7", version)["info"], "p 1.0");
}
