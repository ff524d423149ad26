//! `start`'s side of a start: makes the supervisor and hears how it went.

use std::env;
use std::io::{self, Read};
use std::path::PathBuf;
use std::process::{ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::{Report, SUPERVISE};
use crate::environment;
use crate::failure::Failure;
use crate::state::ModuleDirectory;
use shellrt_common::lock::Lock;

/// Starts the module and returns when its program is in its process. The
/// supervisor's parent is this plugin process, which ends right after: the
/// supervisor then belongs to the machine's first process, like any daemon.
///
/// # Errors
/// What the supervisor reports; `deadline_exceeded` after `patience`, and
/// then the start goes on without this process.
pub(crate) fn launch(
    module: &ModuleDirectory,
    lock: &Lock,
    patience: Duration,
) -> Result<(), Failure> {
    let failed = |source: io::Error| Failure::io("launch a supervisor for", module.path(), source);
    let held = lock.share().map_err(failed)?;
    let mut supervisor = Command::new(own_executable().map_err(failed)?)
        .arg(SUPERVISE)
        .arg(module.path())
        .env_clear()
        .envs(environment::inherited())
        .current_dir("/")
        .stdin(held)
        .stdout(Stdio::piped())
        // Whoever waits for the end of this plugin's stderr must not wait for
        // the end of the module.
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let Some(output) = supervisor.stdout.take() else {
        return Err(Failure::Internal("the supervisor has no output".to_owned()));
    };
    let report = read_until(output, patience).map_err(failed)?;
    let Some(report) = report else {
        return Err(Failure::Deadline(format!(
            "module `{}` had started; it is still being started",
            module.name()
        )));
    };
    match serde_json::from_slice(&report) {
        Ok(Report::Started) => Ok(()),
        Ok(Report::Failed(error)) => Err(Failure::Reported(Box::new(error))),
        Err(_) => {
            let status = supervisor.wait().map_err(failed)?;
            Err(Failure::Internal(format!(
                "the supervisor of module `{}` was lost: {status}",
                module.name()
            )))
        }
    }
}

/// The path of this program. After an upgrade it is the new version's: every
/// file between them says its format. Where the path is gone, the kernel still
/// has the file.
pub(super) fn own_executable() -> io::Result<PathBuf> {
    let path = env::current_exe()?;
    if path.exists() {
        Ok(path)
    } else {
        Ok(PathBuf::from("/proc/self/exe"))
    }
}

/// All that comes out of `output`; `None` where it has no end in `patience`.
fn read_until(mut output: ChildStdout, patience: Duration) -> io::Result<Option<Vec<u8>>> {
    let until = Instant::now() + patience;
    let mut bytes = Vec::new();
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let timeout = Timespec::try_from(left).map_err(|_| io::ErrorKind::InvalidInput)?;
        match poll(&mut [PollFd::new(&output, PollFlags::IN)], Some(&timeout)) {
            Ok(0) => return Ok(None),
            Err(rustix::io::Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
            Ok(_) => {}
        }
        let mut read = [0; 4096];
        match output.read(&mut read)? {
            0 => return Ok(Some(bytes)),
            count => bytes.extend_from_slice(&read[..count]),
        }
    }
}
