//! `remove`: kills a module where it runs, and removes it with its output.
//!
//! The task goes before the record: containerd would delete a record whose
//! task runs, and nobody could reach the task any more.
//!
//! Errors: `busy`.

use shellrt_api::{RemoveRequest, RemoveResponse};

use super::Tools;
use crate::failure::Failure;
use crate::module::{self, Cgroup, Module};

/// Removes the module if it is there.
pub(super) fn remove(
    tools: &Tools<'_>,
    request: &RemoveRequest,
) -> Result<RemoveResponse, Failure> {
    let lock = tools.store.lock(&request.name, tools.context)?;
    let files = tools.store.files(&request.name);
    let id = module::of_name(&request.name);
    let engine = tools.engine()?;
    let changed = engine.run(async |client| {
        let Some(container) = client.container(&id).await? else {
            return Ok(false);
        };
        let cgroup = Cgroup::of(&tools.settings.namespace, &id);
        match Module::of(&container) {
            // Somebody else's container is not ours to remove.
            None => return Ok(false),
            Some(Ok(mut module)) => module::end(client, &mut module, &cgroup).await?,
            // Its record cannot be read; its task can be ended all the same.
            Some(Err(_)) => {
                module::end_task(client, &id).await?;
                module::end_processes(&id, &cgroup).await?;
            }
        }
        module::end_shims(&tools.settings.namespace, &id);
        client.delete_container(&id).await?;
        client.remove_snapshot(&id).await?;
        client.delete_leases_for(&module::lease_of(&id)).await?;
        Ok(true)
    })?;
    files.remove()?;
    lock.discard();
    Ok(RemoveResponse::new(changed))
}
