//! `img_load`: imports the images of an archive, all of them or none. The whole
//! archive is verified before anything of it is stored.
//!
//! containerd's leases, content, snapshots, diff and images are asked, in this
//! order; everything that is made is under a lease until the records are there.
//!
//! Errors: `image_invalid`, `image_unsupported`, `digest_mismatch`, `disk_full`,
//! `busy`.

use std::path::Path;

use containrs::Platform;
use shellrt_api::{Digest, ImageId, ImageReference, ImgLoadRequest, ImgLoadResponse, LoadedImage};

use super::{Tools, unexpected};
use crate::failure::Failure;
use crate::image::{self, ArchiveFiles, Packed};
use crate::module::make_directory;

/// Imports the archive.
pub(super) fn img_load(
    tools: &Tools<'_>,
    request: &ImgLoadRequest,
) -> Result<ImgLoadResponse, Failure> {
    let platform = match &request.platform {
        Some(text) => text.as_str().parse().unwrap_or_else(|_| Platform::host()),
        None => Platform::host(),
    };
    let scratch = tools.settings.root();
    make_directory(&scratch)?;
    let wanted = || tools.check();
    let files = ArchiveFiles::open(Path::new(request.path.as_str()), &scratch, &wanted)?;
    let images = image::find_packed(&files, &platform)?;
    let names = image::names_of(&images)?;
    let mut locks = Vec::new();
    for name in &names {
        locks.push(tools.store.lock_image(name, tools.context)?);
    }
    // Loads of other names at the same time have leases of their own.
    let purpose = format!("img_load {}", image::digest_of(names.join(" ").as_bytes()));
    tools.engine()?.run(async |client| {
        let load = client.under_lease(&purpose, async |lease| {
            for packed in &images {
                image::store(client, &files, packed, lease).await?;
            }
            tools.check()?;
            image::name_all(client, &images, &platform, lease).await
        });
        load.await
    })?;
    let images: Result<_, Failure> = images.iter().map(loaded).collect();
    Ok(ImgLoadResponse::new(images?))
}

fn loaded(image: &Packed) -> Result<LoadedImage, Failure> {
    let mut loaded = LoadedImage::new(ImageId::new(image.id()).map_err(unexpected)?);
    let names = image.names.iter();
    loaded.references = names
        .filter_map(|name| ImageReference::new(name.as_str()).ok())
        .collect();
    if image.has_digest {
        loaded.digest = Digest::new(image.target.digest().to_string()).ok();
    }
    Ok(loaded)
}
