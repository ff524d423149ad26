//! What `/proc` says of the processes of this machine.
//!
//! A pid alone names nothing: numbers come back, after a while or after a
//! reboot. Everything here therefore speaks of an [`Identity`], the pid with
//! the moment at which the process began.

mod details;
mod handle;
mod identity;
mod stat;
mod tree;

pub use details::{Details, disk_bytes};
pub use handle::Handle;
pub use identity::{Identity, boot_id};
pub use stat::Stat;
pub use tree::Processes;
