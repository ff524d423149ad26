//! `shellrt-driver PLUGIN COMMAND`: finds out whether the first word is a plugin
//! or a command, and spells the plugin as `--plugin` for clap.

use std::ffi::{OsStr, OsString};

use clap::CommandFactory;

use super::Cli;

/// Rewrites `PLUGIN COMMAND ...` to `--plugin=PLUGIN COMMAND ...`. Lines that name
/// the plugin otherwise, or begin with a command, stay as they are.
///
/// `by_environment` says whether SHELLRT_PLUGIN names a plugin: an unknown word
/// is then rather a mistyped command, unless it looks like a path.
pub(super) fn name_the_plugin(mut arguments: Vec<OsString>, by_environment: bool) -> Vec<OsString> {
    let mut cli = Cli::command();
    // Names the version and help options, which clap adds on building only.
    cli.build();
    let words = Words::find(&cli, &arguments);
    let Some(first) = words.first.filter(|_| !words.plugin_is_named) else {
        return arguments;
    };
    let is_command = |at: usize| {
        arguments[at]
            .to_str()
            .is_some_and(|word| cli.find_subcommand(word).is_some())
    };
    let is_plugin = !is_command(first)
        && (is_path(&arguments[first])
            || words.second.is_some_and(is_command)
            || (words.second.is_some() && !by_environment));
    if is_plugin {
        let mut named = OsString::from("--plugin=");
        named.push(&arguments[first]);
        arguments[first] = named;
    }
    arguments
}

fn is_path(word: &OsStr) -> bool {
    word.as_encoded_bytes().contains(&b'/')
}

/// Where the first words stand that are no options.
#[derive(Default)]
struct Words {
    first: Option<usize>,
    second: Option<usize>,
    plugin_is_named: bool,
}

impl Words {
    fn find(cli: &clap::Command, arguments: &[OsString]) -> Words {
        let mut words = Words::default();
        let mut at = 1;
        while at < arguments.len() && words.second.is_none() {
            let text = arguments[at].to_string_lossy();
            if text == "--" {
                break;
            }
            if let Some(option) = text.strip_prefix("--") {
                let (name, value) = option
                    .split_once('=')
                    .map_or((option, None), |(name, value)| (name, Some(value)));
                words.plugin_is_named |= name == "plugin" && words.first.is_none();
                if value.is_none() && takes_value(cli, name) {
                    at += 1;
                }
            } else if !text.starts_with('-') {
                if words.first.is_none() {
                    words.first = Some(at);
                } else {
                    words.second = Some(at);
                }
            }
            at += 1;
        }
        words
    }
}

/// Asks clap, so that there is no second list of options to keep.
fn takes_value(cli: &clap::Command, name: &str) -> bool {
    cli.get_arguments()
        .any(|argument| argument.get_long() == Some(name) && argument.get_action().takes_values())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(line: &str, by_environment: bool) -> String {
        let arguments = line.split(' ').map(OsString::from).collect();
        let arguments = name_the_plugin(arguments, by_environment);
        arguments
            .iter()
            .map(|argument| argument.to_string_lossy())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn a_first_word_that_is_no_command_is_the_plugin() {
        assert_eq!(
            rewritten("driver ./x list", false),
            "driver --plugin=./x list"
        );
        assert_eq!(
            rewritten("driver shellrt-process list", true),
            "driver --plugin=shellrt-process list"
        );
        assert_eq!(
            rewritten("driver shellrt-process lsit", false),
            "driver --plugin=shellrt-process lsit"
        );
    }

    #[test]
    fn options_may_stand_before_the_plugin_and_before_the_command() {
        assert_eq!(
            rewritten("driver --format json ./x list", false),
            "driver --format json --plugin=./x list"
        );
        assert_eq!(
            rewritten("driver --trace ./x --id 7 list", false),
            "driver --trace --plugin=./x --id 7 list"
        );
        assert_eq!(
            rewritten("driver --plugin-arg list ./x list", false),
            "driver --plugin-arg list --plugin=./x list"
        );
    }

    #[test]
    fn a_command_is_a_command_even_where_a_file_has_its_name() {
        assert_eq!(rewritten("driver list", false), "driver list");
        assert_eq!(rewritten("driver start list", true), "driver start list");
        assert_eq!(
            rewritten("driver ./list list", false),
            "driver --plugin=./list list"
        );
    }

    #[test]
    fn a_named_plugin_leaves_every_word_to_the_command() {
        assert_eq!(
            rewritten("driver --plugin ./x list", false),
            "driver --plugin ./x list"
        );
        assert_eq!(
            rewritten("driver --plugin=list list", false),
            "driver --plugin=list list"
        );
        assert_eq!(
            rewritten("driver --plugin ./x ./y list", false),
            "driver --plugin ./x ./y list"
        );
    }

    #[test]
    fn with_a_plugin_in_the_environment_a_mistyped_command_stays_one() {
        assert_eq!(rewritten("driver lsit web", true), "driver lsit web");
        assert_eq!(rewritten("driver lsit", false), "driver lsit");
        assert_eq!(
            rewritten("driver ./x lsit", true),
            "driver --plugin=./x lsit"
        );
    }
}
