//! Fetches an image from a registry into the content store, and makes its
//! record once all of it is there, verified and unpacked.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use containrs::{Descriptor, Document, Platform, Reference, Registry};
use futures_util::{StreamExt, TryStreamExt, stream};
use oci_spec::image::{ImageConfiguration, ImageManifest};

use super::unpack::to_message;
use super::{DOCUMENT_MAX, IMAGE_ID, PLATFORM, literal_label, unpack};
use crate::engine::{Client, Image, Lease};
use crate::failure::Failure;

/// How many blobs are fetched at the same time.
const PARALLEL: usize = 3;
/// How much of a blob goes to containerd in one message.
const PIECE: usize = 512 * 1024;

/// Is told how far a pull is, and says whether to go on.
pub(crate) type Tell<'a> = dyn Fn(Progress) -> Result<(), Failure> + 'a;

/// What a pull tells while it works.
#[derive(Clone, Debug)]
pub(crate) enum Progress {
    /// That there is nothing to tell.
    Waiting,
    Resolve,
    Download {
        layer: String,
        done: u64,
        total: u64,
    },
    Unpack {
        layer: String,
        layers_done: u32,
        layers_total: u32,
    },
}

/// A pull to carry out.
pub(crate) struct Pull<'a> {
    pub(crate) client: &'a Client,
    pub(crate) registry: &'a Registry,
    pub(crate) reference: &'a Reference,
    /// The reference as the request has it.
    pub(crate) literal: &'a str,
    /// What the reference names, and its bytes.
    pub(crate) target: (Descriptor, Vec<u8>),
    pub(crate) platform: &'a Platform,
    pub(crate) lease: &'a Lease,
    pub(crate) tell: &'a Tell<'a>,
}

/// What a pull brought.
#[derive(Debug, Default)]
pub(crate) struct Fetched {
    pub(crate) image_id: String,
    pub(crate) digest: String,
    pub(crate) bytes_fetched: u64,
    pub(crate) bytes_reused: u64,
    pub(crate) already_present: bool,
}

/// Blobs of the image, counted while they arrive.
#[derive(Default)]
struct Count {
    fetched: Cell<u64>,
    reused: Cell<u64>,
}

impl Pull<'_> {
    /// Fetches what is missing.
    pub(crate) async fn run(self) -> Result<Fetched, Failure> {
        let Self {
            client,
            registry,
            reference,
            literal,
            target: (target, bytes),
            platform,
            lease,
            tell,
        } = self;
        let count = Count::default();
        let store = Store {
            client,
            lease,
            count: &count,
        };
        store.document(&target, bytes.clone()).await?;
        let (manifest_of, manifest) = choose(&store, registry, &target, bytes, platform).await?;
        containrs::check_layers(&manifest)?;
        fetch_blobs(&store, registry, &manifest, tell).await?;
        let config = read_config(client, &manifest).await?;
        let (layers, total) = (manifest.layers(), manifest.layers().len());
        let top = unpack(client, &manifest, &config, lease, |index| {
            tell(Progress::Unpack {
                layer: layers[index].digest().to_string(),
                layers_done: u32::try_from(index).unwrap_or(u32::MAX),
                layers_total: u32::try_from(total).unwrap_or(u32::MAX),
            })
        })
        .await?;
        label_content(client, &target, &manifest_of, &manifest, &top).await?;
        let image_id = manifest.config().digest().to_string();
        let record = record(client, reference, literal, &target, &image_id, platform).await?;
        client.put_image(record, lease).await?;
        Ok(Fetched {
            image_id,
            digest: target.digest().to_string(),
            bytes_fetched: count.fetched.get(),
            bytes_reused: count.reused.get(),
            already_present: count.fetched.get() == 0,
        })
    }
}

/// Where documents and blobs go.
struct Store<'a> {
    client: &'a Client,
    lease: &'a Lease,
    count: &'a Count,
}

impl Store<'_> {
    /// Stores a document that is at hand, in one piece.
    async fn document(&self, descriptor: &Descriptor, bytes: Vec<u8>) -> Result<(), Failure> {
        let digest = descriptor.digest().to_string();
        let begun = self
            .client
            .begin_blob(&digest, descriptor.size(), self.lease);
        match begun.await? {
            Some(mut ingest) => {
                let length = bytes.len() as u64;
                ingest.write(bytes).await?;
                ingest.commit().await?;
                add(&self.count.fetched, length);
            }
            None => add(&self.count.reused, descriptor.size()),
        }
        Ok(())
    }

    /// Streams a blob from the registry; `tell` hears how far it is.
    async fn blob(
        &self,
        registry: &Registry,
        descriptor: &Descriptor,
        tell: impl Fn(u64) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let digest = descriptor.digest().to_string();
        let begun = self
            .client
            .begin_blob(&digest, descriptor.size(), self.lease);
        let Some(mut ingest) = begun.await? else {
            add(&self.count.reused, descriptor.size());
            return tell(descriptor.size());
        };
        let mut stream = registry.blob(descriptor).await?;
        let mut piece = Vec::with_capacity(PIECE);
        let mut done = 0;
        while let Some(bytes) = stream.try_next().await? {
            piece.extend_from_slice(&bytes);
            done += bytes.len() as u64;
            add(&self.count.fetched, bytes.len() as u64);
            if piece.len() >= PIECE {
                ingest
                    .write(std::mem::replace(&mut piece, Vec::with_capacity(PIECE)))
                    .await?;
                tell(done)?;
            }
        }
        if !piece.is_empty() {
            ingest.write(piece).await?;
        }
        ingest.commit().await?;
        tell(done)
    }
}

fn add(count: &Cell<u64>, bytes: u64) {
    count.set(count.get() + bytes);
}

/// Follows indexes to the manifest for the platform, storing every document.
async fn choose(
    store: &Store<'_>,
    registry: &Registry,
    target: &Descriptor,
    mut bytes: Vec<u8>,
    platform: &Platform,
) -> Result<(Descriptor, ImageManifest), Failure> {
    let mut descriptor = target.clone();
    for _ in 0..3 {
        let media_type = descriptor.media_type().to_string();
        match containrs::read_document(&media_type, &bytes)? {
            Document::Manifest(manifest) => return Ok((descriptor, manifest)),
            Document::Index(index) => {
                descriptor = containrs::choose_platform(&index, platform)?;
                bytes = registry.manifest(&descriptor).await?;
                store.document(&descriptor, bytes.clone()).await?;
            }
        }
    }
    let text = "the reference names an index of indexes of indexes".to_owned();
    Err(Failure::ImageInvalid(text))
}

/// Fetches config and layers, several at a time, each of them once.
async fn fetch_blobs(
    store: &Store<'_>,
    registry: &Registry,
    manifest: &ImageManifest,
    tell: &Tell<'_>,
) -> Result<(), Failure> {
    let mut seen = HashSet::new();
    let blobs: Vec<&Descriptor> = std::iter::once(manifest.config())
        .chain(manifest.layers())
        .filter(|blob| seen.insert(blob.digest().to_string()))
        .collect();
    let fetches = blobs.into_iter().map(|blob| async move {
        let layer = blob.digest().to_string();
        let total = blob.size();
        let heard = |done| {
            tell(Progress::Download {
                layer: layer.clone(),
                done,
                total,
            })
        };
        store.blob(registry, blob, heard).await
    });
    stream::iter(fetches)
        .buffer_unordered(PARALLEL)
        .try_collect::<Vec<()>>()
        .await
        .map(drop)
}

async fn read_config(
    client: &Client,
    manifest: &ImageManifest,
) -> Result<ImageConfiguration, Failure> {
    let id = manifest.config().digest().to_string();
    let bytes = client
        .read_blob(&id, DOCUMENT_MAX)
        .await?
        .unwrap_or_default();
    serde_json::from_slice(&bytes).map_err(|error| {
        Failure::ImageInvalid(format!("the image's config `{id}` cannot be read: {error}"))
    })
}

/// Says to the garbage collector what keeps what alive, from the index down to
/// the snapshot: without these labels only the index would outlive the lease.
pub(super) async fn label_content(
    client: &Client,
    target: &Descriptor,
    manifest_of: &Descriptor,
    manifest: &ImageManifest,
    top: &str,
) -> Result<(), Failure> {
    let (target, manifest_digest) = (
        target.digest().to_string(),
        manifest_of.digest().to_string(),
    );
    if target != manifest_digest {
        let key = "containerd.io/gc.ref.content.m.0".to_owned();
        let labels = HashMap::from([(key, manifest_digest.clone())]);
        client.label_blob(&target, labels).await?;
    }
    let config = manifest.config().digest().to_string();
    let mut labels = HashMap::from([(
        "containerd.io/gc.ref.content.config".to_owned(),
        config.clone(),
    )]);
    for (index, layer) in manifest.layers().iter().enumerate() {
        let key = format!("containerd.io/gc.ref.content.l.{index}");
        labels.insert(key, layer.digest().to_string());
    }
    client.label_blob(&manifest_digest, labels).await?;
    if !top.is_empty() {
        let key = format!("containerd.io/gc.ref.snapshot.{}", client.snapshotter());
        let labels = HashMap::from([(key, top.to_owned())]);
        client.label_blob(&config, labels).await?;
    }
    Ok(())
}

/// The record: earlier spellings of the same name are kept.
pub(super) async fn record(
    client: &Client,
    reference: &Reference,
    literal: &str,
    target: &Descriptor,
    image_id: &str,
    platform: &Platform,
) -> Result<Image, Failure> {
    let name = reference.canonical();
    let before = client.image(&name).await?;
    let mut labels = before.map(|image| image.labels).unwrap_or_default();
    labels.extend([
        literal_label(literal),
        (IMAGE_ID.to_owned(), image_id.to_owned()),
        (PLATFORM.to_owned(), platform.to_string()),
    ]);
    Ok(Image {
        name,
        labels,
        target: to_message(target),
    })
}
