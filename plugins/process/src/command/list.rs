//! `list`: lists the modules, with the state of each where that is asked for.
//! Writes nothing and takes no lock; what it costs grows with the number of
//! modules only.
//!
//! A module that cannot be read is an item with an error, not the end of the
//! list. Errors: `io_failed`, `permission_denied` (the state directory).

use shellrt_api::{ListItem, ListRequest, ListResponse, ModuleName};

use super::status::{labels_of, status_of};
use crate::failure::Failure;
use crate::state::Store;

/// The modules in the order of their names.
pub(super) fn list(store: &Store, request: &ListRequest) -> Result<ListResponse, Failure> {
    let mut names = Vec::new();
    let mut details = Vec::new();
    for name in store.names()? {
        if !request.details && request.labels.is_empty() {
            names.push(name);
            continue;
        }
        match item(store, request, &name) {
            Ok(Some(item)) => {
                names.push(name);
                details.push(item);
            }
            Ok(None) => {}
            // It was removed while the list was made.
            Err(_) if store.module(&name).is_err() => {}
            Err(failure) => {
                let mut item = ListItem::new(name.clone());
                item.error = Some(failure.to_error());
                names.push(name);
                details.push(item);
            }
        }
    }
    let mut response = ListResponse::new(names);
    if request.details {
        response.details = details;
    }
    Ok(response)
}

/// One module; `None` where its labels are not those that are asked for.
fn item(
    store: &Store,
    request: &ListRequest,
    name: &ModuleName,
) -> Result<Option<ListItem>, Failure> {
    let module = store.module(name)?;
    if !request.labels.is_empty() {
        let labels = match module.spec() {
            Ok(spec) => labels_of(&spec),
            // Labels that cannot be read are not those that are asked for.
            Err(Failure::Damaged { .. }) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        if request
            .labels
            .iter()
            .any(|(key, value)| labels.get(key) != Some(value))
        {
            return Ok(None);
        }
    }
    let mut item = ListItem::new(name.clone());
    if request.details {
        item.status = Some(status_of(name, &module)?);
    }
    Ok(Some(item))
}
