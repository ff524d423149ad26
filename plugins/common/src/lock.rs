//! One command at a time changes a module.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

/// A module's lock. The kernel lets go of it when the last descriptor of the
/// file is closed: a command that is killed leaves no lock behind.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    file: File,
}

impl Lock {
    /// Takes the lock; `None` where another command holds it.
    pub fn try_acquire(path: &Path) -> io::Result<Option<Self>> {
        loop {
            let mut options = OpenOptions::new();
            let file = options
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
                Ok(()) | Err(Errno::INTR) => {}
                Err(Errno::WOULDBLOCK) => return Ok(None),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// A second hold on the same lock, for a process that goes on with the
    /// work: the lock is free when both are gone.
    pub fn share(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// Lets go of the lock and of its file: the module is gone.
    pub fn discard(self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }
}

/// Whether somebody holds the lock of `path`; nobody holds one that is not
/// there. Makes nothing.
pub fn is_held(path: &Path) -> io::Result<bool> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    // Shared: two that ask at the same time do not see each other.
    match flock(&file, FlockOperation::NonBlockingLockShared) {
        Ok(()) => Ok(false),
        Err(Errno::WOULDBLOCK) => Ok(true),
        Err(error) => Err(error.into()),
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
        let acquire = || Lock::try_acquire(&path).expect("the directory is writable");
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
