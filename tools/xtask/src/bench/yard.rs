//! A plugin with some modules, which go away with it.

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::Bench;
use super::timing::{Contender, medians, run_on, shown};
use crate::Failure;

/// A plugin's command line, and how many modules it has.
pub(crate) struct Yard {
    pub(crate) size: usize,
    plugin: PathBuf,
    arguments: Vec<OsString>,
    folder: PathBuf,
}

impl Yard {
    /// A plugin of ours, started with these arguments.
    pub(crate) fn new(
        bench: &Bench,
        plugin: PathBuf,
        arguments: impl IntoIterator<Item = OsString>,
        size: usize,
    ) -> Yard {
        Yard {
            size,
            plugin,
            arguments: arguments.into_iter().collect(),
            folder: bench.scratch.path().to_owned(),
        }
    }

    /// A command that names a module, with more members, for each of them.
    pub(crate) fn each(&self, command: &str, members: &str) -> Result<(), Failure> {
        for number in 0..self.size {
            self.done(&format!(
                r#""_type":"{command}","name":"module-{number}",{members}"#
            ))?;
        }
        Ok(())
    }

    /// Sends a request that has to succeed; the response.
    pub(crate) fn done(&self, members: &str) -> Result<String, Failure> {
        let mut child = self
            .plugin()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(request(members).as_bytes())?;
        }
        let output = child.wait_with_output()?;
        let answer = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if answer.contains(r#""_status":"ok""#) {
            Ok(answer)
        } else {
            Err(format!("{{{members}}} was answered by {answer}").into())
        }
    }

    /// Sends a request and nothing else, to be timed.
    pub(crate) fn ask(&self, members: &str) -> Result<(), Failure> {
        let file = self.write(members)?;
        run_on(&mut self.plugin(), Some(&file))
    }

    /// A file with a request.
    pub(crate) fn write(&self, members: &str) -> Result<PathBuf, Failure> {
        let file = self.folder.join("request.json");
        std::fs::write(&file, request(members))?;
        Ok(file)
    }

    /// The plugin, not started yet.
    pub(crate) fn plugin(&self) -> Command {
        let mut plugin = Command::new(&self.plugin);
        plugin.args(&self.arguments);
        plugin
    }
}

impl Drop for Yard {
    fn drop(&mut self) {
        if let Err(error) = self.each("remove", r#""_meta":{}"#) {
            eprintln!("warning: modules may be left over: {error}");
        }
    }
}

fn request(members: &str) -> String {
    format!(r#"{{"_version":"0.2.0",{members}}}"#)
}

/// Times one act on each yard, and prints what a module costs.
pub(crate) fn table(
    rounds: usize,
    title: &str,
    yards: &[Yard],
    act: impl Fn(&Yard) -> Result<(), Failure> + Copy,
) -> Result<(), Failure> {
    println!("  {title}");
    let mut contenders: Vec<Contender<'_>> = yards
        .iter()
        .map(|yard| -> Contender<'_> { ("", Box::new(move || act(yard))) })
        .collect();
    let times = medians(rounds, &mut contenders)?;
    drop(contenders);
    for (yard, time) in yards.iter().zip(times) {
        row(yard.size, time);
    }
    Ok(())
}

/// One line of such a table.
pub(crate) fn row(size: usize, time: Duration) {
    let each = time / u32::try_from(size).unwrap_or(u32::MAX);
    println!(
        "    {size:>5} modules  {:>10}  {:>10} a module",
        shown(time),
        shown(each)
    );
}
