//! The smallest plugins, one a language, each conforms to `core`.

use std::fs;
use std::path::{Path, PathBuf};

use super::Settings;
use super::outcome::Outcome;
use crate::Failure;
use crate::packages::{self, LANGUAGES};
use crate::process::{build, command, root, target, text};

pub(crate) fn conform(_: &Settings) -> Result<Outcome, Failure> {
    let missing = packages::missing(LANGUAGES);
    if !missing.is_empty() {
        let reason = format!("apt-get install {}", missing.join(" "));
        return Ok(Outcome::Missing(reason));
    }
    let programs = build(&["shellrt-validate", "plugin-rust"], false)?;
    let examples = root().join("examples");
    let plugins = [
        examples.join("plugin-python/plugin.py"),
        examples.join("plugin-shell/plugin.sh"),
        built_by_go(&examples.join("plugin-go"))?,
        programs.join("plugin-rust"),
    ];
    let validate = programs.join("shellrt-validate");
    Outcome::of_each(plugins.map(|plugin| {
        let options = ["plugin", "--filter", "core/", "--require", "core", "--"];
        let mut judge = command(&validate, &options);
        judge.arg(&plugin);
        (plugin.display().to_string(), judge)
    }))
}

/// Standard library only: nothing is fetched.
fn built_by_go(sources: &Path) -> Result<PathBuf, Failure> {
    let folder = target().join("go");
    fs::create_dir_all(&folder)?;
    let program = folder.join("plugin-go");
    let built = command("go", &["build", "-o"])
        .arg(&program)
        .current_dir(sources)
        .env("GOCACHE", folder.join("cache"))
        .env("GOPATH", folder.join("path"))
        .env("GOPROXY", "off")
        .env("CGO_ENABLED", "0")
        .output()?;
    if built.status.success() {
        Ok(program)
    } else {
        Err(format!("go cannot build {}:\n{}", sources.display(), text(&built)).into())
    }
}
