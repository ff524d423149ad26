//! What the documentation shows must be true: each message in a ```json block
//! is valid.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::Settings;
use super::outcome::Outcome;
use crate::Failure;
use crate::process::{build, command, root, text};

pub(crate) fn messages(_: &Settings) -> Result<Outcome, Failure> {
    let validate = build(&["shellrt-validate"], false)?.join("shellrt-validate");
    let mut pages = vec![root().join("README.md")];
    markdown_below(&root().join("docs"), &mut pages)?;
    let (mut passed, mut failed, mut output) = (0, 0, String::new());
    for page in pages {
        let contents = std::fs::read_to_string(&page)
            .map_err(|error| format!("cannot read `{}`: {error}", page.display()))?;
        for (line, block) in json_blocks(&contents) {
            if !block.contains("\"_version\"") {
                continue;
            }
            let mut child = command(&validate, &["message"])
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()?;
            if let Some(mut stdin) = child.stdin.take() {
                stdin.write_all(block.as_bytes())?;
            }
            let judged = child.wait_with_output()?;
            if judged.status.success() {
                passed += 1;
            } else {
                failed += 1;
                output += &format!("{}:{line}: {}\n", page.display(), text(&judged));
            }
        }
    }
    Ok(match (passed, failed) {
        (0, 0) => Outcome::failed("no page shows a message".into()),
        (passed, 0) => Outcome::Passed(passed),
        (passed, failed) => Outcome::Failed {
            passed,
            failed,
            output,
        },
    })
}

fn markdown_below(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            markdown_below(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
    found.sort();
    Ok(())
}

/// Each ```json block with the line on which it begins.
fn json_blocks(page: &str) -> Vec<(usize, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (index, line) in page.lines().enumerate() {
        match &mut open {
            None if line.trim() == "```json" => open = Some((index + 2, String::new())),
            None => {}
            Some(_) if line.trim() == "```" => blocks.extend(open.take()),
            Some((_, block)) => {
                block.push_str(line);
                block.push('\n');
            }
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::json_blocks;

    #[test]
    fn only_json_blocks_are_taken() {
        let page = "a\n```json\n{}\n```\n```sh\nls\n```\n";
        assert_eq!(json_blocks(page), [(3, "{}\n".to_owned())]);
    }
}
