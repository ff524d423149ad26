//! `describe`: says what the plugin can do. Static facts: it reads nothing,
//! so it always answers, and always the same.

use std::collections::BTreeMap;

use shellrt_api::{
    Command, CommandName, ConfigType, DescribeResponse, Feature, Identifier, ProtocolVersion,
};

use super::{NAME, VERSION, malformed};
use crate::config::{CONFIG_TYPE, Config};
use crate::failure::Failure;

/// What this plugin carries out; the rest is answered with `unsupported`.
const COMMANDS: [Command; 13] = [
    Command::Version,
    Command::Describe,
    Command::Create,
    Command::Remove,
    Command::Start,
    Command::Stop,
    Command::Restart,
    Command::List,
    Command::Status,
    Command::Logs,
    Command::Top,
    Command::Stats,
    Command::SysInfo,
];

/// Commands, features and the schema of `config`.
pub(super) fn describe() -> Result<DescribeResponse, Failure> {
    let mut response = DescribeResponse::new(
        identifier(NAME)?,
        VERSION,
        ProtocolVersion::supported(),
        COMMANDS.map(CommandName::from).into(),
    );
    response.features = vec![
        Feature::LogsFollow,
        Feature::LogsDocker,
        Feature::LogsRotation,
        Feature::TopDetails,
        Feature::SurvivesHost,
        Feature::SurvivesReboot,
    ];
    let mut config_type = ConfigType::new(Config::schema());
    config_type.description = Some("A program of the plugin's machine.".to_owned());
    response.config_types = BTreeMap::from([(CONFIG_TYPE.to_owned(), config_type)]);
    Ok(response)
}

/// The name of this plugin.
pub(super) fn identifier(name: &str) -> Result<Identifier, Failure> {
    Identifier::new(name).map_err(malformed)
}
