"""A row of the protocol's error registry."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """One of the protocol's own errors, codes 1 to 99, from ``schema/v0/errors.json``.

    Members:
        code: The number on the wire.
        name: The name, snake_case.
        class_: The class, named by how one recovers.
        retryable: Whether the same request may succeed later.
        http_status: The HTTP status that an HTTP host such as edgelet answers with.
        meaning: What it means.
        recovery: What a caller does about it.
    """

    code: int
    name: str
    class_: str
    retryable: bool
    http_status: int
    meaning: str
    recovery: str

    @staticmethod
    def from_code(code: int) -> ErrorCode | None:
        """The error with this number; ``None`` for a plugin's own and later ones."""
        from shellrt._generated.errors import REGISTRY

        return REGISTRY.get(code)
