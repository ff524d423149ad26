//! `create`: makes a module without starting it.
//!
//! Repeating it is safe: the same request finds its module and changes
//! nothing. The module appears by one rename, so that a `create` that is
//! killed leaves no module and nothing that is in the way of the next one.
//!
//! Errors: `unsupported` for another config type, `invalid_request` with a
//! fault for everything that is wrong with `config`, `module_conflict`, `busy`.

use serde_json::Value;
use shellrt_api::{CreateRequest, CreateResponse, Payload};

use crate::config::{CONFIG_TYPE, Config};
use crate::failure::Failure;
use crate::patience::Patience;
use crate::state::{Spec, Store};

/// Makes the module, or finds that it is there already.
pub(super) fn create(
    store: &Store,
    request: &CreateRequest,
    patience: Patience<'_>,
) -> Result<CreateResponse, Failure> {
    check_config_type(request.config_type.as_str())?;
    let (_, warnings) = Config::read(&request.config).map_err(Failure::Invalid)?;

    // What an earlier command left behind is in nobody's way: should it not
    // be possible to tidy up, the next `create` tries again.
    let _ = store.sweep();
    let _lock = store.lock(&request.name, patience)?;
    patience.check()?;
    let changed = match store.module(&request.name) {
        Ok(module) => match module.spec() {
            Ok(spec) if spec.request == as_given(request) => false,
            // What cannot be read is not known to be the same.
            Ok(_) | Err(Failure::Damaged { .. }) => {
                return Err(Failure::Conflict(request.name.clone()));
            }
            Err(failure) => return Err(failure),
        },
        Err(Failure::NotFound(_)) => {
            store.insert(&request.name, &Spec::new(as_given(request)))?;
            true
        }
        Err(failure) => return Err(failure),
    };
    let mut response = CreateResponse::new(changed);
    response.warnings = warnings;
    Ok(response)
}

/// The request's own members, without those of its head.
fn as_given(request: &CreateRequest) -> Value {
    request.to_value()
}

fn check_config_type(config_type: &str) -> Result<(), Failure> {
    if config_type == CONFIG_TYPE {
        return Ok(());
    }
    let known = format!("this plugin knows `{CONFIG_TYPE}`");
    Err(Failure::Unsupported(format!(
        "the config type `{config_type}` is not supported; {known}"
    )))
}
