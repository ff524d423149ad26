# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `img_load`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from shellrt._payload import Payload, payload


@payload
@dataclass(slots=True, kw_only=True)
class ImgLoadRequest(Payload):
    """Asks to import an archive.

    Members:
        path: The archive: an OCI image layout or the output of `docker save`, as a tar file, plain or compressed, on the plugin's machine.
        platform: Which of several platforms to import. Absent: the plugin's machine's own.
    """

    TABLE: ClassVar[str] = "ImgLoadRequest"

    path: str
    platform: str | None = None


@payload
@dataclass(slots=True, kw_only=True)
class ImgLoadResponse(Payload):
    """The images are there and verified.

    Members:
        images: What the archive held, at most 65536.
    """

    TABLE: ClassVar[str] = "ImgLoadResponse"

    images: list[LoadedImage]


@payload
@dataclass(slots=True, kw_only=True)
class LoadedImage(Payload):
    """One image out of an archive.

    Members:
        image_id: The image's id.
        references: The names that the archive gives it, at most 65536. Absent: none.
        digest: The digest of its manifest. Absent: the archive has none.
    """

    TABLE: ClassVar[str] = "LoadedImage"

    image_id: str
    references: list[str] = field(default_factory=list)
    digest: str | None = None
