//! `img_list`: lists the images, by what they are and not by name: one that was
//! pulled under two names is one item. Asks for images, content and
//! containers; writes nothing.

use std::collections::BTreeMap;

use shellrt_api::{Digest, ImageDetails, ImageId, ImageReference, ImgListResponse, ModuleName};

use super::{Tools, unexpected};
use crate::failure::Failure;
use crate::image;

/// The images in the order of their ids.
pub(super) fn img_list(tools: &Tools<'_>) -> Result<ImgListResponse, Failure> {
    let engine = tools.engine()?;
    let (records, users) = engine.run(async |client| {
        Ok((
            image::all(client).await?,
            image::modules_by_image(client).await?,
        ))
    })?;
    let mut images: BTreeMap<String, ImageDetails> = BTreeMap::new();
    for (record, id) in records {
        // A record without its content is half of a pull by another tool.
        let Some(id) = id else {
            continue;
        };
        let details = match images.entry(id.clone()) {
            std::collections::btree_map::Entry::Occupied(found) => found.into_mut(),
            std::collections::btree_map::Entry::Vacant(place) => {
                let mut details = ImageDetails::new(ImageId::new(id.as_str()).map_err(unexpected)?);
                details.digest = Digest::new(record.target.digest.as_str()).ok();
                let modules = users.get(&id).into_iter().flat_map(BTreeMap::keys);
                details.in_use_by = modules
                    .filter_map(|name| ModuleName::new(name.as_str()).ok())
                    .collect();
                place.insert(details)
            }
        };
        let literal = image::literals(&record.name, &record.labels).into_iter();
        details
            .references
            .extend(literal.filter_map(|text| ImageReference::new(text).ok()));
        if !image::is_id(&record.name) {
            let canonical = ImageReference::new(record.name).ok();
            details.canonical_references.extend(canonical);
        }
    }
    Ok(ImgListResponse::new(images.into_values().collect()))
}
