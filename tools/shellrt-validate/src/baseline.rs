//! Known failures: a file that names checks which may fail, so that a gate can
//! stand before everything is mended. It can only shrink: an entry that is no
//! longer needed fails the run.
//!
//! One check a line; what follows it behind ` #` is a comment, and so is a line
//! that begins with `#`.

use std::fs::{self, OpenOptions};
use std::path::PathBuf;

use clap::Args;

use crate::fault::Failure;
use crate::suite::outcome::{BaselineResult, CaseResult, CheckResult, Outcome, StaleEntry};

/// What a new file begins with.
const HEADING: &str = "\
# Known failures: shellrt-validate does not fail because of these checks. An
# entry that passes must go; say behind ` #` why one is here.
";

/// Options of commands whose failures may be known.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct BaselineArguments {
    /// Do not fail because of the checks that FILE names, one a line; do fail
    /// because of one that passes
    #[arg(long, value_name = "FILE", help_heading = "Known failures")]
    baseline: Option<PathBuf>,
    /// Write the failures of this run to FILE, so that a later `--baseline`
    /// knows them; entries that are still right stay there, with their comments
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "Known failures",
        conflicts_with = "baseline"
    )]
    write_baseline: Option<PathBuf>,
}

/// A baseline file.
#[derive(Debug)]
pub(crate) struct Baseline {
    path: PathBuf,
    lines: Vec<Line>,
    is_written: bool,
}

#[derive(Debug)]
struct Line {
    text: String,
    /// `None`: only a comment.
    check: Option<String>,
}

/// What was played, as far as it decides whether an entry is needed.
pub(crate) struct Selection<'a> {
    /// Whether something narrowed the run.
    pub(crate) is_filtered: bool,
    /// Whether a check is one of the suite's, played or not.
    pub(crate) is_known: &'a dyn Fn(&str) -> bool,
    pub(crate) cases: &'a [CaseResult],
    pub(crate) shared: &'a [CheckResult],
}

impl BaselineArguments {
    /// Reads the file, and makes sure that it can be written where it has to be.
    ///
    /// # Errors
    /// When it cannot be used.
    pub(crate) fn open(&self) -> Result<Option<Baseline>, Failure> {
        let (path, is_written) = match (&self.write_baseline, &self.baseline) {
            (Some(path), _) => (path.clone(), true),
            (None, Some(path)) => (path.clone(), false),
            (None, None) => return Ok(None),
        };
        let shown = || path.display().to_string();
        if is_written {
            let opened = OpenOptions::new().append(true).create(true).open(&path);
            opened.map_err(|source| Failure::WriteFile {
                path: shown(),
                source,
            })?;
        }
        let text = fs::read_to_string(&path).map_err(|source| Failure::Read {
            path: shown(),
            source,
        })?;
        let lines = parse(&text).map_err(|(line, found)| Failure::Baseline {
            path: shown(),
            line,
            found,
        })?;
        Ok(Some(Baseline {
            path,
            lines,
            is_written,
        }))
    }
}

/// The lines of a file, or the number of a line that is none and what is wrong.
fn parse(text: &str) -> Result<Vec<Line>, (usize, String)> {
    let lines = text.lines().enumerate().map(|(number, text)| {
        let mut words = text.split_whitespace();
        let check = words.next().filter(|word| !word.starts_with('#'));
        match words.next() {
            Some(word) if check.is_some() && !word.starts_with('#') => {
                Err((number + 1, word.escape_debug().collect()))
            }
            _ => Ok(Line {
                text: text.trim_end().to_owned(),
                check: check.map(str::to_owned),
            }),
        }
    });
    lines.collect()
}

impl Baseline {
    /// What the file says of a run. Where it was to be written it is written
    /// first, and then knows every failure.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn conclude(mut self, selection: &Selection<'_>) -> Result<BaselineResult, Failure> {
        if self.is_written {
            self.renew(selection);
            fs::write(&self.path, self.text()).map_err(|source| Failure::WriteFile {
                path: self.path.display().to_string(),
                source,
            })?;
        }
        Ok(self.judge(selection))
    }

    /// Which failures are known, and which entries have to go.
    fn judge(&self, selection: &Selection<'_>) -> BaselineResult {
        let mut result = BaselineResult {
            file: self.path.display().to_string(),
            ..BaselineResult::default()
        };
        for (number, line) in self.lines.iter().enumerate() {
            let Some(check) = &line.check else { continue };
            match selection.standing(check) {
                Standing::Fails => result.known.push(check.clone()),
                Standing::Unseen => {}
                Standing::Stale(why) => result.stale.push(StaleEntry {
                    line: number + 1,
                    check: check.escape_debug().collect(),
                    why: why.to_owned(),
                }),
            }
        }
        result.known.sort();
        result.known.dedup();
        result
    }

    /// Drops what is stale and adds what fails.
    fn renew(&mut self, selection: &Selection<'_>) {
        self.lines.retain(|line| {
            let stale = |check: &String| matches!(selection.standing(check), Standing::Stale(_));
            !line.check.as_ref().is_some_and(stale)
        });
        if self.lines.is_empty() {
            self.lines.extend(HEADING.lines().map(|text| Line {
                text: text.to_owned(),
                check: None,
            }));
        }
        for check in selection.failures() {
            if !self
                .lines
                .iter()
                .any(|line| line.check.as_ref() == Some(&check))
            {
                self.lines.push(Line {
                    text: check.clone(),
                    check: Some(check),
                });
            }
        }
    }

    fn text(&self) -> String {
        self.lines
            .iter()
            .map(|line| format!("{}\n", line.text))
            .collect()
    }
}

/// How an entry stands.
enum Standing {
    /// The check fails: the entry is needed.
    Fails,
    /// Nothing can be said: the check was skipped, or not selected.
    Unseen,
    /// Why it has to go.
    Stale(&'static str),
}

impl Selection<'_> {
    fn standing(&self, id: &str) -> Standing {
        let of_cases = self.cases.iter().flat_map(CaseResult::results);
        let outcomes: Vec<Outcome> = of_cases
            .filter(|check| check.id == id)
            .map(|check| check.outcome)
            .chain(
                self.shared
                    .iter()
                    .filter(|check| check.id == id)
                    .map(|check| check.outcome),
            )
            .collect();
        let fails = |outcome: &Outcome| matches!(outcome, Outcome::Fail | Outcome::Error);
        // Some exchanges say nothing of the others.
        let is_partial = self.is_filtered && id.starts_with("exchange#");
        if outcomes.iter().any(fails) {
            Standing::Fails
        } else if outcomes.contains(&Outcome::Pass) && !is_partial {
            Standing::Stale("it passes now")
        } else if outcomes.is_empty() && !(self.is_known)(id) {
            Standing::Stale("there is no such check")
        } else {
            Standing::Unseen
        }
    }

    /// The checks that make the run fail, each once.
    fn failures(&self) -> Vec<String> {
        let of_cases = self.cases.iter().flat_map(CaseResult::results);
        let mut found: Vec<String> = of_cases
            .filter(|check| check.is_failure())
            .map(|check| check.id.clone())
            .collect();
        let shared = self.shared.iter().filter(|check| check.is_failure());
        found.extend(shared.map(|check| check.id.clone()));
        found.sort();
        found.dedup();
        found
    }
}

/// Whether a run passes: something was looked at, what failed is known, and
/// nothing in the baseline is stale.
pub(crate) fn passes(selection: &Selection<'_>, baseline: Option<&BaselineResult>) -> bool {
    let is_known = |check: &String| baseline.is_some_and(|baseline| baseline.known.contains(check));
    let is_stale = baseline.is_some_and(|baseline| !baseline.stale.is_empty());
    let of_cases = selection.cases.iter().flat_map(|case| &case.checks);
    let mut checks = of_cases.chain(selection.shared);
    let was_made = |check: &CheckResult| matches!(check.outcome, Outcome::Pass | Outcome::Fail);
    !is_stale && selection.failures().iter().all(is_known) && checks.any(was_made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::outcome::Weight;

    fn check(id: &str, outcome: Outcome) -> CheckResult {
        CheckResult {
            id: id.into(),
            rule: "E-2".into(),
            weight: Weight::Must,
            outcome,
            found: String::new(),
            expected: String::new(),
            evidence: None,
        }
    }

    fn case(id: &str, checks: &[(&str, Outcome)]) -> CaseResult {
        let checks = checks.iter().map(|(id, outcome)| check(id, *outcome));
        CaseResult {
            id: id.into(),
            title: String::new(),
            outcome: checks
                .clone()
                .next()
                .map_or(Outcome::Pass, |check| check.outcome),
            reason: String::new(),
            checks: checks.collect(),
            took_ms: 0,
        }
    }

    fn cases() -> Vec<CaseResult> {
        vec![
            case(
                "core/a",
                &[
                    ("core/a#bad", Outcome::Fail),
                    ("core/a#good", Outcome::Pass),
                    ("core/a#far", Outcome::Error),
                    ("exchange#T-11", Outcome::Fail),
                ],
            ),
            case("core/b", &[("exchange#T-11", Outcome::Fail)]),
            case("logs/c", &[("logs/c#skipped", Outcome::Unsupported)]),
        ]
    }

    fn with<T>(is_filtered: bool, ask: impl FnOnce(&Selection<'_>) -> T) -> T {
        ask(&Selection {
            is_filtered,
            is_known: &|id| id == "core/elsewhere#E-2" || id.starts_with("exchange#T-"),
            cases: &cases(),
            shared: &[check("exchange#T-5", Outcome::Pass)],
        })
    }

    fn baseline(text: &str) -> Baseline {
        Baseline {
            path: "known.txt".into(),
            lines: parse(text).unwrap(),
            is_written: false,
        }
    }

    /// The entries that have to go.
    fn stale(text: &str, is_filtered: bool) -> Vec<(String, String)> {
        let result = with(is_filtered, |selection| baseline(text).judge(selection));
        let stale = result.stale.into_iter();
        stale.map(|stale| (stale.check, stale.why)).collect()
    }

    #[test]
    fn comments_and_blank_lines_are_no_entries() {
        let lines = parse("# why\r\n\n  core/a#E-2   # see issue 7\ncore/b#E-2.x").unwrap();
        let checks: Vec<_> = lines.into_iter().filter_map(|line| line.check).collect();
        assert_eq!(checks, ["core/a#E-2", "core/b#E-2.x"]);
    }

    #[test]
    fn two_words_in_a_line_are_refused_with_their_place() {
        let (line, found) = parse("core/a#E-2\ncore/b#E-2 core/c#E-2").unwrap_err();
        assert_eq!((line, found.as_str()), (2, "core/c#E-2"));
    }

    #[test]
    fn failures_that_are_named_are_known_wherever_they_occur() {
        let text = "core/a#bad\ncore/a#far\nexchange#T-11\nexchange#T-11\n";
        let result = with(false, |selection| baseline(text).judge(selection));
        assert_eq!(result.known, ["core/a#bad", "core/a#far", "exchange#T-11"]);
        assert!(result.stale.is_empty());
        let passes = with(false, |selection| passes(selection, Some(&result)));
        assert!(passes);
    }

    #[test]
    fn a_failure_that_is_not_named_fails_the_run() {
        let result = with(false, |selection| baseline("core/a#bad").judge(selection));
        assert!(!with(false, |selection| passes(selection, Some(&result))));
        assert!(!with(false, |selection| passes(selection, None)));
    }

    #[test]
    fn an_entry_that_passes_or_is_no_check_is_stale_and_fails_the_run() {
        let known = "core/a#bad\ncore/a#far\nexchange#T-11\n";
        for (entry, why) in [
            ("core/a#good", "it passes now"),
            ("exchange#T-5", "it passes now"),
            ("core/a#misspelt", "there is no such check"),
        ] {
            let text = format!("{known}{entry}");
            assert_eq!(stale(&text, false), [(entry.to_owned(), why.to_owned())]);
            let result = with(false, |selection| baseline(&text).judge(selection));
            assert_eq!(result.stale[0].line, 4);
            assert!(!with(false, |selection| passes(selection, Some(&result))));
        }
    }

    #[test]
    fn what_was_not_looked_at_is_not_stale() {
        assert!(stale("logs/c#skipped", false).is_empty());
        assert!(stale("core/elsewhere#E-2", true).is_empty());
        // It holds in some exchanges, and may fail in those that were left out.
        assert!(stale("exchange#T-5", true).is_empty());
        assert_eq!(stale("core/a#good\ncore/a#misspelt", true).len(), 2);
    }

    #[test]
    fn a_file_is_renewed_without_losing_what_was_written_by_hand() {
        let mut known = baseline("# ours\ncore/a#bad  # issue 7\ncore/a#good\n\nlogs/c#skipped");
        with(false, |selection| known.renew(selection));
        assert_eq!(
            known.text(),
            "# ours\ncore/a#bad  # issue 7\n\nlogs/c#skipped\ncore/a#far\nexchange#T-11\n"
        );
        let result = with(false, |selection| known.judge(selection));
        assert!(with(false, |selection| passes(selection, Some(&result))));
    }

    #[test]
    fn a_new_file_says_what_it_is() {
        let mut known = baseline("");
        with(false, |selection| known.renew(selection));
        assert!(known.text().starts_with("# Known failures"));
        assert_eq!(
            with(false, |selection| known.judge(selection)).known.len(),
            3
        );
    }

    #[test]
    fn a_run_in_which_nothing_was_looked_at_does_not_pass() {
        let skipped = [case("logs/c", &[("logs/c#skipped", Outcome::Unsupported)])];
        let selection = |cases| Selection {
            is_filtered: true,
            is_known: &|_| true,
            cases,
            shared: &[],
        };
        let none = selection(&skipped[..0]);
        assert!(!passes(&none, None));
        assert!(!passes(&selection(&skipped), None));
    }

    #[test]
    fn a_case_that_stopped_after_its_checks_is_a_failure_of_its_own_name() {
        let mut stopped = case("core/a", &[("core/a#good", Outcome::Pass)]);
        (stopped.outcome, stopped.reason) = (Outcome::Error, "it stopped".into());
        let selection = Selection {
            is_filtered: false,
            is_known: &|_| true,
            cases: &[stopped],
            shared: &[],
        };
        assert_eq!(selection.failures(), ["core/a"]);
        assert!(!passes(&selection, None));
        assert_eq!(baseline("core/a").judge(&selection).known, ["core/a"]);
    }
}
