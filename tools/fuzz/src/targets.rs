//! What must hold for any input at all. A panic breaks every one of them.

use std::fmt::Debug;

use shellrt_api::{
    LogFraming, LogsRequest, ModuleName, RequestMessage, ResponseMessage, StreamKind,
};
use shellrt_kit::codec::{
    Asked, Exit, Frame, FrameDecoder, Item, RecordDecoder, Splitter, StreamDecoder, judge,
};

use crate::random::Random;

/// Says what is wrong with how an input was read.
/// Checks one input; the error says which invariant is broken.
pub(crate) type Target = fn(&[u8], &mut Random) -> Result<(), String>;

pub(crate) const TARGETS: &[(&str, Target)] = &[
    ("request", request),
    ("response", response),
    ("splitter", splitter),
    ("verdict", verdict),
    ("frames", frames),
    ("records", records),
    ("streams", streams),
];

/// What can be read is written so that it is read as the same, and what cannot
/// be read has an answer that is a response.
fn request(input: &[u8], _random: &mut Random) -> Result<(), String> {
    match RequestMessage::decode(input) {
        Ok(message) => {
            let bytes = message.encode();
            let again = RequestMessage::decode(&bytes)
                .map_err(|error| format!("it cannot be read again: {error}"))?;
            same("the message", &message, &again)?;
            same("the canonical form", &bytes, &again.encode())
        }
        Err(error) if error.faults.is_empty() => Err("it is refused without a fault".into()),
        Err(error) => {
            let mut head = shellrt_api::ResponseHead::new(shellrt_api::ProtocolVersion::current());
            head.id = error.id.clone();
            let answer = ResponseMessage::new(head, error.command, Err(error.to_error()));
            ResponseMessage::decode(answer.to_canonical_json().as_bytes())
                .map(drop)
                .map_err(|error| format!("the answer is no response: {error}"))
        }
    }
}

fn response(input: &[u8], _random: &mut Random) -> Result<(), String> {
    let Ok(message) = ResponseMessage::decode(input) else {
        return Ok(());
    };
    let json = message.to_canonical_json();
    let again = ResponseMessage::decode(json.as_bytes())
        .map_err(|error| format!("it cannot be read again: {error}"))?;
    same("the message", &message, &again)?;
    same("the canonical form", &json, &again.to_canonical_json())
}

/// How the bytes are cut on their way changes nothing.
fn splitter(input: &[u8], random: &mut Random) -> Result<(), String> {
    same("the parts", &split(&[input]), &split(&random.cut(input)))
}

fn split(pieces: &[&[u8]]) -> (Vec<u8>, Vec<u8>, bool) {
    // Short enough that the bound is met as well.
    let mut splitter = Splitter::new(2048);
    let mut stream = Vec::new();
    for piece in pieces {
        match splitter.push(piece) {
            Ok(bytes) => stream.extend_from_slice(bytes),
            Err(_) => return (splitter.head().to_vec(), Vec::new(), true),
        }
    }
    (splitter.head().to_vec(), stream, false)
}

/// Only an exit status of 0 makes a reply whole.
fn verdict(input: &[u8], _random: &mut Random) -> Result<(), String> {
    let Ok(request) = RequestMessage::decode(input) else {
        let mut splitter = Splitter::default();
        let asked = Asked::by(&logs(LogFraming::Raw));
        let _ = splitter.push(input);
        let _ = judge(&asked, &splitter, Exit::Code(0));
        return match judge(&asked, &splitter, Exit::Signal(9)) {
            Ok(_) => Err("a killed plugin's reply is taken for whole".into()),
            Err(_) => Ok(()),
        };
    };
    let splitter = Splitter::default();
    judge(&Asked::by(&request), &splitter, Exit::Code(0))
        .map_or(Ok(()), |_| Err("nothing is taken for a reply".into()))
}

/// Frames are the same however they are cut, and are written as they were read.
fn frames(input: &[u8], random: &mut Random) -> Result<(), String> {
    let (whole, rest, failed) = decode_frames(&[input]);
    let (parts, _, parts_failed) = decode_frames(&random.cut(input));
    same("the frames", &(&whole, failed), &(&parts, parts_failed))?;
    let mut written: Vec<u8> = whole.iter().flat_map(Frame::encode).collect();
    if !failed {
        written.extend_from_slice(&rest);
        return same("the bytes", &&written[..], &input);
    }
    if input.starts_with(&written) {
        Ok(())
    } else {
        Err("the frames are not the input's beginning".into())
    }
}

fn decode_frames(pieces: &[&[u8]]) -> (Vec<Frame>, Vec<u8>, bool) {
    let mut decoder = FrameDecoder::default();
    let mut frames = Vec::new();
    for piece in pieces {
        decoder.push(piece);
        loop {
            match decoder.frame() {
                Ok(Some(frame)) => frames.push(frame),
                Ok(None) => break,
                Err(_) => return (frames, Vec::new(), true),
            }
        }
    }
    (frames, decoder.rest().to_vec(), false)
}

/// Lines are the same however they are cut, and none of a byte is lost.
fn records(input: &[u8], random: &mut Random) -> Result<(), String> {
    let mut decoder = RecordDecoder::default();
    let mut written = Vec::new();
    for piece in random.cut(input) {
        decoder.push(piece);
        while let Some(record) = decoder.record() {
            written.extend_from_slice(record);
            written.push(b'\n');
        }
    }
    written.extend_from_slice(decoder.rest());
    same("the bytes", &&written[..], &input)
}

/// A stream's items and its verdict are the same however it is cut.
fn streams(input: &[u8], random: &mut Random) -> Result<(), String> {
    let pull = shellrt_api::RequestMessage::decode(
        br#"{"_version":"0.2.0","_type":"img_pull","image":"a","credentials":{},"progress":true}"#,
    )
    .map_err(|error| format!("the fuzzer's own request: {error}"))?;
    let kinds = [
        (StreamKind::Raw, logs(LogFraming::Raw)),
        (StreamKind::Docker, logs(LogFraming::Docker)),
        (StreamKind::Ndjson, pull),
    ];
    let stream = input
        .iter()
        .position(|byte| *byte == 0)
        .map_or(input, |nul| &input[nul + 1..]);
    for (kind, asked) in kinds {
        let whole = decode_stream(&asked, kind, &[stream]);
        let parts = decode_stream(&asked, kind, &random.cut(stream));
        same(kind.as_str(), &whole, &parts)?;
    }
    Ok(())
}

fn decode_stream(
    asked: &RequestMessage,
    kind: StreamKind,
    pieces: &[&[u8]],
) -> (Vec<Item>, String) {
    let mut decoder = StreamDecoder::new(Asked::by(asked), kind);
    let mut items: Vec<Item> = Vec::new();
    for piece in pieces {
        decoder.push(piece);
        while let Some(item) = decoder.item() {
            match (items.last_mut(), item) {
                // Raw bytes come as they are cut; only their sequence counts.
                (Some(Item::Bytes(before)), Item::Bytes(bytes)) => before.extend_from_slice(&bytes),
                (_, item) => items.push(item),
            }
        }
    }
    (items, format!("{:?}", decoder.finish(Exit::Code(0))))
}

fn logs(framing: LogFraming) -> RequestMessage {
    let mut logs = LogsRequest::new(name());
    logs.framing = framing;
    RequestMessage::new(logs)
}

fn name() -> ModuleName {
    ModuleName::new("fuzz").unwrap_or_else(|error| unreachable!("the fuzzer's own name: {error}"))
}

fn same<T: PartialEq + Debug>(what: &str, left: &T, right: &T) -> Result<(), String> {
    if left == right {
        Ok(())
    } else {
        Err(format!("{what} differ: {left:?} and {right:?}"))
    }
}
