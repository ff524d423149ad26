//! `stats`: measures what modules use, by the kernel's own counters. One
//! question to containerd tells which of them run.
//!
//! Errors of one module are in its item.

use shellrt_api::{ModuleName, StatsItem, StatsRequest, StatsResponse, StatsSample};
use shellrt_common::time;

use super::Tools;
use crate::engine::{Client, TaskState};
use crate::failure::Failure;
use crate::module::{self, Cgroup, Module};

/// A sample of each module that is asked for, or of each that runs.
pub(super) fn stats(tools: &Tools<'_>, request: &StatsRequest) -> Result<StatsResponse, Failure> {
    tools.engine()?.run(async |client| {
        let running = running(client).await?;
        let mut items = Vec::new();
        if request.names.is_empty() {
            for name in &running {
                items.push(item(tools, name, Ok(())));
            }
        }
        for name in &request.names {
            let state = if running.contains(name) {
                Ok(())
            } else {
                Err(match module::look_for(client, name).await {
                    Ok(_) | Err(Failure::Dead { .. }) => Failure::NotRunning(name.clone()),
                    Err(failure) => failure,
                })
            };
            items.push(item(tools, name, state));
        }
        Ok(StatsResponse::new(items))
    })
}

/// The modules that run, in the order of their names.
async fn running(client: &Client) -> Result<Vec<ModuleName>, Failure> {
    let runs = |state| matches!(state, TaskState::Running | TaskState::Paused);
    let tasks = client.all_tasks().await?;
    let mut names = Vec::new();
    for task in tasks.into_iter().filter(|task| runs(task.state)) {
        let container = client.container(&task.id).await?;
        if let Some(Ok(module)) = container.as_ref().and_then(Module::of) {
            names.push(module.name);
        }
    }
    names.sort_unstable();
    Ok(names)
}

fn item(tools: &Tools<'_>, name: &ModuleName, state: Result<(), Failure>) -> StatsItem {
    let mut item = StatsItem::new(name.clone());
    match state {
        Ok(()) => {
            let usage = Cgroup::of(&tools.settings.namespace, &module::of_name(name)).usage();
            let mut sample = StatsSample::new(time::timestamp(time::now()));
            sample.cpu_time_us = usage.cpu_time_us;
            sample.memory_bytes = usage.memory_bytes;
            sample.memory_limit_bytes = usage.memory_limit_bytes;
            sample.process_count = usage.process_count;
            sample.block_read_bytes = usage.block_read_bytes;
            sample.block_written_bytes = usage.block_written_bytes;
            item.sample = Some(sample);
        }
        Err(failure) => item.error = Some(failure.to_error()),
    }
    item
}
