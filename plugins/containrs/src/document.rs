//! Manifests and indexes.

use oci_spec::image::{ImageIndex, ImageManifest};
use serde::Deserialize;

use crate::Error;

/// The layers that an image may have. Docker stops at 127.
const LAYERS_MAX: usize = 4096;
/// Layers whose content is a tar archive, plain or compressed.
const LAYERS: [&str; 7] = [
    "application/vnd.oci.image.layer.v1.tar",
    "application/vnd.oci.image.layer.v1.tar+gzip",
    "application/vnd.oci.image.layer.v1.tar+zstd",
    "application/vnd.docker.image.rootfs.diff.tar",
    "application/vnd.docker.image.rootfs.diff.tar.gzip",
    "application/vnd.docker.image.rootfs.diff.tar.zstd",
    "application/vnd.docker.image.rootfs.diff.tar+gzip",
];

/// What a reference names.
#[derive(Clone, Debug)]
pub enum Document {
    /// Manifests for several platforms.
    Index(ImageIndex),
    /// One image.
    Manifest(ImageManifest),
}

/// Which kind a document says that it is, by its type or by its members.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Shape {
    #[serde(default)]
    schema_version: u32,
    media_type: Option<String>,
    manifests: Option<serde::de::IgnoredAny>,
    layers: Option<serde::de::IgnoredAny>,
}

/// Reads a document. `media_type` is what its descriptor says; an empty one
/// leaves it to the document.
///
/// # Errors
/// `Invalid` where it is no document, `Unsupported` where it is one of another
/// kind, as of Docker's first schema.
pub fn read_document(media_type: &str, bytes: &[u8]) -> Result<Document, Error> {
    let shape = shape(bytes)?;
    if shape.schema_version != 2 {
        return Err(Error::Unsupported(format!(
            "the manifest has schema version {}; only 2 is known",
            shape.schema_version
        )));
    }
    let is_index = match (&shape.manifests, &shape.layers) {
        (Some(_), None) => true,
        (None, Some(_)) => false,
        // A document that is both would be read as one thing here and as
        // another elsewhere.
        _ => {
            let kind = shape.media_type.as_deref().unwrap_or(media_type);
            return Err(Error::Unsupported(format!(
                "a document of type `{kind}` is no image"
            )));
        }
    };
    let unreadable = |error| Error::Invalid(format!("the manifest cannot be read: {error}"));
    if is_index {
        serde_json::from_slice(bytes)
            .map(Document::Index)
            .map_err(unreadable)
    } else {
        serde_json::from_slice(bytes)
            .map(Document::Manifest)
            .map_err(unreadable)
    }
}

/// The type of a document that came without a descriptor.
pub(crate) fn media_type_of(bytes: &[u8]) -> Result<String, Error> {
    let shape = shape(bytes)?;
    let by_members = if shape.manifests.is_some() {
        "application/vnd.oci.image.index.v1+json"
    } else {
        "application/vnd.oci.image.manifest.v1+json"
    };
    Ok(shape.media_type.unwrap_or_else(|| by_members.to_owned()))
}

fn shape(bytes: &[u8]) -> Result<Shape, Error> {
    serde_json::from_slice(bytes)
        .map_err(|error| Error::Invalid(format!("the manifest cannot be read: {error}")))
}

/// Whether the layers are such as can be unpacked.
///
/// # Errors
/// `Unsupported`, with the layer.
pub fn check_layers(manifest: &ImageManifest) -> Result<(), Error> {
    if manifest.layers().len() > LAYERS_MAX {
        return Err(Error::Unsupported(format!(
            "the image has {} layers; at most {LAYERS_MAX} are taken",
            manifest.layers().len()
        )));
    }
    for layer in manifest.layers() {
        let media_type = layer.media_type().to_string();
        if !LAYERS.contains(&media_type.as_str()) {
            return Err(Error::Unsupported(format!(
                "layer `{}` has the type `{media_type}`, which is not one that can be unpacked here",
                layer.digest()
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_schema_and_what_is_no_image_are_refused() {
        let refused = |text: &str| {
            read_document("", text.as_bytes())
                .expect_err("it is refused")
                .to_string()
        };
        assert!(refused(r#"{"schemaVersion":1,"fsLayers":[]}"#).contains("version 1"));
        assert!(refused(r#"{"schemaVersion":2,"layers":[],"manifests":[]}"#).contains("no image"));
        assert!(refused("<html>").contains("cannot be read"));
    }

    #[test]
    fn a_foreign_layer_is_refused_by_its_type() {
        let manifest = serde_json::json!({
            "schemaVersion": 2,
            "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": format!("sha256:{}", "a".repeat(64)), "size": 2},
            "layers": [{"mediaType": "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", "digest": format!("sha256:{}", "b".repeat(64)), "size": 2}],
        });
        let bytes = manifest.to_string();
        let Ok(Document::Manifest(manifest)) = read_document("", bytes.as_bytes()) else {
            panic!("it is a manifest");
        };
        let error = check_layers(&manifest)
            .expect_err("it is foreign")
            .to_string();
        assert!(error.contains("foreign"), "{error}");
    }
}
