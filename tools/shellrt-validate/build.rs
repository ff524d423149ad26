//! The cases travel in the program: a new one is a change of it.

fn main() {
    println!("cargo::rerun-if-changed=../../conformance/cases");
}
