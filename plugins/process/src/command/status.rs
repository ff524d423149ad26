//! `status`: says how one module is. Writes nothing and takes no lock.
//!
//! A module whose files are damaged is `dead`. Errors: `module_not_found`.

use std::collections::BTreeMap;

use serde_json::Value;
use shellrt_api::{
    ModuleName, ModuleState, ModuleStatus, StateReason, StatusRequest, StatusResponse,
};

use crate::failure::Failure;
use crate::state::{Exit, ExitReason, ModuleDirectory, Spec, Standing, Store};
use shellrt_common::time::timestamp;

/// How the module is.
pub(super) fn status(store: &Store, request: &StatusRequest) -> Result<StatusResponse, Failure> {
    status_of(&request.name, &store.module(&request.name)?)
}

/// How one module is; `list` asks this for each.
pub(super) fn status_of(
    name: &ModuleName,
    module: &ModuleDirectory,
) -> Result<StatusResponse, Failure> {
    let looked = module
        .spec()
        .and_then(|spec| Ok((spec, module.standing()?)));
    let (spec, standing) = match looked {
        Ok(found) => found,
        Err(damage @ Failure::Damaged { .. }) => return dead(name, module, &damage),
        Err(failure) => return Err(failure),
    };
    let (state, status) = match &standing {
        Standing::Created { .. } => (ModuleState::Created, ModuleStatus::Stopped),
        Standing::Running { paused: true, .. } => (ModuleState::Paused, ModuleStatus::Stopped),
        Standing::Running { .. } => (ModuleState::Running, ModuleStatus::Running),
        Standing::Exited { exit, .. } if exit.code == 0 => {
            (ModuleState::Exited, ModuleStatus::Stopped)
        }
        Standing::Exited { .. } => (ModuleState::Exited, ModuleStatus::Failed),
    };
    let mut response = StatusResponse::new(name.clone(), state, status, timestamp(spec.created_at));
    response.labels = labels_of(&spec);
    match standing {
        Standing::Created { failed_start } => tell_failed_start(&mut response, failed_start),
        Standing::Running {
            run, supervised, ..
        } => {
            response.pid = Some(run.module.pid);
            response.started_at = Some(timestamp(run.started_at));
            if !supervised {
                let text = "its supervisor was killed: its output and its exit code are lost";
                response.description = Some(text.to_owned());
            }
        }
        Standing::Exited {
            run,
            exit,
            failed_start,
        } => {
            response.started_at = Some(timestamp(run.started_at));
            tell_exit(&mut response, exit)?;
            tell_failed_start(&mut response, failed_start);
        }
    }
    Ok(response)
}

/// A module of which a file cannot be read: only `remove` helps.
fn dead(
    name: &ModuleName,
    module: &ModuleDirectory,
    damage: &Failure,
) -> Result<StatusResponse, Failure> {
    let made_at = timestamp(module.made_at()?);
    let mut response =
        StatusResponse::new(name.clone(), ModuleState::Dead, ModuleStatus::Dead, made_at);
    response.description = Some(damage.to_string());
    Ok(response)
}

fn tell_exit(response: &mut StatusResponse, exit: Exit) -> Result<(), Failure> {
    response.finished_at = Some(timestamp(exit.finished_at));
    response.exit_code = Some(exit.code);
    response.reason = exit.reason.map(|reason| match reason {
        ExitReason::Killed => StateReason::Killed,
        ExitReason::HostRestarted => StateReason::HostRestarted,
        ExitReason::SupervisorLost => StateReason::SupervisorLost,
    });
    response.description = Some(exit.description);
    Ok(())
}

/// The newest thing about a module is what people look for.
fn tell_failed_start(response: &mut StatusResponse, failed_start: Option<String>) {
    if let Some(why) = failed_start {
        response.reason = Some(StateReason::StartFailed);
        response.description = Some(why);
    }
}

/// The labels that `create` was given.
pub(super) fn labels_of(spec: &Spec) -> BTreeMap<String, String> {
    let labels = spec.request.get("labels").and_then(Value::as_object);
    let text = |(key, value): (&String, &Value)| Some((key.clone(), value.as_str()?.to_owned()));
    labels.into_iter().flatten().filter_map(text).collect()
}
