//! The command line of the generator.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use shellrt_codegen::backend::{self, GeneratedFile};
use shellrt_codegen::model::{self, Model};
use shellrt_codegen::sync::{self, Drift};
use shellrt_codegen::{compat, release, workspace_root};

/// Everything is as it should be.
const DONE: u8 = 0;
/// The tree is not what the schema says, or a change breaks a released wire.
const DIFFERS: u8 = 1;
/// The schema cannot be read, or a file cannot be written.
const FAILED: u8 = 2;

/// Generates the bindings, the flat schemas and the reference pages from
/// schema/v0.
///
/// Exit status: 0 all is as it should be, 1 the tree differs, 2 it could not be
/// done.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask codegen",
    version,
    args_conflicts_with_subcommands = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Change nothing; fail where a file is not what the schema says
    #[arg(long)]
    check: bool,
    /// Change nothing; print what this file would hold
    #[arg(long, value_name = "PATH", conflicts_with = "check")]
    print: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check that the schema still speaks every released wire
    Compat,
    /// Freeze the schema as the released wire of this version
    Freeze {
        /// The wire version, as in 0.2.0
        version: String,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let status = run(&arguments).unwrap_or_else(|error| {
        eprintln!("error: {error}");
        FAILED
    });
    ExitCode::from(status)
}

fn run(arguments: &Arguments) -> Result<u8, Box<dyn std::error::Error>> {
    let root = workspace_root();
    let model = model::load(&root.join("schema/v0"))?;
    match &arguments.command {
        Some(Command::Compat) => return compat(&root, &model),
        Some(Command::Freeze { version }) => {
            let folder = release::freeze(&root, &model, version)
                .map_err(|error| format!("cannot freeze {version}: {error}"))?;
            println!("{}", folder.display());
            return Ok(DONE);
        }
        None => {}
    }
    let files = backend::generate(&model)?;
    if let Some(path) = &arguments.print {
        return print(path, &files);
    }
    if arguments.check {
        let drift = sync::check(&root, &files)?;
        drift.iter().for_each(report);
        if !drift.is_empty() {
            eprintln!("hint: run `cargo xtask codegen` and commit what it changes");
        }
        return Ok(if drift.is_empty() { DONE } else { DIFFERS });
    }
    for path in sync::write(&root, &files)? {
        println!("{}", path.display());
    }
    Ok(DONE)
}

fn print(path: &PathBuf, files: &[GeneratedFile]) -> Result<u8, Box<dyn std::error::Error>> {
    let Some(file) = files.iter().find(|file| file.path == *path) else {
        let known: Vec<_> = files
            .iter()
            .map(|file| file.path.display().to_string())
            .collect();
        return Err(format!(
            "no back end makes `{}`; there are:\n  {}",
            path.display(),
            known.join("\n  ")
        )
        .into());
    };
    print!("{}", file.contents);
    Ok(DONE)
}

fn compat(root: &Path, model: &Model) -> Result<u8, Box<dyn std::error::Error>> {
    let mut status = DONE;
    for (version, folder) in release::all(root)? {
        for broken in compat::breaks(&model::load(&folder)?, model) {
            eprintln!("error: this breaks wire {version}: {broken}");
            status = DIFFERS;
        }
    }
    if status == DIFFERS {
        eprintln!(
            "hint: add an optional member instead, or make it a new wire version (docs/protocol.md, Evolution)"
        );
    }
    Ok(status)
}

fn report(drift: &Drift) {
    match drift {
        Drift::Missing(path) => eprintln!("error: `{}` is missing", path.display()),
        Drift::Stale(path) => eprintln!(
            "error: `{}` is left over: no back end makes it any more",
            path.display()
        ),
        Drift::Differs {
            path,
            line,
            actual,
            wanted,
        } => {
            eprintln!(
                "error: `{}` is not what the schema says, at line {line}",
                path.display()
            );
            eprintln!("  is:     {actual}");
            eprintln!("  wanted: {wanted}");
        }
    }
}
