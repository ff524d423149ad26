//! A mutant as it is written in `conformance/mutants/<profile>/<name>.json`: a
//! sound plugin, and what goes wrong with it.
//!
//! In every text of `faults` and `when`, `${/pointer}` stands for a value of the
//! request and `${response/pointer}` for one of the sound plugin's response,
//! `${pid}` for a number that no two processes share. A text that is nothing
//! else becomes the value itself; a member or argument whose value is not there
//! is left out.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

/// A plugin that breaks exactly one rule.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mutant {
    /// Where the schema of this file is; nothing reads it but editors.
    #[serde(rename = "$schema", default)]
    #[allow(dead_code, reason = "written for editors")]
    schema: Option<String>,
    /// The rule that it breaks. It is killed by a check of this rule only.
    pub breaks: String,
    /// What it does wrong, as a sentence about a plugin.
    pub title: String,
    /// The sound plugin, or a whole unsound one.
    pub base: Base,
    /// The fixture of a whole plugin, beside it in `conformance/mutants`. Absent:
    /// none.
    #[serde(default)]
    pub fixture: Option<String>,
    /// The cases that are played, or checks whose cases are. Absent: every case
    /// with a check of the rule.
    #[serde(default)]
    pub cases: Vec<String>,
    /// Makes one mutant of each entry: `${name}` in this file is replaced by the
    /// entry's member of that name. The mutant is called `<file>-<as>`, or by
    /// all of the entry's values where it has no `as`.
    #[serde(default)]
    #[allow(dead_code, reason = "used up when the file is read")]
    each: Vec<Map<String, Value>>,
    /// For which requests the faults are there. Absent: for all.
    #[serde(default)]
    pub when: When,
    /// What goes wrong. Empty only where the base is a whole plugin.
    #[serde(default)]
    pub faults: Vec<Fault>,
}

/// What a mutant is made of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// `shellrt-process`, with the fixture `process`.
    Process,
    /// `shellrt-containerd`, with the fixture `containerd`; as root only.
    Containerd,
    /// A program and its arguments, run in `conformance/mutants`.
    Program(Vec<String>),
}

/// When the faults are there: every member that is given has to hold.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The request's command is one of these.
    #[serde(default, rename = "type")]
    pub command: Vec<String>,
    /// The request has values at these pointers.
    #[serde(default)]
    pub has: Vec<String>,
    /// The request has no values at these pointers.
    #[serde(default)]
    pub lacks: Vec<String>,
    /// The request has these values, by pointer.
    #[serde(default)]
    pub is: BTreeMap<String, Value>,
    /// The request has other values than these, or none, by pointer.
    #[serde(default)]
    pub is_not: BTreeMap<String, Value>,
    /// Whether the request is one JSON object, to a strict parser.
    #[serde(default)]
    pub readable: Option<bool>,
    /// The request's bytes hold these.
    #[serde(default)]
    pub holds: Option<Bytes>,
    /// The request has at least so many bytes.
    #[serde(default)]
    pub at_least_bytes: Option<usize>,
    /// The state of the module `/name`, as the sound plugin reports it before
    /// anything is done: one of these; `absent` where there is none.
    #[serde(default)]
    pub state: Vec<String>,
    /// A program that ends with status 0.
    #[serde(default)]
    pub passes: Vec<String>,
    /// The sound plugin's response has this `_status`.
    #[serde(default)]
    pub status: Option<String>,
    /// It is an error of one of these codes.
    #[serde(default)]
    pub code: Vec<u64>,
    /// It has values at these pointers; `*` is any name or place.
    #[serde(default)]
    pub response_has: Vec<String>,
    /// It has these values, by pointer.
    #[serde(default)]
    pub response_is: BTreeMap<String, Value>,
}

/// Something that goes wrong. Each object has exactly one of the members.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// What reading the request does wrong, byte by byte.
    Input(Input),
    /// The request is changed before the sound plugin gets it.
    Request(Vec<Edit>),
    /// These requests are carried out before the one that was sent.
    Before(Vec<Map<String, Value>>),
    /// These requests are carried out before the response is passed on.
    After(Vec<Map<String, Value>>),
    /// This is the response; the sound plugin is not asked, unless `when` looks at
    /// its response. `_version`, `_type` and `_id` are the request's where they are
    /// absent here, none with `null`.
    Answer(Map<String, Value>),
    /// The response is changed.
    Response(Vec<Edit>),
    /// The bytes of the output are changed.
    Output(Output),
    /// The stream is changed, record by record.
    Stream(Vec<StreamEdit>),
    /// A line on standard error.
    Stderr(String),
    /// A program is run.
    Run(Run),
    /// Nothing happens for a while.
    Pause(Pause),
    /// Something is not heard.
    Ignore(Vec<Ignored>),
    /// How it ends, whatever happened.
    Exit(Exit),
}

/// Bytes: a text, or hexadecimal digits.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Bytes {
    /// A text, in UTF-8.
    Text(String),
    /// Bytes in hexadecimal.
    Hex {
        /// The digits.
        hex: String,
    },
}

/// What reading does wrong, in this order.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Only a part of what is there is taken as the request.
    #[serde(default)]
    pub keep: Option<Keep>,
    /// Bytes that are replaced wherever they stand: from, to.
    #[serde(default)]
    pub replace: Vec<(Bytes, Bytes)>,
    /// Bytes that are no UTF-8 are replaced by U+FFFD.
    #[serde(default)]
    pub mend_utf8: bool,
}

/// A part of a request.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    /// Up to the first line feed.
    FirstLine,
    /// Up to the end of the first JSON document.
    FirstDocument,
    /// So many bytes.
    Bytes(usize),
}

/// A change of a document; pointers may have `*` for each name or place, and
/// what is not there is left alone. Each object has exactly one of the members.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// Values, by pointer; a member that is not there is added. The empty
    /// pointer is the whole document.
    Set(BTreeMap<String, Value>),
    /// Values, by pointer, where there is one already.
    Replace(BTreeMap<String, Value>),
    /// What stands there is removed.
    Remove(Vec<String>),
    /// Members get another name.
    Rename(BTreeMap<String, String>),
    /// Numbers become larger by so much.
    Add(BTreeMap<String, i64>),
    /// A value is put at the end of a list.
    Append(BTreeMap<String, Value>),
    /// A list's order is turned round.
    Reverse(String),
    /// An item stands in its list twice.
    Duplicate(String),
}

/// What is wrong with the bytes of an output, in this order.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// How the response is spelt.
    #[serde(default)]
    pub spelt: Option<Spelling>,
    /// Bytes of the response that are replaced wherever they stand: from, to.
    #[serde(default)]
    pub replace: Vec<(Bytes, Bytes)>,
    /// Only so many bytes of the response are written.
    #[serde(default)]
    pub keep: Option<usize>,
    /// Bytes before the response.
    #[serde(default)]
    pub before: Option<Bytes>,
    /// Bytes directly after the response: before its line feed or NUL byte.
    #[serde(default)]
    pub after: Option<Bytes>,
    /// So many NUL bytes where the sound plugin writes one.
    #[serde(default)]
    pub nuls: Option<usize>,
    /// Bytes at the end of everything.
    #[serde(default)]
    pub at_end: Option<Bytes>,
}

/// How a response may be spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Spelling {
    /// With line breaks, members in order.
    Pretty,
    /// Without the line feed at its end.
    NoLineFeed,
    /// In UTF-16, with a byte order mark.
    Utf16,
    /// With spaces after colons and commas.
    Spaced,
    /// With each letter beyond ASCII as `\uXXXX`.
    Ascii,
}

/// A change of a stream. A record is a line of `raw` and `ndjson`, a frame of
/// `docker`; places count from 1, and from -1 backwards. Each object has exactly
/// one of the members.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum StreamEdit {
    /// The record at this place is left out.
    Drop(i64),
    /// The record at this place comes twice.
    Repeat(i64),
    /// Only so many records are written.
    Keep(usize),
    /// Records come in the opposite order, at the end.
    Reverse(bool),
    /// Nothing is written before everything is there.
    Hold(bool),
    /// The last so many bytes are not written.
    Cut(usize),
    /// Frames get another stream's number: from, to.
    Renumber(Vec<(u8, u8)>),
    /// All records that are there go into one frame.
    Merge(bool),
    /// Each frame is written as two.
    Split(bool),
    /// A record more, before the first.
    Prepend(Extra),
    /// A record more, after the last.
    Append(Extra),
    /// Bytes in records that are replaced wherever they stand: from, to.
    Replace(Vec<(Bytes, Bytes)>),
    /// The first so many bytes of each record are left out.
    Behead(usize),
    /// Each record begins with these.
    Begin(Bytes),
}

/// A record that the sound plugin did not write.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extra {
    /// The number of its stream, in `docker`.
    #[serde(default)]
    pub number: u8,
    /// Its bytes, the line feed included.
    pub bytes: Bytes,
}

/// A program that is run besides.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// The program and its arguments.
    pub command: Vec<String>,
    /// Variables for it, besides the plugin's own.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
    /// When. In the background, it is not waited for, leads a process group of
    /// its own, and is left behind.
    #[serde(default)]
    pub at: Moment,
    /// Whether it is left behind.
    #[serde(default)]
    pub background: bool,
    /// Which of the plugin's own standard streams it inherits; the others are
    /// `/dev/null`.
    #[serde(default)]
    pub inherits: Vec<Standard>,
}

/// A moment of an exchange.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// Before the sound plugin is asked.
    #[default]
    Start,
    /// When its response has come and is not passed on yet.
    Response,
    /// After everything has been written.
    End,
}

/// A standard stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standard {
    /// Standard input.
    Stdin,
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// A time in which nothing happens.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// When.
    #[serde(default)]
    pub at: Moment,
    /// How long, in milliseconds. Absent: for ever.
    #[serde(default)]
    pub ms: Option<u64>,
}

/// What may not be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ignored {
    /// SIGTERM and SIGINT.
    Signals,
    /// That nobody reads the output any more.
    HangUp,
    /// That the request does not end: one waits for ever.
    Patience,
}

/// How a process ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Exit {
    /// With this status.
    Status(u8),
    /// By this signal's number.
    Signal(i32),
}

impl Bytes {
    /// The bytes themselves; what is no hexadecimal digit is passed over.
    #[must_use]
    pub fn get(&self) -> Vec<u8> {
        match self {
            Bytes::Text(text) => text.clone().into_bytes(),
            Bytes::Hex { hex } => {
                let digits: Vec<u32> = hex.chars().filter_map(|c| c.to_digit(16)).collect();
                digits
                    .chunks_exact(2)
                    .filter_map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok())
                    .collect()
            }
        }
    }
}
