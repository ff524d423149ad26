//! The content store: blobs by their digest.

use std::collections::HashMap;

use containerd_client::services::v1::content_client::ContentClient;
use containerd_client::services::v1::{
    Info, InfoRequest, ReadContentRequest, UpdateRequest, WriteAction, WriteContentRequest,
    WriteContentResponse,
};
use containerd_client::tonic::transport::Channel;
use containerd_client::tonic::{Code, Response, Status, Streaming};
use futures_util::stream;
use prost_types::FieldMask;
use shellrt_common::time;
use tokio::sync::mpsc;

use super::{Client, Lease, MESSAGE_MAX, WORK};
use crate::failure::Failure;

/// Labels of a blob; those that begin with `containerd.io/gc.ref.` keep alive
/// what they name.
pub(crate) type Labels = HashMap<String, String>;

impl Client {
    fn content(&self) -> ContentClient<Channel> {
        ContentClient::new(self.channel.clone()).max_decoding_message_size(MESSAGE_MAX)
    }

    /// The size of a blob; `None` where it is not there.
    pub(crate) async fn blob_size(&self, digest: &str) -> Result<Option<u64>, Failure> {
        let request = self.request(InfoRequest {
            digest: digest.to_owned(),
        });
        match self
            .prompt("look for the blob", self.content().info(request))
            .await
        {
            Ok(answer) => Ok(answer
                .info
                .map(|info| u64::try_from(info.size).unwrap_or_default())),
            Err(failure) if failure.is_absent() => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// A document: a whole blob of at most `limit` bytes; `None` where it is
    /// not there.
    pub(crate) async fn read_blob(
        &self,
        digest: &str,
        limit: usize,
    ) -> Result<Option<Vec<u8>>, Failure> {
        const ACTION: &str = "read the blob";
        let request = self.request(ReadContentRequest {
            digest: digest.to_owned(),
            offset: 0,
            size: 0,
        });
        let mut stream = match self.prompt(ACTION, self.content().read(request)).await {
            Ok(stream) => stream,
            Err(failure) if failure.is_absent() => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let mut bytes = Vec::new();
        loop {
            let next = async { stream.message().await.map(Response::new) };
            match self.prompt(ACTION, next).await {
                Ok(Some(piece)) if bytes.len() + piece.data.len() <= limit => {
                    bytes.extend_from_slice(&piece.data);
                }
                Ok(Some(_)) => {
                    let text = format!("document `{digest}` is larger than {limit} bytes");
                    return Err(Failure::ImageInvalid(text));
                }
                Ok(None) => return Ok(Some(bytes)),
                Err(failure) if failure.is_absent() => return Ok(None),
                Err(failure) => return Err(failure),
            }
        }
    }

    /// Sets labels of a blob; others stay.
    pub(crate) async fn label_blob(&self, digest: &str, labels: Labels) -> Result<(), Failure> {
        if labels.is_empty() {
            return Ok(());
        }
        let paths = labels.keys().map(|key| format!("labels.{key}")).collect();
        let request = self.request(UpdateRequest {
            info: Some(Info {
                digest: digest.to_owned(),
                labels,
                ..Info::default()
            }),
            update_mask: Some(FieldMask { paths }),
        });
        let answer = self
            .prompt("label the blob", self.content().update(request))
            .await;
        answer.map(drop)
    }

    /// Begins to write a blob under the lease. `None`: it is there already, and
    /// is under the lease now.
    pub(crate) async fn begin_blob(
        &self,
        digest: &str,
        size: u64,
        lease: &Lease,
    ) -> Result<Option<Ingest<'_>>, Failure> {
        if self.blob_size(digest).await? == Some(size) {
            self.lease_content(lease, digest).await?;
            return Ok(None);
        }
        let (sender, receiver) = mpsc::channel::<WriteContentRequest>(1);
        let messages = stream::unfold(receiver, async |mut receiver| {
            let message = receiver.recv().await?;
            Some((message, receiver))
        });
        let first = WriteContentRequest {
            action: WriteAction::Stat.into(),
            r#ref: format!("shellrt-{}-{}-{digest}", std::process::id(), time::now()),
            total: i64::try_from(size).unwrap_or(i64::MAX),
            expected: digest.to_owned(),
            ..WriteContentRequest::default()
        };
        // There is room for one: this does not wait.
        let _ = sender.send(first).await;
        let request = self.leased(Box::pin(messages), lease);
        let mut service = self.content();
        let opened = self.prompt(Ingest::ACTION, service.write(request)).await;
        let mut ingest = match opened {
            Ok(answers) => Ingest {
                client: self,
                digest: digest.to_owned(),
                size,
                offset: 0,
                sender,
                answers,
            },
            Err(failure) if failure.is_already_there() => {
                self.lease_content(lease, digest).await?;
                return Ok(None);
            }
            Err(failure) => return Err(failure),
        };
        match ingest.answer().await {
            Ok(_) => Ok(Some(ingest)),
            Err(failure) if failure.is_already_there() => {
                self.lease_content(lease, digest).await?;
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }
}

/// A blob that is being written. Dropped before [`Ingest::commit`] it is no
/// blob; what it wrote goes with its lease.
#[derive(Debug)]
pub(crate) struct Ingest<'a> {
    client: &'a Client,
    digest: String,
    size: u64,
    offset: u64,
    sender: mpsc::Sender<WriteContentRequest>,
    answers: Streaming<WriteContentResponse>,
}

impl Ingest<'_> {
    const ACTION: &'static str = "write the blob";

    /// Appends to the blob.
    pub(crate) async fn write(&mut self, data: Vec<u8>) -> Result<(), Failure> {
        let length = data.len() as u64;
        self.send(WriteContentRequest {
            action: WriteAction::Write.into(),
            offset: i64::try_from(self.offset).unwrap_or(i64::MAX),
            data,
            ..WriteContentRequest::default()
        })
        .await?;
        self.offset += length;
        Ok(())
    }

    /// Makes it a blob: containerd compares size and digest with what it has
    /// written, and discards what differs.
    pub(crate) async fn commit(mut self) -> Result<(), Failure> {
        let committed = self
            .send(WriteContentRequest {
                action: WriteAction::Commit.into(),
                offset: i64::try_from(self.offset).unwrap_or(i64::MAX),
                total: i64::try_from(self.size).unwrap_or(i64::MAX),
                expected: self.digest.clone(),
                ..WriteContentRequest::default()
            })
            .await;
        match committed {
            Err(Failure::Engine { status, .. }) if status.code() == Code::FailedPrecondition => {
                Err(Failure::Mismatch(format!(
                    "what was to be `{}` of {} bytes is something else, and was discarded: {}",
                    self.digest,
                    self.size,
                    status.message()
                )))
            }
            Err(failure) if failure.is_already_there() => Ok(()),
            other => other,
        }
    }

    async fn send(&mut self, message: WriteContentRequest) -> Result<(), Failure> {
        // Where nobody takes it, the answer says why.
        let _ = self.sender.send(message).await;
        self.answer().await
    }

    async fn answer(&mut self) -> Result<(), Failure> {
        let answers = &mut self.answers;
        let next = async {
            match answers.message().await? {
                Some(answer) => Ok(Response::new(answer)),
                None => Err(Status::unavailable("containerd ended the transfer")),
            }
        };
        self.client
            .patient(Self::ACTION, WORK, next)
            .await
            .map(drop)
    }
}
