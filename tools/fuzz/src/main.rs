//! Feeds mutated messages, streams and frames to the bindings and the codec.
//!
//! `shellrt-fuzz --seconds N [--seed S]` stops at the first broken invariant,
//! prints the seed and the input that broke it, and exits with 1. The same seed
//! gives the same inputs in the same order.

mod corpus;
mod random;
mod targets;

use std::fmt;
use std::panic::catch_unwind;
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use random::Random;
use targets::{TARGETS, Target};

const USAGE: &str = "usage: shellrt-fuzz [--seconds N] [--seed S]";

fn main() -> ExitCode {
    let (seconds, seed) = match options(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("error: {error}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let inputs = match corpus::read() {
        Ok(inputs) => inputs,
        Err(error) => {
            eprintln!("error: cannot read the corpus: {error}");
            return ExitCode::from(2);
        }
    };
    println!("seed {seed}, {} inputs, {seconds} s", inputs.len());
    // The report says all; a backtrace for every finding would hide it.
    std::panic::set_hook(Box::new(|_| {}));
    match fuzz(TARGETS, &inputs, seed, Duration::from_secs(seconds)) {
        Ok(rounds) => {
            for (name, _) in TARGETS {
                println!("{name}: {rounds} inputs");
            }
            ExitCode::SUCCESS
        }
        Err(finding) => {
            eprintln!("{finding}");
            ExitCode::FAILURE
        }
    }
}

/// An input that breaks an invariant, and how to come by it again.
#[derive(Debug)]
struct Finding {
    target: &'static str,
    broken: String,
    seed: u64,
    round: u64,
    input: Vec<u8>,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding {
            target,
            broken,
            seed,
            round,
            input,
        } = self;
        let input = input.escape_ascii();
        write!(
            formatter,
            "{target}: {broken}\nseed {seed}, round {round}, input: b\"{input}\""
        )
    }
}

/// Feeds every input as it is, then ever new mutations, until the time is up;
/// how many, or the first finding.
fn fuzz(
    targets: &[(&'static str, Target)],
    inputs: &[Vec<u8>],
    seed: u64,
    time: Duration,
) -> Result<u64, Finding> {
    let mut random = Random::new(seed);
    let mut round = 0u64;
    let begin = Instant::now();
    while round < inputs.len() as u64 || begin.elapsed() < time {
        let known = usize::try_from(round)
            .ok()
            .and_then(|round| inputs.get(round));
        let input = known.cloned().unwrap_or_else(|| random.mutate(inputs));
        let cuts = random.next();
        for &(target, check) in targets {
            let broken = match catch_unwind(|| check(&input, &mut Random::new(cuts))) {
                Ok(Ok(())) => continue,
                Ok(Err(what)) => what,
                Err(panic) => format!("panic: {}", panic_text(&*panic)),
            };
            return Err(Finding {
                target,
                broken,
                seed,
                round,
                input,
            });
        }
        round += 1;
    }
    Ok(round)
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without a text")
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<(u64, u64), String> {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |time| u64::from(time.subsec_nanos()));
    let (mut seconds, mut seed) = (20, now);
    while let Some(option) = arguments.next() {
        let target = match option.as_str() {
            "--seconds" => &mut seconds,
            "--seed" => &mut seed,
            _ => return Err(format!("there is no option `{option}`")),
        };
        let value = arguments
            .next()
            .ok_or_else(|| format!("`{option}` lacks its number"))?;
        *target = value
            .parse()
            .map_err(|_| format!("`{value}` is not a number for `{option}`"))?;
    }
    Ok((seconds, seed))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A planted fault: it cannot bear a `}`.
    const PLANTED: &[(&str, Target)] = &[("planted", |input, _| match input {
        [.., b'}'] => panic!("a brace"),
        _ => Ok(()),
    })];

    #[test]
    fn a_planted_fault_is_found_and_found_again_by_its_seed() {
        let inputs = [b"{}x".to_vec(), b"[]".to_vec()];
        let find = || fuzz(PLANTED, &inputs, 7, Duration::from_secs(60)).expect_err("it is there");
        let (first, again) = (find(), find());
        assert_eq!((first.round, &first.input), (again.round, &again.input));
        let report = first.to_string();
        assert!(
            report.starts_with("planted: panic: a brace\nseed 7, round "),
            "{report}"
        );
    }

    #[test]
    fn no_target_finds_anything_in_the_corpus_itself() {
        let inputs = corpus::read().expect("the corpus is there");
        let rounds = fuzz(TARGETS, &inputs, 1, Duration::ZERO);
        assert_eq!(
            rounds.map_err(|finding| finding.to_string()),
            Ok(inputs.len() as u64)
        );
    }
}
