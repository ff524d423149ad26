//! Images in an archive: an OCI image layout or the output of `docker save`, as
//! a tar file, plain or compressed. Anybody may have made it: every length is
//! bounded, names are compared and never opened, and nothing counts that is not
//! what its digest says.

mod docker;
mod files;
mod oci;

use containrs::{Descriptor, Document, Platform};
use oci_spec::image::{ImageConfiguration, ImageManifest};
use serde::de::DeserializeOwned;

pub(crate) use files::{Files, Member, digest_of};

use super::DOCUMENT_MAX;
use crate::failure::Failure;

/// An image whose parts are all in the archive, and verified.
#[derive(Debug)]
pub(crate) struct Packed {
    /// The names that the archive gives it, as they stand there.
    pub(crate) names: Vec<String>,
    /// What its names name: an index, or the manifest itself.
    pub(crate) target: Descriptor,
    /// Whether the archive has the target, or it was made from what it has.
    pub(crate) has_digest: bool,
    pub(crate) manifest_of: Descriptor,
    pub(crate) manifest: ImageManifest,
    pub(crate) config: ImageConfiguration,
    /// Index, manifest and config.
    pub(crate) documents: Vec<(Descriptor, Vec<u8>)>,
    /// The layers and where they are, in their order.
    pub(crate) layers: Vec<(Descriptor, Member)>,
}

impl Packed {
    /// The digest of its config.
    pub(crate) fn id(&self) -> String {
        self.manifest.config().digest().to_string()
    }
}

/// Finds the images of the archive for `platform`, and verifies all that they
/// consist of.
pub(crate) fn find(files: &Files, platform: &Platform) -> Result<Vec<Packed>, Failure> {
    let found = match files.document("index.json")? {
        Some(index) => oci::find(files, &index, platform)?,
        None => docker::find(files, platform)?,
    };
    if found.is_empty() {
        return Err(invalid("the archive holds no image"));
    }
    for image in &found {
        containrs::check_layers(&image.manifest)?;
        for (layer, member) in &image.layers {
            files.verify(*member, layer)?;
        }
    }
    Ok(found)
}

/// Whether an image is for `platform`, by what it says itself.
fn check_platform(config: &ImageConfiguration, platform: &Platform) -> Result<(), Failure> {
    let (os, architecture) = (config.os().to_string(), config.architecture().to_string());
    if platform.runs(&os, &architecture, config.variant().as_deref()) {
        return Ok(());
    }
    let text = format!("the archive's image is for `{os}/{architecture}`, not for `{platform}`");
    Err(containrs::Error::Unsupported(text).into())
}

fn read_config(bytes: &[u8]) -> Result<ImageConfiguration, Failure> {
    parse("an image's config", bytes)
}

fn read_manifest(descriptor: &Descriptor, bytes: &[u8]) -> Result<Document, Failure> {
    let media_type = descriptor.media_type().to_string();
    Ok(containrs::read_document(&media_type, bytes)?)
}

fn parse<T: DeserializeOwned>(what: &str, bytes: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(bytes)
        .map_err(|error| invalid(&format!("{what} cannot be read: {error}")))
}

fn invalid(text: &str) -> Failure {
    Failure::ImageInvalid(text.to_owned())
}

/// A descriptor of bytes that are at hand.
fn describe(media_type: &str, bytes: &[u8]) -> Result<Descriptor, Failure> {
    describe_digest(media_type, bytes.len() as u64, &digest_of(bytes))
}

fn describe_digest(media_type: &str, size: u64, digest: &str) -> Result<Descriptor, Failure> {
    let digest: oci_spec::image::Digest = digest
        .parse()
        .map_err(|error| invalid(&format!("`{digest}` is no digest: {error}")))?;
    Ok(Descriptor::new(media_type.into(), size, digest))
}
