//! The files of a module: its output, what is bound over its `/etc`, and what
//! its logger has to know. All but the output can be made again from the
//! container's record.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::config::{Config, Network};
use crate::failure::Failure;
use crate::settings::Settings;

/// The newest format of [`Launch`]. A logger of an older version may read a
/// newer file, and the other way round: a module runs through an upgrade.
const FORMAT: u32 = 1;
const LAUNCH: &str = "launch.json";
/// What a module that shares no network with the machine is told of names.
const HOSTS: &str = "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n";
/// A resolver on a loopback address is this machine's own, which a module with
/// a network of its own cannot reach; systemd's real list is beside it.
const RESOLVED: &str = "/run/systemd/resolve/resolv.conf";

/// The directory of one module.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    path: PathBuf,
}

/// What the logger of a run has to know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Launch {
    pub(crate) format: u32,
    pub(crate) name: String,
    pub(crate) address: PathBuf,
    pub(crate) namespace: String,
    pub(crate) state_dir: PathBuf,
    pub(crate) segment_max_bytes: u64,
    pub(crate) segments_max: u64,
}

impl Launch {
    pub(crate) fn new(settings: &Settings, name: &str, config: &Config) -> Self {
        Self {
            format: FORMAT,
            name: name.to_owned(),
            address: settings.address.clone(),
            namespace: settings.namespace.clone(),
            state_dir: settings.state_dir.clone(),
            segment_max_bytes: config.log_max_bytes,
            segments_max: config.log_max_files,
        }
    }

    /// Reads the file in a module's directory.
    pub(crate) fn read(directory: &Path) -> io::Result<Self> {
        let bytes = fs::read(directory.join(LAUNCH))?;
        serde_json::from_slice(&bytes).map_err(io::Error::from)
    }
}

impl Files {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Where the module's output is.
    pub(crate) fn log(&self) -> PathBuf {
        self.path.join("log")
    }

    /// The files that are bound over those of the image's `/etc`.
    pub(crate) fn etc(&self) -> PathBuf {
        self.path.join("etc")
    }

    /// What the shim starts as the logger of a run.
    pub(crate) fn log_uri(&self) -> Result<String, Failure> {
        let program = std::env::current_exe()
            .map_err(|error| Failure::io("find", Path::new("/proc/self/exe"), error))?;
        Ok(format!(
            "binary://{}?{}={}",
            escaped(program.as_os_str().to_owned()),
            crate::logger::ROLE,
            escaped(self.path.as_os_str().to_owned())
        ))
    }

    /// Makes everything that a start needs.
    pub(crate) fn prepare(
        &self,
        launch: &Launch,
        config: &Config,
        hostname: &str,
    ) -> Result<(), Failure> {
        for directory in [&self.path, &self.log(), &self.etc()] {
            make_directory(directory)?;
        }
        let host = config.network == Network::Host;
        let mut hosts = HOSTS.to_owned();
        if host {
            hosts = fs::read_to_string("/etc/hosts").unwrap_or(hosts);
        } else {
            hosts.push_str(&format!("127.0.0.1\t{hostname}\n"));
        }
        let resolvers = if host { resolvers() } else { String::new() };
        let hostname = format!("{hostname}\n");
        for (name, text) in [
            ("hosts", hosts),
            ("hostname", hostname),
            ("resolv.conf", resolvers),
        ] {
            let path = self.etc().join(name);
            fs::write(&path, text).map_err(|error| Failure::io("write", &path, error))?;
        }
        // A run's logger reads it within the same second; it need not outlive
        // a power cut, after which `start` writes it again.
        let path = self.path.join(LAUNCH);
        let bytes = serde_json::to_vec(launch)
            .map_err(|error| Failure::Internal(format!("a file cannot be written: {error}")))?;
        fs::write(&path, bytes).map_err(|error| Failure::io("write", &path, error))
    }

    /// Removes all of it; none is no error.
    pub(crate) fn remove(&self) -> Result<(), Failure> {
        match fs::remove_dir_all(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Failure::io("remove", &self.path, error))
            }
            _ => Ok(()),
        }
    }
}

/// Makes a directory for root alone: output may hold anything.
pub(crate) fn make_directory(path: &Path) -> Result<(), Failure> {
    let made = fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path);
    made.map_err(|error| Failure::io("make the directory", path, error))
}

/// The machine's list of name servers.
fn resolvers() -> String {
    let own = fs::read_to_string("/etc/resolv.conf").unwrap_or_default();
    let stub = own
        .lines()
        .any(|line| line.trim_start().starts_with("nameserver 127.0.0.53"));
    if stub {
        fs::read_to_string(RESOLVED).unwrap_or(own)
    } else {
        own
    }
}

/// A path as part of a URI.
fn escaped(path: OsString) -> String {
    let mut text = String::new();
    for byte in path.into_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_odd_letters_survives_as_part_of_a_uri() {
        assert_eq!(
            escaped("/a b/c?d&e=%/ü".into()),
            "/a%20b/c%3Fd%26e%3D%25/%C3%BC"
        );
    }
}
