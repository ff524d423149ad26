//! Capabilities by name and number.

use crate::config::Capabilities;

/// All that Linux has, by their numbers.
const NAMES: [&str; 41] = [
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "KILL",
    "SETGID",
    "SETUID",
    "SETPCAP",
    "LINUX_IMMUTABLE",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_ADMIN",
    "NET_RAW",
    "IPC_LOCK",
    "IPC_OWNER",
    "SYS_MODULE",
    "SYS_RAWIO",
    "SYS_CHROOT",
    "SYS_PTRACE",
    "SYS_PACCT",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_NICE",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "MKNOD",
    "LEASE",
    "AUDIT_WRITE",
    "AUDIT_CONTROL",
    "SETFCAP",
    "MAC_OVERRIDE",
    "MAC_ADMIN",
    "SYSLOG",
    "WAKE_ALARM",
    "BLOCK_SUSPEND",
    "AUDIT_READ",
    "PERFMON",
    "BPF",
    "CHECKPOINT_RESTORE",
];

/// What Docker gives to a container that asks for nothing.
const USUAL: [&str; 14] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "NET_RAW",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

const ALL: &str = "ALL";

/// Whether a configuration may name it.
pub(crate) fn is_capability(text: &str) -> bool {
    let name = plain(text);
    name == ALL || NAMES.contains(&name)
}

/// What a module gets, in the order of the numbers: never more than containerd
/// itself can give, or runc fails.
pub(super) fn granted(wanted: &Capabilities, bounding: u64) -> Vec<String> {
    let names = |list: &[String], name: &str| {
        list.iter()
            .any(|text| matches!(plain(text), ALL) || plain(text) == name)
    };
    let drops_all = names(&wanted.drop, ALL);
    let given = |(number, name): (usize, &&str)| {
        let is_named = |list: &[String]| list.iter().any(|text| plain(text) == *name);
        let added = names(&wanted.add, name);
        let usual = USUAL.contains(name) && !drops_all;
        let dropped = is_named(&wanted.drop);
        let possible = bounding & (1 << number) != 0;
        (possible && (added || usual) && !dropped).then(|| format!("CAP_{name}"))
    };
    NAMES.iter().enumerate().filter_map(given).collect()
}

fn plain(text: &str) -> &str {
    text.strip_prefix("CAP_").unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(add: &[&str], drop: &[&str], bounding: u64) -> Vec<String> {
        let list = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let wanted = Capabilities {
            add: list(add),
            drop: list(drop),
        };
        granted(&wanted, bounding)
    }

    #[test]
    fn a_module_that_asks_for_nothing_gets_the_usual_fourteen() {
        let mut names: Vec<String> = USUAL.iter().map(|name| format!("CAP_{name}")).collect();
        let mut granted = given(&[], &[], u64::MAX);
        names.sort();
        granted.sort();
        assert_eq!(granted, names);
    }

    #[test]
    fn adding_and_dropping_go_by_name_or_all_and_stay_within_the_possible() {
        assert_eq!(given(&["NET_ADMIN"], &["ALL"], u64::MAX), ["CAP_NET_ADMIN"]);
        assert!(!given(&["ALL"], &["CAP_CHOWN"], u64::MAX).contains(&"CAP_CHOWN".to_owned()));
        assert_eq!(given(&["ALL"], &[], u64::MAX).len(), NAMES.len());
        assert_eq!(
            given(&["ALL"], &[], 0b101),
            ["CAP_CHOWN", "CAP_DAC_READ_SEARCH"]
        );
    }
}
