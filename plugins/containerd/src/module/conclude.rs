//! The end of a module's task: ended where it runs, recorded, deleted. Callers
//! hold the module's lock.

use std::time::Duration;

use shellrt_common::time::UnixNanos;

use super::cgroup::Cgroup;
use super::record::write_history;
use super::standing::{Module, begun, exit_of};
use super::stray;
use crate::engine::{Client, Task, TaskState};
use crate::failure::Failure;

const KILL: i32 = 9;
/// How long a task may take to be gone after SIGKILL, which nothing survives
/// but a call to a device that hangs.
const AFTER_KILL: Duration = Duration::from_secs(20);
/// How often a task that has ended is looked at until containerd knows it.
const POLL: Duration = Duration::from_millis(5);

/// Kills what runs, with all of its processes, and concludes it.
pub(crate) async fn end(
    client: &Client,
    module: &mut Module,
    cgroup: &Cgroup,
) -> Result<(), Failure> {
    kill(client, &module.id).await?;
    end_processes(&module.id, cgroup).await?;
    conclude(client, module, cgroup).await
}

/// Ends what is left in the control group of container `id`. Where a shim is
/// killed, containerd says at once that the task is gone, and kills what the shim
/// served only then.
pub(crate) async fn end_processes(id: &str, cgroup: &Cgroup) -> Result<(), Failure> {
    let ended = async {
        while cgroup.kill() {
            tokio::time::sleep(POLL).await;
        }
    };
    let waited = tokio::time::timeout(AFTER_KILL, ended).await;
    waited.map_err(|_| survives(id))
}

/// Nothing survives SIGKILL but what the kernel holds on to.
fn survives(id: &str) -> Failure {
    Failure::Internal(format!(
        "the task of `{id}` is still there {} s after SIGKILL: a process of it hangs in the kernel",
        AFTER_KILL.as_secs()
    ))
}

/// Kills what runs and deletes the task, of a module that cannot be read.
pub(crate) async fn end_task(client: &Client, id: &str) -> Result<(), Failure> {
    kill(client, id).await?;
    client.delete_task(id).await
}

async fn kill(client: &Client, id: &str) -> Result<(), Failure> {
    let Some(task) = client.task(id).await? else {
        return Ok(());
    };
    if task.state == TaskState::Stopped {
        return Ok(());
    }
    if task.state == TaskState::Paused {
        // A frozen process does not end on every kernel.
        let _ = client.resume_task(id).await;
    }
    match client.kill_task(id, KILL, true).await {
        // containerd answers: it is the shim that hangs. Once that is gone,
        // containerd ends what it served.
        Err(Failure::Unavailable { .. }) if client.version().await.is_ok() => {
            stray::end_shims(client.namespace(), id);
        }
        killed => killed.or_else(ended_by_itself).map(drop)?,
    }
    wait_until_stopped(client, id).await
}

/// A signal to what has just ended is refused by runc with nothing but a text:
/// what follows looks at the task again.
fn ended_by_itself(failure: Failure) -> Result<bool, Failure> {
    match failure {
        Failure::Engine { .. } => Ok(false),
        other => Err(other),
    }
}

async fn wait_until_stopped(client: &Client, id: &str) -> Result<(), Failure> {
    let stopped = async {
        loop {
            match client.task(id).await? {
                Some(task) if task.state != TaskState::Stopped => tokio::time::sleep(POLL).await,
                _ => return Ok(()),
            }
        }
    };
    let waited = tokio::time::timeout(AFTER_KILL, stopped).await;
    waited.unwrap_or_else(|_| Err(survives(id)))
}

/// Lets one of several stops of the run that began then say that it ended it.
pub(crate) async fn claim_stop(
    client: &Client,
    module: &mut Module,
    started_at: Option<UnixNanos>,
) -> Result<bool, Failure> {
    let run = module.history.last.as_mut();
    let Some(run) = run.filter(|run| Some(run.started_at) == started_at && !run.stop_told) else {
        return Ok(false);
    };
    run.stop_told = true;
    write_history(client, &module.id, &module.history, None).await?;
    Ok(true)
}

/// Records how a task ended and deletes it, in this order: whoever is killed
/// in between, the exit is known. Without a task nothing happens.
pub(crate) async fn conclude(
    client: &Client,
    module: &mut Module,
    cgroup: &Cgroup,
) -> Result<(), Failure> {
    let Some(task) = client.task(&module.id).await? else {
        return Ok(());
    };
    match task.state {
        TaskState::Stopped => {
            record_exit(client, module, &task, cgroup).await?;
            client.delete_task(&module.id).await
        }
        TaskState::Created => {
            // A start that was killed: its program never began.
            client
                .kill_task(&module.id, KILL, true)
                .await
                .or_else(ended_by_itself)?;
            wait_until_stopped(client, &module.id).await?;
            client.delete_task(&module.id).await
        }
        TaskState::Running | TaskState::Paused | TaskState::Unknown => Ok(()),
    }
}

async fn record_exit(
    client: &Client,
    module: &mut Module,
    task: &Task,
    cgroup: &Cgroup,
) -> Result<(), Failure> {
    let history = &mut module.history;
    if let Some(starting) = history.starting.take() {
        // The plugin that started it was killed before it could say so.
        history.last = Some(begun(starting.boot_id, starting.begun_at));
    }
    let Some(run) = &mut history.last else {
        return Ok(());
    };
    if run.exit.is_none() {
        let mut exit = exit_of(task, run.started_at);
        exit.oom_killed = exit.code == 137 && cgroup.oom_kills() > 0;
        run.exit = Some(exit);
        write_history(client, &module.id, history, None).await?;
    }
    Ok(())
}
