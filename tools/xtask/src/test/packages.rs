//! What people without Rust install: built, installed and run, with nothing of
//! the workspace at hand.

use std::path::Path;
use std::process::Command;

use super::Settings;
use super::outcome::Outcome;
use super::python::make_environment;
use crate::Failure;
use crate::package::{PROGRAM, Packages, static_target};
use crate::process::{command, exists, root};
use crate::scratch::Scratch;

pub(crate) fn install_and_run(settings: &Settings) -> Result<Outcome, Failure> {
    if let Some(reason) = prerequisite(settings)? {
        return Ok(Outcome::Missing(reason));
    }
    let packages = Packages::make()?;
    let scratch = Scratch::new("packages")?;
    let environment = scratch.path().join("venv");
    if let Some(outcome) = make_environment(settings, &environment)? {
        return Ok(outcome);
    }
    let plugin = root().join("examples/plugin-python/plugin.py");
    let checks: [(&str, Result<Command, Failure>); 6] = [
        ("the program is static", is_static(&packages.program)),
        ("the checksums hold", checksums(&packages)),
        ("the tarball unpacks", unpack(&packages, scratch.path())),
        (
            "its program judges a plugin",
            judge(&unpacked(&packages, scratch.path())?, &plugin),
        ),
        (
            "the wheel installs offline",
            install(&packages, &environment),
        ),
        (
            "its program judges a plugin",
            judge(&environment.join("bin").join(PROGRAM), &plugin),
        ),
    ];
    let checks = checks
        .into_iter()
        .map(|(name, check)| Ok((name.to_owned(), check?)));
    Outcome::of_each(checks.collect::<Result<Vec<_>, Failure>>()?)
}

fn prerequisite(settings: &Settings) -> Result<Option<String>, Failure> {
    if !exists("rustup") {
        return Ok(Some("rustup is not installed".into()));
    }
    let triple = static_target();
    if settings.install {
        command("rustup", &["target", "add", &triple]).output()?;
    }
    let listed = command("rustup", &["target", "list", "--installed"]).output()?;
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let is_there = listed.lines().any(|line| line == triple);
    Ok((!is_there).then(|| format!("target {triple} is missing: rustup target add {triple}")))
}

/// `ldd` fails on what needs no loader.
fn is_static(program: &Path) -> Result<Command, Failure> {
    let mut command = command(
        "sh",
        &[
            "-c",
            "! ldd \"$0\" || ldd \"$0\" | grep 'statically linked'",
        ],
    );
    command.arg(program);
    Ok(command)
}

fn checksums(packages: &Packages) -> Result<Command, Failure> {
    let folder = packages.checksums.parent().ok_or("no folder")?;
    let mut command = command("sha256sum", &["--check", "SHA256SUMS"]);
    command.current_dir(folder);
    Ok(command)
}

fn unpack(packages: &Packages, folder: &Path) -> Result<Command, Failure> {
    let mut command = command("tar", &["--extract", "--file"]);
    command
        .arg(&packages.tarball)
        .arg("--directory")
        .arg(folder);
    Ok(command)
}

fn unpacked(packages: &Packages, folder: &Path) -> Result<std::path::PathBuf, Failure> {
    let name = packages.tarball.file_name().and_then(|name| name.to_str());
    let name = name.and_then(|name| name.strip_suffix(".tar.gz"));
    Ok(folder
        .join(name.ok_or("the tarball has no name")?)
        .join(PROGRAM))
}

/// From an empty folder and in an environment with nothing but a PATH.
fn judge(program: &Path, plugin: &Path) -> Result<Command, Failure> {
    let mut command = Command::new(program);
    command
        .args([
            "plugin",
            "--filter",
            "core/",
            "--require",
            "core",
            "--",
            "python3",
        ])
        .arg(plugin)
        .current_dir("/")
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default());
    Ok(command)
}

fn install(packages: &Packages, environment: &Path) -> Result<Command, Failure> {
    let mut command = Command::new(environment.join("bin/python"));
    command
        .args([
            "-m",
            "pip",
            "--disable-pip-version-check",
            "install",
            "--quiet",
        ])
        .args(["--no-index", "--no-deps"])
        .arg(&packages.wheel);
    Ok(command)
}
