//! One file per command.

pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod host;
pub(crate) mod list;
pub(crate) mod message;
pub(crate) mod plugin;
pub(crate) mod replay;
pub(crate) mod schema;
pub(crate) mod tap;
