//! `list` and `top` with more and more modules: the cost of each must not grow.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::Bench;
use super::timing::{Contender, medians, run_on, shown};
use crate::Failure;

const SIZES: [usize; 3] = [10, 100, 1_000];
const ROUNDS: usize = 21;
const LIST: &str = r#""_type":"list""#;

pub(crate) fn run(bench: &Bench) -> Result<(), Failure> {
    let mut yards = Vec::new();
    for size in SIZES {
        yards.push(Yard::new(bench, size)?);
    }
    println!("`list` and `top`, spawn to exit, median of {ROUNDS}");
    table("list, created modules", &yards, |yard| yard.ask(LIST))?;
    for yard in &yards {
        yard.start()?;
    }
    table("list, running modules", &yards, |yard| yard.ask(LIST))?;
    table("list with details, running modules", &yards, |yard| {
        yard.ask(r#""_type":"list","details":true"#)
    })?;
    table("top of one running module", &yards, |yard| {
        yard.ask(&top(0))
    })?;
    println!("  top of each running module in turn, one pass");
    for yard in &yards {
        let began = std::time::Instant::now();
        for number in 0..yard.size {
            yard.ask(&top(number))?;
        }
        row(yard.size, began.elapsed());
    }
    Ok(())
}

fn top(number: usize) -> String {
    format!(r#""_type":"top","name":"module-{number}""#)
}

/// A state directory with modules, which go away with it.
struct Yard {
    plugin: PathBuf,
    state: PathBuf,
    size: usize,
}

impl Yard {
    fn new(bench: &Bench, size: usize) -> Result<Yard, Failure> {
        let yard = Yard {
            plugin: bench.programs.join("shellrt-process"),
            state: bench.scratch.path().join(format!("modules-{size}")),
            size,
        };
        let config = r#""config_type":"process","config":{"command":["sleep","3600"]}"#;
        yard.each("create", config)?;
        Ok(yard)
    }

    fn start(&self) -> Result<(), Failure> {
        self.each("start", r#""_meta":{}"#)
    }

    fn each(&self, command: &str, members: &str) -> Result<(), Failure> {
        for number in 0..self.size {
            let name = format!("module-{number}");
            let request =
                format!(r#"{{"_version":"0.2.0","_type":"{command}","name":"{name}",{members}}}"#);
            let answer = answer(&mut self.plugin(), &request)?;
            if !answer.contains(r#""_status":"ok""#) {
                return Err(format!("`{command}` of {name} was answered by {answer}").into());
            }
        }
        Ok(())
    }

    fn ask(&self, members: &str) -> Result<(), Failure> {
        let file = self.state.with_extension("json");
        std::fs::write(&file, format!(r#"{{"_version":"0.2.0",{members}}}"#))?;
        run_on(&mut self.plugin(), Some(&file))
    }

    fn plugin(&self) -> Command {
        let mut plugin = Command::new(&self.plugin);
        plugin.arg("--state-dir").arg(&self.state);
        plugin
    }
}

impl Drop for Yard {
    fn drop(&mut self) {
        if let Err(error) = self.each("remove", r#""_meta":{}"#) {
            eprintln!(
                "warning: modules may be left over in {}: {error}",
                self.state.display()
            );
        }
    }
}

fn table(
    title: &str,
    yards: &[Yard],
    act: impl Fn(&Yard) -> Result<(), Failure> + Copy,
) -> Result<(), Failure> {
    println!("  {title}");
    let mut contenders: Vec<Contender<'_>> = yards
        .iter()
        .map(|yard| -> Contender<'_> { ("", Box::new(move || act(yard))) })
        .collect();
    let times = medians(ROUNDS, &mut contenders)?;
    drop(contenders);
    for (yard, time) in yards.iter().zip(times) {
        row(yard.size, time);
    }
    Ok(())
}

fn row(size: usize, time: Duration) {
    let each = time / u32::try_from(size).unwrap_or(u32::MAX);
    println!(
        "    {size:>5} modules  {:>10}  {:>10} a module",
        shown(time),
        shown(each)
    );
}

fn answer(command: &mut Command, request: &str) -> Result<String, Failure> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(request.as_bytes())?;
    }
    let output = child.wait_with_output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
