//! `img_remove`: removes an image's names, and what a pull that was cut off has
//! left of it; containerd collects what nothing else needs. Layers that modules
//! or other images use stay.
//!
//! Errors: `image_in_use`, `busy`.

use shellrt_api::{ImageReference, ImgRemoveRequest, ImgRemoveResponse};

use super::Tools;
use crate::engine::{Client, Image};
use crate::failure::Failure;
use crate::image;

/// Removes the records that the request names.
pub(super) fn img_remove(
    tools: &Tools<'_>,
    request: &ImgRemoveRequest,
) -> Result<ImgRemoveResponse, Failure> {
    let text = request.image.as_str();
    let engine = tools.engine()?;
    let mut response = ImgRemoveResponse::new(false);
    for name in engine.run(async |client| named(client, text).await)? {
        let _lock = tools.store.lock_image(&name, tools.context)?;
        let removed = engine.run(async |client| remove(client, &name, request).await)?;
        let Some(record) = removed else {
            continue;
        };
        response.changed = true;
        let literal = image::literals(&record.name, &record.labels).into_iter();
        let references = literal.filter_map(|text| ImageReference::new(text).ok());
        response.references.extend(references);
    }
    Ok(response)
}

/// The names of records: one by reference, all that there are by id.
async fn named(client: &Client, text: &str) -> Result<Vec<String>, Failure> {
    if image::is_id(text) {
        let found = image::find_all_of(client, text).await?;
        return Ok(found.into_iter().map(|record| record.name).collect());
    }
    Ok(vec![image::parse(text, "/image")?.canonical()])
}

/// Removes a record, if there is one.
async fn remove(
    client: &Client,
    name: &str,
    request: &ImgRemoveRequest,
) -> Result<Option<Image>, Failure> {
    let record = client.image(name).await?;
    if let Some(record) = &record
        && !request.force
    {
        check_unused(client, request.image.as_str(), record).await?;
    }
    client.delete_leases_for(&image::pull_of(name)).await?;
    if record.is_some() {
        client.delete_image(name, true).await?;
    }
    Ok(record)
}

/// An image that modules use may lose names as long as one remains.
async fn check_unused(client: &Client, text: &str, record: &Image) -> Result<(), Failure> {
    let all = image::all(client).await?;
    let id = all
        .iter()
        .find(|(other, _)| other.name == record.name)
        .and_then(|(_, id)| id.clone());
    let Some(id) = id else {
        return Ok(());
    };
    let names = all
        .iter()
        .filter(|(_, other)| other.as_ref() == Some(&id))
        .count();
    if names > 1 && !image::is_id(text) {
        return Ok(());
    }
    let users = image::modules_by_image(client).await?;
    let Some(modules) = users.get(&id) else {
        return Ok(());
    };
    Err(Failure::ImageInUse {
        image: text.to_owned(),
        modules: modules.keys().cloned().collect(),
    })
}
