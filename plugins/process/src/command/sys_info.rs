//! `sys_info`: facts about this machine, measured when asked. The engine is
//! this plugin itself.

use shellrt_api::{AbsolutePath, DiskInfo, EngineInfo, SysInfoResponse};

use super::VERSION;
use crate::failure::Failure;
use crate::state::Store;
use shellrt_common::{host, process, time};

/// Machine, disk and engine.
pub(super) fn sys_info(store: &Store) -> Result<SysInfoResponse, Failure> {
    let cpus = std::thread::available_parallelism()
        .map_or(1, |cpus| u32::try_from(cpus.get()).unwrap_or(u32::MAX));
    let engine = EngineInfo::new(env!("CARGO_PKG_NAME"), VERSION);
    let mut response =
        SysInfoResponse::new(std::env::consts::OS, host::architecture(), cpus, engine);
    let kernel = rustix::system::uname();
    let (memory_total, memory_available) = host::memory();
    response.os_name = host::distribution();
    response.kernel_version = Some(kernel.release().to_string_lossy().into_owned());
    response.hostname = Some(kernel.nodename().to_string_lossy().into_owned());
    response.memory_total_bytes = memory_total;
    response.memory_available_bytes = memory_available;
    response.booted_at = host::booted_at().map(time::unix_nanos).map(time::timestamp);
    response.boot_id = process::boot_id().ok();
    response.disk = disk(store);
    Ok(response)
}

fn disk(store: &Store) -> Option<DiskInfo> {
    let (total, available) = host::disk(store.root())?;
    // A path that is not UTF-8 cannot be told in JSON.
    let path = AbsolutePath::new(store.root().to_str()?).ok()?;
    Some(DiskInfo::new(path, total, available))
}
