//! Streams: whole frames and records, and an end that says how it came out.

use serde_json::Value;

use super::{Breaches, Scene, breach, judged};
use crate::judge::Asked;
use crate::suite::answer::frames;
use crate::suite::plugin::Ended;

pub(super) const RULES: &[&str] = &["S-1", "S-2", "S-3", "S-4", "C-img_pull-8"];

/// A record of at most 16384 bytes, and the 31 of its time [S-2].
const FRAME_MOST: usize = 16_415;

pub(super) fn breaches(scene: &Scene<'_>) -> Breaches {
    let mut found = Breaches::new();
    let Some(stream) = scene.answer.stream.as_deref() else {
        return found;
    };
    match scene.answer.text("_stream") {
        Some("docker") => docker(scene, stream, &mut found),
        Some("ndjson") => ndjson(scene, stream, &mut found),
        _ => {}
    }
    found
}

fn docker(scene: &Scene<'_>, stream: &[u8], found: &mut Breaches) {
    let (whole, rest) = frames(stream);
    if !rest.is_empty() {
        found.push(breach(
            "S-1",
            format!(
                "after {} frames come {} bytes that are no frame",
                whole.len(),
                rest.len()
            ),
            "whole frames only",
        ));
    }
    if let Some(longest) = whole.iter().map(|frame| frame.content.len()).max()
        && longest > FRAME_MOST
    {
        found.push(breach(
            "S-2",
            format!("a frame holds {longest} bytes"),
            format!("at most {FRAME_MOST}"),
        ));
    }
    let last = whole.iter().position(|frame| frame.number == 3);
    if let Some(last) = last {
        if last + 1 < whole.len() {
            found.push(breach(
                "S-3",
                "frames follow a frame of stream 3",
                "the end",
            ));
        }
        if scene.exchange.ended == Ended::Status(0) {
            found.push(breach(
                "S-3",
                "exit status 0 after a frame of stream 3",
                "another exit status than 0",
            ));
        }
    }
}

fn ndjson(scene: &Scene<'_>, stream: &[u8], found: &mut Breaches) {
    if !stream.is_empty() && stream.last() != Some(&b'\n') {
        found.push(breach(
            "S-1",
            "the last record is not ended by a line feed",
            "whole records only",
        ));
    }
    let mut records = Vec::new();
    for line in stream
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.is_empty())
    {
        match shellrt_api::parse_json(line) {
            Ok(record @ Value::Object(_)) => records.push(record),
            _ => {
                found.push(breach(
                    "S-1",
                    "a line is no JSON object",
                    "one object a line",
                ));
                return;
            }
        }
    }
    let end = records
        .iter()
        .position(|record| record.get("_status").is_some());
    match end {
        Some(end) if end + 1 == records.len() => last_record(scene, &records[end], found),
        Some(_) => found.push(breach(
            "S-4",
            "records follow the one that is the response",
            "the end of the stream",
        )),
        None => found.push(breach(
            "C-img_pull-8",
            "the last record is no response",
            "an ordinary response as the last record",
        )),
    }
    if end.is_some() && scene.exchange.ended != Ended::Status(0) {
        found.push(breach(
            "S-4",
            "another exit status than 0 after the record that is the response",
            "exit status 0, for an err response too",
        ));
    }
}

fn last_record(scene: &Scene<'_>, record: &Value, found: &mut Breaches) {
    let asked = |member: &str| scene.request.member(member);
    for member in ["_version", "_type", "_id"] {
        if record.get(member) != asked(member) {
            found.push(breach(
                "C-img_pull-8",
                format!(
                    "the last record has `{member}` {}",
                    record.get(member).unwrap_or(&Value::Null)
                ),
                format!(
                    "{}, as in the request",
                    asked(member).unwrap_or(&Value::Null)
                ),
            ));
        }
    }
    let asked = Asked::Response("img_pull".into());
    for fault in judged(asked, record.to_string().as_bytes()) {
        if !["/_version", "/_type", "/_id"].contains(&fault.pointer.as_str()) {
            let found_there = format!("the last record: {}: {}", fault.pointer, fault.message);
            found.push(breach("C-img_pull-8", found_there, fault.expected));
        }
    }
}
