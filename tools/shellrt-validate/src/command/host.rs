//! `host`: the conformance suite against a host, by way of an adapter.

use std::ffi::OsString;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::thread;
use std::time::{Instant, SystemTime};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::baseline::{self, BaselineArguments, Selection};
use crate::coverage::{Role, coverage};
use crate::exit;
use crate::fault::Failure;
use crate::host::{self, Named, Progress, Run, Stage, Statuses};
use crate::report::{Invocation, ReportArguments};
use crate::requirements;
use crate::suite::quoted;

/// Check whether a host conforms
///
/// The host is run against a plugin that misbehaves. CMD is an adapter: it reads
/// the request from the file {request} (or from standard input, where the command
/// line has no {request}), sends it through the host's library to the plugin
/// {plugin}, writes what it gets to standard output, and ends with an exit status
/// that says what the library made of it. docs/validating-a-host.md has one in
/// each of several languages.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(crate) struct Arguments {
    /// What the adapter's exit statuses mean: ok, error, retry (an error after
    /// which the host would send the request again), fault, cut, late (the host
    /// ended the plugin)
    #[arg(long, value_name = "WORD=STATUS", default_value = Statuses::USUAL)]
    statuses: String,
    /// The frozen set of rules to judge by
    #[arg(long, value_name = "SET", default_value = requirements::NEWEST)]
    requirements: String,
    /// Only scenarios of this name, part of a name, rule or check; may be given again
    #[arg(long, value_name = "TEXT")]
    filter: Vec<String>,
    /// List the scenarios and their checks, and run nothing
    #[arg(long)]
    list: bool,
    /// How often the host is run at a time [default: four for each core]
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Stretches every limit, for slow machines
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0)]
    timeout_scale: f64,
    #[command(flatten)]
    reports: ReportArguments,
    #[command(flatten)]
    known: BaselineArguments,
    /// The adapter and its arguments, with {plugin} and {request} in them
    #[arg(required_unless_present = "list", last = true, value_name = "CMD")]
    command: Vec<OsString>,
}

const EXAMPLES: &str = "Examples:
  shellrt-validate host -- ./adapter {plugin} {request}
  shellrt-validate host --filter deadline --filter H-7 -- python3 adapter.py {plugin} {request}
  shellrt-validate host --statuses ok=0,error=1,retry=7,fault=3,cut=5,late=6 -- ./adapter {plugin} {request}
  shellrt-validate host --list --filter S-9";

/// How far the run is, for whoever waits at a terminal.
struct Counter(ProgressBar);

impl Progress for Counter {
    fn done(&self, scenario: &str) {
        self.0.set_message(scenario.to_owned());
        self.0.inc(1);
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let scenarios = host::selected(&arguments.filter).map_err(|filter| {
        Failure::run(format!(
            "no scenario matches `{filter}`\nhint: `shellrt-validate host --list` has them all"
        ))
    })?;
    if arguments.list {
        return list(&scenarios);
    }
    let rules = requirements::load(&arguments.requirements)?;
    let statuses = Statuses::parse(&arguments.statuses).map_err(Failure::run)?;
    let reports = arguments.reports.open()?;
    let known = arguments.known.open()?;
    let stage = Stage::prepare(&arguments.command, statuses, arguments.timeout_scale)
        .map_err(Failure::run)?;
    clear_up_when_told_to_end(&stage)?;
    let began = (SystemTime::now(), Instant::now());
    host::smoke(&stage).map_err(Failure::Run)?;
    let plays: usize = scenarios.iter().map(|named| named.plays().len()).sum();
    let counter = Counter(ProgressBar::new(u64::try_from(plays).unwrap_or(u64::MAX)));
    if let Ok(style) = ProgressStyle::with_template("{pos} of {len} plays, {elapsed}: {msg}") {
        counter.0.set_style(style);
    }
    let jobs = arguments.jobs.map_or_else(usual_jobs, NonZeroUsize::get);
    let (cases, plays) =
        host::run(&stage, &scenarios, &rules, jobs, &counter).map_err(Failure::run)?;
    counter.0.finish_and_clear();
    let words: Vec<String> = arguments.command.iter().map(|word| quoted(word)).collect();
    let mut run = Run {
        report: "shellrt-conformance-host/1".to_owned(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        requirements: rules.name.clone(),
        host: words.join(" "),
        statuses: arguments.statuses.clone(),
        filters: arguments.filter.clone(),
        timeout_scale: arguments.timeout_scale,
        started_at: super::plugin::time_of(began.0),
        took_ms: u64::try_from(began.1.elapsed().as_millis()).unwrap_or(u64::MAX),
        plays,
        coverage: coverage(&rules, Role::Host, &cases, &[]),
        cases,
        baseline: None,
        passed: false,
    };
    let selection = Selection {
        is_filtered: !arguments.filter.is_empty(),
        is_known: &host::has_check,
        cases: &run.cases,
        shared: &[],
    };
    let known = known.map(|known| known.conclude(&selection)).transpose()?;
    run.passed = baseline::passes(&selection, known.as_ref());
    run.baseline = known;
    reports.write(&run.view(&rules, &invocation(arguments)), &run)?;
    Ok(if run.passed { exit::OK } else { exit::FAULT })
}

fn list(scenarios: &[Named]) -> Result<u8, Failure> {
    let mut out = io::stdout().lock();
    for named in scenarios {
        writeln!(out, "{}  {}", named.id, named.scenario.title)?;
        for check in named.checks() {
            writeln!(out, "  {}", check.id)?;
        }
    }
    out.flush()?;
    Ok(exit::OK)
}

/// Hosts are in groups of their own, which an interrupt does not reach.
fn clear_up_when_told_to_end(stage: &Stage) -> Result<(), Failure> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let running = stage.running();
    let mut signals =
        signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]).map_err(Failure::run)?;
    thread::spawn(move || {
        for signal in signals.forever() {
            running.end();
            // Whoever waits for the suite learns which signal it was.
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
    Ok(())
}

/// What has to be typed for the same run; defaults are left out.
fn invocation(arguments: &Arguments) -> Invocation {
    let mut invocation = Invocation {
        command: arguments.command.clone(),
        ..Invocation::of("host")
    };
    invocation.option("--statuses", &arguments.statuses, &Statuses::USUAL);
    invocation.option(
        "--requirements",
        &arguments.requirements,
        &requirements::NEWEST,
    );
    invocation.option("--timeout-scale", &arguments.timeout_scale, &1.0);
    invocation
}

/// Most plays wait most of their time.
fn usual_jobs() -> usize {
    4 * thread::available_parallelism().map_or(1, NonZeroUsize::get)
}
