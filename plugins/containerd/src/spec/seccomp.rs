//! Docker's default system call filter: what a program needs that does not
//! manage the machine, and more with the capability that is for it.

use serde_json::{Value, json};

/// Allowed to everybody, one name a line.
const ALLOWED: &str = include_str!("syscalls.txt");
/// Allowed with a capability.
const BY_CAPABILITY: &[(&str, &[&str])] = &[
    (
        "CAP_SYS_ADMIN",
        &[
            "bpf",
            "clone",
            "clone3",
            "fanotify_init",
            "fsconfig",
            "fsmount",
            "fsopen",
            "fspick",
            "lookup_dcookie",
            "mount",
            "mount_setattr",
            "move_mount",
            "name_to_handle_at",
            "open_tree",
            "perf_event_open",
            "quotactl",
            "quotactl_fd",
            "setdomainname",
            "sethostname",
            "setns",
            "syslog",
            "umount",
            "umount2",
            "unshare",
        ],
    ),
    ("CAP_SYS_BOOT", &["reboot"]),
    ("CAP_SYS_CHROOT", &["chroot"]),
    (
        "CAP_SYS_MODULE",
        &["delete_module", "finit_module", "init_module"],
    ),
    ("CAP_SYS_PACCT", &["acct"]),
    (
        "CAP_SYS_PTRACE",
        &[
            "kcmp",
            "pidfd_getfd",
            "process_madvise",
            "process_vm_readv",
            "process_vm_writev",
        ],
    ),
    ("CAP_SYS_RAWIO", &["ioperm", "iopl"]),
    (
        "CAP_SYS_TIME",
        &["clock_settime", "clock_settime64", "settimeofday", "stime"],
    ),
    ("CAP_SYS_TTY_CONFIG", &["vhangup"]),
    ("CAP_SYS_NICE", &["get_mempolicy", "mbind", "set_mempolicy"]),
    ("CAP_SYSLOG", &["syslog"]),
    ("CAP_DAC_READ_SEARCH", &["open_by_handle_at"]),
    ("CAP_BPF", &["bpf"]),
    ("CAP_PERFMON", &["perf_event_open"]),
];
/// The personalities that a program may take: Linux, two kinds of it for old
/// programs, both together, and the question which it has.
const PERSONALITIES: [u64; 5] = [0, 0x8, 0x2_0000, 0x2_0008, 0xffff_ffff];
/// The flags of `clone` that make namespaces.
const CLONE_NAMESPACES: u64 = 0x7e02_0000;
const ENOSYS: u32 = 38;

/// The filter for a module with these capabilities.
pub(super) fn profile(granted: &[String]) -> Value {
    let has = |name: &str| granted.iter().any(|capability| capability == name);
    let names: Vec<&str> = ALLOWED.lines().collect();
    let mut rules = vec![allow(&names)];
    for value in PERSONALITIES {
        let mut rule = allow(&["personality"]);
        rule["args"] = json!([{"index": 0, "value": value, "op": "SCMP_CMP_EQ"}]);
        rules.push(rule);
    }
    for (capability, names) in BY_CAPABILITY {
        if has(capability) {
            rules.push(allow(names));
        }
    }
    if !has("CAP_SYS_ADMIN") {
        let mut clone = allow(&["clone"]);
        let index = if cfg!(target_arch = "s390x") { 1 } else { 0 };
        clone["args"] = json!([{
            "index": index,
            "value": CLONE_NAMESPACES,
            "valueTwo": 0,
            "op": "SCMP_CMP_MASKED_EQ",
        }]);
        rules.push(clone);
        // Its flags are in memory, where a filter cannot look: the C library
        // falls back to `clone` when it hears that there is no such call.
        rules.push(json!({"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": ENOSYS}));
    }
    let (architectures, own) = by_architecture();
    rules.extend((!own.is_empty()).then(|| allow(own)));
    json!({
        "defaultAction": "SCMP_ACT_ERRNO",
        "defaultErrnoRet": 1,
        "architectures": architectures,
        "syscalls": rules,
    })
}

fn allow(names: &[&str]) -> Value {
    json!({"names": names, "action": "SCMP_ACT_ALLOW"})
}

/// The architectures whose programs this machine runs, and the calls that only
/// they have.
fn by_architecture() -> (&'static [&'static str], &'static [&'static str]) {
    match std::env::consts::ARCH {
        "x86_64" => (
            &["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"],
            &["arch_prctl", "modify_ldt"],
        ),
        "x86" => (&["SCMP_ARCH_X86"], &["modify_ldt"]),
        "aarch64" => (
            &["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"],
            &[
                "arm_fadvise64_64",
                "arm_sync_file_range",
                "sync_file_range2",
                "breakpoint",
                "cacheflush",
                "set_tls",
            ],
        ),
        "arm" => (
            &["SCMP_ARCH_ARM"],
            &[
                "arm_fadvise64_64",
                "arm_sync_file_range",
                "sync_file_range2",
                "breakpoint",
                "cacheflush",
                "set_tls",
            ],
        ),
        "riscv64" => (&["SCMP_ARCH_RISCV64"], &["riscv_flush_icache"]),
        _ => (&[], &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(profile: &Value, name: &str) -> bool {
        let rules = profile["syscalls"].as_array().expect("it is a list");
        rules.iter().any(|rule| {
            let names = rule["names"].as_array().expect("it is a list");
            rule["action"] == "SCMP_ACT_ALLOW"
                && rule.get("args").is_none()
                && names.iter().any(|known| known == name)
        })
    }

    #[test]
    fn what_manages_the_machine_needs_its_capability() {
        let plain = profile(&[]);
        assert!(allowed(&plain, "read") && allowed(&plain, "execve"));
        for (name, capability) in [
            ("mount", "CAP_SYS_ADMIN"),
            ("reboot", "CAP_SYS_BOOT"),
            ("clone3", "CAP_SYS_ADMIN"),
        ] {
            assert!(!allowed(&plain, name), "{name}");
            assert!(allowed(&profile(&[capability.to_owned()]), name), "{name}");
        }
        for name in [
            "add_key",
            "keyctl",
            "kexec_load",
            "userfaultfd",
            "io_uring_setup",
        ] {
            assert!(!allowed(&plain, name), "{name}");
        }
    }
}
