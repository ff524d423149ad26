//! Turns the layers of an image into snapshots, one on top of the other.

use containerd_client::types::Descriptor;
use oci_spec::image::{ImageConfiguration, ImageManifest};
use sha2::{Digest, Sha256};
use shellrt_common::time;

use crate::engine::{Client, Lease};
use crate::failure::Failure;

/// Unpacks what is not unpacked yet, everything under the lease; the name of
/// the topmost snapshot, which is empty for an image without layers. `step` is
/// called with each layer's index before it is unpacked, and may refuse to go
/// on.
pub(crate) async fn unpack(
    client: &Client,
    manifest: &ImageManifest,
    config: &ImageConfiguration,
    lease: &Lease,
    mut step: impl FnMut(usize) -> Result<(), Failure>,
) -> Result<String, Failure> {
    let layers = manifest.layers();
    let diff_ids = config.rootfs().diff_ids();
    if layers.len() != diff_ids.len() {
        return Err(Failure::ImageInvalid(format!(
            "the manifest has {} layers and the config {}",
            layers.len(),
            diff_ids.len()
        )));
    }
    let mut parent = String::new();
    for (index, (layer, diff_id)) in layers.iter().zip(diff_ids).enumerate() {
        let name = chain_id(&parent, diff_id);
        if client.has_snapshot(&name).await? {
            client.lease_snapshot(lease, &name).await?;
        } else {
            step(index)?;
            unpack_layer(client, &to_message(layer), diff_id, &parent, &name, lease).await?;
        }
        parent = name;
    }
    Ok(parent)
}

/// Unpacks one layer into a snapshot that nobody sees before it is whole.
async fn unpack_layer(
    client: &Client,
    layer: &Descriptor,
    diff_id: &str,
    parent: &str,
    name: &str,
    lease: &Lease,
) -> Result<(), Failure> {
    let key = format!("unpack-{}-{} {name}", std::process::id(), time::now());
    let mounts = client.prepare_snapshot(&key, parent, lease).await?;
    let unpacked = async {
        let applied = client.apply_layer(layer.clone(), mounts, lease).await?;
        if applied != diff_id {
            return Err(Failure::Mismatch(format!(
                "layer `{}` unpacks to `{applied}`, and the image's config says `{diff_id}`",
                layer.digest
            )));
        }
        match client.commit_snapshot(&key, name, lease).await {
            // Another pull was faster.
            Err(failure) if failure.is_already_there() => client.lease_snapshot(lease, name).await,
            other => other,
        }
    };
    let outcome = unpacked.await;
    // Committed, it is not there any more; else nothing of it may stay.
    let removed = client.remove_snapshot(&key).await;
    outcome.and(removed)
}

/// The name of the snapshot that has a layer on top of `parent`: the chain id
/// of the OCI image specification, as other clients of containerd use it.
fn chain_id(parent: &str, diff_id: &str) -> String {
    if parent.is_empty() {
        return diff_id.to_owned();
    }
    let digest = Sha256::digest(format!("{parent} {diff_id}"));
    let mut id = "sha256:".to_owned();
    for byte in digest {
        id.push_str(&format!("{byte:02x}"));
    }
    id
}

/// A descriptor as containerd's messages have it.
pub(super) fn to_message(descriptor: &containrs::Descriptor) -> Descriptor {
    Descriptor {
        media_type: descriptor.media_type().to_string(),
        digest: descriptor.digest().to_string(),
        size: i64::try_from(descriptor.size()).unwrap_or(i64::MAX),
        annotations: std::collections::HashMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_chain_is_what_the_specification_says() {
        let (one, two) = ("sha256:aa", "sha256:bb");
        assert_eq!(chain_id("", one), one);
        // printf 'sha256:aa sha256:bb' | sha256sum
        assert_eq!(
            chain_id(one, two),
            "sha256:b68ad689d6d1ec110ea1c13617437ad6f3766d4b3b309f6a603a222e07a0164f"
        );
    }
}
