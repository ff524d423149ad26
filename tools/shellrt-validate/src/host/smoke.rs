//! Tells a host that cannot be run at all from one that does not conform.

use serde_json::json;

use super::catalog::Prepared;
use super::expect::ended;
use super::play::{Ended, play};
use super::scenario::{Bytes, Step};
use super::stage::Stage;
use crate::fault::start_hint;
use crate::suite::evidence::shown;
use crate::suite::quoted;

/// The ordinary exchange of the smoke test, on a folder of its own.
const NUMBER: usize = usize::MAX;

/// Runs the host once against a plugin that does nothing wrong.
///
/// # Errors
/// When the host cannot be started, does not start the plugin, or ends in a way
/// that means nothing.
pub(crate) fn smoke(stage: &Stage) -> Result<(), String> {
    let request = json!({"_version": "0.2.0", "_type": "list", "_id": "smoke"});
    let answer = json!({
        "_version": "0.2.0", "_type": "list", "_id": "smoke", "_status": "ok", "modules": ["smoke"],
    });
    let plugin = vec![Step::Read, Step::Stdout(Bytes::Json(answer))];
    let ordinary = Prepared {
        name: String::new(),
        request,
        again: plugin.clone(),
        plugin,
        leave_after_bytes: None,
        patience_ms: 20_000,
        checks: Vec::new(),
    };
    let place = stage
        .furnish(NUMBER, &ordinary)
        .map_err(|error| format!("cannot make the folder of a play: {error}"))?;
    let words: Vec<String> = stage
        .command(&place)
        .0
        .iter()
        .map(|word| quoted(word))
        .collect();
    let command = words.join(" ");
    let program = stage.command(&place).0[0].to_string_lossy().into_owned();
    let seen = play(stage, &place, &ordinary).map_err(|error| {
        let hint = start_hint(&program, &error);
        format!("cannot start the host `{command}`: {error}\nhint: {hint}")
    })?;
    let told = || {
        let mut told = format!("it was run as: {command}\n{}", ended(&seen));
        for (name, output) in [("output", &seen.stdout), ("error", &seen.stderr)] {
            if !output.is_empty() {
                told += &format!("\nits standard {name}: {}", shown(output));
            }
        }
        told
    };
    if seen.plugins.is_empty() {
        return Err(format!(
            "the host did not start the plugin for an ordinary request\n{}\nhint: docs/validating-a-host.md says what an adapter does",
            told()
        ));
    }
    match seen.ended {
        Ended::Status(status) if stage.statuses.of(status).is_empty() => Err(format!(
            "the host answered an ordinary request with exit status {status}, which means nothing\n{}\nhint: `--statuses` says what the exit statuses mean",
            told()
        )),
        _ => Ok(()),
    }
}
