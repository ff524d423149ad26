//! The environment that a module gets.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;

use serde_json::Value;

use crate::config::Config;
use crate::state::Spec;

/// What a module gets of the environment of the plugin that starts it. The
/// rest is the host's own business, and may hold its secrets.
const INHERITED: [&str; 5] = ["PATH", "HOME", "LANG", "TZ", "TMPDIR"];

/// The part of this process's environment that modules get.
pub(crate) fn inherited() -> impl Iterator<Item = (&'static str, OsString)> {
    INHERITED
        .into_iter()
        .filter_map(|name| Some((name, env::var_os(name)?)))
}

/// All of a module's environment: what is inherited, then the request's, then
/// the configuration's. The later one wins.
pub(crate) fn of_module(spec: &Spec, config: &Config) -> BTreeMap<OsString, OsString> {
    let mut environment: BTreeMap<OsString, OsString> = inherited()
        .map(|(name, value)| (name.into(), value))
        .collect();
    let requested = spec.request.get("env").and_then(Value::as_object);
    for (name, value) in requested.into_iter().flatten() {
        if let Some(value) = value.as_str() {
            environment.insert(name.into(), value.into());
        }
    }
    for (name, value) in &config.env {
        environment.insert(name.into(), value.into());
    }
    environment
}
