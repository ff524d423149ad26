//! Medians of contenders that take turns. In its turn each runs twice, and the
//! second run counts: it begins on a machine as that contender leaves it, not as
//! the one before it did, which may be a far heavier one.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Failure;

/// One contender: its name, and what it does once.
pub(crate) type Contender<'a> = (&'a str, Box<dyn FnMut() -> Result<(), Failure> + 'a>);

/// The median of each contender over so many rounds.
pub(crate) fn medians(
    rounds: usize,
    contenders: &mut [Contender<'_>],
) -> Result<Vec<Duration>, Failure> {
    let mut times = vec![Vec::with_capacity(rounds); contenders.len()];
    for _ in 0..rounds {
        for ((_, act), times) in contenders.iter_mut().zip(&mut times) {
            act()?;
            let began = Instant::now();
            act()?;
            times.push(began.elapsed());
        }
    }
    Ok(times
        .into_iter()
        .map(|mut times| {
            times.sort_unstable();
            times[times.len() / 2]
        })
        .collect())
}

/// Prints medians, each with its ratio to the first.
pub(crate) fn print(contenders: &[Contender<'_>], medians: &[Duration]) {
    let first = medians.first().map_or(1.0, Duration::as_secs_f64);
    for ((name, _), median) in contenders.iter().zip(medians) {
        let ratio = median.as_secs_f64() / first;
        println!("  {name:<44} {:>10}  {ratio:>7.2} x", shown(*median));
    }
    println!();
}

/// A time with three digits or so.
pub(crate) fn shown(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds >= 1.0 {
        format!("{seconds:.2} s")
    } else if seconds >= 1e-3 {
        format!("{:.2} ms", seconds * 1e3)
    } else {
        format!("{:.2} us", seconds * 1e6)
    }
}

/// Runs a program once on a file; it must succeed.
pub(crate) fn run_on(command: &mut Command, input: Option<&Path>) -> Result<(), Failure> {
    match input {
        Some(path) => command.stdin(File::open(path)?),
        None => command.stdin(Stdio::null()),
    };
    let status = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{command:?} ended with {status}").into())
    }
}
