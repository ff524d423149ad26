//! A scenario as it is written in `conformance/host/<name>.json`: what the host
//! is asked to send, what the scripted plugin does, and what has to hold.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A scenario for hosts.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    /// Where the schema of this file is; nothing reads it but editors.
    #[serde(rename = "$schema", default)]
    #[allow(dead_code, reason = "written for editors")]
    schema: Option<String>,
    /// What is shown to hold, as a sentence about a host.
    pub(crate) title: String,
    /// The request that the host is given to send.
    pub(crate) request: Value,
    /// A long text in the request, which need not be written out.
    #[serde(default)]
    pub(crate) fill: Option<Fill>,
    /// What the plugin does; each play is one run of the host.
    pub(crate) plays: Vec<Play>,
}

/// A long text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fill {
    /// Where it goes; something has to be there.
    pub(crate) pointer: String,
    /// How many bytes it has.
    pub(crate) bytes: usize,
}

/// One run of the host.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Play {
    /// A word for it, where the scenario has several.
    #[serde(default)]
    pub(crate) name: String,
    /// The request of this play, where it is not the scenario's.
    #[serde(default)]
    pub(crate) request: Option<Value>,
    /// What the plugin does, in this order. At the end it exits with status 0.
    pub(crate) plugin: Vec<Step>,
    /// What it does when the host starts it another time. Absent: the same.
    #[serde(default)]
    pub(crate) again: Option<Vec<Step>>,
    /// Makes a play of each entry, named `<name>-<entry>`: the plugin ends with
    /// that step, and the host reports one of those endings [S-9].
    #[serde(default)]
    pub(crate) endings: BTreeMap<String, Ending>,
    /// Once the host has written so many bytes to its standard output, nobody
    /// reads it any more: the host has to leave the stream.
    #[serde(default)]
    pub(crate) leave_after_bytes: Option<u64>,
    /// How long the host may take, in milliseconds. Default: 20000.
    #[serde(default = "patience_ms")]
    pub(crate) patience_ms: u64,
    /// What has to hold.
    #[serde(default)]
    pub(crate) expect: Vec<Expect>,
}

fn patience_ms() -> u64 {
    20_000
}

/// How the plugin ends, and what the host makes of it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ending {
    /// The last step.
    pub(crate) step: Step,
    /// What the host may report.
    pub(crate) outcome: Vec<Outcome>,
}

/// What a host makes of a request, as its adapter's exit status says.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// The request was carried out, and all of the answer is here.
    Ok,
    /// The plugin answered with an error.
    Error,
    /// The same, and the host would send the request again.
    Retry,
    /// The plugin broke the protocol.
    Fault,
    /// The stream has an unknown rest.
    Cut,
    /// The host ended the plugin itself.
    Late,
}

/// One thing that the plugin does.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Step {
    /// Reads standard input to its end.
    Read,
    /// Closes standard input.
    CloseStdin,
    /// Closes standard output.
    CloseStdout,
    /// Writes to standard output.
    Stdout(Bytes),
    /// Writes to standard error.
    Stderr(Bytes),
    /// Writes to standard output in small pieces.
    Trickle(Trickle),
    /// Writes the same to standard output again and again, until that fails or
    /// it was enough.
    Endless(Endless),
    /// Does nothing for so many milliseconds.
    Pause(u64),
    /// Does nothing more, until a signal ends it.
    Hang,
    /// Notes the most memory that the host has taken so far, under a name.
    WeighHost(String),
    /// Leaves a process behind.
    Child(Child),
    /// From now on SIGTERM does not end it; these steps are taken instead.
    OnTerm(Vec<Step>),
    /// Exits with that status.
    Exit(u8),
    /// Ends by a signal of that number.
    Signal(i32),
}

/// Some bytes. One member is given.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Bytes {
    /// A JSON document, on one line, without an end of the line.
    Json(Value),
    /// A text.
    Text(String),
    /// Any bytes, in hexadecimal digits, with spaces between them where that helps.
    Hex(String),
    /// The same text, up to so many bytes.
    Repeat(Repeat),
    /// A frame of a `docker` stream.
    Frame(Frame),
    /// One behind the other.
    All(Vec<Bytes>),
}

/// A text, again and again.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Repeat {
    /// The text.
    pub(crate) text: String,
    /// How many bytes there are.
    pub(crate) bytes: usize,
}

/// A frame of a `docker` stream.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Frame {
    /// The number of the stream, 1 to 3.
    pub(crate) stream: u8,
    /// What is in it.
    pub(crate) text: String,
}

/// Bytes in small pieces.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Trickle {
    /// The bytes.
    pub(crate) bytes: Bytes,
    /// The size of a piece, in bytes.
    pub(crate) piece: usize,
    /// The pause between two, in milliseconds.
    pub(crate) pause_ms: u64,
}

/// Bytes again and again.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Endless {
    /// The bytes.
    pub(crate) bytes: Bytes,
    /// The pause after each time, in milliseconds.
    #[serde(default)]
    pub(crate) pause_ms: u64,
    /// After so many MiB it is enough. Default: 1024.
    #[serde(default = "most_mib")]
    pub(crate) most_mib: u64,
}

fn most_mib() -> u64 {
    1024
}

/// A process that the plugin leaves behind.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Child {
    /// What of the plugin's standard output and error it holds open.
    #[serde(default)]
    pub(crate) holds: Vec<Held>,
    /// Whether it leaves the plugin's process group.
    #[serde(default)]
    pub(crate) own_group: bool,
}

/// An output of the plugin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Held {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// Something that has to hold after a play.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("unevaluatedProperties" = false))]
pub(crate) struct Expect {
    /// The rule of docs/protocol.md.
    pub(crate) rule: String,
    /// A word that tells it from others of the same rule in the scenario.
    #[serde(default)]
    pub(crate) name: Option<String>,
    /// What is stated.
    #[serde(flatten)]
    pub(crate) statement: Statement,
}

/// One statement.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Statement {
    /// The host reports one of these.
    Outcome(Vec<Outcome>),
    /// These texts are in what the host hands out, in this order.
    HandsOut(Vec<String>),
    /// This text is in what the host writes, to either output.
    Shows(String),
    /// The host started so many plugins.
    Starts(usize),
    /// What the plugin read from standard input.
    Request(Request),
    /// What the plugin found in its environment.
    Environment(Environment),
    /// How the plugin was started.
    Plugin(Plugin),
    /// What the host does about its plugins.
    Host(Host),
    /// Who got SIGTERM.
    Terminates(Who),
    /// SIGTERM came so many milliseconds after the host began, or later.
    TerminatesNotBeforeMs(u64),
    /// Who was gone when the host had ended, though SIGTERM did not end it.
    Kills(Who),
    /// The plugin had so many milliseconds between SIGTERM and its end, or more.
    KillsNotBeforeMs(u64),
    /// Between two `weigh_host` the host's most memory grew by less than so many
    /// MiB.
    GrowsLessThanMib(u64),
    /// The plugin could write so many MiB at most.
    TakesAtMostMib(u64),
    /// This text is in none of those places.
    Secret(Secret),
    /// The host sent the request again, in that version.
    RepeatsIn(String),
    /// Where the host sends the request again, it waits so many milliseconds.
    RepeatsAfterMs(u64),
}

/// What can be said of how a plugin was started.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Plugin {
    /// It has no other descriptors than 0, 1 and 2.
    StandardDescriptors,
    /// It is in another process group than the host.
    OwnGroup,
    /// Its standard error is not its standard output.
    StderrApart,
}

/// What can be said of what a host does about its plugins.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Host {
    /// It has reaped every plugin before it ended.
    Reaps,
    /// It ended soon after the plugin, though a process held the outputs open.
    DoesNotWait,
    /// The plugin got SIGTERM, or found its standard output closed.
    LetsGo,
    /// The plugin could end by itself after SIGTERM.
    GivesGrace,
}

/// What can be said of what the plugin read.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Request {
    /// It is one JSON object in UTF-8.
    OneObject,
    /// Standard input was closed behind it.
    Closed,
    /// All members that the host was given are in it, as they are.
    Whole,
    /// Its reserved members are those of the envelope.
    ReservedMembers,
    /// The keys in `_meta` are reverse-DNS names.
    MetaKeys,
    /// Its numbers are integers that every reader holds exactly.
    Integers,
    /// No member that has no value is in it.
    NoNulls,
    /// It is in canonical form.
    Canonical,
}

/// What can be said of the plugin's environment.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Environment {
    /// Nothing of the host's is in it that is not listed.
    Cleared,
    /// What is listed is in it, where the host has it.
    PassedOn,
    /// `JOURNAL_STREAM` is in it exactly where standard error is the host's.
    JournalStream,
}

/// A process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Who {
    /// The plugin.
    Plugin,
    /// The process that it started.
    Child,
}

/// A text that must not be seen.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Secret {
    /// The text.
    pub(crate) text: String,
    /// Where it is looked for.
    pub(crate) place: Place,
}

/// Where something may be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Place {
    /// The plugin's arguments.
    Arguments,
    /// The plugin's environment.
    Environment,
    /// The host's standard error.
    Errors,
}

impl Outcome {
    pub(crate) const ALL: [Outcome; 6] = [
        Outcome::Ok,
        Outcome::Error,
        Outcome::Retry,
        Outcome::Fault,
        Outcome::Cut,
        Outcome::Late,
    ];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Outcome::Ok => "ok",
            Outcome::Error => "error",
            Outcome::Retry => "retry",
            Outcome::Fault => "fault",
            Outcome::Cut => "cut",
            Outcome::Late => "late",
        }
    }
}

impl Bytes {
    /// The bytes themselves.
    ///
    /// # Errors
    /// When `hex` is none.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, String> {
        Ok(match self {
            Bytes::Json(value) => value.to_string().into_bytes(),
            Bytes::Text(text) => text.clone().into_bytes(),
            Bytes::Hex(digits) => hex(digits)?,
            Bytes::Repeat(Repeat { text, bytes }) => {
                let mut all = text.repeat(bytes / text.len().max(1) + 1).into_bytes();
                all.truncate(*bytes);
                all
            }
            Bytes::Frame(Frame { stream, text }) => {
                let length = u32::try_from(text.len()).map_err(|error| error.to_string())?;
                let mut frame = vec![*stream, 0, 0, 0];
                frame.extend(length.to_be_bytes());
                frame.extend(text.bytes());
                frame
            }
            Bytes::All(parts) => {
                let mut all = Vec::new();
                for part in parts {
                    all.extend(part.bytes()?);
                }
                all
            }
        })
    }
}

fn hex(digits: &str) -> Result<Vec<u8>, String> {
    let digits: Vec<u8> = digits.bytes().filter(|digit| *digit != b' ').collect();
    let wrong = || "hexadecimal digits come in pairs".to_owned();
    if !digits.len().is_multiple_of(2) {
        return Err(wrong());
    }
    let pairs = digits.chunks(2);
    let bytes = pairs.map(|pair| {
        let pair = std::str::from_utf8(pair).map_err(|_| wrong())?;
        u8::from_str_radix(pair, 16).map_err(|_| wrong())
    });
    bytes.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_what_they_say() {
        let bytes: Bytes = serde_json::from_str(
            r#"{"all": [{"json": {"a": 1}}, {"hex": "00 ff"}, {"text": "ü"},
                {"repeat": {"text": "ab", "bytes": 3}}, {"frame": {"stream": 2, "text": "x"}}]}"#,
        )
        .unwrap();
        assert_eq!(
            bytes.bytes().unwrap(),
            [&b"{\"a\":1}\0\xff\xc3\xbcaba"[..], b"\x02\0\0\0\0\0\0\x01x"].concat()
        );
        assert!(Bytes::Hex("0".into()).bytes().is_err());
        assert!(Bytes::Hex("zz".into()).bytes().is_err());
    }
}
