//! Whole runs of the driver: what it prints, what it sends, how it leaves.

mod failures;
mod help;
mod process;
mod screens;
mod streams;
mod support;
mod wire_2020;
