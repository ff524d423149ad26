//! The table of the protocol's own errors.

use super::{head, row};
use crate::model::Model;

/// The page `docs/errors.md`.
pub(super) fn page(model: &Model) -> String {
    let mut text = String::from(
        "# Errors\n\nThe protocol's own codes, 0 to 99, from [`errors.json`](../schema/v0/errors.json). Codes from 100 \
         on are a plugin's. A host decides by the code, by the [class](reference/error.md#errorclass) where it does \
         not know the code, and never by a text. *retry* says whether the same request may succeed when it is sent \
         again; it holds exactly where the HTTP status, which edgelet answers with, is 500 or more.\n\n",
    );
    text += &head([
        "code",
        "name",
        "class",
        "retry",
        "HTTP",
        "meaning",
        "what the caller does",
    ]);
    for error in &model.errors {
        text += &row([
            &error.code.to_string(),
            &format!("`{}`", error.name),
            &format!("`{}`", error.class),
            if error.retryable { "yes" } else { "no" },
            &error.http_status.to_string(),
            &error.meaning,
            &error.recovery,
        ]);
    }
    text + "\nThe members of an error are in [error](reference/error.md).\n"
}
