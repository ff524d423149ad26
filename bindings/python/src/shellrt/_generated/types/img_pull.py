# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `img_pull`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from shellrt._generated.enums import PullPolicy
from shellrt._payload import Payload, payload


@payload
@dataclass(slots=True, kw_only=True)
class ImgPullRequest(Payload):
    """Asks for an image.

    Members:
        image: Which image.
        credentials: How to log in. Absent or empty: anonymously.
        policy: When the registry is asked.
        digest: The digest that the image's manifest or index must have. Absent: any.
        platform: Which of several platforms to fetch. Absent: the plugin's machine's own.
        progress: Whether to report progress: the response is then empty with `_stream: ndjson`, each line of the stream is an `ImgPullProgress`, and the last is the response.
        stall_timeout_ms: How long no byte may arrive before the attempt is given up, in milliseconds, 1000 to 3600000.
    """

    TABLE: ClassVar[str] = "ImgPullRequest"

    image: str
    credentials: Credentials = field(repr=False, default_factory=lambda: Credentials())
    policy: PullPolicy = PullPolicy.ALWAYS
    digest: str | None = None
    platform: str | None = None
    progress: bool = False
    stall_timeout_ms: int = 60000


@payload
@dataclass(slots=True, kw_only=True)
class Credentials(Payload):
    """How to log in to a registry: a user with a password, or a token. Never printed.

    Members:
        username: The user. Absent: none.
        password: The user's password. Absent: none.
        identity_token: A token to get access tokens with, in place of the password. Absent: none.
        registry_token: An access token that is sent to the registry as it is. Absent: none.
    """

    TABLE: ClassVar[str] = "Credentials"

    username: str | None = field(repr=False, default=None)
    password: str | None = field(repr=False, default=None)
    identity_token: str | None = field(repr=False, default=None)
    registry_token: str | None = field(repr=False, default=None)


@payload
@dataclass(slots=True, kw_only=True)
class ImgPullResponse(Payload):
    """The image is there and verified.

    Members:
        image_id: The image's id.
        digest: The digest of what the reference named: an index, or the manifest itself. Absent: the plugin's engine keeps none.
        bytes_fetched: Bytes that came over the network for this request.
        bytes_reused: Bytes of the image that were there already.
        already_present: Whether nothing had to be fetched but, with policy `always`, the manifest.
    """

    TABLE: ClassVar[str] = "ImgPullResponse"

    image_id: str
    digest: str | None = None
    bytes_fetched: int = 0
    bytes_reused: int = 0
    already_present: bool = False


@payload
@dataclass(slots=True, kw_only=True)
class ImgPullProgress(Payload):
    """One line of progress. Several lines about one layer carry growing numbers.

    Members:
        event: What is going on.
        layer: Which layer. Absent: the whole image.
        bytes_done: Bytes done, of the layer or the whole.
        bytes_total: Bytes to do. Absent: not known yet.
        bytes_per_second: The rate over the last few seconds. Absent: not measured.
        layers_done: Layers done, 0 to 65536.
        layers_total: Layers to do, 0 to 65536. Absent: not known yet.
        message: More, for people. Absent: nothing to add.
    """

    TABLE: ClassVar[str] = "ImgPullProgress"

    event: str
    layer: str | None = None
    bytes_done: int = 0
    bytes_total: int | None = None
    bytes_per_second: int | None = None
    layers_done: int = 0
    layers_total: int | None = None
    message: str | None = None
