//! Records of images: names for pieces of content.

use std::collections::HashMap;

use containerd_client::services::v1::images_client::ImagesClient;
use containerd_client::services::v1::{
    CreateImageRequest, DeleteImageRequest, GetImageRequest, Image as Message, ListImagesRequest,
    UpdateImageRequest,
};
use containerd_client::tonic::transport::Channel;
use containerd_client::types::Descriptor;
use prost_types::FieldMask;

use super::{Client, Lease, MESSAGE_MAX, WORK};
use crate::failure::Failure;

/// An image's record. Its labels are this plugin's own: what an image says of
/// itself never becomes one (a reserved label is an order to containerd).
#[derive(Clone, Debug)]
pub(crate) struct Image {
    pub(crate) name: String,
    pub(crate) labels: HashMap<String, String>,
    /// The manifest or index that it names.
    pub(crate) target: Descriptor,
}

impl Image {
    fn of(message: Message) -> Self {
        Self {
            name: message.name,
            labels: message.labels,
            target: message.target.unwrap_or_default(),
        }
    }

    fn into_message(self) -> Message {
        Message {
            name: self.name,
            labels: self.labels,
            target: Some(self.target),
            ..Message::default()
        }
    }
}

impl Client {
    fn images(&self) -> ImagesClient<Channel> {
        ImagesClient::new(self.channel.clone()).max_decoding_message_size(MESSAGE_MAX)
    }

    /// The record `name`; `None` where there is none.
    pub(crate) async fn image(&self, name: &str) -> Result<Option<Image>, Failure> {
        let request = self.request(GetImageRequest {
            name: name.to_owned(),
        });
        match self
            .prompt("read the image", self.images().get(request))
            .await
        {
            Ok(answer) => Ok(answer.image.map(Image::of)),
            Err(failure) if failure.is_absent() => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// All records of the namespace, by name.
    pub(crate) async fn all_images(&self) -> Result<Vec<Image>, Failure> {
        let request = self.request(ListImagesRequest {
            filters: Vec::new(),
        });
        let answer = self
            .prompt("list the images", self.images().list(request))
            .await?;
        let mut images: Vec<Image> = answer.images.into_iter().map(Image::of).collect();
        images.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        Ok(images)
    }

    /// Makes the record, or makes an old one of its name say the same.
    pub(crate) async fn put_image(&self, image: Image, lease: &Lease) -> Result<(), Failure> {
        let message = image.into_message();
        let request = CreateImageRequest {
            image: Some(message.clone()),
            source_date_epoch: None,
        };
        let request = self.leased(request, lease);
        match self
            .prompt("make the image", self.images().create(request))
            .await
        {
            Err(failure) if failure.is_already_there() => {
                let mask = ["target", "labels"].map(str::to_owned).to_vec();
                let request = UpdateImageRequest {
                    image: Some(message),
                    update_mask: Some(FieldMask { paths: mask }),
                    source_date_epoch: None,
                };
                let request = self.leased(request, lease);
                let answer = self
                    .prompt("update the image", self.images().update(request))
                    .await;
                answer.map(drop)
            }
            other => other.map(drop),
        }
    }

    /// Deletes a record; what nothing else names is collected afterwards, at
    /// once where `now` is set.
    pub(crate) async fn delete_image(&self, name: &str, now: bool) -> Result<(), Failure> {
        let request = self.request(DeleteImageRequest {
            name: name.to_owned(),
            sync: now,
            target: None,
        });
        match self
            .patient("delete the image", WORK, self.images().delete(request))
            .await
        {
            Err(failure) if !failure.is_absent() => Err(failure),
            _ => Ok(()),
        }
    }
}
