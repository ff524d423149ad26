//! One exchange as it stands on a tape.

use std::time::{Duration, SystemTime};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use shellrt_api::Timestamp;

use super::heard::{Output, Records, Stream as Heard};
use super::redact::{self, Secrets};
use crate::contract;
use crate::fault::Failure;
use crate::judge::{Asked, Judge};
use crate::place::Place;
use crate::suite::always;
use crate::suite::answer::Answer;

/// The form of a tape's lines.
pub(crate) const FORM: &str = "shellrt-tape/1";

/// One exchange, a line of a tape.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    /// The form of this line: `shellrt-tape/1`.
    pub(crate) tape: String,
    /// When the plugin was started, in RFC 3339.
    pub(crate) at: String,
    /// How long it ran, in milliseconds.
    pub(crate) took_ms: u64,
    /// The plugin's program as it was called. Its arguments are not kept.
    pub(crate) program: String,
    /// What went to its standard input.
    pub(crate) request: Request,
    /// What came from its standard output.
    pub(crate) reply: Reply,
    /// How it ended.
    pub(crate) exit: Exit,
    /// The signals that the host sent to it meanwhile, by number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) signals: Vec<i32>,
    /// The host closed its end of standard output before the plugin did.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) host_closed: bool,
    /// A process that the plugin left behind held its standard output open.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) held_open: bool,
    /// The pointers of credentials in the request that the reply repeats.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) leaked: Vec<String>,
}

/// What went to a plugin's standard input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Request {
    /// How many bytes it was.
    pub(crate) bytes: u64,
    /// The request. Values that may be secret are replaced by markers; what is no
    /// JSON object keeps its shape alone, with `x` for letters and `0` for digits.
    pub(crate) text: String,
    /// It is not JSON as the protocol wants it, and many parsers take it all the
    /// same: a key stands twice, a byte order mark comes first, and the like.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) lenient: bool,
    /// It was longer than 16 MiB, and the rest is not kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) cut: bool,
}

/// What came from a plugin's standard output.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reply {
    /// How many bytes it was, the stream included.
    pub(crate) bytes: u64,
    /// What came before the first NUL byte, redacted as the request is.
    pub(crate) text: String,
    /// That was longer than 16 MiB, and the rest is not kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) cut: bool,
    /// What came after the first NUL byte. Absent: there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) stream: Option<Stream>,
}

/// What came after the first NUL byte.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum Stream {
    /// Bytes that are not kept: a `raw` stream, or one that no head announced.
    Bytes {
        /// How many.
        bytes: u64,
    },
    /// Frames, of which only the numbers are kept.
    Docker {
        /// The whole frames of streams 1, 2 and 3.
        frames: [u64; 3],
        /// The most content in one, in bytes.
        longest: u64,
        /// The frames that follow one of stream 3.
        #[serde(default)]
        after_error: u64,
        /// The bytes behind the last whole frame that are no whole frame.
        #[serde(default)]
        rest: u64,
    },
    /// Records, redacted as the request is.
    Ndjson {
        /// The records from the beginning on, without their line feeds.
        first: Vec<String>,
        /// How many records between them and the last ones are not kept.
        #[serde(default)]
        left_out: u64,
        /// The last records, where not all are among the first.
        #[serde(default)]
        last: Vec<String>,
        /// What came after the last line feed.
        #[serde(default)]
        open: String,
    },
}

/// How a plugin ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Exit {
    /// By itself, with this status.
    Status(i32),
    /// By this signal.
    Signal(i32),
}

/// What was seen of an exchange, secrets included.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) program: String,
    pub(crate) began: SystemTime,
    pub(crate) took: Duration,
    /// At most [`super::LONGEST_BYTES`] of what the host wrote.
    pub(crate) request: Vec<u8>,
    /// All that the host wrote.
    pub(crate) request_bytes: u64,
    pub(crate) output: Output,
    pub(crate) exit: Exit,
    pub(crate) signals: Vec<i32>,
    pub(crate) host_closed: bool,
    pub(crate) held_open: bool,
}

impl Record {
    /// What of it may be kept.
    pub(crate) fn of(seen: &Seen) -> Result<Record, Failure> {
        let mut judge = Judge::new(Asked::Anything, false)?;
        let (request, secrets) = request(seen, &mut judge)?;
        let reply = reply(&seen.output, &secrets, &mut judge)?;
        let leaked = secrets.credentials_in(&seen.output.texts());
        let since = seen.began.duration_since(SystemTime::UNIX_EPOCH);
        let nanos = since.unwrap_or_default().as_nanos();
        let at = Timestamp::from_unix_nanos(i128::try_from(nanos).unwrap_or(i128::MAX));
        Ok(Record {
            tape: FORM.to_owned(),
            at: at.as_str().to_owned(),
            took_ms: u64::try_from(seen.took.as_millis()).unwrap_or(u64::MAX),
            program: seen.program.clone(),
            request,
            reply,
            exit: seen.exit,
            signals: seen.signals.clone(),
            host_closed: seen.host_closed,
            held_open: seen.held_open,
            leaked: leaked.into_iter().map(str::to_owned).collect(),
        })
    }
}

impl Record {
    /// What was asked, for people: the command and the request's id.
    pub(crate) fn words(&self) -> Vec<String> {
        let request: Value = serde_json::from_str(&self.request.text).unwrap_or_default();
        let command = request["_type"].as_str().unwrap_or("(no command)");
        let id = request["_id"].as_str().map(|id| format!("_id={id}"));
        std::iter::once(command.to_owned()).chain(id).collect()
    }
}

fn request(seen: &Seen, judge: &mut Judge) -> Result<(Request, Secrets), Failure> {
    let bytes = &seen.request;
    let mut request = Request {
        bytes: seen.request_bytes,
        cut: seen.request_bytes > bytes.len() as u64,
        ..Request::default()
    };
    let mut secrets = Secrets::default();
    match object(bytes) {
        Some((document, text)) => {
            let place = Place::root(judge.schema_of(&document)?);
            secrets = Secrets::of(&document, &place);
            request.text = redact::message(text, &place, &secrets);
        }
        None => {
            request.text = redact::masked(bytes);
            request.lenient =
                shellrt_api::parse_json(bytes).is_err() && always::lenient(bytes).is_some();
        }
    }
    Ok((request, secrets))
}

fn reply(output: &Output, secrets: &Secrets, judge: &mut Judge) -> Result<Reply, Failure> {
    let answer = Answer::of(&output.head);
    let white = output.head.len() - answer.before.len() - answer.head.len() - answer.between.len();
    let head = match object(&answer.head) {
        Some((document, text)) => {
            let place = Place::root(judge.schema_of(&document)?);
            redact::message(text, &place, secrets)
        }
        None => redact::masked(&answer.head),
    };
    let stream = match &output.stream {
        None => None,
        Some(Heard::Bytes(bytes)) => Some(Stream::Bytes { bytes: *bytes }),
        Some(Heard::Docker(frames)) => Some(Stream::Docker {
            frames: frames.whole,
            longest: frames.longest,
            after_error: frames.after_error,
            rest: frames.rest,
        }),
        Some(Heard::Ndjson(records)) => Some(ndjson(records, secrets, judge)?),
    };
    let parts = [
        redact::masked(&output.head[..white]),
        redact::masked(&answer.before),
        head,
        redact::masked(&answer.between),
    ];
    Ok(Reply {
        bytes: output.bytes,
        text: parts.concat(),
        cut: output.cut,
        stream,
    })
}

fn ndjson(records: &Records, secrets: &Secrets, judge: &mut Judge) -> Result<Stream, Failure> {
    let progress = contract::progress()?;
    let mut redacted = |line: &Vec<u8>| -> Result<String, Failure> {
        Ok(match object(line) {
            // Progress has no head; whatever has a `_status` claims to be a response.
            Some((document, text)) if document.get("_status").is_some() => {
                redact::message(text, &Place::root(judge.schema_of(&document)?), secrets)
            }
            Some((_, text)) => redact::message(text, &Place::root(&progress), secrets),
            None => redact::masked(line),
        })
    };
    Ok(Stream::Ndjson {
        first: records
            .first
            .iter()
            .map(&mut redacted)
            .collect::<Result<_, _>>()?,
        left_out: records.left_out,
        last: records
            .last
            .iter()
            .map(&mut redacted)
            .collect::<Result<_, _>>()?,
        open: redact::masked(&records.open),
    })
}

/// The bytes as one JSON object, and as text.
fn object(bytes: &[u8]) -> Option<(Value, &str)> {
    match shellrt_api::parse_json(bytes) {
        Ok(document @ Value::Object(_)) => Some((document, str::from_utf8(bytes).ok()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written anew where `SHELLRT_UPDATE` is set.
    #[test]
    fn the_committed_schema_of_a_line_is_that_of_the_program() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../conformance/tape.schema.json"
        );
        let mut schema = schemars::schema_for!(Record).to_value();
        schema["title"] = "A line of a tape".into();
        let wanted = format!("{schema:#}\n");
        if std::env::var_os("SHELLRT_UPDATE").is_some() {
            std::fs::write(path, &wanted).unwrap();
        }
        let found = std::fs::read_to_string(path).unwrap_or_default();
        assert_eq!(
            found, wanted,
            "tape.schema.json is old: SHELLRT_UPDATE=1 cargo test -p shellrt-validate"
        );
    }

    fn seen(request: &[u8], reply: &[u8]) -> Seen {
        let mut output = Output::default();
        output.push(reply);
        Seen {
            program: "./plugin".to_owned(),
            began: SystemTime::UNIX_EPOCH,
            took: Duration::from_millis(7),
            request: request.to_vec(),
            request_bytes: request.len() as u64,
            output,
            exit: Exit::Signal(15),
            signals: vec![15],
            host_closed: true,
            held_open: false,
        }
    }

    #[test]
    fn what_is_recorded_is_what_the_schema_says_and_reads_as_it_was() {
        let schema = schemars::schema_for!(Record).to_value();
        let engine = jsonschema::draft202012::new(&schema).unwrap();
        let head = |kind: &str| format!(r#"{{"_stream":"{kind}"}}"#);
        let replies = [
            "nonsense\0and more".to_owned(),
            String::new(),
            head("raw") + "\0bytes",
            head("docker") + "\0\u{1}\0\0\0\0\0\0\u{1}axyz",
            head("ndjson") + "\0{\"event\":\"resolve\",\"new\":\"x\"}\nno record\nopen",
        ];
        for reply in replies {
            let record = Record::of(&seen(b"{\"a\":1,\"a\":2}", reply.as_bytes())).unwrap();
            assert!(record.request.lenient);
            let line = serde_json::to_value(&record).unwrap();
            let faults: Vec<String> = engine
                .iter_errors(&line)
                .map(|fault| fault.to_string())
                .collect();
            assert!(faults.is_empty(), "{line:#}: {faults:#?}");
            assert_eq!(serde_json::from_value::<Record>(line).unwrap(), record);
        }
    }
}
