//! `top`: the processes of a module.

use clap::Args;
use shellrt_api::{ModuleName, TopRequest, TopResponse};

use crate::failure::Failure;
use crate::output::{self, Table};
use crate::session::Session;
use crate::time;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  shellrt-driver ./shellrt-process top -l web")]
pub(crate) struct Top {
    /// The module
    name: ModuleName,
    /// Show command, user, age, processor time and memory too
    #[arg(long, short = 'l')]
    details: bool,
}

impl Top {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        let mut request = TopRequest::new(self.name);
        request.details = self.details;
        let response = session.call(request)?;
        session.show(&response, if self.details { detailed } else { pids })
    }
}

fn pids(response: &TopResponse) -> String {
    let mut table = Table::new(["PID"]);
    for process in &response.processes {
        table.row([process.pid.to_string()]);
    }
    table.render()
}

fn detailed(response: &TopResponse) -> String {
    let mut table = Table::new([
        "PID", "PARENT", "USER", "STARTED", "CPU", "MEMORY", "COMMAND",
    ]);
    for process in &response.processes {
        table.row([
            process.pid.to_string(),
            process
                .parent_pid
                .map(|pid| pid.to_string())
                .unwrap_or_default(),
            process.user.clone().unwrap_or_default(),
            process
                .started_at
                .as_ref()
                .map(time::age)
                .unwrap_or_default(),
            process
                .cpu_time_ms
                .map(|time| time::cpu(time.saturating_mul(1_000)))
                .unwrap_or_default(),
            process.memory_bytes.map(output::size).unwrap_or_default(),
            process.command.clone().unwrap_or_default(),
        ]);
    }
    table.render()
}
