//! What may have to hold after a step: one kind of statement a member.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

/// What has to hold: a rule, and exactly one statement.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expect {
    /// The rule of docs/protocol.md that it holds the plugin to.
    pub(crate) rule: String,
    /// Tells two checks of one rule in one case apart.
    #[serde(default)]
    pub(crate) name: Option<String>,

    /// Where in the response, by JSON pointer. Absent: the whole of it.
    #[serde(default)]
    pub(crate) at: Option<String>,
    /// Whether it holds too where there is no value.
    #[serde(default)]
    pub(crate) optional: bool,
    /// Which document: the response, or records of the stream.
    #[serde(default)]
    pub(crate) of: Document,

    /// The value is this one.
    #[serde(default, deserialize_with = "present")]
    pub(crate) is: Option<Value>,
    /// The value is another one, or none.
    #[serde(default, deserialize_with = "present")]
    pub(crate) is_not: Option<Value>,
    /// The value is one of these.
    #[serde(default)]
    pub(crate) one_of: Option<Vec<Value>>,
    /// There is no value (`true`), or there is one (`false`).
    #[serde(default)]
    pub(crate) absent: Option<bool>,
    /// The value, as JSON where it is no text, is what this regular expression
    /// matches somewhere.
    #[serde(default)]
    pub(crate) matches: Option<String>,
    /// The value is an object with at least these members, or a list with an
    /// item that is.
    #[serde(default, deserialize_with = "present")]
    pub(crate) includes: Option<Value>,
    /// The value is a list without an item that is, or holds, this.
    #[serde(default, deserialize_with = "present")]
    pub(crate) excludes: Option<Value>,
    /// The value is a list or an object of so many entries.
    #[serde(default)]
    pub(crate) count: Option<usize>,
    /// The value is a number of at least this.
    #[serde(default)]
    pub(crate) at_least: Option<f64>,
    /// The value is a number of at most this.
    #[serde(default)]
    pub(crate) at_most: Option<f64>,
    /// The value is a time, from the first to the second, both included.
    #[serde(default)]
    pub(crate) between: Option<(String, String)>,
    /// The value is a list in ascending order, by its items or by this member
    /// of each; texts are compared by their bytes.
    #[serde(default)]
    pub(crate) sorted: Option<String>,
    /// How many items of the list are, or hold, a value.
    #[serde(default)]
    pub(crate) tally: Option<Tally>,

    /// The response is an ok response (`true`) or an err response (`false`).
    #[serde(default)]
    pub(crate) ok: Option<bool>,
    /// The response is this error.
    #[serde(default)]
    pub(crate) error: Option<WantedError>,

    /// What the stream is.
    #[serde(default)]
    pub(crate) stream: Option<WantedStream>,

    /// How the plugin ended: `zero`, `not_zero` (a signal included) or `signal`.
    #[serde(default)]
    pub(crate) exit: Option<WantedExit>,
    /// How long the plugin took, in milliseconds.
    #[serde(default)]
    pub(crate) took: Option<Took>,
    /// Whether a process is there.
    #[serde(default)]
    pub(crate) process: Option<WantedProcess>,
    /// How many processes of the machine have a text in their arguments, or a
    /// variable.
    #[serde(default)]
    pub(crate) processes: Option<Processes>,
    /// The value is a list of processes, by their `pid`, and held against those
    /// that the machine has.
    #[serde(default)]
    pub(crate) pids: Option<Pids>,
    /// The process of this number, mostly one that was saved, has no
    /// descriptors but 0, 1 and 2.
    #[serde(default)]
    pub(crate) descriptors: Option<Value>,
    /// Whether processes that the plugin started go on when it has ended; needs
    /// `watch`.
    #[serde(default)]
    pub(crate) leaves_processes: Option<bool>,
    /// A secret that must be nowhere but where it was sent.
    #[serde(default)]
    pub(crate) hidden: Option<Hidden>,
    /// What standard error holds, as a regular expression over all of it.
    #[serde(default)]
    pub(crate) stderr: Option<String>,
    /// Nothing below the fixture's `state_dirs` was changed by the request.
    #[serde(default)]
    pub(crate) unchanged: Option<bool>,
    /// The value is a JSON Schema, and this is valid by it.
    #[serde(default, deserialize_with = "present")]
    pub(crate) accepts: Option<Value>,
    /// How often the registry was asked about a repository since its last
    /// `registry` step.
    #[serde(default)]
    pub(crate) registry: Option<Asked>,
}

#[cfg(test)]
impl Expect {
    /// How many statements it makes; one is right.
    pub(crate) fn statements(&self) -> usize {
        let made = [
            self.is.is_some(),
            self.is_not.is_some(),
            self.one_of.is_some(),
            self.absent.is_some(),
            self.matches.is_some(),
            self.includes.is_some(),
            self.excludes.is_some(),
            self.count.is_some(),
            self.at_least.is_some(),
            self.at_most.is_some(),
            self.between.is_some(),
            self.sorted.is_some(),
            self.tally.is_some(),
            self.ok.is_some(),
            self.error.is_some(),
            self.stream.is_some(),
            self.exit.is_some(),
            self.took.is_some(),
            self.process.is_some(),
            self.processes.is_some(),
            self.pids.is_some(),
            self.descriptors.is_some(),
            self.leaves_processes.is_some(),
            self.hidden.is_some(),
            self.stderr.is_some(),
            self.unchanged.is_some(),
            self.registry.is_some(),
            self.accepts.is_some(),
        ];
        made.into_iter().filter(|is_made| *is_made).count()
    }
}

/// Tells a member that is `null` from one that is absent.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// Which document is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Document {
    /// The response.
    #[default]
    Response,
    /// The last record of an `ndjson` stream.
    LastRecord,
    /// All records of an `ndjson` stream, as a list.
    Records,
}

/// How many items of a list are, or hold, a value.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tally {
    /// The value, or members of it.
    pub(crate) of: Value,
    /// How many items.
    pub(crate) is: usize,
}

/// An error that is expected.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedError {
    /// One of these codes. Empty: any.
    pub(crate) code: Vec<u64>,
    /// A fault that `detail.faults` must list.
    #[serde(default)]
    pub(crate) pointer: Option<String>,
    /// The rule of that fault.
    #[serde(default)]
    pub(crate) fault: Option<String>,
    /// An ok response is right too.
    #[serde(default)]
    pub(crate) or_ok: bool,
    /// An ok response with these values, by pointer, is right too.
    #[serde(default)]
    pub(crate) or_values: BTreeMap<String, Value>,
}

/// A stream that is expected: each member that is there must hold.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedStream {
    /// Its text, frames taken apart: exactly this.
    #[serde(default)]
    pub(crate) is: Option<String>,
    /// Its bytes, frames taken apart, as hexadecimal digits.
    #[serde(default)]
    pub(crate) hex: Option<String>,
    /// Its frames: stream number and text.
    #[serde(default)]
    pub(crate) frames: Option<Vec<(u8, String)>>,
    /// Its text matches this regular expression somewhere.
    #[serde(default)]
    pub(crate) matches: Option<String>,
    /// Each of its lines matches this regular expression, and there is one.
    #[serde(default)]
    pub(crate) each_line: Option<String>,
    /// It has so many lines.
    #[serde(default)]
    pub(crate) line_count: Option<usize>,
    /// It has so many bytes.
    #[serde(default)]
    pub(crate) byte_count: Option<usize>,
    /// How many bytes each of its frames holds.
    #[serde(default)]
    pub(crate) frame_sizes: Option<Vec<usize>>,
    /// Nothing of it is cut: it ends with a line feed, or with a whole frame.
    #[serde(default)]
    pub(crate) whole: bool,
    /// Its lines are the numbers from the first, or from any with `null`, to the
    /// second, each once and in order.
    #[serde(default)]
    pub(crate) counts: Option<(Value, Value)>,
    /// Each of its lines begins with a time, from the first to the second, and
    /// with none before that of the line above.
    #[serde(default)]
    pub(crate) written: Option<(String, String)>,
}

/// How a plugin ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WantedExit {
    /// With status 0.
    Zero,
    /// With another status, or by a signal.
    NotZero,
    /// By itself: no signal and no limit of the suite ended it.
    ByItself,
}

/// How long something took; scaled by `--timeout-scale` upwards only.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Took {
    /// At least so many milliseconds.
    #[serde(default)]
    pub(crate) at_least_ms: u64,
    /// At most so many milliseconds.
    #[serde(default)]
    pub(crate) at_most_ms: Option<u64>,
    /// Counted from the disturbance, not from the start.
    #[serde(default)]
    pub(crate) from_disturbance: bool,
}

/// Whether a process is there.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedProcess {
    /// Its number, mostly one that was saved.
    pub(crate) pid: Value,
    /// Whether it must be there.
    pub(crate) is_there: bool,
    /// A variable, `NAME=value`, that it must have been given.
    #[serde(default)]
    pub(crate) variable: Option<String>,
}

/// How many processes have a text in their arguments, or a variable.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Processes {
    /// The text; best with the name of the module that has it in its script.
    #[serde(default)]
    pub(crate) with: Option<String>,
    /// The variable, `NAME=value`; best one that only one module is given.
    #[serde(default)]
    pub(crate) variable: Option<String>,
    /// How many.
    pub(crate) count: usize,
}

/// A list of processes held against those that were given a variable.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pids {
    /// The variable, `NAME=value`; best one that only one module is given.
    pub(crate) variable: String,
    /// What the list has to be.
    pub(crate) list: WhichPids,
}

/// What a list of processes has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WhichPids {
    /// There are some, and the list misses none.
    All,
    /// The list has no other.
    Only,
}

/// A secret that must not be found.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hidden {
    /// The secret.
    pub(crate) text: String,
    /// Where it is looked for.
    pub(crate) places: Vec<Place>,
}

/// A place where a secret may have got to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Place {
    /// The arguments of the plugin and of what it starts.
    Arguments,
    /// The environments of the same.
    Environment,
    /// The plugin's standard error.
    Stderr,
    /// The texts of the response: `message`, `hint`, `causes`, warnings, faults.
    Response,
    /// Files that others can read below the plugin's TMPDIR and state.
    Files,
    /// Any file there at all.
    AnyFile,
}

/// How often a registry was asked.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// The repository.
    pub(crate) repository: String,
    /// At least so often.
    #[serde(default)]
    pub(crate) at_least: usize,
    /// At most so often.
    #[serde(default)]
    pub(crate) at_most: Option<usize>,
    /// Only requests for blobs count.
    #[serde(default)]
    pub(crate) blobs: bool,
}
