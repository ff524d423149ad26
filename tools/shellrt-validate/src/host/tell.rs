//! What a plugin did and a host made of it, for the person who has to mend the
//! host.

use super::expect::ended;
use super::play::{Left, Plugin, Seen};
use super::record::{Event, What};
use super::scenario::Step;
use crate::suite::evidence::shown;
use crate::suite::outcome::Evidence;

/// The whole play.
pub(crate) fn evidence(seen: &Seen) -> Evidence {
    Evidence {
        sent: plugins(seen),
        stdout: shown(&seen.stdout),
        stderr: shown(&seen.stderr),
        ended: ended(seen).trim_start_matches("the host ").to_owned(),
        took_ms: seen.until.saturating_sub(seen.began) / 1_000_000,
        reproduce: String::new(),
    }
}

fn plugins(seen: &Seen) -> String {
    let many = seen.plugins.len() > 1;
    let told = seen.plugins.iter().enumerate().map(|(number, plugin)| {
        let events = plugin.events.iter();
        let mut parts: Vec<String> = events.filter_map(|event| told(event, plugin)).collect();
        parts.push(
            match plugin.left {
                Left::Nothing => "was reaped",
                Left::Zombie => "was not reaped",
                Left::Running => "was still running",
            }
            .to_owned(),
        );
        match many {
            true => format!("process {}: {}", number + 1, parts.join("; ")),
            false => parts.join("; "),
        }
    });
    let told: Vec<String> = told.collect();
    match told.as_slice() {
        [] => "was not started".to_owned(),
        told => told.join(". "),
    }
}

fn told(event: &Event, plugin: &Plugin) -> Option<String> {
    let output = |stderr| match stderr {
        true => "standard error",
        false => "standard output",
    };
    let began = plugin.events.first().map_or(event.at, |first| first.at);
    let after = event.at.saturating_sub(began) / 1_000_000;
    Some(match &event.what {
        What::Began(_) | What::ChildReady | What::Weighed { .. } => return None,
        What::Read { bytes, closed } => {
            let end = if *closed { "" } else { ", which stayed open" };
            format!("read {bytes} bytes `{}`{end}", shown(&plugin.stdin))
        }
        What::Wrote {
            stderr,
            bytes,
            broken,
        } => {
            let end = match broken {
                true => ", then found it closed",
                false => "",
            };
            format!("wrote {bytes} bytes to {}{end}", output(*stderr))
        }
        What::Child { .. } => "started a process that stays".to_owned(),
        What::Signal { number } => format!("got signal {number} after {after} ms"),
        What::ChildSignal { number } => {
            format!("its process got signal {number} after {after} ms")
        }
        What::Ends { step } => match step {
            Step::Exit(status) => format!("exited with status {status}"),
            Step::Signal(number) => format!("ended by signal {number}"),
            _ => return None,
        },
        What::Failed { why } => format!("could not go on: {why}"),
    })
}
