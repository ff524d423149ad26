//! `restart`: stops a module and starts it again.

use clap::Args;
use shellrt_api::{ModuleName, RestartRequest};

use crate::failure::Failure;
use crate::output;
use crate::session::Session;

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  shellrt-driver ./shellrt-process restart --stop-timeout 30 web"
)]
pub(crate) struct Restart {
    /// The module
    name: ModuleName,
    /// How many seconds it has to end before it is killed [default: its own stop timeout, else 10]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(0..=86_400))]
    stop_timeout: Option<u32>,
}

impl Restart {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        let mut request = RestartRequest::new(self.name.clone());
        request.timeout = self.stop_timeout;
        let response = session.call(request)?;
        output::warnings(&response.warnings);
        let done = if response.changed {
            "restarted"
        } else {
            "nothing changed"
        };
        session.show(&response, |_| format!("{}: {done}\n", self.name))
    }
}
