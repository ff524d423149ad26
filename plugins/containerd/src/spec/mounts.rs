//! What is mounted: the kernel's own, files of names and hosts, and what the
//! configuration asks for.

use serde_json::{Value, json};

use super::Surroundings;
use crate::config::{Config, Mount, MountKind};

/// All mounts, in their order: a target below another comes after it.
pub(super) fn all(config: &Config, around: &Surroundings<'_>) -> Vec<Value> {
    let shm = format!("size={}", config.shm_size_bytes);
    let mut mounts = vec![
        mount("/proc", "proc", "proc", &["nosuid", "noexec", "nodev"]),
        mount(
            "/dev",
            "tmpfs",
            "tmpfs",
            &["nosuid", "strictatime", "mode=755", "size=65536k"],
        ),
        mount(
            "/dev/pts",
            "devpts",
            "devpts",
            &[
                "nosuid",
                "noexec",
                "newinstance",
                "ptmxmode=0666",
                "mode=0620",
                "gid=5",
            ],
        ),
        mount(
            "/sys",
            "sysfs",
            "sysfs",
            &["nosuid", "noexec", "nodev", "ro"],
        ),
        mount(
            "/sys/fs/cgroup",
            "cgroup",
            "cgroup",
            &["nosuid", "noexec", "nodev", "relatime", "ro"],
        ),
        mount(
            "/dev/mqueue",
            "mqueue",
            "mqueue",
            &["nosuid", "noexec", "nodev"],
        ),
        mount(
            "/dev/shm",
            "tmpfs",
            "shm",
            &["nosuid", "noexec", "nodev", "mode=1777", &shm],
        ),
    ];
    for name in ["hosts", "hostname", "resolv.conf"] {
        let source = around.etc.join(name);
        let options = ["rbind", "rprivate"];
        mounts.push(mount(
            &format!("/etc/{name}"),
            "bind",
            &source.to_string_lossy(),
            &options,
        ));
    }
    // What the configuration mounts over one of these is mounted instead of it.
    let wanted: Vec<Value> = config.mounts.iter().map(own).collect();
    mounts.retain(|mount| {
        wanted
            .iter()
            .all(|own| own["destination"] != mount["destination"])
    });
    mounts.extend(wanted);
    mounts.sort_by_cached_key(depth);
    mounts
}

fn depth(mount: &Value) -> usize {
    let target = mount["destination"].as_str().unwrap_or_default();
    target.split('/').filter(|part| !part.is_empty()).count()
}

fn own(wanted: &Mount) -> Value {
    let access = if wanted.read_only { "ro" } else { "rw" };
    match wanted.kind {
        MountKind::Bind => {
            let source = wanted.source.as_deref().unwrap_or_default();
            let options = ["rbind", "rprivate", access];
            mount(&wanted.target, "bind", source, &options)
        }
        MountKind::Tmpfs => {
            let size = wanted.size_bytes.map(|size| format!("size={size}"));
            let mode = format!("mode={}", wanted.mode.as_deref().unwrap_or("1777"));
            let mut options = vec!["nosuid", "nodev", "noexec", access, mode.as_str()];
            options.extend(size.as_deref());
            mount(&wanted.target, "tmpfs", "tmpfs", &options)
        }
    }
}

fn mount(destination: &str, kind: &str, source: &str, options: &[&str]) -> Value {
    json!({"destination": destination, "type": kind, "source": source, "options": options})
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::*;

    #[test]
    fn a_mount_of_the_configuration_replaces_one_of_its_target_and_parents_come_first() {
        let config = json!({"image": "x", "mounts": [
            {"kind": "tmpfs", "target": "/data/deep"},
            {"kind": "bind", "source": "/a", "target": "/data", "read_only": true},
            {"kind": "bind", "source": "/shm", "target": "/dev/shm"},
        ]});
        let (config, _) = Config::read(config.as_object().expect("an object")).expect("sound");
        let around = Surroundings {
            hostname: "web",
            cgroup_path: "/",
            cgroup_v2: false,
            env: &BTreeMap::new(),
            bounding: 0,
            etc: Path::new("/state"),
            devices: &[],
            limits_swap: true,
        };
        let mounts = all(&config, &around);
        let places: Vec<&str> = mounts
            .iter()
            .filter_map(|mount| mount["destination"].as_str())
            .collect();
        let place = |target| places.iter().position(|&place| place == target);
        assert!(place("/data") < place("/data/deep"));
        assert!(place("/dev") < place("/dev/shm"));
        assert_eq!(
            places.iter().filter(|&&place| place == "/dev/shm").count(),
            1
        );
        let data = &mounts[place("/data").expect("it is there")];
        assert_eq!(data["options"], json!(["rbind", "rprivate", "ro"]));
    }
}
