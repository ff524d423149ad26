# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `start`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from shellrt._payload import Payload, payload

if TYPE_CHECKING:
    from shellrt._generated.types.common import Warning


@payload
@dataclass(slots=True, kw_only=True)
class StartRequest(Payload):
    """Asks to start a module.

    Members:
        name: Which module.
    """

    TABLE: ClassVar[str] = "StartRequest"

    name: str


@payload
@dataclass(slots=True, kw_only=True)
class StartResponse(Payload):
    """The module runs, or ran and has ended since.

    Members:
        changed: Whether this request started it.
        warnings: What was not carried out as `create` asked, at most 1024. Absent: nothing.
    """

    TABLE: ClassVar[str] = "StartResponse"

    changed: bool
    warnings: list[Warning] = field(default_factory=list)
