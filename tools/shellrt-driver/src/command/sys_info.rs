//! `sys_info`: the host and the engine.

use clap::Args;
use shellrt_api::{SysInfoRequest, SysInfoResponse};

use crate::failure::Failure;
use crate::output::{Facts, size};
use crate::session::Session;
use crate::time;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  shellrt-driver ./shellrt-process sys_info")]
pub(crate) struct SysInfo {}

impl SysInfo {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        let response = session.call(SysInfoRequest::new())?;
        session.show(&response, facts)
    }
}

fn facts(response: &SysInfoResponse) -> String {
    let mut facts = Facts::new();
    facts.add(
        "engine",
        format!("{} {}", response.engine.name, response.engine.version),
    );
    facts.add_known("hostname", response.hostname.as_ref());
    facts.add(
        "system",
        response.os_name.as_ref().unwrap_or(&response.os_type),
    );
    facts.add_known("kernel", response.kernel_version.as_ref());
    facts.add("architecture", &response.architecture);
    facts.add("processors", response.cpus);
    facts.add_known("memory", response.memory_total_bytes.map(size));
    facts.add_known(
        "memory available",
        response.memory_available_bytes.map(size),
    );
    if let Some(disk) = &response.disk {
        facts.add(
            "disk",
            format!(
                "{} of {} available ({})",
                size(disk.available_bytes),
                size(disk.total_bytes),
                disk.path
            ),
        );
    }
    facts.add_known(
        "booted",
        response
            .booted_at
            .as_ref()
            .map(|booted| format!("{} ({booted})", time::age(booted))),
    );
    facts.add_known("boot id", response.boot_id.as_ref());
    facts.render()
}
