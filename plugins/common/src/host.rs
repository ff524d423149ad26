//! Facts about this machine, for `sys_info`. What cannot be read is left out.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use shellrt_api::{AbsolutePath, DiskInfo, EngineInfo, SysInfoResponse};

use crate::{process, time};

/// The machine, the disk of the state directory `root`, and `engine`.
#[must_use]
pub fn sys_info(root: &Path, engine: EngineInfo) -> SysInfoResponse {
    let cpus = std::thread::available_parallelism()
        .map_or(1, |cpus| u32::try_from(cpus.get()).unwrap_or(u32::MAX));
    let mut response = SysInfoResponse::new(std::env::consts::OS, architecture(), cpus, engine);
    let kernel = rustix::system::uname();
    let (memory_total, memory_available) = memory();
    response.os_name = distribution();
    response.kernel_version = Some(kernel.release().to_string_lossy().into_owned());
    response.hostname = Some(kernel.nodename().to_string_lossy().into_owned());
    response.memory_total_bytes = memory_total;
    response.memory_available_bytes = memory_available;
    response.booted_at = booted_at().map(time::unix_nanos).map(time::timestamp);
    response.boot_id = process::boot_id().ok();
    response.disk = disk_info(root);
    response
}

fn disk_info(root: &Path) -> Option<DiskInfo> {
    let (total, available) = disk(root)?;
    // A path that is not UTF-8 cannot be told in JSON.
    let path = AbsolutePath::new(root.to_str()?).ok()?;
    Some(DiskInfo::new(path, total, available))
}

/// The distribution and its version, for people.
fn distribution() -> Option<String> {
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
fn architecture() -> &'static str {
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
fn memory() -> (Option<u64>, Option<u64>) {
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
fn disk(path: &Path) -> Option<(u64, u64)> {
    let existing = path.ancestors().find(|ancestor| ancestor.exists())?;
    let disk = rustix::fs::statvfs(existing).ok()?;
    Some((
        disk.f_blocks.checked_mul(disk.f_frsize)?,
        disk.f_bavail.checked_mul(disk.f_frsize)?,
    ))
}
