//! What must stand nowhere in the tree.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Put together here, so that this file is not its own finding.
fn banned() -> Vec<(String, &'static str)> {
    vec![
        (format!("/{}/main", "work"), "a path of one machine"),
        (format!("/{}/shared", "work"), "a path of one machine"),
        (format!("/{}/target-", "tmp"), "a path of one machine"),
        (format!("#[{}]", "ignore"), "an ignored test"),
        (format!("#[{} =", "ignore"), "an ignored test"),
    ]
}

fn tracked_files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(&root)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let names = String::from_utf8(output.stdout).unwrap();
    let files = names.split('\0').filter(|name| !name.is_empty());
    files
        .map(|name| root.join(name))
        .filter(|path| path.is_file())
        .collect()
}

#[test]
fn no_file_names_one_machine_or_ignores_a_test() {
    let files = tracked_files();
    assert!(!files.is_empty());
    for path in files {
        let contents = std::fs::read(&path).unwrap();
        let contents = String::from_utf8_lossy(&contents);
        for (words, what) in banned() {
            assert!(
                !contents.contains(&words),
                "{} has {what}: {words}",
                path.display()
            );
        }
    }
}
