//! The OCI runtime spec of a module: what Docker would give it, where a
//! deployment would notice the difference. Pure functions of the configuration,
//! the image and what the caller found on the machine.

mod accounts;
mod capabilities;
mod command;
mod devices;
mod mounts;
mod seccomp;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

pub(crate) use accounts::{Identity, resolve};
pub(crate) use capabilities::is_capability;
pub(crate) use command::ImageDefaults;
pub(crate) use devices::DeviceNode;

use crate::config::{Config, Network};

/// What of the kernel's files a module must not see, and not write.
const MASKED: [&str; 11] = [
    "/proc/acpi",
    "/proc/asound",
    "/proc/interrupts",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/sched_debug",
    "/proc/scsi",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/sys/firmware",
];
const READ_ONLY: [&str; 5] = [
    "/proc/bus",
    "/proc/fs",
    "/proc/irq",
    "/proc/sys",
    "/proc/sysrq-trigger",
];

/// What is around a module on this machine.
#[derive(Debug)]
pub(crate) struct Surroundings<'a> {
    pub(crate) hostname: &'a str,
    pub(crate) cgroup_path: &'a str,
    pub(crate) cgroup_v2: bool,
    /// The environment of the request.
    pub(crate) env: &'a BTreeMap<String, String>,
    /// The capabilities that containerd can give, as bits.
    pub(crate) bounding: u64,
    /// The directory of `hosts`, `hostname` and `resolv.conf`.
    pub(crate) etc: &'a Path,
    /// The nodes of `config.devices`, in their order.
    pub(crate) devices: &'a [DeviceNode],
    /// Whether the kernel can limit swap.
    pub(crate) limits_swap: bool,
}

/// Builds the spec.
///
/// # Errors
/// Why the module cannot be started as it was created.
pub(crate) fn build(
    config: &Config,
    image: &ImageDefaults,
    identity: &Identity,
    around: &Surroundings<'_>,
) -> Result<Value, String> {
    let host = config.network == Network::Host;
    let granted = capabilities::granted(&config.capabilities, around.bounding);
    let mut namespaces = vec!["pid", "ipc", "uts", "mount"];
    if !host {
        namespaces.push("network");
    }
    if around.cgroup_v2 {
        namespaces.push("cgroup");
    }
    let namespaces: Vec<Value> = namespaces
        .iter()
        .map(|kind| json!({"type": kind}))
        .collect();
    Ok(json!({
        "ociVersion": "1.0.2",
        "hostname": around.hostname,
        "root": {"path": "rootfs", "readonly": config.read_only_rootfs},
        "process": {
            "terminal": false,
            "user": {
                "uid": identity.uid,
                "gid": identity.gid,
                "additionalGids": identity.additional_gids,
            },
            "args": command::arguments(config, image)?,
            "env": command::environment(config, image, identity, around),
            "cwd": command::working_dir(config, image),
            // Nothing is inherited or ambient: a program that is not root gets
            // capabilities from its file only.
            "capabilities": {
                "bounding": granted,
                "effective": granted,
                "permitted": granted,
            },
            "noNewPrivileges": false,
        },
        "mounts": mounts::all(config, around),
        "linux": {
            "cgroupsPath": around.cgroup_path,
            "namespaces": namespaces,
            "resources": resources(config, around),
            "devices": around.devices.iter().map(DeviceNode::node).collect::<Vec<_>>(),
            "maskedPaths": MASKED,
            "readonlyPaths": READ_ONLY,
            "seccomp": seccomp::profile(&granted),
        },
    }))
}

fn resources(config: &Config, around: &Surroundings<'_>) -> Value {
    let limits = &config.resources;
    let mut resources = json!({"devices": devices::rules(around.devices)});
    if let Some(bytes) = limits.memory_bytes {
        resources["memory"] = json!({"limit": bytes});
        if around.limits_swap {
            // As Docker: as much swap again as there is memory.
            resources["memory"]["swap"] = bytes.saturating_mul(2).into();
        }
    }
    if let Some(count) = limits.pids_max {
        resources["pids"] = json!({"limit": count});
    }
    let mut cpu = serde_json::Map::new();
    let mut set = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            cpu.insert(key.to_owned(), value);
        }
    };
    set("shares", limits.cpu_shares.map(Value::from));
    set("quota", limits.cpu_quota_us.map(Value::from));
    set("period", limits.cpu_period_us.map(Value::from));
    set("cpus", limits.cpuset_cpus.clone().map(Value::from));
    if !cpu.is_empty() {
        resources["cpu"] = cpu.into();
    }
    resources
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(config: Value) -> Value {
        let config = config.as_object().expect("it is an object");
        let (config, _) = Config::read(config).expect("it is sound");
        let image = ImageDefaults {
            cmd: vec!["sh".to_owned()],
            ..ImageDefaults::default()
        };
        let around = Surroundings {
            hostname: "web",
            cgroup_path: "/shellrt/web",
            cgroup_v2: false,
            env: &BTreeMap::new(),
            bounding: u64::MAX,
            etc: Path::new("/state/etc"),
            devices: &[],
            limits_swap: true,
        };
        build(&config, &image, &Identity::default(), &around).expect("it can be built")
    }

    fn kinds(spec: &Value) -> Vec<&str> {
        let namespaces = spec["linux"]["namespaces"]
            .as_array()
            .expect("it is a list");
        namespaces
            .iter()
            .filter_map(|space| space["type"].as_str())
            .collect()
    }

    #[test]
    fn a_module_has_a_network_of_its_own_unless_it_shares_the_machines() {
        assert!(kinds(&spec(json!({"image": "x"}))).contains(&"network"));
        assert!(!kinds(&spec(json!({"image": "x", "network": "host"}))).contains(&"network"));
    }

    #[test]
    fn limits_are_in_the_spec_and_nothing_else_is_limited() {
        let limited =
            spec(json!({"image": "x", "resources": {"memory_bytes": 2_097_152, "pids_max": 5}}));
        let resources = &limited["linux"]["resources"];
        assert_eq!(
            resources["memory"],
            json!({"limit": 2_097_152, "swap": 4_194_304})
        );
        assert_eq!(resources["pids"]["limit"], 5);
        assert!(
            spec(json!({"image": "x"}))["linux"]["resources"]
                .get("memory")
                .is_none()
        );
    }
}
