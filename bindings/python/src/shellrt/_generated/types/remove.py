# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `remove`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shellrt._payload import Payload, payload


@payload
@dataclass(slots=True, kw_only=True)
class RemoveRequest(Payload):
    """Asks to remove a module.

    Members:
        name: Which module.
    """

    TABLE: ClassVar[str] = "RemoveRequest"

    name: str


@payload
@dataclass(slots=True, kw_only=True)
class RemoveResponse(Payload):
    """The module is not there.

    Members:
        changed: Whether it was there.
    """

    TABLE: ClassVar[str] = "RemoveResponse"

    changed: bool
