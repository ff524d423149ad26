//! What came of a check.

use std::process::{Command, Output};

use crate::Failure;
use crate::process::text;

/// The result of one check, in numbers of tests.
pub(crate) enum Outcome {
    Passed(u64),
    Failed {
        passed: u64,
        failed: u64,
        output: String,
    },
    /// This machine lacks something.
    Missing(String),
}

impl Outcome {
    pub(crate) fn failed(output: String) -> Outcome {
        Outcome::Failed {
            passed: 0,
            failed: 1,
            output,
        }
    }

    /// A check that counts as one test.
    pub(crate) fn of(command: &mut Command) -> Result<Outcome, Failure> {
        Ok(Outcome::of_output(&command.output()?))
    }

    pub(crate) fn of_output(output: &Output) -> Outcome {
        if output.status.success() {
            Outcome::Passed(1)
        } else {
            Outcome::failed(text(output))
        }
    }

    /// Commands that count as one test each, all of them run, with the names that
    /// their failures are told under.
    pub(crate) fn of_each(
        commands: impl IntoIterator<Item = (String, Command)>,
    ) -> Result<Outcome, Failure> {
        let (mut passed, mut failed, mut output) = (0, 0, String::new());
        for (name, mut command) in commands {
            let ran = command
                .output()
                .map_err(|error| format!("{name}: {error}"))?;
            if ran.status.success() {
                passed += 1;
            } else {
                failed += 1;
                output += &format!("{name}: {}\n{}\n", ran.status, text(&ran));
            }
        }
        Ok(match failed {
            0 => Outcome::Passed(passed),
            _ => Outcome::Failed {
                passed,
                failed,
                output,
            },
        })
    }

    /// A run of many tests. One that failed without a failed test (it did not
    /// compile, or it died) is a failure all the same.
    pub(crate) fn of_tests(output: &Output, passed: u64, failed: u64) -> Outcome {
        match (output.status.success(), passed, failed) {
            (true, 0, 0) => Outcome::failed(format!("no test ran\n{}", text_of_tests(output))),
            (true, _, 0) => Outcome::Passed(passed),
            _ => Outcome::Failed {
                passed,
                failed: failed.max(1),
                output: text_of_tests(output),
            },
        }
    }

    /// Where every check must run, one that cannot has failed.
    pub(crate) fn judged(self, complete: bool) -> Outcome {
        match self {
            Outcome::Missing(reason) if complete => Outcome::failed(reason),
            other => other,
        }
    }

    pub(crate) fn word(&self) -> &'static str {
        match self {
            Outcome::Passed(_) => "ok",
            Outcome::Failed { .. } => "FAILED",
            Outcome::Missing(_) => "skipped",
        }
    }

    pub(crate) fn remark(&self) -> String {
        match self {
            Outcome::Passed(1) => String::new(),
            Outcome::Passed(count) => format!("{count} tests"),
            Outcome::Failed { passed, failed, .. } if passed + failed > 1 => {
                format!("{failed} of {} tests", passed + failed)
            }
            Outcome::Failed { .. } => String::new(),
            Outcome::Missing(reason) => reason.clone(),
        }
    }

    pub(crate) fn output(&self) -> Option<&str> {
        match self {
            Outcome::Failed { output, .. } => Some(output),
            _ => None,
        }
    }

    pub(crate) fn passed(&self) -> u64 {
        match self {
            Outcome::Passed(count) | Outcome::Failed { passed: count, .. } => *count,
            Outcome::Missing(_) => 0,
        }
    }

    pub(crate) fn failures(&self) -> u64 {
        match self {
            Outcome::Failed { failed, .. } => *failed,
            _ => 0,
        }
    }

    pub(crate) fn skipped(&self) -> u64 {
        u64::from(matches!(self, Outcome::Missing(_)))
    }
}

/// What a run of tests wrote. Which of them failed stands at the end of standard
/// output: that comes last, where a long text is still seen when it is cut.
fn text_of_tests(output: &Output) -> String {
    let mut text = String::from_utf8_lossy(&output.stderr).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stdout));
    text
}
