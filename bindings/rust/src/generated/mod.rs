// Generated from schema/v0 by `cargo xtask codegen`; do not edit.
//! What `schema/v0` determines.

mod enums;
mod errors;
mod forms;
mod structs;
pub(crate) mod tables;
mod wire;
pub use enums::*;
pub use errors::*;
pub use forms::*;
pub use structs::*;
pub use wire::*;
