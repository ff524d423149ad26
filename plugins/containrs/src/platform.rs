//! Platforms, and the choice of one out of an index.

use std::fmt;
use std::str::FromStr;

use oci_spec::image::{Descriptor, ImageIndex};
use thiserror::Error as ThisError;

use crate::Error;

/// An operating system, an architecture and where needed a variant, as OCI
/// spells them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Platform {
    /// As in `linux`.
    pub os: String,
    /// As in `amd64`, `arm64`, `arm`.
    pub architecture: String,
    /// As in `v7`.
    pub variant: Option<String>,
}

/// A text that is no platform.
#[derive(Debug, ThisError)]
#[error("a platform is written `os/architecture` or `os/architecture/variant`")]
pub struct PlatformError;

impl Platform {
    /// This machine's own.
    #[must_use]
    pub fn host() -> Self {
        let (architecture, variant) = match std::env::consts::ARCH {
            "x86_64" => ("amd64", None),
            "x86" => ("386", None),
            "aarch64" => ("arm64", None),
            "arm" => ("arm", Some("v7")),
            "powerpc64" if cfg!(target_endian = "little") => ("ppc64le", None),
            "loongarch64" => ("loong64", None),
            other => (other, None),
        };
        Self {
            os: "linux".to_owned(),
            architecture: architecture.to_owned(),
            variant: variant.map(str::to_owned),
        }
    }

    /// Whether it runs what was built for this.
    #[must_use]
    pub fn runs(&self, os: &str, architecture: &str, variant: Option<&str>) -> bool {
        self.fit(os, architecture, variant).is_some()
    }

    /// How well what is offered fits: 0 is best, `None` is not at all.
    fn fit(&self, os: &str, architecture: &str, variant: Option<&str>) -> Option<u32> {
        if (os, architecture) != (self.os.as_str(), self.architecture.as_str()) {
            return None;
        }
        let wanted = self.generation(self.variant.as_deref())?;
        let found = self.generation(variant)?;
        // An older generation of the same architecture runs too.
        wanted.checked_sub(found)
    }

    /// A variant as a number; that of an architecture without one is 0.
    fn generation(&self, variant: Option<&str>) -> Option<u32> {
        let default = match self.architecture.as_str() {
            "arm64" => "v8",
            "arm" => "v7",
            "amd64" => "v1",
            _ => "v0",
        };
        variant
            .unwrap_or(default)
            .trim_start_matches('v')
            .parse()
            .ok()
    }
}

impl FromStr for Platform {
    type Err = PlatformError;

    fn from_str(text: &str) -> Result<Self, PlatformError> {
        let mut parts = text.split('/').map(str::to_owned);
        let (os, architecture, variant) = (parts.next(), parts.next(), parts.next());
        match (os, architecture, parts.next()) {
            (Some(os), Some(architecture), None) if !os.is_empty() && !architecture.is_empty() => {
                Ok(Self {
                    os,
                    architecture,
                    variant,
                })
            }
            _ => Err(PlatformError),
        }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.os, self.architecture)?;
        match &self.variant {
            Some(variant) => write!(formatter, "/{variant}"),
            None => Ok(()),
        }
    }
}

/// The manifest of an index that is for `platform`, or the nearest older one.
/// Attestations, which build tools put into an index beside the images, are no
/// images.
///
/// # Errors
/// `Unsupported`, with what there is.
pub fn choose_platform(index: &ImageIndex, platform: &Platform) -> Result<Descriptor, Error> {
    let images = index
        .manifests()
        .iter()
        .filter(|descriptor| !is_attestation(descriptor));
    let mut best: Option<(u32, &Descriptor)> = None;
    let mut offered = Vec::new();
    for descriptor in images {
        let fit = match descriptor.platform() {
            Some(found) => {
                offered.push(shown(found));
                let (os, architecture) = (found.os().to_string(), found.architecture().to_string());
                platform.fit(&os, &architecture, found.variant().as_deref())
            }
            // One that says nothing is for whoever takes it.
            None => Some(u32::MAX),
        };
        if let Some(fit) = fit
            && best.is_none_or(|(other, _)| fit < other)
        {
            best = Some((fit, descriptor));
        }
    }
    match best {
        Some((_, descriptor)) => Ok(descriptor.clone()),
        None => Err(Error::Unsupported(format!(
            "the image has no variant for `{platform}`; there is: {}",
            offered.join(", ")
        ))),
    }
}

/// Whether a build tool put it beside the images: it is none.
#[must_use]
pub fn is_attestation(descriptor: &Descriptor) -> bool {
    let annotations = descriptor.annotations().as_ref();
    let marked = annotations.is_some_and(|all| all.contains_key("vnd.docker.reference.type"));
    let unknown = |found: &oci_spec::image::Platform| found.os().to_string() == "unknown";
    marked || descriptor.platform().as_ref().is_some_and(unknown)
}

fn shown(platform: &oci_spec::image::Platform) -> String {
    let variant = platform.variant().as_deref();
    let variant = variant
        .map(|variant| format!("/{variant}"))
        .unwrap_or_default();
    format!("{}/{}{variant}", platform.os(), platform.architecture())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(platforms: &[&str]) -> ImageIndex {
        let manifests: Vec<serde_json::Value> = platforms
            .iter()
            .enumerate()
            .map(|(number, text)| {
                let platform: Platform = text.parse().expect("it is a platform");
                serde_json::json!({
                    "mediaType": "application/vnd.oci.image.manifest.v1+json",
                    "digest": format!("sha256:{number:064}"),
                    "size": 1,
                    "platform": {
                        "os": platform.os,
                        "architecture": platform.architecture,
                        "variant": platform.variant.unwrap_or_default(),
                    },
                })
            })
            .map(|mut manifest| {
                if manifest["platform"]["variant"] == "" {
                    manifest["platform"]
                        .as_object_mut()
                        .expect("an object")
                        .remove("variant");
                }
                manifest
            })
            .collect();
        let document = serde_json::json!({"schemaVersion": 2, "manifests": manifests});
        serde_json::from_value(document).expect("it is an index")
    }

    fn choose(offered: &[&str], wanted: &str) -> Result<usize, String> {
        let wanted = wanted.parse().expect("it is a platform");
        let chosen =
            choose_platform(&index(offered), &wanted).map_err(|error| error.to_string())?;
        let digest = chosen.digest().to_string();
        Ok(digest["sha256:".len()..].parse().expect("it is a number"))
    }

    #[test]
    fn the_platform_itself_is_chosen_or_the_nearest_older_variant() {
        let offered = [
            "linux/amd64",
            "linux/arm/v5",
            "linux/arm/v6",
            "linux/arm64/v8",
            "unknown/unknown",
        ];
        assert_eq!(choose(&offered, "linux/amd64"), Ok(0));
        assert_eq!(choose(&offered, "linux/arm/v7"), Ok(2));
        assert_eq!(choose(&offered, "linux/arm64"), Ok(3));
        assert_eq!(choose(&["linux/arm/v7"], "linux/arm"), Ok(0));
    }

    #[test]
    fn what_is_not_there_is_told_with_what_is() {
        let error =
            choose(&["linux/arm/v7", "unknown/unknown"], "linux/arm/v6").expect_err("it is newer");
        assert!(
            error.contains("linux/arm/v7") && !error.contains("unknown"),
            "{error}"
        );
    }
}
