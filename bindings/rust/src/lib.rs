//! The shellrt protocol as Rust types, generated from schema/v0.
