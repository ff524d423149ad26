//! A pattern as the table of a finite automaton over bytes, so that the schema's
//! pattern is the only definition of a form and the crate needs no regex engine.

use std::collections::HashMap;

use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::start::Config as Start;
use regex_automata::{Anchored, MatchKind};

/// The table: bytes fall into classes, a state and a class give the next state.
/// State 0 is the dead one, state 1 the start.
pub(super) struct Table {
    pub(super) classes: Vec<u8>,
    /// One row a state, one column a class.
    pub(super) transitions: Vec<u16>,
    pub(super) class_count: usize,
    pub(super) accepting: Vec<bool>,
}

/// Compiles a pattern that matches whole texts.
pub(super) fn compile(pattern: &str) -> Result<Table, String> {
    let dfa = dense::Builder::new()
        .configure(
            dense::Config::new()
                .minimize(true)
                .start_kind(StartKind::Anchored)
                .match_kind(MatchKind::All),
        )
        .build(pattern)
        .map_err(|error| error.to_string())?;
    let start = dfa
        .start_state(&Start::new().anchored(Anchored::Yes))
        .map_err(|error| error.to_string())?;
    let rows = walk(&dfa, start);
    Ok(Table::from_rows(&rows))
}

struct Row {
    next: [u16; 256],
    accepting: bool,
}

/// Numbers the states that can be reached, the dead one first.
fn walk(dfa: &dense::DFA<Vec<u32>>, start: StateID) -> Vec<Row> {
    let mut numbers: HashMap<StateID, u16> = HashMap::from([(start, 1)]);
    let mut order = vec![start];
    let mut rows = vec![Row {
        next: [0; 256],
        accepting: false,
    }];
    let mut index = 0;
    while let Some(&state) = order.get(index) {
        let mut next = [0; 256];
        for byte in 0..=u8::MAX {
            let target = dfa.next_state(state, byte);
            if !dfa.is_dead_state(target) {
                let fresh = order.len() as u16 + 1;
                next[usize::from(byte)] = *numbers.entry(target).or_insert_with(|| {
                    order.push(target);
                    fresh
                });
            }
        }
        let accepting = dfa.is_match_state(dfa.next_eoi_state(state));
        rows.push(Row { next, accepting });
        index += 1;
    }
    rows
}

impl Table {
    /// Bytes with equal columns share a class.
    fn from_rows(rows: &[Row]) -> Table {
        let column = |byte: usize| rows.iter().map(|row| row.next[byte]).collect::<Vec<_>>();
        let mut columns: Vec<Vec<u16>> = Vec::new();
        let mut classes = Vec::with_capacity(256);
        for byte in 0..256 {
            let column = column(byte);
            let class = columns
                .iter()
                .position(|known| *known == column)
                .unwrap_or_else(|| {
                    columns.push(column);
                    columns.len() - 1
                });
            classes.push(u8::try_from(class).expect("256 bytes have at most 256 classes"));
        }
        let transitions = (0..rows.len())
            .flat_map(|state| columns.iter().map(move |column| column[state]))
            .collect();
        Table {
            classes,
            transitions,
            class_count: columns.len(),
            accepting: rows.iter().map(|row| row.accepting).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(table: &Table, text: &str) -> bool {
        let state = text.bytes().fold(1, |state: u16, byte| {
            let class = usize::from(table.classes[usize::from(byte)]);
            table.transitions[usize::from(state) * table.class_count + class]
        });
        table.accepting[usize::from(state)]
    }

    #[test]
    fn the_table_matches_whole_texts_only() {
        let table = compile("^[a-z]+(/[0-9]{1,2})?$").expect("the pattern compiles");
        for text in ["a", "abc", "abc/1", "abc/12"] {
            assert!(matches(&table, text), "{text}");
        }
        for text in ["", "A", "a/", "a/123", "a\n", " a", "a/1 "] {
            assert!(!matches(&table, text), "{text}");
        }
    }

    #[test]
    fn negated_classes_match_every_other_character() {
        let table = compile("^[^=\\u0000]+$").expect("the pattern compiles");
        for text in ["é", "日本", "a\nb", "\u{10ffff}"] {
            assert!(matches(&table, text), "{text}");
        }
        for text in ["a=b", "\0", ""] {
            assert!(!matches(&table, text), "{text}");
        }
    }
}
