# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `create`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from shellrt._payload import Payload, payload

if TYPE_CHECKING:
    from shellrt._generated.types.common import Warning


@payload
@dataclass(slots=True, kw_only=True)
class CreateRequest(Payload):
    """Asks for a module.

    Members:
        name: The module's name. A module of that name made by the same request is a success that changes nothing; one made by another is code 21 (`module_conflict`).
        env: Environment variables. Where `config` names one too, `config` wins. Absent: none.
        labels: Labels. Absent: none.
        config_type: Which kind of `config` this is, one of those that `describe` lists.
        config: What to run and how, in the form that `describe` publishes for the config type.
    """

    TABLE: ClassVar[str] = "CreateRequest"

    name: str
    env: dict[str, str] = field(repr=False, default_factory=dict)
    labels: dict[str, str] = field(repr=False, default_factory=dict)
    config_type: str
    config: dict[str, Any] = field(repr=False)


@payload
@dataclass(slots=True, kw_only=True)
class CreateResponse(Payload):
    """The module is there.

    Members:
        image_id: The image that it was made from. Absent: the plugin has no images.
        warnings: What of the request was not carried out as asked, at most 1024. Absent: nothing.
        changed: Whether it was made by this request.
    """

    TABLE: ClassVar[str] = "CreateResponse"

    image_id: str | None = None
    warnings: list[Warning] = field(default_factory=list)
    changed: bool
