# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `sys_info`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shellrt._payload import Payload, payload


@payload
@dataclass(slots=True, kw_only=True)
class SysInfoRequest(Payload):
    """Asks for facts about machine and engine. It has no members of its own."""

    TABLE: ClassVar[str] = "SysInfoRequest"


@payload
@dataclass(slots=True, kw_only=True)
class SysInfoResponse(Payload):
    """Facts about machine and engine.

    Members:
        os_type: The kind of operating system, as in `linux`.
        os_name: Its distribution and version, for people. Absent: not known.
        kernel_version: The version of its kernel. Absent: not known.
        architecture: The architecture as OCI spells it: `amd64`, `arm64`, `arm`.
        hostname: The machine's name. Absent: not known.
        cpus: Processors that modules can use, 1 to 65536.
        memory_total_bytes: Memory of the machine. Absent: not known.
        memory_available_bytes: Memory that is free to use without swapping. Absent: not known.
        booted_at: When the machine started. Absent: not known.
        boot_id: What tells one start of the machine from another. Absent: not known.
        disk: The disk on which the plugin keeps its state. Absent: not known.
        engine: What runs the modules.
    """

    TABLE: ClassVar[str] = "SysInfoResponse"

    os_type: str
    os_name: str | None = None
    kernel_version: str | None = None
    architecture: str
    hostname: str | None = None
    cpus: int
    memory_total_bytes: int | None = None
    memory_available_bytes: int | None = None
    booted_at: str | None = None
    boot_id: str | None = None
    disk: DiskInfo | None = None
    engine: EngineInfo


@payload
@dataclass(slots=True, kw_only=True)
class DiskInfo(Payload):
    """A file system.

    Members:
        path: Where the plugin keeps its state.
        total_bytes: Its size.
        available_bytes: What is free to use.
    """

    TABLE: ClassVar[str] = "DiskInfo"

    path: str
    total_bytes: int
    available_bytes: int


@payload
@dataclass(slots=True, kw_only=True)
class EngineInfo(Payload):
    """What runs the modules.

    Members:
        name: Its name, as in `containerd`.
        version: Its version.
    """

    TABLE: ClassVar[str] = "EngineInfo"

    name: str
    version: str
