//! The supervisor of a module whose record was damaged from outside: it is
//! known by its command line, which names the module's directory.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::thread;
use std::time::Duration;

use rustix::process::Signal;

use super::SUPERVISE;
use crate::failure::Failure;
use crate::state::ModuleDirectory;
use shellrt_common::process::{Handle, Identity, Processes};

const POLL: Duration = Duration::from_millis(10);

/// Kills the processes below the module's supervisor, if it has one, and
/// returns when it has ended.
pub(crate) fn end(
    module: &ModuleDirectory,
    mut go_on: impl FnMut() -> Result<(), Failure>,
) -> Result<(), Failure> {
    while let Some(supervisor) = find(module).map_err(Failure::processes)? {
        let below = Processes::look().and_then(|processes| processes.below(supervisor.pid));
        for stat in below.map_err(Failure::processes)? {
            if let Some(process) = Handle::open(stat.identity()).map_err(Failure::processes)? {
                process.signal(Signal::KILL).map_err(Failure::processes)?;
            }
        }
        go_on()?;
        thread::sleep(POLL);
    }
    Ok(())
}

fn find(module: &ModuleDirectory) -> std::io::Result<Option<Identity>> {
    let wanted = [OsStr::new(SUPERVISE), module.path().as_os_str()];
    for entry in fs::read_dir("/proc")? {
        let entry = entry?;
        let Some(pid) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok())
        else {
            continue;
        };
        // One that has ended meanwhile, or belongs to somebody else, is not it.
        let Ok(line) = fs::read(entry.path().join("cmdline")) else {
            continue;
        };
        let arguments = line.split(|&byte| byte == 0).skip(1).map(OsStr::from_bytes);
        if arguments.take(wanted.len()).eq(wanted) {
            return Identity::of(pid);
        }
    }
    Ok(None)
}
