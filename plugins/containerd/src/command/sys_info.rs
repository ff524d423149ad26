//! `sys_info`: facts about this machine, measured when asked, and the version of
//! containerd.

use shellrt_api::{EngineInfo, SysInfoResponse};
use shellrt_common::host;

use super::{NAME, Tools};
use crate::failure::Failure;

/// Machine, disk and engine.
pub(super) fn sys_info(tools: &Tools<'_>) -> Result<SysInfoResponse, Failure> {
    let version = tools.engine()?.run(async |client| client.version().await)?;
    Ok(host::sys_info(
        &tools.settings.root(),
        EngineInfo::new(NAME, version),
    ))
}
