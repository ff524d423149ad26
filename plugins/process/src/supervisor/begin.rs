//! The first half of a supervisor's life: from nothing to a module that runs
//! and is on record. Whatever fails leaves no process behind.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rustix::fs::{OFlags, fcntl_setfl};
use rustix::pipe::{PipeFlags, pipe_with};
use rustix::process::{Pid, set_child_subreaper, setsid};
use signal_hook::consts::{SIGCHLD, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2};

use super::descriptors::close_inherited;
use super::launch::own_executable;
use super::output::Output;
use super::{GATE, Report, gate};
use crate::config::Config;
use crate::environment;
use crate::failure::Failure;
use crate::state::{History, ModuleDirectory, Run};
use shellrt_common::failure::shown;
use shellrt_common::log::{Limits, Stream, Writer};
use shellrt_common::process::{Identity, boot_id};

/// A module that runs, with all that its supervisor needs to watch it.
pub(super) struct Started {
    pub(super) run: Run,
    pub(super) outputs: Vec<Output>,
    pub(super) log: Writer,
    /// Readable when a child has ended.
    pub(super) child_ended: UnixStream,
}

/// Starts the module. Where that fails, the module is as it was before, but
/// for the reason that is on record.
pub(super) fn begin(module: &ModuleDirectory) -> Result<Started, Failure> {
    become_supervisor().map_err(Failure::processes)?;
    let before = module.history()?;
    let started = start(module, &before);
    if let Err(failure) = &started {
        // Should the disk refuse this too, `start` still hears the reason.
        let _ = module.record(&before.with_failed_start(failure.to_string()));
    }
    started
}

/// The steps of a start: prepare, make the process, record it, let it go.
fn start(module: &ModuleDirectory, before: &History) -> Result<Started, Failure> {
    let child_ended = listen_for_children().map_err(Failure::processes)?;
    let spec = module.spec()?;
    let config = Config::of_spec(&spec)?;
    check_working_directory(&config)?;
    let limits = Limits {
        segment_max_bytes: config.log_max_bytes,
        segments_max: config.log_max_files,
    };
    let log = Writer::open(&module.log(), limits)
        .map_err(|error| Failure::io("open", &module.log(), error))?;

    let mut gate = Gate::make(&config)?;
    let run = record_start(module, before, gate.identity)?;
    if let Some(error) = gate
        .open(&environment::of_module(&spec, &config))
        .map_err(Failure::processes)?
    {
        return Err(Failure::StartFailed(explain(&config.command[0], &error)));
    }
    Ok(Started {
        run,
        outputs: gate.outputs,
        log,
        child_ended,
    })
}

/// Tells the `start` that waits how it went, and lets go of it and of the
/// module's lock.
pub(super) fn report(report: &Report) -> io::Result<()> {
    let text = serde_json::to_vec(report)?;
    let sent = io::stdout()
        .write_all(&text)
        .and_then(|()| io::stdout().flush());
    let null = File::options().read(true).write(true).open("/dev/null")?;
    rustix::stdio::dup2_stdout(&null)?;
    rustix::stdio::dup2_stdin(&null)?;
    sent
}

/// Lets go of all that is the host's, and becomes the parent of every
/// descendant whose own parent ends.
fn become_supervisor() -> io::Result<()> {
    close_inherited()?;
    setsid()?;
    // Any process id will do: it stands for "yes".
    set_child_subreaper(Some(Pid::INIT))?;
    Ok(())
}

/// Notes when children end. The signals that end a process by default are
/// caught and do nothing: who stops a whole service this way wants to know
/// afterwards how its modules ended. Caught rather than ignored, because the
/// module would inherit the latter.
fn listen_for_children() -> io::Result<UnixStream> {
    let (reader, writer) = UnixStream::pair()?;
    reader.set_nonblocking(true)?;
    signal_hook::low_level::pipe::register(SIGCHLD, writer)?;
    let nobody_asks = Arc::new(AtomicBool::new(false));
    for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2] {
        signal_hook::flag::register(signal, Arc::clone(&nobody_asks))?;
    }
    Ok(reader)
}

/// Asked at `start`, not at `create`: what is mounted or made in between counts.
fn check_working_directory(config: &Config) -> Result<(), Failure> {
    if Path::new(&config.working_dir).is_dir() {
        return Ok(());
    }
    let directory = shown(&config.working_dir);
    Err(Failure::SourceMissing(format!(
        "its working directory `{directory}` is not a directory of this machine"
    )))
}

/// The module's process, before its program is in it.
struct Gate {
    identity: Identity,
    socket: UnixStream,
    outputs: Vec<Output>,
}

impl Gate {
    fn make(config: &Config) -> Result<Self, Failure> {
        let failed =
            |error: io::Error| Failure::StartFailed(format!("its process cannot be made: {error}"));
        let (stdout, stdout_end) = output_pipe(Stream::Stdout).map_err(failed)?;
        let (stderr, stderr_end) = output_pipe(Stream::Stderr).map_err(failed)?;
        let (socket, gate_end) = UnixStream::pair().map_err(failed)?;
        let child = Command::new(own_executable().map_err(failed)?)
            .arg(GATE)
            .args(&config.command)
            .env_clear()
            .current_dir(&config.working_dir)
            .stdin(Stdio::from(OwnedFd::from(gate_end)))
            .stdout(stdout_end)
            .stderr(stderr_end)
            .spawn()
            .map_err(failed)?;
        let identity = Identity::of(child.id()).map_err(Failure::processes)?;
        let lost =
            || Failure::StartFailed("its process ended before its program was in it".to_owned());
        // Not waited for here: the supervisor waits for all its children.
        Ok(Self {
            identity: identity.ok_or_else(lost)?,
            socket,
            outputs: vec![stdout, stderr],
        })
    }

    /// Lets the program in, and says why it could not be.
    fn open(
        &mut self,
        environment: &BTreeMap<OsString, OsString>,
    ) -> io::Result<Option<io::Error>> {
        match gate::open(&mut self.socket, environment) {
            // It was killed: its outcome says so.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            opened => opened?,
        }
        gate::outcome(&mut self.socket)
    }
}

fn record_start(
    module: &ModuleDirectory,
    before: &History,
    process: Identity,
) -> Result<Run, Failure> {
    let supervisor = Identity::own().map_err(Failure::processes)?;
    let boot_id = boot_id().map_err(Failure::processes)?;
    let number = before.last.as_ref().map_or(1, |last| last.number + 1);
    let run = Run::new(number, boot_id, supervisor, process);
    module.record(&History::of(Some(run.clone())))?;
    Ok(run)
}

/// A pipe whose reading end never makes the supervisor wait.
fn output_pipe(stream: Stream) -> io::Result<(Output, Stdio)> {
    let (reader, writer) = pipe_with(PipeFlags::CLOEXEC)?;
    fcntl_setfl(&reader, OFlags::NONBLOCK)?;
    Ok((Output::new(reader, stream), writer.into()))
}

fn explain(program: &str, error: &io::Error) -> String {
    let program = shown(program);
    match error.kind() {
        io::ErrorKind::NotFound => {
            format!("its program `{program}` is not there, or the interpreter that it names is not")
        }
        io::ErrorKind::PermissionDenied => {
            format!("its program `{program}` may not be executed: {error}")
        }
        _ => format!("its program `{program}` cannot be executed: {error}"),
    }
}
