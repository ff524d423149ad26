//! Snapshots: the file systems of images and containers; and the service that
//! unpacks a layer into one.

use std::collections::HashMap;

use containerd_client::services::v1::ApplyRequest;
use containerd_client::services::v1::diff_client::DiffClient;
use containerd_client::services::v1::snapshots::snapshots_client::SnapshotsClient;
use containerd_client::services::v1::snapshots::{
    CommitSnapshotRequest, MountsRequest, PrepareSnapshotRequest, RemoveSnapshotRequest,
    StatSnapshotRequest,
};
use containerd_client::tonic::transport::Channel;
use containerd_client::types::{Descriptor, Mount};

use super::{Client, Lease, WORK};
use crate::failure::Failure;

impl Client {
    fn snapshots(&self) -> SnapshotsClient<Channel> {
        SnapshotsClient::new(self.channel.clone())
    }

    /// The snapshotter that is used for everything.
    pub(crate) fn snapshotter(&self) -> &str {
        &self.snapshotter
    }

    /// Whether there is a snapshot of this name.
    pub(crate) async fn has_snapshot(&self, key: &str) -> Result<bool, Failure> {
        let request = self.request(StatSnapshotRequest {
            snapshotter: self.snapshotter.clone(),
            key: key.to_owned(),
        });
        match self
            .prompt("look for the snapshot", self.snapshots().stat(request))
            .await
        {
            Ok(_) => Ok(true),
            Err(failure) if failure.is_absent() => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    /// Makes a writable snapshot on top of `parent` (empty: on nothing), under
    /// the lease.
    pub(crate) async fn prepare_snapshot(
        &self,
        key: &str,
        parent: &str,
        lease: &Lease,
    ) -> Result<Vec<Mount>, Failure> {
        let request = PrepareSnapshotRequest {
            snapshotter: self.snapshotter.clone(),
            key: key.to_owned(),
            parent: parent.to_owned(),
            labels: HashMap::new(),
        };
        let request = self.leased(request, lease);
        let call = self.snapshots();
        let mut call = call;
        let answer = self
            .patient("prepare the snapshot", WORK, call.prepare(request))
            .await?;
        Ok(answer.mounts)
    }

    /// How the writable snapshot `key` is mounted.
    pub(crate) async fn snapshot_mounts(&self, key: &str) -> Result<Vec<Mount>, Failure> {
        let request = self.request(MountsRequest {
            snapshotter: self.snapshotter.clone(),
            key: key.to_owned(),
        });
        let answer = self
            .prompt("find the snapshot", self.snapshots().mounts(request))
            .await?;
        Ok(answer.mounts)
    }

    /// Makes a writable snapshot a read-only one of the name `name`.
    pub(crate) async fn commit_snapshot(
        &self,
        key: &str,
        name: &str,
        lease: &Lease,
    ) -> Result<(), Failure> {
        let request = CommitSnapshotRequest {
            snapshotter: self.snapshotter.clone(),
            name: name.to_owned(),
            key: key.to_owned(),
            labels: HashMap::new(),
        };
        let request = self.leased(request, lease);
        self.patient(
            "commit the snapshot",
            WORK,
            self.snapshots().commit(request),
        )
        .await
    }

    /// Removes a snapshot; one that is gone is no error.
    pub(crate) async fn remove_snapshot(&self, key: &str) -> Result<(), Failure> {
        let request = self.request(RemoveSnapshotRequest {
            snapshotter: self.snapshotter.clone(),
            key: key.to_owned(),
        });
        match self
            .patient(
                "remove the snapshot",
                WORK,
                self.snapshots().remove(request),
            )
            .await
        {
            Err(failure) if !failure.is_absent() => Err(failure),
            _ => Ok(()),
        }
    }

    /// Unpacks a layer into a snapshot; the digest of the unpacked layer.
    pub(crate) async fn apply_layer(
        &self,
        layer: Descriptor,
        mounts: Vec<Mount>,
        lease: &Lease,
    ) -> Result<String, Failure> {
        let request = ApplyRequest {
            diff: Some(layer),
            mounts,
            ..ApplyRequest::default()
        };
        let request = self.leased(request, lease);
        let mut service = DiffClient::new(self.channel.clone());
        let answer = self
            .patient("unpack the layer", WORK, service.apply(request))
            .await?;
        Ok(answer
            .applied
            .map(|applied| applied.digest)
            .unwrap_or_default())
    }
}
