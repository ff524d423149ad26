//! A module in its container's record: what made it, and what became of it.
//!
//! Both documents are extensions of the record: a label of containerd is too
//! short for what hosts put into theirs, and a record is written whole or not
//! at all. Each has a format number; a document of a newer one is refused.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use shellrt_api::ModuleName;
use shellrt_common::time::UnixNanos;

use crate::engine::{Client, Container, Extensions};
use crate::failure::Failure;
use crate::spec::ImageDefaults;

/// The label of a container that is a module.
pub(crate) const NAME_LABEL: &str = "shellrt.module";
/// The extension with the [`Spec`], which never changes.
pub(crate) const SPEC_KEY: &str = "shellrt.spec";
/// The extension with the [`History`].
const HISTORY_KEY: &str = "shellrt.history";
/// The newest format that this version writes and reads.
const FORMAT: u32 = 1;

/// What made a module.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Spec {
    pub(crate) format: u32,
    /// The request in canonical form, without its head.
    pub(crate) request: Map<String, Value>,
    pub(crate) image: ImageOfModule,
    pub(crate) created_at: UnixNanos,
}

/// What of its image a module needs; the image itself may go.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ImageOfModule {
    /// The reference as the request has it.
    pub(crate) reference: String,
    pub(crate) id: String,
    pub(crate) defaults: ImageDefaults,
}

impl Spec {
    pub(crate) fn new(
        request: Map<String, Value>,
        image: ImageOfModule,
        created_at: UnixNanos,
    ) -> Self {
        Self {
            format: FORMAT,
            request,
            image,
            created_at,
        }
    }

    /// The document as the record keeps it.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, Failure> {
        to_bytes(self)
    }
}

/// What became of a module.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct History {
    pub(crate) format: u32,
    /// The last run that began.
    #[serde(default)]
    pub(crate) last: Option<Run>,
    /// A start that has begun and is not known to have come to its end: what
    /// tells a power cut from a module that was never started.
    #[serde(default)]
    pub(crate) starting: Option<Starting>,
    /// Why the last start failed.
    #[serde(default)]
    pub(crate) failed_start: Option<String>,
}

/// A start.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Starting {
    pub(crate) boot_id: String,
    pub(crate) begun_at: UnixNanos,
}

/// A run: from a start to an exit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Run {
    pub(crate) boot_id: String,
    pub(crate) started_at: UnixNanos,
    /// How it ended. Absent: it runs, or nobody saw it end.
    #[serde(default)]
    pub(crate) exit: Option<Exit>,
    /// Whether a `stop` has said that it ended it.
    #[serde(default)]
    pub(crate) stop_told: bool,
}

/// How a run ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Exit {
    pub(crate) code: i64,
    pub(crate) finished_at: UnixNanos,
    #[serde(default)]
    pub(crate) oom_killed: bool,
}

/// Reads the documents of a record.
///
/// # Errors
/// The text says what cannot be read; the module is `dead` then.
pub(crate) fn read(container: &Container) -> Result<(Spec, History), String> {
    let spec = document(&container.extensions, SPEC_KEY)?
        .ok_or_else(|| format!("its record has no `{SPEC_KEY}`"))?;
    let history = document(&container.extensions, HISTORY_KEY)?.unwrap_or_default();
    Ok((spec, history))
}

/// Name and spec of a container that is a sound module.
pub(crate) fn name_and_spec(container: &Container) -> Option<(ModuleName, Spec)> {
    let name = ModuleName::new(container.labels.get(NAME_LABEL)?.as_str()).ok()?;
    let spec = document(&container.extensions, SPEC_KEY).ok()??;
    Some((name, spec))
}

/// Writes the history, and with it the container's spec where one is given.
pub(crate) async fn write_history(
    client: &Client,
    id: &str,
    history: &History,
    spec: Option<Vec<u8>>,
) -> Result<(), Failure> {
    let history = History {
        format: FORMAT,
        ..history.clone()
    };
    let extensions = Extensions::from([(HISTORY_KEY.to_owned(), to_bytes(&history)?)]);
    client.update_container(id, spec, extensions).await
}

fn to_bytes(document: &impl Serialize) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(document)
        .map_err(|error| Failure::Internal(format!("a document cannot be written: {error}")))
}

fn document<T: DeserializeOwned>(extensions: &Extensions, key: &str) -> Result<Option<T>, String> {
    #[derive(Deserialize)]
    struct Format {
        format: u32,
    }
    let Some(bytes) = extensions.get(key) else {
        return Ok(None);
    };
    let unreadable = |error| format!("`{key}` of its record cannot be read: {error}");
    let Format { format } = serde_json::from_slice(bytes).map_err(unreadable)?;
    if format > FORMAT {
        return Err(format!(
            "`{key}` of its record has format {format}, made by a newer version of this plugin"
        ));
    }
    serde_json::from_slice(bytes).map(Some).map_err(unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_of_a_newer_format_is_refused_by_its_number() {
        let bytes = br#"{"format":2,"what":"ever"}"#.to_vec();
        let extensions = Extensions::from([(HISTORY_KEY.to_owned(), bytes)]);
        let error = document::<History>(&extensions, HISTORY_KEY).expect_err("it is newer");
        assert!(error.contains("format 2"), "{error}");
    }

    #[test]
    fn a_history_with_members_of_later_versions_of_the_format_is_read() {
        let bytes = br#"{"format":1,"later":true}"#.to_vec();
        let extensions = Extensions::from([(HISTORY_KEY.to_owned(), bytes)]);
        let history = document::<History>(&extensions, HISTORY_KEY).expect("it is sound");
        assert!(history.expect("it is there").last.is_none());
    }
}
