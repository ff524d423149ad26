//! The packages of Debian without which a chore cannot do all of its work.

use std::env;
use std::path::PathBuf;

use crate::Failure;
use crate::process::{command, text};

/// A package, and a program by which it is known to be there.
pub(crate) type Package = (&'static str, &'static str);

/// Compiles the messages of containerd's interface.
pub(crate) const PROTOC: &[Package] = &[("protobuf-compiler", "protoc")];

/// What containers, registries and images are made with, for real.
pub(crate) const ENGINE: &[Package] = &[
    ("containerd", "containerd"),
    ("runc", "runc"),
    ("docker-registry", "docker-registry"),
    ("skopeo", "skopeo"),
    ("umoci", "umoci"),
    ("busybox-static", "busybox"),
    ("apache2-utils", "htpasswd"),
    ("openssl", "openssl"),
    ("iproute2", "ip"),
    ("procps", "pgrep"),
];

/// What the smallest plugins are built with, or run on.
pub(crate) const LANGUAGES: &[Package] = &[("golang-go", "go"), ("jq", "jq")];

/// Fetches everything that any check needs and that is not there.
pub(crate) fn install_all() -> Result<(), Failure> {
    let all = [PROTOC, ENGINE, LANGUAGES].concat();
    install(&missing(&all))
}

/// Those of `packages` that this machine has not.
pub(crate) fn missing(packages: &[Package]) -> Vec<&'static str> {
    let absent = packages
        .iter()
        .filter(|(_, program)| find(program).is_none());
    absent.map(|(name, _)| *name).collect()
}

/// Where a program is; root's are looked for too, whoever runs this.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders = env::split_paths(&path).chain(["/usr/sbin", "/sbin"].map(PathBuf::from));
    folders.find_map(|folder| Some(folder.join(program)).filter(|file| file.is_file()))
}

/// Fetches packages from Debian's archive, as root and without a question.
pub(crate) fn install(names: &[&str]) -> Result<(), Failure> {
    if names.is_empty() {
        return Ok(());
    }
    if !is_root() {
        return Err(format!("only root can install {}", names.join(", ")).into());
    }
    // When the lists cannot be fetched, those that are there may still do.
    command("apt-get", &["update", "-qq"]).output()?;
    let options = ["install", "-y", "-qq", "--no-install-recommends"];
    let installed = command("apt-get", &options)
        .args(names)
        .env("DEBIAN_FRONTEND", "noninteractive")
        // The daemons are for tests, which start their own.
        .env("RUNLEVEL", "1")
        .output()?;
    if installed.status.success() {
        Ok(())
    } else {
        Err(format!("cannot install {}:\n{}", names.join(", "), text(&installed)).into())
    }
}

/// Whether this process is root's.
pub(crate) fn is_root() -> bool {
    let id = command("id", &["-u"]).output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
