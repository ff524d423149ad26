# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `stop`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shellrt._payload import Payload, payload


@payload
@dataclass(slots=True, kw_only=True)
class StopRequest(Payload):
    """Asks to stop a module.

    Members:
        name: Which module.
        timeout: How long it may take to end by itself, in seconds, 0 to 86400. Absent: the module's own stop timeout, else 10. It is cut to what the deadline leaves.
    """

    TABLE: ClassVar[str] = "StopRequest"

    name: str
    timeout: int | None = None


@payload
@dataclass(slots=True, kw_only=True)
class StopResponse(Payload):
    """The module does not run.

    Members:
        changed: Whether this request stopped it.
    """

    TABLE: ClassVar[str] = "StopResponse"

    changed: bool
