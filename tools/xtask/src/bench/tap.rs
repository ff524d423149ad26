//! A stream through `tap`, beside one through `cat` in the same place.

use std::path::Path;
use std::process::{Command, Stdio};

use super::Bench;
use super::timing::{Contender, medians, print};
use crate::Failure;

const ROUNDS: usize = 7;
const BYTES: usize = 1 << 30;
const HEAD: &str = r#"{"_status":"ok","_stream":"raw","_type":"logs","_version":"0.2.0"}"#;
const REQUEST: &str = r#"{"_version":"0.2.0","_type":"logs","name":"clock"}"#;

pub(crate) fn run(bench: &Bench) -> Result<(), Failure> {
    let request = bench.scratch.path().join("logs.json");
    std::fs::write(&request, REQUEST)?;
    // Bytes of no cost, as the plugin of a module that floods would write them.
    let plugin = format!("cat >/dev/null; printf '%s\\0' '{HEAD}'; exec head -c {BYTES} /dev/zero");
    let tap = bench.programs.join("shellrt-validate");
    let mut contenders: Vec<Contender<'_>> = vec![
        (
            "cat",
            Box::new(|| {
                drain(
                    Command::new("sh").args(["-c", &format!("{{ {plugin}; }} | cat")]),
                    &request,
                )
            }),
        ),
        (
            "shellrt-validate tap",
            Box::new(|| {
                drain(
                    Command::new(&tap).args(["tap", "--", "sh", "-c", &plugin]),
                    &request,
                )
            }),
        ),
        (
            "nothing in between",
            Box::new(|| drain(Command::new("sh").args(["-c", &plugin]), &request)),
        ),
    ];
    println!("a stream of 1 GiB, median of {ROUNDS}");
    let times = medians(ROUNDS, &mut contenders)?;
    print(&contenders, &times);
    let throughput = times[0].as_secs_f64() / times[1].as_secs_f64();
    println!("  the tap passes {throughput:.2} of what `cat` does\n");
    Ok(())
}

/// Reads everything that a program writes to a pipe, as a host does.
fn drain(command: &mut Command, request: &Path) -> Result<(), Failure> {
    let mut child = command
        .stdin(std::fs::File::open(request)?)
        .stdout(Stdio::piped())
        .spawn()?;
    let mut total = 0;
    if let Some(mut output) = child.stdout.take() {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match std::io::Read::read(&mut output, &mut buffer)? {
                0 => break,
                length => total += length,
            }
        }
    }
    let status = child.wait()?;
    if status.success() && total == BYTES + HEAD.len() + 1 {
        Ok(())
    } else {
        Err(format!("{command:?} ended with {status} after {total} bytes").into())
    }
}
