//! What all cases of a run share: the plugin and what it claims, the fixture,
//! a scratch directory, a registry with the image, and who cleans up.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::always::Claims;
use super::answer::Answer;
use super::case::Treatment;
use super::fixture::Fixture;
use super::image::Base;
use super::janitor::{Janitor, Kind};
use super::plugin::{Call, Ended, Exchange, Plugin};
use super::registry::{Registry, USER};
use super::template::{self, NoValue, Values};
use super::{evidence, expect};
use crate::fault::start_hint;

/// The wire of the requests.
pub(crate) const WIRE: &str = "0.2.0";
/// A module that is told nothing else sleeps until it is told to end.
pub(crate) const SLEEPER: &str = "trap 'exit 0' TERM; sleep 100000 & wait";
/// 16 characters of one byte each; `${mebibyte}` is 65,536 times this.
const MEBIBYTE_LINE: &str = "0123 \"\\/<&>'\n\tz$";
/// The longest request of a plugin that says nothing of it [P-4].
const REQUEST_MAX_BYTES: u64 = 16 * 1024 * 1024;
/// How long a plugin may take for one request.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);

/// Why there is nothing to test.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CannotRun {
    #[error("the plugin `{command}` cannot be run: {why}\nhint: {hint}")]
    Plugin {
        command: String,
        why: String,
        hint: String,
    },
    #[error("the fixture cannot be used: {0}")]
    Fixture(#[from] NoValue),
    #[error("the run cannot be prepared: {0}")]
    Io(#[from] io::Error),
}

/// The shared ground of a run.
pub(crate) struct Stage {
    pub(crate) plugin: Plugin,
    pub(crate) fixture: Fixture,
    /// `None`: `describe` could not be read, and this is why.
    pub(crate) claims: Result<Claims, String>,
    pub(crate) facts: Facts,
    /// A directory of the run; the janitor removes it.
    pub(crate) scratch: PathBuf,
    pub(crate) registry: Option<Registry>,
    /// Why there is no image, where there should be one.
    pub(crate) image_missing: Option<String>,
    pub(crate) janitor: Arc<Janitor>,
    pub(crate) scale: f64,
    pub(crate) seed: u64,
    values: Values,
    next: AtomicU64,
}

/// What the plugin calls itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    pub(crate) name: String,
    pub(crate) version: String,
}

impl Stage {
    /// Prepares a run: starts the plugin for the first time, and asks what it
    /// claims.
    ///
    /// # Errors
    /// When it cannot be run at all; one that can and answers nonsense does not
    /// conform, and that is for the cases to say.
    pub(crate) fn prepare(
        command: Vec<OsString>,
        fixture: Fixture,
        scale: f64,
        seed: u64,
        memory_limit: u64,
    ) -> Result<Stage, CannotRun> {
        let scratch = tempfile::Builder::new()
            .prefix("shellrt-validate-")
            .tempdir()?;
        let run: String = random_word("").chars().take(8).collect();
        let mut values = Values::from([
            ("run".to_owned(), json!(run)),
            (
                "scratch".to_owned(),
                json!(scratch.path().display().to_string()),
            ),
        ]);
        let mut given = fixture.environment.clone();
        for value in given.values_mut() {
            *value = template::text(value, &values)?;
        }
        for name in &fixture.inherit {
            if let Some(value) = std::env::var_os(name) {
                given.insert(name.clone(), value.to_string_lossy().into_owned());
            }
        }
        let mut added = BTreeMap::new();
        for (name, value) in given {
            values.insert(name.to_ascii_lowercase(), json!(value));
            added.insert(name.into(), value.into());
        }
        let mut plugin = Plugin::new(command, added, memory_limit);
        let limit = LIMIT.mul_f64(scale);
        first_breath(&plugin, limit)?;
        let (claims, facts) = claims(&plugin, limit)?;
        let password = random_word("password");
        let registry = match &fixture.image {
            Some(files) => Some(Registry::start(Base::build(files, &run)?, &password)?),
            None => None,
        };
        values.extend(constants(&fixture, registry.as_ref(), &password));
        if let Ok(claims) = &claims {
            values.insert("protocol_versions".into(), json!(claims.versions));
            values.insert("highest_version".into(), json!(claims.highest()));
        }
        let janitor = Arc::new(Janitor::start(&plugin, scratch.path())?);
        let scratch = scratch.keep();
        plugin.janitor = Some(Arc::clone(&janitor));
        let mut stage = Stage {
            janitor,
            plugin,
            fixture,
            claims,
            facts,
            scratch,
            registry,
            image_missing: None,
            scale,
            seed,
            values,
            next: AtomicU64::new(0),
        };
        stage.pull_image()?;
        stage.add_configs()?;
        Ok(stage)
    }

    /// The values that every case begins with, and a number of its own.
    pub(crate) fn values(&self) -> (Values, u64) {
        (
            self.values.clone(),
            self.next.fetch_add(1, Ordering::Relaxed),
        )
    }

    /// The longest request that the plugin reads, in bytes.
    pub(crate) fn request_max_bytes(&self) -> u64 {
        let claims = self.claims.as_ref();
        claims.map_or(REQUEST_MAX_BYTES, |claims| claims.request_max_bytes)
    }

    /// A time of a case, stretched.
    pub(crate) fn stretched(&self, time: Duration) -> Duration {
        time.mul_f64(self.scale)
    }

    /// Directories in which the plugin may keep something.
    pub(crate) fn state_dirs(&self) -> Result<Vec<PathBuf>, NoValue> {
        let listed = self.fixture.state_dirs.iter();
        listed
            .map(|path| Ok(template::text(path, &self.values)?.into()))
            .collect()
    }

    /// Sends a request that nothing is judged by.
    pub(crate) fn send(&self, members: &Value) -> io::Result<(Exchange, Answer)> {
        let call = Call {
            bytes: request(members),
            scratch: Some(&self.scratch),
            ..Call::default()
        };
        let running = self.plugin.start(call)?;
        let exchange = running.finish(None, self.stretched(LIMIT * 3));
        let answer = Answer::of(&exchange.stdout);
        Ok((exchange, answer))
    }

    /// Pulls the image that modules are made from.
    fn pull_image(&mut self) -> Result<(), CannotRun> {
        let (Some(registry), Ok(claims)) = (&self.registry, &self.claims) else {
            return Ok(());
        };
        if !claims.commands.iter().any(|command| command == "img_pull") {
            self.image_missing = Some("the plugin does not claim `img_pull`".to_owned());
            return Ok(());
        }
        registry.set("suite/box", 0, Treatment::Serve)?;
        let reference = format!("{}/suite/box:latest", registry.address());
        self.janitor.expect(Kind::Image, &reference);
        let (_, answer) = self.send(&json!({"_type": "img_pull", "image": reference}))?;
        if !answer.is_ok() {
            self.image_missing = Some(format!(
                "`img_pull` was answered by {}",
                expect::told(&answer)
            ));
        }
        Ok(())
    }

    /// `${config}`, `${other_config}` and `${config_<name>}`.
    fn add_configs(&mut self) -> Result<(), CannotRun> {
        let other = SLEEPER.replace("100000", "100001");
        let mut configs = Map::new();
        for (value, name, script) in [
            ("config", "script", SLEEPER),
            ("other_config", "script", other.as_str()),
            ("config_missing_program", "missing_program", SLEEPER),
            ("config_missing_resource", "missing_resource", SLEEPER),
            ("config_malformed", "malformed", SLEEPER),
            ("config_ignored_part", "ignored_part", SLEEPER),
            ("config_variable", "variable", SLEEPER),
            ("config_stop_timeout_1", "stop_timeout_1", SLEEPER),
        ] {
            if self.fixture.offers(&format!("configs/{name}")) {
                let config = self.fixture.config(name, script, &self.values)?;
                configs.insert(value.to_owned(), Value::Object(config));
            }
        }
        if let Some(malformed) = &self.fixture.configs.malformed {
            configs.insert("malformed_pointer".into(), json!(malformed.pointer));
        }
        if let Some(ignored) = &self.fixture.configs.ignored_part {
            let name = ignored.pointer.rsplit('/').next();
            configs.insert("ignored_name".into(), json!(name));
        }
        self.values.extend(configs);
        Ok(())
    }
}

/// A request of the suite's wire.
pub(crate) fn request(members: &Value) -> Vec<u8> {
    let mut request = members.clone();
    request["_version"] = json!(WIRE);
    request.to_string().into_bytes()
}

fn constants(fixture: &Fixture, registry: Option<&Registry>, password: &str) -> Values {
    let address = registry.map(Registry::address).unwrap_or_default();
    let mut values = Values::from([
        ("version".into(), json!(WIRE)),
        ("mebibyte".into(), json!(MEBIBYTE_LINE.repeat(65_536))),
        ("canary".into(), json!(random_word("canary"))),
        ("user".into(), json!(USER)),
        ("password".into(), json!(password)),
        ("registry".into(), json!(address)),
        ("image".into(), json!(format!("{address}/suite/box:latest"))),
    ]);
    if let Some(kind) = &fixture.config_type {
        values.insert("config_type".into(), json!(kind));
    }
    values
}

/// A word that stands nowhere else in the world.
fn random_word(what: &str) -> String {
    use std::hash::{BuildHasher, RandomState};
    format!("{what}{:016x}", RandomState::new().hash_one(what))
}

/// Tells a plugin that cannot be run from one that does not conform.
fn first_breath(plugin: &Plugin, limit: Duration) -> Result<(), CannotRun> {
    let cannot = |why: String, hint: String| CannotRun::Plugin {
        command: plugin.shown(),
        why,
        hint,
    };
    let call = Call {
        bytes: request(&json!({"_type": "version"})),
        ..Call::default()
    };
    let running = plugin
        .start(call)
        .map_err(|error| cannot(error.to_string(), start_hint(&plugin.program(), &error)))?;
    let exchange = running.finish(None, limit);
    // What an interpreter or a command line parser does before any plugin ran.
    let refused =
        matches!(exchange.ended, Ended::Status(2 | 126 | 127)) && exchange.stdout.is_empty();
    if refused {
        let ended = evidence::ended(exchange.ended);
        let words = evidence::shown(exchange.stderr.trim_ascii());
        let by_hand = r#"echo '{"_version":"0.2.0","_type":"version"}'"#;
        return Err(cannot(
            format!("it wrote nothing but `{words}`; {ended}"),
            format!("run it by hand: {by_hand} | {}", plugin.shown()),
        ));
    }
    Ok(())
}

type Asked = (Result<Claims, String>, Facts);

fn claims(plugin: &Plugin, limit: Duration) -> Result<Asked, CannotRun> {
    let call = Call {
        bytes: request(&json!({"_type": "describe"})),
        ..Call::default()
    };
    let exchange = plugin.start(call)?.finish(None, limit);
    let answer = Answer::of(&exchange.stdout);
    let Some(response) = answer.response.as_ref().filter(|_| answer.is_ok()) else {
        return Ok((Err(expect::told(&answer)), Facts::default()));
    };
    let texts = |member: &str| -> Vec<String> {
        let items = response[member].as_array().into_iter().flatten();
        items
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect()
    };
    let claims = Claims {
        versions: texts("protocol_versions"),
        commands: texts("commands"),
        features: texts("features"),
        request_max_bytes: response
            .pointer("/limits/request_max_bytes")
            .and_then(Value::as_u64)
            .unwrap_or(REQUEST_MAX_BYTES),
    };
    let text = |member: &str| response[member].as_str().unwrap_or_default().to_owned();
    let facts = Facts {
        name: text("name"),
        version: text("version"),
    };
    if claims.versions.is_empty() || claims.commands.is_empty() {
        return Ok((Err("it lists no versions or no commands".into()), facts));
    }
    Ok((Ok(claims), facts))
}
