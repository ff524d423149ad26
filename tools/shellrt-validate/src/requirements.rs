//! The requirement sets: each rule of docs/protocol.md with the reason for it
//! and the way to mend what breaks it. A set is frozen with the wire that it
//! belongs to, so a gate of last year asks the same today.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::fault::Failure;

/// The set that counts where none is named.
pub(crate) const NEWEST: &str = "v0.2";

const SETS: &[(&str, &str)] = &[(
    "v0.2",
    include_str!("../../../conformance/requirements/v0.2.json"),
)];

/// Every rule of one wire.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Requirements {
    /// The set's name.
    #[serde(rename = "requirements")]
    pub(crate) name: String,
    /// The wire version that it is frozen with.
    pub(crate) wire: String,
    /// In the order of the document.
    pub(crate) rules: Vec<Rule>,
}

/// One rule, or one cell of the table of states.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    /// `T-5`, `C-logs-1`; of a cell `M-<state>-<command>`.
    pub(crate) id: String,
    pub(crate) level: Level,
    pub(crate) party: Party,
    /// The anchor in docs/protocol.md.
    pub(crate) section: String,
    /// The document's own words.
    pub(crate) text: String,
    /// What goes wrong without it.
    pub(crate) reason: String,
    /// How a violation is usually mended.
    pub(crate) fix: String,
    /// Why no black box can check it. Absent: one can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) excluded: Option<String>,
    /// Of whom that is said, where others can be checked. Absent: of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) excluded_for: Option<Party>,
}

/// How much a rule binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    Must,
    Should,
    May,
}

/// Whom a rule binds. A plugin is the sender of responses and the receiver of
/// requests, a host the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Party {
    Plugin,
    Host,
    Sender,
    Receiver,
}

impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Level::Must => "MUST",
            Level::Should => "SHOULD",
            Level::May => "MAY",
        })
    }
}

impl fmt::Display for Party {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Party::Plugin => "plugins",
            Party::Host => "hosts",
            Party::Sender => "senders, plugins and hosts",
            Party::Receiver => "receivers, plugins and hosts",
        })
    }
}

/// The set of that name.
///
/// # Errors
/// When there is none; the message names those that there are.
pub(crate) fn load(name: &str) -> Result<Requirements, Failure> {
    let Some((_, text)) = SETS.iter().find(|(known, _)| *known == name) else {
        return Err(Failure::UnknownRequirements {
            name: name.to_owned(),
            known: SETS.iter().map(|(known, _)| *known).collect(),
        });
    };
    serde_json::from_str(text).map_err(|source| Failure::Requirements {
        name: name.to_owned(),
        source,
    })
}

impl Rule {
    /// Why no black box can hold plugins (or hosts) to it. Absent: one can.
    pub(crate) fn excluded_for(&self, party: Party) -> Option<&str> {
        let is_meant = self.excluded_for.is_none_or(|excluded| excluded == party);
        self.excluded.as_deref().filter(|_| is_meant)
    }
}

impl Requirements {
    /// The rule of that id, spelt as in the document.
    pub(crate) fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// Ids that somebody may have meant by one that is not there: the same but
    /// for case and hyphens, else those of the same family, else the likest.
    pub(crate) fn near(&self, id: &str) -> Vec<&str> {
        const LIKE: f64 = 0.8;
        const MOST: usize = 3;
        let ids = || self.rules.iter().map(|rule| rule.id.as_str());
        let same: Vec<&str> = ids().filter(|known| folded(known) == folded(id)).collect();
        if !same.is_empty() {
            return same;
        }
        let family: Vec<&str> = ids()
            .filter(|known| family(known).eq_ignore_ascii_case(family(id)))
            .collect();
        if !family.is_empty() {
            return family;
        }
        let mut like: Vec<(f64, &str)> = ids()
            .map(|known| (strsim::jaro_winkler(&folded(known), &folded(id)), known))
            .filter(|(likeness, _)| *likeness >= LIKE)
            .collect();
        like.sort_by(|a, b| b.0.total_cmp(&a.0));
        like.into_iter()
            .take(MOST)
            .map(|(_, known)| known)
            .collect()
    }
}

fn folded(id: &str) -> String {
    let kept = id.chars().filter(char::is_ascii_alphanumeric);
    kept.collect::<String>().to_ascii_lowercase()
}

/// An id without its last part: `C-logs` of `C-logs-9`.
fn family(id: &str) -> &str {
    id.rsplit_once('-').map_or("", |(family, _)| family)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const SPECIFICATION: &str = include_str!("../../../docs/protocol.md");
    const STATES: [&str; 6] = ["absent", "created", "running", "paused", "exited", "dead"];
    /// The rows of the table of states, in its order and in ids.
    const COMMANDS: [(&str, &str); 13] = [
        ("`create =`", "create-same"),
        ("`create ≠`", "create-different"),
        ("`start`", "start"),
        ("`stop`", "stop"),
        ("`restart`", "restart"),
        ("`remove`", "remove"),
        ("`status`", "status"),
        ("`logs`", "logs"),
        ("`logs` with `follow`", "logs-follow"),
        ("`top`", "top"),
        ("`stats` that names it", "stats-named"),
        ("`stats` that names none", "stats"),
        ("`list`", "list"),
    ];

    fn newest() -> Requirements {
        load(NEWEST).expect("the newest set is sound")
    }

    /// Section, id and words of each rule that the document states.
    fn stated() -> Vec<(String, &'static str, String)> {
        let mut found = Vec::new();
        let mut section = String::new();
        for part in SPECIFICATION.split("\n\n") {
            for line in part.lines() {
                let title = line
                    .strip_prefix("## ")
                    .or_else(|| line.strip_prefix("### "));
                if let Some(title) = title {
                    section = anchor(title);
                }
            }
            // The blank line behind a list's items ends the last of them.
            for item in format!("\n{part}").leak().split("\n- **[").skip(1) {
                let (id, text) = item.split_once("]**").expect("an id is closed");
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                found.push((section.clone(), id, text));
            }
        }
        found
    }

    /// As Markdown renderers make one of a heading.
    fn anchor(title: &str) -> String {
        let kept = title
            .chars()
            .filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
        kept.collect::<String>().to_lowercase().replace(' ', "-")
    }

    fn cells() -> Vec<String> {
        let ids = COMMANDS
            .iter()
            .flat_map(|(_, command)| STATES.map(|state| format!("M-{state}-{command}")));
        ids.collect()
    }

    #[test]
    fn the_rules_are_those_of_the_document_word_for_word_and_in_its_order() {
        let cells = cells();
        let set = newest();
        let listed: Vec<_> = set
            .rules
            .iter()
            .filter(|rule| !cells.contains(&rule.id))
            .map(|rule| (rule.section.clone(), rule.id.as_str(), rule.text.clone()))
            .collect();
        let stated = stated();
        assert!(stated.len() > 150, "only {} rules were found", stated.len());
        for (listed, stated) in listed.iter().zip(&stated) {
            assert_eq!(listed, stated);
        }
        assert_eq!(listed.len(), stated.len());
    }

    #[test]
    fn level_and_party_are_those_that_the_words_say() {
        let cells = cells();
        for rule in newest()
            .rules
            .iter()
            .filter(|rule| !cells.contains(&rule.id))
        {
            let levels = [Level::Must, Level::Should, Level::May];
            let (_, level) = levels
                .iter()
                .filter_map(|level| Some((rule.text.find(&format!(" {level}"))?, *level)))
                .min_by_key(|(place, _)| *place)
                .expect("a rule demands or permits");
            assert_eq!(rule.level, level, "{}", rule.id);
            let party = match rule.text.split(' ').nth(1) {
                Some("plugin") => Party::Plugin,
                Some("host") => Party::Host,
                Some("sender" | "encoder") => Party::Sender,
                Some("receiver") => Party::Receiver,
                other => panic!("{}: {other:?} is no party", rule.id),
            };
            assert_eq!(rule.party, party, "{}", rule.id);
        }
    }

    #[test]
    fn each_cell_of_the_table_of_states_follows_m_1_in_the_order_of_the_table() {
        let rules = newest().rules;
        let first = rules.iter().position(|rule| rule.id == "M-1").unwrap() + 1;
        let cells = cells();
        for (rule, cell) in rules[first..].iter().zip(&cells) {
            assert_eq!(&rule.id, cell);
            assert_eq!((rule.level, rule.party), (Level::Must, Party::Plugin));
            assert_eq!(rule.section, "modules-and-their-states");
        }
        assert_eq!(rules[first + cells.len()].id, "M-2");
    }

    /// What a cell says in the document must be in the rule's sentence.
    #[test]
    fn each_cell_says_what_the_table_says() {
        let set = newest();
        let rows = SPECIFICATION.lines();
        let rows: Vec<Vec<&str>> = rows
            .filter(|line| line.starts_with("| `"))
            .map(|line| line.split('|').map(str::trim).collect())
            .collect();
        for (title, command) in COMMANDS {
            let row = rows.iter().find(|row| row[1] == title && row.len() == 9);
            let row = row.unwrap_or_else(|| panic!("{title} has no row"));
            for (state, cell) in STATES.iter().zip(&row[2..]) {
                let id = format!("M-{state}-{command}");
                let text = &set.rule(&id).unwrap().text;
                for wanted in said(cell) {
                    assert!(text.contains(&wanted), "{id}: `{cell}` without {wanted}");
                }
            }
        }
    }

    /// The words of a sentence that a cell's short form stands for.
    fn said(cell: &str) -> Vec<String> {
        let mut wanted = Vec::new();
        let words = cell
            .split([' ', ','])
            .map(str::trim)
            .filter(|word| !word.is_empty());
        for word in words {
            match word {
                "true" | "false" => wanted.push(format!("`changed: {word}`")),
                "·" => {}
                "sample" => wanted.push("holds a sample".into()),
                "processes" => wanted.push("all of its processes".into()),
                "empty" => wanted.push("an empty stream".into()),
                "absent" => wanted.push("it is absent".into()),
                code if code.parse::<u32>().is_ok() => wanted.push(format!("code {code}")),
                _ => {}
            }
        }
        if let Some((_, next)) = cell.split_once("→ ") {
            let next = next.split([',', ' ']).next().unwrap_or_default();
            if next != "absent" {
                wanted.push(format!("is `{next}`"));
            }
        }
        match cell {
            "in it" => wanted.push("ok with it".into()),
            "not in it" => wanted.push("ok without".into()),
            _ => {}
        }
        assert!(
            !wanted.is_empty() || cell.starts_with(['`', 'a', 'g', 'w']),
            "`{cell}` says nothing"
        );
        wanted
    }

    #[test]
    fn every_rule_has_an_id_of_its_own_a_reason_and_a_way_to_mend_it() {
        let set = newest();
        assert_eq!((set.name.as_str(), set.wire.as_str()), ("v0.2", "0.2.0"));
        let mut ids = BTreeSet::new();
        for rule in &set.rules {
            assert!(ids.insert(&rule.id), "{} is used twice", rule.id);
            let texts = [&rule.reason, &rule.fix];
            for text in texts.into_iter().chain(&rule.excluded) {
                assert!(
                    text.len() >= 20 && text.ends_with(['.', '?', ')']),
                    "{}",
                    rule.id
                );
                let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
                assert_eq!(*text, folded, "{}", rule.id);
            }
        }
    }

    #[test]
    fn a_set_that_is_not_there_is_answered_with_those_that_are() {
        let error = load("v9").unwrap_err().to_string();
        assert!(error.contains("`v9`") && error.contains("v0.2"), "{error}");
    }

    #[test]
    fn near_misses_are_recognised() {
        let set = newest();
        assert_eq!(set.near("t5"), ["T-5"]);
        assert_eq!(set.near("c_logs_3"), ["C-logs-3"]);
        assert_eq!(set.near("C-logs-9").len(), 7);
        assert!(set.near("M-runing-stop").contains(&"M-running-stop"));
        assert!(set.near("zzzz").is_empty());
    }
}
