//! `top`: lists the processes of a module that runs. Hosts ask it on every
//! call of a module, so that without details it reads no more of a process
//! than where it belongs.
//!
//! Errors: `module_not_found`, `module_not_running`.

use std::time::SystemTime;

use shellrt_api::{Process, TopRequest, TopResponse};

use crate::failure::Failure;
use crate::members;
use crate::state::Store;
use shellrt_common::process::{Accounts, Processes, Stat, command_line};
use shellrt_common::{host, time};

/// The module's processes in the order of their pids.
pub(super) fn top(store: &Store, request: &TopRequest) -> Result<TopResponse, Failure> {
    let module = store.module(&request.name)?;
    let not_running = || Failure::NotRunning(request.name.clone());
    let (run, supervised) = module.present_run()?.ok_or_else(not_running)?;
    let stats =
        Processes::look().and_then(|processes| members::of_run(&processes, &run, supervised));
    let stats = stats.map_err(Failure::processes)?;
    let processes = if request.details {
        let machine = Machine {
            accounts: Accounts::read(),
            booted_at: host::booted_at(),
        };
        stats
            .iter()
            .map(|stat| machine.process(stat))
            .collect::<Result<_, _>>()?
    } else {
        stats.iter().map(|stat| Process::new(stat.pid)).collect()
    };
    Ok(TopResponse::new(processes))
}

/// What the details of every process need.
struct Machine {
    accounts: Accounts,
    booted_at: Option<SystemTime>,
}

impl Machine {
    fn process(&self, stat: &Stat) -> Result<Process, Failure> {
        let started_at = self
            .booted_at
            .map(|booted_at| time::unix_nanos(booted_at + time::ticks(stat.start_ticks)));
        let mut process = Process::new(stat.pid);
        process.parent_pid = Some(stat.parent_pid);
        process.command = command_line(stat.pid);
        process.user = self.accounts.user_of(stat.pid);
        process.started_at = started_at.map(time::timestamp);
        process.cpu_time_ms = u64::try_from(time::ticks(stat.own_ticks).as_millis()).ok();
        process.memory_bytes = Some(stat.resident_bytes());
        Ok(process)
    }
}
