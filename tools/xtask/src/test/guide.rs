//! What the guides show is true: their files are those of the examples, and their
//! console blocks what the commands really print.
//!
//! With `SHELLRT_UPDATE` set the pages are written anew.

use std::fs;
use std::path::Path;

use super::Settings;
use super::outcome::Outcome;
use crate::Failure;
use crate::process::{build, command, root};

/// The pages, each with the folder in which its commands are typed.
const PAGES: [(&str, &str); 2] = [
    ("docs/writing-a-plugin.md", "examples/guide"),
    ("docs/validating-a-host.md", "examples/host-guide"),
];

pub(crate) fn shows_the_truth(_: &Settings) -> Result<Outcome, Failure> {
    let programs = build(&["shellrt-validate"], false)?;
    let mut faults = Vec::new();
    for (name, folder) in PAGES {
        let path = root().join(name);
        let page = fs::read_to_string(&path)?;
        let wanted = renewed(&page, &mut |line| print_of(line, folder, &programs))?;
        if page != wanted && std::env::var_os("SHELLRT_UPDATE").is_some() {
            fs::write(&path, wanted)?;
        } else if page != wanted {
            faults.push(difference(name, &page, &wanted));
        }
    }
    match faults.as_slice() {
        [] => Ok(Outcome::Passed(PAGES.len() as u64)),
        faults => Ok(Outcome::failed(format!(
            "{}\nhint: SHELLRT_UPDATE=1 cargo xtask test --only guide",
            faults.join("\n")
        ))),
    }
}

/// Where a page begins to be another one.
fn difference(name: &str, page: &str, wanted: &str) -> String {
    let mut lines = page.lines().zip(wanted.lines());
    let old = lines.position(|(old, new)| old != new);
    let line = old.unwrap_or_else(|| page.lines().count().min(wanted.lines().count()));
    format!(
        "{name}:{}: is `{}`, should be `{}`",
        line + 1,
        page.lines().nth(line).unwrap_or_default(),
        wanted.lines().nth(line).unwrap_or_default(),
    )
}

/// The page with every file and every output put in anew.
fn renewed(
    page: &str,
    print: &mut dyn FnMut(&str) -> Result<String, Failure>,
) -> Result<String, Failure> {
    let mut lines = page.lines();
    let mut done = String::new();
    let mut file = None;
    while let Some(line) = lines.next() {
        push(&mut done, line);
        if let Some(named) = line.strip_prefix("<!-- file: ") {
            file = named.strip_suffix(" -->");
        } else if line == "```python" {
            let shown = file.take().ok_or("a block of Python names no file")?;
            done += &fs::read_to_string(root().join(shown))?;
            push(&mut done, "```");
            lines.by_ref().find(|line| *line == "```");
        } else if line == "```console" {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            for command in block.iter().filter_map(|line| line.strip_prefix("$ ")) {
                push(&mut done, &format!("$ {command}"));
                done += &print(command)?;
            }
            push(&mut done, "```");
        }
    }
    Ok(done)
}

fn push(page: &mut String, line: &str) {
    page.push_str(line);
    page.push('\n');
}

/// What a shell prints, as a reader's would.
fn print_of(line: &str, folder: &str, programs: &Path) -> Result<String, Failure> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(programs.to_owned()).chain(std::env::split_paths(&path));
    let output = command("sh", &["-c", line])
        .current_dir(root().join(folder))
        .env("PATH", std::env::join_paths(folders)?)
        .env("NO_COLOR", "1")
        .output()?;
    Ok(without_times(&String::from_utf8_lossy(&output.stdout)))
}

/// How long something took is another number each time.
fn without_times(text: &str) -> String {
    let mut done = String::new();
    for line in text.lines() {
        match line.split_once(", after ") {
            Some((before, after)) if after.ends_with(" ms") => push(&mut done, before),
            _ => push(&mut done, line),
        }
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_are_put_behind_their_commands() {
        let page = "a\n```console\n$ one\nold\n$ two\n```\nb\n";
        let wanted = "a\n```console\n$ one\n<one>\n$ two\n<two>\n```\nb\n";
        let renewed = renewed(page, &mut |line| Ok(format!("<{line}>\n"))).unwrap();
        assert_eq!(renewed, wanted);
    }

    #[test]
    fn times_are_left_out() {
        let text = "  ended  exit status 0, after 12 ms\n";
        assert_eq!(without_times(text), "  ended  exit status 0\n");
    }
}
