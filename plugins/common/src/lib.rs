//! What the runtimes of a Linux machine share: how output is kept and sent,
//! how processes are looked at, one lock for one change, facts of the machine.

pub mod failure;
pub mod host;
pub mod lock;
pub mod log;
pub mod process;
pub mod signal;
pub mod time;
