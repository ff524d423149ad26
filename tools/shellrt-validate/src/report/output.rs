//! Which reports are written, and where to. Files are opened before a run
//! begins, so that none is lost at its end.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use clap::ValueEnum;
use clap::builder::PossibleValue;
use serde::Serialize;

use super::block::Look;
use super::text::{NARROWEST, Paint, WIDEST};
use super::{View, github, junit, markdown, pretty};
use crate::fault::Failure;

/// Where GitHub Actions wants the summary of a step.
const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// Options of commands that end in a report.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct ReportArguments {
    /// Write a report; may be given again. FORMAT is pretty, json, junit, github
    /// or markdown, FILE a path, or `-` for standard output [default: pretty=-]
    ///
    /// pretty: for people. json: everything, by conformance/report.schema.json.
    /// junit: for test viewers. github: annotations, and the step's summary in
    /// GitHub Actions. markdown: a page without times and paths, to commit.
    #[arg(long = "report", value_name = "FORMAT=FILE", value_parser = wanted, help_heading = "Reports")]
    reports: Vec<Wanted>,
    /// Tell every failure, warning and reason at length, not the first ones only
    #[arg(long, help_heading = "Reports")]
    verbose: bool,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Pretty,
    Json,
    Junit,
    Github,
    Markdown,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        use Format::*;
        &[Pretty, Json, Junit, Github, Markdown]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

impl Format {
    fn name(self) -> &'static str {
        match self {
            Format::Pretty => "pretty",
            Format::Json => "json",
            Format::Junit => "junit",
            Format::Github => "github",
            Format::Markdown => "markdown",
        }
    }

    /// Whether it may stand beside others in one output: a person or a CI
    /// system reads it line by line, not a parser as a whole.
    fn can_share(self) -> bool {
        matches!(self, Format::Pretty | Format::Github)
    }
}

/// One `--report`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    format: Format,
    /// `None`: standard output.
    path: Option<PathBuf>,
}

fn wanted(text: &str) -> Result<Wanted, String> {
    let (format, path) = text
        .split_once('=')
        .ok_or("a report is written FORMAT=FILE, such as `junit=report.xml` or `json=-`")?;
    let known = || {
        let names = Format::value_variants().iter().map(|format| format.name());
        names.collect::<Vec<_>>().join(", ")
    };
    let format = Format::from_str(format, false)
        .map_err(|_| format!("there is no report `{format}`; known are {}", known()))?;
    let path = match path {
        "" => return Err(format!("`{text}` names no file")),
        "-" => None,
        path => Some(PathBuf::from(path)),
    };
    Ok(Wanted { format, path })
}

/// The reports of one run, ready to be written.
#[derive(Debug)]
pub(crate) struct Reports {
    outputs: Vec<(Format, Output)>,
    /// GitHub's, where there is one and it is wanted.
    summary: Option<Output>,
    verbose: bool,
}

#[derive(Debug)]
enum Output {
    Stdout,
    File { path: String, file: File },
}

impl ReportArguments {
    /// Opens every file.
    ///
    /// # Errors
    /// When one cannot be written, or two reports would get into each other.
    pub(crate) fn open(&self) -> Result<Reports, Failure> {
        self.refuse_clashes()?;
        let mut outputs = Vec::new();
        if self.reports.iter().all(|wanted| wanted.path.is_some()) {
            outputs.push((Format::Pretty, Output::Stdout));
        }
        for wanted in &self.reports {
            let output = match &wanted.path {
                None => Output::Stdout,
                Some(path) => Output::create(path.clone(), false)?,
            };
            outputs.push((wanted.format, output));
        }
        let is_github = self
            .reports
            .iter()
            .any(|wanted| wanted.format == Format::Github);
        let summary = std::env::var_os(STEP_SUMMARY)
            .filter(|path| is_github && !path.is_empty())
            .map(|path: OsString| Output::create(path.into(), true))
            .transpose()?;
        Ok(Reports {
            outputs,
            summary,
            verbose: self.verbose,
        })
    }

    fn refuse_clashes(&self) -> Result<(), Failure> {
        for (number, wanted) in self.reports.iter().enumerate() {
            let mut before = self.reports[..number].iter();
            let Some(other) = before.find(|other| other.path == wanted.path) else {
                continue;
            };
            let shares = [wanted, other].iter().all(|one| one.format.can_share());
            if wanted.path.is_some() || !shares {
                let place = match &wanted.path {
                    None => "standard output".to_owned(),
                    Some(path) => format!("`{}`", path.display()),
                };
                return Err(Failure::Report(format!(
                    "{place} cannot take two reports, {} and {}",
                    other.format.name(),
                    wanted.format.name()
                )));
            }
        }
        Ok(())
    }
}

impl Reports {
    /// Writes all of them, also when one cannot be. `run` is what the JSON report
    /// is made of.
    ///
    /// # Errors
    /// The first that came up.
    pub(crate) fn write(self, view: &View<'_>, run: &impl Serialize) -> Result<(), Failure> {
        let mut result = Ok(());
        for (format, output) in self.outputs {
            let text = match format {
                Format::Pretty => Ok(pretty::render(view, output.look(self.verbose))),
                Format::Json => json(run),
                Format::Junit => junit::render(view),
                Format::Github => Ok(github::commands(view)),
                Format::Markdown => Ok(markdown::render(view)),
            };
            result = result.and(text.and_then(|text| output.write(&text)));
        }
        if let Some(summary) = self.summary {
            result = result.and(summary.write(&github::summary(view)));
        }
        result
    }
}

/// The JSON report.
pub(super) fn json(run: &impl Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(run);
    let text = text.map_err(|error| Failure::Report(format!("the report is no JSON: {error}")))?;
    Ok(text + "\n")
}

impl Output {
    /// Opens a file; what it held goes, unless it `is_shared`.
    fn create(path: PathBuf, is_shared: bool) -> Result<Output, Failure> {
        let mut options = OpenOptions::new();
        match is_shared {
            true => options.append(true).create(true),
            false => options.write(true).create(true).truncate(true),
        };
        let shown = path.display().to_string();
        match options.open(&path) {
            Ok(file) => Ok(Output::File { path: shown, file }),
            Err(source) => Err(Failure::WriteFile {
                path: shown,
                source,
            }),
        }
    }

    /// Colour only where a person sees it; as wide as the terminal, within
    /// what can be read. A file has everything: nobody waits for its end.
    fn look(&self, verbose: bool) -> Look {
        let stdout = io::stdout();
        let is_file = matches!(self, Output::File { .. });
        let verbose = verbose || is_file;
        if is_file || !stdout.is_terminal() {
            return Look {
                paint: Paint::NONE,
                width: WIDEST,
                verbose,
            };
        }
        let choice = anstream::AutoStream::choice(&stdout);
        Look {
            paint: Paint {
                is_wanted: choice != anstream::ColorChoice::Never,
            },
            width: textwrap::termwidth().clamp(NARROWEST, WIDEST),
            verbose,
        }
    }

    fn write(self, text: &str) -> Result<(), Failure> {
        match self {
            Output::Stdout => match super::write_out(text.as_bytes()) {
                // Whoever read it has seen enough; the verdict is still due.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                other => Ok(other?),
            },
            Output::File { path, mut file } => file
                .write_all(text.as_bytes())
                .and_then(|()| file.flush())
                .map_err(|source| Failure::WriteFile { path, source }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(reports: &[&str]) -> ReportArguments {
        ReportArguments {
            reports: reports.iter().map(|text| wanted(text).unwrap()).collect(),
            verbose: false,
        }
    }

    #[test]
    fn a_report_that_is_none_is_refused_with_those_that_are() {
        for (text, told) in [
            ("xml=a", "pretty, json, junit, github, markdown"),
            ("json", "FORMAT=FILE"),
            ("json=", "names no file"),
        ] {
            let error = wanted(text).unwrap_err();
            assert!(error.contains(told), "{error}");
        }
        let path = wanted("json=a=b").unwrap().path;
        assert_eq!(path, Some("a=b".into()));
    }

    #[test]
    fn standard_output_is_for_people_unless_a_report_takes_it() {
        let formats = |reports: &[&str]| -> Vec<Format> {
            let opened = arguments(reports).open().unwrap();
            opened.outputs.iter().map(|(format, _)| *format).collect()
        };
        assert_eq!(formats(&[]), [Format::Pretty]);
        assert_eq!(
            formats(&["junit=/dev/null"]),
            [Format::Pretty, Format::Junit]
        );
        assert_eq!(formats(&["json=-"]), [Format::Json]);
        let both = formats(&["pretty=-", "github=-"]);
        assert_eq!(both, [Format::Pretty, Format::Github]);
    }

    #[test]
    fn two_reports_do_not_get_into_each_other() {
        for reports in [["json=-", "pretty=-"], ["json=a", "junit=a"]] {
            let error = arguments(&reports).open().unwrap_err().to_string();
            assert!(error.contains("cannot take two reports"), "{error}");
        }
        assert!(!std::path::Path::new("a").exists(), "nothing was opened");
    }

    #[test]
    fn a_file_that_cannot_be_written_is_found_before_the_run() {
        let error = arguments(&["json=/nonexistent/report.json"])
            .open()
            .unwrap_err();
        assert!(
            error
                .to_string()
                .contains("cannot write `/nonexistent/report.json`")
        );
    }
}
