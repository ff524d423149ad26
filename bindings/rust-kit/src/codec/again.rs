//! What a host sends after an answer, where that follows from the answer alone.

use serde_json::Value;
use shellrt_api::{
    Error, ErrorCode, IncompatibleVersionDetail, Payload, ProtocolVersion, RequestMessage,
};

/// The request as it is to be sent again to a plugin that does not serve its
/// version [V-7]: in the highest of the versions that the plugin serves and these
/// crates know. `None`: the error is another one, or there is no such version.
#[must_use]
pub fn in_other_version(message: &RequestMessage, error: &Error) -> Option<RequestMessage> {
    if error.known_code() != Some(ErrorCode::IncompatibleVersion) {
        return None;
    }
    let detail = Value::Object(error.detail.clone()?);
    let served = IncompatibleVersionDetail::from_value(detail)
        .ok()?
        .supported;
    let is_new = |version: &ProtocolVersion| {
        version.is_supported() && !version.matches(&message.head.version)
    };
    let version = served
        .into_iter()
        .filter(is_new)
        .max_by_key(ProtocolVersion::numbers)?;
    let mut again = message.clone();
    again.head.version = version;
    Some(again)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shellrt_api::ListRequest;

    fn again(served: &[&str]) -> Option<String> {
        let message = RequestMessage::new(ListRequest::new());
        let detail = serde_json::json!({"requested": "0.2.0", "supported": served});
        let error = Error::new(ErrorCode::IncompatibleVersion, "not served");
        let error = error.with_detail(detail.as_object().expect("an object").clone());
        in_other_version(&message, &error).map(|message| message.head.version.to_string())
    }

    #[test]
    fn the_highest_version_that_both_know_is_taken() {
        assert_eq!(again(&["0.1.0"]).as_deref(), Some("0.1.0"));
        assert_eq!(again(&["9.9.0", "0.1.0"]).as_deref(), Some("0.1.0"));
        assert_eq!(again(&["0.1.7", "0.1.0"]).as_deref(), Some("0.1.7"));
    }

    #[test]
    fn without_one_nothing_is_sent_again() {
        assert_eq!(again(&["9.9.0"]), None);
        // A plugin that claims to serve what it has just refused.
        assert_eq!(again(&["0.2.0"]), None);
        assert_eq!(again(&[]), None);
        let message = RequestMessage::new(ListRequest::new());
        assert!(in_other_version(&message, &Error::new(ErrorCode::Busy, "later")).is_none());
    }
}
