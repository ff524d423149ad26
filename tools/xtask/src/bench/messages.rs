//! The validator: one file as a whole process, and a long stream beside other
//! engines on the same schema.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::Bench;
use super::timing::{Contender, medians, print, run_on, shown};
use crate::Failure;
use crate::process::{cargo, command, root, target};

const LINES: usize = 100_000;
/// Python takes so long that it gets a sample, and its time is scaled.
const SAMPLE: usize = 2_000;

const PYTHON: &str = r#"
import json, sys
from jsonschema import Draft202012Validator
with open(sys.argv[1]) as schema:
    validator = Draft202012Validator(json.load(schema))
assert all(validator.is_valid(json.loads(line)) for line in sys.stdin)
"#;

pub(crate) fn run(bench: &Bench) -> Result<(), Failure> {
    one_file(bench)?;
    stream(bench)
}

fn one_file(bench: &Bench) -> Result<(), Failure> {
    const ROUNDS: usize = 100;
    let validate = bench.programs.join("shellrt-validate");
    let file = bench.scratch.path().join("stop.json");
    std::fs::write(&file, request(0))?;
    let mut contenders: Vec<Contender<'_>> = vec![
        (
            "/bin/true",
            Box::new(|| run_on(&mut Command::new("/bin/true"), None)),
        ),
        (
            "shellrt-validate message FILE",
            Box::new(|| run_on(Command::new(&validate).arg("message").arg(&file), None)),
        ),
    ];
    println!("one file checked, spawn to exit, median of {ROUNDS}");
    let times = medians(ROUNDS, &mut contenders)?;
    print(&contenders, &times);
    Ok(())
}

fn stream(bench: &Bench) -> Result<(), Failure> {
    const ROUNDS: usize = 5;
    let folder = bench.scratch.path();
    let (all, sample) = (folder.join("stream.jsonl"), folder.join("sample.jsonl"));
    std::fs::write(&all, (0..LINES).map(request).collect::<String>())?;
    std::fs::write(&sample, (0..SAMPLE).map(request).collect::<String>())?;
    let built = cargo()
        .args([
            "build",
            "--quiet",
            "--release",
            "--package",
            "shellrt-validate",
        ])
        .args(["--example", "boon"])
        .status()?;
    if !built.success() {
        return Err("cannot build the contender on boon".into());
    }
    let boon = bench.programs.join("examples/boon");
    let validate = bench.programs.join("shellrt-validate");
    let mut contenders: Vec<Contender<'_>> = vec![
        (
            "shellrt-validate message",
            Box::new(|| {
                run_on(
                    Command::new(&validate).args(["message", "--request"]),
                    Some(&all),
                )
            }),
        ),
        (
            "boon",
            Box::new(|| run_on(&mut Command::new(&boon), Some(&all))),
        ),
    ];
    println!("{LINES} lines checked, spawn to exit, median of {ROUNDS}");
    let times = medians(ROUNDS, &mut contenders)?;
    print(&contenders, &times);
    match python(&sample)? {
        Some(per_line) => {
            let scaled = per_line * u32::try_from(LINES)?;
            let ratio = scaled.as_secs_f64() / times[0].as_secs_f64();
            println!(
                "  Python jsonschema, scaled up from {SAMPLE} lines: {}, {ratio:.0} x\n",
                shown(scaled)
            );
        }
        None => {
            println!("  Python jsonschema: cannot be installed here\n")
        }
    }
    Ok(())
}

/// The time of one line: that of the sample, less that of an empty one.
fn python(sample: &Path) -> Result<Option<Duration>, Failure> {
    let Some(python) = engine()? else {
        return Ok(None);
    };
    let schema = root().join("schema/flat/v0/request.schema.json");
    let judge = |input| {
        let (python, schema) = (&python, &schema);
        move || run_on(Command::new(python).args(["-c", PYTHON]).arg(schema), input)
    };
    let mut contenders: Vec<Contender<'_>> = vec![
        ("set-up", Box::new(judge(None))),
        ("sample", Box::new(judge(Some(sample)))),
    ];
    let times = medians(3, &mut contenders)?;
    Ok(Some(
        times[1].saturating_sub(times[0]) / u32::try_from(SAMPLE)?,
    ))
}

/// A Python that has the engine, in an environment that stays below `target`.
fn engine() -> Result<Option<PathBuf>, Failure> {
    const ENGINE: &str = "jsonschema==4.26.0";
    let environment = target().join("python-bench");
    let python = environment.join("bin/python");
    let has_engine = || {
        let mut import = Command::new(&python);
        let status = import
            .args(["-c", "import jsonschema"])
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    };
    if !has_engine() {
        command("python3", &["-m", "venv"])
            .arg(&environment)
            .output()?;
        // Without a network there is no engine, and the bench says so.
        let install = ["-m", "pip", "install", "--quiet", ENGINE];
        let _ = command(&python, &install).output();
    }
    Ok(has_engine().then_some(python))
}

/// A request of one of the usual kinds, as a line.
fn request(number: usize) -> String {
    let members = match number % 4 {
        0 => format!(r#""_type":"stop","name":"module-{number}","timeout":10"#),
        1 => format!(r#""_type":"status","name":"module-{number}""#),
        2 => format!(r#""_type":"logs","name":"module-{number}","tail":100,"follow":true"#),
        _ => format!(
            r#""_type":"create","name":"module-{number}","config_type":"process","config":{{"command":["sleep","1"]}},"env":{{"A":"1","B":"2"}}"#
        ),
    };
    format!("{{\"_version\":\"0.2.0\",{members}}}\n")
}
