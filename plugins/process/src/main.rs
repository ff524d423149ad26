//! The embedded default runtime of shellrt: a module is a supervised process group.

fn main() {}
