//! The exit statuses, which CI jobs rely on: the only place that numbers them.

/// Everything that was required holds.
pub(crate) const OK: u8 = 0;
/// Something does not.
pub(crate) const FAULT: u8 = 1;
/// Nothing could be said: wrong usage, a file that cannot be read, a program
/// that cannot be run. clap leaves with the same number.
pub(crate) const CANNOT_RUN: u8 = 2;

/// The same list for people, at the end of `--help`.
pub(crate) const HELP: &str = "\
Exit status:
  0  everything that was checked holds
  1  something does not
  2  could not run: wrong usage, a file that cannot be read, a program that cannot be started";
