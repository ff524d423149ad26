//! `version`: says which plugin this is. It reads nothing, so it always answers.

use shellrt_api::{Identifier, ProtocolVersion, VersionResponse};

use super::{NAME, VERSION, malformed};
use crate::failure::Failure;

/// The plugin and the wire versions that it serves.
pub(super) fn version() -> Result<VersionResponse, Failure> {
    Ok(VersionResponse::new(
        Identifier::new(NAME).map_err(malformed)?,
        VERSION,
        ProtocolVersion::supported(),
    ))
}
