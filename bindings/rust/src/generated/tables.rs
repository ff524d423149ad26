// Generated from schema/v0 by `cargo xtask codegen`; do not edit.
//! The schema as tables, for `normalise` and `check`.

use super::forms::*;
use crate::table::{FieldTable, Shape, TypeTable};
pub(crate) static PROTOCOL_VERSION: TypeTable = TypeTable {
    name: "ProtocolVersion",
    sensitive: false,
    shape: Shape::Text {
        min_length: 0u64,
        max_length: 18446744073709551615u64,
        automaton: Some(&PROTOCOL_VERSION_AUTOMATON),
    },
};
pub(crate) static REQUEST_ID: TypeTable = TypeTable {
    name: "RequestId",
    sensitive: false,
    shape: Shape::Text {
        min_length: 1u64,
        max_length: 128u64,
        automaton: Some(&REQUEST_ID_AUTOMATON),
    },
};
pub(crate) static MODULE_NAME: TypeTable = TypeTable {
    name: "ModuleName",
    sensitive: false,
    shape: Shape::Text {
        min_length: 1u64,
        max_length: 128u64,
        automaton: Some(&MODULE_NAME_AUTOMATON),
    },
};
pub(crate) static NETWORK_NAME: TypeTable = TypeTable {
    name: "NetworkName",
    sensitive: false,
    shape: Shape::Text {
        min_length: 1u64,
        max_length: 128u64,
        automaton: Some(&NETWORK_NAME_AUTOMATON),
    },
};
pub(crate) static IDENTIFIER: TypeTable = TypeTable {
    name: "Identifier",
    sensitive: false,
    shape: Shape::Text {
        min_length: 1u64,
        max_length: 64u64,
        automaton: Some(&IDENTIFIER_AUTOMATON),
    },
};
pub(crate) static IMAGE_REFERENCE: TypeTable = TypeTable {
    name: "ImageReference",
    sensitive: false,
    shape: Shape::Text {
        min_length: 1u64,
        max_length: 1024u64,
        automaton: Some(&IMAGE_REFERENCE_AUTOMATON),
    },
};
pub(crate) static IMAGE_ID: TypeTable = TypeTable {
    name: "ImageId",
    sensitive: false,
    shape: Shape::Text {
        min_length: 1u64,
        max_length: 256u64,
        automaton: Some(&IMAGE_ID_AUTOMATON),
    },
};
pub(crate) static DIGEST: TypeTable = TypeTable {
    name: "Digest",
    sensitive: false,
    shape: Shape::Text {
        min_length: 0u64,
        max_length: 18446744073709551615u64,
        automaton: Some(&DIGEST_AUTOMATON),
    },
};
pub(crate) static PLATFORM: TypeTable = TypeTable {
    name: "Platform",
    sensitive: false,
    shape: Shape::Text {
        min_length: 0u64,
        max_length: 64u64,
        automaton: Some(&PLATFORM_AUTOMATON),
    },
};
pub(crate) static TIMESTAMP: TypeTable = TypeTable {
    name: "Timestamp",
    sensitive: false,
    shape: Shape::Text {
        min_length: 0u64,
        max_length: 18446744073709551615u64,
        automaton: Some(&TIMESTAMP_AUTOMATON),
    },
};
pub(crate) static ABSOLUTE_PATH: TypeTable = TypeTable {
    name: "AbsolutePath",
    sensitive: false,
    shape: Shape::Text {
        min_length: 1u64,
        max_length: 4096u64,
        automaton: Some(&ABSOLUTE_PATH_AUTOMATON),
    },
};
pub(crate) static IP_ADDRESS: TypeTable = TypeTable {
    name: "IpAddress",
    sensitive: false,
    shape: Shape::Text {
        min_length: 2u64,
        max_length: 45u64,
        automaton: Some(&IP_ADDRESS_AUTOMATON),
    },
};
pub(crate) static SUBNET: TypeTable = TypeTable {
    name: "Subnet",
    sensitive: false,
    shape: Shape::Text {
        min_length: 4u64,
        max_length: 49u64,
        automaton: Some(&SUBNET_AUTOMATON),
    },
};
pub(crate) static ENVIRONMENT_NAME: TypeTable = TypeTable {
    name: "EnvironmentName",
    sensitive: false,
    shape: Shape::Text {
        min_length: 1u64,
        max_length: 4096u64,
        automaton: Some(&ENVIRONMENT_NAME_AUTOMATON),
    },
};
pub(crate) static ENVIRONMENT_VALUE: TypeTable = TypeTable {
    name: "EnvironmentValue",
    sensitive: false,
    shape: Shape::Text {
        min_length: 0u64,
        max_length: 131072u64,
        automaton: Some(&ENVIRONMENT_VALUE_AUTOMATON),
    },
};
pub(crate) static ENVIRONMENT: TypeTable = TypeTable {
    name: "Environment",
    sensitive: true,
    shape: Shape::Map {
        key: &ENVIRONMENT_NAME,
        value: &ENVIRONMENT_VALUE,
        max_members: 4096u64,
    },
};
pub(crate) static LABEL_KEY: TypeTable = TypeTable {
    name: "LabelKey",
    sensitive: false,
    shape: Shape::Text {
        min_length: 1u64,
        max_length: 4096u64,
        automaton: None,
    },
};
pub(crate) static LABEL_VALUE: TypeTable = TypeTable {
    name: "LabelValue",
    sensitive: false,
    shape: Shape::Text {
        min_length: 0u64,
        max_length: 1048576u64,
        automaton: None,
    },
};
pub(crate) static LABELS: TypeTable = TypeTable {
    name: "Labels",
    sensitive: true,
    shape: Shape::Map {
        key: &LABEL_KEY,
        value: &LABEL_VALUE,
        max_members: 4096u64,
    },
};
pub(crate) static FREE_FORM: TypeTable = TypeTable {
    name: "FreeForm",
    sensitive: false,
    shape: Shape::Free,
};
pub(crate) static BYTE_COUNT: TypeTable = TypeTable {
    name: "ByteCount",
    sensitive: false,
    shape: Shape::Integer {
        minimum: 0i64,
        maximum: 9007199254740991i64,
    },
};
pub(crate) static COUNT: TypeTable = TypeTable {
    name: "Count",
    sensitive: false,
    shape: Shape::Integer {
        minimum: 0i64,
        maximum: 9007199254740991i64,
    },
};
pub(crate) static PID: TypeTable = TypeTable {
    name: "Pid",
    sensitive: false,
    shape: Shape::Integer {
        minimum: 1i64,
        maximum: 2147483647i64,
    },
};
pub(crate) static EXIT_CODE: TypeTable = TypeTable {
    name: "ExitCode",
    sensitive: false,
    shape: Shape::Integer {
        minimum: -2147483648i64,
        maximum: 4294967295i64,
    },
};
pub(crate) static STOP_TIMEOUT: TypeTable = TypeTable {
    name: "StopTimeout",
    sensitive: false,
    shape: Shape::Integer {
        minimum: 0i64,
        maximum: 86400i64,
    },
};
pub(crate) static UNIX_SECONDS: TypeTable = TypeTable {
    name: "UnixSeconds",
    sensitive: false,
    shape: Shape::Integer {
        minimum: 0i64,
        maximum: 253402300799i64,
    },
};
pub(crate) static TEXT: TypeTable = TypeTable {
    name: "Text",
    sensitive: false,
    shape: Shape::Text {
        min_length: 0u64,
        max_length: 65536u64,
        automaton: None,
    },
};
pub(crate) static WARNING: TypeTable = TypeTable {
    name: "Warning",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "message",
            required: true,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "pointer",
            required: false,
            sensitive: false,
            shape: Shape::Named(&JSON_POINTER),
        },
    ]),
};
pub(crate) static JSON_POINTER: TypeTable = TypeTable {
    name: "JsonPointer",
    sensitive: false,
    shape: Shape::Text {
        min_length: 0u64,
        max_length: 65536u64,
        automaton: Some(&JSON_POINTER_AUTOMATON),
    },
};
pub(crate) static CREATE_REQUEST: TypeTable = TypeTable {
    name: "CreateRequest",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "name",
            required: true,
            sensitive: false,
            shape: Shape::Named(&MODULE_NAME),
        },
        FieldTable {
            name: "env",
            required: false,
            sensitive: false,
            shape: Shape::Named(&ENVIRONMENT),
        },
        FieldTable {
            name: "labels",
            required: false,
            sensitive: false,
            shape: Shape::Named(&LABELS),
        },
        FieldTable {
            name: "config_type",
            required: true,
            sensitive: false,
            shape: Shape::Named(&IDENTIFIER),
        },
        FieldTable {
            name: "config",
            required: true,
            sensitive: true,
            shape: Shape::Named(&FREE_FORM),
        },
    ]),
};
pub(crate) static CREATE_RESPONSE: TypeTable = TypeTable {
    name: "CreateResponse",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "image_id",
            required: false,
            sensitive: false,
            shape: Shape::Named(&IMAGE_ID),
        },
        FieldTable {
            name: "warnings",
            required: false,
            sensitive: false,
            shape: Shape::List {
                min_items: 0u64,
                max_items: 1024u64,
                item: &Shape::Named(&WARNING),
            },
        },
        FieldTable {
            name: "changed",
            required: true,
            sensitive: false,
            shape: Shape::Boolean,
        },
    ]),
};
pub(crate) static DESCRIBE_REQUEST: TypeTable = TypeTable {
    name: "DescribeRequest",
    sensitive: false,
    shape: Shape::Struct(&[]),
};
pub(crate) static DESCRIBE_RESPONSE: TypeTable = TypeTable {
    name: "DescribeResponse",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "name",
            required: true,
            sensitive: false,
            shape: Shape::Named(&IDENTIFIER),
        },
        FieldTable {
            name: "version",
            required: true,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "protocol_versions",
            required: true,
            sensitive: false,
            shape: Shape::List {
                min_items: 1u64,
                max_items: 64u64,
                item: &Shape::Named(&PROTOCOL_VERSION),
            },
        },
        FieldTable {
            name: "commands",
            required: true,
            sensitive: false,
            shape: Shape::List {
                min_items: 0u64,
                max_items: 256u64,
                item: &Shape::Named(&COMMAND_NAME),
            },
        },
        FieldTable {
            name: "features",
            required: false,
            sensitive: false,
            shape: Shape::List {
                min_items: 0u64,
                max_items: 256u64,
                item: &Shape::Named(&FEATURE),
            },
        },
        FieldTable {
            name: "limits",
            required: false,
            sensitive: false,
            shape: Shape::Named(&LIMITS),
        },
        FieldTable {
            name: "config_types",
            required: false,
            sensitive: false,
            shape: Shape::Map {
                key: &IDENTIFIER,
                value: &CONFIG_TYPE,
                max_members: 256u64,
            },
        },
    ]),
};
pub(crate) static COMMAND_NAME: TypeTable = TypeTable {
    name: "CommandName",
    sensitive: false,
    shape: Shape::Text {
        min_length: 1u64,
        max_length: 64u64,
        automaton: Some(&COMMAND_NAME_AUTOMATON),
    },
};
pub(crate) static FEATURE: TypeTable = TypeTable {
    name: "Feature",
    sensitive: false,
    shape: Shape::Text {
        min_length: 1u64,
        max_length: 64u64,
        automaton: None,
    },
};
pub(crate) static LIMITS: TypeTable = TypeTable {
    name: "Limits",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "request_max_bytes",
            required: false,
            sensitive: false,
            shape: Shape::Integer {
                minimum: 65536i64,
                maximum: 9007199254740991i64,
            },
        },
        FieldTable {
            name: "module_name_max_length",
            required: false,
            sensitive: false,
            shape: Shape::Integer {
                minimum: 1i64,
                maximum: 128i64,
            },
        },
        FieldTable {
            name: "modules_max",
            required: false,
            sensitive: false,
            shape: Shape::Integer {
                minimum: 1i64,
                maximum: 9007199254740991i64,
            },
        },
    ]),
};
pub(crate) static CONFIG_TYPE: TypeTable = TypeTable {
    name: "ConfigType",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "description",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "schema",
            required: true,
            sensitive: false,
            shape: Shape::Named(&FREE_FORM),
        },
    ]),
};
pub(crate) static REQUEST_HEAD: TypeTable = TypeTable {
    name: "RequestHead",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "_version",
            required: true,
            sensitive: false,
            shape: Shape::Named(&PROTOCOL_VERSION),
        },
        FieldTable {
            name: "_type",
            required: true,
            sensitive: false,
            shape: Shape::Named(&COMMAND),
        },
        FieldTable {
            name: "_id",
            required: false,
            sensitive: false,
            shape: Shape::Named(&REQUEST_ID),
        },
        FieldTable {
            name: "_deadline_ms",
            required: false,
            sensitive: false,
            shape: Shape::Integer {
                minimum: 1i64,
                maximum: 86400000i64,
            },
        },
        FieldTable {
            name: "_meta",
            required: false,
            sensitive: true,
            shape: Shape::Named(&FREE_FORM),
        },
    ]),
};
pub(crate) static RESPONSE_HEAD: TypeTable = TypeTable {
    name: "ResponseHead",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "_version",
            required: true,
            sensitive: false,
            shape: Shape::Named(&PROTOCOL_VERSION),
        },
        FieldTable {
            name: "_type",
            required: false,
            sensitive: false,
            shape: Shape::Named(&COMMAND),
        },
        FieldTable {
            name: "_id",
            required: false,
            sensitive: false,
            shape: Shape::Named(&REQUEST_ID),
        },
        FieldTable {
            name: "_status",
            required: true,
            sensitive: false,
            shape: Shape::Named(&RESPONSE_STATUS),
        },
        FieldTable {
            name: "_stream",
            required: false,
            sensitive: false,
            shape: Shape::Named(&STREAM_KIND),
        },
        FieldTable {
            name: "_meta",
            required: false,
            sensitive: true,
            shape: Shape::Named(&FREE_FORM),
        },
    ]),
};
pub(crate) static COMMAND: TypeTable = TypeTable {
    name: "Command",
    sensitive: false,
    shape: Shape::Closed(&[
        "version",
        "describe",
        "img_pull",
        "img_load",
        "img_remove",
        "img_list",
        "network_ensure",
        "create",
        "remove",
        "start",
        "stop",
        "restart",
        "list",
        "status",
        "logs",
        "top",
        "stats",
        "sys_info",
    ]),
};
pub(crate) static RESPONSE_STATUS: TypeTable = TypeTable {
    name: "ResponseStatus",
    sensitive: false,
    shape: Shape::Closed(&["ok", "err"]),
};
pub(crate) static STREAM_KIND: TypeTable = TypeTable {
    name: "StreamKind",
    sensitive: false,
    shape: Shape::Closed(&["raw", "docker", "ndjson"]),
};
pub(crate) static ERROR: TypeTable = TypeTable {
    name: "Error",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "code",
            required: true,
            sensitive: false,
            shape: Shape::Named(&ERROR_CODE),
        },
        FieldTable {
            name: "class",
            required: true,
            sensitive: false,
            shape: Shape::Named(&ERROR_CLASS),
        },
        FieldTable {
            name: "message",
            required: true,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "retryable",
            required: true,
            sensitive: false,
            shape: Shape::Boolean,
        },
        FieldTable {
            name: "retry_after_ms",
            required: false,
            sensitive: false,
            shape: Shape::Integer {
                minimum: 0i64,
                maximum: 86400000i64,
            },
        },
        FieldTable {
            name: "hint",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "detail",
            required: false,
            sensitive: false,
            shape: Shape::Named(&FREE_FORM),
        },
        FieldTable {
            name: "causes",
            required: false,
            sensitive: false,
            shape: Shape::List {
                min_items: 0u64,
                max_items: 64u64,
                item: &Shape::Named(&TEXT),
            },
        },
    ]),
};
pub(crate) static ERROR_CODE: TypeTable = TypeTable {
    name: "ErrorCode",
    sensitive: false,
    shape: Shape::Integer {
        minimum: 0i64,
        maximum: 65535i64,
    },
};
pub(crate) static ERROR_CLASS: TypeTable = TypeTable {
    name: "ErrorClass",
    sensitive: false,
    shape: Shape::Text {
        min_length: 1u64,
        max_length: 64u64,
        automaton: None,
    },
};
pub(crate) static INCOMPATIBLE_VERSION_DETAIL: TypeTable = TypeTable {
    name: "IncompatibleVersionDetail",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "requested",
            required: true,
            sensitive: false,
            shape: Shape::Named(&PROTOCOL_VERSION),
        },
        FieldTable {
            name: "supported",
            required: true,
            sensitive: false,
            shape: Shape::List {
                min_items: 1u64,
                max_items: 64u64,
                item: &Shape::Named(&PROTOCOL_VERSION),
            },
        },
    ]),
};
pub(crate) static INVALID_REQUEST_DETAIL: TypeTable = TypeTable {
    name: "InvalidRequestDetail",
    sensitive: false,
    shape: Shape::Struct(&[FieldTable {
        name: "faults",
        required: true,
        sensitive: false,
        shape: Shape::List {
            min_items: 1u64,
            max_items: 1024u64,
            item: &Shape::Named(&FAULT),
        },
    }]),
};
pub(crate) static FAULT: TypeTable = TypeTable {
    name: "Fault",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "pointer",
            required: true,
            sensitive: false,
            shape: Shape::Named(&JSON_POINTER),
        },
        FieldTable {
            name: "rule",
            required: true,
            sensitive: false,
            shape: Shape::Named(&FAULT_RULE),
        },
        FieldTable {
            name: "message",
            required: true,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "expected",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
    ]),
};
pub(crate) static FAULT_RULE: TypeTable = TypeTable {
    name: "FaultRule",
    sensitive: false,
    shape: Shape::Text {
        min_length: 1u64,
        max_length: 64u64,
        automaton: None,
    },
};
pub(crate) static IMG_LIST_REQUEST: TypeTable = TypeTable {
    name: "ImgListRequest",
    sensitive: false,
    shape: Shape::Struct(&[]),
};
pub(crate) static IMG_LIST_RESPONSE: TypeTable = TypeTable {
    name: "ImgListResponse",
    sensitive: false,
    shape: Shape::Struct(&[FieldTable {
        name: "images",
        required: true,
        sensitive: false,
        shape: Shape::List {
            min_items: 0u64,
            max_items: 65536u64,
            item: &Shape::Named(&IMAGE_DETAILS),
        },
    }]),
};
pub(crate) static IMAGE_DETAILS: TypeTable = TypeTable {
    name: "ImageDetails",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "image_id",
            required: true,
            sensitive: false,
            shape: Shape::Named(&IMAGE_ID),
        },
        FieldTable {
            name: "references",
            required: false,
            sensitive: false,
            shape: Shape::List {
                min_items: 0u64,
                max_items: 65536u64,
                item: &Shape::Named(&IMAGE_REFERENCE),
            },
        },
        FieldTable {
            name: "canonical_references",
            required: false,
            sensitive: false,
            shape: Shape::List {
                min_items: 0u64,
                max_items: 65536u64,
                item: &Shape::Named(&IMAGE_REFERENCE),
            },
        },
        FieldTable {
            name: "digest",
            required: false,
            sensitive: false,
            shape: Shape::Named(&DIGEST),
        },
        FieldTable {
            name: "size_bytes",
            required: false,
            sensitive: false,
            shape: Shape::Named(&BYTE_COUNT),
        },
        FieldTable {
            name: "created_at",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TIMESTAMP),
        },
        FieldTable {
            name: "in_use_by",
            required: false,
            sensitive: false,
            shape: Shape::List {
                min_items: 0u64,
                max_items: 65536u64,
                item: &Shape::Named(&MODULE_NAME),
            },
        },
    ]),
};
pub(crate) static IMG_LOAD_REQUEST: TypeTable = TypeTable {
    name: "ImgLoadRequest",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "path",
            required: true,
            sensitive: false,
            shape: Shape::Named(&ABSOLUTE_PATH),
        },
        FieldTable {
            name: "platform",
            required: false,
            sensitive: false,
            shape: Shape::Named(&PLATFORM),
        },
    ]),
};
pub(crate) static IMG_LOAD_RESPONSE: TypeTable = TypeTable {
    name: "ImgLoadResponse",
    sensitive: false,
    shape: Shape::Struct(&[FieldTable {
        name: "images",
        required: true,
        sensitive: false,
        shape: Shape::List {
            min_items: 0u64,
            max_items: 65536u64,
            item: &Shape::Named(&LOADED_IMAGE),
        },
    }]),
};
pub(crate) static LOADED_IMAGE: TypeTable = TypeTable {
    name: "LoadedImage",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "image_id",
            required: true,
            sensitive: false,
            shape: Shape::Named(&IMAGE_ID),
        },
        FieldTable {
            name: "references",
            required: false,
            sensitive: false,
            shape: Shape::List {
                min_items: 0u64,
                max_items: 65536u64,
                item: &Shape::Named(&IMAGE_REFERENCE),
            },
        },
        FieldTable {
            name: "digest",
            required: false,
            sensitive: false,
            shape: Shape::Named(&DIGEST),
        },
    ]),
};
pub(crate) static IMG_PULL_REQUEST: TypeTable = TypeTable {
    name: "ImgPullRequest",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "image",
            required: true,
            sensitive: false,
            shape: Shape::Named(&IMAGE_REFERENCE),
        },
        FieldTable {
            name: "credentials",
            required: false,
            sensitive: false,
            shape: Shape::Named(&CREDENTIALS),
        },
        FieldTable {
            name: "policy",
            required: false,
            sensitive: false,
            shape: Shape::Named(&PULL_POLICY),
        },
        FieldTable {
            name: "digest",
            required: false,
            sensitive: false,
            shape: Shape::Named(&DIGEST),
        },
        FieldTable {
            name: "platform",
            required: false,
            sensitive: false,
            shape: Shape::Named(&PLATFORM),
        },
        FieldTable {
            name: "progress",
            required: false,
            sensitive: false,
            shape: Shape::Boolean,
        },
        FieldTable {
            name: "stall_timeout_ms",
            required: false,
            sensitive: false,
            shape: Shape::Integer {
                minimum: 1000i64,
                maximum: 3600000i64,
            },
        },
    ]),
};
pub(crate) static CREDENTIALS: TypeTable = TypeTable {
    name: "Credentials",
    sensitive: true,
    shape: Shape::Struct(&[
        FieldTable {
            name: "username",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "password",
            required: false,
            sensitive: true,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "identity_token",
            required: false,
            sensitive: true,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "registry_token",
            required: false,
            sensitive: true,
            shape: Shape::Named(&TEXT),
        },
    ]),
};
pub(crate) static PULL_POLICY: TypeTable = TypeTable {
    name: "PullPolicy",
    sensitive: false,
    shape: Shape::Closed(&["always", "missing", "never"]),
};
pub(crate) static IMG_PULL_RESPONSE: TypeTable = TypeTable {
    name: "ImgPullResponse",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "image_id",
            required: true,
            sensitive: false,
            shape: Shape::Named(&IMAGE_ID),
        },
        FieldTable {
            name: "digest",
            required: false,
            sensitive: false,
            shape: Shape::Named(&DIGEST),
        },
        FieldTable {
            name: "bytes_fetched",
            required: false,
            sensitive: false,
            shape: Shape::Named(&BYTE_COUNT),
        },
        FieldTable {
            name: "bytes_reused",
            required: false,
            sensitive: false,
            shape: Shape::Named(&BYTE_COUNT),
        },
        FieldTable {
            name: "already_present",
            required: false,
            sensitive: false,
            shape: Shape::Boolean,
        },
    ]),
};
pub(crate) static IMG_PULL_PROGRESS: TypeTable = TypeTable {
    name: "ImgPullProgress",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "event",
            required: true,
            sensitive: false,
            shape: Shape::Named(&PULL_EVENT),
        },
        FieldTable {
            name: "layer",
            required: false,
            sensitive: false,
            shape: Shape::Named(&DIGEST),
        },
        FieldTable {
            name: "bytes_done",
            required: false,
            sensitive: false,
            shape: Shape::Named(&BYTE_COUNT),
        },
        FieldTable {
            name: "bytes_total",
            required: false,
            sensitive: false,
            shape: Shape::Named(&BYTE_COUNT),
        },
        FieldTable {
            name: "bytes_per_second",
            required: false,
            sensitive: false,
            shape: Shape::Named(&BYTE_COUNT),
        },
        FieldTable {
            name: "layers_done",
            required: false,
            sensitive: false,
            shape: Shape::Integer {
                minimum: 0i64,
                maximum: 65536i64,
            },
        },
        FieldTable {
            name: "layers_total",
            required: false,
            sensitive: false,
            shape: Shape::Integer {
                minimum: 0i64,
                maximum: 65536i64,
            },
        },
        FieldTable {
            name: "message",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
    ]),
};
pub(crate) static PULL_EVENT: TypeTable = TypeTable {
    name: "PullEvent",
    sensitive: false,
    shape: Shape::Text {
        min_length: 1u64,
        max_length: 64u64,
        automaton: None,
    },
};
pub(crate) static IMG_REMOVE_REQUEST: TypeTable = TypeTable {
    name: "ImgRemoveRequest",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "image",
            required: true,
            sensitive: false,
            shape: Shape::Named(&IMAGE_REFERENCE),
        },
        FieldTable {
            name: "force",
            required: false,
            sensitive: false,
            shape: Shape::Boolean,
        },
    ]),
};
pub(crate) static IMG_REMOVE_RESPONSE: TypeTable = TypeTable {
    name: "ImgRemoveResponse",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "changed",
            required: true,
            sensitive: false,
            shape: Shape::Boolean,
        },
        FieldTable {
            name: "references",
            required: false,
            sensitive: false,
            shape: Shape::List {
                min_items: 0u64,
                max_items: 65536u64,
                item: &Shape::Named(&IMAGE_REFERENCE),
            },
        },
    ]),
};
pub(crate) static LIST_REQUEST: TypeTable = TypeTable {
    name: "ListRequest",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "details",
            required: false,
            sensitive: false,
            shape: Shape::Boolean,
        },
        FieldTable {
            name: "labels",
            required: false,
            sensitive: false,
            shape: Shape::Named(&LABELS),
        },
    ]),
};
pub(crate) static LIST_RESPONSE: TypeTable = TypeTable {
    name: "ListResponse",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "modules",
            required: true,
            sensitive: false,
            shape: Shape::List {
                min_items: 0u64,
                max_items: 65536u64,
                item: &Shape::Named(&MODULE_NAME),
            },
        },
        FieldTable {
            name: "details",
            required: false,
            sensitive: false,
            shape: Shape::List {
                min_items: 0u64,
                max_items: 65536u64,
                item: &Shape::Named(&LIST_ITEM),
            },
        },
    ]),
};
pub(crate) static LIST_ITEM: TypeTable = TypeTable {
    name: "ListItem",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "name",
            required: true,
            sensitive: false,
            shape: Shape::Named(&MODULE_NAME),
        },
        FieldTable {
            name: "status",
            required: false,
            sensitive: false,
            shape: Shape::Named(&STATUS_RESPONSE),
        },
        FieldTable {
            name: "error",
            required: false,
            sensitive: false,
            shape: Shape::Named(&ERROR),
        },
    ]),
};
pub(crate) static LOGS_REQUEST: TypeTable = TypeTable {
    name: "LogsRequest",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "name",
            required: true,
            sensitive: false,
            shape: Shape::Named(&MODULE_NAME),
        },
        FieldTable {
            name: "follow",
            required: false,
            sensitive: false,
            shape: Shape::Boolean,
        },
        FieldTable {
            name: "tail",
            required: false,
            sensitive: false,
            shape: Shape::Named(&COUNT),
        },
        FieldTable {
            name: "since",
            required: false,
            sensitive: false,
            shape: Shape::Named(&UNIX_SECONDS),
        },
        FieldTable {
            name: "until",
            required: false,
            sensitive: false,
            shape: Shape::Named(&UNIX_SECONDS),
        },
        FieldTable {
            name: "since_time",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TIMESTAMP),
        },
        FieldTable {
            name: "until_time",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TIMESTAMP),
        },
        FieldTable {
            name: "timestamps",
            required: false,
            sensitive: false,
            shape: Shape::Boolean,
        },
        FieldTable {
            name: "streams",
            required: false,
            sensitive: false,
            shape: Shape::List {
                min_items: 0u64,
                max_items: 2u64,
                item: &Shape::Named(&LOG_STREAM),
            },
        },
        FieldTable {
            name: "framing",
            required: false,
            sensitive: false,
            shape: Shape::Named(&LOG_FRAMING),
        },
    ]),
};
pub(crate) static LOG_STREAM: TypeTable = TypeTable {
    name: "LogStream",
    sensitive: false,
    shape: Shape::Closed(&["stdout", "stderr"]),
};
pub(crate) static LOG_FRAMING: TypeTable = TypeTable {
    name: "LogFraming",
    sensitive: false,
    shape: Shape::Closed(&["raw", "docker"]),
};
pub(crate) static LOGS_RESPONSE: TypeTable = TypeTable {
    name: "LogsResponse",
    sensitive: false,
    shape: Shape::Struct(&[]),
};
pub(crate) static NETWORK_ENSURE_REQUEST: TypeTable = TypeTable {
    name: "NetworkEnsureRequest",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "name",
            required: true,
            sensitive: false,
            shape: Shape::Named(&NETWORK_NAME),
        },
        FieldTable {
            name: "ipv6",
            required: false,
            sensitive: false,
            shape: Shape::Boolean,
        },
        FieldTable {
            name: "ipam",
            required: false,
            sensitive: false,
            shape: Shape::List {
                min_items: 0u64,
                max_items: 64u64,
                item: &Shape::Named(&IPAM_CONFIG),
            },
        },
    ]),
};
pub(crate) static IPAM_CONFIG: TypeTable = TypeTable {
    name: "IpamConfig",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "subnet",
            required: false,
            sensitive: false,
            shape: Shape::Named(&SUBNET),
        },
        FieldTable {
            name: "gateway",
            required: false,
            sensitive: false,
            shape: Shape::Named(&IP_ADDRESS),
        },
        FieldTable {
            name: "ip_range",
            required: false,
            sensitive: false,
            shape: Shape::Named(&SUBNET),
        },
    ]),
};
pub(crate) static NETWORK_ENSURE_RESPONSE: TypeTable = TypeTable {
    name: "NetworkEnsureResponse",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "changed",
            required: true,
            sensitive: false,
            shape: Shape::Boolean,
        },
        FieldTable {
            name: "drift",
            required: false,
            sensitive: false,
            shape: Shape::List {
                min_items: 0u64,
                max_items: 1024u64,
                item: &Shape::Named(&NETWORK_DRIFT),
            },
        },
        FieldTable {
            name: "subnets",
            required: false,
            sensitive: false,
            shape: Shape::List {
                min_items: 0u64,
                max_items: 64u64,
                item: &Shape::Named(&SUBNET),
            },
        },
    ]),
};
pub(crate) static NETWORK_DRIFT: TypeTable = TypeTable {
    name: "NetworkDrift",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "pointer",
            required: true,
            sensitive: false,
            shape: Shape::Named(&JSON_POINTER),
        },
        FieldTable {
            name: "wanted",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "actual",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
    ]),
};
pub(crate) static REMOVE_REQUEST: TypeTable = TypeTable {
    name: "RemoveRequest",
    sensitive: false,
    shape: Shape::Struct(&[FieldTable {
        name: "name",
        required: true,
        sensitive: false,
        shape: Shape::Named(&MODULE_NAME),
    }]),
};
pub(crate) static REMOVE_RESPONSE: TypeTable = TypeTable {
    name: "RemoveResponse",
    sensitive: false,
    shape: Shape::Struct(&[FieldTable {
        name: "changed",
        required: true,
        sensitive: false,
        shape: Shape::Boolean,
    }]),
};
pub(crate) static RESTART_REQUEST: TypeTable = TypeTable {
    name: "RestartRequest",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "name",
            required: true,
            sensitive: false,
            shape: Shape::Named(&MODULE_NAME),
        },
        FieldTable {
            name: "timeout",
            required: false,
            sensitive: false,
            shape: Shape::Named(&STOP_TIMEOUT),
        },
    ]),
};
pub(crate) static RESTART_RESPONSE: TypeTable = TypeTable {
    name: "RestartResponse",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "changed",
            required: true,
            sensitive: false,
            shape: Shape::Boolean,
        },
        FieldTable {
            name: "warnings",
            required: false,
            sensitive: false,
            shape: Shape::List {
                min_items: 0u64,
                max_items: 1024u64,
                item: &Shape::Named(&WARNING),
            },
        },
    ]),
};
pub(crate) static START_REQUEST: TypeTable = TypeTable {
    name: "StartRequest",
    sensitive: false,
    shape: Shape::Struct(&[FieldTable {
        name: "name",
        required: true,
        sensitive: false,
        shape: Shape::Named(&MODULE_NAME),
    }]),
};
pub(crate) static START_RESPONSE: TypeTable = TypeTable {
    name: "StartResponse",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "changed",
            required: true,
            sensitive: false,
            shape: Shape::Boolean,
        },
        FieldTable {
            name: "warnings",
            required: false,
            sensitive: false,
            shape: Shape::List {
                min_items: 0u64,
                max_items: 1024u64,
                item: &Shape::Named(&WARNING),
            },
        },
    ]),
};
pub(crate) static STATS_REQUEST: TypeTable = TypeTable {
    name: "StatsRequest",
    sensitive: false,
    shape: Shape::Struct(&[FieldTable {
        name: "names",
        required: false,
        sensitive: false,
        shape: Shape::List {
            min_items: 0u64,
            max_items: 65536u64,
            item: &Shape::Named(&MODULE_NAME),
        },
    }]),
};
pub(crate) static STATS_RESPONSE: TypeTable = TypeTable {
    name: "StatsResponse",
    sensitive: false,
    shape: Shape::Struct(&[FieldTable {
        name: "modules",
        required: true,
        sensitive: false,
        shape: Shape::List {
            min_items: 0u64,
            max_items: 65536u64,
            item: &Shape::Named(&STATS_ITEM),
        },
    }]),
};
pub(crate) static STATS_ITEM: TypeTable = TypeTable {
    name: "StatsItem",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "name",
            required: true,
            sensitive: false,
            shape: Shape::Named(&MODULE_NAME),
        },
        FieldTable {
            name: "sample",
            required: false,
            sensitive: false,
            shape: Shape::Named(&STATS_SAMPLE),
        },
        FieldTable {
            name: "error",
            required: false,
            sensitive: false,
            shape: Shape::Named(&ERROR),
        },
    ]),
};
pub(crate) static STATS_SAMPLE: TypeTable = TypeTable {
    name: "StatsSample",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "read_at",
            required: true,
            sensitive: false,
            shape: Shape::Named(&TIMESTAMP),
        },
        FieldTable {
            name: "cpu_time_us",
            required: false,
            sensitive: false,
            shape: Shape::Named(&COUNT),
        },
        FieldTable {
            name: "memory_bytes",
            required: false,
            sensitive: false,
            shape: Shape::Named(&BYTE_COUNT),
        },
        FieldTable {
            name: "memory_limit_bytes",
            required: false,
            sensitive: false,
            shape: Shape::Named(&BYTE_COUNT),
        },
        FieldTable {
            name: "process_count",
            required: false,
            sensitive: false,
            shape: Shape::Integer {
                minimum: 0i64,
                maximum: 2147483647i64,
            },
        },
        FieldTable {
            name: "network_received_bytes",
            required: false,
            sensitive: false,
            shape: Shape::Named(&BYTE_COUNT),
        },
        FieldTable {
            name: "network_sent_bytes",
            required: false,
            sensitive: false,
            shape: Shape::Named(&BYTE_COUNT),
        },
        FieldTable {
            name: "block_read_bytes",
            required: false,
            sensitive: false,
            shape: Shape::Named(&BYTE_COUNT),
        },
        FieldTable {
            name: "block_written_bytes",
            required: false,
            sensitive: false,
            shape: Shape::Named(&BYTE_COUNT),
        },
    ]),
};
pub(crate) static STATUS_REQUEST: TypeTable = TypeTable {
    name: "StatusRequest",
    sensitive: false,
    shape: Shape::Struct(&[FieldTable {
        name: "name",
        required: true,
        sensitive: false,
        shape: Shape::Named(&MODULE_NAME),
    }]),
};
pub(crate) static STATUS_RESPONSE: TypeTable = TypeTable {
    name: "StatusResponse",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "name",
            required: true,
            sensitive: false,
            shape: Shape::Named(&MODULE_NAME),
        },
        FieldTable {
            name: "state",
            required: true,
            sensitive: false,
            shape: Shape::Named(&MODULE_STATE),
        },
        FieldTable {
            name: "status",
            required: true,
            sensitive: false,
            shape: Shape::Named(&MODULE_STATUS),
        },
        FieldTable {
            name: "description",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "reason",
            required: false,
            sensitive: false,
            shape: Shape::Named(&STATE_REASON),
        },
        FieldTable {
            name: "image",
            required: false,
            sensitive: false,
            shape: Shape::Named(&IMAGE_REFERENCE),
        },
        FieldTable {
            name: "image_id",
            required: false,
            sensitive: false,
            shape: Shape::Named(&IMAGE_ID),
        },
        FieldTable {
            name: "pid",
            required: false,
            sensitive: false,
            shape: Shape::Named(&PID),
        },
        FieldTable {
            name: "created_at",
            required: true,
            sensitive: false,
            shape: Shape::Named(&TIMESTAMP),
        },
        FieldTable {
            name: "started_at",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TIMESTAMP),
        },
        FieldTable {
            name: "finished_at",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TIMESTAMP),
        },
        FieldTable {
            name: "exit_code",
            required: false,
            sensitive: false,
            shape: Shape::Named(&EXIT_CODE),
        },
        FieldTable {
            name: "oom_killed",
            required: false,
            sensitive: false,
            shape: Shape::Boolean,
        },
        FieldTable {
            name: "labels",
            required: false,
            sensitive: false,
            shape: Shape::Named(&LABELS),
        },
    ]),
};
pub(crate) static MODULE_STATE: TypeTable = TypeTable {
    name: "ModuleState",
    sensitive: false,
    shape: Shape::Text {
        min_length: 1u64,
        max_length: 64u64,
        automaton: None,
    },
};
pub(crate) static MODULE_STATUS: TypeTable = TypeTable {
    name: "ModuleStatus",
    sensitive: false,
    shape: Shape::Text {
        min_length: 1u64,
        max_length: 64u64,
        automaton: None,
    },
};
pub(crate) static STATE_REASON: TypeTable = TypeTable {
    name: "StateReason",
    sensitive: false,
    shape: Shape::Text {
        min_length: 1u64,
        max_length: 64u64,
        automaton: None,
    },
};
pub(crate) static STOP_REQUEST: TypeTable = TypeTable {
    name: "StopRequest",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "name",
            required: true,
            sensitive: false,
            shape: Shape::Named(&MODULE_NAME),
        },
        FieldTable {
            name: "timeout",
            required: false,
            sensitive: false,
            shape: Shape::Named(&STOP_TIMEOUT),
        },
    ]),
};
pub(crate) static STOP_RESPONSE: TypeTable = TypeTable {
    name: "StopResponse",
    sensitive: false,
    shape: Shape::Struct(&[FieldTable {
        name: "changed",
        required: true,
        sensitive: false,
        shape: Shape::Boolean,
    }]),
};
pub(crate) static SYS_INFO_REQUEST: TypeTable = TypeTable {
    name: "SysInfoRequest",
    sensitive: false,
    shape: Shape::Struct(&[]),
};
pub(crate) static SYS_INFO_RESPONSE: TypeTable = TypeTable {
    name: "SysInfoResponse",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "os_type",
            required: true,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "os_name",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "kernel_version",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "architecture",
            required: true,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "hostname",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "cpus",
            required: true,
            sensitive: false,
            shape: Shape::Integer {
                minimum: 1i64,
                maximum: 65536i64,
            },
        },
        FieldTable {
            name: "memory_total_bytes",
            required: false,
            sensitive: false,
            shape: Shape::Named(&BYTE_COUNT),
        },
        FieldTable {
            name: "memory_available_bytes",
            required: false,
            sensitive: false,
            shape: Shape::Named(&BYTE_COUNT),
        },
        FieldTable {
            name: "booted_at",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TIMESTAMP),
        },
        FieldTable {
            name: "boot_id",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "disk",
            required: false,
            sensitive: false,
            shape: Shape::Named(&DISK_INFO),
        },
        FieldTable {
            name: "engine",
            required: true,
            sensitive: false,
            shape: Shape::Named(&ENGINE_INFO),
        },
    ]),
};
pub(crate) static DISK_INFO: TypeTable = TypeTable {
    name: "DiskInfo",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "path",
            required: true,
            sensitive: false,
            shape: Shape::Named(&ABSOLUTE_PATH),
        },
        FieldTable {
            name: "total_bytes",
            required: true,
            sensitive: false,
            shape: Shape::Named(&BYTE_COUNT),
        },
        FieldTable {
            name: "available_bytes",
            required: true,
            sensitive: false,
            shape: Shape::Named(&BYTE_COUNT),
        },
    ]),
};
pub(crate) static ENGINE_INFO: TypeTable = TypeTable {
    name: "EngineInfo",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "name",
            required: true,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "version",
            required: true,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
    ]),
};
pub(crate) static TOP_REQUEST: TypeTable = TypeTable {
    name: "TopRequest",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "name",
            required: true,
            sensitive: false,
            shape: Shape::Named(&MODULE_NAME),
        },
        FieldTable {
            name: "details",
            required: false,
            sensitive: false,
            shape: Shape::Boolean,
        },
    ]),
};
pub(crate) static TOP_RESPONSE: TypeTable = TypeTable {
    name: "TopResponse",
    sensitive: false,
    shape: Shape::Struct(&[FieldTable {
        name: "processes",
        required: true,
        sensitive: false,
        shape: Shape::List {
            min_items: 0u64,
            max_items: 65536u64,
            item: &Shape::Named(&PROCESS),
        },
    }]),
};
pub(crate) static PROCESS: TypeTable = TypeTable {
    name: "Process",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "pid",
            required: true,
            sensitive: false,
            shape: Shape::Named(&PID),
        },
        FieldTable {
            name: "parent_pid",
            required: false,
            sensitive: false,
            shape: Shape::Integer {
                minimum: 0i64,
                maximum: 2147483647i64,
            },
        },
        FieldTable {
            name: "command",
            required: false,
            sensitive: true,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "user",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "started_at",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TIMESTAMP),
        },
        FieldTable {
            name: "cpu_time_ms",
            required: false,
            sensitive: false,
            shape: Shape::Named(&COUNT),
        },
        FieldTable {
            name: "memory_bytes",
            required: false,
            sensitive: false,
            shape: Shape::Named(&BYTE_COUNT),
        },
    ]),
};
pub(crate) static VERSION_REQUEST: TypeTable = TypeTable {
    name: "VersionRequest",
    sensitive: false,
    shape: Shape::Struct(&[]),
};
pub(crate) static VERSION_RESPONSE: TypeTable = TypeTable {
    name: "VersionResponse",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "name",
            required: true,
            sensitive: false,
            shape: Shape::Named(&IDENTIFIER),
        },
        FieldTable {
            name: "version",
            required: true,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "protocol_versions",
            required: true,
            sensitive: false,
            shape: Shape::List {
                min_items: 1u64,
                max_items: 64u64,
                item: &Shape::Named(&PROTOCOL_VERSION),
            },
        },
        FieldTable {
            name: "build",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
    ]),
};
pub(crate) static VERSION_RESPONSE01: TypeTable = TypeTable {
    name: "VersionResponse01",
    sensitive: false,
    shape: Shape::Struct(&[FieldTable {
        name: "info",
        required: true,
        sensitive: false,
        shape: Shape::Named(&TEXT),
    }]),
};
pub(crate) static STATUS_RESPONSE01: TypeTable = TypeTable {
    name: "StatusResponse01",
    sensitive: false,
    shape: Shape::Struct(&[
        FieldTable {
            name: "status",
            required: true,
            sensitive: false,
            shape: Shape::Named(&MODULE_STATUS),
        },
        FieldTable {
            name: "status_description",
            required: false,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "exit_code",
            required: false,
            sensitive: false,
            shape: Shape::Named(&EXIT_CODE),
        },
        FieldTable {
            name: "image_id",
            required: true,
            sensitive: false,
            shape: Shape::Named(&TEXT),
        },
        FieldTable {
            name: "pid",
            required: false,
            sensitive: false,
            shape: Shape::Named(&PID),
        },
        FieldTable {
            name: "started_at",
            required: false,
            sensitive: false,
            shape: Shape::Integer {
                minimum: 0i64,
                maximum: 9223372036854775807i64,
            },
        },
        FieldTable {
            name: "finished_at",
            required: false,
            sensitive: false,
            shape: Shape::Integer {
                minimum: 0i64,
                maximum: 9223372036854775807i64,
            },
        },
    ]),
};
