//! `plugin`: the conformance suite against a plugin.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::SystemTime;

use clap::Args;
use shellrt_api::Timestamp;

use crate::exit;
use crate::fault::Failure;
use crate::requirements;
use crate::suite::fixture::Fixture;
use crate::suite::outcome::{CaseResult, CheckResult, Coverage, Outcome, Run, Tested};
use crate::suite::stage::Stage;
use crate::suite::{self, Progress, Results, select};

/// The seed of a run that names none: every run plays the same sequences.
const SEED: u64 = 20_200_601;

/// Check whether a plugin conforms
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(crate) struct Arguments {
    /// A fixture: how modules are made with this plugin. A file, or one that is shipped: `process`, `containerd`
    ///
    /// Without one only the profiles `core`, `strict` and parts of `robust` can
    /// be played.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Profiles that must be whole, or `all`: what the plugin does not claim of them has failed
    #[arg(
        long,
        value_name = "PROFILE",
        value_delimiter = ',',
        default_value = "core"
    )]
    require: Vec<String>,
    /// Only cases of this name, part of a name, rule or check; may be given again
    #[arg(long, value_name = "TEXT")]
    filter: Vec<String>,
    /// How many cases are played at a time [default: four for each core]
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Where random sequences begin
    #[arg(long, value_name = "NUMBER", default_value_t = SEED)]
    seed: u64,
    /// Stretches every limit, for slow machines
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0)]
    timeout_scale: f64,
    /// How much memory the plugin may take for one request, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    memory_limit: u64,
    /// Write the run to a file: `json=FILE`
    #[arg(long, value_name = "FORMAT=FILE")]
    report: Vec<String>,
    /// The plugin's program and its arguments
    #[arg(required = true, last = true, value_name = "CMD")]
    command: Vec<OsString>,
}

const EXAMPLES: &str = "Examples:
  shellrt-validate plugin -- ./my-plugin
  shellrt-validate plugin --config process --require all -- shellrt-process
  shellrt-validate plugin --filter lifecycle --filter T-5 -- python3 my_plugin.py";

/// A line for each case that is done, for whoever waits.
struct Lines;

impl Progress for Lines {
    fn done(&self, case: &CaseResult) {
        eprintln!(
            "{:?} {} ({} ms) {}",
            case.outcome, case.id, case.took_ms, case.reason
        );
        for check in case
            .checks
            .iter()
            .filter(|check| check.outcome != Outcome::Pass)
        {
            eprintln!(
                "  {:?} {}: {} [{}]",
                check.outcome, check.id, check.found, check.expected
            );
            if let Some(evidence) = &check.evidence {
                eprintln!("{evidence:#?}");
            }
        }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let cases = select::cases_for(&arguments.filter).map_err(Failure::run)?;
    let required = select::profiles(&arguments.require).map_err(Failure::run)?;
    let fixture = match &arguments.config {
        Some(path) => Fixture::load(path).map_err(Failure::run)?,
        None => Fixture::default(),
    };
    let stage = Stage::prepare(
        arguments.command.clone(),
        fixture,
        arguments.timeout_scale,
        arguments.seed,
        arguments.memory_limit.saturating_mul(1 << 20),
    )
    .map_err(Failure::run)?;
    clear_up_when_told_to_end(&stage)?;
    let jobs = arguments.jobs.map_or_else(usual_jobs, NonZeroUsize::get);
    let began = SystemTime::now();
    let results = suite::run(&stage, &cases, &required, jobs, &Lines);
    let run = assemble(arguments, &stage, required, results, began);
    for report in &arguments.report {
        if let Some(path) = report.strip_prefix("json=") {
            let text = serde_json::to_string_pretty(&run).unwrap_or_default();
            std::fs::write(path, text).map_err(Failure::run)?;
        }
    }
    Ok(if run.passed { exit::OK } else { exit::FAULT })
}

/// What the run has made goes before the run does.
fn clear_up_when_told_to_end(stage: &Stage) -> Result<(), Failure> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let janitor = Arc::downgrade(&stage.janitor);
    let mut signals =
        signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]).map_err(Failure::run)?;
    thread::spawn(move || {
        for signal in signals.forever() {
            // Whoever waits for the suite learns which signal it was.
            let end = || {
                let _ = signal_hook::low_level::emulate_default_handler(signal);
            };
            match janitor.upgrade() {
                Some(janitor) => janitor.act_now(end),
                None => end(),
            }
        }
    });
    Ok(())
}

fn assemble(
    arguments: &Arguments,
    stage: &Stage,
    required_profiles: Vec<String>,
    results: Results,
    began: SystemTime,
) -> Run {
    let claims = stage.claims.clone().unwrap_or_default();
    let checks = results.cases.iter().flat_map(|case| &case.checks);
    let passed = !checks
        .chain(&results.exchange_checks)
        .any(CheckResult::is_failure)
        && results
            .cases
            .iter()
            .all(|case| case.outcome != Outcome::Error);
    Run {
        report: "shellrt-conformance/1".to_owned(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        requirements: requirements::NEWEST.to_owned(),
        plugin: Tested {
            command: stage.plugin.shown(),
            name: stage.facts.name.clone(),
            version: stage.facts.version.clone(),
            protocol_versions: claims.versions,
            commands: claims.commands,
            features: claims.features,
        },
        required_profiles,
        filters: arguments.filter.clone(),
        seed: arguments.seed,
        timeout_scale: arguments.timeout_scale,
        started_at: time_of(began),
        took_ms: results.took_ms,
        exchange_checks: results.exchange_checks,
        exchanges: results.exchanges,
        cases: results.cases,
        coverage: Coverage::default(),
        baseline: None,
        passed,
    }
}

fn time_of(moment: SystemTime) -> String {
    let since = moment
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let nanos = i128::try_from(since.as_nanos()).unwrap_or(i128::MAX);
    Timestamp::from_unix_nanos(nanos).as_str().to_owned()
}

/// Most cases wait most of their time.
fn usual_jobs() -> usize {
    4 * std::thread::available_parallelism().map_or(1, NonZeroUsize::get)
}
