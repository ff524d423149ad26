//! `test`: every check, in order, one line each. CI runs this and nothing else.

mod cargo_checks;
mod conformance;
mod containers;
mod documents;
mod examples;
mod guide;
mod hosts;
mod mutants;
mod outcome;
mod packages;
mod python;
mod toolchains;

use std::time::Instant;

use outcome::Outcome;

use crate::{FOUND, Failure, OK};

/// How the checks are to be run.
pub(crate) struct Settings {
    /// Fetch what is missing.
    install: bool,
    /// A missing prerequisite is a failure: a gate must not shrink by itself.
    complete: bool,
}

type Check = (&'static str, fn(&Settings) -> Result<Outcome, Failure>);

/// Cheap ones first: who made a slip learns of it soon.
const CHECKS: &[Check] = &[
    ("format", cargo_checks::format),
    (
        "every crate compiles here",
        cargo_checks::everything_compiles,
    ),
    ("generated code is up to date", cargo_checks::generated),
    ("clippy", cargo_checks::clippy),
    ("tests of the workspace", cargo_checks::tests),
    ("containers, for real", containers::real),
    ("documentation", cargo_checks::documentation),
    ("demo", cargo_checks::demo),
    ("demo on containerd", containers::demo),
    ("messages in Markdown are valid", documents::messages),
    ("the smallest plugins conform", examples::conform),
    ("the guide shows the truth", guide::shows_the_truth),
    ("conformance, process", conformance::process),
    ("conformance, containerd", conformance::containerd),
    ("conformance of hosts", hosts::conform),
    ("mutants are killed, process", mutants::process),
    ("mutants are killed, containerd", mutants::containerd),
    ("mutants are killed, hosts", mutants::hosts),
    ("fuzz, 20 s", cargo_checks::fuzz),
    ("shellrt-api on other machines", toolchains::targets),
    ("stated rust-version", toolchains::rust_version),
    ("Python installs one package", python::installs_alone),
    ("installed without Rust", packages::install_and_run),
    ("Python tests", python::tests),
    ("Python types", python::types),
    ("Python style", python::style),
];

pub(crate) fn run(arguments: &[String]) -> Result<u8, Failure> {
    let (install, only) = match arguments {
        [] => (false, None),
        [option] if option == "--install" => (true, None),
        [option, text] if option == "--only" => (false, Some(text)),
        _ => return Err("`test` takes `--install`, or `--only` and a part of a name".into()),
    };
    let is_meant = |name: &str| only.is_none_or(|text| name.contains(text));
    if !CHECKS.iter().any(|(name, _)| is_meant(name)) {
        return Err("no check has such a name".into());
    }
    let settings = Settings {
        install,
        complete: install || std::env::var_os("CI").is_some(),
    };
    if install {
        toolchains::add_components()?;
        crate::packages::install_all()?;
    }
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for (name, check) in CHECKS.iter().filter(|(name, _)| is_meant(name)) {
        let began = Instant::now();
        let outcome = check(&settings)
            .unwrap_or_else(|error| Outcome::failed(format!("could not run: {error}")))
            .judged(settings.complete);
        let seconds = began.elapsed().as_secs_f64();
        println!(
            "{:<7} {name:<32} {seconds:>6.1} s  {}",
            outcome.word(),
            outcome.remark()
        );
        if let Some(output) = outcome.output() {
            println!("{}\n", output.trim_end());
        }
        passed += outcome.passed();
        failed += outcome.failures();
        skipped += outcome.skipped();
    }
    println!();
    match skipped {
        0 => println!("{passed} passed, {failed} failed"),
        _ => println!("{passed} passed, {failed} failed, {skipped} skipped"),
    }
    Ok(if failed == 0 { OK } else { FOUND })
}
