//! `top`: lists the processes of a module that runs. Hosts ask it on every call
//! of a module, so that it is two questions to containerd at the same time and
//! one file of the kernel's.
//!
//! Errors: `module_not_found`, `module_not_running`.

use shellrt_api::{Process, TopRequest, TopResponse};
use shellrt_common::process::{Details, Stat};

use super::Tools;
use crate::engine::TaskState;
use crate::failure::Failure;
use crate::module::{self, Cgroup};

/// The module's processes in the order of their ids.
pub(super) fn top(tools: &Tools<'_>, request: &TopRequest) -> Result<TopResponse, Failure> {
    let id = module::of_name(&request.name);
    let not_running = || Failure::NotRunning(request.name.clone());
    tools.engine()?.run(async |client| {
        let (module, task) =
            tokio::join!(module::look_for(client, &request.name), client.task(&id));
        match module {
            // What cannot be read does not run as a module.
            Err(Failure::Dead { .. }) => return Err(not_running()),
            other => other?,
        };
        let runs = |state| matches!(state, TaskState::Running | TaskState::Paused);
        let running = task?.is_some_and(|task| runs(task.state));
        running.then_some(()).ok_or_else(not_running)
    })?;
    let pids = Cgroup::of(&tools.settings.namespace, &id).processes();
    let pids = match pids {
        Ok(pids) if !pids.is_empty() => pids,
        // It ended after the question.
        _ => return Err(not_running()),
    };
    let details = request.details.then(Details::look);
    let process = |&pid: &u32| match &details {
        // One that has ended meanwhile is not the module's any more.
        Some(details) => Stat::read(pid).ok().flatten().map(|stat| details.of(&stat)),
        None => Some(Process::new(pid)),
    };
    Ok(TopResponse::new(pids.iter().filter_map(process).collect()))
}
