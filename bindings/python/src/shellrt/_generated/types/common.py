# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `common`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shellrt._payload import Payload, payload


@payload
@dataclass(slots=True, kw_only=True)
class Warning(Payload):
    """Something in a request that the plugin did not carry out, or carried out differently, without failing.

    Members:
        message: What was left out or changed, and why.
        pointer: Which part of the request it is about. Absent where it is about the whole.
    """

    TABLE: ClassVar[str] = "Warning"

    message: str
    pointer: str | None = None
