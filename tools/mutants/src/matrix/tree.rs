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

    fn matrix_file(&self) -> PathBuf {
        self.conformance().join("kill-matrix.json")
    }

    fn page_file(&self) -> PathBuf {
        self.root.join("docs/reports/kill-matrix.md")
    }

    /// The committed matrix; an empty one where there is none yet.
    pub(super) fn matrix(&self) -> Result<Matrix, Failure> {
        let path = self.matrix_file();
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Matrix::default()),
            Err(error) => return Err(format!("cannot read `{}`: {error}", path.display()).into()),
        };
        let hint = "hint: `shellrt-mutants --write` makes it anew";
        serde_json::from_str(&text)
            .map_err(|error| format!("`{}`: {error}\n{hint}", path.display()).into())
    }

    pub(super) fn write(&self, matrix: &Matrix) -> Result<(), Failure> {
        for (path, text) in self.files(matrix)? {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&path, text)?;
        }
        Ok(())
    }

    /// A line for each line that is not as it is committed.
    pub(super) fn differences(&self, matrix: &Matrix) -> Result<Vec<String>, Failure> {
        let mut found = Vec::new();
        for (path, wanted) in self.files(matrix)? {
            let committed = fs::read_to_string(&path).unwrap_or_default();
            if committed == wanted {
                continue;
            }
            let name = path.strip_prefix(&self.root).unwrap_or(&path).display();
            found.push(format!(
                "DIFFERS   {name}: `shellrt-mutants --write` makes it anew"
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

    fn files(&self, matrix: &Matrix) -> Result<[(PathBuf, String); 2], Failure> {
        let mut json = serde_json::to_string_pretty(matrix)?;
        json.push('\n');
        Ok([
            (self.matrix_file(), json),
            (self.page_file(), page::write(matrix)),
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
