//! The exit statuses, which CI jobs rely on: the only place that numbers them.

/// Every document is valid.
pub(crate) const OK: u8 = 0;
/// At least one document is at fault.
pub(crate) const FAULT: u8 = 1;
/// Nothing could be said: wrong usage, or a file that cannot be read. clap
/// leaves with the same number.
pub(crate) const CANNOT_RUN: u8 = 2;

/// The same list for people, at the end of `--help`.
pub(crate) const HELP: &str = "\
Exit status:
  0  every document is valid
  1  at least one document is at fault
  2  could not run: wrong usage, or a file that cannot be read";
