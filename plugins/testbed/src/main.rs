//! `with-containerd`: runs a command beside a containerd of its own.

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitCode, ExitStatus};

use clap::Parser;
use shellrt_testbed::{Daemon, Error, Layout, Registry, Sandbox, Traces};

/// The statuses of `env` and `timeout`, for what has no status of the command's.
const LEFT_SOMETHING: u8 = 124;
const CANNOT_RUN: u8 = 125;
const CANNOT_START: u8 = 126;
const NOT_FOUND: u8 = 127;

const REGISTRY: &str = "127.0.0.1:5000";
/// What an image does when nobody says what else: it lives, it writes, and it
/// ends when it is asked to.
const TICKER: &str =
    "trap 'exit 0' TERM; n=0; while n=$((n + 1)); do echo \"tick $n\"; sleep 0.5; done";

/// Runs a command beside a containerd that is there for it alone, in namespaces
/// of their own (network, mounts, processes), and removes everything afterwards.
/// For tests, demo and benches of the containerd plugin.
///
/// The command finds in its environment:
///   SHELLRT_CONTAINERD_ADDRESS    the socket of that containerd
///   SHELLRT_CONTAINERD_NAMESPACE  a namespace of containerd that nobody else has
///   SHELLRT_CONTAINERD_STATE_DIR  an empty directory
///   SHELLRT_TEST_REGISTRY         the registry's HOST:PORT, with `--registry`
#[derive(Debug, Parser)]
#[command(
    name = "with-containerd",
    version,
    verbatim_doc_comment,
    after_help = "\
Exit status: the command's; 128 and its number after a signal; 124 when the command
succeeded but left something of its containers: a task, record, snapshot, shim,
logger, mount or control group; 125 when this cannot do its part; 126 or 127 when the
command cannot be started.

Examples:
  with-containerd -- shellrt-driver shellrt-containerd list
  with-containerd -- shellrt-validate plugin -- shellrt-containerd
  with-containerd --registry ubuntu -- sh"
)]
struct Arguments {
    /// Starts a registry too, and pushes a small image (busybox; it writes a line
    /// each half second until SIGTERM) by this name; may be given again
    #[arg(long, value_name = "IMAGE")]
    registry: Vec<String>,
    /// The command and its arguments
    #[arg(last = true, required = true, value_name = "COMMAND")]
    command: Vec<String>,
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { CANNOT_RUN } else { 0 });
        }
    };
    let done = match Sandbox::inside() {
        None => Sandbox::enter().map(status_of),
        Some(sandbox) => run(&sandbox, &arguments),
    };
    ExitCode::from(done.unwrap_or_else(|error| {
        eprintln!("with-containerd: {error}");
        CANNOT_RUN
    }))
}

fn run(sandbox: &Sandbox, arguments: &Arguments) -> Result<u8, Error> {
    let directory = sandbox.directory();
    let registry = match &arguments.registry[..] {
        [] => None,
        names => Some(serve(directory, names)?),
    };
    let daemon = Daemon::start(&directory.join("containerd"))?;
    let before = Traces::before(sandbox);
    let mut command = Command::new(&arguments.command[0]);
    command
        .args(&arguments.command[1..])
        .env("SHELLRT_CONTAINERD_ADDRESS", daemon.address())
        .env("SHELLRT_CONTAINERD_NAMESPACE", sandbox.namespace("own"))
        .env("SHELLRT_CONTAINERD_STATE_DIR", directory.join("modules"));
    if registry.is_some() {
        command.env("SHELLRT_TEST_REGISTRY", REGISTRY);
    }
    let status = match Sandbox::leave(&mut command).status() {
        Ok(status) => status_of(status),
        Err(error) => {
            eprintln!(
                "with-containerd: cannot start `{}`: {error}",
                arguments.command[0]
            );
            let is_missing = error.kind() == std::io::ErrorKind::NotFound;
            if is_missing { NOT_FOUND } else { CANNOT_START }
        }
    };
    let left = before.left(Some(&daemon))?;
    daemon.stop()?;
    for one in &left {
        eprintln!("with-containerd: left behind: {one}");
    }
    Ok(match status {
        0 if !left.is_empty() => LEFT_SOMETHING,
        other => other,
    })
}

/// A registry with one image by all of the names.
fn serve(directory: &Path, names: &[String]) -> Result<Registry, Error> {
    let registry = Registry::start(&directory.join("registry"), REGISTRY, "")?;
    let layout = Layout::new(&directory.join("images"))?;
    layout.busybox("ticker", &["sh", "-c", TICKER])?;
    for name in names {
        layout.push("ticker", &format!("{REGISTRY}/{name}"), &[])?;
    }
    Ok(registry)
}

/// As a shell tells it.
fn status_of(status: ExitStatus) -> u8 {
    let number = status
        .code()
        .or_else(|| status.signal().map(|signal| 128 + signal));
    number
        .and_then(|number| u8::try_from(number).ok())
        .unwrap_or(CANNOT_RUN)
}
