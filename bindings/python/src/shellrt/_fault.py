"""Faults of documents, and the exception that carries them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shellrt._table import RULES, RawFault

if TYPE_CHECKING:
    from shellrt._generated.types import Error, Fault

#: The most faults that a reply lists.
_MOST = 1024


def faults_of(faults: list[RawFault]) -> list[Fault]:
    """The faults once each, in the order of their pointers."""
    from shellrt._generated.types import Fault

    once: dict[tuple[str, str], RawFault] = {}
    for fault in faults:
        once.setdefault((fault.pointer, fault.rule), fault)
    ordered = sorted(once.values(), key=lambda fault: (fault.pointer, RULES.index(fault.rule)))
    return [Fault(pointer=f.pointer, rule=f.rule, message=f.message, expected=f.expected) for f in ordered]


class DecodeError(ValueError):
    """A message cannot be read.

    Attributes:
        faults: Everything that is wrong, in the order of the pointers.
        version: The message's version, where it is one.
        command: The message's command, where it is one.
        id: The message's id, where it is one.
        requested: The version that is not served, where that is what is wrong.
        unknown_command: What stands in ``_type``, where it is no command.
    """

    def __init__(
        self,
        faults: list[Fault],
        *,
        version: str | None = None,
        command: str | None = None,
        id: str | None = None,
        requested: str | None = None,
        unknown_command: str | None = None,
    ) -> None:
        self.faults = faults
        self.version = version
        self.command = command
        self.id = id
        self.requested = requested
        self.unknown_command = unknown_command
        super().__init__(self._text())

    @staticmethod
    def syntax(message: str) -> DecodeError:
        """For bytes that are not one JSON document."""
        raw = RawFault(
            "",
            "syntax",
            f"this is not one JSON document: {message}",
            "one JSON document in UTF-8, and nothing but white space after it",
        )
        return DecodeError(faults_of([raw]))

    def _text(self) -> str:
        if not self.faults:
            return "the message cannot be read"
        first = self.faults[0]
        text = f"{first.pointer or 'the document'}: {first.message}"
        if first.expected is not None:
            text += f"; expected {first.expected}"
        more = len(self.faults) - 1
        return f"{text} (and {more} more)" if more else text

    def to_error(self) -> Error:
        """The error that a plugin answers with."""
        from shellrt._generated import errors
        from shellrt._generated.types import Error
        from shellrt._version import SUPPORTED_VERSIONS

        detail: dict[str, Any] | None = None
        if self.requested is not None:
            code = errors.INCOMPATIBLE_VERSION
            message = f"version `{self.requested}` is not served"
            hint = f"send the request again in one of `{'`, `'.join(SUPPORTED_VERSIONS)}`"
            detail = {"requested": self.requested, "supported": list(SUPPORTED_VERSIONS)}
        elif self.unknown_command is not None:
            code, message = errors.UNSUPPORTED, str(self)
            hint = "ask `describe` for the commands of this plugin"
        else:
            code, message = errors.INVALID_REQUEST, f"the request is not valid: {self}"
            hint = "mend what `detail.faults` points at"
            detail = {"faults": [fault.to_json() for fault in self.faults[:_MOST]]}
        return Error(
            code=code.code,
            class_=code.class_,
            retryable=code.retryable,
            message=message,
            hint=hint,
            detail=detail,
        )
