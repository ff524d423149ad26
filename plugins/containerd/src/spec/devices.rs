//! Devices of the machine in a module, and what it may do with them.

use serde_json::{Value, json};

/// A device node of the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DeviceNode {
    /// Where it is in the module.
    pub(crate) path: String,
    /// Whether it is a block device; a character device otherwise.
    pub(crate) block: bool,
    pub(crate) major: u32,
    pub(crate) minor: u32,
    pub(crate) mode: u32,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    /// Letters of `rwm`.
    pub(crate) permissions: String,
}

impl DeviceNode {
    fn kind(&self) -> &'static str {
        if self.block { "b" } else { "c" }
    }

    /// The node as the spec has it.
    pub(super) fn node(&self) -> Value {
        json!({
            "path": self.path,
            "type": self.kind(),
            "major": self.major,
            "minor": self.minor,
            "fileMode": self.mode,
            "uid": self.uid,
            "gid": self.gid,
        })
    }
}

/// Nothing but what every container has (null, zero, full, random, urandom,
/// tty, ptmx and pts; nodes may be made of anything), and the module's own.
pub(super) fn rules(nodes: &[DeviceNode]) -> Vec<Value> {
    let mut rules = vec![json!({"allow": false, "access": "rwm"})];
    for kind in ["c", "b"] {
        rules.push(json!({"allow": true, "type": kind, "access": "m"}));
    }
    for (major, minor) in [(1, 3), (1, 5), (1, 7), (1, 8), (1, 9), (5, 0), (5, 2)] {
        rules.push(
            json!({"allow": true, "type": "c", "major": major, "minor": minor, "access": "rwm"}),
        );
    }
    rules.push(json!({"allow": true, "type": "c", "major": 136, "access": "rwm"}));
    rules.extend(nodes.iter().map(|node| {
        json!({
            "allow": true,
            "type": node.kind(),
            "major": node.major,
            "minor": node.minor,
            "access": node.permissions,
        })
    }));
    rules
}
