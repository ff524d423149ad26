//! `img_remove`: removes an image's names; containerd collects what nothing
//! else needs. Layers that modules or other images use stay.
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
    let records = engine.run(async |client| named(client, text).await)?;
    let changed = !records.is_empty();
    let mut removed = Vec::new();
    for record in records {
        let _lock = tools.store.lock_image(&record.name, tools.context)?;
        engine.run(async |client| {
            if !request.force {
                check_unused(client, text, &record).await?;
            }
            client.delete_image(&record.name, true).await
        })?;
        let literal = image::literals(&record.name, &record.labels).into_iter();
        removed.extend(literal.filter_map(|text| ImageReference::new(text).ok()));
    }
    let mut response = ImgRemoveResponse::new(changed);
    response.references = removed;
    Ok(response)
}

/// The records: one by reference, all of its names by id.
async fn named(client: &Client, text: &str) -> Result<Vec<Image>, Failure> {
    if image::is_id(text) {
        return image::find_all_of(client, text).await;
    }
    let name = image::parse(text, "/image")?.canonical();
    Ok(client.image(&name).await?.into_iter().collect())
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
