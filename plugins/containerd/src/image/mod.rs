//! Images: records and content of containerd, read and written so that the
//! garbage collector keeps exactly what an image needs.

mod archive;
mod fetch;
mod load;
mod local;
mod references;
mod unpack;

pub(crate) use archive::{Files as ArchiveFiles, Packed, digest_of, find as find_packed};
pub(crate) use fetch::{Fetched, Progress, Pull, Tell};
pub(crate) use load::{name_all, names_of, store};
pub(crate) use local::{LocalImage, all, find, find_all_of, is_id, modules_by_image, parse};
pub(crate) use references::{literal_label, literals};
pub(crate) use unpack::unpack;

/// The largest manifest, index or config that is read.
pub(crate) const DOCUMENT_MAX: usize = 4 * 1024 * 1024;
/// The label of a record that holds the id of the image that it names on this
/// machine's platform, so that lists need not read content.
pub(crate) const IMAGE_ID: &str = "shellrt.image-id";
/// The label of a record that holds the platform that was chosen.
pub(crate) const PLATFORM: &str = "shellrt.platform";

/// What the lease of a pull is for, by the image's canonical reference.
pub(crate) fn pull_of(name: &str) -> String {
    format!("img_pull {name}")
}
