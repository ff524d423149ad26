//! `replay`: judges tapes again, offline.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use crate::exit;
use crate::fault::Failure;
use crate::report::{self, Format, printable};
use crate::tape::{self, Exit, Finding, Record};

/// Judge recorded exchanges again
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(crate) struct Arguments {
    /// Tapes that `tap --tape` wrote; `-` is standard input
    #[arg(value_name = "TAPE", required = true)]
    tapes: Vec<PathBuf>,
    /// What SHOULD be is a fault too, and so are members that the schema does not know
    #[arg(long)]
    strict: bool,
    /// For people, or for programs
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

const EXAMPLES: &str = "Examples:
  shellrt-validate replay exchanges.jsonl
  shellrt-validate replay --strict --format json *.jsonl | jq 'select(.valid | not)'";

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let mut at_fault = 0;
    for path in &arguments.tapes {
        at_fault += replay(path, arguments)?;
    }
    Ok(if at_fault == 0 { exit::OK } else { exit::FAULT })
}

/// Judges one tape and says how many of its exchanges are at fault.
fn replay(path: &Path, arguments: &Arguments) -> Result<u64, Failure> {
    let name = path.display().to_string();
    let input: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).map_err(|source| Failure::Read {
            path: name.clone(),
            source,
        })?)
    };
    let (mut all, mut at_fault) = (0_u64, 0_u64);
    tape::exchanges(input, &name, |line, record| {
        let findings = tape::judge(record, arguments.strict)?;
        all += 1;
        at_fault += u64::from(!findings.is_empty());
        let text = match arguments.format {
            Format::Human => human(&name, line, record, &findings),
            Format::Json => json(&name, line, record, &findings),
        };
        Ok(report::write_out(text.as_bytes())?)
    })?;
    if arguments.format == Format::Human {
        let sound = all - at_fault;
        let summary = format!("{name}: {sound} of {all} exchanges are sound\n");
        report::write_out(summary.as_bytes())?;
    }
    Ok(at_fault)
}

/// Nothing for an exchange that is sound: the summary counts it.
fn human(name: &str, line: u64, record: &Record, findings: &[Finding]) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let words = record.words().join(" ");
    let mut text = format!("{name}:{line}: {words}, {}\n", record.at);
    for finding in findings {
        text.push_str(&format!(
            "  {} {} {}: {}\n",
            finding.rule,
            finding.level,
            finding.party,
            printable(&finding.found)
        ));
        if !finding.expected.is_empty() {
            text.push_str(&format!("    expected {}\n", printable(&finding.expected)));
        }
    }
    text
}

fn json(name: &str, line: u64, record: &Record, findings: &[Finding]) -> String {
    let faults: Vec<_> = findings
        .iter()
        .map(|finding| {
            json!({
                "rule": finding.rule,
                "level": finding.level,
                "party": finding.party,
                "found": finding.found,
                "expected": finding.expected,
            })
        })
        .collect();
    let exit = match record.exit {
        Exit::Status(status) => json!({"status": status}),
        Exit::Signal(number) => json!({"signal": number}),
    };
    let finding = json!({
        "file": name,
        "line": line,
        "at": record.at,
        "program": record.program,
        "exchange": record.words().join(" "),
        "exit": exit,
        "valid": findings.is_empty(),
        "faults": faults,
    });
    format!("{finding}\n")
}
