//! The id of a module's container. It is the name, where containerd allows
//! that name, so that people find it with containerd's own tools.

use sha2::{Digest, Sha256};
use shellrt_api::ModuleName;

/// containerd's limit, in characters.
const MAX: usize = 76;
/// What the ids of other names begin with. Names that begin with it are encoded
/// too: no two names have one id.
const PREFIX: &str = "shellrt-";

/// The id of the container of module `name`.
pub(crate) fn of_name(name: &ModuleName) -> String {
    let name = name.as_str();
    if is_identifier(name) && !name.starts_with(PREFIX) {
        return name.to_owned();
    }
    let mut id = PREFIX.to_owned();
    for byte in &Sha256::digest(name.as_bytes())[..16] {
        id.push_str(&format!("{byte:02x}"));
    }
    id
}

/// What the lease is for under which the container `id` is made.
pub(crate) fn lease_of(id: &str) -> String {
    format!("create {id}")
}

/// Whether containerd takes `text` as an id: runs of letters and digits, joined
/// by single `.`, `_` or `-`.
pub(crate) fn is_identifier(text: &str) -> bool {
    let joints = |letter: char| matches!(letter, '.' | '_' | '-');
    text.len() <= MAX
        && text
            .split(joints)
            .all(|run| !run.is_empty() && run.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> String {
        of_name(&ModuleName::new(name).expect("the name is sound"))
    }

    #[test]
    fn a_name_that_containerd_takes_is_the_id() {
        for name in ["edgeHub", "a.b_c-d", "0", &"x".repeat(76)] {
            assert_eq!(id(name), name);
        }
    }

    #[test]
    fn any_other_name_has_an_id_of_its_own_that_containerd_takes() {
        let long = "x".repeat(77);
        let names = ["a..b", "a_", "a--b", long.as_str(), "shellrt-x"];
        let mut ids: Vec<String> = names.iter().map(|name| id(name)).collect();
        for (name, id) in names.iter().zip(&ids) {
            assert!(is_identifier(id), "{name} became {id}");
            assert_ne!(name, id);
        }
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), names.len());
    }
}
