# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `version`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shellrt._payload import Payload, payload


@payload
@dataclass(slots=True, kw_only=True)
class VersionRequest(Payload):
    """Asks which plugin this is. It has no members of its own."""

    TABLE: ClassVar[str] = "VersionRequest"


@payload
@dataclass(slots=True, kw_only=True)
class VersionResponse(Payload):
    """Which plugin this is.

    Members:
        name: The plugin's name, as in `containerd`.
        version: The plugin's own version, in its own form. It says nothing about the wire.
        protocol_versions: The wire versions that the plugin serves, highest first, 1 to 64.
        build: How this executable was built: commit, target, compiler. Absent: not recorded.
    """

    TABLE: ClassVar[str] = "VersionResponse"

    name: str
    version: str
    protocol_versions: list[str]
    build: str | None = None
