//! `create`: puts a `config` together, checks it against what the plugin
//! publishes, and only then asks for the module.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Map, Value};
use shellrt_api::{CreateRequest, DescribeRequest, Identifier, ModuleName, parse_json};

use crate::cli::value;
use crate::config;
use crate::failure::Failure;
use crate::output::{self, Style, paint};
use crate::session::Session;

#[derive(Debug, Args)]
#[command(after_help = "\
IMAGE becomes `config.image`, and the words after `--` become `config.command`.

Examples:
  shellrt-driver ./shellrt-containerd create containerd-cri ubuntutest ubuntu
  shellrt-driver ./shellrt-process create process web --env PORT=8080 --env TOKEN -- ./web --verbose
  shellrt-driver ./shellrt-process create process web --config web.json --label owner=me
  jq '.createOptions' deployment.json | shellrt-driver ./x create docker edgeHub --config -")]
pub(crate) struct Create {
    /// Which kind of config this is; `describe` lists them
    config_type: Identifier,
    /// The module's name
    name: ModuleName,
    /// The image to make it from
    image: Option<String>,
    /// The config, a JSON object, from a file or from standard input (`-`)
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// An environment variable; without a value, the one that this shell has; may be given again
    #[arg(long, short = 'e', value_name = "NAME[=VALUE]", value_parser = value::environment)]
    env: Vec<(String, String)>,
    /// Environment variables from a file, one NAME=VALUE a line; `--env` wins
    #[arg(long, value_name = "FILE")]
    env_file: Option<PathBuf>,
    /// A label; may be given again
    #[arg(long, short = 'l', value_name = "KEY=VALUE", value_parser = value::key_value)]
    label: Vec<(String, String)>,
    /// Labels from a file, one KEY=VALUE a line; `--label` wins
    #[arg(long, value_name = "FILE")]
    label_file: Option<PathBuf>,
    /// Send the config without checking it first
    #[arg(long)]
    no_check: bool,
    /// The command to run
    #[arg(last = true)]
    command: Vec<String>,
}

impl Create {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        let config = self.config()?;
        if !self.no_check {
            check(session, &self.config_type, &config)?;
        }
        let mut request = CreateRequest::new(self.name.clone(), self.config_type.clone(), config);
        request.env = pairs(self.env_file.as_deref(), "the environment", &self.env)?;
        request.labels = pairs(self.label_file.as_deref(), "the labels", &self.label)?;
        let response = session.call(request)?;
        output::warnings(&response.warnings);
        session.show(&response, |response| {
            let done = if response.changed {
                "created"
            } else {
                "exists already as asked, nothing changed"
            };
            let image = response
                .image_id
                .as_ref()
                .map(|id| format!(" (image {id})"))
                .unwrap_or_default();
            format!("{}: {done}{image}\n", self.name)
        })
    }

    fn config(&self) -> Result<Map<String, Value>, Failure> {
        let mut config = match &self.config {
            Some(path) => read_config(path)?,
            None => Map::new(),
        };
        if let Some(image) = &self.image {
            add(&mut config, "image", Value::from(image.as_str()))?;
        }
        if !self.command.is_empty() {
            add(&mut config, "command", Value::from(self.command.clone()))?;
        }
        Ok(config)
    }
}

/// What a file holds, and what the command line says, which wins.
fn pairs(
    file: Option<&Path>,
    what: &str,
    named: &[(String, String)],
) -> Result<BTreeMap<String, String>, Failure> {
    let mut pairs = match file {
        Some(path) => read_pairs(path, what)?,
        None => BTreeMap::new(),
    };
    pairs.extend(named.iter().cloned());
    Ok(pairs)
}

/// Asks the plugin what the config must look like. One that cannot say, as those
/// of 2020 cannot, gets the config unchecked.
fn check(
    session: &Session,
    config_type: &Identifier,
    config: &Map<String, Value>,
) -> Result<(), Failure> {
    match session.call(DescribeRequest::new()) {
        Ok(description) if description.config_types.is_empty() => Ok(()),
        Ok(description) => config::check(
            config_type,
            config::find(&description, config_type)?,
            config,
        ),
        Err(Failure::Plugin { .. }) => {
            output::note(&format!(
                "{} the plugin cannot describe itself, so the config is sent unchecked",
                paint(Style::Warning, "warning:")
            ));
            Ok(())
        }
        Err(failure) => Err(failure),
    }
}

fn add(config: &mut Map<String, Value>, key: &str, value: Value) -> Result<(), Failure> {
    if config.contains_key(key) {
        return Err(Failure::Usage {
            message: format!("the config has `{key}` already, and so has the command line"),
            hint: "say it in one place only",
        });
    }
    config.insert(key.to_owned(), value);
    Ok(())
}

fn read_config(path: &Path) -> Result<Map<String, Value>, Failure> {
    let bytes = read(path, "cannot read the config")?;
    let message = match parse_json(&bytes) {
        Ok(Value::Object(config)) => return Ok(config),
        Ok(_) => "it is JSON, but no object".to_owned(),
        Err(fault) => fault.message,
    };
    Err(Failure::Usage {
        message: format!("the config in {} cannot be used: {message}", source(path)),
        hint: "a config is one JSON object; `describe --config-type TYPE` writes its schema",
    })
}

/// The format that other tools read: no quotes, no expansion; blank lines and
/// lines that begin with `#` are skipped.
fn read_pairs(path: &Path, what: &str) -> Result<BTreeMap<String, String>, Failure> {
    let unusable = |message: String| Failure::Usage {
        message: format!("{what} in {} cannot be used: {message}", source(path)),
        hint: "write NAME=VALUE, one a line",
    };
    let text = String::from_utf8(read(path, &format!("cannot read {what}"))?)
        .map_err(|_| unusable("it is not UTF-8".to_owned()))?;
    let mut pairs = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        // Not the line itself: what it holds may be a secret.
        let (name, value) = value::key_value(line)
            .map_err(|error| unusable(format!("line {}: {error}", number + 1)))?;
        pairs.insert(name, value);
    }
    Ok(pairs)
}

fn source(path: &Path) -> String {
    if path == Path::new("-") {
        "standard input".to_owned()
    } else {
        format!("`{}`", path.display())
    }
}

/// Reads a file, or standard input for `-`.
fn read(path: &Path, what: &str) -> Result<Vec<u8>, Failure> {
    let read = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    read.map_err(|source| Failure::File {
        what: what.to_owned(),
        path: path.to_owned(),
        source,
    })
}
