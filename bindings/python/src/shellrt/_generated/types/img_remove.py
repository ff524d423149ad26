# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `img_remove`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from shellrt._payload import Payload, payload


@payload
@dataclass(slots=True, kw_only=True)
class ImgRemoveRequest(Payload):
    """Asks to remove an image.

    Members:
        image: Which image, by reference or by id. By id, all its references go.
        force: Whether to remove it although modules use it. Those that run go on.
    """

    TABLE: ClassVar[str] = "ImgRemoveRequest"

    image: str
    force: bool = False


@payload
@dataclass(slots=True, kw_only=True)
class ImgRemoveResponse(Payload):
    """The image is not there.

    Members:
        changed: Whether it was there.
        references: The references that were removed, at most 65536. Absent: none.
    """

    TABLE: ClassVar[str] = "ImgRemoveResponse"

    changed: bool
    references: list[str] = field(default_factory=list)
