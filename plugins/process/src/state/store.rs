//! The state directory and the directories of the modules in it.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use shellrt_api::ModuleName;

use super::Standing;
use super::files;
use super::record::{History, Record, Run, Spec};
use crate::failure::Failure;
use crate::patience::Patience;
use shellrt_common::lock::Lock;
use shellrt_common::time::{UnixNanos, unix_nanos};

/// The mark of a run that was stopped, before its number.
const STOPPED: &str = "stopped-";
/// How often a lock that is taken is asked for again.
const LOCK_POLL: Duration = Duration::from_millis(5);

/// All modules of one state directory.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    root: PathBuf,
}

impl Store {
    /// The store in `root`, which is made when something is first written.
    pub(crate) fn new(root: PathBuf) -> Self {
        Self { root }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The names of all modules, in their order.
    pub(crate) fn names(&self) -> Result<Vec<ModuleName>, Failure> {
        let mut names: Vec<ModuleName> = entries(&self.modules())?;
        names.sort_unstable();
        Ok(names)
    }

    /// The module `name`, or the error that there is none.
    pub(crate) fn module(&self, name: &ModuleName) -> Result<ModuleDirectory, Failure> {
        let module = self.place_of(name);
        if module.exists()? {
            Ok(module)
        } else {
            Err(Failure::NotFound(name.clone()))
        }
    }

    /// Where the module `name` is or would be.
    pub(crate) fn place_of(&self, name: &ModuleName) -> ModuleDirectory {
        ModuleDirectory::new(self.modules().join(name.as_str()))
    }

    /// Takes the lock of `name`, waiting for its turn.
    pub(crate) fn lock(&self, name: &ModuleName, patience: Patience<'_>) -> Result<Lock, Failure> {
        for directory in [self.modules(), self.locks(), self.scratch()] {
            files::make_directory(&directory)?;
        }
        let until = Instant::now() + patience.for_lock();
        loop {
            if let Some(lock) = self.try_lock(name)? {
                return Ok(lock);
            }
            if Instant::now() >= until {
                return Err(Failure::Busy(name.clone()));
            }
            patience.check()?;
            thread::sleep(LOCK_POLL);
        }
    }

    /// Takes the lock of `name` unless another command has it.
    fn try_lock(&self, name: &ModuleName) -> Result<Option<Lock>, Failure> {
        let path = self.locks().join(name.as_str());
        Lock::try_acquire(&path).map_err(|error| Failure::io("lock", &path, error))
    }

    /// Makes the module: all of it or nothing. The caller holds its lock.
    pub(crate) fn insert(&self, name: &ModuleName, spec: &Spec) -> Result<(), Failure> {
        let scratch = self.scratch().join(name.as_str());
        files::remove_directory(&scratch)?;
        let module = ModuleDirectory::new(scratch.clone());
        files::make_directory(&module.log())?;
        files::replace(&module.spec_path(), spec)?;
        files::move_directory(&scratch, &self.modules().join(name.as_str()))
    }

    /// Removes the module: once this has begun, it is gone, and what is left
    /// of its files is for [`Store::sweep`]. The caller holds its lock.
    pub(crate) fn take_away(&self, name: &ModuleName) -> Result<(), Failure> {
        let scratch = self.scratch().join(name.as_str());
        files::remove_directory(&scratch)?;
        files::move_directory(&self.modules().join(name.as_str()), &scratch)?;
        files::remove_directory(&scratch)
    }

    /// Removes what commands that were killed left half made or half removed.
    /// What another command works on at this moment is left to it.
    pub(crate) fn sweep(&self) -> Result<(), Failure> {
        for name in entries(&self.scratch())? {
            let Some(lock) = self.try_lock(&name)? else {
                continue;
            };
            files::remove_directory(&self.scratch().join(name.as_str()))?;
            if !self.place_of(&name).exists()? {
                lock.discard().map_err(|error| {
                    Failure::io("remove", &self.locks().join(name.as_str()), error)
                })?;
            }
        }
        Ok(())
    }

    fn modules(&self) -> PathBuf {
        self.root.join("modules")
    }

    fn locks(&self) -> PathBuf {
        self.root.join("locks")
    }

    fn scratch(&self) -> PathBuf {
        self.root.join("scratch")
    }
}

/// The module names among the entries of a directory, in no order. What has
/// another form is not ours and stays untouched.
fn entries(directory: &Path) -> Result<Vec<ModuleName>, Failure> {
    let failed = |error| Failure::io("read", directory, error);
    let listing = match fs::read_dir(directory) {
        Ok(listing) => listing,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    let mut names = Vec::new();
    for entry in listing {
        let name = entry.map_err(failed)?.file_name();
        names.extend(name.to_str().and_then(|name| ModuleName::new(name).ok()));
    }
    Ok(names)
}

/// The directory of one module.
#[derive(Clone, Debug)]
pub(crate) struct ModuleDirectory {
    path: PathBuf,
}

impl ModuleDirectory {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The name of the module, for messages.
    pub(crate) fn name(&self) -> String {
        self.path
            .file_name()
            .map(OsStr::to_string_lossy)
            .unwrap_or_default()
            .into_owned()
    }

    /// The directory of the module's output.
    pub(crate) fn log(&self) -> PathBuf {
        self.path.join("log")
    }

    /// What the module is to be.
    pub(crate) fn spec(&self) -> Result<Spec, Failure> {
        let path = self.spec_path();
        let spec: Option<Spec> = files::read(&path)?;
        let missing = || Failure::Damaged {
            path: path.clone(),
            why: "it is missing".to_owned(),
        };
        spec.ok_or_else(missing)?.check_format(&path)
    }

    /// What became of it since.
    pub(crate) fn history(&self) -> Result<History, Failure> {
        let path = self.run_path();
        let history: Option<History> = files::read(&path)?;
        history.map_or_else(
            || Ok(History::of(None)),
            |history| history.check_format(&path),
        )
    }

    /// Records a start or an end. Only the module's supervisor does this.
    pub(crate) fn record(&self, history: &History) -> Result<(), Failure> {
        files::replace(&self.run_path(), history)
    }

    /// Whether nobody else has said that it stopped this run. Whoever removed
    /// the module meanwhile has.
    pub(crate) fn claim_stop(&self, run: &Run) -> Result<bool, Failure> {
        let name = format!("{STOPPED}{}", run.number);
        if !files::make_mark(&self.path.join(&name))? {
            return Ok(false);
        }
        // Those of earlier runs have been told.
        for entry in fs::read_dir(&self.path).into_iter().flatten().flatten() {
            let other = entry.file_name();
            if other.to_string_lossy().starts_with(STOPPED) && other != *name {
                let _ = fs::remove_file(entry.path());
            }
        }
        Ok(true)
    }

    /// The run of now and whether it has a supervisor; `None` where the
    /// module does not run, or cannot because its files are damaged.
    pub(crate) fn present_run(&self) -> Result<Option<(Run, bool)>, Failure> {
        match self.standing() {
            Ok(Standing::Running {
                run, supervised, ..
            }) => Ok(Some((run, supervised))),
            Ok(_) | Err(Failure::Damaged { .. }) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// When it was made, by the file system: for a module whose own record
    /// cannot be read.
    pub(crate) fn made_at(&self) -> Result<UnixNanos, Failure> {
        let modified = [self.spec_path(), self.path.clone()]
            .iter()
            .find_map(|path| fs::metadata(path).ok()?.modified().ok());
        modified
            .map(unix_nanos)
            .ok_or_else(|| Failure::io("read", &self.path, io::ErrorKind::NotFound.into()))
    }

    /// How the module stands now.
    pub(crate) fn standing(&self) -> Result<Standing, Failure> {
        Standing::of(self)
    }

    fn exists(&self) -> Result<bool, Failure> {
        fs::exists(&self.path).map_err(|error| Failure::io("read", &self.path, error))
    }

    fn spec_path(&self) -> PathBuf {
        self.path.join("spec.json")
    }

    fn run_path(&self) -> PathBuf {
        self.path.join("run.json")
    }
}
