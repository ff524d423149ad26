//! `describe`: what the plugin can do, and what each kind of `config` looks like.

use clap::Args;
use shellrt_api::{DescribeRequest, DescribeResponse, Identifier};

use crate::config;
use crate::failure::Failure;
use crate::output::{self, Facts};
use crate::session::Session;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shellrt-driver ./shellrt-process describe
  shellrt-driver ./shellrt-process describe --config-type process > process.schema.json")]
pub(crate) struct Describe {
    /// Write only the JSON Schema of this config type
    #[arg(long, value_name = "CONFIG_TYPE")]
    config_type: Option<Identifier>,
}

impl Describe {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        let response = session.call(DescribeRequest::new())?;
        let Some(wanted) = self.config_type else {
            return session.show(&response, facts);
        };
        let found = config::find(&response, &wanted)?;
        output::line(&format!(
            "{:#}",
            serde_json::Value::Object(found.schema.clone())
        ))
    }
}

fn facts(response: &DescribeResponse) -> String {
    let mut facts = Facts::new();
    facts.add("name", &response.name);
    facts.add("version", &response.version);
    facts.add("wire versions", response.protocol_versions.join(", "));
    facts.add("commands", response.commands.join(", "));
    let features: Vec<&str> = response
        .features
        .iter()
        .map(|feature| feature.as_str())
        .collect();
    facts.add(
        "features",
        if features.is_empty() {
            "none".to_owned()
        } else {
            features.join(", ")
        },
    );
    if let Some(limits) = &response.limits {
        facts.add("largest request", output::size(limits.request_max_bytes));
        facts.add(
            "longest name",
            format!("{} characters", limits.module_name_max_length),
        );
        facts.add_known("most modules", limits.modules_max);
    }
    for (name, config_type) in &response.config_types {
        let description = config_type
            .description
            .as_deref()
            .unwrap_or("no description");
        facts.add("config type", format!("{name} ({description})"));
    }
    facts.render()
}
