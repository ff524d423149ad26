//! `explain`: a rule's words, whom it binds, why it is there, how to mend what
//! breaks it.

use clap::Args;
use serde_json::json;

use crate::exit;
use crate::fault::Failure;
use crate::host;
use crate::report::{self, Format};
use crate::requirements::{self, Requirements, Rule};
use crate::suite;
use crate::suite::catalog::{self, Named};

/// Explain rules of the protocol
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  shellrt-validate explain T-5
  shellrt-validate explain M-paused-start C-logs-6
  shellrt-validate explain core/echo#E-2         the rule of a check
  shellrt-validate explain host/cut#S-7.raw      the same of a host's
  shellrt-validate explain --format json P-8

Exit status:
  0  every rule is explained
  2  could not run: wrong usage, or a rule that is not there")]
pub(crate) struct Arguments {
    /// Ids of rules, as in docs/protocol.md, or of checks
    #[arg(value_name = "RULE", required = true)]
    rules: Vec<String>,
    /// The requirement set
    #[arg(long, value_name = "SET", default_value = requirements::NEWEST)]
    requirements: String,
    /// For people, or for programs
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let set = requirements::load(&arguments.requirements)?;
    let rules: Vec<&Rule> = arguments
        .rules
        .iter()
        .map(|name| find(&set, name))
        .collect::<Result<_, _>>()?;
    let texts: Vec<String> = match arguments.format {
        Format::Human => rules.into_iter().map(human).collect(),
        Format::Json => rules.into_iter().map(|rule| json(&set, rule)).collect(),
    };
    let between = match arguments.format {
        Format::Human => "\n",
        Format::Json => "",
    };
    report::write_out(texts.join(between).as_bytes())?;
    Ok(exit::OK)
}

/// A check is named `profile/scenario#RULE.variant`.
fn find<'set>(set: &'set Requirements, name: &str) -> Result<&'set Rule, Failure> {
    let is_case = |case: &Named| case.id == name;
    if catalog::cases().iter().any(is_case) {
        return Err(Failure::run(format!(
            "`{name}` is a case, not a rule\nhint: `shellrt-validate list {name}` says what it is, and which checks it makes"
        )));
    }
    let id = name.rsplit_once('#').map_or(name, |(_, id)| id);
    let id = id.split('.').next().unwrap_or(id);
    set.rule(id).ok_or_else(|| Failure::UnknownRule {
        name: id.escape_debug().collect(),
        near: set.near(id).into_iter().map(str::to_owned).collect(),
    })
}

/// So many are named to a person.
const MOST_CHECKS: usize = 8;

fn human(rule: &Rule) -> String {
    let mut text = format!("{}  {}, for {}\n\n", rule.id, rule.level, rule.party);
    text.push_str(&filled(&rule.text, "  ", "  "));
    text.push('\n');
    let place = place(rule);
    let mut facts = vec![
        ("why", rule.reason.as_str()),
        ("fix", rule.fix.as_str()),
        ("see", place.as_str()),
    ];
    let checks = checks(rule);
    let checks: Vec<&str> = checks.iter().map(String::as_str).collect();
    let listed = report::some_of(&checks, MOST_CHECKS);
    if let Some(reason) = &rule.excluded {
        facts.push(("not checked", reason));
    }
    if !checks.is_empty() {
        facts.push(("checks", &listed));
    }
    for (label, fact) in facts {
        text.push_str(&filled(fact, &format!("{label}: "), "     "));
    }
    text
}

/// The checks that hold plugins, and hosts, to a rule.
fn checks(rule: &Rule) -> Vec<String> {
    let always = suite::exchange_rules()
        .into_iter()
        .filter(|id| *id == rule.id)
        .map(|id| format!("exchange#{id}"));
    let of_cases = catalog::cases().iter().flat_map(Named::checks);
    let of_cases = of_cases.filter(|check| check.rule == rule.id);
    let of_hosts = host::checks_of(&rule.id);
    always
        .chain(of_cases.map(|check| check.id))
        .chain(of_hosts)
        .collect()
}

fn json(set: &Requirements, rule: &Rule) -> String {
    let mut value = json!(rule);
    value["requirements"] = json!(set.name);
    value["wire"] = json!(set.wire);
    value["see"] = json!(place(rule));
    value["checks"] = json!(checks(rule));
    format!("{value}\n")
}

fn place(rule: &Rule) -> String {
    format!("docs/protocol.md#{}", rule.section)
}

/// The text in lines of at most 80 columns.
fn filled(text: &str, first: &str, others: &str) -> String {
    report::words(text, first, others, 80) + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_stands_for_its_rule() {
        let set = requirements::load(requirements::NEWEST).unwrap();
        for name in ["E-2", "core/echo#E-2", "core/echo#E-2.no-id"] {
            assert_eq!(find(&set, name).unwrap().id, "E-2");
        }
    }

    #[test]
    fn no_line_is_wider_than_a_terminal() {
        let set = requirements::load(requirements::NEWEST).unwrap();
        for rule in &set.rules {
            for line in human(rule).lines() {
                assert!(line.chars().count() <= 80, "{line}");
            }
        }
    }
}
