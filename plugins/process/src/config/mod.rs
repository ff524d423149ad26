//! What `create` takes as `config` with the config type `process`.

mod check;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use shellrt_api::{Fault, Warning};

use crate::failure::Failure;
use crate::state::Spec;

/// The name of the config type.
pub(crate) const CONFIG_TYPE: &str = "process";

/// Runs a program of the plugin's machine, with the rights of the plugin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Config {
    /// The program and its arguments. A program without a `/` is looked for
    /// in the module's `PATH`.
    #[schemars(length(min = 1))]
    pub(crate) command: Vec<String>,
    /// The directory in which the program starts. It must be there when the
    /// module is started.
    #[schemars(default = "root", regex(pattern = "^/"))]
    pub(crate) working_dir: String,
    /// Environment variables. They win over those of the request, which win
    /// over `PATH`, `HOME`, `LANG`, `TZ` and `TMPDIR` of the plugin.
    #[schemars(default)]
    pub(crate) env: BTreeMap<String, String>,
    /// The signal that asks the module to end: `SIGTERM`, `TERM` or `15`. It
    /// goes to the module's whole process group.
    #[schemars(default = "sigterm")]
    pub(crate) stop_signal: String,
    /// How long the module may take to end by itself, in seconds.
    #[schemars(default = "stop_timeout", range(max = 86_400))]
    pub(crate) stop_timeout_seconds: u64,
    /// The size of one log file, in bytes.
    #[schemars(
        default = "log_max_bytes",
        range(min = 4096, max = 9_007_199_254_740_991_u64)
    )]
    pub(crate) log_max_bytes: u64,
    /// How many log files are kept.
    #[schemars(default = "log_max_files", range(min = 1, max = 1000))]
    pub(crate) log_max_files: u64,
}

fn root() -> String {
    "/".to_owned()
}

fn sigterm() -> String {
    "SIGTERM".to_owned()
}

fn stop_timeout() -> u64 {
    10
}

fn log_max_bytes() -> u64 {
    10_000_000
}

fn log_max_files() -> u64 {
    3
}

impl Config {
    /// Reads a configuration, with a warning for each member that it does not
    /// know.
    ///
    /// # Errors
    /// Everything that is wrong, with pointers from the request's root.
    pub(crate) fn read(config: &Map<String, Value>) -> Result<(Self, Vec<Warning>), Vec<Fault>> {
        check::read(config)
    }

    /// The configuration of a module that was created.
    pub(crate) fn of_spec(spec: &Spec) -> Result<Self, Failure> {
        let config = spec.request.get("config").and_then(Value::as_object);
        // It was good when the module was created; another version of the
        // plugin may see it differently.
        let (config, _) = Self::read(config.unwrap_or(&Map::new())).map_err(Failure::Invalid)?;
        Ok(config)
    }

    /// Its JSON Schema.
    pub(crate) fn schema() -> Map<String, Value> {
        match schemars::schema_for!(Self).to_value() {
            Value::Object(schema) => schema,
            _ => Map::new(),
        }
    }
}
