//! `status`: the state of one module.

use clap::Args;
use shellrt_api::{ModuleName, StatusRequest, StatusResponse, Timestamp};

use crate::failure::Failure;
use crate::output::Facts;
use crate::session::Session;
use crate::time;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shellrt-driver ./shellrt-process status web
  shellrt-driver ./shellrt-process --format json status web | jq .exit_code")]
pub(crate) struct Status {
    /// The module
    name: ModuleName,
}

impl Status {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        let response = session.call(StatusRequest::new(self.name))?;
        session.show(&response, facts)
    }
}

fn facts(response: &StatusResponse) -> String {
    let moment = |time: &Timestamp| format!("{} ({time})", time::age(time));
    let mut facts = Facts::new();
    facts.add("name", &response.name);
    facts.add("state", &response.state);
    facts.add("status", &response.status);
    facts.add_known("description", response.description.as_ref());
    facts.add_known("reason", response.reason.as_ref());
    facts.add_known("image", response.image.as_ref());
    facts.add_known("image id", response.image_id.as_ref());
    facts.add_known("pid", response.pid);
    facts.add("created", moment(&response.created_at));
    facts.add_known("started", response.started_at.as_ref().map(moment));
    facts.add_known("finished", response.finished_at.as_ref().map(moment));
    facts.add_known("exit code", response.exit_code);
    if response.oom_killed {
        facts.add("out of memory", "killed for it");
    }
    for (key, value) in &response.labels {
        facts.add("label", format!("{key}={value}"));
    }
    facts.render()
}
