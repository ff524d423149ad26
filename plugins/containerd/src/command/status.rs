//! `status`: says how one module is. Writes nothing and takes no lock; asks for
//! the container and its task at the same time.
//!
//! Errors: `module_not_found`.

use std::collections::BTreeMap;

use serde_json::Value;
use shellrt_api::{
    ImageId, ImageReference, ModuleName, ModuleState, ModuleStatus, StateReason, StatusRequest,
    StatusResponse, Timestamp,
};
use shellrt_common::time::{UnixNanos, timestamp};

use super::Tools;
use crate::failure::Failure;
use crate::module::{self, Exit, Module, Spec, Standing, Unseen};

/// How the module is.
pub(super) fn status(
    tools: &Tools<'_>,
    request: &StatusRequest,
) -> Result<StatusResponse, Failure> {
    let found = tools
        .engine()?
        .run(async |client| module::look(client, &request.name).await);
    match found {
        Ok((module, _, standing)) => Ok(status_of(&module, standing)),
        Err(Failure::Dead {
            name,
            why,
            created_at,
        }) => Ok(dead(&name, why, created_at)),
        Err(failure) => Err(failure),
    }
}

/// The status of a module that stands so; `list` asks this for each.
pub(super) fn status_of(module: &Module, standing: Standing) -> StatusResponse {
    let (state, status) = match &standing {
        Standing::Created => (ModuleState::Created, ModuleStatus::Stopped),
        Standing::Running { paused: true, .. } => (ModuleState::Paused, ModuleStatus::Stopped),
        Standing::Running { .. } => (ModuleState::Running, ModuleStatus::Running),
        Standing::Exited { exit, .. } if exit.code == 0 => {
            (ModuleState::Exited, ModuleStatus::Stopped)
        }
        Standing::Exited { .. } => (ModuleState::Exited, ModuleStatus::Failed),
    };
    let created_at = timestamp(module.spec.created_at);
    let mut response = StatusResponse::new(module.name.clone(), state, status, created_at);
    response.labels = labels_of(&module.spec);
    response.image = ImageReference::new(module.spec.image.reference.as_str()).ok();
    response.image_id = ImageId::new(module.spec.image.id.as_str()).ok();
    match standing {
        Standing::Created => {}
        Standing::Running {
            pid, started_at, ..
        } => {
            response.pid = Some(pid);
            response.started_at = started_at.map(timestamp);
            return response;
        }
        Standing::Exited {
            started_at,
            exit,
            unseen,
        } => {
            response.started_at = Some(timestamp(started_at));
            tell_exit(&mut response, &exit, unseen);
        }
    }
    // The newest thing about a module is what people look for.
    if let Some(why) = &module.history.failed_start {
        response.reason = Some(StateReason::StartFailed);
        response.description = Some(why.clone());
    }
    response
}

fn tell_exit(response: &mut StatusResponse, exit: &Exit, unseen: Option<Unseen>) {
    response.finished_at = Some(timestamp(exit.finished_at));
    response.exit_code = Some(exit.code);
    response.oom_killed = exit.oom_killed;
    let (reason, text) = match unseen {
        Some(Unseen::HostRestarted) => (
            Some(StateReason::HostRestarted),
            "it ran when the machine went down; nobody saw it end".to_owned(),
        ),
        Some(Unseen::SupervisorLost) => (
            Some(StateReason::SupervisorLost),
            "its shim was killed, or its task deleted by another tool; nobody saw it end"
                .to_owned(),
        ),
        None if exit.oom_killed => (
            Some(StateReason::OomKilled),
            "its memory ran out".to_owned(),
        ),
        None if exit.code == 137 => (Some(StateReason::Killed), "ended by SIGKILL".to_owned()),
        None => (None, format!("exited with code {}", exit.code)),
    };
    response.reason = reason;
    response.description = Some(text);
}

/// A module whose record cannot be read: only `remove` helps.
pub(super) fn dead(name: &ModuleName, why: String, created_at: UnixNanos) -> StatusResponse {
    let made_at: Timestamp = timestamp(created_at);
    let (state, status) = (ModuleState::Dead, ModuleStatus::Dead);
    let mut response = StatusResponse::new(name.clone(), state, status, made_at);
    response.description = Some(why);
    response
}

/// The labels that `create` was given.
pub(super) fn labels_of(spec: &Spec) -> BTreeMap<String, String> {
    let labels = spec.request.get("labels").and_then(Value::as_object);
    let text = |(key, value): (&String, &Value)| Some((key.clone(), value.as_str()?.to_owned()));
    labels.into_iter().flatten().filter_map(text).collect()
}
