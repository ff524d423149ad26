//! Generates the bindings, the flat schemas and the reference pages from schema/v0.

fn main() {}
