# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `img_list`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from shellrt._payload import Payload, payload


@payload
@dataclass(slots=True, kw_only=True)
class ImgListRequest(Payload):
    """Asks for the images. It has no members of its own."""

    TABLE: ClassVar[str] = "ImgListRequest"


@payload
@dataclass(slots=True, kw_only=True)
class ImgListResponse(Payload):
    """The images.

    Members:
        images: Every image, at most 65536.
    """

    TABLE: ClassVar[str] = "ImgListResponse"

    images: list[ImageDetails]


@payload
@dataclass(slots=True, kw_only=True)
class ImageDetails(Payload):
    """One image.

    Members:
        image_id: The image's id, the same that `status` reports for its modules.
        references: The references exactly as they were pulled or loaded, at most 65536. Absent: none.
        canonical_references: The same in full, with registry and tag, at most 65536. Absent: none.
        digest: The digest of what the reference named. Absent: not kept.
        size_bytes: What its content takes on disk, shared layers included. Absent: not known.
        created_at: When the image was built. Absent: it does not say.
        in_use_by: The modules that were made from it, at most 65536. Absent: none.
    """

    TABLE: ClassVar[str] = "ImageDetails"

    image_id: str
    references: list[str] = field(default_factory=list)
    canonical_references: list[str] = field(default_factory=list)
    digest: str | None = None
    size_bytes: int | None = None
    created_at: str | None = None
    in_use_by: list[str] = field(default_factory=list)
