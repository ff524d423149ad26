//! The output of `docker save`: `manifest.json` names configs and layers by
//! paths. A manifest such as registries have is made from them.

use std::collections::HashMap;

use containrs::{Document, Platform};
use serde::Deserialize;
use serde_json::json;
use shellrt_common::failure::shown;

use super::{Files, Member, Packed, check_platform, describe, describe_digest, invalid, parse};
use super::{read_config, read_manifest};
use crate::failure::Failure;

const MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
const CONFIG: &str = "application/vnd.docker.container.image.v1+json";
const LAYER: &str = "application/vnd.docker.image.rootfs.diff.tar";

/// An image of `manifest.json`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    config: String,
    repo_tags: Option<Vec<String>>,
    layers: Option<Vec<String>>,
}

/// The images that `manifest.json` names.
pub(super) fn find(files: &Files<'_>, platform: &Platform) -> Result<Vec<Packed>, Failure> {
    let Some(entries) = entries(files)? else {
        return Err(invalid(
            "the archive has neither an `index.json` nor a `manifest.json`: it holds no images",
        ));
    };
    // Images share layers; each of them is summed up once.
    let mut digests = HashMap::new();
    let open = |entry| open(files, entry, platform, &mut digests);
    entries.into_iter().map(open).collect()
}

/// The names of `manifest.json`, each with the id of its image; none where the
/// archive has no such file.
pub(super) fn tags(files: &Files<'_>) -> Result<Vec<(String, String)>, Failure> {
    let mut tags = Vec::new();
    for entry in entries(files)?.unwrap_or_default() {
        let Some(config) = files.document(&entry.config)? else {
            continue;
        };
        let id = super::digest_of(&config);
        let names = entry.repo_tags.unwrap_or_default().into_iter();
        tags.extend(names.map(|name| (id.clone(), name)));
    }
    Ok(tags)
}

fn entries(files: &Files<'_>) -> Result<Option<Vec<Entry>>, Failure> {
    let bytes = files.document("manifest.json")?;
    bytes
        .map(|bytes| parse("`manifest.json`", &bytes))
        .transpose()
}

fn open(
    files: &Files<'_>,
    entry: Entry,
    platform: &Platform,
    digests: &mut HashMap<String, String>,
) -> Result<Packed, Failure> {
    let bytes = files.document(&entry.config)?;
    let bytes = bytes.ok_or_else(|| absent(&entry.config))?;
    let config_of = describe(CONFIG, &bytes)?;
    check_name(&entry.config, config_of.digest().as_ref())?;
    let config = read_config(&bytes)?;
    check_platform(&config, platform)?;
    let paths = entry.layers.unwrap_or_default();
    let diff_ids = config.rootfs().diff_ids();
    if paths.len() != diff_ids.len() {
        let (paths, ids) = (paths.len(), diff_ids.len());
        let text = format!("`manifest.json` has {paths} layers, and the image's config {ids}");
        return Err(invalid(&text));
    }
    let mut layers = Vec::new();
    for (path, diff_id) in paths.iter().zip(diff_ids) {
        let member = files.member(path).ok_or_else(|| absent(path))?;
        let digest = match digests.get(path) {
            Some(digest) => digest.clone(),
            None => files.digest(member)?,
        };
        let media_type = media_type(files, member)?;
        if media_type == LAYER && digest != *diff_id {
            let path = shown(path);
            return Err(Failure::Mismatch(format!(
                "layer `{path}` of the archive is `{digest}`, and the image's config says `{diff_id}`"
            )));
        }
        layers.push((
            describe_digest(&media_type, member.size(), &digest)?,
            member,
        ));
        digests.insert(path.clone(), digest);
    }
    let parts: Vec<_> = layers.iter().map(|(layer, _)| layer).collect();
    let manifest = json!({
        "schemaVersion": 2, "mediaType": MANIFEST, "config": config_of, "layers": parts,
    });
    let manifest_bytes = manifest.to_string().into_bytes();
    let manifest_of = describe(MANIFEST, &manifest_bytes)?;
    let Document::Manifest(manifest) = read_manifest(&manifest_of, &manifest_bytes)? else {
        return Err(Failure::Internal(
            "a manifest was made as an index".to_owned(),
        ));
    };
    Ok(Packed {
        names: entry.repo_tags.unwrap_or_default(),
        target: manifest_of.clone(),
        has_digest: false,
        manifest,
        config,
        documents: vec![(manifest_of.clone(), manifest_bytes), (config_of, bytes)],
        manifest_of,
        layers,
    })
}

/// A config that is named by a digest must have it.
fn check_name(path: &str, digest: &str) -> Result<(), Failure> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.strip_suffix(".json").unwrap_or(name);
    let is_hex = name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hex && Some(name) != digest.strip_prefix("sha256:") {
        let path = shown(path);
        return Err(Failure::Mismatch(format!(
            "the config `{path}` of the archive is `{digest}`"
        )));
    }
    Ok(())
}

/// `docker save` does not compress layers; other tools do, and Docker takes it.
fn media_type(files: &Files<'_>, layer: Member) -> Result<String, Failure> {
    Ok(match files.beginning(layer)? {
        [0x1f, 0x8b, ..] => format!("{LAYER}.gzip"),
        [0x28, 0xb5, 0x2f, 0xfd] => format!("{LAYER}.zstd"),
        _ => LAYER.to_owned(),
    })
}

fn absent(path: &str) -> Failure {
    let path = shown(path);
    invalid(&format!("`{path}` is not in the archive"))
}
