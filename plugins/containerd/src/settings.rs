//! Where containerd is and where this plugin keeps its files: by the command
//! line, else by the environment, else by a configuration file, else by
//! default.

use std::io;
use std::path::{Path, PathBuf};

use clap::Parser;
use serde::Deserialize;
use thiserror::Error as ThisError;

use crate::module::Launch;

const CONFIG: &str = "/etc/shellrt/containerd.toml";
const ADDRESS: &str = "/run/containerd/containerd.sock";
const NAMESPACE: &str = "shellrt";
const STATE_DIR: &str = "/var/lib/shellrt";
const REGISTRIES: &str = "/etc/containerd/certs.d";
const SNAPSHOTTER: &str = "overlayfs";

/// Answers one request of the shellrt protocol: a JSON object on standard
/// input, one on standard output. Modules are containers of containerd.
///
/// Each setting is looked for on the command line, then in the environment,
/// then in the configuration file.
///
/// Example: echo '{"_version":"0.2.0","_type":"list"}' | shellrt-containerd
#[derive(Debug, Parser)]
#[command(name = "shellrt-containerd", version)]
pub(crate) struct Arguments {
    /// containerd's socket [default: /run/containerd/containerd.sock]
    #[arg(long, env = "SHELLRT_CONTAINERD_ADDRESS", value_name = "SOCKET")]
    address: Option<PathBuf>,
    /// containerd's namespace for all that this plugin makes [default: shellrt]
    #[arg(long, env = "SHELLRT_CONTAINERD_NAMESPACE", value_name = "NAME")]
    namespace: Option<String>,
    /// Where output of modules and locks are kept [default: /var/lib/shellrt]
    #[arg(long, env = "SHELLRT_CONTAINERD_STATE_DIR", value_name = "DIR")]
    state_dir: Option<PathBuf>,
    /// A TOML file with `address`, `namespace`, `state_dir`, `snapshotter` and
    /// `registries_dir` [default: /etc/shellrt/containerd.toml, if it is there]
    #[arg(long, env = "SHELLRT_CONTAINERD_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

/// What the configuration file may hold.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    address: Option<PathBuf>,
    namespace: Option<String>,
    state_dir: Option<PathBuf>,
    snapshotter: Option<String>,
    registries_dir: Option<PathBuf>,
}

/// The settings of this process.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) address: PathBuf,
    pub(crate) namespace: String,
    pub(crate) state_dir: PathBuf,
    pub(crate) snapshotter: String,
    /// containerd's own directory of registry hosts (`hosts.toml`).
    pub(crate) registries_dir: PathBuf,
}

/// Why there are no settings.
#[derive(Debug, ThisError)]
pub(crate) enum SettingsError {
    #[error("cannot read the configuration file `{}`: {source}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("the configuration file `{}` is wrong: {source}", path.display())]
    Malformed {
        path: PathBuf,
        source: Box<toml::de::Error>,
    },
    #[error(
        "`{0}` is no namespace of containerd: use letters and digits, joined by `.`, `_` or `-`, at most 76"
    )]
    Namespace(String),
}

impl Arguments {
    /// The settings that hold.
    pub(crate) fn settle(self) -> Result<Settings, SettingsError> {
        let file = read_file(self.config.as_deref())?;
        let namespace = given(self.namespace)
            .or(given(file.namespace))
            .unwrap_or_else(|| NAMESPACE.to_owned());
        if !crate::module::is_identifier(&namespace) {
            return Err(SettingsError::Namespace(namespace));
        }
        Ok(Settings {
            address: place(self.address, file.address, ADDRESS),
            namespace,
            state_dir: place(self.state_dir, file.state_dir, STATE_DIR),
            snapshotter: given(file.snapshotter).unwrap_or_else(|| SNAPSHOTTER.to_owned()),
            registries_dir: place(None, file.registries_dir, REGISTRIES),
        })
    }
}

impl Settings {
    /// The settings with which a run was started.
    pub(crate) fn of_launch(launch: &Launch) -> Self {
        Self {
            address: launch.address.clone(),
            namespace: launch.namespace.clone(),
            state_dir: launch.state_dir.clone(),
            snapshotter: SNAPSHOTTER.to_owned(),
            registries_dir: PathBuf::from(REGISTRIES),
        }
    }

    /// Where everything of this plugin's namespace is kept.
    pub(crate) fn root(&self) -> PathBuf {
        self.state_dir.join(&self.namespace)
    }
}

/// The default file may be absent; one that was named may not.
fn read_file(named: Option<&Path>) -> Result<File, SettingsError> {
    let path = named.unwrap_or(Path::new(CONFIG));
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => {
            return Ok(File::default());
        }
        Err(source) => {
            let path = path.to_owned();
            return Err(SettingsError::Unreadable { path, source });
        }
    };
    toml::from_str(&text).map_err(|source| SettingsError::Malformed {
        path: path.to_owned(),
        source: Box::new(source),
    })
}

/// An empty variable is one that is not set.
fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// A place as an absolute path: containerd, its shims and the loggers live in
/// other directories.
fn place(argument: Option<PathBuf>, file: Option<PathBuf>, default: &str) -> PathBuf {
    let chosen = [argument, file]
        .into_iter()
        .flatten()
        .find(|path| !path.as_os_str().is_empty())
        .unwrap_or_else(|| PathBuf::from(default));
    std::path::absolute(&chosen).unwrap_or(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settle(arguments: &[&str]) -> Result<Settings, SettingsError> {
        let program = ["shellrt-containerd"];
        let all = program.iter().chain(arguments);
        Arguments::try_parse_from(all)
            .expect("the command line is sound")
            .settle()
    }

    #[test]
    fn the_command_line_wins_over_the_file_and_the_file_over_the_default() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let path = directory.path().join("containerd.toml");
        std::fs::write(
            &path,
            "namespace = \"edge\"\nstate_dir = \"/data/shellrt\"\n",
        )
        .expect("the file is writable");
        let config = path.to_str().expect("the path is text");
        let settings =
            settle(&["--config", config, "--namespace", "mine"]).expect("the settings are sound");
        assert_eq!(settings.namespace, "mine");
        assert_eq!(settings.root(), Path::new("/data/shellrt/mine"));
        assert_eq!(settings.address, Path::new(ADDRESS));
    }

    #[test]
    fn a_file_that_is_wrong_or_missing_is_named() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let path = directory.path().join("containerd.toml");
        let config = path.to_str().expect("the path is text");
        let missing = settle(&["--config", config]).expect_err("there is no file");
        assert!(missing.to_string().contains(config), "{missing}");
        std::fs::write(&path, "adress = \"/x\"\n").expect("the file is writable");
        let wrong = settle(&["--config", config]).expect_err("the key is unknown");
        assert!(wrong.to_string().contains("adress"), "{wrong}");
    }

    #[test]
    fn a_namespace_that_containerd_would_refuse_is_refused() {
        for name in ["a b", "a-", "a/b", "../etc"] {
            assert!(settle(&["--namespace", name]).is_err(), "{name}");
        }
    }
}
