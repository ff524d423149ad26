"""Wire versions."""

from __future__ import annotations

#: The wire version of this package.
WIRE_VERSION = "0.2.0"

#: The wire versions that a plugin on this package can serve, highest first.
SUPPORTED_VERSIONS = (WIRE_VERSION, "0.1.0")


def numbers(version: str) -> tuple[int, int, int]:
    """The three numbers of a version."""
    major, minor, patch = (int(number) for number in version.split("."))
    return major, minor, patch


def matches(one: str, other: str) -> bool:
    """Whether messages of the one version can be read as the other's.

    While the major number is 0, major and minor are equal; from 1 on, the major is.
    """
    (major, minor, _), (other_major, other_minor, _) = numbers(one), numbers(other)
    return major == other_major and (major > 0 or minor == other_minor)


def is_supported(version: str) -> bool:
    """Whether a plugin on this package serves it."""
    return any(matches(served, version) for served in SUPPORTED_VERSIONS)


def is_0_1(version: str) -> bool:
    """Whether it is the wire of 2020, two of whose replies have shapes of their own."""
    return numbers(version)[:2] == (0, 1)
