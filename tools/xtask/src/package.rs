//! `package`: shellrt-validate for people without Rust, as a static program in
//! a tarball with checksums, and as a wheel.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{cargo, command, root, target, text};
use crate::{Failure, OK};

/// The program that is packed.
pub(crate) const PROGRAM: &str = "shellrt-validate";
const SHELLS: [&str; 3] = ["bash", "fish", "zsh"];

pub(crate) fn run(arguments: &[String]) -> Result<u8, Failure> {
    if !arguments.is_empty() {
        return Err("`package` takes no arguments".into());
    }
    let made = Packages::make()?;
    for path in [&made.tarball, &made.checksums, &made.wheel] {
        println!("{}", path.display());
    }
    Ok(OK)
}

/// What was made.
pub(crate) struct Packages {
    pub(crate) program: PathBuf,
    pub(crate) tarball: PathBuf,
    pub(crate) checksums: PathBuf,
    pub(crate) wheel: PathBuf,
}

impl Packages {
    /// Builds the program and packs it, below `target/packages`.
    pub(crate) fn make() -> Result<Packages, Failure> {
        let program = build_static(PROGRAM)?;
        let folder = target().join("packages");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder)?;
        let name = format!("{PROGRAM}-{}-{}-linux", version(), machine());
        stage(&program, &folder.join(&name))?;
        let tarball = folder.join(format!("{name}.tar.gz"));
        succeed(
            command("tar", &["--create", "--gzip", "--sort=name", "--mtime=@0"])
                .args(["--owner=0", "--group=0", "--numeric-owner", "--file"])
                .arg(&tarball)
                .arg("--directory")
                .arg(&folder)
                .arg(&name)
                // The time of packing does not get into the file.
                .env("GZIP", "-n"),
        )?;
        let wheel = pack_wheel(&program, &folder)?;
        let sums = succeed(
            command("sha256sum", &[file_name(&tarball)?, file_name(&wheel)?]).current_dir(&folder),
        )?;
        let checksums = folder.join("SHA256SUMS");
        fs::write(&checksums, sums)?;
        Ok(Packages {
            program,
            tarball,
            checksums,
            wheel,
        })
    }
}

/// The target whose programs need no library of the machine.
pub(crate) fn static_target() -> String {
    format!("{}-unknown-linux-musl", machine())
}

fn machine() -> &'static str {
    std::env::consts::ARCH
}

fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// Builds a program that needs no library of the machine; where it is.
pub(crate) fn build_static(program: &str) -> Result<PathBuf, Failure> {
    let triple = static_target();
    let options = ["build", "--quiet", "--release", "--package", program];
    let status = cargo().args(options).args(["--target", &triple]).status()?;
    if !status.success() {
        return Err(format!(
            "cannot build {program} for {triple}\nhint: rustup target add {triple}"
        )
        .into());
    }
    Ok(static_programs().join(program))
}

/// Where cargo puts such programs.
pub(crate) fn static_programs() -> PathBuf {
    target().join(static_target()).join("release")
}

/// Lays out what the tarball holds.
fn stage(program: &Path, folder: &Path) -> Result<(), Failure> {
    let root = root();
    fs::create_dir_all(folder.join("completions"))?;
    fs::create_dir_all(folder.join("fixtures"))?;
    fs::copy(program, folder.join(PROGRAM))?;
    fs::copy(root.join("packaging/README.md"), folder.join("README.md"))?;
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(root.join(licence), folder.join(licence))?;
    }
    for entry in fs::read_dir(root.join("conformance/fixtures"))? {
        let path = entry?.path();
        if path.is_file() {
            fs::copy(&path, folder.join("fixtures").join(file_name(&path)?))?;
        }
    }
    for shell in SHELLS {
        let script = succeed(&mut command(program, &["completions", shell]))?;
        fs::write(folder.join("completions").join(shell), script)?;
    }
    Ok(())
}

fn pack_wheel(program: &Path, folder: &Path) -> Result<PathBuf, Failure> {
    let made = succeed(
        command("python3", &["packaging/wheel.py"])
            .arg(program)
            .args([PROGRAM, version(), machine()])
            .arg(folder)
            .args(["LICENSE-APACHE", "LICENSE-MIT"]),
    )?;
    Ok(PathBuf::from(made.trim()))
}

fn file_name(path: &Path) -> Result<&str, Failure> {
    let name = path.file_name().and_then(|name| name.to_str());
    name.ok_or_else(|| format!("`{}` has no name", path.display()).into())
}

/// Runs a program that has to succeed; what it wrote.
fn succeed(command: &mut std::process::Command) -> Result<String, Failure> {
    let output = command.output()?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("{command:?} failed:\n{}", text(&output)).into())
    }
}
