//! Leases: containerd's garbage collector takes nothing that is under one.

use std::collections::HashMap;

use containerd_client::services::v1::leases_client::LeasesClient;
use containerd_client::services::v1::{
    AddResourceRequest, CreateRequest, DeleteRequest, ListRequest, Resource,
};
use containerd_client::tonic::transport::Channel;
use shellrt_common::time;

use super::Client;
use crate::failure::Failure;

/// When a lease goes by itself, for a plugin that was killed: long enough for
/// an operator to come back to a pull on the next day.
const LIFETIME_SECONDS: i64 = 24 * 60 * 60;
const EXPIRES: &str = "containerd.io/gc.expire";
/// What a lease is for; one that was left behind is found again by it.
const PURPOSE: &str = "shellrt.purpose";

/// A lease.
#[derive(Debug)]
pub(crate) struct Lease {
    id: String,
}

impl Lease {
    pub(super) fn id(&self) -> &str {
        &self.id
    }
}

impl Client {
    fn leases(&self) -> LeasesClient<Channel> {
        LeasesClient::new(self.channel.clone())
    }

    /// Makes a lease for `purpose`, at most 4000 characters.
    pub(crate) async fn create_lease(&self, purpose: &str) -> Result<Lease, Failure> {
        let now = time::now();
        let expires = time::timestamp(now.saturating_add(LIFETIME_SECONDS * 1_000_000_000));
        let labels = HashMap::from([
            (EXPIRES.to_owned(), expires.to_string()),
            (PURPOSE.to_owned(), purpose.to_owned()),
        ]);
        let id = format!("shellrt-{}-{now}", std::process::id());
        let request = self.request(CreateRequest {
            id: id.clone(),
            labels,
        });
        self.prompt("make a lease", self.leases().create(request))
            .await?;
        Ok(Lease { id })
    }

    /// Works under a lease for `purpose`, which ends with the work, together with
    /// those that killed plugins left for the same purpose.
    pub(crate) async fn under_lease<T>(
        &self,
        purpose: &str,
        work: impl AsyncFnOnce(&Lease) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let lease = self.create_lease(purpose).await?;
        let done = work(&lease).await;
        let ended = self.delete_leases_for(purpose).await;
        // The first failure is what people look for.
        let done = done?;
        ended.map(|()| done)
    }

    /// Puts content that is there already under the lease.
    pub(crate) async fn lease_content(&self, lease: &Lease, digest: &str) -> Result<(), Failure> {
        self.add_resource(lease, digest, "content".to_owned()).await
    }

    /// Puts a snapshot that is there already under the lease.
    pub(crate) async fn lease_snapshot(&self, lease: &Lease, key: &str) -> Result<(), Failure> {
        let kind = format!("snapshots/{}", self.snapshotter);
        self.add_resource(lease, key, kind).await
    }

    async fn add_resource(&self, lease: &Lease, id: &str, kind: String) -> Result<(), Failure> {
        let request = self.request(AddResourceRequest {
            id: lease.id.clone(),
            resource: Some(Resource {
                id: id.to_owned(),
                r#type: kind,
            }),
        });
        self.prompt("add to the lease", self.leases().add_resource(request))
            .await
    }

    /// Deletes all leases for `purpose`: this one, and those that killed
    /// plugins left.
    pub(crate) async fn delete_leases_for(&self, purpose: &str) -> Result<(), Failure> {
        let request = self.request(ListRequest {
            filters: Vec::new(),
        });
        let answer = self
            .prompt("list the leases", self.leases().list(request))
            .await?;
        for lease in answer.leases {
            if lease
                .labels
                .get(PURPOSE)
                .is_some_and(|label| label == purpose)
            {
                self.delete_lease_by_id(lease.id).await?;
            }
        }
        Ok(())
    }

    async fn delete_lease_by_id(&self, id: String) -> Result<(), Failure> {
        let request = self.request(DeleteRequest { id, sync: false });
        match self
            .prompt("delete the lease", self.leases().delete(request))
            .await
        {
            Err(failure) if !failure.is_absent() => Err(failure),
            _ => Ok(()),
        }
    }
}
