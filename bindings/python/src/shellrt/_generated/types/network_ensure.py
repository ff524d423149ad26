# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `network_ensure`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from shellrt._payload import Payload, payload


@payload
@dataclass(slots=True, kw_only=True)
class NetworkEnsureRequest(Payload):
    """Asks for a network.

    Members:
        name: Which network.
        ipv6: Whether it has IPv6 addresses.
        ipam: The address ranges, at most 64. Absent: the plugin chooses.
    """

    TABLE: ClassVar[str] = "NetworkEnsureRequest"

    name: str
    ipv6: bool = False
    ipam: list[IpamConfig] = field(default_factory=list)


@payload
@dataclass(slots=True, kw_only=True)
class IpamConfig(Payload):
    """One address range of a network.

    Members:
        subnet: The range. Absent: the plugin chooses.
        gateway: The address of the gateway. Absent: the plugin chooses.
        ip_range: The part of the range that modules get addresses from. Absent: all of it.
    """

    TABLE: ClassVar[str] = "IpamConfig"

    subnet: str | None = None
    gateway: str | None = None
    ip_range: str | None = None


@payload
@dataclass(slots=True, kw_only=True)
class NetworkEnsureResponse(Payload):
    """The network is there.

    Members:
        changed: Whether it was made by this request.
        drift: Where the existing network differs from the request, at most 1024. Absent: nowhere.
        subnets: The network's address ranges, at most 64. Absent: not known.
    """

    TABLE: ClassVar[str] = "NetworkEnsureResponse"

    changed: bool
    drift: list[NetworkDrift] = field(default_factory=list)
    subnets: list[str] = field(default_factory=list)


@payload
@dataclass(slots=True, kw_only=True)
class NetworkDrift(Payload):
    """One difference between an existing network and the request.

    Members:
        pointer: Which member of the request.
        wanted: What the request asks for. Absent: nothing.
        actual: What the network has. Absent: nothing.
    """

    TABLE: ClassVar[str] = "NetworkDrift"

    pointer: str
    wanted: str | None = None
    actual: str | None = None
