//! What makes shellrt hosts and plugins right by construction.
//!
//! - [`codec`] has no I/O and no clock: any host can use it, async ones too.
//! - [`plugin`] is the plugin's side of one request: read, check, dispatch,
//!   answer, stream, exit status.
//! - [`host`] is the host's side: spawn, feed while draining, bound, judge, reap.
//!
//! The numbers in comments, as in `[H-11]`, are the rules of `docs/protocol.md`.

pub mod codec;
#[cfg(unix)]
pub mod host;
#[cfg(unix)]
pub mod plugin;
