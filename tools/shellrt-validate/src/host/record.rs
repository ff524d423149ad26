//! What a scripted plugin writes down about itself, a line an event, for the
//! suite that looks at it afterwards.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rustix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};

use super::scenario::Step;

/// A moment, in nanoseconds of the clock that all processes share.
pub(crate) type Moment = u64;

/// Something that happened.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Event {
    pub(crate) at: Moment,
    pub(crate) what: What,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum What {
    /// The plugin runs.
    Began(Box<Given>),
    /// It read its standard input, which is in a file of its own.
    Read { bytes: u64, closed: bool },
    /// It wrote, or tried to: `broken` where nobody reads.
    Wrote {
        stderr: bool,
        bytes: u64,
        broken: bool,
    },
    /// The most memory that the host has taken so far.
    Weighed { name: String, kib: u64 },
    /// It started a process.
    Child { pid: i32 },
    /// That process listens for signals.
    ChildReady,
    /// It got a signal.
    Signal { number: i32 },
    /// The process that it started got one.
    ChildSignal { number: i32 },
    /// It ends with this step.
    Ends { step: Step },
    /// It could not do what the scenario says.
    Failed { why: String },
}

/// What a plugin was given when it began.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Given {
    pub(crate) pid: i32,
    pub(crate) group: i32,
    pub(crate) arguments: Vec<String>,
    pub(crate) environment: Vec<(String, String)>,
    /// Its descriptors but for 0, 1 and 2, each with what it is.
    pub(crate) descriptors: Vec<String>,
    /// Device and inode.
    pub(crate) stdout: (u64, u64),
    pub(crate) stderr: (u64, u64),
}

/// Where the events of one plugin process go.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    path: PathBuf,
}

impl Record {
    /// Takes the first number that is free in a folder.
    pub(crate) fn create(folder: &Path) -> io::Result<(Record, usize)> {
        for number in 0.. {
            let path = folder.join(format!("run-{number}.events"));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(_) => return Ok((Record { path }, number)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    pub(crate) fn at(path: PathBuf) -> Record {
        Record { path }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Where what it read is kept.
    pub(crate) fn stdin(&self) -> PathBuf {
        self.path.with_extension("stdin")
    }

    /// Adds an event. Each is one write, so that processes can share the file.
    pub(crate) fn note(&self, what: What) -> io::Result<()> {
        let mut line = serde_json::to_vec(&Event { at: now(), what })?;
        line.push(b'\n');
        self.open()?.write_all(&line)
    }

    fn open(&self) -> io::Result<File> {
        OpenOptions::new().append(true).open(&self.path)
    }

    /// All events so far; a line that is still being written is left out.
    pub(crate) fn events(&self) -> Vec<Event> {
        let text = fs::read(&self.path).unwrap_or_default();
        let lines = text.split_inclusive(|&byte| byte == b'\n');
        lines
            .filter_map(|line| serde_json::from_slice(line).ok())
            .collect()
    }
}

/// The records of a folder, in the order in which the plugins began.
pub(crate) fn records(folder: &Path) -> Vec<Record> {
    let paths = (0..).map(|number| folder.join(format!("run-{number}.events")));
    paths
        .take_while(|path| path.exists())
        .map(Record::at)
        .collect()
}

pub(crate) fn now() -> Moment {
    let time = clock_gettime(ClockId::Monotonic);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    let nanoseconds = u64::try_from(time.tv_nsec).unwrap_or_default();
    seconds * 1_000_000_000 + nanoseconds
}
