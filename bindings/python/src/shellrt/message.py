"""Whole messages: a head and a command's members in one object."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from shellrt._fault import DecodeError, faults_of
from shellrt._generated.enums import Command, ResponseStatus, StreamKind
from shellrt._generated.wire import REQUESTS, RESPONSES
from shellrt._json import JsonError, canonical, parse
from shellrt._payload import Payload, class_of
from shellrt._table import RawFault, check, normalise, shown
from shellrt._time import unix_nanos
from shellrt._version import SUPPORTED_VERSIONS, WIRE_VERSION, is_0_1, is_supported

_COMMANDS = frozenset(command.value for command in Command)
_MAX_NANOS = 2**63 - 1


@dataclass(slots=True, kw_only=True)
class RequestMessage:
    """A request.

    Members:
        body: The command's members; their class says which command it is.
        version: The wire version that the host speaks.
        id: The host's name for the request; echoed in the reply. None: none.
        deadline_ms: How long the plugin may take, in milliseconds, 1 to 86400000. None: no limit.
        meta: Vendors' additions, by keys in reverse-DNS form. Sensitive.
    """

    body: Payload
    version: str = WIRE_VERSION
    id: str | None = None
    deadline_ms: int | None = None
    meta: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def command(self) -> Command:
        """The command."""
        return _COMMAND_OF[self.body.TABLE]

    @staticmethod
    def decode(data: bytes) -> RequestMessage:
        """Reads a request in the protocol's order of checks: JSON, version, command, fields.

        ``version`` and ``describe`` are read whatever their version is.

        Raises:
            DecodeError: With all faults; ``to_error`` is what a plugin answers.
        """
        return RequestMessage.from_json(_parse(data))

    @staticmethod
    def from_json(value: Any) -> RequestMessage:
        """The same for a document that is JSON already."""
        seen = _Seen.of(value)
        if seen.version_fault:
            raise seen.error([seen.version_fault])
        version = str(seen.version)
        if not is_supported(version) and seen.command not in (Command.VERSION, Command.DESCRIBE):
            served = f"one of `{'`, `'.join(SUPPORTED_VERSIONS)}`"
            fault = RawFault("/_version", "semantic", f"version `{version}` is not served", served)
            raise seen.error([fault], requested=version)
        if seen.command_fault:
            raise seen.error([seen.command_fault], unknown_command=seen.unknown_command)
        return RequestMessage.from_json_of_any_version(value)

    @staticmethod
    def from_json_of_any_version(value: Any) -> RequestMessage:
        """Reads a request by the schema alone, whatever version it has."""
        faults = check_request(value)
        if faults:
            seen = _Seen.of(value)
            raise DecodeError(faults, version=seen.version, command=seen.command, id=seen.id)
        return RequestMessage(
            body=class_of(REQUESTS[value["_type"]]).from_checked(value),
            version=value["_version"],
            id=value.get("_id"),
            deadline_ms=value.get("_deadline_ms"),
            meta=value.get("_meta", {}),
        )

    def to_json(self) -> dict[str, Any]:
        """The request as JSON."""
        value = self.body.to_json()
        value |= {"_version": self.version, "_type": self.command.value}
        if self.deadline_ms is not None:
            value["_deadline_ms"] = self.deadline_ms
        return _with_head(value, self.id, self.meta)

    def to_canonical_json(self) -> str:
        """The request in canonical form: one line without its end."""
        return canonical(self.to_json())

    def encode(self) -> bytes:
        """The bytes that go to a plugin's standard input."""
        return (self.to_canonical_json() + "\n").encode()


@dataclass(slots=True, kw_only=True)
class ResponseMessage:
    """A response.

    Members:
        result: The command's members, an ``Error``, or None for the empty response before a
            stream whose last line is the whole one.
        version: The request's version where the plugin serves it, otherwise the plugin's highest.
        command: The command that is answered; None only in an error on a request whose command
            could not be read.
        id: The request's id.
        stream: What follows the response after one NUL byte. None: nothing.
        meta: Vendors' additions, by keys in reverse-DNS form. Sensitive.
    """

    result: Payload | None
    version: str = WIRE_VERSION
    command: Command | None = None
    id: str | None = None
    stream: StreamKind | None = None
    meta: dict[str, Any] = field(default_factory=dict, repr=False)

    @staticmethod
    def to(
        request: RequestMessage, result: Payload | None, stream: StreamKind | None = None
    ) -> ResponseMessage:
        """The response to a request, in the shape of the version that it is answered in."""
        version = request.version if is_supported(request.version) else WIRE_VERSION
        return ResponseMessage(
            result=_for_version(result, version),
            version=version,
            command=request.command,
            id=request.id,
            stream=stream,
        )

    @staticmethod
    def to_unreadable(error: DecodeError) -> ResponseMessage:
        """The response to a request that cannot be read."""
        served = error.version if error.version is not None and is_supported(error.version) else WIRE_VERSION
        command = Command(error.command) if error.command is not None else None
        return ResponseMessage(result=error.to_error(), version=served, command=command, id=error.id)

    @staticmethod
    def decode(data: bytes) -> ResponseMessage:
        """Reads the JSON of a response; the caller has cut off the stream.

        Raises:
            DecodeError: With all faults.
        """
        return ResponseMessage.from_json(_parse(data))

    @staticmethod
    def from_json(value: Any) -> ResponseMessage:
        """The same for a document that is JSON already."""
        faults = check_response(value)
        if faults:
            seen = _Seen.of(value)
            raise DecodeError(faults, version=seen.version, command=seen.command, id=seen.id)
        body = _response_table(value)
        stream = value.get("_stream")
        command = value.get("_type")
        return ResponseMessage(
            result=class_of(body).from_checked(value) if body else None,
            version=value["_version"],
            command=Command(command) if command is not None else None,
            id=value.get("_id"),
            stream=StreamKind(stream) if stream is not None else None,
            meta=value.get("_meta", {}),
        )

    def to_json(self) -> dict[str, Any]:
        """The response as JSON."""
        value = self.result.to_json() if self.result is not None else {}
        status = ResponseStatus.ERR if _table_of(self.result) == "Error" else ResponseStatus.OK
        value |= {"_version": self.version, "_status": status.value}
        if self.command is not None:
            value["_type"] = self.command.value
        if self.stream is not None:
            value["_stream"] = self.stream.value
        return _with_head(value, self.id, self.meta)

    def to_canonical_json(self) -> str:
        """The response in canonical form: one line without its end."""
        return canonical(self.to_json())

    def encode(self) -> bytes:
        """The bytes that a plugin writes: the canonical form, then a NUL where a stream follows,
        else a line end."""
        return (self.to_canonical_json() + ("\0" if self.stream is not None else "\n")).encode()


_COMMAND_OF = {REQUESTS[command.value]: command for command in Command}


def check_request(value: Any) -> list[Any]:
    """Normalises a request and says everything that is wrong with it by the schema."""
    command = _command_of(value)
    return _verdict(value, ["RequestHead", *([REQUESTS[command]] if command else [])])


def check_response(value: Any) -> list[Any]:
    """Normalises a response and says everything that is wrong with it by the schema of the
    version that it has."""
    body = _response_table(value)
    more: list[RawFault] = []
    if isinstance(value, dict) and value.get("_status") != "err" and value.get("_type") is None:
        more.append(RawFault("/_type", "required", "`_type` is missing", "a string"))
    return _verdict(value, ["ResponseHead", *([body] if body else [])], more)


def _response_table(value: Any) -> str | None:
    if not isinstance(value, dict):
        return None
    if value.get("_status") == "err":
        return "Error"
    command = _command_of(value)
    version = value.get("_version")
    old = isinstance(version, str) and not check(version, "ProtocolVersion") and is_0_1(version)
    if old and command == Command.STATUS:
        return "StatusResponse01"
    if old and command == Command.VERSION:
        return "VersionResponse01"
    if command is None or (command == Command.IMG_PULL and value.get("_stream") is not None):
        return None
    return RESPONSES[command]


def _verdict(value: Any, tables: list[str], more: list[RawFault] | None = None) -> list[Any]:
    # Head and members lie in one object, so it is checked against both tables.
    for name in tables:
        normalise(value, name)
    faults = list(more or [])
    for name in tables:
        faults.extend(check(value, name))
    return faults_of(faults) if faults else []


def _parse(data: bytes) -> Any:
    try:
        return parse(data)
    except JsonError as error:
        raise DecodeError.syntax(str(error)) from None


def _command_of(value: Any) -> str | None:
    name = value.get("_type") if isinstance(value, dict) else None
    return name if isinstance(name, str) and name in _COMMANDS else None


def _with_head(value: dict[str, Any], id: str | None, meta: dict[str, Any]) -> dict[str, Any]:
    if id is not None:
        value["_id"] = id
    if meta:
        value["_meta"] = meta
    return value


def _table_of(result: Payload | None) -> str | None:
    return None if result is None else result.TABLE


def _for_version(result: Payload | None, version: str) -> Payload | None:
    """The result as a host of that version reads it."""
    if not is_0_1(version):
        return result
    from shellrt import types

    if isinstance(result, types.VersionResponse):
        return types.VersionResponse01(info=f"{result.name} {result.version}")
    if isinstance(result, types.StatusResponse):
        return types.StatusResponse01(
            status=result.status,
            # 0.1 knows no absent image id.
            image_id=result.image_id or "",
            status_description=result.description,
            exit_code=result.exit_code,
            pid=result.pid,
            started_at=_old_time(result.started_at),
            finished_at=_old_time(result.finished_at),
        )
    return result


def _old_time(time: str | None) -> int | None:
    nanos = unix_nanos(time) if time is not None else -1
    return nanos if 0 <= nanos <= _MAX_NANOS else None


@dataclass(slots=True)
class _Seen:
    """What of a head could be read, however bad the rest is."""

    version: str | None = None
    command: str | None = None
    id: str | None = None
    unknown_command: str | None = None
    version_fault: RawFault | None = None
    command_fault: RawFault | None = None

    @staticmethod
    def of(value: Any) -> _Seen:
        seen = _Seen()
        if not isinstance(value, dict):
            fault = RawFault("", "type", "this is not an object", "an object")
            raise DecodeError(faults_of([fault]))
        version, seen.version_fault = _text_member(value, "_version")
        if version is not None and check(version, "ProtocolVersion"):
            seen.version_fault = RawFault(
                "/_version", "form", "this is not a ProtocolVersion", "as in `0.2.0`"
            )
        elif version is not None:
            seen.version = version
        command, seen.command_fault = _text_member(value, "_type")
        if command is not None and command not in _COMMANDS:
            expected = f"one of `{'`, `'.join(command.value for command in Command)}`"
            seen.command_fault = RawFault(
                "/_type", "value", f"there is no command {shown(command)}", expected
            )
            seen.unknown_command = command
        elif command is not None:
            seen.command = command
        id = value.get("_id")
        if isinstance(id, str) and not check(id, "RequestId"):
            seen.id = id
        return seen

    def error(self, faults: list[RawFault], **more: str | None) -> DecodeError:
        return DecodeError(faults_of(faults), version=self.version, command=self.command, id=self.id, **more)


def _text_member(value: dict[str, Any], key: str) -> tuple[str | None, RawFault | None]:
    if key not in value:
        return None, RawFault(f"/{key}", "required", f"`{key}` is missing", "a string")
    if not isinstance(value[key], str):
        return None, RawFault(f"/{key}", "type", "this is not a string", "a string")
    return value[key], None
