//! What the types of a configuration do not say: ranges, forms, and what does
//! not go together. Everything that is wrong is told at once.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use shellrt_api::{Fault, FaultRule};
use shellrt_common::signal;

use super::{Config, Device, Mount, MountKind, pointer};
use crate::spec::is_capability;

/// The protocol carries no more faults.
const TOLD_MAX: usize = 1024;
/// The largest number that JSON readers agree on.
const LARGEST: u64 = 9_007_199_254_740_991;

/// Checks a configuration whose types are right.
pub(super) fn check(config: &Config) -> Result<(), Vec<Fault>> {
    let mut checker = Checker { faults: Vec::new() };
    checker.texts(config);
    checker.numbers(config);
    let mut targets = BTreeSet::new();
    for (index, mount) in config.mounts.iter().enumerate() {
        checker.mount(index, mount, &mut targets);
    }
    for (index, device) in config.devices.iter().enumerate() {
        checker.device(index, device);
    }
    for (list, names) in [
        ("add", &config.capabilities.add),
        ("drop", &config.capabilities.drop),
    ] {
        for (index, name) in names.iter().enumerate() {
            if !is_capability(name) {
                let place = format!("capabilities/{list}/{index}");
                checker.fault(
                    &place,
                    FaultRule::Value,
                    "there is no such capability",
                    "`ALL`, or a name as in `NET_ADMIN`",
                );
            }
        }
    }
    let mut faults = checker.faults;
    if faults.is_empty() {
        return Ok(());
    }
    faults.sort_by(|one, other| one.pointer.as_str().cmp(other.pointer.as_str()));
    faults.truncate(TOLD_MAX);
    Err(faults)
}

struct Checker {
    faults: Vec<Fault>,
}

impl Checker {
    fn texts(&mut self, config: &Config) {
        if config.image.is_empty() {
            self.fault(
                "image",
                FaultRule::Length,
                "it is empty",
                "a reference or an id",
            );
        }
        for (name, list) in [("entrypoint", &config.entrypoint), ("args", &config.args)] {
            for (index, text) in list.iter().flatten().enumerate() {
                self.no_nul(&format!("{name}/{index}"), text);
            }
        }
        for (name, value) in &config.env {
            let place = format!("env/{}", super::escaped(name));
            if name.is_empty() || name.contains(['=', '\0']) {
                let message = "an environment variable cannot have this name";
                self.fault(
                    &place,
                    FaultRule::Key,
                    message,
                    "a name without `=` and NUL",
                );
            }
            self.no_nul(&place, value);
        }
        if let Some(path) = &config.working_dir {
            self.absolute("working_dir", path);
        }
        if let Some(user) = &config.user {
            self.no_nul("user", user);
        }
        if let Some(name) = &config.hostname {
            let letters = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
            if name.is_empty() || name.len() > 64 || !name.bytes().all(letters) {
                let expected = "1 to 64 letters, digits, `-` and `.`";
                self.fault("hostname", FaultRule::Form, "it is no host name", expected);
            }
        }
        if let Some(text) = &config.stop_signal
            && signal::parse(text).is_none()
        {
            let expected = "a signal as in `SIGTERM`, `TERM` or `15`";
            self.fault(
                "stop_signal",
                FaultRule::Value,
                "there is no such signal",
                expected,
            );
        }
        if let Some(text) = &config.resources.cpuset_cpus {
            let numbers =
                |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            if !text.split([',', '-']).all(numbers) {
                let place = "resources/cpuset_cpus";
                self.fault(
                    place,
                    FaultRule::Form,
                    "it is no list of processors",
                    "as in `0-2,7`",
                );
            }
        }
    }

    fn numbers(&mut self, config: &Config) {
        let resources = &config.resources;
        self.range(
            "shm_size_bytes",
            Some(config.shm_size_bytes),
            4096..=LARGEST,
        );
        self.range(
            "stop_timeout_seconds",
            Some(config.stop_timeout_seconds),
            0..=86_400,
        );
        self.range("log_max_bytes", Some(config.log_max_bytes), 4096..=LARGEST);
        self.range("log_max_files", Some(config.log_max_files), 1..=1000);
        self.range(
            "resources/memory_bytes",
            resources.memory_bytes,
            1_048_576..=LARGEST,
        );
        self.range("resources/cpu_shares", resources.cpu_shares, 2..=262_144);
        self.range(
            "resources/cpu_quota_us",
            resources.cpu_quota_us,
            1000..=LARGEST,
        );
        self.range(
            "resources/cpu_period_us",
            resources.cpu_period_us,
            1000..=1_000_000,
        );
        self.range("resources/pids_max", resources.pids_max, 1..=4_194_304);
    }

    fn mount<'a>(&mut self, index: usize, mount: &'a Mount, targets: &mut BTreeSet<&'a str>) {
        let place = |member: &str| format!("mounts/{index}/{member}");
        let target = mount.target.as_str();
        self.absolute(&place("target"), target);
        if target.split('/').any(|part| part == "..") || target.trim_matches('/').is_empty() {
            let message = "it does not name a place inside of the module";
            self.fault(
                &place("target"),
                FaultRule::Form,
                message,
                "a path without `..`, other than `/`",
            );
        }
        if !targets.insert(target) {
            let message = "another mount has this target";
            self.fault(
                &place("target"),
                FaultRule::Value,
                message,
                "targets that differ",
            );
        }
        let odd: &[(&str, bool)] = match (mount.kind, &mount.source) {
            (MountKind::Bind, source) => {
                match source {
                    Some(source) => self.absolute(&place("source"), source),
                    None => {
                        let message = "`source` is missing";
                        self.fault(
                            &place("source"),
                            FaultRule::Required,
                            message,
                            "an absolute path",
                        );
                    }
                }
                &[
                    ("size_bytes", mount.size_bytes.is_some()),
                    ("mode", mount.mode.is_some()),
                ]
            }
            (MountKind::Tmpfs, source) => &[("source", source.is_some())],
        };
        for (member, _) in odd.iter().filter(|(_, given)| *given) {
            let message = "it does not go with this kind of mount";
            self.fault(&place(member), FaultRule::Value, message, "nothing");
        }
        self.range(&place("size_bytes"), mount.size_bytes, 4096..=LARGEST);
        let octal = |text: &String| {
            matches!(text.len(), 3 | 4) && text.bytes().all(|byte| (b'0'..=b'7').contains(&byte))
        };
        if !mount.mode.as_ref().is_none_or(octal) {
            self.fault(
                &place("mode"),
                FaultRule::Form,
                "it is no mode",
                "3 or 4 octal digits",
            );
        }
    }

    fn device(&mut self, index: usize, device: &Device) {
        let place = |member: &str| format!("devices/{index}/{member}");
        self.absolute(&place("path"), &device.path);
        if let Some(path) = &device.container_path {
            self.absolute(&place("container_path"), path);
        }
        let known = |letter| matches!(letter, 'r' | 'w' | 'm');
        if device.permissions.is_empty() || !device.permissions.chars().all(known) {
            let message = "it names no permissions";
            self.fault(
                &place("permissions"),
                FaultRule::Form,
                message,
                "letters of `rwm`",
            );
        }
    }

    fn absolute(&mut self, place: &str, path: &str) {
        if !path.starts_with('/') {
            self.fault(
                place,
                FaultRule::Form,
                "it does not begin with `/`",
                "an absolute path",
            );
        }
        self.no_nul(place, path);
    }

    fn no_nul(&mut self, place: &str, text: &str) {
        if text.contains('\0') {
            self.fault(
                place,
                FaultRule::Form,
                "it holds a NUL",
                "a text without NUL",
            );
        }
    }

    fn range(&mut self, place: &str, value: Option<u64>, range: RangeInclusive<u64>) {
        if value.is_some_and(|value| !range.contains(&value)) {
            let expected = format!("{} to {}", range.start(), range.end());
            self.fault(place, FaultRule::Range, "it is out of range", &expected);
        }
    }

    fn fault(&mut self, place: &str, rule: FaultRule, message: &str, expected: &str) {
        let place = pointer(&format!("/config/{place}"));
        self.faults
            .push(Fault::new(place, rule, message).expecting(expected));
    }
}
