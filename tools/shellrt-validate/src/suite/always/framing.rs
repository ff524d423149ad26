//! One response, one NUL before a stream, the exit status as the trailer.

use super::{Breaches, Scene, breach};
use crate::suite::evidence::{ended, shown};
use crate::suite::plugin::Ended;

pub(super) const RULES: &[&str] = &[
    "T-4", "T-5", "T-6", "T-7", "T-8", "T-10", "P-1", "P-5", "P-9", "P-16",
];

pub(super) fn breaches(scene: &Scene<'_>) -> Breaches {
    let mut found = Breaches::new();
    response(scene, &mut found);
    if scene.answer.response.is_some() {
        after_it(scene, &mut found);
        line(scene, &mut found);
    }
    exit(scene, &mut found);
    failure(scene, &mut found);
    let holders = &scene.exchange.seen.stdin_holders;
    if !holders.is_empty() {
        let holders: Vec<String> = holders.iter().map(u32::to_string).collect();
        found.push(breach(
            "P-9",
            format!(
                "the plugin has ended, and its standard input is still held by process {}",
                holders.join(", ")
            ),
            "processes that go on have an input of their own, such as /dev/null",
        ));
    }
    if scene.exchange.written_on {
        found.push(breach(
            "P-9",
            "the plugin had ended when a part of its output was written, by a process that it left \
             behind",
            "the process that the host started writes all of its output, and ends last",
        ));
    }
    if scene.exchange.held_open {
        found.push(breach(
            "P-9",
            "the plugin has ended, and a process that it left behind holds its output open",
            "processes that go on have an output of their own, such as /dev/null",
        ));
    }
    found
}

fn response(scene: &Scene<'_>, found: &mut Breaches) {
    let answer = scene.answer;
    if !answer.before.is_empty() {
        found.push(breach(
            "P-1",
            format!("the output begins with `{}`", shown(&answer.before)),
            "nothing but the response; what a library prints belongs on standard error",
        ));
    }
    // To wait for the end of its input is a matter of P-3.
    let waits = scene.exchange.stdin_open && !scene.ended_by_itself();
    if answer.response.is_none() && !waits {
        let what = if scene.ended_by_itself() {
            format!("there is no response: {}", answer.why_not)
        } else {
            "no response came in time".to_owned()
        };
        found.push(breach("T-4", what, "one JSON object"));
    }
}

fn after_it(scene: &Scene<'_>, found: &mut Breaches) {
    let answer = scene.answer;
    let declares = answer.text("_stream").is_some();
    let blank = answer.between.trim_ascii().is_empty();
    match (&answer.stream, declares) {
        (_, false) if !blank => found.push(breach(
            "T-5",
            format!("after the response comes `{}`", shown(&answer.between)),
            "nothing but white space",
        )),
        (Some(stream), false) => found.push(breach(
            "T-5",
            format!(
                "after the response come a NUL byte and {} more bytes, and it declares no `_stream`",
                stream.len()
            ),
            "nothing but white space",
        )),
        (None, true) => found.push(breach(
            "T-6",
            "the response declares a `_stream`, and no NUL byte follows",
            "one NUL byte and then the stream, even an empty one",
        )),
        // No frame and no record begins with one; a `raw` stream may.
        (Some(stream), true)
            if stream.first() == Some(&0) && answer.text("_stream") != Some("raw") =>
        {
            found.push(breach(
                "T-6",
                "the response is followed by more than one NUL byte",
                "exactly one NUL byte and then the stream",
            ));
        }
        (Some(_), true) if !answer.between.is_empty() => found.push(breach(
            "T-7",
            format!("between response and NUL byte stands `{}`", shown(&answer.between)),
            "the NUL byte directly after the closing brace",
        )),
        (Some(_), true) | (None, false) => {}
    }
}

fn line(scene: &Scene<'_>, found: &mut Breaches) {
    let answer = scene.answer;
    if answer.head.contains(&b'\n') {
        found.push(breach("T-10", "the response has line breaks", "one line"));
    } else if answer.stream.is_none() && answer.between != b"\n" {
        found.push(breach(
            "T-10",
            format!("the response is followed by `{}`", shown(&answer.between)),
            "a line feed",
        ));
    }
}

/// An end without a word: of a plugin that could not read the request, or that
/// failed in carrying it out.
fn failure(scene: &Scene<'_>, found: &mut Breaches) {
    let is_silent = scene.exchange.stdout.trim_ascii().is_empty();
    if !is_silent || matches!(scene.exchange.ended, Ended::Status(0) | Ended::TimeUp) {
        return;
    }
    let what = format!("nothing was written; {}", ended(scene.exchange.ended));
    if scene.request.due.is_none() {
        let expected = "code 8 for a failure of its own, and exit status 0";
        found.push(breach("P-16", what, expected));
    } else {
        found.push(breach("P-5", what, "one response, whatever was sent"));
    }
}

fn exit(scene: &Scene<'_>, found: &mut Breaches) {
    let complete = scene.answer.response.is_some();
    let streams = scene.answer.text("_stream").is_some();
    match scene.exchange.ended {
        Ended::TimeUp if complete => found.push(breach(
            "T-8",
            "the response is complete, and the plugin does not end",
            "exit status 0",
        )),
        Ended::TimeUp | Ended::TooLarge => {}
        Ended::Status(0) if !complete => found.push(breach(
            "T-8",
            "exit status 0 without a response",
            "another status than 0",
        )),
        Ended::Status(0) => {}
        other if complete && !streams => found.push(breach(
            "T-8",
            format!("a complete response and then {}", ended(other)),
            "exit status 0, for errors too",
        )),
        _ => {}
    }
}
