//! Wire versions.

use crate::ProtocolVersion;

/// The wire version of this crate.
pub const WIRE_VERSION: &str = "0.2.0";

/// The wire versions that a plugin on this crate can serve, highest first.
pub const SUPPORTED_VERSIONS: &[&str] = &[WIRE_VERSION, "0.1.0"];

impl ProtocolVersion {
    /// The wire version of this crate.
    #[must_use]
    pub fn current() -> ProtocolVersion {
        ProtocolVersion::unchecked(WIRE_VERSION.to_owned())
    }

    /// The versions that a plugin on this crate can serve, highest first.
    #[must_use]
    pub fn supported() -> Vec<ProtocolVersion> {
        SUPPORTED_VERSIONS
            .iter()
            .map(|version| ProtocolVersion::unchecked((*version).to_owned()))
            .collect()
    }

    /// The three numbers.
    #[must_use]
    pub fn numbers(&self) -> (u32, u32, u32) {
        let mut numbers = self
            .as_str()
            .split('.')
            .map(|number| number.parse().unwrap_or(u32::MAX));
        let mut next = || numbers.next().unwrap_or(u32::MAX);
        (next(), next(), next())
    }

    /// Whether messages of the one version can be read as the other's: while the
    /// major number is 0, major and minor are equal; from 1 on, the major is.
    #[must_use]
    pub fn matches(&self, other: &ProtocolVersion) -> bool {
        let (major, minor, _) = self.numbers();
        let (other_major, other_minor, _) = other.numbers();
        major == other_major && (major > 0 || minor == other_minor)
    }

    /// Whether a plugin on this crate serves it.
    #[must_use]
    pub fn is_supported(&self) -> bool {
        ProtocolVersion::supported()
            .iter()
            .any(|version| version.matches(self))
    }

    /// Whether it is the wire of 2020, whose `status` and `version` replies have
    /// shapes of their own.
    #[must_use]
    pub fn is_0_1(&self) -> bool {
        matches!(self.numbers(), (0, 1, _))
    }
}
