//! Where a registry is, as containerd's own directory of hosts says it:
//! `<directory>/<host[:port]>/hosts.toml`, else `<directory>/_default/hosts.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::Error;

/// The directory of hosts. Of a file only the first host that serves pulls (or
/// `server`) is used, with its `ca` and `skip_verify`.
#[derive(Clone, Debug)]
pub struct Hosts {
    directory: PathBuf,
}

/// How a registry is spoken to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Host {
    pub(crate) plain_http: bool,
    pub(crate) skip_verify: bool,
    /// Certificates in PEM form to trust.
    pub(crate) authorities: Vec<Vec<u8>>,
}

#[derive(Deserialize)]
struct File {
    server: Option<String>,
    #[serde(default)]
    ca: Paths,
    #[serde(default)]
    skip_verify: bool,
    #[serde(default)]
    host: BTreeMap<String, Entry>,
}

#[derive(Default, Deserialize)]
struct Entry {
    #[serde(default)]
    ca: Paths,
    #[serde(default)]
    skip_verify: bool,
}

#[derive(Default, Deserialize)]
#[serde(untagged)]
enum Paths {
    #[default]
    None,
    One(PathBuf),
    Many(Vec<PathBuf>),
}

impl Paths {
    fn list(&self) -> &[PathBuf] {
        match self {
            Self::None => &[],
            Self::One(path) => std::slice::from_ref(path),
            Self::Many(paths) => paths,
        }
    }
}

impl Hosts {
    /// The hosts that are described in `directory`, which need not be there.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self {
            directory: directory.into(),
        }
    }

    /// How `registry` (`host[:port]`) is spoken to. One that no file describes
    /// is asked by HTTPS, or by plain HTTP where it is this machine.
    pub(crate) fn find(&self, registry: &str) -> Result<Host, Error> {
        for name in [registry, "_default"] {
            // A registry's name comes from a request; it is one step down.
            if name.contains('/') || name.starts_with('.') {
                continue;
            }
            let path = self.directory.join(name).join("hosts.toml");
            match fs::read_to_string(&path) {
                Ok(text) => return read(&path, &text, registry),
                Err(error) if is_missing(&error) => {}
                Err(error) => return Err(unusable(&path, &error)),
            }
        }
        Ok(Host {
            plain_http: is_loopback(registry),
            ..Host::default()
        })
    }
}

fn is_missing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn read(path: &Path, text: &str, registry: &str) -> Result<Host, Error> {
    let file: File = toml::from_str(text).map_err(|error| unusable(path, &error))?;
    let https = format!("https://{registry}");
    let server = file
        .server
        .as_deref()
        .unwrap_or(&https)
        .trim_end_matches('/');
    let own = |url: &&String| url.trim_end_matches('/') == server;
    let entry = file
        .host
        .keys()
        .find(own)
        .and_then(|url| file.host.get(url));
    let mut host = Host {
        plain_http: server.starts_with("http://"),
        skip_verify: file.skip_verify || entry.is_some_and(|entry| entry.skip_verify),
        authorities: Vec::new(),
    };
    let named = file
        .ca
        .list()
        .iter()
        .chain(entry.iter().flat_map(|entry| entry.ca.list()));
    for name in named {
        let beside = path.parent().unwrap_or(path).join(name);
        let bytes = fs::read(&beside).map_err(|error| unusable(&beside, &error))?;
        host.authorities.push(bytes);
    }
    Ok(host)
}

fn unusable(path: &Path, error: &dyn std::error::Error) -> Error {
    Error::Configuration(format!("`{}` cannot be used: {error}", path.display()))
}

fn is_loopback(registry: &str) -> bool {
    let host = match registry.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => registry,
    };
    let host = host.trim_matches(['[', ']']);
    host == "localhost"
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_asked_without_encryption_unless_a_file_says_so() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let hosts = Hosts::new(directory.path());
        for (registry, plain) in [
            ("127.0.0.1:5000", true),
            ("localhost", true),
            ("[::1]:5000", true),
            ("10.0.0.1:5000", false),
            ("localhost.example", false),
            ("docker.io", false),
        ] {
            assert_eq!(
                hosts.find(registry).expect("no file is read").plain_http,
                plain,
                "{registry}"
            );
        }
        let place = directory.path().join("10.0.0.1:5000");
        fs::create_dir(&place).expect("it is writable");
        fs::write(
            place.join("hosts.toml"),
            "server = \"http://10.0.0.1:5000\"\n",
        )
        .expect("it is writable");
        assert!(
            hosts
                .find("10.0.0.1:5000")
                .expect("the file is sound")
                .plain_http
        );
    }

    #[test]
    fn certificates_lie_beside_their_file_and_a_wrong_file_is_named() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let place = directory.path().join("r.example");
        fs::create_dir(&place).expect("it is writable");
        fs::write(place.join("ca.crt"), "pem").expect("it is writable");
        let file = place.join("hosts.toml");
        fs::write(&file, "[host.\"https://r.example\"]\nca = \"ca.crt\"\n")
            .expect("it is writable");
        let hosts = Hosts::new(directory.path());
        assert_eq!(
            hosts
                .find("r.example")
                .expect("the file is sound")
                .authorities,
            [b"pem".to_vec()]
        );
        fs::write(&file, "server = 7\n").expect("it is writable");
        let error = hosts
            .find("r.example")
            .expect_err("it is wrong")
            .to_string();
        assert!(error.contains("hosts.toml"), "{error}");
    }
}
