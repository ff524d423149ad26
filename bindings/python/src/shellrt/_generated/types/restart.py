# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `restart`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from shellrt._payload import Payload, payload

if TYPE_CHECKING:
    from shellrt._generated.types.common import Warning


@payload
@dataclass(slots=True, kw_only=True)
class RestartRequest(Payload):
    """Asks to restart a module.

    Members:
        name: Which module.
        timeout: How long it may take to end by itself, in seconds, 0 to 86400. Absent: the module's own stop timeout, else 10. It is cut to what the deadline leaves.
    """

    TABLE: ClassVar[str] = "RestartRequest"

    name: str
    timeout: int | None = None


@payload
@dataclass(slots=True, kw_only=True)
class RestartResponse(Payload):
    """The module was started again.

    Members:
        changed: Whether this request started it; true in every success.
        warnings: What was not carried out as `create` asked, at most 1024. Absent: nothing.
    """

    TABLE: ClassVar[str] = "RestartResponse"

    changed: bool
    warnings: list[Warning] = field(default_factory=list)
