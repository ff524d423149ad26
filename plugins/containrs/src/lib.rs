//! A registry client: references as Docker reads them, platforms,
//! authentication, manifests and streams of blobs. It knows nothing of where
//! an image goes.

mod credentials;
mod document;
mod error;
mod hosts;
mod platform;
mod reference;
mod registry;

pub use credentials::Credentials;
pub use document::{Document, check_layers, read_document};
pub use error::Error;
pub use hosts::Hosts;
pub use oci_spec::image::Descriptor;
pub use platform::{Platform, PlatformError, choose_platform, is_attestation};
pub use reference::{Reference, ReferenceError};
pub use registry::{BlobStream, Registry};
