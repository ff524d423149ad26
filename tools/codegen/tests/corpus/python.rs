//! The Python judge: one process for all documents.

use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;

use serde_json::json;

use crate::judge::{Document, Verdict, served};
use crate::root;

pub(crate) fn judge(documents: &[Document]) -> Vec<Verdict> {
    let python = root().join("bindings/python");
    let mut child = Command::new("python3")
        .arg(python.join("tests/verdict.py"))
        .env("PYTHONPATH", python.join("src"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 can be started");
    let lines: String = documents
        .iter()
        .map(|document| {
            json!({ "kind": document.kind.name(), "document": document.value }).to_string() + "\n"
        })
        .collect();
    let mut stdin = child.stdin.take().expect("its input is a pipe");
    let feeder = thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = child.wait_with_output().expect("python3 can be waited for");
    assert!(
        output.status.success(),
        "verdict.py ended with {}",
        output.status
    );
    feeder
        .join()
        .expect("the feeder does not panic")
        .expect("python3 reads its input");
    let verdicts: Vec<Verdict> = output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).expect("verdict.py writes verdicts"))
        .collect();
    assert_eq!(verdicts.len(), documents.len(), "one verdict a document");
    let only_served = |(mut verdict, document): (Verdict, &Document)| {
        verdict.canonical = verdict.canonical.filter(|_| served(&document.value));
        verdict
    };
    verdicts
        .into_iter()
        .zip(documents)
        .map(only_served)
        .collect()
}
