//! `remove`: removes a module, or all of them; a running one is killed, and one
//! that is not there is a success.

use clap::Args;
use shellrt_api::{ModuleName, RemoveRequest};

use crate::failure::Failure;
use crate::session::Session;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shellrt-driver ./shellrt-process remove web
  shellrt-driver ./shellrt-process remove --all")]
pub(crate) struct Remove {
    /// The module
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    name: Option<ModuleName>,
    /// All modules, one after the other
    #[arg(long)]
    all: bool,
}

impl Remove {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        let Some(name) = self.name else {
            return session.remove_all();
        };
        let response = session.call(RemoveRequest::new(name.clone()))?;
        let done = if response.changed {
            "removed"
        } else {
            "not there, nothing changed"
        };
        session.show(&response, |_| format!("{name}: {done}\n"))
    }
}
