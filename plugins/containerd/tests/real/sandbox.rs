//! Namespaces of the suite's own.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const WANTED: &str = "SHELLRT_TEST_REAL";
/// The directory of the suite, inside.
const INSIDE: &str = "SHELLRT_TEST_REAL_DIRECTORY";
const PREFIX: &str = "shellrt-real-";
/// The first process of a process namespace has to wait for every orphan, as a
/// shell does. The Hub's names lead to a registry of the suite.
const FIRST: &str = "ip link set lo up && mkdir -p /run/containerd && \
    mount -t tmpfs tmpfs /run/containerd && \
    echo '127.0.0.1 localhost index.docker.io registry-1.docker.io' >/run/containerd/hosts && \
    mount --bind /run/containerd/hosts /etc/hosts && \"$0\" \"$@\"; exit $?";

/// Whether the tests are to run.
pub(crate) fn is_wanted() -> bool {
    env::var_os(WANTED).is_some_and(|value| value == "1")
}

/// Whether this process is in the namespaces.
pub(crate) fn is_inside() -> bool {
    env::var_os(INSIDE).is_some()
}

/// Where all files of the suite are.
pub(crate) fn directory() -> PathBuf {
    env::var_os(INSIDE).expect("it runs inside").into()
}

/// What the namespaces of this suite's tests begin with: they are part of paths
/// that are the whole machine's.
pub(crate) fn prefix(directory: &Path) -> String {
    let name = directory.file_name().expect("it has a name");
    let name = name.to_string_lossy().replace(PREFIX, "");
    let unique: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("test-{unique}-")
}

/// Control groups are in no namespace: those of tests that failed stay behind.
fn sweep_groups(directory: &Path) {
    let _ = Command::new("find")
        .args(["/sys/fs/cgroup", "-depth", "-type", "d", "-path"])
        .arg(format!("*/{}*", prefix(directory)))
        .args(["-exec", "rmdir", "{}", ";"])
        .status();
}

/// Runs this program again in namespaces of its own. The directory goes after
/// them, when nothing in it is mounted any more.
pub(crate) fn enter() -> ExitCode {
    let directory = tempfile::Builder::new()
        .prefix(PREFIX)
        .tempdir()
        .expect("a directory can be made");
    let program = env::current_exe().expect("a test knows its program");
    let namespaces = ["--net", "--mount", "--pid", "--fork", "--kill-child"];
    let status = Command::new("unshare")
        .args(namespaces)
        .args(["--mount-proc", "--propagation", "private"])
        .args(["sh", "-c", FIRST])
        .arg(program)
        .args(env::args_os().skip(1))
        .env(INSIDE, directory.path())
        .status()
        .expect("`unshare` of util-linux is there");
    sweep_groups(directory.path());
    match status.code() {
        Some(0) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
