//! Feeds mutated messages, streams and frames to the bindings and the codec.
//!
//! `shellrt-fuzz --seconds N [--seed S]` stops at the first broken invariant,
//! prints the seed and the input that broke it, and exits with 1. The same seed
//! gives the same inputs in the same order.

mod corpus;
mod random;
mod targets;

use std::panic::catch_unwind;
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use random::Random;
use targets::TARGETS;

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
    fuzz(&inputs, seed, Duration::from_secs(seconds))
}

fn fuzz(inputs: &[Vec<u8>], seed: u64, time: Duration) -> ExitCode {
    let mut random = Random::new(seed);
    let mut rounds = 0u64;
    let begin = Instant::now();
    while rounds < inputs.len() as u64 || begin.elapsed() < time {
        // Every input as it is first, then ever new mutations.
        let input = match usize::try_from(rounds)
            .ok()
            .and_then(|round| inputs.get(round))
        {
            Some(input) => input.clone(),
            None => random.mutate(inputs),
        };
        let cuts = random.next();
        for (name, target) in TARGETS {
            let broken = match catch_unwind(|| target(&input, &mut Random::new(cuts))) {
                Ok(Ok(())) => continue,
                Ok(Err(what)) => what,
                Err(panic) => format!("panic: {}", panic_text(&*panic)),
            };
            eprintln!(
                "{name}: {broken}\nseed {seed}, round {rounds}, input: b\"{}\"",
                input.escape_ascii()
            );
            return ExitCode::FAILURE;
        }
        rounds += 1;
    }
    for (name, _) in TARGETS {
        println!("{name}: {rounds} inputs");
    }
    ExitCode::SUCCESS
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
