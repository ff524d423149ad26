//! What was found in messages, as it comes.

use std::io::{self, BufWriter, StdoutLock, Write};

use serde_json::json;

use super::Format;
use crate::judge::Verdict;

/// Writes findings as they come.
pub(crate) struct Report {
    out: BufWriter<StdoutLock<'static>>,
    /// `None`: nothing is written.
    format: Option<Format>,
}

impl Report {
    pub(crate) fn new(format: Option<Format>) -> Report {
        Report {
            out: BufWriter::new(io::stdout().lock()),
            format,
        }
    }

    /// One document's verdict.
    pub(crate) fn verdict(
        &mut self,
        file: &str,
        line: Option<u64>,
        verdict: &Verdict,
    ) -> io::Result<()> {
        match self.format {
            None => Ok(()),
            Some(Format::Human) => self.human(file, line, verdict),
            Some(Format::Json) => self.json(file, line, verdict),
        }
    }

    /// How a file of many documents came out.
    pub(crate) fn summary(&mut self, file: &str, valid: u64, invalid: u64) -> io::Result<()> {
        if self.format == Some(Format::Human) {
            let total = valid + invalid;
            writeln!(
                self.out,
                "{file}: {total} documents, {valid} valid, {invalid} invalid"
            )?;
        }
        Ok(())
    }

    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn human(&mut self, file: &str, line: Option<u64>, verdict: &Verdict) -> io::Result<()> {
        if verdict.faults.is_empty() {
            // Of many documents only the faulty ones are worth a line.
            return match line {
                None => writeln!(self.out, "{file}: valid {}", verdict.kind),
                Some(_) => Ok(()),
            };
        }
        let line = line.map(|line| format!(":{line}")).unwrap_or_default();
        writeln!(self.out, "{file}{line}: invalid {}", verdict.kind)?;
        for fault in &verdict.faults {
            let pointer = match fault.pointer.as_str() {
                "" => "(whole document)",
                pointer => pointer,
            };
            writeln!(self.out, "  {pointer}  {}: {}", fault.rule, fault.message)?;
            if !fault.expected.is_empty() {
                writeln!(self.out, "    expected {}", fault.expected)?;
            }
        }
        Ok(())
    }

    fn json(&mut self, file: &str, line: Option<u64>, verdict: &Verdict) -> io::Result<()> {
        let faults: Vec<_> = verdict
            .faults
            .iter()
            .map(|fault| {
                json!({
                    "pointer": fault.pointer,
                    "rule": fault.rule,
                    "message": fault.message,
                    "expected": fault.expected,
                })
            })
            .collect();
        let valid = faults.is_empty();
        let finding = json!({
            "file": file,
            "line": line,
            "kind": verdict.kind,
            "valid": valid,
            "faults": faults,
        });
        writeln!(self.out, "{finding}")
    }
}
