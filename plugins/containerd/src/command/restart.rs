//! `restart`: stops a module where it runs, and starts it. The lock is held
//! throughout: no other request changes the module in between.
//!
//! Errors: those of `stop` and `start`.

use shellrt_api::{RestartRequest, RestartResponse};

use super::{Tools, start, stop};
use crate::failure::Failure;
use crate::module::{self, Standing};

/// Stops and starts the module.
pub(super) fn restart(
    tools: &Tools<'_>,
    request: &RestartRequest,
) -> Result<RestartResponse, Failure> {
    let engine = tools.engine()?;
    tools.changing(&request.name, || {
        let (module, standing) = engine.run(async |client| {
            let (module, _, standing) = module::look(client, &request.name).await?;
            if let Standing::Running { paused: true, .. } = standing {
                client.resume_task(&module.id).await?;
            }
            Ok((module, standing))
        })?;
        if let Standing::Running {
            pid, started_at, ..
        } = standing
        {
            let run = stop::Run {
                module,
                pid,
                started_at,
            };
            stop::ask_to_end(tools, &engine, &run.module, request.timeout.map(u64::from))?;
            stop::finish(tools, &engine, &run)?;
        }
        let mut module =
            engine.run(async |client| module::look_for(client, &request.name).await)?;
        start::launch(tools, &engine, &mut module)?;
        Ok(RestartResponse::new(true))
    })
}
