//! Puts images of an archive into containerd: all of their content first, under
//! one lease, then their names.

use std::collections::HashMap;

use containrs::{Descriptor, Platform};

use super::archive::{Files, Packed};
use super::fetch::{label_content, record};
use super::unpack::to_message;
use super::{IMAGE_ID, PLATFORM, parse, unpack};
use crate::engine::{Client, Image, Lease};
use crate::failure::Failure;

/// The canonical names under which the images will be known, in order and once
/// each: what is to be locked. One without a name has its id.
pub(crate) fn names_of(images: &[Packed]) -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for image in images {
        for name in &image.names {
            let reference = parse(name, "/path").map_err(|failure| {
                Failure::ImageInvalid(format!("the archive names an image badly: {failure}"))
            })?;
            names.push(reference.canonical());
        }
        names.extend(image.names.is_empty().then(|| image.id()));
    }
    names.sort_unstable();
    names.dedup();
    Ok(names)
}

/// Stores and unpacks one image. Nobody sees it yet.
pub(crate) async fn store(
    client: &Client,
    files: &Files<'_>,
    image: &Packed,
    lease: &Lease,
) -> Result<(), Failure> {
    for (descriptor, bytes) in &image.documents {
        let pieces = std::iter::once(Ok(bytes.clone()));
        put(client, descriptor, pieces, lease).await?;
    }
    for (descriptor, member) in &image.layers {
        put(client, descriptor, files.pieces(*member), lease).await?;
    }
    let top = unpack(client, &image.manifest, &image.config, lease, |_| Ok(())).await?;
    let (target, manifest_of) = (&image.target, &image.manifest_of);
    label_content(client, target, manifest_of, &image.manifest, &top).await
}

async fn put(
    client: &Client,
    descriptor: &Descriptor,
    pieces: impl Iterator<Item = Result<Vec<u8>, Failure>>,
    lease: &Lease,
) -> Result<(), Failure> {
    let digest = descriptor.digest().to_string();
    let begun = client.begin_blob(&digest, descriptor.size(), lease);
    let Some(mut ingest) = begun.await? else {
        return Ok(());
    };
    for piece in pieces {
        ingest.write(piece?).await?;
    }
    ingest.commit().await
}

/// Gives all images their names, or none of them.
pub(crate) async fn name_all(
    client: &Client,
    images: &[Packed],
    platform: &Platform,
    lease: &Lease,
) -> Result<(), Failure> {
    let mut before = Vec::new();
    for image in images {
        let named = name(client, image, platform, lease, &mut before).await;
        let Err(failure) = named else {
            continue;
        };
        for (name, old) in before.into_iter().rev() {
            // The first failure is what people look for.
            let _ = match old {
                Some(old) => client.put_image(old, lease).await,
                None => client.delete_image(&name, false).await,
            };
        }
        return Err(failure);
    }
    Ok(())
}

/// What was under a name before.
type Before = Vec<(String, Option<Image>)>;

async fn name(
    client: &Client,
    image: &Packed,
    platform: &Platform,
    lease: &Lease,
    before: &mut Before,
) -> Result<(), Failure> {
    let id = image.id();
    for literal in &image.names {
        let reference = parse(literal, "/path")?;
        let new = record(client, &reference, literal, &image.target, &id, platform).await?;
        replace(client, new, lease, before).await?;
    }
    if !image.names.is_empty() {
        return Ok(());
    }
    let labels = HashMap::from([
        (IMAGE_ID.to_owned(), id.clone()),
        (PLATFORM.to_owned(), platform.to_string()),
    ]);
    let new = Image {
        name: id,
        labels,
        target: to_message(&image.target),
    };
    replace(client, new, lease, before).await
}

async fn replace(
    client: &Client,
    new: Image,
    lease: &Lease,
    before: &mut Before,
) -> Result<(), Failure> {
    let old = client.image(&new.name).await?;
    before.push((new.name.clone(), old));
    client.put_image(new, lease).await
}
