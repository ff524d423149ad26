//! `message`: checks documents, one a file or one a line, and says every fault.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use clap::Args;
use shellrt_api::FaultRule;

use crate::documents::{self, Document, LARGEST_BYTES};
use crate::exit;
use crate::fault::{Failure, Fault};
use crate::judge::{Asked, Judge, Verdict};
use crate::report::Format;
use crate::report::message::Report;

/// Check requests and responses
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(crate) struct Arguments {
    /// Files of one document, or of one a line; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    files: Vec<PathBuf>,
    /// Every document is a request [default: what has a `_status` is a response]
    #[arg(long, conflicts_with = "response")]
    request: bool,
    /// Every document is a response to this command
    #[arg(long, value_name = "TYPE")]
    response: Option<String>,
    /// As senders should write: members that the schema does not know are faults
    #[arg(long)]
    strict: bool,
    /// For people, or for programs
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Write nothing; the exit status says it
    #[arg(long, short)]
    quiet: bool,
}

const EXAMPLES: &str = "Examples:
  shellrt-validate message request.json
  ./my-plugin < request.json | shellrt-validate message --response start
  shellrt-validate message --request --strict --format json recorded.jsonl";

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let asked = match &arguments.response {
        _ if arguments.request => Asked::Request,
        Some(command) => Asked::Response(command.clone()),
        None => Asked::Anything,
    };
    let mut judge = Judge::new(asked, arguments.strict)?;
    let mut report = Report::new((!arguments.quiet).then_some(arguments.format));
    let mut invalid = 0;
    for path in &arguments.files {
        invalid += file(path, &mut judge, &mut report)?;
    }
    report.finish()?;
    Ok(if invalid == 0 { exit::OK } else { exit::FAULT })
}

/// Checks one file and says how many of its documents are at fault.
fn file(path: &Path, judge: &mut Judge, report: &mut Report) -> Result<u64, Failure> {
    if path == Path::new("-") {
        return stream(io::stdin().lock(), "<stdin>", false, judge, report);
    }
    let name = path.display().to_string();
    let unreadable = |source| Failure::Read {
        path: name.clone(),
        source,
    };
    let file = File::open(path).map_err(unreadable)?;
    let is_lines = path
        .extension()
        .is_some_and(|extension| extension == "jsonl" || extension == "ndjson");
    let input = BufReader::with_capacity(64 * 1024, file);
    stream(input, &name, is_lines, judge, report)
}

fn stream(
    input: impl io::BufRead,
    name: &str,
    is_lines: bool,
    judge: &mut Judge,
    report: &mut Report,
) -> Result<u64, Failure> {
    let (mut valid, mut invalid, mut many) = (0, 0, is_lines);
    let check = |Document { line, bytes }: Document<'_>| -> Result<(), Stop> {
        let verdict = match bytes {
            Some(bytes) => judge.judge(bytes)?,
            None => too_large(),
        };
        many |= line.is_some();
        if verdict.faults.is_empty() {
            valid += 1;
        } else {
            invalid += 1;
        }
        Ok(report
            .verdict(name, line, &verdict)
            .map_err(Failure::Write)?)
    };
    documents::each(input, is_lines, check).map_err(|stop| match stop {
        Stop::Failure(failure) => failure,
        Stop::Read(source) => Failure::Read {
            path: name.to_owned(),
            source,
        },
    })?;
    if many {
        report.summary(name, valid, invalid)?;
    }
    Ok(invalid)
}

/// Tells a failed read from a failed write, which are both I/O errors.
enum Stop {
    Read(io::Error),
    Failure(Failure),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        Stop::Read(error)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Failure(failure)
    }
}

fn too_large() -> Verdict {
    let fault = Fault::new(
        "",
        FaultRule::Syntax,
        "the document is too large to be a message",
        format!("at most {LARGEST_BYTES} bytes"),
    );
    Verdict {
        kind: "document".into(),
        faults: vec![fault],
    }
}
