//! `describe`: says what the plugin can do. Static facts: it asks nobody, so it
//! always answers, and always the same.

use shellrt_api::{
    Command, CommandName, ConfigType, DescribeResponse, Feature, Identifier, ProtocolVersion,
};

use super::{NAME, VERSION, malformed};
use crate::config::{CONFIG_TYPES, Config};
use crate::failure::Failure;

/// What this plugin carries out; the rest is answered with `unsupported`.
const COMMANDS: [Command; 17] = [
    Command::Version,
    Command::Describe,
    Command::ImgPull,
    Command::ImgLoad,
    Command::ImgRemove,
    Command::ImgList,
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
    let commands: Result<Vec<CommandName>, _> = COMMANDS
        .iter()
        .map(|command| CommandName::new(command.as_str()))
        .collect();
    let mut response = DescribeResponse::new(
        Identifier::new(NAME).map_err(malformed)?,
        VERSION,
        ProtocolVersion::supported(),
        commands.map_err(malformed)?,
    );
    response.features = vec![
        Feature::Images,
        Feature::LogsFollow,
        Feature::LogsDocker,
        Feature::LogsRotation,
        Feature::PullProgress,
        Feature::TopDetails,
        Feature::SurvivesHost,
        Feature::SurvivesReboot,
    ];
    let config_type = |name: &str| {
        let mut config_type = ConfigType::new(Config::schema());
        config_type.description = Some("A program of an image, in a container.".to_owned());
        (name.to_owned(), config_type)
    };
    response.config_types = CONFIG_TYPES.map(config_type).into();
    Ok(response)
}
