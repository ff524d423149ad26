//! The contender of `cargo xtask bench`: the same stream, judged with `boon`.
//! Reads one request a line from standard input and prints how many are valid.

use std::error::Error;
use std::io::{self, BufRead};

const SCHEMA: &str = include_str!("../../../schema/flat/v0/request.schema.json");

fn main() -> Result<(), Box<dyn Error>> {
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("request.json", serde_json::from_str(SCHEMA)?)?;
    let mut schemas = boon::Schemas::new();
    let request = compiler
        .compile("request.json", &mut schemas)
        .map_err(|error| error.to_string())?;
    let mut valid = 0;
    for line in io::stdin().lock().lines() {
        let document = serde_json::from_str(&line?)?;
        valid += usize::from(schemas.validate(&document, request).is_ok());
    }
    println!("{valid} valid");
    Ok(())
}
