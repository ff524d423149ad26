//! The terminal tool of shellrt: drives any plugin by hand.

fn main() {}
