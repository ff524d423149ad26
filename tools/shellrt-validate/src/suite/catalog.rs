//! The cases that this program carries, their names and their checks.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};

use super::case::{Ask, Case, Expect, Piece, State, Step};

static CASES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../conformance/cases");

/// The profiles, in the order in which people read them.
pub(crate) const PROFILES: [&str; 7] = [
    "core",
    "strict",
    "lifecycle",
    "logs",
    "observe",
    "robust",
    "images",
];

/// A case with its name.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    /// `<profile>/<name>`.
    pub(crate) id: String,
    pub(crate) case: Case,
}

/// A check of a case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Check {
    pub(crate) id: String,
    pub(crate) rule: String,
}

/// All cases in the order of profiles and names.
///
/// # Panics
/// When a case file is malformed: the tests read all of them, and what was
/// built is what was tested.
pub(crate) fn cases() -> &'static [Named] {
    static READ: OnceLock<Vec<Named>> = OnceLock::new();
    READ.get_or_init(|| {
        let profiles = PROFILES.iter().filter_map(|profile| CASES.get_dir(profile));
        let files = profiles.flat_map(|profile| {
            let mut files: Vec<_> = profile.files().collect();
            files.sort_by_key(|file| file.path());
            files
        });
        files
            .map(|file| {
                let id = file.path().with_extension("").display().to_string();
                let case = serde_json::from_slice(file.contents());
                let case =
                    case.unwrap_or_else(|error| panic!("conformance/cases/{id}.json: {error}"));
                Named { id, case }
            })
            .collect()
    })
}

impl Named {
    pub(crate) fn profile(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// The checks, each once, in the order of the steps.
    pub(crate) fn checks(&self) -> Vec<Check> {
        let mut seen = BTreeSet::new();
        self.expectations()
            .into_iter()
            .map(|expect| Check {
                id: check_id(&self.id, expect),
                rule: expect.rule.clone(),
            })
            .filter(|check| seen.insert(check.id.clone()))
            .collect()
    }

    /// Every statement, wherever it stands.
    pub(crate) fn expectations(&self) -> Vec<&Expect> {
        expectations(&self.case.steps)
    }

    /// Every step, and those within steps.
    fn steps(&self) -> Vec<&Step> {
        let mut found = Vec::new();
        gather(&self.case.steps, &mut found);
        found
    }

    /// The commands that `describe` must list for the case to be asked.
    pub(crate) fn commands(&self) -> BTreeSet<String> {
        if let Some(commands) = &self.case.needs.commands {
            return commands.iter().cloned().collect();
        }
        let mut found = BTreeSet::new();
        for step in self.steps() {
            match step {
                Step::Ask(ask) => found.extend(command(ask)),
                Step::Until(until) => found.extend(command(&until.ask)),
                Step::Together(together) => found.extend(together.asks.iter().filter_map(command)),
                Step::Module(_) | Step::Sequences(_) => {
                    found
                        .extend(["create", "start", "stop", "remove", "status"].map(str::to_owned));
                    if matches!(step, Step::Module(module) if module.ready.is_some()) {
                        found.insert("logs".to_owned());
                    }
                }
                Step::Act(_)
                | Step::End(_)
                | Step::Wait(_)
                | Step::Clock(_)
                | Step::Registry(_)
                | Step::Archive(_)
                | Step::Each(_) => {}
            }
        }
        found
    }
}

impl Named {
    /// Whether it sends more than the plugin reads.
    pub(crate) fn overfills(&self) -> bool {
        self.steps().into_iter().any(|step| match step {
            Step::Ask(ask) => {
                let mut pieces = ask.send.iter().flatten();
                pieces.any(|piece| matches!(piece, Piece::Overfill(_)))
            }
            _ => false,
        })
    }

    /// Whether it needs configs of the fixture.
    pub(crate) fn makes_modules(&self) -> bool {
        self.steps().into_iter().any(|step| {
            matches!(step, Step::Module(module) if module.state != State::Absent)
                || matches!(step, Step::Sequences(_))
        })
    }
}

fn gather<'a>(steps: &'a [Step], found: &mut Vec<&'a Step>) {
    for step in steps {
        found.push(step);
        if let Step::Each(each) = step {
            gather(&each.steps, found);
        }
    }
}

/// The statements of steps, and of those within them.
pub(crate) fn expectations(steps: &[Step]) -> Vec<&Expect> {
    let mut all = Vec::new();
    gather(steps, &mut all);
    let mut found = Vec::new();
    for step in all {
        match step {
            Step::Ask(ask) => found.extend(&ask.expect),
            Step::Until(until) => found.extend(&until.ask.expect),
            Step::End(end) => found.extend(&end.expect),
            Step::Together(together) => {
                found.extend(together.asks.iter().flat_map(|ask| &ask.expect));
                found.extend(&together.expect);
            }
            Step::Sequences(sequences) => found.push(&sequences.expect),
            Step::Module(_)
            | Step::Act(_)
            | Step::Wait(_)
            | Step::Clock(_)
            | Step::Registry(_)
            | Step::Archive(_)
            | Step::Each(_) => {}
        }
    }
    found
}

/// `<case>#<rule>`, and `.<name>` where the rule is stated more than once.
pub(crate) fn check_id(case: &str, expect: &Expect) -> String {
    match &expect.name {
        Some(name) => format!("{case}#{}.{name}", expect.rule),
        None => format!("{case}#{}", expect.rule),
    }
}

fn command(ask: &Ask) -> Option<String> {
    let name = ask.request.as_ref()?.get("_type")?.as_str()?;
    let known = crate::contract::commands().ok()?;
    known
        .iter()
        .any(|known| known == name)
        .then(|| name.to_owned())
}
