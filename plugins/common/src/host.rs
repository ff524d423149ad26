//! Facts about this machine, for `sys_info`. What cannot be read is left out.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// The distribution and its version, for people.
pub fn distribution() -> Option<String> {
    // The second place is the vendor's own, for machines without the first.
    let text = ["/etc/os-release", "/usr/lib/os-release"]
        .iter()
        .find_map(|path| fs::read_to_string(path).ok())?;
    let value = |key: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(key))?;
        Some(line.trim_matches(['"', '\'']).to_owned())
    };
    value("PRETTY_NAME=").or_else(|| value("NAME="))
}

/// The architecture as OCI spells it.
pub fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "x86" => "386",
        "aarch64" => "arm64",
        "powerpc64" if cfg!(target_endian = "little") => "ppc64le",
        "loongarch64" => "loong64",
        other => other,
    }
}

/// Memory of the machine, and what of it is free to use, in bytes.
pub fn memory() -> (Option<u64>, Option<u64>) {
    let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let bytes = |key: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(key))?;
        let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        kibibytes.checked_mul(1024)
    };
    (bytes("MemTotal:"), bytes("MemAvailable:"))
}

/// When the machine was started, by its present idea of the time.
pub fn booted_at() -> Option<SystemTime> {
    SystemTime::now().checked_sub(uptime()?)
}

/// How long the machine has been up, sleep included: the clock by which the
/// kernel notes the beginning of processes.
fn uptime() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    Duration::try_from(time).ok()
}

/// Size of and room on the disk that `path` is on or will be on, in bytes.
pub fn disk(path: &Path) -> Option<(u64, u64)> {
    let existing = path.ancestors().find(|ancestor| ancestor.exists())?;
    let disk = rustix::fs::statvfs(existing).ok()?;
    Some((
        disk.f_blocks.checked_mul(disk.f_frsize)?,
        disk.f_bavail.checked_mul(disk.f_frsize)?,
    ))
}
