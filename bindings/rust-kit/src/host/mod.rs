//! The host's side: start a plugin for one request, feed it while reading it,
//! bound what it says, judge it, and never leave it behind.
//!
//! ```no_run
//! use shellrt_api::{ModuleName, StartRequest};
//! use shellrt_kit::host::Plugin;
//!
//! let plugin = Plugin::new("/usr/bin/shellrt-process");
//! let started = plugin.call(StartRequest::new(ModuleName::new("web")?))?;
//! println!("started by this request: {}", started.changed);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod excerpt;
mod inherit;
mod modules;
mod plugin;
mod process;
mod stream;

pub use error::{CallError, ProtocolFault};
pub use excerpt::Excerpt;
pub use inherit::isolate;
pub use modules::Failed;
pub use plugin::{Limits, Plugin, RawReply};
pub use stream::ReplyStream;
