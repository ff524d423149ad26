//! The conformance suite: cases that are data, played against any plugin.
//!
//! `catalog` holds the cases, `select` chooses among them, `stage` is what a
//! run shares, `actor` plays one case, `expect` and `always` judge, and all
//! that was found is an `outcome::Run`.

mod actor;
pub(crate) mod always;
pub(crate) mod answer;
pub(crate) mod case;
pub(crate) mod catalog;
pub(crate) mod evidence;
mod expect;
pub(crate) mod fixture;
mod image;
pub(crate) mod janitor;
#[cfg(test)]
pub(crate) mod lint;
pub(crate) mod outcome;
pub(crate) mod plugin;
mod registry;
mod schedule;
pub(crate) mod select;
mod sequences;
pub(crate) mod stage;
mod template;
pub(crate) mod watch;

pub(crate) use plugin::quoted;
pub(crate) use schedule::{Progress, Results, run};

/// The rules of the checks that are made on every exchange, each once.
pub(crate) fn exchange_rules() -> Vec<&'static str> {
    let mut rules: Vec<&str> = always::RULES
        .iter()
        .flat_map(|rules| rules.iter().copied())
        .collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// Whether a check, or a case, of that name is the suite's.
pub(crate) fn has_check(id: &str) -> bool {
    match id.strip_prefix("exchange#") {
        Some(rule) => exchange_rules().contains(&rule),
        None => catalog::cases()
            .iter()
            .any(|named| named.id == id || named.checks().iter().any(|check| check.id == id)),
    }
}
