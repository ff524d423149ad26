//! Checks shellrt messages against the schema.

fn main() {}
