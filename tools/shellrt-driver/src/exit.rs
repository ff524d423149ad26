//! The exit statuses, which scripts rely on: the only place that numbers them.

/// The plugin did what was asked, or had nothing to do.
pub(crate) const OK: u8 = 0;
/// The plugin answered with an error.
pub(crate) const PLUGIN_ERROR: u8 = 1;
/// The command line, or a file it names, is wrong; nothing was asked of the
/// plugin. clap leaves with the same number.
pub(crate) const USAGE: u8 = 2;
/// The plugin broke the protocol; what it did is not known.
pub(crate) const PROTOCOL_FAULT: u8 = 3;
/// The plugin could not be started, or the driver could not write its output.
pub(crate) const CANNOT_RUN: u8 = 4;
/// A log or a pull's progress ended before its end; what was written is good.
pub(crate) const CUT: u8 = 5;
/// The plugin did not end in time and was stopped; what it did is not known.
pub(crate) const DEADLINE: u8 = 6;
/// Interrupted from the terminal, as shells number it: 128 + SIGINT.
pub(crate) const INTERRUPTED: u8 = 130;

/// The same list for people, at the end of `--help`.
pub(crate) const HELP: &str = "\
Exit status:
    0  done, or there was nothing to do
    1  the plugin answered with an error
    2  wrong usage, or a config that does not fit; the plugin was not asked to act
    3  the plugin broke the protocol; what it did is not known
    4  the plugin could not be started, or output could not be written
    5  the stream was cut: what is here is good, and there is more
    6  the plugin did not end in time and was stopped; what it did is not known
  130  interrupted (Ctrl-C)";

/// Ends the process at Ctrl-C, without a word. The plugin sees its standard
/// output hang up and leaves on its own, as the protocol asks of it.
pub(crate) fn leave_quietly_when_interrupted() {
    let armed = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    // Registration fails for forbidden signals only, and SIGINT is none.
    let _ = signal_hook::flag::register_conditional_shutdown(
        signal_hook::consts::SIGINT,
        INTERRUPTED.into(),
        armed,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_lists_every_status() {
        let listed: Vec<u8> = HELP
            .lines()
            .skip(1)
            .filter_map(|line| line.split_whitespace().next()?.parse().ok())
            .collect();
        assert_eq!(
            listed,
            [
                OK,
                PLUGIN_ERROR,
                USAGE,
                PROTOCOL_FAULT,
                CANNOT_RUN,
                CUT,
                DEADLINE,
                INTERRUPTED
            ]
        );
    }
}
