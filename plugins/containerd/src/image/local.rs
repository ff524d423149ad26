//! Images that are on this machine.

use std::collections::{BTreeMap, HashMap};

use containrs::{Document, Platform, Reference};
use oci_spec::image::{ImageConfiguration, ImageManifest};
use shellrt_api::{Fault, FaultRule, JsonPointer};
use shellrt_common::failure::shown;

use super::{DOCUMENT_MAX, IMAGE_ID, PLATFORM};
use crate::engine::{Client, Image};
use crate::failure::Failure;
use crate::module;

/// An image whose manifest and config are here.
#[derive(Debug)]
pub(crate) struct LocalImage {
    pub(crate) record: Image,
    /// The digest of its config.
    pub(crate) id: String,
    /// Which it was chosen for.
    pub(crate) platform: Platform,
    pub(crate) manifest: ImageManifest,
    pub(crate) config: ImageConfiguration,
}

/// Finds an image by reference or by id, which stands at `place` in the request.
pub(crate) async fn find(client: &Client, text: &str, place: &str) -> Result<LocalImage, Failure> {
    let missing = || Failure::ImageNotFound(text.to_owned());
    let record = if is_id(text) {
        let found = find_all_of(client, text).await?;
        found.into_iter().next().ok_or_else(missing)?
    } else {
        let reference = parse(text, place)?;
        let record = client.image(&reference.canonical()).await?;
        record.ok_or_else(missing)?
    };
    open(client, record).await?.ok_or_else(missing)
}

/// All records that name the image `id`.
pub(crate) async fn find_all_of(client: &Client, id: &str) -> Result<Vec<Image>, Failure> {
    let mut found = Vec::new();
    for (record, image_id) in all(client).await? {
        if image_id.as_deref() == Some(id) {
            found.push(record);
        }
    }
    Ok(found)
}

/// All records with the id of what they name; no id where the content is not
/// here or cannot be read.
pub(crate) async fn all(client: &Client) -> Result<Vec<(Image, Option<String>)>, Failure> {
    let mut found = Vec::new();
    for record in client.all_images().await? {
        let id = match record.labels.get(IMAGE_ID) {
            Some(id) => Some(id.clone()),
            // Another tool pulled it.
            None => match open(client, record.clone()).await {
                Ok(image) => image.map(|image| image.id),
                Err(failure @ (Failure::Unavailable { .. } | Failure::SocketDenied(_))) => {
                    return Err(failure);
                }
                Err(_) => None,
            },
        };
        found.push((record, id));
    }
    Ok(found)
}

/// Reads manifest and config of a record; `None` where a part is not here.
async fn open(client: &Client, record: Image) -> Result<Option<LocalImage>, Failure> {
    let platform = record
        .labels
        .get(PLATFORM)
        .and_then(|text| text.parse().ok());
    let platform = platform.unwrap_or_else(Platform::host);
    let Some(manifest) = manifest_of(client, &record, &platform).await? else {
        return Ok(None);
    };
    let id = manifest.config().digest().to_string();
    let Some(bytes) = client.read_blob(&id, DOCUMENT_MAX).await? else {
        return Ok(None);
    };
    let config = serde_json::from_slice(&bytes).map_err(|error| {
        Failure::ImageInvalid(format!("the config `{id}` cannot be read: {error}"))
    })?;
    Ok(Some(LocalImage {
        record,
        id,
        platform,
        manifest,
        config,
    }))
}

async fn manifest_of(
    client: &Client,
    record: &Image,
    platform: &Platform,
) -> Result<Option<ImageManifest>, Failure> {
    let mut digest = record.target.digest.clone();
    let mut media_type = record.target.media_type.clone();
    // An index may name an index; two levels are more than anybody makes.
    for _ in 0..3 {
        let Some(bytes) = client.read_blob(&digest, DOCUMENT_MAX).await? else {
            return Ok(None);
        };
        match containrs::read_document(&media_type, &bytes)? {
            Document::Manifest(manifest) => return Ok(Some(manifest)),
            Document::Index(index) => {
                let chosen = containrs::choose_platform(&index, platform)?;
                digest = chosen.digest().to_string();
                media_type = chosen.media_type().to_string();
            }
        }
    }
    let text = format!("`{}` is an index of indexes of indexes", record.name);
    Err(Failure::ImageInvalid(text))
}

/// The modules that were made from each image, by id.
pub(crate) async fn modules_by_image(
    client: &Client,
) -> Result<HashMap<String, BTreeMap<String, String>>, Failure> {
    let mut users: HashMap<String, BTreeMap<String, String>> = HashMap::new();
    client
        .each_container(|container| {
            if let Some((name, spec)) = module::name_and_spec(&container) {
                let modules = users.entry(spec.image.id).or_default();
                modules.insert(name.to_string(), spec.image.reference);
            }
        })
        .await?;
    Ok(users)
}

/// Whether a text is an id and not a reference.
pub(crate) fn is_id(text: &str) -> bool {
    text.strip_prefix("sha256:")
        .is_some_and(|rest| rest.len() == 64 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Reads a reference, which stands at `place` in the request.
pub(crate) fn parse(text: &str, place: &str) -> Result<Reference, Failure> {
    Reference::parse(text).map_err(|error| {
        let fault = Fault::new(
            JsonPointer::new(place).unwrap_or_else(|_| JsonPointer::root()),
            FaultRule::Value,
            format!("`{}` is no image reference: {error}", shown(text)),
        );
        Failure::Invalid(vec![fault])
    })
}
