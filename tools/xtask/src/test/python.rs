//! The checks of the Python package, in a virtual environment below `target`.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Settings;
use super::outcome::Outcome;
use crate::Failure;
use crate::packages;
use crate::process::{command, root, target};
use crate::scratch::Scratch;

/// Only pip itself is in a fresh environment: nothing else may come along.
pub(crate) fn installs_alone(settings: &Settings) -> Result<Outcome, Failure> {
    let scratch = Scratch::new("pip")?;
    let environment = scratch.path().join("venv");
    if let Some(outcome) = make_environment(settings, &environment)? {
        return Ok(outcome);
    }
    // A copy, because a build writes beside its sources.
    let copy = scratch.path().join("package");
    let copied = command("cp", &[Path::new("-r"), &package(), &copy]).output()?;
    if !copied.status.success() {
        return Ok(Outcome::of_output(&copied));
    }
    let python = environment.join("bin/python");
    let installed = pip(&python, &["install", "--quiet"]).arg(&copy).output()?;
    if !installed.status.success() {
        return Ok(Outcome::of_output(&installed));
    }
    let listed = pip(&python, &["list", "--format", "freeze"]).output()?;
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let others: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.split([' ', '=']).next())
        .filter(|name| !["pip", "setuptools", "shellrt", "wheel"].contains(name))
        .collect();
    if !listed.contains("shellrt") || !others.is_empty() {
        return Ok(Outcome::failed(format!("installed were:\n{listed}")));
    }
    Ok(Outcome::Passed(1))
}

/// They need no package: any Python will do.
pub(crate) fn tests(_: &Settings) -> Result<Outcome, Failure> {
    let output = command("python3", &["-m", "unittest", "discover", "-s", "tests"])
        .current_dir(package())
        .env("PYTHONPATH", "src")
        .output()?;
    let (ran, failed) = counted(&String::from_utf8_lossy(&output.stderr));
    Ok(Outcome::of_tests(
        &output,
        ran.saturating_sub(failed),
        failed,
    ))
}

pub(crate) fn types(settings: &Settings) -> Result<Outcome, Failure> {
    module(settings, &["mypy", "--strict", "src", "tests"])
}

pub(crate) fn style(settings: &Settings) -> Result<Outcome, Failure> {
    let outcome = module(settings, &["ruff", "check", "."])?;
    if outcome.passed() == 0 {
        return Ok(outcome);
    }
    module(settings, &["ruff", "format", "--check", "."])
}

fn module(settings: &Settings, arguments: &[&str]) -> Result<Outcome, Failure> {
    match tools(settings)? {
        Ok(python) => Outcome::of(
            command(python, &["-m"])
                .args(arguments)
                .current_dir(package())
                .env("MYPYPATH", "src"),
        ),
        Err(outcome) => Ok(outcome),
    }
}

fn pip(python: &Path, arguments: &[&str]) -> Command {
    let mut pip = command(python, &["-m", "pip", "--disable-pip-version-check"]);
    pip.args(arguments);
    pip
}

fn package() -> PathBuf {
    root().join("bindings/python")
}

/// The Python that has the tools of `requirements-dev.txt`, or why there is none.
pub(crate) fn tools(settings: &Settings) -> Result<Result<PathBuf, Outcome>, Failure> {
    let environment = target().join("python");
    let python = environment.join("bin/python");
    let requirements = package().join("requirements-dev.txt");
    let wanted = std::fs::read_to_string(&requirements)
        .map_err(|error| format!("cannot read `{}`: {error}", requirements.display()))?;
    let mark = environment.join("installed.txt");
    if std::fs::read_to_string(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(Ok(python));
    }
    if !settings.install {
        let reason = "the Python tools are missing: cargo xtask test --install";
        return Ok(Err(Outcome::Missing(reason.into())));
    }
    if let Some(outcome) = make_environment(settings, &environment)? {
        return Ok(Err(outcome));
    }
    let installed = pip(&python, &["install", "--quiet", "-r"])
        .arg(&requirements)
        .output()?;
    if !installed.status.success() {
        return Ok(Err(Outcome::of_output(&installed)));
    }
    std::fs::write(mark, wanted)?;
    Ok(Ok(python))
}

/// Debian ships Python without what makes environments; `--install` adds it.
pub(crate) fn make_environment(
    settings: &Settings,
    path: &Path,
) -> Result<Option<Outcome>, Failure> {
    let make = || command("python3", &["-m", "venv"]).arg(path).output();
    let mut made = make()?;
    if !made.status.success() && settings.install {
        packages::install(&["python3-venv"])?;
        made = make()?;
    }
    if made.status.success() {
        return Ok(None);
    }
    Ok(Some(if settings.install {
        Outcome::of_output(&made)
    } else {
        Outcome::Missing("python3 cannot make environments: apt-get install python3-venv".into())
    }))
}

/// Reads `Ran 12 tests in 0.3s` and `FAILED (failures=1, errors=2)`.
fn counted(output: &str) -> (u64, u64) {
    let ran = output
        .lines()
        .find_map(|line| line.strip_prefix("Ran ")?.split(' ').next()?.parse().ok());
    let failed = output
        .lines()
        .filter_map(|line| line.strip_prefix("FAILED (")?.strip_suffix(')'))
        .flat_map(|counts| counts.split(", "))
        .filter_map(|count| count.split_once('='))
        .filter(|(what, _)| ["failures", "errors"].contains(what))
        .filter_map(|(_, count)| count.parse::<u64>().ok())
        .sum();
    (ran.unwrap_or(0), failed)
}

#[cfg(test)]
mod unit_tests {
    use super::counted;

    #[test]
    fn the_last_lines_of_unittest_are_counted() {
        assert_eq!(counted("...\nRan 3 tests in 0.1s\n\nOK\n"), (3, 0));
        let failed = "Ran 9 tests in 0.1s\n\nFAILED (failures=1, errors=2)\n";
        assert_eq!(counted(failed), (9, 3));
    }
}
