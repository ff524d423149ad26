//! `list`: lists the modules, with the state of each where that is asked for.
//! Writes nothing and takes no lock. Two calls serve any number of modules: the
//! records as a stream, and all tasks at once.
//!
//! A module that cannot be read is an item with an error or `dead`, not the end
//! of the list.

use std::collections::{BTreeMap, HashMap};

use shellrt_api::{ListItem, ListRequest, ListResponse, ModuleName};

use super::Tools;
use super::status::{dead, labels_of, status_of};
use crate::engine::{Client, Container, Task};
use crate::failure::Failure;
use crate::module::{Module, NAME_LABEL, Standing, look};

/// The modules in the order of their names.
pub(super) fn list(tools: &Tools<'_>, request: &ListRequest) -> Result<ListResponse, Failure> {
    tools.engine()?.run(async |client| {
        if request.details {
            return detailed(client, request).await;
        }
        let mut names = Vec::new();
        client
            .each_container(|container| names.extend(name_of(&container, request)))
            .await?;
        names.sort_unstable();
        Ok(ListResponse::new(names))
    })
}

async fn detailed(client: &Client, request: &ListRequest) -> Result<ListResponse, Failure> {
    // Records first: a task that is seen afterwards and has ended by then is
    // recorded in a newer one.
    let mut modules: BTreeMap<ModuleName, Result<Module, Failure>> = BTreeMap::new();
    client
        .each_container(|container| {
            if let Some(name) = name_of(&container, request)
                && let Some(module) = Module::of(&container)
            {
                modules.insert(name, module);
            }
        })
        .await?;
    let tasks = client.all_tasks().await?;
    let tasks: HashMap<String, Task> = tasks
        .into_iter()
        .map(|task| (task.id.clone(), task))
        .collect();
    let mut items = Vec::with_capacity(modules.len());
    for (name, module) in modules {
        items.extend(item(client, name, module, &tasks).await);
    }
    let mut response = ListResponse::new(items.iter().map(|item| item.name.clone()).collect());
    response.details = items;
    Ok(response)
}

/// One module; `None` where it was removed meanwhile.
async fn item(
    client: &Client,
    name: ModuleName,
    module: Result<Module, Failure>,
    tasks: &HashMap<String, Task>,
) -> Option<ListItem> {
    let mut item = ListItem::new(name.clone());
    let stood = module.and_then(|module| {
        let standing = Standing::of(&module.history, tasks.get(&module.id))?;
        Ok((module, standing))
    });
    let stood = match stood {
        // What nobody saw end may have ended between the two answers.
        Ok((
            _,
            Standing::Exited {
                unseen: Some(_), ..
            },
        )) => look(client, &name)
            .await
            .map(|(module, _, standing)| (module, standing)),
        other => other,
    };
    match stood {
        Ok((module, standing)) => item.status = Some(status_of(&module, standing)),
        Err(Failure::NotFound(_)) => return None,
        Err(Failure::Dead {
            name,
            why,
            created_at,
        }) => item.status = Some(dead(&name, why, created_at)),
        Err(failure) => item.error = Some(failure.to_error()),
    }
    Some(item)
}

/// The name of a container that is a module, and has the labels that are asked
/// for.
fn name_of(container: &Container, request: &ListRequest) -> Option<ModuleName> {
    let name = ModuleName::new(container.labels.get(NAME_LABEL)?.as_str()).ok()?;
    if request.labels.is_empty() {
        return Some(name);
    }
    // Labels that cannot be read are not those that are asked for.
    let module = Module::of(container)?.ok()?;
    let labels = labels_of(&module.spec);
    let has = |(key, value): (&String, &String)| labels.get(key) == Some(value);
    request.labels.iter().all(has).then_some(name)
}
