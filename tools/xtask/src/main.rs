//! The chores of this workspace: demo, tests, checks and benches.

fn main() {}
