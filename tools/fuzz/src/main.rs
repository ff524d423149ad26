//! Feeds mutated messages to the codec and the kit for a bounded time.

fn main() {}
