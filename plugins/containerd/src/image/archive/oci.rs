//! The layout of OCI: `index.json` names manifests, and each of their parts is
//! at its digest.

use containrs::{Descriptor, Document, Platform};

use super::{Files, Member, Packed, check_platform, describe_digest, docker, invalid};
use super::{read_config, read_manifest};
use crate::failure::Failure;

/// The whole name, where the tool that made the archive knows one.
const FULL_NAME: &str = "io.containerd.image.name";
/// The name by the specification; a bare tag where there is a whole name too.
const REF_NAME: &str = "org.opencontainers.image.ref.name";

/// The images that `index` names.
pub(super) fn find(
    files: &Files<'_>,
    index: &[u8],
    platform: &Platform,
) -> Result<Vec<Packed>, Failure> {
    let Document::Index(index) = containrs::read_document("", index)? else {
        return Err(invalid("`index.json` of the archive is no index"));
    };
    // Docker's archives are both; only there the names are as people wrote them.
    let tags = docker::tags(files)?;
    let mut images = Vec::new();
    for (name, choices) in groups(index.manifests()) {
        let mut all = index.clone();
        all.set_manifests(choices);
        let target = containrs::choose_platform(&all, platform)?;
        let mut image = open(files, &target, platform)?;
        image.names.extend(name);
        let id = image.id();
        let also = tags.iter().filter(|(other, _)| *other == id);
        image.names.extend(also.map(|(_, tag)| tag.clone()));
        image.names.sort_unstable();
        image.names.dedup();
        images.push(image);
    }
    Ok(images)
}

/// The manifests of each image: those of one name are for several platforms,
/// and so are those without a name that say which they are for.
fn groups(manifests: &[Descriptor]) -> Vec<(Option<String>, Vec<Descriptor>)> {
    let mut groups: Vec<(Option<String>, Vec<Descriptor>)> = Vec::new();
    for manifest in manifests {
        if containrs::is_attestation(manifest) {
            continue;
        }
        let annotations = manifest.annotations().as_ref();
        let annotation = |key| annotations.and_then(|all| all.get(key)).cloned();
        let name = annotation(FULL_NAME).or_else(|| annotation(REF_NAME));
        let alone = name.is_none() && manifest.platform().is_none();
        let group = groups.iter_mut().find(|(other, members)| {
            !alone
                && *other == name
                && members
                    .iter()
                    .all(|one| one.platform().is_some() || name.is_some())
        });
        match group {
            Some((_, members)) => members.push(manifest.clone()),
            None => groups.push((name, vec![manifest.clone()])),
        }
    }
    groups
}

/// Opens what `target` names: a manifest, or an index that leads to one.
fn open(files: &Files<'_>, target: &Descriptor, platform: &Platform) -> Result<Packed, Failure> {
    let mut manifest_of = bare(target)?;
    let target = manifest_of.clone();
    let mut documents = Vec::new();
    for _ in 0..3 {
        let bytes = document(files, &manifest_of)?;
        let document = read_manifest(&manifest_of, &bytes)?;
        documents.push((manifest_of.clone(), bytes));
        match document {
            Document::Index(index) => {
                manifest_of = bare(&containrs::choose_platform(&index, platform)?)?;
            }
            Document::Manifest(manifest) => {
                let bytes = self::document(files, manifest.config())?;
                let config = read_config(&bytes)?;
                check_platform(&config, platform)?;
                documents.push((manifest.config().clone(), bytes));
                let layers = manifest.layers().iter();
                let layers = layers.map(|layer| Ok((layer.clone(), blob(files, layer)?)));
                return Ok(Packed {
                    names: Vec::new(),
                    target,
                    has_digest: true,
                    manifest_of,
                    config,
                    documents,
                    layers: layers.collect::<Result<_, Failure>>()?,
                    manifest,
                });
            }
        }
    }
    Err(invalid("the archive has an index of indexes of indexes"))
}

/// The descriptor without what was said of it beside.
fn bare(descriptor: &Descriptor) -> Result<Descriptor, Failure> {
    let (media_type, digest) = (descriptor.media_type(), descriptor.digest());
    describe_digest(media_type.as_ref(), descriptor.size(), digest.as_ref())
}

fn document(files: &Files<'_>, descriptor: &Descriptor) -> Result<Vec<u8>, Failure> {
    let member = blob(files, descriptor)?;
    files.verify(member, descriptor)?;
    let bytes = files.document(&path(descriptor))?;
    bytes.ok_or_else(|| absent(descriptor))
}

fn blob(files: &Files<'_>, descriptor: &Descriptor) -> Result<Member, Failure> {
    let member = files.member(&path(descriptor));
    member.ok_or_else(|| absent(descriptor))
}

fn path(descriptor: &Descriptor) -> String {
    format!(
        "blobs/{}",
        descriptor.digest().to_string().replace(':', "/")
    )
}

fn absent(descriptor: &Descriptor) -> Failure {
    let digest = descriptor.digest();
    invalid(&format!("`{digest}` is not in the archive"))
}
