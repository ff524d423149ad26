//! `start`: lets a module run. What an earlier run or a killed start left is
//! cleared first; a paused module goes on.
//!
//! Errors: `module_not_found`, `module_start_failed`, `module_source_missing`,
//! `module_dead`, `busy`.

use shellrt_api::{StartRequest, StartResponse};

use super::Tools;
use crate::engine::{Client, Engine};
use crate::failure::Failure;
use crate::module::{self, Cgroup, Module, Standing};

/// Starts the module unless it runs.
pub(super) fn start(tools: &Tools<'_>, request: &StartRequest) -> Result<StartResponse, Failure> {
    let engine = tools.engine()?;
    tools.changing(&request.name, || {
        let look = async |client: &Client| module::look(client, &request.name).await;
        let (mut module, _, standing) = engine.run(look)?;
        match standing {
            Standing::Running { paused: false, .. } => Ok(StartResponse::new(false)),
            Standing::Running { paused: true, .. } => {
                engine.run(async |client| client.resume_task(&module.id).await)?;
                Ok(StartResponse::new(true))
            }
            Standing::Created | Standing::Exited { .. } => {
                launch(tools, &engine, &mut module)?;
                Ok(StartResponse::new(true))
            }
        }
    })
}

/// Starts a module that does not run. The caller holds its lock.
pub(super) fn launch(
    tools: &Tools<'_>,
    engine: &Engine,
    module: &mut Module,
) -> Result<(), Failure> {
    tools.check()?;
    let files = tools.store.files(&module.name);
    engine.run(async |client: &Client| {
        let cgroup = Cgroup::of(&tools.settings.namespace, &module.id);
        module::conclude(client, module, &cgroup).await?;
        module::launch(client, tools.settings, &files, module).await
    })
}
