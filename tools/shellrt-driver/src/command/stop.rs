//! `stop`: stops a module, or all of them; one that is stopped is a success.

use clap::Args;
use shellrt_api::{ModuleName, StopRequest};

use crate::failure::Failure;
use crate::session::Session;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shellrt-driver ./shellrt-process stop --stop-timeout 30 web
  shellrt-driver ./shellrt-process stop --all")]
pub(crate) struct Stop {
    /// The module
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    name: Option<ModuleName>,
    /// All modules, one after the other
    #[arg(long)]
    all: bool,
    /// How many seconds it has to end before it is killed [default: its own stop timeout, else 10]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(0..=86_400))]
    stop_timeout: Option<u32>,
}

impl Stop {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        let Some(name) = self.name else {
            return session.stop_all(self.stop_timeout);
        };
        let mut request = StopRequest::new(name.clone());
        request.timeout = self.stop_timeout;
        let response = session.call(request)?;
        let done = if response.changed {
            "stopped"
        } else {
            "does not run, nothing changed"
        };
        session.show(&response, |_| format!("{name}: {done}\n"))
    }
}
