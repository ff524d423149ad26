//! `start`: starts a module; one that runs already is a success.

use clap::Args;
use shellrt_api::{ModuleName, StartRequest};

use crate::failure::Failure;
use crate::output;
use crate::session::Session;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  shellrt-driver ./shellrt-process start web")]
pub(crate) struct Start {
    /// The module
    name: ModuleName,
}

impl Start {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        let response = session.call(StartRequest::new(self.name.clone()))?;
        output::warnings(&response.warnings);
        let done = if response.changed {
            "started"
        } else {
            "runs already, nothing changed"
        };
        session.show(&response, |_| format!("{}: {done}\n", self.name))
    }
}
