# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `logs`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from shellrt._generated.enums import LogFraming, LogStream
from shellrt._payload import Payload, payload


@payload
@dataclass(slots=True, kw_only=True)
class LogsRequest(Payload):
    """Asks for a module's output.

    Members:
        name: Which module.
        follow: Whether to go on with what the module writes from now on, until it ends.
        tail: Only the last so many records (lines, or pieces of 16384 bytes of longer lines). 0: none but what follows. Absent: all.
        since: Only records written at or after this moment, in unix seconds. With `since_time`, the later one counts. Absent: from the beginning.
        until: Only records written before this moment, in unix seconds. With `until_time`, the earlier one counts. Absent: to the end.
        since_time: As `since`, in RFC 3339 form. Absent: from the beginning.
        until_time: As `until`, in RFC 3339 form. Absent: to the end.
        timestamps: Whether each record begins with the time at which it was written, with exactly 9 digits of a second and `Z`, and a space.
        streams: Which streams, at most 2. Absent: both.
        framing: How the stream is framed.
    """

    TABLE: ClassVar[str] = "LogsRequest"

    name: str
    follow: bool = False
    tail: int | None = None
    since: int | None = None
    until: int | None = None
    since_time: str | None = None
    until_time: str | None = None
    timestamps: bool = False
    streams: list[LogStream] = field(default_factory=list)
    framing: LogFraming = LogFraming.RAW


@payload
@dataclass(slots=True, kw_only=True)
class LogsResponse(Payload):
    """The stream follows. It has no members of its own; `_stream` is what `framing` asked for."""

    TABLE: ClassVar[str] = "LogsResponse"
