//! `top`: lists the processes of a module that runs. Hosts ask it on every
//! call of a module, so that without details it reads no more of a process
//! than where it belongs.
//!
//! Errors: `module_not_found`, `module_not_running`.

use shellrt_api::{Process, TopRequest, TopResponse};

use crate::failure::Failure;
use crate::members;
use crate::state::Store;
use shellrt_common::process::{Details, Processes, Stat};

/// The module's processes in the order of their pids.
pub(super) fn top(store: &Store, request: &TopRequest) -> Result<TopResponse, Failure> {
    let module = store.module(&request.name)?;
    let not_running = || Failure::NotRunning(request.name.clone());
    let (run, supervised) = module.present_run()?.ok_or_else(not_running)?;
    let stats =
        Processes::look().and_then(|processes| members::of_run(&processes, &run, supervised));
    let stats = stats.map_err(Failure::processes)?;
    let details = request.details.then(Details::look);
    let process = |stat: &Stat| match &details {
        Some(details) => details.of(stat),
        None => Process::new(stat.pid),
    };
    Ok(TopResponse::new(stats.iter().map(process).collect()))
}
