//! What the plays of a run share: the host's command line, how it reports, the
//! folder in which everything lies, and what every host is given.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;

use super::catalog::Prepared;
use super::scenario::Outcome;
use super::scripted::{PLUGIN, ROLE, SCRIPT, Script};

/// What stands for the plugin's path in the host's command line.
pub(crate) const PLUGIN_PLACE: &str = "{plugin}";
/// What stands for the path of the file that holds the request.
pub(crate) const REQUEST_PLACE: &str = "{request}";
const REQUEST: &str = "request.json";

/// Variables that a host has and a plugin is to get [H-8].
pub(crate) const PASSED_ON: [(&str, &str); 8] = [
    ("LC_MESSAGES", "C.UTF-8"),
    ("TZ", "UTC"),
    ("no_proxy", "localhost"),
    ("NO_PROXY", "localhost"),
    ("SSL_CERT_DIR", "/etc/ssl/certs"),
    (
        "TRACEPARENT",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    ),
    ("RUST_LOG", "warn"),
    ("SHELLRT_CONFORMANCE", "passed on"),
];
/// Variables that a host has and a plugin must not get.
pub(crate) const NOT_PASSED_ON: [(&str, &str); 5] = [
    ("AWS_SECRET_ACCESS_KEY", "not-for-plugins"),
    ("PATHS", "not-for-plugins"),
    ("SHELLRT", "not-for-plugins"),
    ("CREDENTIALS_DIRECTORY", "/not/for/plugins"),
    ("lc_all", "not-for-plugins"),
];

/// Why a run cannot be begun.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StageError {
    #[error(
        "the host's command line has no `{PLUGIN_PLACE}`: it has to say where the host takes the plugin's path\nhint: shellrt-validate host -- ./adapter {{plugin}} {{request}}"
    )]
    NoPlugin,
    #[error("`{0}` is no list of exit statuses\nhint: such as `ok=0,error=1,fault=3,cut=5,late=6`")]
    Statuses(String),
    #[error("cannot make the folder of the run: {0}")]
    Scratch(#[from] io::Error),
}

/// How the host says what it made of a request.
#[derive(Debug, Clone)]
pub(crate) struct Statuses(Vec<(Outcome, i32)>);

impl Statuses {
    /// What is mapped where nothing is said; `retry` is not.
    pub(crate) const USUAL: &str = "ok=0,error=1,fault=3,cut=5,late=6";

    /// # Errors
    /// When a word is none, or a number is no exit status.
    pub(crate) fn parse(text: &str) -> Result<Statuses, StageError> {
        let wrong = || StageError::Statuses(text.to_owned());
        let mut found = Vec::new();
        for part in text.split(',') {
            let (word, number) = part.split_once('=').ok_or_else(wrong)?;
            let outcome = Outcome::ALL
                .into_iter()
                .find(|outcome| outcome.as_str() == word.trim())
                .ok_or_else(wrong)?;
            let number: u8 = number.trim().parse().map_err(|_| wrong())?;
            found.push((outcome, number.into()));
        }
        Ok(Statuses(found))
    }

    /// What an exit status says; several where the host does not tell them apart.
    pub(crate) fn of(&self, status: i32) -> Vec<Outcome> {
        let said = self.0.iter().filter(|(_, number)| *number == status);
        said.map(|(outcome, _)| *outcome).collect()
    }

    /// Whether the host can say it.
    pub(crate) fn can_say(&self, outcome: Outcome) -> bool {
        self.0.iter().any(|(known, _)| *known == outcome)
    }
}

/// A host under test, and where it is tested.
#[derive(Debug)]
pub(crate) struct Stage {
    command: Vec<OsString>,
    pub(crate) statuses: Statuses,
    pub(crate) scale: f64,
    scratch: TempDir,
    running: Arc<Running>,
    /// Every process gets it, as those do that a library left open.
    _inherited: OwnedFd,
}

impl Stage {
    /// # Errors
    /// When the command line cannot be one, or nothing can be written.
    pub(crate) fn prepare(
        command: &[OsString],
        statuses: Statuses,
        scale: f64,
    ) -> Result<Stage, StageError> {
        let has_plugin = command
            .iter()
            .any(|word| contains(word, PLUGIN_PLACE.as_bytes()));
        if !has_plugin {
            return Err(StageError::NoPlugin);
        }
        let scratch = tempfile::Builder::new().prefix("shellrt-host-").tempdir()?;
        // The kernel takes short paths without spaces only behind `#!`.
        symlink(std::env::current_exe()?, scratch.path().join("validate"))?;
        let inherited = rustix::io::dup(fs::File::open("/dev/null")?).map_err(io::Error::from)?;
        // What a host leaves behind becomes ours, so that it can be told from
        // what it has reaped.
        rustix::process::set_child_subreaper(Some(rustix::process::getpid()))
            .map_err(io::Error::from)?;
        Ok(Stage {
            command: command.to_vec(),
            statuses,
            scale,
            running: Arc::new(Running {
                scratch: scratch.path().to_owned(),
                groups: Mutex::default(),
            }),
            scratch,
            _inherited: inherited,
        })
    }

    /// The hosts that run.
    pub(crate) fn running(&self) -> Arc<Running> {
        Arc::clone(&self.running)
    }

    /// Makes the folder of a play. All are made before the first host is started:
    /// a script that is open for writing in a process that is being started
    /// cannot be run.
    pub(crate) fn furnish(&self, number: usize, play: &Prepared) -> io::Result<Place> {
        let folder = self.scratch.path().join(number.to_string());
        fs::create_dir(&folder)?;
        let script = Script {
            first: play.plugin.clone(),
            again: play.again.clone(),
            scale: self.scale,
        };
        fs::write(folder.join(SCRIPT), serde_json::to_vec(&script)?)?;
        fs::write(folder.join(REQUEST), play.request.to_string())?;
        let interpreter = self.scratch.path().join("validate");
        let plugin = folder.join(PLUGIN);
        fs::write(&plugin, format!("#!{} {ROLE}\n", interpreter.display()))?;
        fs::set_permissions(&plugin, fs::Permissions::from_mode(0o755))?;
        Ok(Place { folder })
    }

    /// The host's command line for a play, and whether the request comes to its
    /// standard input.
    pub(crate) fn command(&self, place: &Place) -> (Vec<OsString>, bool) {
        let (plugin, request) = (place.folder.join(PLUGIN), place.request());
        let is_told = |word: &OsString| contains(word, REQUEST_PLACE.as_bytes());
        let by_stdin = !self.command.iter().any(is_told);
        let words = self.command.iter().map(|word| {
            let word = replaced(word, PLUGIN_PLACE, plugin.as_os_str());
            replaced(&word, REQUEST_PLACE, request.as_os_str())
        });
        (words.collect(), by_stdin)
    }
}

/// The process groups of the hosts that run at this moment.
#[derive(Debug)]
pub(crate) struct Running {
    scratch: PathBuf,
    groups: Mutex<BTreeSet<u32>>,
}

impl Running {
    pub(crate) fn add(&self, group: u32) {
        self.groups().insert(group);
    }

    /// Before its number may become another's.
    pub(crate) fn remove(&self, group: u32) {
        self.groups().remove(&group);
    }

    /// Ends them. What they started ends when it finds its folder gone.
    pub(crate) fn end(&self) {
        for group in self.groups().iter() {
            if let Some(group) = i32::try_from(*group).ok().and_then(Pid::from_raw) {
                let _ = kill_process_group(group, Signal::KILL);
            }
        }
        let _ = fs::remove_dir_all(&self.scratch);
    }

    fn groups(&self) -> MutexGuard<'_, BTreeSet<u32>> {
        self.groups.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The folder of a play.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) folder: PathBuf,
}

impl Place {
    pub(crate) fn request(&self) -> PathBuf {
        self.folder.join(REQUEST)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.folder
    }
}

fn contains(word: &OsStr, part: &[u8]) -> bool {
    word.as_bytes()
        .windows(part.len())
        .any(|found| found == part)
}

fn replaced(word: &OsStr, place: &str, with: &OsStr) -> OsString {
    let (mut rest, mut made) = (word.as_bytes(), Vec::new());
    while let Some(at) = rest
        .windows(place.len())
        .position(|found| found == place.as_bytes())
    {
        made.extend(&rest[..at]);
        made.extend(with.as_bytes());
        rest = &rest[at + place.len()..];
    }
    made.extend(rest);
    OsString::from_vec(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_wherever_they_stand() {
        let filled = replaced(
            OsStr::new("--at={plugin}:{plugin}"),
            "{plugin}",
            OsStr::new("/p"),
        );
        assert_eq!(filled, "--at=/p:/p");
    }

    #[test]
    fn statuses_are_read_or_refused() {
        let statuses = Statuses::parse("ok=0,fault=3,cut=3").unwrap();
        assert_eq!(statuses.of(3), [Outcome::Fault, Outcome::Cut]);
        assert_eq!(statuses.of(7), []);
        assert!(!statuses.can_say(Outcome::Retry));
        for text in ["", "ok", "fine=0", "ok=256", "ok=-1"] {
            assert!(Statuses::parse(text).is_err(), "{text}");
        }
    }
}
