//! Tasks: containers that have processes, or had.

use std::time::Duration;

use containerd_client::services::v1::tasks_client::TasksClient;
use containerd_client::services::v1::{
    CreateTaskRequest, DeleteTaskRequest, GetRequest, KillRequest, ListTasksRequest,
    ResumeTaskRequest, StartRequest, WaitRequest,
};
use containerd_client::tonic::transport::Channel;
use containerd_client::types::Mount;
use containerd_client::types::v1::{Process, Status};

use super::{Client, MESSAGE_MAX, STEP, unix_nanos};
use crate::failure::Failure;

/// How a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TaskState {
    /// Made, and its program not yet begun.
    Created,
    Running,
    Paused,
    Stopped,
    /// containerd cannot tell.
    Unknown,
}

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exit {
    pub(crate) code: u32,
    /// Nanoseconds since 1970.
    pub(crate) finished_at: Option<i64>,
}

/// A task.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    /// The container's id.
    pub(crate) id: String,
    pub(crate) pid: u32,
    pub(crate) state: TaskState,
    /// How it ended, where it is stopped.
    pub(crate) exit: Exit,
}

impl From<Process> for Task {
    fn from(process: Process) -> Self {
        let state = match process.status() {
            Status::Created => TaskState::Created,
            Status::Running => TaskState::Running,
            Status::Paused | Status::Pausing => TaskState::Paused,
            Status::Stopped => TaskState::Stopped,
            Status::Unknown => TaskState::Unknown,
        };
        // `Tasks.List` names the container in `id`, `Tasks.Get` in either.
        let id = if process.container_id.is_empty() {
            process.id
        } else {
            process.container_id
        };
        Self {
            id,
            pid: process.pid,
            state,
            exit: Exit {
                code: process.exit_status,
                finished_at: unix_nanos(process.exited_at),
            },
        }
    }
}

impl Client {
    fn tasks(&self) -> TasksClient<Channel> {
        TasksClient::new(self.channel.clone()).max_decoding_message_size(MESSAGE_MAX)
    }

    /// The task of container `id`; `None` where it has none.
    pub(crate) async fn task(&self, id: &str) -> Result<Option<Task>, Failure> {
        let request = self.request(GetRequest {
            container_id: id.to_owned(),
            exec_id: String::new(),
        });
        match self
            .prompt("read the task", self.tasks().get(request))
            .await
        {
            Ok(answer) => Ok(answer.process.map(Task::from)),
            Err(failure) if failure.is_absent() => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// All tasks of the namespace, in no order.
    pub(crate) async fn all_tasks(&self) -> Result<Vec<Task>, Failure> {
        let request = self.request(ListTasksRequest {
            filter: String::new(),
        });
        let answer = self
            .prompt("list the tasks", self.tasks().list(request))
            .await?;
        Ok(answer.tasks.into_iter().map(Task::from).collect())
    }

    /// Makes the task: its namespaces and mounts are there, its program waits.
    /// `log` is what its output goes to.
    pub(crate) async fn create_task(
        &self,
        id: &str,
        rootfs: Vec<Mount>,
        log: &str,
    ) -> Result<u32, Failure> {
        let request = self.request(CreateTaskRequest {
            container_id: id.to_owned(),
            rootfs,
            stdout: log.to_owned(),
            stderr: log.to_owned(),
            ..CreateTaskRequest::default()
        });
        let answer = self
            .patient("make the task", STEP, self.tasks().create(request))
            .await?;
        Ok(answer.pid)
    }

    /// Lets the program of a task begin.
    pub(crate) async fn start_task(&self, id: &str) -> Result<u32, Failure> {
        let request = self.request(StartRequest {
            container_id: id.to_owned(),
            exec_id: String::new(),
        });
        let answer = self
            .patient("start the task", STEP, self.tasks().start(request))
            .await?;
        Ok(answer.pid)
    }

    /// Signals the first process of a task, or all of them. Says whether there
    /// was one to signal.
    pub(crate) async fn kill_task(
        &self,
        id: &str,
        signal: i32,
        all: bool,
    ) -> Result<bool, Failure> {
        let request = self.request(KillRequest {
            container_id: id.to_owned(),
            exec_id: String::new(),
            signal: signal.unsigned_abs(),
            all,
        });
        match self
            .prompt("signal the task", self.tasks().kill(request))
            .await
        {
            Ok(()) => Ok(true),
            Err(failure) if failure.is_absent() => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    /// Lets a paused task go on.
    pub(crate) async fn resume_task(&self, id: &str) -> Result<(), Failure> {
        let request = self.request(ResumeTaskRequest {
            container_id: id.to_owned(),
        });
        self.prompt("resume the task", self.tasks().resume(request))
            .await
    }

    /// Waits until the task has ended, or is gone. The caller bounds it.
    pub(crate) async fn wait_task(&self, id: &str) -> Result<(), Failure> {
        let request = self.request(WaitRequest {
            container_id: id.to_owned(),
            exec_id: String::new(),
        });
        match self
            .patient(
                "wait for the task",
                Duration::MAX,
                self.tasks().wait(request),
            )
            .await
        {
            Err(failure) if !failure.is_absent() => Err(failure),
            _ => Ok(()),
        }
    }

    /// Deletes a task that has ended; one that is gone is no error. Waits for
    /// the logger to write what it has.
    pub(crate) async fn delete_task(&self, id: &str) -> Result<(), Failure> {
        let request = self.request(DeleteTaskRequest {
            container_id: id.to_owned(),
        });
        match self
            .patient("delete the task", STEP, self.tasks().delete(request))
            .await
        {
            Err(failure) if !failure.is_absent() => Err(failure),
            _ => Ok(()),
        }
    }
}
