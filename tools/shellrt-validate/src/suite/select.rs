//! Which cases are played: by name, by profile, by rule; and by what the plugin
//! claims and the fixture offers.

use super::catalog::{Named, PROFILES, cases};
use super::outcome::Outcome;
use super::stage::Stage;

/// Why a selection cannot be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SelectError {
    #[error("no case matches `{filter}`\nhint: `shellrt-validate list` has them all")]
    Nothing { filter: String },
    #[error("there is no profile `{name}`\nhint: they are {}", PROFILES.join(", "))]
    Profile { name: String },
}

/// The cases that any of the filters names; all of them without a filter.
///
/// A filter is a part of a case's name, a profile, a rule (`E-2`), or a check
/// (`core/echo#E-2`).
///
/// # Errors
/// When a filter names nothing: it is misspelt, and a run that checks less than
/// was meant must not pass.
pub(crate) fn cases_for(filters: &[String]) -> Result<Vec<&'static Named>, SelectError> {
    for filter in filters {
        if !cases().iter().any(|named| is_meant(named, filter)) {
            return Err(SelectError::Nothing {
                filter: filter.clone(),
            });
        }
    }
    let chosen = cases()
        .iter()
        .filter(|named| filters.is_empty() || filters.iter().any(|filter| is_meant(named, filter)));
    Ok(chosen.collect())
}

fn is_meant(named: &Named, filter: &str) -> bool {
    if let Some(rule) = filter.strip_prefix("exchange#") {
        return super::exchange_rules().contains(&rule) && named.profile() == "core";
    }
    if has_no_case(filter) {
        return super::exchange_rules().contains(&filter) && named.profile() == "core";
    }
    if let Some((case, _)) = filter.split_once('#') {
        return named.id == case && named.checks().iter().any(|check| check.id == filter);
    }
    named.id.contains(filter) || named.checks().iter().any(|check| check.rule == filter)
}

/// Whether no case asks for a rule: it is checked on every exchange, if at all.
fn has_no_case(filter: &str) -> bool {
    let is_named = |named: &Named| {
        named.id.contains(filter) || named.checks().iter().any(|check| check.rule == filter)
    };
    !filter.contains('#') && !cases().iter().any(is_named)
}

/// Profiles that have to be whole.
///
/// # Errors
/// When there is no such profile.
pub(crate) fn profiles(names: &[String]) -> Result<Vec<String>, SelectError> {
    let all = names.iter().any(|name| name == "all");
    if all {
        return Ok(PROFILES.map(str::to_owned).into());
    }
    match names.iter().find(|name| !PROFILES.contains(&name.as_str())) {
        Some(name) => Err(SelectError::Profile { name: name.clone() }),
        None => Ok(names.to_vec()),
    }
}

/// So many bytes are sent to see what becomes of too many.
const MOST_SENT: u64 = 64 * 1024 * 1024;

/// Why a case is not played, or `None`.
pub(crate) fn obstacle(stage: &Stage, named: &Named) -> Option<(Outcome, String)> {
    let commands = named.commands();
    let general = commands
        .iter()
        .all(|name| name == "version" || name == "describe");
    let needs = &named.case.needs;
    let claims = match &stage.claims {
        Ok(claims) => claims,
        Err(_) if general && needs.features.is_empty() => return None,
        Err(why) => {
            let why = format!("`describe` could not be read: {why}");
            return Some((Outcome::Error, why));
        }
    };
    let unsupported = |what: &str, names: Vec<&String>| {
        (!names.is_empty()).then(|| {
            let names: Vec<&str> = names.into_iter().map(String::as_str).collect();
            let text = format!("`describe` does not list {what} {}", names.join(", "));
            (Outcome::Unsupported, text)
        })
    };
    // Every plugin has these two, whether it lists them or not [C-describe-2].
    let is_general = |name: &String| name == "version" || name == "describe";
    let missing = commands
        .iter()
        .filter(|name| !is_general(name) && !claims.commands.contains(*name));
    if let Some(obstacle) = unsupported("the command", missing.collect()) {
        return Some(obstacle);
    }
    let missing = needs
        .features
        .iter()
        .filter(|name| !claims.features.contains(*name));
    if let Some(obstacle) = unsupported("the feature", missing.collect()) {
        return Some(obstacle);
    }
    let has_command = needs
        .without_commands
        .iter()
        .any(|name| claims.commands.contains(name));
    let has_feature = needs
        .without_features
        .iter()
        .any(|name| claims.features.contains(name));
    let lacks_version = needs.versions.iter().any(|name| !claims.serves(name));
    if lacks_version {
        let text = format!("the plugin does not serve {}", needs.versions.join(", "));
        return Some((Outcome::Unsupported, text));
    }
    let has_version = needs
        .without_versions
        .iter()
        .any(|name| claims.serves(name));
    if has_command || has_feature || has_version {
        let text = "it shows how something is answered that the plugin does claim".to_owned();
        return Some((Outcome::Unsupported, text));
    }
    let mut wanted = needs.fixture.clone();
    if named.makes_modules() {
        wanted.push("configs/script".to_owned());
    }
    let lacking: Vec<&str> = wanted
        .iter()
        .filter(|member| !stage.fixture.offers(member))
        .map(String::as_str)
        .collect();
    if needs_no_engine(stage, named) {
        let text = "the fixture (--config) says that the plugin is its own engine".to_owned();
        return Some((Outcome::Unsupported, text));
    }
    if named.overfills() && claims.request_max_bytes > MOST_SENT {
        let text = "the plugin reads longer requests than can be sent".to_owned();
        return Some((Outcome::Disabled, text));
    }
    (!lacking.is_empty()).then(|| {
        let text = format!(
            "the fixture (--config) does not offer {}",
            lacking.join(", ")
        );
        (Outcome::Disabled, text)
    })
}

/// Whether a case is about something that a plugin may have or not: it loses
/// nothing by not being asked, whatever is required.
pub(crate) fn is_optional(stage: &Stage, named: &Named) -> bool {
    let needs = &named.case.needs;
    let is_about = [
        &needs.without_commands,
        &needs.without_features,
        &needs.versions,
        &needs.without_versions,
    ];
    needs.optional
        || is_about.into_iter().any(|names| !names.is_empty())
        || needs_no_engine(stage, named)
}

/// Whether a case takes away the engine of a plugin that has none but itself.
fn needs_no_engine(stage: &Stage, named: &Named) -> bool {
    let mut wanted = named.case.needs.fixture.iter();
    stage.fixture.own_engine && wanted.any(|member| member == "without_engine")
}
