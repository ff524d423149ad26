//! How a module stands, worked out from its record and its task. Working it
//! out writes nothing.

use shellrt_api::ModuleName;
use shellrt_common::process::boot_id;
use shellrt_common::time::UnixNanos;

use super::identifier::of_name;
use super::record::{self, Exit, History, NAME_LABEL, Run, Spec};
use crate::engine::{Client, Container, Task, TaskState};
use crate::failure::Failure;

/// The exit code of an end that nobody saw.
const UNSEEN: i64 = 255;

/// A module as its record has it.
#[derive(Debug)]
pub(crate) struct Module {
    pub(crate) id: String,
    pub(crate) name: ModuleName,
    pub(crate) spec: Spec,
    pub(crate) history: History,
}

impl Module {
    /// Reads a record.
    ///
    /// # Errors
    /// `Dead` where it cannot be read; `None` where it is no module's.
    pub(crate) fn of(container: &Container) -> Option<Result<Self, Failure>> {
        let name = ModuleName::new(container.labels.get(NAME_LABEL)?.as_str()).ok()?;
        Some(match record::read(container) {
            Ok((spec, history)) => Ok(Self {
                id: container.id.clone(),
                name,
                spec,
                history,
            }),
            Err(why) => Err(Failure::Dead {
                name,
                why,
                created_at: container.created_at.unwrap_or_default(),
            }),
        })
    }
}

/// How a module stands.
#[derive(Clone, Debug)]
pub(crate) enum Standing {
    /// It never ran.
    Created,
    /// Its first process runs, or is frozen.
    Running {
        pid: u32,
        started_at: Option<UnixNanos>,
        paused: bool,
    },
    /// It has ended.
    Exited {
        started_at: UnixNanos,
        exit: Exit,
        /// Why nobody saw it end.
        unseen: Option<Unseen>,
    },
}

/// Why nobody saw a module end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unseen {
    /// The machine went down.
    HostRestarted,
    /// Its shim was killed, or another tool deleted the task.
    SupervisorLost,
}

impl Standing {
    /// How a module with this history and this task stands.
    pub(crate) fn of(history: &History, task: Option<&Task>) -> Result<Self, Failure> {
        let begun_at = history.starting.as_ref().map(|starting| starting.begun_at);
        let started_at = begun_at.or(history.last.as_ref().map(|run| run.started_at));
        match task {
            Some(task) if matches!(task.state, TaskState::Running | TaskState::Paused) => {
                Ok(Self::Running {
                    pid: task.pid,
                    started_at,
                    paused: task.state == TaskState::Paused,
                })
            }
            Some(task) if task.state == TaskState::Stopped => {
                let started_at = started_at.unwrap_or_default();
                Ok(Self::Exited {
                    started_at,
                    exit: exit_of(task, started_at),
                    unseen: None,
                })
            }
            // The module may well run: nothing is said rather than a guess.
            Some(task) if task.state == TaskState::Unknown => {
                Err(Failure::Unclear(task.id.clone()))
            }
            // A task that was made and not started is a start in progress, or
            // one that was killed: the module is as it was before.
            _ => Self::without_task(history),
        }
    }

    fn without_task(history: &History) -> Result<Self, Failure> {
        let boot = boot_id().map_err(|error| {
            Failure::io(
                "read",
                std::path::Path::new("/proc/sys/kernel/random/boot_id"),
                error,
            )
        })?;
        if let Some(starting) = &history.starting {
            // The power went between the beginning of a start and the news of
            // its end: it may have run.
            if starting.boot_id != boot {
                return Ok(unseen(starting.begun_at, Unseen::HostRestarted));
            }
        }
        let Some(run) = &history.last else {
            return Ok(Self::Created);
        };
        Ok(match &run.exit {
            Some(exit) => Self::Exited {
                started_at: run.started_at,
                exit: exit.clone(),
                unseen: None,
            },
            None if run.boot_id == boot => unseen(run.started_at, Unseen::SupervisorLost),
            None => unseen(run.started_at, Unseen::HostRestarted),
        })
    }

    /// Whether it rests on what is not there rather than on a record.
    fn is_guess(&self) -> bool {
        matches!(
            self,
            Self::Exited {
                unseen: Some(_),
                ..
            }
        )
    }
}

/// How a stopped task ended.
pub(super) fn exit_of(task: &Task, started_at: UnixNanos) -> Exit {
    Exit {
        code: task.exit.code.into(),
        finished_at: task.exit.finished_at.unwrap_or(started_at),
        oom_killed: false,
    }
}

/// An end that nobody saw. The last certain sign of life is its start.
fn unseen(started_at: UnixNanos, why: Unseen) -> Standing {
    Standing::Exited {
        started_at,
        exit: Exit {
            code: UNSEEN,
            finished_at: started_at,
            oom_killed: false,
        },
        unseen: Some(why),
    }
}

/// The module `name`, or the error that there is none.
pub(crate) async fn look_for(client: &Client, name: &ModuleName) -> Result<Module, Failure> {
    let missing = || Failure::NotFound(name.clone());
    let container = client
        .container(&of_name(name))
        .await?
        .ok_or_else(missing)?;
    // A container that somebody else made in our namespace is no module.
    Module::of(&container).ok_or_else(missing)?
}

/// The module `name`, its task and how it stands.
pub(crate) async fn look(
    client: &Client,
    name: &ModuleName,
) -> Result<(Module, Option<Task>, Standing), Failure> {
    let id = of_name(name);
    let (module, task) = tokio::join!(look_for(client, name), client.task(&id));
    let (module, task) = (module?, task?);
    let standing = Standing::of(&module.history, task.as_ref())?;
    if !standing.is_guess() {
        return Ok((module, task, standing));
    }
    // The end may have been written, and the task deleted, between the two
    // answers: the record is read once more.
    let module = look_for(client, name).await?;
    let task = client.task(&id).await?;
    let standing = Standing::of(&module.history, task.as_ref())?;
    Ok((module, task, standing))
}

/// A run that is known to have begun.
pub(super) fn begun(boot_id: String, started_at: UnixNanos) -> Run {
    Run {
        boot_id,
        started_at,
        exit: None,
        stop_told: false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::Starting;
    use super::*;
    use crate::engine::Exit as TaskExit;

    fn history(boot: &str, exit: Option<Exit>) -> History {
        let run = Run {
            boot_id: boot.to_owned(),
            started_at: 5,
            exit,
            stop_told: false,
        };
        History {
            last: Some(run),
            ..History::default()
        }
    }

    fn task(state: TaskState) -> Task {
        Task {
            id: "web".to_owned(),
            pid: 7,
            state,
            exit: TaskExit {
                code: 3,
                finished_at: Some(9),
            },
        }
    }

    fn seen(standing: &Standing) -> (i64, Option<Unseen>) {
        match standing {
            Standing::Exited { exit, unseen, .. } => (exit.code, *unseen),
            other => panic!("{other:?} is not exited"),
        }
    }

    #[test]
    fn an_end_that_nobody_saw_is_a_failure_with_its_reason() {
        let this_boot = boot_id().expect("the machine has one");
        let gone = Standing::of(&history("another", None), None).expect("it can be told");
        assert_eq!(seen(&gone), (255, Some(Unseen::HostRestarted)));
        let lost = Standing::of(&history(&this_boot, None), None).expect("it can be told");
        assert_eq!(seen(&lost), (255, Some(Unseen::SupervisorLost)));
    }

    #[test]
    fn a_start_that_the_power_cut_may_have_run_and_one_of_this_boot_has_not() {
        let start = |boot_id: &str| History {
            starting: Some(Starting {
                boot_id: boot_id.to_owned(),
                begun_at: 4,
            }),
            ..History::default()
        };
        let cut = Standing::of(&start("another"), None).expect("it can be told");
        assert_eq!(seen(&cut), (255, Some(Unseen::HostRestarted)));
        let this_boot = boot_id().expect("the machine has one");
        let going_on = Standing::of(&start(&this_boot), Some(&task(TaskState::Created)));
        assert!(matches!(
            going_on.expect("it can be told"),
            Standing::Created
        ));
    }

    #[test]
    fn a_stopped_task_tells_the_exit_before_it_is_recorded() {
        let this_boot = boot_id().expect("the machine has one");
        let standing = Standing::of(&history(&this_boot, None), Some(&task(TaskState::Stopped)));
        assert_eq!(seen(&standing.expect("it can be told")), (3, None));
    }
}
