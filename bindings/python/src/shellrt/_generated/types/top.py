# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `top`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from shellrt._payload import Payload, payload


@payload
@dataclass(slots=True, kw_only=True)
class TopRequest(Payload):
    """Asks for a module's processes.

    Members:
        name: Which module.
        details: Whether to say more of each process than its id.
    """

    TABLE: ClassVar[str] = "TopRequest"

    name: str
    details: bool = False


@payload
@dataclass(slots=True, kw_only=True)
class TopResponse(Payload):
    """The module's processes.

    Members:
        processes: All of them, in the order of their ids, at most 65536.
    """

    TABLE: ClassVar[str] = "TopResponse"

    processes: list[Process]


@payload
@dataclass(slots=True, kw_only=True)
class Process(Payload):
    """One process of a module. All but `pid` only with `details`, and where it could be read.

    Members:
        pid: Its id.
        parent_pid: The id of its parent, 0 to 2^31 - 1; 0 where the parent is outside of what the plugin sees. Absent: not asked for.
        command: Its command line, the arguments joined by spaces. Absent: not asked for.
        user: Its user: the name, or the number where that has none. Absent: not asked for.
        started_at: When it started. Absent: not asked for.
        cpu_time_ms: Processor time that it has used, in milliseconds. Absent: not asked for.
        memory_bytes: Memory that it has in use (resident). Absent: not asked for.
    """

    TABLE: ClassVar[str] = "Process"

    pid: int
    parent_pid: int | None = None
    command: str | None = field(repr=False, default=None)
    user: str | None = None
    started_at: str | None = None
    cpu_time_ms: int | None = None
    memory_bytes: int | None = None
