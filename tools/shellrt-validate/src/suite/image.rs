//! The image that modules are made from: a shared layer and two of its own, built on the spot from
//! programs of this machine, so that the suite needs nothing from anywhere.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::fixture::ImageFiles;

/// A layer of a repository's own is as long as this, and cannot be made
/// smaller: half of it is still something to wait for.
const OWN_BYTES: usize = 256 * 1024;
const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const INDEX: &str = "application/vnd.oci.image.index.v1+json";
const CONFIG: &str = "application/vnd.oci.image.config.v1+json";
const LAYER: &str = "application/vnd.oci.image.layer.v1.tar+gzip";

/// A blob with what a descriptor says of it.
#[derive(Debug, Clone)]
pub(crate) struct Blob {
    pub(crate) digest: String,
    pub(crate) bytes: Vec<u8>,
    media_type: &'static str,
}

/// The layer that all images share.
#[derive(Debug, Clone)]
pub(crate) struct Base {
    /// No other run has the layers of this one.
    run: String,
    layer: Blob,
    layer_tar_digest: String,
}

/// An image as a registry serves it.
#[derive(Debug, Clone)]
pub(crate) struct Image {
    /// The index that a tag names.
    pub(crate) index: Blob,
    pub(crate) manifest: Blob,
    pub(crate) config: Blob,
    /// All but the first one are the image's own.
    pub(crate) layers: Vec<Blob>,
}

/// An image in an archive.
#[derive(Debug)]
pub(crate) struct Archived {
    pub(crate) image: Arc<Image>,
    pub(crate) reference: String,
    /// A byte of its last layer is changed.
    pub(crate) spoilt: bool,
}

impl Blob {
    pub(crate) fn new(bytes: Vec<u8>, media_type: &'static str) -> Blob {
        Blob {
            digest: digest(&bytes),
            bytes,
            media_type,
        }
    }

    pub(crate) fn media_type(&self) -> &'static str {
        self.media_type
    }

    fn descriptor(&self) -> Value {
        json!({"mediaType": self.media_type, "digest": self.digest, "size": self.bytes.len()})
    }
}

fn digest(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

impl Base {
    /// Packs the programs that the fixture names.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub(crate) fn build(files: &ImageFiles, run: &str) -> io::Result<Base> {
        let mut tar = tar::Builder::new(Vec::new());
        for directory in ["bin/", "etc/", "tmp/"] {
            entry(&mut tar, directory, tar::EntryType::Directory, 0o755, &[])?;
        }
        for (inside, outside) in &files.files {
            let bytes = fs::read(outside)
                .map_err(|error| io::Error::new(error.kind(), format!("`{outside}`: {error}")))?;
            entry(
                &mut tar,
                relative(inside),
                tar::EntryType::Regular,
                0o755,
                &bytes,
            )?;
        }
        for (inside, target) in &files.links {
            let mut header = tar::Header::new_gnu();
            header.set_entry_type(tar::EntryType::Symlink);
            header.set_size(0);
            header.set_mode(0o777);
            tar.append_link(&mut header, relative(inside), target)?;
        }
        let tar = tar.into_inner()?;
        Ok(Base {
            run: run.to_owned(),
            layer_tar_digest: digest(&tar),
            layer: Blob::new(packed(&tar)?, LAYER),
        })
    }

    /// An image of its own for a repository, for this machine's platform or for
    /// another one.
    ///
    /// # Errors
    /// None but those of memory.
    pub(crate) fn image(&self, repository: &str, of_other_platform: bool) -> io::Result<Image> {
        let mut layers = vec![self.layer.clone()];
        let mut tar_digests = vec![self.layer_tar_digest.clone()];
        for name in ["etc/first", "etc/second"] {
            let mut tar = tar::Builder::new(Vec::new());
            let own = noise(&format!("{} {repository} {name}", self.run));
            entry(&mut tar, name, tar::EntryType::Regular, 0o644, &own)?;
            let tar = tar.into_inner()?;
            tar_digests.push(digest(&tar));
            layers.push(Blob::new(packed(&tar)?, LAYER));
        }
        let architecture = if of_other_platform {
            "s390x"
        } else {
            architecture()
        };
        let config = json!({
            "architecture": architecture,
            "os": "linux",
            "config": {"Cmd": ["/bin/sh"], "Env": ["PATH=/bin"], "WorkingDir": "/"},
            "rootfs": {"type": "layers", "diff_ids": tar_digests},
            "history": [],
        });
        let config = Blob::new(config.to_string().into_bytes(), CONFIG);
        let described: Vec<Value> = layers.iter().map(Blob::descriptor).collect();
        let manifest = json!({
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": config.descriptor(),
            "layers": described,
        });
        let manifest = Blob::new(manifest.to_string().into_bytes(), MANIFEST);
        let mut listed = manifest.descriptor();
        listed["platform"] = json!({"architecture": architecture, "os": "linux"});
        let index = json!({"schemaVersion": 2, "mediaType": INDEX, "manifests": [listed]});
        Ok(Image {
            index: Blob::new(index.to_string().into_bytes(), INDEX),
            manifest,
            config,
            layers,
        })
    }
}

impl Image {
    /// The blobs by digest, the manifest among them.
    pub(crate) fn blobs(&self) -> BTreeMap<&str, &Blob> {
        let all = [&self.index, &self.manifest, &self.config];
        all.into_iter()
            .chain(&self.layers)
            .map(|blob| (blob.digest.as_str(), blob))
            .collect()
    }

    /// The layers that no other image has.
    pub(crate) fn own(&self) -> &[Blob] {
        self.layers.get(1..).unwrap_or_default()
    }
}

/// Images as one OCI archive.
///
/// # Errors
/// None but those of memory.
pub(crate) fn archive(images: &[Archived]) -> io::Result<Vec<u8>> {
    let file = tar::EntryType::Regular;
    let mut tar = tar::Builder::new(Vec::new());
    let layout = br#"{"imageLayoutVersion":"1.0.0"}"#;
    entry(&mut tar, "oci-layout", file, 0o644, layout)?;
    let listed: Vec<Value> = images
        .iter()
        .map(|archived| {
            let mut listed = archived.image.index.descriptor();
            listed["annotations"] = json!({
                "org.opencontainers.image.ref.name": archived.reference,
                "io.containerd.image.name": archived.reference,
            });
            listed
        })
        .collect();
    let index = json!({"schemaVersion": 2, "mediaType": INDEX, "manifests": listed});
    let index = index.to_string().into_bytes();
    entry(&mut tar, "index.json", file, 0o644, &index)?;
    let mut blobs = BTreeMap::new();
    for archived in images {
        let last = archived.image.layers.last();
        for (digest, blob) in archived.image.blobs() {
            let mut bytes = blob.bytes.clone();
            if archived.spoilt && last.is_some_and(|last| last.digest == digest) {
                spoil(&mut bytes);
            }
            blobs.insert(format!("blobs/{}", digest.replace(':', "/")), bytes);
        }
    }
    for (path, bytes) in blobs {
        entry(&mut tar, &path, file, 0o644, &bytes)?;
    }
    tar.into_inner()
}

/// Changes one byte in the middle.
pub(crate) fn spoil(bytes: &mut [u8]) {
    let middle = bytes.len() / 2;
    if let Some(byte) = bytes.get_mut(middle) {
        *byte ^= 0xff;
    }
}

fn relative(path: &str) -> &str {
    path.trim_start_matches('/')
}

fn entry(
    tar: &mut tar::Builder<Vec<u8>>,
    path: &str,
    kind: tar::EntryType,
    mode: u32,
    bytes: &[u8],
) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(kind);
    header.set_mode(mode);
    header.set_mtime(0);
    header.set_size(bytes.len() as u64);
    tar.append_data(&mut header, path, bytes)
}

fn packed(tar: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(tar)?;
    packer.finish()
}

/// Bytes that no packer makes smaller, other ones for each text.
fn noise(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(OWN_BYTES);
    let mut hash = Sha256::digest(text.as_bytes());
    while bytes.len() < OWN_BYTES {
        bytes.extend_from_slice(&hash);
        hash = Sha256::digest(hash);
    }
    bytes
}

/// This machine's architecture in the words of images.
fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_share_their_base_and_differ_in_their_own_layer() {
        let base = Base::build(&ImageFiles::default(), "run").expect("there is nothing to read");
        let (one, two) = (base.image("one", false), base.image("two", false));
        let (one, two) = (one.expect("it is small"), two.expect("it is small"));
        assert_eq!(one.layers[0].digest, two.layers[0].digest);
        assert_ne!(one.layers[1].digest, two.layers[1].digest);
        assert!(one.layers[1].bytes.len() > OWN_BYTES);
    }
}
