//! Which rules an exchange could have shown broken. A rule that no exchange of a
//! run could show has not been checked, whatever nobody found.

use super::{RULES, Scene};

/// The rules of [`RULES`] that this exchange bears on.
pub(crate) fn exercised(scene: &Scene<'_>) -> Vec<&'static str> {
    let all = RULES.iter().flat_map(|rules| rules.iter().copied());
    all.filter(|rule| bears_on(scene, rule)).collect()
}

fn bears_on(scene: &Scene<'_>, rule: &str) -> bool {
    let answer = scene.answer;
    let answered = answer.response.is_some();
    let streams = answer.text("_stream");
    let replies =
        |command: &str| scene.request.command.as_deref() == Some(command) && answer.is_ok();
    let code = answer
        .response
        .as_ref()
        .and_then(|response| response["code"].as_u64());
    let general = replies("version") || replies("describe");
    let served = scene
        .request
        .version
        .as_deref()
        .map(|version| scene.claims.serves(version));
    match rule {
        "T-4" | "T-8" | "P-1" | "P-9" => true,
        "T-5" => answered && streams.is_none(),
        "T-6" | "T-7" => streams.is_some(),
        "E-1" => answered && scene.request.command.is_some(),
        "E-4" => answered && scene.request.command.is_none(),
        "E-3" | "R-1" | "R-4" => answer.is_err(),
        "E-8" => answered,
        "E-9" => super::envelope::wanted_stream(scene).is_some(),
        "N-1" => answered && scene.request.due.is_some(),
        "P-15" => answered && scene.request.due.is_none(),
        "V-1" | "V-2" => answered && served == Some(true),
        "V-3" => answer.is_err() && served == Some(false),
        "V-4" => general && served == Some(false),
        "V-5" => answered && served.is_none(),
        "N-6" | "N-7" => code == Some(2),
        "S-1" => matches!(streams, Some("docker" | "ndjson")),
        "S-2" | "S-3" => streams == Some("docker"),
        "S-4" | "C-img_pull-8" => streams == Some("ndjson"),
        "M-2" | "C-status-1" | "C-status-2" => replies("status"),
        "C-list-1" | "C-list-3" => replies("list"),
        "C-top-1" | "C-top-3" => replies("top"),
        "C-stats-1" => replies("stats"),
        "C-version-1" => replies("version"),
        "C-describe-2" | "C-describe-3" => replies("describe"),
        // What a plugin must not write, or how it is written: a plugin that
        // writes nothing of the kind is sound too.
        _ => answered,
    }
}
