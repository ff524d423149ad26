//! References to images.

use std::fmt;

use thiserror::Error as ThisError;

/// Names of the one registry that has three.
const HUB: [&str; 2] = ["registry-1.docker.io", "index.docker.io"];

/// A reference to an image, as Docker reads it: `ubuntu` is
/// `docker.io/library/ubuntu:latest`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    inner: oci_client::Reference,
}

/// Why a text is no reference.
#[derive(Debug, ThisError)]
#[error("{0}")]
pub struct ReferenceError(String);

impl Reference {
    /// Reads a reference.
    ///
    /// # Errors
    /// Says what of the text is not as it must be.
    pub fn parse(text: &str) -> Result<Self, ReferenceError> {
        let hub = HUB
            .iter()
            .find_map(|name| text.strip_prefix(name)?.strip_prefix('/'));
        let text = match hub {
            Some(rest) => format!("docker.io/{rest}"),
            None => text.to_owned(),
        };
        const CASE: &str = "the repository's name must be in lower case";
        let inner: oci_client::Reference = text.parse().map_err(|error| {
            let lower = text.to_ascii_lowercase();
            let cased = lower != text && lower.parse::<oci_client::Reference>().is_ok();
            ReferenceError(if cased {
                CASE.to_owned()
            } else {
                format!("{error}")
            })
        })?;
        if inner
            .repository()
            .bytes()
            .any(|byte| byte.is_ascii_uppercase())
        {
            return Err(ReferenceError(CASE.to_owned()));
        }
        Ok(Self { inner })
    }

    /// The whole reference: registry, repository, and tag or digest or both.
    #[must_use]
    pub fn canonical(&self) -> String {
        self.inner.whole()
    }

    /// The registry, as in `docker.io` or `127.0.0.1:5000`.
    #[must_use]
    pub fn registry(&self) -> &str {
        self.inner.registry()
    }

    /// The repository, as in `library/ubuntu`.
    #[must_use]
    pub fn repository(&self) -> &str {
        self.inner.repository()
    }

    /// The tag.
    #[must_use]
    pub fn tag(&self) -> Option<&str> {
        self.inner.tag()
    }

    /// The digest.
    #[must_use]
    pub fn digest(&self) -> Option<&str> {
        self.inner.digest()
    }

    pub(crate) fn inner(&self) -> &oci_client::Reference {
        &self.inner
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.canonical())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(text: &str) -> String {
        Reference::parse(text)
            .expect("it is a reference")
            .canonical()
    }

    #[test]
    fn short_names_are_those_of_the_hub() {
        for text in [
            "ubuntu",
            "ubuntu:latest",
            "library/ubuntu",
            "docker.io/ubuntu",
            "docker.io/library/ubuntu",
            "index.docker.io/library/ubuntu:latest",
            "registry-1.docker.io/library/ubuntu:latest",
            "registry-1.docker.io/ubuntu",
        ] {
            assert_eq!(canonical(text), "docker.io/library/ubuntu:latest", "{text}");
        }
        assert_eq!(canonical("me/app:1"), "docker.io/me/app:1");
    }

    #[test]
    fn a_first_part_with_a_dot_a_colon_or_localhost_is_a_registry() {
        assert_eq!(canonical("127.0.0.1:5000/app"), "127.0.0.1:5000/app:latest");
        assert_eq!(canonical("localhost/app"), "localhost/app:latest");
        assert_eq!(canonical("r.example/a/b:2"), "r.example/a/b:2");
    }

    #[test]
    fn a_digest_stands_in_place_of_the_default_tag() {
        let digest = format!("sha256:{}", "a".repeat(64));
        assert_eq!(
            canonical(&format!("r.example/a@{digest}")),
            format!("r.example/a@{digest}")
        );
    }

    #[test]
    fn what_is_no_reference_is_told_why() {
        let error = Reference::parse("me/App").expect_err("it has a capital");
        assert!(error.to_string().contains("lower case"), "{error}");
        for text in ["", "a b", ":tag", "a@sha256:short", "http://r.example/a"] {
            assert!(Reference::parse(text).is_err(), "{text}");
        }
    }
}
