//! One command at a time changes a module.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, flock};

/// How often a lock that is taken is asked for again.
const POLL: Duration = Duration::from_millis(5);

/// A module's lock. The kernel lets go of it when the last descriptor of the
/// file is closed: a command that is killed leaves no lock behind.
#[derive(Debug)]
pub(crate) struct Lock {
    path: PathBuf,
    file: File,
}

impl Lock {
    /// Waits for the lock at most `patience`; `None` where another command
    /// held it for so long.
    pub(crate) fn acquire(path: &Path, patience: Duration) -> io::Result<Option<Self>> {
        let until = Instant::now() + patience;
        loop {
            let file = OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(false)
                .mode(0o600)
                .open(path)?;
            match flock(&file, FlockOperation::NonBlockingLockExclusive) {
                // The holder before may have removed the file: a lock on a
                // file that has no name any more keeps nobody out.
                Ok(()) if is_same_file(&file, path)? => {
                    return Ok(Some(Self {
                        path: path.to_owned(),
                        file,
                    }));
                }
                Ok(()) => continue,
                Err(rustix::io::Errno::WOULDBLOCK | rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            if Instant::now() >= until {
                return Ok(None);
            }
            thread::sleep(POLL);
        }
    }

    /// A second hold on the same lock, for a process that goes on with the
    /// work: the lock is free when both are gone.
    pub(crate) fn share(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// Lets go of the lock and of its file: the module is gone.
    pub(crate) fn discard(self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }
}

fn is_same_file(file: &File, path: &Path) -> io::Result<bool> {
    let held = file.metadata()?;
    match fs::metadata(path) {
        Ok(named) => Ok((held.dev(), held.ino()) == (named.dev(), named.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_keeps_others_out_until_every_hold_on_it_is_gone() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let path = directory.path().join("lock");
        let acquire = || Lock::acquire(&path, Duration::ZERO).expect("the directory is writable");
        let first = acquire().expect("nobody holds it");
        let shared = first.share().expect("descriptors are left");
        assert!(acquire().is_none());
        drop(first);
        assert!(acquire().is_none(), "the shared hold keeps it");
        drop(shared);
        let second = acquire().expect("nobody holds it");
        second.discard().expect("the file is there");
        assert!(acquire().is_some(), "a new file takes the old one's place");
    }
}
