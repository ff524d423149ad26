//! What runs: command, environment and directory, out of image, request and
//! configuration, by Docker's rules.

use std::collections::BTreeMap;

use oci_spec::image::ImageConfiguration;
use serde::{Deserialize, Serialize};

use super::{Identity, Surroundings};
use crate::config::Config;

/// The `PATH` of a module whose image names none.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// What an image says of how it is run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct ImageDefaults {
    pub(crate) entrypoint: Vec<String>,
    pub(crate) cmd: Vec<String>,
    pub(crate) env: Vec<String>,
    pub(crate) working_dir: String,
    pub(crate) user: String,
    pub(crate) stop_signal: Option<String>,
}

impl ImageDefaults {
    /// Reads them off an image's config.
    pub(crate) fn of(image: &ImageConfiguration) -> Self {
        let Some(config) = image.config() else {
            return Self::default();
        };
        Self {
            entrypoint: config.entrypoint().clone().unwrap_or_default(),
            cmd: config.cmd().clone().unwrap_or_default(),
            env: config.env().clone().unwrap_or_default(),
            working_dir: config.working_dir().clone().unwrap_or_default(),
            user: config.user().clone().unwrap_or_default(),
            stop_signal: config.stop_signal().clone(),
        }
    }
}

/// The program and its arguments. Who names an entrypoint does not want the
/// arguments that the image has for its own.
pub(super) fn arguments(config: &Config, image: &ImageDefaults) -> Result<Vec<String>, String> {
    let (mut command, defaults) = match &config.entrypoint {
        Some(entrypoint) => (entrypoint.clone(), &[][..]),
        None => (image.entrypoint.clone(), image.cmd.as_slice()),
    };
    command.extend_from_slice(config.args.as_deref().unwrap_or(defaults));
    if command.first().is_none_or(String::is_empty) {
        return Err("neither the image nor the configuration names a program".to_owned());
    }
    Ok(command)
}

/// The environment: the image's, over it the request's, over it the
/// configuration's.
pub(super) fn environment(
    config: &Config,
    image: &ImageDefaults,
    identity: &Identity,
    around: &Surroundings<'_>,
) -> Vec<String> {
    let mut merged = BTreeMap::from([
        ("PATH", PATH),
        ("HOSTNAME", around.hostname),
        ("HOME", identity.home.as_str()),
    ]);
    merged.extend(image.env.iter().filter_map(|line| line.split_once('=')));
    for variables in [around.env, &config.env] {
        let pairs = variables.iter();
        merged.extend(pairs.map(|(name, value)| (name.as_str(), value.as_str())));
    }
    let line = |(name, value)| format!("{name}={value}");
    merged.into_iter().map(line).collect()
}

/// Where it starts.
pub(super) fn working_dir(config: &Config, image: &ImageDefaults) -> String {
    let chosen = config.working_dir.as_deref().unwrap_or(&image.working_dir);
    if chosen.starts_with('/') {
        chosen.to_owned()
    } else {
        format!("/{chosen}")
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use super::*;

    fn config(config: serde_json::Value) -> Config {
        let map = config.as_object().expect("it is an object");
        Config::read(map).expect("it is sound").0
    }

    fn image() -> ImageDefaults {
        ImageDefaults {
            entrypoint: vec!["/entry".to_owned()],
            cmd: vec!["a".to_owned()],
            env: vec!["A=image".to_owned(), "B=image".to_owned(), "odd".to_owned()],
            ..ImageDefaults::default()
        }
    }

    #[test]
    fn entrypoint_and_arguments_replace_the_images_as_docker_has_it() {
        for (given, expected) in [
            (json!({"image": "x"}), vec!["/entry", "a"]),
            (json!({"image": "x", "args": ["b"]}), vec!["/entry", "b"]),
            (json!({"image": "x", "args": []}), vec!["/entry"]),
            (json!({"image": "x", "entrypoint": ["sh"]}), vec!["sh"]),
            (
                json!({"image": "x", "entrypoint": [], "args": ["c"]}),
                vec!["c"],
            ),
        ] {
            assert_eq!(
                arguments(&config(given), &image()),
                Ok(expected.into_iter().map(str::to_owned).collect())
            );
        }
        let none = config(json!({"image": "x", "entrypoint": []}));
        assert!(arguments(&none, &image()).is_err());
    }

    #[test]
    fn the_configuration_wins_over_the_request_and_the_request_over_the_image() {
        let request = BTreeMap::from([
            ("B".to_owned(), "request".to_owned()),
            ("C".to_owned(), "request".to_owned()),
        ]);
        let around = Surroundings {
            hostname: "web",
            cgroup_path: "/",
            cgroup_v2: false,
            env: &request,
            bounding: 0,
            etc: Path::new("/"),
            devices: &[],
            limits_swap: true,
        };
        let config = config(json!({"image": "x", "env": {"C": "config"}}));
        let identity = Identity {
            home: "/home/app".to_owned(),
            ..Identity::default()
        };
        let path = format!("PATH={PATH}");
        assert_eq!(
            environment(&config, &image(), &identity, &around),
            [
                "A=image",
                "B=request",
                "C=config",
                "HOME=/home/app",
                "HOSTNAME=web",
                &path
            ]
        );
    }
}
