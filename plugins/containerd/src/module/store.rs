//! The state directory: files of modules, and the locks under which modules
//! and images are changed. Always a module's lock before an image's.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use shellrt_api::ModuleName;
use shellrt_common::lock::Lock;
use shellrt_kit::plugin::Context;

use super::files::{Files, make_directory};
use super::identifier::of_name;
use crate::failure::Failure;
use crate::settings::Settings;

/// How long a command waits for another one on the same module or image.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often a lock that is taken is asked for again.
const POLL: Duration = Duration::from_millis(5);

/// The files of all modules.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    root: PathBuf,
}

/// A lock that is held until this is dropped, or the process ends.
#[derive(Debug)]
pub(crate) struct Guard {
    lock: Lock,
}

impl Guard {
    /// Lets go of the lock, and of its file: what it was for is gone.
    pub(crate) fn discard(self) {
        // A file that stays is an empty one.
        let _ = self.lock.discard();
    }
}

impl Store {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            root: settings.root(),
        }
    }

    /// The files of the module `name`, there or not.
    pub(crate) fn files(&self, name: &ModuleName) -> Files {
        Files::new(self.root.join("modules").join(of_name(name)))
    }

    /// Takes the lock of a module, waiting for its turn.
    pub(crate) fn lock(&self, name: &ModuleName, context: &Context) -> Result<Guard, Failure> {
        let wait = context
            .remaining()
            .map_or(PATIENCE, |left| left.min(PATIENCE));
        let what = format!("module `{name}`");
        self.acquire(&format!("module-{}", of_name(name)), &what, wait, || {
            context
                .check()
                .map_err(|error| Failure::Reported(Box::new(error)))
        })
    }

    /// As [`Store::lock`], for work that no request asked for.
    pub(crate) fn lock_within(&self, name: &ModuleName, wait: Duration) -> Result<Guard, Failure> {
        let what = format!("module `{name}`");
        self.acquire(&format!("module-{}", of_name(name)), &what, wait, || Ok(()))
    }

    /// Takes the lock of an image, by its canonical name.
    pub(crate) fn lock_image(&self, name: &str, context: &Context) -> Result<Guard, Failure> {
        let mut file = "image-".to_owned();
        for byte in &Sha256::digest(name.as_bytes())[..16] {
            file.push_str(&format!("{byte:02x}"));
        }
        let wait = context
            .remaining()
            .map_or(PATIENCE, |left| left.min(PATIENCE));
        self.acquire(&file, &format!("image `{name}`"), wait, || {
            context
                .check()
                .map_err(|error| Failure::Reported(Box::new(error)))
        })
    }

    fn acquire(
        &self,
        file: &str,
        what: &str,
        wait: Duration,
        wanted: impl Fn() -> Result<(), Failure>,
    ) -> Result<Guard, Failure> {
        let directory = self.root.join("locks");
        make_directory(&directory)?;
        let path = directory.join(file);
        let until = Instant::now() + wait;
        loop {
            let lock = Lock::try_acquire(&path);
            if let Some(lock) = lock.map_err(|error| Failure::io("lock", &path, error))? {
                return Ok(Guard { lock });
            }
            if Instant::now() >= until {
                return Err(Failure::Busy(what.to_owned()));
            }
            wanted()?;
            thread::sleep(POLL);
        }
    }
}
