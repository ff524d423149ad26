//! Links the static program with its relocations packed. It may lie anywhere, and
//! writes to each of its tables of pointers before it begins; what says where they
//! are is a few kilobytes then instead of a quarter of a megabyte, which is a tenth
//! of what a request takes of memory. A linker that cannot do it says so and goes on.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |key: &str| env::var(format!("CARGO_CFG_TARGET_{key}")).unwrap_or_default();
    // The GNU C library would have to be a recent one where it runs.
    if target("OS") == "linux" && target("ENV") == "musl" {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
