//! `version`: says which plugin this is. It reads nothing, so it always answers.

use shellrt_api::{ProtocolVersion, VersionResponse};

use super::{NAME, VERSION};
use crate::failure::Failure;

/// The plugin and the wire versions that it serves.
pub(super) fn version() -> Result<VersionResponse, Failure> {
    Ok(VersionResponse::new(
        super::describe::identifier(NAME)?,
        VERSION,
        ProtocolVersion::supported(),
    ))
}
