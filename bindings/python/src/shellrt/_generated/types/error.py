# Generated from schema/v0 by `cargo xtask codegen`; do not edit.
"""The objects of `error`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from shellrt._payload import Payload, payload


@payload
@dataclass(slots=True, kw_only=True)
class Error(Payload):
    """Why a request failed. A caller decides by `code`, and by `class` and `retryable` where it does not know the code; an error of a class that it does not know is not retryable. It never decides by the text.

    Members:
        code: Which error it is. 0 to 99 are the protocol's and listed in errors.json, 100 and above are a plugin's own.
        class_: The kind of error, named by how one recovers from it.
        message: What failed and why, for people. Holds no secret.
        retryable: Whether the same request, sent again unchanged, may succeed. For the protocol's own codes it is what errors.json says.
        retry_after_ms: How long to wait before trying again, in milliseconds, 0 to 86400000. Absent: the caller's own backoff.
        hint: What a person can do about it.
        detail: Facts for programs. With code 1 it has the members of `IncompatibleVersionDetail`, with code 2 those of `InvalidRequestDetail`; with others what the plugin documents.
        causes: What lay behind the error, the nearest cause first, at most 64. Absent: none known.
    """

    TABLE: ClassVar[str] = "Error"

    code: int
    class_: str
    message: str
    retryable: bool
    retry_after_ms: int | None = None
    hint: str | None = None
    detail: dict[str, Any] | None = None
    causes: list[str] = field(default_factory=list)


@payload
@dataclass(slots=True, kw_only=True)
class IncompatibleVersionDetail(Payload):
    """What `detail` holds for code 1.

    Members:
        requested: The version that the request asked for.
        supported: The versions that the plugin serves, highest first, 1 to 64.
    """

    TABLE: ClassVar[str] = "IncompatibleVersionDetail"

    requested: str
    supported: list[str]


@payload
@dataclass(slots=True, kw_only=True)
class InvalidRequestDetail(Payload):
    """What `detail` holds for code 2.

    Members:
        faults: Each thing that is wrong, in the order of their pointers, 1 to 1024. A plugin that reads with a stock JSON parser may report the first one only.
    """

    TABLE: ClassVar[str] = "InvalidRequestDetail"

    faults: list[Fault]


@payload
@dataclass(slots=True, kw_only=True)
class Fault(Payload):
    """One thing that is wrong with a document.

    Members:
        pointer: Where it is.
        rule: The rule that is broken.
        message: What is wrong, for people. Sensitive values are not repeated in it.
        expected: What would have been right, for people.
    """

    TABLE: ClassVar[str] = "Fault"

    pointer: str
    rule: str
    message: str
    expected: str | None = None
