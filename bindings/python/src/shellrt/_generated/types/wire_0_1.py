# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `wire_0_1`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shellrt._payload import Payload, payload


@payload
@dataclass(slots=True, kw_only=True)
class VersionResponse01(Payload):
    """Which plugin this is, for 0.1.x.

    Members:
        info: Plugin and engine with their versions, for people.
    """

    TABLE: ClassVar[str] = "VersionResponse01"

    info: str


@payload
@dataclass(slots=True, kw_only=True)
class StatusResponse01(Payload):
    """How a module is, for 0.1.x. Times are nanoseconds since 1970 as integers, above 2^53: the one place where a number may be, and the reason why 0.2 has texts.

    Members:
        status: The state as a host's watchdog sees it.
        status_description: More about the state, for people. Absent: nothing to add.
        exit_code: How it last ended. Absent: never, or it runs.
        image_id: The image's id. Empty where the plugin has no images.
        pid: The process id of its first process. Absent: it does not run.
        started_at: When it was last started, in nanoseconds since 1970-01-01T00:00:00Z, 0 to 2^63 - 1. Absent: never.
        finished_at: When it last ended, in nanoseconds since 1970-01-01T00:00:00Z, 0 to 2^63 - 1. Absent: never, or it runs.
    """

    TABLE: ClassVar[str] = "StatusResponse01"

    status: str
    status_description: str | None = None
    exit_code: int | None = None
    image_id: str
    pid: int | None = None
    started_at: int | None = None
    finished_at: int | None = None
