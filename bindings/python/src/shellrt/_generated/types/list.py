# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `list`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from shellrt._payload import Payload, payload

if TYPE_CHECKING:
    from shellrt._generated.types.error import Error
    from shellrt._generated.types.status import StatusResponse


@payload
@dataclass(slots=True, kw_only=True)
class ListRequest(Payload):
    """Asks for the modules.

    Members:
        details: Whether to report each module as `status` does.
        labels: Only modules that have all of these labels with these values. Absent: all modules.
    """

    TABLE: ClassVar[str] = "ListRequest"

    details: bool = False
    labels: dict[str, str] = field(repr=False, default_factory=dict)


@payload
@dataclass(slots=True, kw_only=True)
class ListResponse(Payload):
    """The modules.

    Members:
        modules: Their names, at most 65536.
        details: One item a module, in the same order, at most 65536. Absent: `details` was not asked for, or there are none.
    """

    TABLE: ClassVar[str] = "ListResponse"

    modules: list[str]
    details: list[ListItem] = field(default_factory=list)


@payload
@dataclass(slots=True, kw_only=True)
class ListItem(Payload):
    """One module of a list: its state, or why that could not be read.

    Members:
        name: Which module.
        status: How it is. Absent: it could not be read, and `error` says why.
        error: Why it could not be read. Absent: it could.
    """

    TABLE: ClassVar[str] = "ListItem"

    name: str
    status: StatusResponse | None = None
    error: Error | None = None
