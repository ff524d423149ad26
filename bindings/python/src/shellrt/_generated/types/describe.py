# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `describe`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from shellrt._payload import Payload, payload


@payload
@dataclass(slots=True, kw_only=True)
class DescribeRequest(Payload):
    """Asks what the plugin can do. It has no members of its own."""

    TABLE: ClassVar[str] = "DescribeRequest"


@payload
@dataclass(slots=True, kw_only=True)
class DescribeResponse(Payload):
    """What the plugin can do. What is not listed is not there.

    Members:
        name: The plugin's name.
        version: The plugin's own version.
        protocol_versions: The wire versions that the plugin serves, highest first, 1 to 64.
        commands: The commands that the plugin carries out, at most 256. Every other one is answered with code 3 (`unsupported`). Commands that the reader does not know are kept.
        features: What the plugin can do beyond what every plugin must, at most 256. Absent: nothing.
        limits: The plugin's limits. Absent: the protocol's own.
        config_types: What `create` takes, by `config_type`, at most 256. Absent: the plugin makes no modules.
    """

    TABLE: ClassVar[str] = "DescribeResponse"

    name: str
    version: str
    protocol_versions: list[str]
    commands: list[str]
    features: list[str] = field(default_factory=list)
    limits: Limits | None = None
    config_types: dict[str, ConfigType] = field(default_factory=dict)


@payload
@dataclass(slots=True, kw_only=True)
class Limits(Payload):
    """Limits that a host can know beforehand.

    Members:
        request_max_bytes: The largest request that is read, in bytes, 65536 to 2^53 - 1.
        module_name_max_length: The longest module name, in characters, 1 to 128.
        modules_max: The largest number of modules, 1 to 2^53 - 1. Absent: no limit of the plugin's own.
    """

    TABLE: ClassVar[str] = "Limits"

    request_max_bytes: int = 16777216
    module_name_max_length: int = 128
    modules_max: int | None = None


@payload
@dataclass(slots=True, kw_only=True)
class ConfigType(Payload):
    """One kind of `config` that `create` takes.

    Members:
        description: What it is for.
        schema: The JSON Schema (draft 2020-12) of `config`. Advisory: it lets hosts check and explain before anything runs; the plugin's own check decides.
    """

    TABLE: ClassVar[str] = "ConfigType"

    description: str | None = None
    schema: dict[str, Any]
