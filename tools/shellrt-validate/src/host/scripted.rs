//! The scripted plugin: this program in another role. A host starts it by a
//! script of its own, `#!validate --scripted-plugin`, in a folder that also says
//! what it has to do, since a host passes on neither arguments nor variables.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{Signal, getpgrp, getpid, getppid, kill_process};
use serde::{Deserialize, Serialize};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::record::{Given, Record, What};
use super::scenario::{Bytes, Child, Endless, Held, Step, Trickle};

/// The words that start the roles instead of the command line.
pub(crate) const ROLE: &str = "--scripted-plugin";
pub(crate) const CHILD_ROLE: &str = "--child-of-a-scripted-plugin";
/// The name of the script, and of what it has to do, in the folder of a play.
pub(crate) const PLUGIN: &str = "plugin";
pub(crate) const SCRIPT: &str = "script.json";
/// No scripted process is there for longer, whatever became of the suite.
const LONGEST: Duration = Duration::from_secs(300);
/// After so long a silence it is taken that the request has ended.
const SILENCE: Duration = Duration::from_secs(2);
/// The status of a plugin that could not do what the scenario says.
const CANNOT: u8 = 99;

/// What a plugin has to do.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Script {
    pub(crate) first: Vec<Step>,
    pub(crate) again: Vec<Step>,
    /// By how much pauses are stretched.
    pub(crate) scale: f64,
}

/// The role. The kernel gives the path of the script.
pub(crate) fn run(mut words: impl Iterator<Item = OsString>) -> ExitCode {
    let path = PathBuf::from(words.next().unwrap_or_default());
    let arguments = words.map(|word| word.to_string_lossy().into_owned());
    let folder = path.parent().unwrap_or(Path::new("."));
    match begin(folder, arguments.collect()) {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            eprintln!("scripted plugin: {error}");
            ExitCode::from(CANNOT)
        }
    }
}

fn begin(folder: &Path, arguments: Vec<String>) -> io::Result<u8> {
    let given = given(arguments)?;
    // Before the first event, which tells the suite that the plugin is there.
    let signals = Signals::new([SIGTERM, SIGINT])?;
    let (record, number) = Record::create(folder)?;
    record.note(What::Began(Box::new(given)))?;
    let script: Script = serde_json::from_slice(&fs::read(folder.join(SCRIPT))?)?;
    let actor = Actor {
        record,
        scale: script.scale,
    };
    let steps = match number {
        0 => script.first,
        _ => script.again,
    };
    actor.listen(signals, on_term(&steps));
    end_without(folder.to_owned());
    actor.play(&steps)
}

fn given(arguments: Vec<String>) -> io::Result<Given> {
    Ok(Given {
        pid: getpid().as_raw_nonzero().get(),
        group: getpgrp().as_raw_nonzero().get(),
        arguments,
        environment: std::env::vars_os()
            .map(|(name, value)| {
                let text = |part: OsString| part.to_string_lossy().into_owned();
                (text(name), text(value))
            })
            .collect(),
        descriptors: descriptors()?,
        stdout: identity(rustix::stdio::stdout()),
        stderr: identity(rustix::stdio::stderr()),
    })
}

/// Device and inode of what is open.
pub(crate) fn identity(stream: impl AsFd) -> (u64, u64) {
    rustix::fs::fstat(stream).map_or((0, 0), |found| (found.st_dev, found.st_ino))
}

/// What is open beside 0, 1 and 2, and the folder that is read to find out.
fn descriptors() -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc/self/fd")? {
        let entry = entry?;
        let number: u32 = entry.file_name().to_string_lossy().parse().unwrap_or(0);
        let target = fs::read_link(entry.path()).unwrap_or_default();
        let is_listing = target.starts_with("/proc") && target.ends_with("fd");
        if number > 2 && !is_listing {
            found.push(format!("{number} ({})", target.display()));
        }
    }
    Ok(found)
}

/// What is done at SIGTERM; `None`: it ends.
fn on_term(steps: &[Step]) -> Option<Vec<Step>> {
    steps.iter().find_map(|step| match step {
        Step::OnTerm(steps) => Some(steps.clone()),
        _ => None,
    })
}

/// A run that was broken off removes its folder: nothing is left to play for.
fn end_without(path: PathBuf) {
    thread::spawn(move || {
        while path.exists() {
            thread::sleep(SILENCE / 4);
        }
        signal_hook::low_level::exit(CANNOT.into());
    });
}

#[derive(Debug, Clone)]
struct Actor {
    record: Record,
    scale: f64,
}

impl Actor {
    /// Hears of signals in a thread of its own.
    fn listen(&self, mut signals: Signals, on_term: Option<Vec<Step>>) {
        let actor = self.clone();
        thread::spawn(move || {
            for number in signals.forever() {
                let _ = actor.record.note(What::Signal { number });
                match &on_term {
                    Some(steps) if number == SIGTERM => {
                        let ends = steps.iter().any(|step| matches!(step, Step::Exit(_)));
                        let status = actor.play(steps).unwrap_or(CANNOT);
                        if ends {
                            signal_hook::low_level::exit(status.into());
                        }
                    }
                    _ => {
                        let _ = signal_hook::low_level::emulate_default_handler(number);
                    }
                }
            }
        });
    }

    /// Takes the steps and gives the exit status.
    fn play(&self, steps: &[Step]) -> io::Result<u8> {
        for step in steps {
            match self.act(step) {
                Ok(None) => {}
                Ok(Some(status)) => return Ok(status),
                Err(error) => {
                    let why = error.to_string();
                    self.record.note(What::Failed { why })?;
                    return Err(error);
                }
            }
        }
        Ok(0)
    }

    fn act(&self, step: &Step) -> io::Result<Option<u8>> {
        match step {
            Step::Read => self.read()?,
            Step::CloseStdin => rustix::stdio::dup2_stdin(nothing()?)?,
            Step::CloseStdout => rustix::stdio::dup2_stdout(nothing()?)?,
            Step::Stdout(bytes) => self.write(rustix::stdio::stdout(), false, bytes)?,
            Step::Stderr(bytes) => self.write(rustix::stdio::stderr(), true, bytes)?,
            Step::Trickle(trickle) => self.trickle(trickle)?,
            Step::Endless(endless) => self.endless(endless)?,
            Step::Pause(milliseconds) => self.pause(*milliseconds),
            Step::Hang => thread::sleep(LONGEST),
            Step::WeighHost(name) => self.weigh_host(name)?,
            Step::Child(child) => self.child(child)?,
            Step::OnTerm(_) => {}
            Step::Exit(status) => {
                self.record.note(What::Ends { step: step.clone() })?;
                return Ok(Some(*status));
            }
            Step::Signal(number) => {
                self.record.note(What::Ends { step: step.clone() })?;
                let signal = Signal::from_named_raw(*number)
                    .ok_or_else(|| io::Error::other("there is no such signal"))?;
                kill_process(getpid(), signal)?;
                thread::sleep(LONGEST);
            }
        }
        Ok(None)
    }

    /// To the end, or until nothing has come for a while: a host that does not
    /// close the pipe must not hold up the suite.
    fn read(&self) -> io::Result<()> {
        let mut stdin = io::stdin().lock();
        let mut kept = fs::File::create(self.record.stdin())?;
        let (mut bytes, mut closed) = (0, false);
        let mut buffer = [0; 64 * 1024];
        while !closed && self.has_more(&stdin)? {
            match stdin.read(&mut buffer)? {
                0 => closed = true,
                length => {
                    kept.write_all(&buffer[..length])?;
                    bytes += length as u64;
                }
            }
        }
        self.record.note(What::Read { bytes, closed })
    }

    fn has_more(&self, stdin: &impl AsFd) -> io::Result<bool> {
        let wait = SILENCE.mul_f64(self.scale);
        let mut ends = [PollFd::new(stdin, PollFlags::IN)];
        let wait = wait.try_into().map_err(io::Error::other)?;
        Ok(poll(&mut ends, Some(&wait))? > 0)
    }

    fn write(&self, output: BorrowedFd<'_>, stderr: bool, bytes: &Bytes) -> io::Result<()> {
        let bytes = bytes.bytes().map_err(io::Error::other)?;
        let (written, broken) = write(output, &bytes)?;
        self.record.note(What::Wrote {
            stderr,
            bytes: written,
            broken,
        })
    }

    fn trickle(&self, trickle: &Trickle) -> io::Result<()> {
        let bytes = trickle.bytes.bytes().map_err(io::Error::other)?;
        let (mut total, mut is_broken) = (0, false);
        for piece in bytes.chunks(trickle.piece.max(1)) {
            let (written, broken) = write(rustix::stdio::stdout(), piece)?;
            total += written;
            is_broken |= broken;
            if broken {
                break;
            }
            self.pause(trickle.pause_ms);
        }
        self.record.note(What::Wrote {
            stderr: false,
            bytes: total,
            broken: is_broken,
        })
    }

    fn endless(&self, endless: &Endless) -> io::Result<()> {
        let bytes = endless.bytes.bytes().map_err(io::Error::other)?;
        let most = endless.most_mib * 1024 * 1024;
        let until = Instant::now() + LONGEST;
        let (mut total, mut is_broken) = (0, false);
        while total < most && !is_broken && Instant::now() < until {
            let (written, broken) = write(rustix::stdio::stdout(), &bytes)?;
            total += written;
            is_broken = broken;
            self.pause(endless.pause_ms);
        }
        self.record.note(What::Wrote {
            stderr: false,
            bytes: total,
            broken: is_broken,
        })
    }

    fn pause(&self, milliseconds: u64) {
        if milliseconds > 0 {
            thread::sleep(Duration::from_millis(milliseconds).mul_f64(self.scale));
        }
    }

    fn weigh_host(&self, name: &str) -> io::Result<()> {
        let host = getppid().map_or(0, |pid| pid.as_raw_nonzero().get());
        let status = fs::read_to_string(format!("/proc/{host}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok());
        let name = name.to_owned();
        match kib {
            Some(kib) => self.record.note(What::Weighed { name, kib }),
            None => Err(io::Error::other("the host's memory cannot be seen")),
        }
    }

    fn child(&self, child: &Child) -> io::Result<()> {
        let output = |held| match child.holds.contains(&held) {
            true => Stdio::inherit(),
            false => Stdio::null(),
        };
        let mut command = Command::new(std::env::current_exe()?);
        command
            .arg(CHILD_ROLE)
            .arg(self.record.path())
            .stdin(Stdio::null())
            .stdout(output(Held::Stdout))
            .stderr(output(Held::Stderr));
        if child.own_group {
            command.process_group(0);
        }
        let pid = i32::try_from(command.spawn()?.id()).map_err(io::Error::other)?;
        self.record.note(What::Child { pid })?;
        let until = Instant::now() + LONGEST;
        let is_ready = |what: &What| matches!(what, What::ChildReady);
        while Instant::now() < until {
            if self
                .record
                .events()
                .iter()
                .any(|event| is_ready(&event.what))
            {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(5));
        }
        Err(io::Error::other("the child did not come up"))
    }
}

/// The role of what a plugin leaves behind: it hears signals and stays.
pub(crate) fn run_child(mut words: impl Iterator<Item = OsString>) -> ExitCode {
    let record = Record::at(words.next().unwrap_or_default().into());
    let Ok(mut signals) = Signals::new([SIGTERM, SIGINT]) else {
        return ExitCode::from(CANNOT);
    };
    end_without(record.path().to_owned());
    let _ = record.note(What::ChildReady);
    thread::spawn(move || {
        for number in signals.forever() {
            let _ = record.note(What::ChildSignal { number });
        }
    });
    thread::sleep(LONGEST);
    ExitCode::SUCCESS
}

/// How much was written, and whether nobody reads. Nothing is buffered, and no
/// lock is taken: SIGTERM may come in the middle.
fn write(output: BorrowedFd<'_>, bytes: &[u8]) -> io::Result<(u64, bool)> {
    let mut written = 0;
    while written < bytes.len() {
        match rustix::io::write(output, &bytes[written..]) {
            Ok(more) => written += more,
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => {
                let _ = poll(
                    &mut [PollFd::from_borrowed_fd(output, PollFlags::OUT)],
                    None,
                );
            }
            Err(Errno::PIPE) => return Ok((written as u64, true)),
            Err(error) => return Err(error.into()),
        }
    }
    Ok((written as u64, false))
}

/// What is put in the place of a pipe: the pipe itself is closed by it.
fn nothing() -> io::Result<fs::File> {
    fs::OpenOptions::new()
        .read(true)
        .write(true)
        .open("/dev/null")
}
