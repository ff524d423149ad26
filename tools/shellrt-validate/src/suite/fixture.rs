//! What the suite has to know about a plugin to make modules with it: the
//! configs of `create`, the image, and the commands that do what the protocol
//! cannot (freeze a module, spoil its record, cut the power).

use std::collections::BTreeMap;
use std::path::Path;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::template::{self, NoValue, Values};

/// A fixture file.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fixture {
    /// Where the schema of this file is; nothing reads it but editors.
    #[serde(rename = "$schema", default)]
    #[allow(dead_code, reason = "written for editors")]
    schema: Option<String>,
    /// Variables for the plugin, which are values of the fixture too, by their
    /// names in lower case. `${scratch}` is a directory of the run.
    #[serde(default)]
    pub(crate) environment: BTreeMap<String, String>,
    /// The names of variables that the plugin gets from the suite's own
    /// environment, besides those that every host passes on. Where they are set
    /// there they win over `environment`.
    #[serde(default)]
    pub(crate) inherit: Vec<String>,
    /// The `config_type` of the configs.
    #[serde(default)]
    pub(crate) config_type: Option<String>,
    /// The configs of `create`, by what they are for. In each, `${script}` is a
    /// shell script for `sh -c`, `${image}` the reference of the image.
    #[serde(default)]
    pub(crate) configs: Configs,
    /// Commands, each a program and its arguments, that do to a module what the
    /// protocol does not. `${module}` is its name, `${pid}` its process.
    #[serde(default)]
    pub(crate) actions: BTreeMap<String, Vec<String>>,
    /// Whether the plugin is its own engine, so that it is never without.
    #[serde(default)]
    pub(crate) own_engine: bool,
    /// Variables with which the plugin does not reach its engine.
    #[serde(default)]
    pub(crate) without_engine: BTreeMap<String, String>,
    /// Directories in which the plugin keeps what it has to remember.
    #[serde(default)]
    pub(crate) state_dirs: Vec<String>,
    /// The image that modules are made from. Absent: the plugin has no images.
    #[serde(default)]
    pub(crate) image: Option<ImageFiles>,
}

/// The configs of `create`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Configs {
    /// Runs `${script}` in a POSIX shell.
    #[serde(default)]
    pub(crate) script: Option<Map<String, Value>>,
    /// Its program is not there: `start` answers code 23.
    #[serde(default)]
    pub(crate) missing_program: Option<Map<String, Value>>,
    /// It is to be given something of the machine that is not there: `start`
    /// answers code 24.
    #[serde(default)]
    pub(crate) missing_resource: Option<Map<String, Value>>,
    /// A member has the wrong form: `create` answers code 2. Beside it, the
    /// pointer of that member.
    #[serde(default)]
    pub(crate) malformed: Option<Singled>,
    /// A part of it is accepted and not carried out. Beside it, the pointer of
    /// that part.
    #[serde(default)]
    pub(crate) ignored_part: Option<Singled>,
    /// Sets the variable `SHELLRT_VALIDATE` to `config`, and runs `${script}`.
    #[serde(default)]
    pub(crate) variable: Option<Map<String, Value>>,
    /// Has a stop timeout of 1 second of its own, and runs `${script}`.
    #[serde(default)]
    pub(crate) stop_timeout_1: Option<Map<String, Value>>,
}

/// A config of which one member is what it is for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Singled {
    /// The config.
    pub(crate) config: Map<String, Value>,
    /// The pointer of the member, from the request's root.
    pub(crate) pointer: String,
}

/// What an image is made of.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImageFiles {
    /// Programs of this machine that are put into it: path there, path here.
    #[serde(default)]
    pub(crate) files: BTreeMap<String, String>,
    /// Symbolic links: path there, target.
    #[serde(default)]
    pub(crate) links: BTreeMap<String, String>,
}

/// Why a fixture cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FixtureError {
    #[error(
        "cannot read the fixture `{path}`: {source}\nhint: shipped are `process` and `containerd`; any other is a file, such as a copy of one of conformance/fixtures"
    )]
    Read {
        path: String,
        source: std::io::Error,
    },
    #[error(
        "the fixture `{path}` is wrong: {source}\nhint: its schema is conformance/fixture.schema.json"
    )]
    Form {
        path: String,
        source: serde_json::Error,
    },
}

impl Fixture {
    /// Reads a fixture file, or one of those that the suite ships.
    pub(crate) fn load(path: &Path) -> Result<Fixture, FixtureError> {
        let shown = || path.display().to_string();
        let text = match shipped(path) {
            Some(text) => text.to_owned(),
            None => std::fs::read_to_string(path).map_err(|source| FixtureError::Read {
                path: shown(),
                source,
            })?,
        };
        serde_json::from_str(&text).map_err(|source| FixtureError::Form {
            path: shown(),
            source,
        })
    }

    /// Whether it has a member that a case needs, such as `actions/pause`.
    pub(crate) fn offers(&self, member: &str) -> bool {
        match member {
            "image" => self.image.is_some(),
            "state_dirs" => !self.state_dirs.is_empty(),
            "without_engine" => !self.without_engine.is_empty(),
            _ => match member.split_once('/') {
                Some(("configs", name)) => self.named(name).is_some(),
                Some(("actions", name)) => self.actions.contains_key(name),
                _ => false,
            },
        }
    }

    fn named(&self, name: &str) -> Option<&Map<String, Value>> {
        let configs = &self.configs;
        match name {
            "script" => configs.script.as_ref(),
            "missing_program" => configs.missing_program.as_ref(),
            "missing_resource" => configs.missing_resource.as_ref(),
            "variable" => configs.variable.as_ref(),
            "stop_timeout_1" => configs.stop_timeout_1.as_ref(),
            "malformed" => configs.malformed.as_ref().map(|singled| &singled.config),
            "ignored_part" => configs.ignored_part.as_ref().map(|singled| &singled.config),
            _ => None,
        }
    }

    /// A config by its name, for a module that runs `script`.
    pub(crate) fn config(
        &self,
        name: &str,
        script: &str,
        values: &Values,
    ) -> Result<Map<String, Value>, NoValue> {
        let config = self
            .named(name)
            .ok_or_else(|| NoValue(format!("fixture/configs/{name}")))?;
        let mut values = values.clone();
        values.insert("script".into(), Value::String(script.into()));
        template::object(config, &values)
    }
}

/// The fixtures of the two runtimes of this project, by their bare names.
fn shipped(path: &Path) -> Option<&'static str> {
    match path.to_str()? {
        "process" => Some(include_str!(
            "../../../../conformance/fixtures/process.json"
        )),
        "containerd" => Some(include_str!(
            "../../../../conformance/fixtures/containerd.json"
        )),
        _ => None,
    }
}
