//! References exactly as they were given. containerd knows an image by its
//! canonical name; hosts look it up by what they wrote.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::is_id;

/// Labels with this beginning hold one spelling each. One label for each, not
/// one for all: a label holds at most 4096 bytes.
pub(crate) const LITERAL: &str = "shellrt.reference.";

/// The label that holds the spelling `reference`.
pub(crate) fn literal_label(reference: &str) -> (String, String) {
    let digest = Sha256::digest(reference.as_bytes());
    let mut key = LITERAL.to_owned();
    for byte in &digest[..8] {
        key.push_str(&format!("{byte:02x}"));
    }
    (key, reference.to_owned())
}

/// The spellings of a record, in order; its name where nobody spelled it. An
/// image that came without a name is recorded under its id, which is none.
pub(crate) fn literals(name: &str, labels: &HashMap<String, String>) -> Vec<String> {
    let mut found: Vec<String> = labels
        .iter()
        .filter(|(key, _)| key.starts_with(LITERAL))
        .map(|(_, value)| value.clone())
        .collect();
    if found.is_empty() && !is_id(name) {
        found.push(name.to_owned());
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_kept_and_a_record_of_another_tool_has_its_name() {
        let labels = HashMap::from([
            literal_label("ubuntu"),
            literal_label("docker.io/library/ubuntu"),
            ("other".to_owned(), "value".to_owned()),
        ]);
        assert_eq!(
            literals("x", &labels),
            ["docker.io/library/ubuntu", "ubuntu"]
        );
        assert_eq!(literals("x", &HashMap::new()), ["x"]);
        let id = format!("sha256:{}", "a".repeat(64));
        assert!(literals(&id, &HashMap::new()).is_empty());
    }

    #[test]
    fn the_longest_reference_fits_into_a_label() {
        let (key, value) = literal_label(&"r".repeat(1024));
        assert!(key.len() + value.len() <= 4096);
    }
}
