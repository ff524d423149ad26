//! The wire of 2020 (0.1.x): the same requests, and two replies in shapes of
//! their own. This is all that is left of it.

use crate::{
    ProtocolVersion, Response, StatusResponse, StatusResponse01, Timestamp, VersionResponse,
    VersionResponse01,
};

impl Response {
    /// The response as a host of that version reads it.
    #[must_use]
    pub fn for_version(self, version: &ProtocolVersion) -> Response {
        match self {
            Response::Status(status) if version.is_0_1() => Response::Status01(status.into()),
            Response::Version(info) if version.is_0_1() => Response::Version01(info.into()),
            response => response,
        }
    }
}

impl From<VersionResponse> for VersionResponse01 {
    fn from(version: VersionResponse) -> Self {
        VersionResponse01::new(format!("{} {}", version.name, version.version))
    }
}

impl From<StatusResponse> for StatusResponse01 {
    fn from(status: StatusResponse) -> Self {
        // 0.1 knows no absent image id.
        let image_id = status.image_id.map_or_else(String::new, String::from);
        let mut old = StatusResponse01::new(status.status, image_id);
        old.status_description = status.description;
        old.exit_code = status.exit_code;
        old.pid = status.pid;
        old.started_at = status.started_at.as_ref().and_then(nanos);
        old.finished_at = status.finished_at.as_ref().and_then(nanos);
        old
    }
}

/// `None` before 1970 and after 2262, which 0.1 cannot write.
fn nanos(time: &Timestamp) -> Option<u64> {
    u64::try_from(time.unix_nanos())
        .ok()
        .filter(|nanos| i64::try_from(*nanos).is_ok())
}
