//! The names of signals.

use rustix::process::Signal;

/// The signals that a configuration may name, as kill(1) lists them.
const SIGNALS: [(&str, Signal); 28] = [
    ("SIGHUP", Signal::HUP),
    ("SIGINT", Signal::INT),
    ("SIGQUIT", Signal::QUIT),
    ("SIGILL", Signal::ILL),
    ("SIGTRAP", Signal::TRAP),
    ("SIGABRT", Signal::ABORT),
    ("SIGBUS", Signal::BUS),
    ("SIGFPE", Signal::FPE),
    ("SIGKILL", Signal::KILL),
    ("SIGUSR1", Signal::USR1),
    ("SIGSEGV", Signal::SEGV),
    ("SIGUSR2", Signal::USR2),
    ("SIGPIPE", Signal::PIPE),
    ("SIGALRM", Signal::ALARM),
    ("SIGTERM", Signal::TERM),
    ("SIGCONT", Signal::CONT),
    ("SIGSTOP", Signal::STOP),
    ("SIGTSTP", Signal::TSTP),
    ("SIGTTIN", Signal::TTIN),
    ("SIGTTOU", Signal::TTOU),
    ("SIGURG", Signal::URG),
    ("SIGXCPU", Signal::XCPU),
    ("SIGXFSZ", Signal::XFSZ),
    ("SIGVTALRM", Signal::VTALARM),
    ("SIGPROF", Signal::PROF),
    ("SIGWINCH", Signal::WINCH),
    ("SIGIO", Signal::IO),
    ("SIGSYS", Signal::SYS),
];

/// The signal that `text` names: `SIGTERM`, `TERM` or `15`.
pub fn parse(text: &str) -> Option<Signal> {
    let same = |name: &str, signal: Signal| {
        text == name
            || Some(text) == name.strip_prefix("SIG")
            || text == signal.as_raw().to_string()
    };
    SIGNALS
        .iter()
        .find(|(name, signal)| same(name, *signal))
        .map(|&(_, signal)| signal)
}

/// How people call a signal.
pub fn name(number: i32) -> String {
    let known = SIGNALS.iter().find(|(_, signal)| signal.as_raw() == number);
    known.map_or_else(|| format!("signal {number}"), |&(name, _)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_has_three_spellings_and_case_counts() {
        for text in ["SIGTERM", "TERM", "15"] {
            assert_eq!(parse(text), Some(Signal::TERM), "{text}");
        }
        for text in ["", "SIG", "term", "SIGNONE", "0", "-1", "99"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(name(9), "SIGKILL");
        assert_eq!(name(64), "signal 64");
    }
}
