# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `status`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from shellrt._payload import Payload, payload


@payload
@dataclass(slots=True, kw_only=True)
class StatusRequest(Payload):
    """Asks how a module is.

    Members:
        name: Which module.
    """

    TABLE: ClassVar[str] = "StatusRequest"

    name: str


@payload
@dataclass(slots=True, kw_only=True)
class StatusResponse(Payload):
    """How a module is.

    Members:
        name: Which module.
        state: Its state.
        status: The state as a host's watchdog sees it, derived by the table in docs/protocol.md.
        description: More about the state, for people. Absent: nothing to add.
        reason: Why it is in that state, for programs. Absent: nothing unusual.
        image: The image's reference as `create` gave it. Absent: the plugin has no images.
        image_id: The image's id. Absent: the plugin has no images.
        pid: The process id of its first process. Absent: it does not run.
        created_at: When it was made.
        started_at: When it was last started. Absent: never.
        finished_at: When it last ended. Absent: never, or it runs.
        exit_code: How it last ended. Absent: never, or it runs.
        oom_killed: Whether it last ended because its memory ran out.
        labels: Its labels. Absent: none.
    """

    TABLE: ClassVar[str] = "StatusResponse"

    name: str
    state: str
    status: str
    description: str | None = None
    reason: str | None = None
    image: str | None = None
    image_id: str | None = None
    pid: int | None = None
    created_at: str
    started_at: str | None = None
    finished_at: str | None = None
    exit_code: int | None = None
    oom_killed: bool = False
    labels: dict[str, str] = field(repr=False, default_factory=dict)
