//! What `create` takes as `config`.

mod check;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use shellrt_api::{Fault, FaultRule, JsonPointer, Warning};

use crate::failure::Failure;
use crate::module::Spec;

/// The names of the config type: its own, and that of 2020.
pub(crate) const CONFIG_TYPES: [&str; 2] = ["containerd", "containerd-cri"];

/// Runs a program of an image in a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Config {
    /// The image, by reference or by id. It must be on the machine.
    #[schemars(length(min = 1, max = 1024))]
    pub(crate) image: String,
    /// The program and its first arguments. Absent: the image's. Where it is
    /// given, the image's own arguments are not used.
    #[serde(default)]
    #[schemars(length(max = 65536))]
    pub(crate) entrypoint: Option<Vec<String>>,
    /// The arguments after the entrypoint, or all of the command where the
    /// image has no entrypoint. Absent: the image's.
    #[serde(default)]
    #[schemars(length(max = 65536))]
    pub(crate) args: Option<Vec<String>>,
    /// Environment variables. They win over those of the request, which win
    /// over the image's.
    #[serde(default)]
    pub(crate) env: BTreeMap<String, String>,
    /// The directory in which the program starts. Absent: the image's, or `/`.
    #[serde(default)]
    #[schemars(regex(pattern = "^/"))]
    pub(crate) working_dir: Option<String>,
    /// The user, and after a `:` the group, by name or number, as the image's
    /// own files know them. Absent: the image's, or root.
    #[serde(default)]
    pub(crate) user: Option<String>,
    /// The host name, with a network of its own. Absent: the module's name.
    #[serde(default)]
    #[schemars(length(min = 1, max = 64))]
    pub(crate) hostname: Option<String>,
    /// Which network the module has.
    #[serde(default)]
    pub(crate) network: Network,
    /// What else is mounted.
    #[serde(default)]
    #[schemars(length(max = 1024))]
    pub(crate) mounts: Vec<Mount>,
    /// Devices of the machine.
    #[serde(default)]
    #[schemars(length(max = 1024))]
    pub(crate) devices: Vec<Device>,
    /// How much of the machine the module may use.
    #[serde(default)]
    pub(crate) resources: Resources,
    /// Capabilities beside or without Docker's fourteen.
    #[serde(default)]
    pub(crate) capabilities: Capabilities,
    /// Whether the module cannot write to its root file system.
    #[serde(default)]
    pub(crate) read_only_rootfs: bool,
    /// The size of `/dev/shm`, in bytes.
    #[serde(default = "shm_size")]
    #[schemars(range(min = 4096, max = 9_007_199_254_740_991_u64))]
    pub(crate) shm_size_bytes: u64,
    /// The signal that asks the module to end: `SIGTERM`, `TERM` or `15`.
    /// Absent: the image's, or SIGTERM.
    #[serde(default)]
    pub(crate) stop_signal: Option<String>,
    /// How long the module may take to end by itself, in seconds.
    #[serde(default = "stop_timeout")]
    #[schemars(range(max = 86_400))]
    pub(crate) stop_timeout_seconds: u64,
    /// The size of one log file, in bytes.
    #[serde(default = "log_max_bytes")]
    #[schemars(range(min = 4096, max = 9_007_199_254_740_991_u64))]
    pub(crate) log_max_bytes: u64,
    /// How many log files are kept.
    #[serde(default = "log_max_files")]
    #[schemars(range(min = 1, max = 1000))]
    pub(crate) log_max_files: u64,
}

/// The network of a module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Network {
    /// Its own, with nothing in it but the loopback.
    #[default]
    None,
    /// The machine's.
    Host,
}

/// Something that is mounted into a module.
// One struct, not an enum by `kind`: serde reads those through a buffer in which
// places are lost, and members that nobody knows with them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Mount {
    /// What is mounted.
    pub(crate) kind: MountKind,
    /// Where it is in the module.
    #[schemars(regex(pattern = "^/"))]
    pub(crate) target: String,
    /// Where it is on the machine; with `bind` only, and required there.
    #[serde(default)]
    #[schemars(regex(pattern = "^/"))]
    pub(crate) source: Option<String>,
    /// Whether the module cannot write to it. Absent: it can.
    #[serde(default)]
    pub(crate) read_only: bool,
    /// How much it holds, in bytes; with `tmpfs` only. Absent: half of the
    /// machine's memory.
    #[serde(default)]
    #[schemars(range(min = 4096, max = 9_007_199_254_740_991_u64))]
    pub(crate) size_bytes: Option<u64>,
    /// Its mode in octal digits; with `tmpfs` only. Absent: 1777.
    #[serde(default)]
    #[schemars(regex(pattern = "^[0-7]{3,4}$"))]
    pub(crate) mode: Option<String>,
}

/// What is mounted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MountKind {
    /// A file, directory or socket of the machine. It is looked for at start:
    /// what is missing is made as a directory, but for a path that ends in
    /// `.sock`, without which the start fails.
    Bind,
    /// Memory.
    Tmpfs,
}

/// A device of the machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Device {
    /// Its node on the machine.
    #[schemars(regex(pattern = "^/"))]
    pub(crate) path: String,
    /// Its node in the module. Absent: the same.
    #[serde(default)]
    #[schemars(regex(pattern = "^/"))]
    pub(crate) container_path: Option<String>,
    /// What the module may do: read, write, mknod.
    #[serde(default = "all_permissions")]
    #[schemars(regex(pattern = "^[rwm]{1,3}$"))]
    pub(crate) permissions: String,
}

/// Limits. What is absent is not limited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Resources {
    /// Memory, in bytes.
    #[serde(default)]
    #[schemars(range(min = 1_048_576, max = 9_007_199_254_740_991_u64))]
    pub(crate) memory_bytes: Option<u64>,
    /// The weight of its processor time among others, 1024 being the usual.
    #[serde(default)]
    #[schemars(range(min = 2, max = 262_144))]
    pub(crate) cpu_shares: Option<u64>,
    /// Processor time in each period, in microseconds.
    #[serde(default)]
    #[schemars(range(min = 1000, max = 9_007_199_254_740_991_u64))]
    pub(crate) cpu_quota_us: Option<u64>,
    /// The period of the quota, in microseconds. Absent: 100000.
    #[serde(default)]
    #[schemars(range(min = 1000, max = 1_000_000))]
    pub(crate) cpu_period_us: Option<u64>,
    /// Processors that it may use, as in `0-2,7`.
    #[serde(default)]
    #[schemars(regex(pattern = "^[0-9]+([,-][0-9]+)*$"))]
    pub(crate) cpuset_cpus: Option<String>,
    /// Processes and threads.
    #[serde(default)]
    #[schemars(range(min = 1, max = 4_194_304))]
    pub(crate) pids_max: Option<u64>,
}

/// Capabilities, as in `NET_ADMIN` or `CAP_NET_ADMIN`; `ALL` are those that
/// containerd itself may give.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Capabilities {
    /// Those that it has beside the usual ones.
    #[serde(default)]
    pub(crate) add: Vec<String>,
    /// Those of the usual ones that it has not.
    #[serde(default)]
    pub(crate) drop: Vec<String>,
}

fn shm_size() -> u64 {
    64 * 1024 * 1024
}

fn stop_timeout() -> u64 {
    10
}

fn log_max_bytes() -> u64 {
    10_000_000
}

fn log_max_files() -> u64 {
    3
}

fn all_permissions() -> String {
    "rwm".to_owned()
}

impl Config {
    /// Reads a configuration, with a warning for each member that it does not
    /// know.
    ///
    /// # Errors
    /// What is wrong, with pointers from the request's root: the first member
    /// of a wrong type, or else every value that cannot be used.
    pub(crate) fn read(config: &Map<String, Value>) -> Result<(Self, Vec<Warning>), Vec<Fault>> {
        let mut unknown = Vec::new();
        let mut track = serde_path_to_error::Track::new();
        let value = Value::Object(config.clone());
        let read = {
            let tracked = serde_path_to_error::Deserializer::new(&value, &mut track);
            serde_ignored::deserialize(tracked, |path| unknown.push(path.to_string()))
        };
        let config: Self = read.map_err(|error: serde_json::Error| {
            let place = pointer_of(&track.path(), missing(&error).as_deref());
            vec![Fault::new(place, rule_of(&error), told(&error))]
        })?;
        check::check(&config)?;
        Ok((config, unknown.iter().map(|path| warning(path)).collect()))
    }

    /// The configuration of a module that was created.
    pub(crate) fn of_spec(spec: &Spec) -> Result<Self, Failure> {
        let config = spec.request.get("config").and_then(Value::as_object);
        // It was good when the module was created; another version of the
        // plugin may see it differently.
        let (config, _) = Self::read(config.unwrap_or(&Map::new())).map_err(Failure::Invalid)?;
        Ok(config)
    }

    /// Its JSON Schema.
    pub(crate) fn schema() -> Map<String, Value> {
        match schemars::schema_for!(Self).to_value() {
            Value::Object(schema) => schema,
            _ => Map::new(),
        }
    }
}

/// A place in the config as a pointer from the request's root.
fn pointer_of(path: &serde_path_to_error::Path, missing: Option<&str>) -> JsonPointer {
    use serde_path_to_error::Segment;
    let mut text = "/config".to_owned();
    for segment in path {
        match segment {
            Segment::Seq { index } => text.push_str(&format!("/{index}")),
            Segment::Map { key } => text.push_str(&format!("/{}", escaped(key))),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    if let Some(name) = missing {
        text.push_str(&format!("/{}", escaped(name)));
    }
    pointer(&text)
}

/// The member that is not there: the path ends at the object that lacks it.
fn missing(error: &serde_json::Error) -> Option<String> {
    let text = error.to_string();
    let rest = text.strip_prefix("missing field `")?;
    Some(rest.split('`').next()?.to_owned())
}

/// The place that `text` names; of one that is too long the whole config.
fn pointer(text: &str) -> JsonPointer {
    JsonPointer::new(text).unwrap_or_else(|_| JsonPointer::root())
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn rule_of(error: &serde_json::Error) -> FaultRule {
    let text = error.to_string();
    if text.starts_with("missing field") {
        FaultRule::Required
    } else if text.starts_with("unknown variant") {
        FaultRule::Value
    } else {
        FaultRule::Type
    }
}

/// The reader's own words, without the offending value: it may be a secret.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.split_once(", expected ") {
        Some((_, expected)) => format!("it is not {expected}"),
        None => text,
    }
}

fn warning(path: &str) -> Warning {
    let name = shellrt_common::failure::shown(path);
    let mut warning = Warning::new(format!("`{name}` is not known and was ignored"));
    let place: Vec<String> = path.split('.').map(escaped).collect();
    warning.pointer = Some(pointer(&format!("/config/{}", place.join("/"))));
    warning
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(config: Value) -> Result<(Config, Vec<Warning>), Vec<Fault>> {
        Config::read(config.as_object().expect("it is an object"))
    }

    fn fault(config: Value) -> (String, String) {
        let faults = read(config).expect_err("it is wrong");
        (faults[0].pointer.to_string(), faults[0].message.clone())
    }

    #[test]
    fn an_image_alone_is_a_configuration() {
        let (config, warnings) = read(json!({"image": "busybox"})).expect("it is sound");
        assert_eq!(config.stop_timeout_seconds, 10);
        assert_eq!(config.network, Network::None);
        assert!(warnings.is_empty());
    }

    #[test]
    fn a_member_of_a_wrong_type_is_named_by_its_place_and_its_value_is_not_told() {
        let (place, message) = fault(json!({"image": "x", "args": ["a", {"secret": 1}]}));
        assert_eq!(place, "/config/args/1");
        assert!(!message.contains("secret"), "{message}");
        assert_eq!(
            fault(json!({"image": "x", "env": {"A/B": 1}})).0,
            "/config/env/A~1B"
        );
        // A member that is missing is named itself, as the protocol has it.
        assert_eq!(fault(json!({"args": []})).0, "/config/image");
        let device = json!({"image": "x", "devices": [{"permissions": "r"}]});
        assert_eq!(fault(device).0, "/config/devices/0/path");
        let mount = json!({"kind": "bind", "source": 1, "target": "/b"});
        assert_eq!(
            fault(json!({"image": "x", "mounts": [mount]})).0,
            "/config/mounts/0/source"
        );
        assert_eq!(
            fault(json!({"image": "x", "stop_timeout_seconds": "10"})).0,
            "/config/stop_timeout_seconds"
        );
    }

    #[test]
    fn what_is_not_known_is_a_warning_with_its_place() {
        let mount = json!({"kind": "bind", "source": "/a", "target": "/b", "readonly": true});
        let config = json!({"image": "x", "resources": {"memory": 5}, "Image": "y",
            "mounts": [mount]});
        let (_, warnings) = read(config).expect("it is sound");
        let mut places: Vec<String> = warnings
            .iter()
            .map(|warning| {
                warning
                    .pointer
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default()
            })
            .collect();
        places.sort();
        assert_eq!(
            places,
            [
                "/config/Image",
                "/config/mounts/0/readonly",
                "/config/resources/memory"
            ]
        );
    }

    #[test]
    fn values_that_cannot_be_used_are_all_told_at_once() {
        let faults = read(json!({
            "image": "x",
            "working_dir": "relative",
            "mounts": [
                {"kind": "bind", "source": "/a", "target": "/t/../etc"},
                {"kind": "tmpfs", "target": "/t", "mode": "99"},
                {"kind": "tmpfs", "target": "/u", "source": "/a"},
                {"kind": "bind", "target": "/v"},
            ],
            "capabilities": {"add": ["NET_ADMIM"]},
            "stop_signal": "SIGNONE",
            "log_max_files": 0,
        }))
        .expect_err("it is wrong");
        let places: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(
            places,
            [
                "/config/capabilities/add/0",
                "/config/log_max_files",
                "/config/mounts/0/target",
                "/config/mounts/1/mode",
                "/config/mounts/2/source",
                "/config/mounts/3/source",
                "/config/stop_signal",
                "/config/working_dir",
            ]
        );
    }
}
