//! A case as it is written in `conformance/cases/<profile>/<name>.json`: steps
//! that are taken one after the other, and what has to hold after each.
//!
//! In every text `${name}` stands for a value that the suite, the fixture or an
//! earlier step gave; a text that is nothing but `${name}` becomes the value
//! itself, whatever its type.

mod statement;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

pub(crate) use statement::*;

/// A scenario of the conformance suite.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// Where the schema of this file is; nothing reads it but editors.
    #[serde(rename = "$schema", default)]
    #[allow(dead_code, reason = "written for editors")]
    schema: Option<String>,
    /// What is shown to hold, as a sentence.
    pub(crate) title: String,
    /// What the plugin and the fixture must offer for the case to make sense.
    #[serde(default)]
    pub(crate) needs: Needs,
    /// Whether no other case may run at the same time.
    #[serde(default)]
    pub(crate) alone: bool,
    /// Whether it takes long, mostly by waiting: it is begun before the others.
    #[serde(default)]
    pub(crate) slow: bool,
    /// Values for `${name}`, besides those of the suite.
    #[serde(default)]
    pub(crate) values: BTreeMap<String, Value>,
    /// What is done, in this order.
    pub(crate) steps: Vec<Step>,
}

/// What a case asks for. A plugin that does not claim it makes the case
/// unsupported; a fixture that does not offer it makes the case disabled.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Needs {
    /// Commands that `describe` must list. Absent: those that the steps send.
    #[serde(default)]
    pub(crate) commands: Option<Vec<String>>,
    /// Features that `describe` must list.
    #[serde(default)]
    pub(crate) features: Vec<String>,
    /// Features that `describe` must not list: the case shows how their absence
    /// is answered.
    #[serde(default)]
    pub(crate) without_features: Vec<String>,
    /// Commands that `describe` must not list, for the same reason.
    #[serde(default)]
    pub(crate) without_commands: Vec<String>,
    /// Whether a plugin may do without, even where the profile is required.
    #[serde(default)]
    pub(crate) optional: bool,
    /// Wires that the plugin must serve, such as `0.1.0`.
    #[serde(default)]
    pub(crate) versions: Vec<String>,
    /// Wires that it must not serve.
    #[serde(default)]
    pub(crate) without_versions: Vec<String>,
    /// Members of the fixture, such as `actions/pause` or `configs/missing_program`.
    #[serde(default)]
    pub(crate) fixture: Vec<String>,
}

/// One thing that is done. Each object has exactly one of the members.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[expect(
    clippy::large_enum_variant,
    reason = "most steps are of the large kinds"
)]
pub(crate) enum Step {
    /// Sends one request to one plugin process and judges what comes back.
    Ask(Ask),
    /// Brings a module of the case into a state; removed at the end of the case.
    Module(ModuleStep),
    /// Runs a command of the fixture, such as `pause`, on a module.
    Act(Act),
    /// Repeats a request until what is expected holds, or time is up.
    Until(Until),
    /// Sends requests at the same time, each to a process of its own.
    Together(Together),
    /// Ends a request that was begun in the background, and judges it.
    End(End),
    /// Lets time pass, in milliseconds; scaled by `--timeout-scale`.
    Wait(u64),
    /// Looks at the machine's clock.
    Clock(Clock),
    /// Says how the suite's own registry treats a repository from now on.
    Registry(Registry),
    /// Writes an image of the suite into an archive.
    Archive(Archive),
    /// Random lives of modules, held against a model of the states.
    Sequences(Sequences),
    /// Takes steps once for each of some values.
    Each(Each),
}

/// One request.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ask {
    /// The request. `_version` and `_id` are added where they are absent; a
    /// `null` for one of them leaves it out. A `_deadline_ms` of 1 to 60 seconds is
    /// scaled by `--timeout-scale`.
    #[serde(default)]
    pub(crate) request: Option<Map<String, Value>>,
    /// Exact bytes instead of a request.
    #[serde(default)]
    pub(crate) send: Option<Vec<Piece>>,
    /// What becomes of the plugin's standard input after the bytes.
    #[serde(default)]
    pub(crate) stdin: Stdin,
    /// The reading end of standard output is closed before the plugin starts:
    /// its host has gone.
    #[serde(default)]
    pub(crate) nobody_reads: bool,
    /// The plugin starts with SIGPIPE ignored, as hosts in some languages leave
    /// it to their children. Otherwise it kills.
    #[serde(default)]
    pub(crate) sigpipe_ignored: bool,
    /// Standard error is the stream that `JOURNAL_STREAM` names.
    #[serde(default)]
    pub(crate) journal: bool,
    /// Adds the fixture's `without_engine` to the plugin's environment.
    #[serde(default)]
    pub(crate) without_engine: bool,
    /// Variables that are added to the plugin's environment.
    #[serde(default)]
    pub(crate) env: BTreeMap<String, String>,
    /// What is done to the plugin while it works.
    #[serde(default)]
    pub(crate) disturb: Option<Disturb>,
    /// Goes on with the next step at once; a later `end` of this name judges it.
    #[serde(default)]
    pub(crate) begin: Option<String>,
    /// For `begin`: waits until so many bytes of the stream have come.
    #[serde(default)]
    pub(crate) until_stream_bytes: u64,
    /// For `begin`: reads at least so many bytes of the stream, and no more before
    /// the `end`, as a host that is held up. The pipe takes the rest until it is
    /// full.
    #[serde(default)]
    pub(crate) stall_after_bytes: Option<u64>,
    /// How long the plugin may take, in milliseconds; scaled by
    /// `--timeout-scale`. Absent: 20,000.
    #[serde(default)]
    pub(crate) limit_ms: Option<u64>,
    /// Whether arguments, environments and descendants are looked at while the
    /// plugin works, for `hidden` and `leaves_processes`, and state directories
    /// for `unchanged`.
    #[serde(default)]
    pub(crate) watch: bool,
    /// Leaves out what holds for every exchange: for requests whose plugin is
    /// killed, or of which it may not learn the end.
    #[serde(default)]
    pub(crate) disturbed: bool,
    /// Values of the response that later steps use, by JSON pointer.
    #[serde(default)]
    pub(crate) save: BTreeMap<String, String>,
    /// Texts of the stream that later steps use, by regular expression: its
    /// first group.
    #[serde(default)]
    pub(crate) catch: BTreeMap<String, String>,
    /// What has to hold.
    #[serde(default)]
    pub(crate) expect: Vec<Expect>,
}

/// Bytes to send.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Piece {
    /// A text, in UTF-8.
    Text(String),
    /// Bytes in hexadecimal.
    Hex(String),
    /// A text many times.
    Repeat(Repeat),
    /// A text as often as it takes to make the whole request longer than the
    /// plugin reads, by at least this number of bytes.
    Overfill(Overfill),
    /// Nothing until the plugin has read what stands before, and then for so many
    /// milliseconds, not scaled.
    Wait(u64),
}

/// More than the plugin reads.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Overfill {
    /// The text.
    pub(crate) text: String,
    /// How many bytes more.
    pub(crate) by: usize,
}

/// A text many times.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Repeat {
    /// The text.
    pub(crate) text: String,
    /// How often.
    pub(crate) times: usize,
}

/// What becomes of standard input after the bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stdin {
    /// It is closed.
    #[default]
    Closed,
    /// It stays open until the plugin has ended.
    Open,
}

/// What is done to a plugin while it works.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Disturb {
    /// When: after so many milliseconds from the start (not scaled).
    #[serde(default)]
    pub(crate) after_ms: Milliseconds,
    /// When: once so many bytes of standard output have come, and then
    /// `after_ms` later.
    #[serde(default)]
    pub(crate) after_bytes: u64,
    /// What: a signal, such as `TERM` or `KILL`, to the plugin's process group,
    /// as a host sends it [D-5].
    #[serde(default)]
    pub(crate) signal: Option<String>,
    /// What: the reading end of standard output is closed.
    #[serde(default)]
    pub(crate) hang_up: bool,
}

/// A time, or `${name}` of one.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Milliseconds {
    /// It itself.
    Number(u64),
    /// The name of a value.
    Named(String),
}

impl Default for Milliseconds {
    fn default() -> Self {
        Self::Number(0)
    }
}

/// Brings a module into a state.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ModuleStep {
    /// What the case calls it; `${name}` is then its real, unique name, and
    /// `${name_config}` the config that it is made with.
    pub(crate) name: String,
    /// Its state.
    pub(crate) state: State,
    /// The shell script that it runs. Absent: it sleeps until it is told to end.
    #[serde(default)]
    pub(crate) script: Option<String>,
    /// The environment in the request.
    #[serde(default)]
    pub(crate) env: BTreeMap<String, String>,
    /// The labels in the request.
    #[serde(default)]
    pub(crate) labels: BTreeMap<String, String>,
    /// A named config of the fixture instead of the usual one.
    #[serde(default)]
    pub(crate) config: Option<String>,
    /// The image that it is made from instead of `${image}`.
    #[serde(default)]
    pub(crate) image: Option<String>,
    /// For `running`: a text that its output must hold before the next step.
    #[serde(default)]
    pub(crate) ready: Option<String>,
}

/// The states of docs/protocol.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// There is no such module; the name is free.
    Absent,
    /// Made and never started.
    Created,
    /// Its first process runs.
    Running,
    /// Its processes are frozen.
    Paused,
    /// It has ended.
    Exited,
    /// It cannot be started again.
    Dead,
}

/// Runs a command of the fixture.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Act {
    /// Which of the fixture's `actions`.
    pub(crate) action: String,
    /// On which module of the case.
    #[serde(default)]
    pub(crate) module: Option<String>,
}

/// Repeats a request until what is expected holds.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Until {
    /// The request, and what is to hold in the end.
    pub(crate) ask: Ask,
    /// How long to go on, in milliseconds; scaled by `--timeout-scale`.
    #[serde(default = "ten_seconds")]
    pub(crate) limit_ms: u64,
}

fn ten_seconds() -> u64 {
    10_000
}

/// Sends requests at the same time.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Together {
    /// The requests; each is judged on its own.
    pub(crate) asks: Vec<Ask>,
    /// How often all of them are sent.
    #[serde(default = "once")]
    pub(crate) times: usize,
    /// What has to hold for all responses, as one list: `at` begins with the
    /// number of a response, counted from 0.
    #[serde(default)]
    pub(crate) expect: Vec<Expect>,
}

fn once() -> usize {
    1
}

/// Ends a request that was begun.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct End {
    /// The name that it was given.
    pub(crate) name: String,
    /// How it is ended. Absent: one waits until it ends by itself.
    #[serde(default)]
    pub(crate) disturb: Option<Disturb>,
    /// How long it may take from now on, in milliseconds; scaled by
    /// `--timeout-scale`.
    #[serde(default = "ten_seconds")]
    pub(crate) limit_ms: u64,
    /// Values of the response that later steps use, by JSON pointer.
    #[serde(default)]
    pub(crate) save: BTreeMap<String, String>,
    /// Texts of the stream that later steps use, by regular expression: its
    /// first group.
    #[serde(default)]
    pub(crate) catch: BTreeMap<String, String>,
    /// What has to hold.
    #[serde(default)]
    pub(crate) expect: Vec<Expect>,
}

/// Looks at the machine's clock.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Clock {
    /// `${name}` is the time from then on, as RFC 3339 writes it, and
    /// `${name_seconds}` its whole seconds since 1970.
    pub(crate) name: String,
    /// So many milliseconds are added, or taken off; scaled by `--timeout-scale`.
    #[serde(default)]
    pub(crate) plus_ms: i64,
}

/// How the suite's registry treats a repository.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Registry {
    /// The repository; it holds the image of the fixture from then on.
    pub(crate) repository: String,
    /// What it does.
    pub(crate) does: Treatment,
    /// Which image it holds: each number is another one.
    #[serde(default)]
    pub(crate) edition: u64,
    /// The name by which `${name}` is the digest of what its tag names from then
    /// on.
    #[serde(default)]
    pub(crate) digest: Option<String>,
}

/// What a repository does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Treatment {
    /// Serves its image.
    #[default]
    Serve,
    /// Knows nothing.
    Missing,
    /// Serves a layer with one byte changed.
    Lie,
    /// Sends half of a layer and then nothing more.
    Stall,
    /// Sends half of a layer and closes the connection.
    Cut,
    /// Asks for the password `${password}` of the user `${user}`.
    Password,
    /// Says that it was asked too often.
    Limited,
    /// Fails on its own.
    Broken,
    /// Serves an image for another platform only.
    OtherPlatform,
    /// Serves a manifest that is none.
    Nonsense,
    /// Serves a layer slowly, 2 KiB each 100 ms: 13 s in all.
    Slow,
}

/// Writes an image of the suite into an OCI archive.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Archive {
    /// The name by which `${name}` is the path of the archive from then on.
    pub(crate) name: String,
    /// The repository whose image it is.
    pub(crate) repository: String,
    /// The reference that the archive gives it.
    pub(crate) reference: String,
    /// What is wrong with it.
    #[serde(default)]
    pub(crate) fault: ArchiveFault,
    /// A sound image before it in the same archive.
    #[serde(default)]
    pub(crate) after: Option<Archived>,
}

/// An image in an archive.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Archived {
    /// The repository whose image it is.
    pub(crate) repository: String,
    /// The reference that the archive gives it.
    pub(crate) reference: String,
}

/// What is wrong with an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ArchiveFault {
    /// Nothing.
    #[default]
    None,
    /// A byte of a layer is changed.
    Spoilt,
    /// The second half is missing.
    Cut,
    /// It is for another platform only.
    OtherPlatform,
}

/// Takes steps once for each of some values.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Each {
    /// `${name}` is the value.
    pub(crate) name: String,
    /// The values, in this order. `${name}` of a list stands for all its items.
    pub(crate) of: Vec<Value>,
    /// The values are requests; only those count whose `_type` the plugin does
    /// not list. Where it lists all, the statements are unsupported.
    #[serde(default)]
    pub(crate) unclaimed: bool,
    /// After a value with which a statement does not hold, the others are left
    /// out: for steps that wait long where something is wrong.
    #[serde(default)]
    pub(crate) one_failure_is_enough: bool,
    /// The steps. A statement in them holds only where it holds each time.
    pub(crate) steps: Vec<Step>,
}

/// Random lives of modules.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sequences {
    /// How many sequences.
    pub(crate) count: u32,
    /// How long one is at most.
    pub(crate) length: usize,
    /// The rule that a difference from the model breaks; it makes no statement.
    pub(crate) expect: Expect,
}
