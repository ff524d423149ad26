//! `tap`: a plugin as it is, with somebody who listens and judges.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;

use crate::fault::Failure;
use crate::report::printable;
use crate::tape::{self, Finding, Lines, Record, Seen};

/// Listen between a host and a plugin
///
/// Put it where the host expects the plugin. Both directions pass unchanged, and
/// so do signals, closed ends and the exit status; each exchange is judged when
/// it is over.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  shellrt-validate tap -- ./my-plugin < request.json
  shellrt-validate tap --tape exchanges.jsonl --faults faults.txt -- ./my-plugin --flag
  shellrt-driver --plugin shellrt-validate --plugin-arg=tap --plugin-arg=-- \\
      --plugin-arg=./my-plugin list

Exit status:
  the plugin's own, or its death by the same signal;
  2  could not run: wrong usage, a file that cannot be written, or no such plugin")]
pub(crate) struct Arguments {
    /// Add each exchange to a tape, without secrets, for `replay`
    #[arg(long, value_name = "FILE")]
    tape: Option<PathBuf>,
    /// Add what is found to a file [default: to standard error]
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
    /// What SHOULD be is a fault too, and so are members that the schema does not know
    #[arg(long)]
    strict: bool,
    /// The plugin's program and its arguments
    #[arg(required = true, last = true, value_name = "CMD")]
    command: Vec<OsString>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let open = |path: &Option<PathBuf>| path.as_deref().map(Lines::open).transpose();
    let (tape, faults) = (open(&arguments.tape)?, open(&arguments.faults)?);
    let seen = crate::tap::run(&arguments.command)?;
    let exit = seen.exit;
    // The host is owed the plugin's own end, whatever comes of ours.
    if let Err(failure) = account(&seen, tape.as_ref(), faults.as_ref(), arguments.strict) {
        let _ = writeln!(std::io::stderr(), "shellrt-validate: {failure}");
    }
    Ok(crate::tap::end_as(exit))
}

fn account(
    seen: &Seen,
    tape: Option<&Lines>,
    faults: Option<&Lines>,
    strict: bool,
) -> Result<(), Failure> {
    let record = Record::of(seen)?;
    if let Some(file) = tape {
        let line = serde_json::to_string(&record).map_err(Failure::contract)?;
        file.append(format!("{line}\n").as_bytes())?;
    }
    let lines: String = tape::judge(&record, strict)?
        .iter()
        .map(|finding| line(&record, finding))
        .collect();
    match faults {
        _ if lines.is_empty() => {}
        Some(file) => file.append(lines.as_bytes())?,
        None => std::io::stderr().write_all(lines.as_bytes())?,
    }
    Ok(())
}

/// A fault on one line, its rule first.
fn line(record: &Record, finding: &Finding) -> String {
    let mut line = format!("{} {}", finding.rule, finding.party);
    for word in record.words() {
        let _ = write!(line, " {word}");
    }
    let _ = write!(line, ": {}", finding.found);
    if !finding.expected.is_empty() {
        let _ = write!(line, "; expected {}", finding.expected);
    }
    // What a plugin wrote must neither break the line nor play with a terminal.
    printable(&line) + "\n"
}
