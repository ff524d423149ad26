//! An async host on the codec of shellrt-kit.

fn main() {}
