//! Records of containers.

use std::collections::HashMap;

use containerd_client::services::v1::container::Runtime;
use containerd_client::services::v1::containers_client::ContainersClient;
use containerd_client::services::v1::{
    Container as Message, CreateContainerRequest, DeleteContainerRequest, GetContainerRequest,
    ListContainersRequest, UpdateContainerRequest,
};
use containerd_client::tonic::transport::Channel;
use prost_types::{Any, FieldMask, Timestamp};
use tonic::Status;
use tonic::client::Grpc;
use tonic::codegen::http::uri::PathAndQuery;
use tonic_prost::ProstCodec;

use super::{Client, Lease, MESSAGE_MAX, unix_nanos};
use crate::failure::Failure;

/// The type under which containerd keeps an OCI runtime spec.
const SPEC_TYPE: &str = "types.containerd.io/opencontainers/runtime-spec/1/Spec";
const RUNTIME: &str = "io.containerd.runc.v2";

/// Documents of ours in a record, by key.
pub(crate) type Extensions = HashMap<String, Vec<u8>>;

/// A container's record. containerd limits a label to 4096 bytes; what may be
/// longer is in the extensions.
#[derive(Debug)]
pub(crate) struct Container {
    pub(crate) id: String,
    pub(crate) labels: HashMap<String, String>,
    pub(crate) image: String,
    pub(crate) extensions: Extensions,
    pub(crate) created_at: Option<i64>,
}

/// What a list reads of a record, by containerd's numbers of fields. The OCI spec,
/// most of a record and of no use here, is passed over and not copied.
#[derive(Clone, PartialEq, prost::Message)]
struct Listed {
    #[prost(string, tag = "1")]
    id: String,
    #[prost(map = "string, string", tag = "2")]
    labels: HashMap<String, String>,
    #[prost(string, tag = "3")]
    image: String,
    #[prost(message, optional, tag = "8")]
    created_at: Option<Timestamp>,
    #[prost(map = "string, message", tag = "10")]
    extensions: HashMap<String, Any>,
}

/// A message of the stream of records.
#[derive(Clone, PartialEq, prost::Message)]
struct ListMessage {
    #[prost(message, optional, tag = "1")]
    container: Option<Listed>,
}

impl From<Listed> for Container {
    fn from(listed: Listed) -> Self {
        let extensions = listed.extensions.into_iter();
        Self {
            id: listed.id,
            labels: listed.labels,
            image: listed.image,
            extensions: extensions.map(|(key, any)| (key, any.value)).collect(),
            created_at: unix_nanos(listed.created_at),
        }
    }
}

impl From<Message> for Container {
    fn from(message: Message) -> Self {
        let extensions = message.extensions.into_iter();
        Self {
            id: message.id,
            labels: message.labels,
            image: message.image,
            extensions: extensions.map(|(key, any)| (key, any.value)).collect(),
            created_at: unix_nanos(message.created_at),
        }
    }
}

impl Client {
    fn containers(&self) -> ContainersClient<Channel> {
        ContainersClient::new(self.channel.clone()).max_decoding_message_size(MESSAGE_MAX)
    }

    /// The record `id`; `None` where there is none.
    pub(crate) async fn container(&self, id: &str) -> Result<Option<Container>, Failure> {
        let request = self.request(GetContainerRequest { id: id.to_owned() });
        let answer = self
            .prompt("read the container", self.containers().get(request))
            .await;
        match answer {
            Ok(answer) => Ok(answer.container.map(Container::from)),
            Err(failure) if failure.is_absent() => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// Hands every record of the namespace to `take`, one at a time: a
    /// thousand of them do not fit into one message.
    pub(crate) async fn each_container(
        &self,
        mut take: impl FnMut(Container),
    ) -> Result<(), Failure> {
        const ACTION: &str = "list the containers";
        let request = self.request(ListContainersRequest {
            filters: Vec::new(),
        });
        let path =
            PathAndQuery::from_static("/containerd.services.containers.v1.Containers/ListStream");
        let mut service = Grpc::new(self.channel.clone()).max_decoding_message_size(MESSAGE_MAX);
        let call = async {
            let ready = service.ready().await;
            ready.map_err(|error| Status::from_error(error.into()))?;
            let codec = ProstCodec::<ListContainersRequest, ListMessage>::default();
            service.server_streaming(request, path, codec).await
        };
        let mut stream = self.prompt(ACTION, call).await?;
        loop {
            let next = async { stream.message().await.map(tonic::Response::new) };
            match self.prompt(ACTION, next).await? {
                Some(message) => message.container.map(Container::from).map(&mut take),
                None => return Ok(()),
            };
        }
    }

    /// Makes a record with a snapshot of its own and no spec yet.
    pub(crate) async fn create_container(
        &self,
        container: Container,
        lease: &Lease,
    ) -> Result<(), Failure> {
        let message = Message {
            snapshot_key: container.id.clone(),
            id: container.id,
            labels: container.labels,
            image: container.image,
            runtime: Some(Runtime {
                name: RUNTIME.to_owned(),
                options: None,
            }),
            // containerd takes no record without a spec; `start` writes the
            // real one, from what the machine is then.
            spec: Some(any(SPEC_TYPE, b"{}".to_vec())),
            snapshotter: self.snapshotter.clone(),
            extensions: wrapped(container.extensions),
            ..Message::default()
        };
        let request = CreateContainerRequest {
            container: Some(message),
        };
        let request = self.leased(request, lease);
        let answer = self
            .prompt("make the container", self.containers().create(request))
            .await;
        answer.map(drop)
    }

    /// Replaces the spec, where one is given, and the named extensions.
    pub(crate) async fn update_container(
        &self,
        id: &str,
        spec: Option<Vec<u8>>,
        extensions: Extensions,
    ) -> Result<(), Failure> {
        let mut paths: Vec<String> = extensions
            .keys()
            .map(|key| format!("extensions.{key}"))
            .collect();
        paths.extend(spec.is_some().then(|| "spec".to_owned()));
        let message = Message {
            id: id.to_owned(),
            spec: spec.map(|spec| any(SPEC_TYPE, spec)),
            extensions: wrapped(extensions),
            ..Message::default()
        };
        let request = self.request(UpdateContainerRequest {
            container: Some(message),
            update_mask: Some(FieldMask { paths }),
        });
        let answer = self
            .prompt("update the container", self.containers().update(request))
            .await;
        answer.map(drop)
    }

    /// Deletes a record. Its task must be gone: containerd does not look, and a
    /// task without a record cannot be reached any more.
    pub(crate) async fn delete_container(&self, id: &str) -> Result<(), Failure> {
        let request = self.request(DeleteContainerRequest { id: id.to_owned() });
        let answer = self
            .prompt("delete the container", self.containers().delete(request))
            .await;
        match answer {
            Err(failure) if !failure.is_absent() => Err(failure),
            _ => Ok(()),
        }
    }
}

fn any(type_url: &str, value: Vec<u8>) -> Any {
    Any {
        type_url: type_url.to_owned(),
        value,
    }
}

fn wrapped(extensions: Extensions) -> HashMap<String, Any> {
    let wrap = |(key, value): (String, Vec<u8>)| {
        let any = any(&key, value);
        (key, any)
    };
    extensions.into_iter().map(wrap).collect()
}
