//! `list` and `top` with more and more modules: the cost of each must not grow.

use std::time::Instant;

use super::Bench;
use super::yard::{Yard, row, table};
use crate::Failure;

/// How many modules there are.
pub(crate) const SIZES: [usize; 3] = [10, 100, 1_000];
const ROUNDS: usize = 21;
pub(crate) const LIST: &str = r#""_type":"list""#;

pub(crate) fn run(bench: &Bench) -> Result<(), Failure> {
    let config = r#""config_type":"process","config":{"command":["sleep","3600"]}"#;
    let mut yards = Vec::new();
    for size in SIZES {
        let state = bench.scratch.path().join(format!("modules-{size}"));
        let arguments = ["--state-dir".into(), state.into_os_string()];
        let yard = Yard::new(
            bench,
            bench.programs.join("shellrt-process"),
            arguments,
            size,
        );
        yard.each("create", config)?;
        yards.push(yard);
    }
    println!("`list` and `top`, spawn to exit, median of {ROUNDS}");
    table(ROUNDS, "list, created modules", &yards, |yard| {
        yard.ask(LIST)
    })?;
    for yard in &yards {
        yard.each("start", r#""_meta":{}"#)?;
    }
    table(ROUNDS, "list, running modules", &yards, |yard| {
        yard.ask(LIST)
    })?;
    table(
        ROUNDS,
        "list with details, running modules",
        &yards,
        |yard| yard.ask(r#""_type":"list","details":true"#),
    )?;
    table(ROUNDS, "top of one running module", &yards, |yard| {
        yard.ask(&top(0))
    })?;
    println!("  top of each running module in turn, one pass");
    for yard in &yards {
        let began = Instant::now();
        for number in 0..yard.size {
            yard.ask(&top(number))?;
        }
        row(yard.size, began.elapsed());
    }
    println!();
    Ok(())
}

/// The members of a request for the processes of a module.
pub(crate) fn top(number: usize) -> String {
    format!(r#""_type":"top","name":"module-{number}""#)
}
