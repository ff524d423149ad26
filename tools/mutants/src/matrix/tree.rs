//! Where everything is: the data and reports of this source tree, and the
//! programs beside this one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Failure;
use super::page;
use super::table::Matrix;

/// The source tree and the programs built from it.
#[derive(Debug)]
pub(super) struct Tree {
    root: PathBuf,
    programs: PathBuf,
}

/// Where a matrix is committed.
#[derive(Debug)]
pub(super) struct Place {
    /// For this program.
    json: &'static str,
    /// For people.
    page: &'static str,
    write: fn(&Matrix) -> String,
    /// What makes both anew.
    command: &'static str,
}

pub(super) const PLUGINS: Place = Place {
    json: "conformance/kill-matrix.json",
    page: "docs/reports/kill-matrix.md",
    write: page::of_plugins,
    command: "shellrt-mutants --write",
};

pub(super) const HOSTS: Place = Place {
    json: "conformance/host-kill-matrix.json",
    page: "docs/reports/hosts.md",
    write: page::of_hosts,
    command: "shellrt-mutants --hosts --write",
};

impl Tree {
    pub(super) fn find() -> Result<Tree, Failure> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let root = root
            .canonicalize()
            .map_err(|error| format!("the source tree is not at `{}`: {error}", root.display()))?;
        let own = std::env::current_exe()?;
        let programs = own.parent().map(Path::to_owned).unwrap_or_default();
        Ok(Tree { root, programs })
    }

    pub(super) fn conformance(&self) -> PathBuf {
        self.root.join("conformance")
    }

    pub(super) fn mutants(&self) -> PathBuf {
        self.conformance().join("mutants")
    }

    /// A program of this workspace.
    pub(super) fn program(&self, name: &str) -> Result<PathBuf, Failure> {
        let path = self.programs.join(name);
        if path.is_file() {
            return Ok(path);
        }
        let path = path.display();
        Err(format!(
            "there is no `{path}`\nhint: cargo build --package {}",
            package(name)
        )
        .into())
    }

    /// The committed matrix; an empty one where there is none yet.
    pub(super) fn matrix(&self, place: &Place) -> Result<Matrix, Failure> {
        let path = self.root.join(place.json);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Matrix::default()),
            Err(error) => return Err(format!("cannot read `{}`: {error}", path.display()).into()),
        };
        let hint = format!("hint: `{}` makes it anew", place.command);
        serde_json::from_str(&text)
            .map_err(|error| format!("`{}`: {error}\n{hint}", path.display()).into())
    }

    pub(super) fn write(&self, place: &Place, matrix: &Matrix) -> Result<(), Failure> {
        for (path, text) in self.files(place, matrix)? {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&path, text)?;
        }
        Ok(())
    }

    /// A line for each line that is not as it is committed.
    pub(super) fn differences(
        &self,
        place: &Place,
        matrix: &Matrix,
    ) -> Result<Vec<String>, Failure> {
        let mut found = Vec::new();
        for (path, wanted) in self.files(place, matrix)? {
            let committed = fs::read_to_string(&path).unwrap_or_default();
            if committed == wanted {
                continue;
            }
            let name = path.strip_prefix(&self.root).unwrap_or(&path).display();
            found.push(format!(
                "DIFFERS   {name}: `{}` makes it anew",
                place.command
            ));
            for line in wanted.lines().filter(|line| !committed.contains(line)) {
                found.push(format!("  now       {line}"));
            }
            for line in committed.lines().filter(|line| !wanted.contains(line)) {
                found.push(format!("  committed {line}"));
            }
        }
        Ok(found)
    }

    fn files(&self, place: &Place, matrix: &Matrix) -> Result<[(PathBuf, String); 2], Failure> {
        let mut json = serde_json::to_string_pretty(matrix)?;
        json.push('\n');
        Ok([
            (self.root.join(place.json), json),
            (self.root.join(place.page), (place.write)(matrix)),
        ])
    }
}

fn package(program: &str) -> &str {
    if program == "shellrt-mutant" {
        "shellrt-mutants"
    } else {
        program
    }
}
