//! `list`: the cases that this program plays, and the rules that they check.

use std::io::{self, Write};

use clap::Args;
use serde_json::{Value, json};

use crate::exit;
use crate::fault::Failure;
use crate::report::Format;
use crate::report::text::count;
use crate::suite::catalog::{Named, PROFILES};
use crate::suite::{self, select};

/// List the cases and the checks of each
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", exit::HELP))]
pub(crate) struct Arguments {
    /// Only cases of this name, part of a name, profile, rule or check
    #[arg(value_name = "TEXT")]
    filter: Vec<String>,
    /// Each check on a line of its own
    #[arg(long)]
    checks: bool,
    /// For people, or for programs
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

/// What the checks of every exchange begin with.
const EXCHANGE: &str = "exchange#";

const EXAMPLES: &str = "Examples:
  shellrt-validate list
  shellrt-validate list --checks lifecycle
  shellrt-validate list T-5";

pub(crate) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let cases = select::cases_for(&arguments.filter).map_err(Failure::run)?;
    let always = always(&arguments.filter);
    let mut out = io::stdout().lock();
    match arguments.format {
        Format::Json => {
            for named in cases {
                writeln!(out, "{}", as_json(named))?;
            }
            if !always.is_empty() {
                writeln!(out, "{}", always_as_json(&always))?;
            }
        }
        Format::Human => human(&mut out, &cases, &always, arguments.checks)?,
    }
    out.flush()?;
    Ok(exit::OK)
}

/// The rules that are checked on every exchange, whatever is asked: those that
/// are meant.
fn always(filters: &[String]) -> Vec<&'static str> {
    let is_meant = |rule: &&str| {
        let mut filters = filters.iter().map(String::as_str);
        let named = |filter: &str| filter == *rule || filter.strip_prefix(EXCHANGE) == Some(rule);
        filters.len() == 0 || filters.any(named)
    };
    suite::exchange_rules()
        .into_iter()
        .filter(is_meant)
        .collect()
}

fn human(out: &mut impl Write, cases: &[&Named], always: &[&str], checks: bool) -> io::Result<()> {
    for profile in PROFILES {
        let of_profile: Vec<&&Named> = cases
            .iter()
            .filter(|named| named.profile() == profile)
            .collect();
        if of_profile.is_empty() {
            continue;
        }
        let total: usize = of_profile.iter().map(|named| named.checks().len()).sum();
        writeln!(out, "{profile}: {} cases, {total} checks", of_profile.len())?;
        let width = of_profile
            .iter()
            .map(|named| named.id.len())
            .max()
            .unwrap_or(0);
        for named in of_profile {
            writeln!(out, "  {:width$}  {}", named.id, named.case.title)?;
            if checks {
                for check in named.checks() {
                    writeln!(out, "    {}", check.id)?;
                }
            }
        }
    }
    if !always.is_empty() {
        writeln!(out, "every exchange: {}", count(always.len(), "check"))?;
        for rule in always.iter().filter(|_| checks) {
            writeln!(out, "    {EXCHANGE}{rule}")?;
        }
    }
    Ok(())
}

fn always_as_json(always: &[&str]) -> Value {
    let check = |rule: &&str| json!({"id": format!("{EXCHANGE}{rule}"), "rule": rule});
    json!({
        "id": "exchange",
        "title": "What holds of every exchange, whatever was asked",
        "checks": always.iter().map(check).collect::<Vec<_>>(),
    })
}

fn as_json(named: &Named) -> Value {
    let checks: Vec<Value> = named
        .checks()
        .into_iter()
        .map(|check| json!({"id": check.id, "rule": check.rule}))
        .collect();
    json!({
        "id": named.id,
        "profile": named.profile(),
        "title": named.case.title,
        "commands": named.commands(),
        "features": named.case.needs.features,
        "fixture": named.case.needs.fixture,
        "checks": checks,
    })
}
