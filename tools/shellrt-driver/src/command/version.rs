//! `version`: which plugin this is.

use clap::Args;
use shellrt_api::{VersionRequest, VersionResponse};

use crate::failure::Failure;
use crate::output::Facts;
use crate::session::Session;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  shellrt-driver ./shellrt-process version")]
pub(crate) struct Version {}

impl Version {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        let response = session.call(VersionRequest::new())?;
        session.show(&response, facts)
    }
}

fn facts(response: &VersionResponse) -> String {
    let mut facts = Facts::new();
    facts.add("name", &response.name);
    facts.add("version", &response.version);
    facts.add("wire versions", response.protocol_versions.join(", "));
    facts.add_known("build", response.build.as_ref());
    facts.render()
}
