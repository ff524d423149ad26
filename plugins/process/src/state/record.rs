//! The two records of a module. Each says its format, so that a later version
//! reads what an earlier one wrote, and an earlier one says that it cannot.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::failure::Failure;
use shellrt_common::process::Identity;
use shellrt_common::time::{UnixNanos, now};

const FORMAT: u32 = 1;

/// What a module is to be: the request that made it, as it was given.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Spec {
    format: u32,
    pub(crate) created_at: UnixNanos,
    /// The members of the `create` request, normalised.
    pub(crate) request: Value,
}

impl Spec {
    /// A module that is made now.
    pub(crate) fn new(request: Value) -> Self {
        Self {
            format: FORMAT,
            created_at: now(),
            request,
        }
    }
}

/// What became of a module since it was created.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct History {
    format: u32,
    /// The last start that put the module's program into a process.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) last: Option<Run>,
    /// Why the start after that one failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) failed_start: Option<String>,
}

impl History {
    /// A module that runs, or has run, and was not asked to start again.
    pub(crate) fn of(last: Option<Run>) -> Self {
        Self {
            format: FORMAT,
            last,
            failed_start: None,
        }
    }

    /// The same with a start that failed: nothing else about it changes.
    pub(crate) fn with_failed_start(self, why: String) -> Self {
        Self {
            failed_start: Some(why),
            ..self
        }
    }
}

/// One run of a module's program.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Run {
    /// Counts the starts, from 1.
    pub(crate) number: u64,
    /// The start of the machine that the two identities belong to.
    pub(crate) boot_id: String,
    pub(crate) supervisor: Identity,
    pub(crate) module: Identity,
    pub(crate) started_at: UnixNanos,
    /// How it ended. Absent: it runs, or nobody saw it end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) exit: Option<Exit>,
}

impl Run {
    /// A start that happens now.
    pub(crate) fn new(
        number: u64,
        boot_id: String,
        supervisor: Identity,
        module: Identity,
    ) -> Self {
        Self {
            number,
            boot_id,
            supervisor,
            module,
            started_at: now(),
            exit: None,
        }
    }
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Exit {
    pub(crate) finished_at: UnixNanos,
    /// The exit status, or 128 plus the number of the signal.
    pub(crate) code: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<ExitReason>,
    /// For people.
    pub(crate) description: String,
}

/// What was unusual about an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ExitReason {
    Killed,
    HostRestarted,
    SupervisorLost,
}

/// A record whose format a reader can check.
pub(crate) trait Record {
    fn format(&self) -> u32;

    /// Refuses a record that a later version wrote.
    fn check_format(self, path: &Path) -> Result<Self, Failure>
    where
        Self: Sized,
    {
        if self.format() == FORMAT {
            return Ok(self);
        }
        let why = format!(
            "it has format {}, and this version of the plugin reads format {FORMAT}",
            self.format()
        );
        Err(Failure::Damaged {
            path: path.to_owned(),
            why,
        })
    }
}

impl Record for Spec {
    fn format(&self) -> u32 {
        self.format
    }
}

impl Record for History {
    fn format(&self) -> u32 {
        self.format
    }
}
