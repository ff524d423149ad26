//! `create`: makes a module: a writable snapshot of its image and a record of
//! what it is to be. Nothing of it runs, and no registry is asked.
//!
//! Asks for containers, images, a lease, content, snapshots, containers, in
//! this order: a module is there once its record is, and a snapshot without a
//! record goes with the lease.
//!
//! Errors: `module_conflict`, `image_not_found`, `invalid_request`,
//! `unsupported`, `busy`.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};
use shellrt_api::{
    CreateRequest, CreateResponse, Fault, FaultRule, ImageId, JsonPointer, Payload, Warning,
};
use shellrt_common::time;

use super::{Tools, unexpected};
use crate::config::{CONFIG_TYPES, Config};
use crate::engine::{Client, Container, Extensions};
use crate::failure::Failure;
use crate::image::{self, LocalImage};
use crate::module::{self, ImageOfModule, Module, NAME_LABEL, SPEC_KEY, Spec};
use crate::spec::ImageDefaults;

/// Says `Y` where the kernel enforces AppArmor.
const APPARMOR: &str = "/sys/module/apparmor/parameters/enabled";

/// Makes the module unless it is there.
pub(super) fn create(
    tools: &Tools<'_>,
    request: &CreateRequest,
) -> Result<CreateResponse, Failure> {
    let kind = request.config_type.as_str();
    if !CONFIG_TYPES.contains(&kind) {
        return Err(Failure::Unsupported(format!(
            "the config type `{kind}` is not one of `{}`",
            CONFIG_TYPES.join("`, `")
        )));
    }
    let (config, mut warnings) = Config::read(&request.config).map_err(Failure::Invalid)?;
    warnings.extend(unconfined(Path::new(APPARMOR)));
    let canonical = canonical(request)?;
    let engine = tools.engine()?;
    let make_or_find = async |client: &Client| {
        let id = module::of_name(&request.name);
        if let Some(container) = client.container(&id).await? {
            // A create that was killed at its very end left its lease.
            client.delete_leases_for(&module::lease_of(&id)).await?;
            return existing(client, &container, &config, &canonical, request).await;
        }
        let image = image::find(client, &config.image, "/config/image").await?;
        tools.check()?;
        let made = make(client, &id, &image, &config, canonical.clone(), request).await;
        made.map(|()| (image.id, true))
    };
    let (image_id, changed) = tools.changing(&request.name, || engine.run(make_or_find))?;
    let mut response = CreateResponse::new(changed);
    response.image_id = Some(ImageId::new(image_id).map_err(unexpected)?);
    response.warnings = warnings;
    Ok(response)
}

/// What Docker does on a kernel with AppArmor and this plugin does not yet: who
/// counts on it is told.
fn unconfined(enabled: &Path) -> Option<Warning> {
    let enabled = fs::read_to_string(enabled).is_ok_and(|text| text.starts_with('Y'));
    enabled.then(|| {
        Warning::new(
            "the module gets no AppArmor profile, which Docker would give it: \
             this plugin loads none yet",
        )
    })
}

/// The request without its head, in the one form in which it is compared.
fn canonical(request: &CreateRequest) -> Result<Map<String, Value>, Failure> {
    match serde_json::from_str(&request.to_canonical_json()) {
        Ok(Value::Object(members)) => Ok(members),
        _ => Err(Failure::Internal(
            "the request has no canonical form".to_owned(),
        )),
    }
}

/// A module of this name is there: made by the same request it is the one that
/// is wanted. An image that has gone since cannot have become another one.
async fn existing(
    client: &Client,
    container: &Container,
    config: &Config,
    canonical: &Map<String, Value>,
    request: &CreateRequest,
) -> Result<(String, bool), Failure> {
    let conflict = || Failure::Conflict(request.name.clone());
    let foreign = || Failure::Foreign(request.name.clone());
    let module = Module::of(container).ok_or_else(foreign)??;
    if &module.spec.request != canonical {
        return Err(conflict());
    }
    match image::find(client, &config.image, "/config/image").await {
        Ok(image) if image.id != module.spec.image.id => Err(conflict()),
        Ok(_) | Err(Failure::ImageNotFound(_)) => Ok((module.spec.image.id, false)),
        Err(failure) => Err(failure),
    }
}

/// containerd answers with a whole record or not at all: what its messages
/// cannot hold would be in the way of every list. A start writes most of the
/// request a second time, as the runtime's spec.
fn check_size(spec: &[u8], request: &CreateRequest) -> Result<(), Failure> {
    const RECORD_MAX: usize = 15 * 1024 * 1024;
    let labels = request.labels.iter();
    let once: usize = labels.map(|(key, value)| key.len() + value.len()).sum();
    let whole = spec.len() + spec.len().saturating_sub(once);
    if whole <= RECORD_MAX {
        return Ok(());
    }
    let message = "the module is larger than containerd can keep";
    let expected = "labels, and twice all the rest, of at most 15 MiB together";
    let fault = Fault::new(JsonPointer::root(), FaultRule::Length, message).expecting(expected);
    Err(Failure::Invalid(vec![fault]))
}

async fn make(
    client: &Client,
    id: &str,
    image: &LocalImage,
    config: &Config,
    canonical: Map<String, Value>,
    request: &CreateRequest,
) -> Result<(), Failure> {
    let of_module = ImageOfModule {
        reference: config.image.clone(),
        id: image.id.clone(),
        defaults: ImageDefaults::of(&image.config),
    };
    let spec = Spec::new(canonical, of_module, time::now()).to_bytes()?;
    check_size(&spec, request)?;
    let container = Container {
        id: id.to_owned(),
        labels: [(NAME_LABEL.to_owned(), request.name.as_str().to_owned())].into(),
        image: image.record.name.clone(),
        extensions: Extensions::from([(SPEC_KEY.to_owned(), spec)]),
        created_at: None,
    };
    client
        .under_lease(&module::lease_of(id), async |lease| {
            // Another tool may have pulled it without unpacking, or for another
            // snapshotter.
            let (manifest, config) = (&image.manifest, &image.config);
            let top = image::unpack(client, manifest, config, lease, |_| Ok(())).await?;
            if client.has_snapshot(id).await? {
                // Left by a create or remove that was killed: nobody's by now.
                client.remove_snapshot(id).await?;
            }
            client.prepare_snapshot(id, &top, lease).await?;
            client.create_container(container, lease).await
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn that_there_is_no_apparmor_profile_is_said_where_the_kernel_has_apparmor() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let enabled = directory.path().join("enabled");
        assert_eq!(unconfined(&enabled), None);
        fs::write(&enabled, "N\n").expect("it can be written");
        assert_eq!(unconfined(&enabled), None);
        fs::write(&enabled, "Y\n").expect("it can be written");
        let warning = unconfined(&enabled).expect("it is enabled");
        assert!(warning.message.contains("AppArmor"), "{warning:?}");
    }
}
