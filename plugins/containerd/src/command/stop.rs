//! `stop`: asks a module to end, waits, then kills all of it.
//!
//! The module's lock is not held during the grace: `remove` need not wait for
//! it. Before the kill it is taken, and the task must still be the same. Of
//! several stops of one run one says that it has stopped it.
//!
//! Errors: `module_not_found`, `busy`.

use std::time::Duration;

use shellrt_api::{StopRequest, StopResponse};
use shellrt_common::signal;
use shellrt_common::time::UnixNanos;

use super::Tools;
use crate::config::Config;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::module::{self, Cgroup, Module, Standing};

/// What a stop keeps of the time that is left, to kill and to record.
const RESERVE: Duration = Duration::from_millis(500);
/// How often a wait looks whether the host still wants it.
const LOOK: Duration = Duration::from_millis(200);

/// Stops the module if it runs.
pub(super) fn stop(tools: &Tools<'_>, request: &StopRequest) -> Result<StopResponse, Failure> {
    let engine = tools.engine()?;
    let running = tools.changing(&request.name, || running(&engine, tools, request))?;
    let Some(run) = running else {
        return Ok(StopResponse::new(false));
    };
    let asked = ask_to_end(tools, &engine, &run.module, request.timeout.map(u64::from));
    // What the host took back before the grace was over is not done by force.
    asked?;
    let changed = tools.changing(&request.name, || finish(tools, &engine, &run))?;
    Ok(StopResponse::new(changed))
}

/// A run of a module that is to end.
pub(super) struct Run {
    pub(super) module: Module,
    pub(super) pid: u32,
    pub(super) started_at: Option<UnixNanos>,
}

/// The run that goes on; `None` where it does not run. Where it has ended
/// by itself its end is recorded now.
fn running(
    engine: &Engine,
    tools: &Tools<'_>,
    request: &StopRequest,
) -> Result<Option<Run>, Failure> {
    engine.run(async |client| {
        let looked = module::look(client, &request.name).await;
        let (mut module, _, standing) = match looked {
            // What cannot be read is not stopped by being asked; `remove` ends it.
            Err(Failure::Dead { .. }) => return Ok(None),
            other => other?,
        };
        match standing {
            Standing::Running {
                pid,
                started_at,
                paused,
            } => {
                if paused {
                    client.resume_task(&module.id).await?;
                }
                Ok(Some(Run {
                    module,
                    pid,
                    started_at,
                }))
            }
            Standing::Created | Standing::Exited { .. } => {
                let cgroup = Cgroup::of(&tools.settings.namespace, &module.id);
                module::conclude(client, &mut module, &cgroup).await?;
                Ok(None)
            }
        }
    })
}

/// Signals the module and waits until it has ended or its grace is over.
pub(super) fn ask_to_end(
    tools: &Tools<'_>,
    engine: &Engine,
    module: &Module,
    timeout: Option<u64>,
) -> Result<(), Failure> {
    let config = Config::of_spec(&module.spec)?;
    let named = config
        .stop_signal
        .as_ref()
        .or(module.spec.image.defaults.stop_signal.as_ref());
    // What an image names and nobody knows is as good as nothing.
    let signal = named
        .and_then(|name| signal::parse(name))
        .map_or(15, |signal| signal.as_raw());
    let wanted = Duration::from_secs(timeout.unwrap_or(config.stop_timeout_seconds));
    let grace = |left: Duration| wanted.min(left.saturating_sub(RESERVE.min(left / 2)));
    let grace = tools.context.remaining().map_or(wanted, grace);
    if grace.is_zero() {
        return Ok(());
    }
    engine.run(async |client| {
        match client.kill_task(&module.id, signal, false).await {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            // It ended meanwhile; what follows sees it.
            Err(Failure::Engine { .. }) => {}
            Err(failure) => return Err(failure),
        }
        let wait = async {
            tokio::select! {
                ended = client.wait_task(&module.id) => ended,
                cancelled = cancelled(tools) => cancelled,
            }
        };
        tokio::time::timeout(grace, wait).await.unwrap_or(Ok(()))
    })
}

async fn cancelled(tools: &Tools<'_>) -> Result<(), Failure> {
    while !tools.context.cancelled() {
        tokio::time::sleep(LOOK).await;
    }
    tools.check()
}

/// Kills what is left of the run, and records its end. Says whether it is for
/// this request to say that it ended.
pub(super) fn finish(tools: &Tools<'_>, engine: &Engine, run: &Run) -> Result<bool, Failure> {
    engine.run(async |client| {
        // Its record may have changed during the grace, or have gone.
        let mut module = match module::look_for(client, &run.module.name).await {
            Ok(module) => module,
            Err(Failure::NotFound(_)) => return Ok(false),
            Err(failure) => return Err(failure),
        };
        let cgroup = Cgroup::of(&tools.settings.namespace, &module.id);
        match client.task(&module.id).await? {
            // Another request stopped it, and started it again.
            Some(task) if task.pid != run.pid && task.pid != 0 => {}
            Some(_) => module::end(client, &mut module, &cgroup).await?,
            None => {}
        }
        module::claim_stop(client, &mut module, run.started_at).await
    })
}
