//! `sys_info`: facts about this machine, measured when asked. The engine is
//! this plugin itself.

use shellrt_api::{EngineInfo, SysInfoResponse};
use shellrt_common::host;

use super::VERSION;
use crate::failure::Failure;
use crate::state::Store;

/// Machine, disk and engine.
pub(super) fn sys_info(store: &Store) -> Result<SysInfoResponse, Failure> {
    let engine = EngineInfo::new(env!("CARGO_PKG_NAME"), VERSION);
    Ok(host::sys_info(store.root(), engine))
}
