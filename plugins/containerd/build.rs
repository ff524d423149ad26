//! Links the program to a fixed address, on Linux with the GNU C library.
//!
//! One that may lie anywhere writes to each of its tables of pointers before it
//! begins. For a process that lives two milliseconds that is a fifth of its time;
//! for a logger it is half of the memory that is its own, once for each module.
//! The libraries, the heap and the stack lie anywhere all the same.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |key: &str| env::var(format!("CARGO_CFG_TARGET_{key}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
