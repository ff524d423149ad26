//! The help of every command is part of the interface.

use std::path::Path;

use crate::support::Driver;

const COMMANDS: [&str; 21] = [
    "version",
    "describe",
    "img_pull",
    "img_load",
    "img_remove",
    "img_list",
    "network_ensure",
    "create",
    "remove",
    "start",
    "stop",
    "restart",
    "list",
    "status",
    "logs",
    "top",
    "stats",
    "sys_info",
    "raw",
    "completions",
    "man",
];

fn run(line: &str) -> String {
    Driver::new(Path::new("/"), line.split(' ')).run().screen()
}

#[test]
fn the_help_shows_usage_commands_options_and_statuses() {
    insta::assert_snapshot!(run("--help"));
}

#[test]
fn every_command_has_help_with_an_example() {
    let mut all = String::new();
    for command in COMMANDS {
        let help = run(&format!("{command} -h"));
        assert!(help.contains("Example"), "{command} has no example");
        // The shared options are on each page, and in the snapshot above.
        let own = help
            .split("\nOptions of every command:")
            .next()
            .unwrap_or_default();
        let after = help
            .split_once("--trace ")
            .and_then(|(_, rest)| rest.split_once("\n\n"))
            .unwrap_or_default()
            .1;
        all += &format!("{own}\n{after}\n");
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_mistyped_command_is_recognised() {
    insta::assert_snapshot!(run("./plugin lsit"));
}

#[test]
fn the_spelling_with_a_dash_is_accepted() {
    assert!(run("img-pull -h").contains("Usage: shellrt-driver img_pull"));
}

#[test]
fn completions_and_manual_pages_cover_every_command() {
    let completions = run("completions bash");
    let directory = tempfile::tempdir().expect("a temporary directory");
    let written = Driver::new(directory.path(), ["man", "."]).run();
    assert_eq!(written.data(), "");
    for command in COMMANDS {
        assert!(completions.contains(command), "{command} is not completed");
        let page = directory.path().join(format!("shellrt-driver-{command}.1"));
        assert!(page.is_file(), "{} is missing", page.display());
    }
    assert!(run("man").contains(".SH NAME"));
}
