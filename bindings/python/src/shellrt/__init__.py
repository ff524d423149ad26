"""The shellrt protocol as Python types, generated from ``schema/v0``.

A host writes a ``RequestMessage`` and reads a ``ResponseMessage``; a plugin does
it the other way round. Reading gives the schema's full verdict, with every fault
and its JSON pointer; writing gives one canonical form.

>>> from shellrt import RequestMessage, types
>>> RequestMessage(body=types.StopRequest(name="web", timeout=5)).encode()
b'{"_type":"stop","_version":"0.2.0","name":"web","timeout":5}\\n'
"""

from __future__ import annotations

from shellrt._error_code import ErrorCode
from shellrt._fault import DecodeError
from shellrt._generated import enums, errors, types
from shellrt._payload import Payload
from shellrt._version import SUPPORTED_VERSIONS, WIRE_VERSION
from shellrt.message import RequestMessage, ResponseMessage

__all__ = [
    "SUPPORTED_VERSIONS",
    "WIRE_VERSION",
    "DecodeError",
    "ErrorCode",
    "Payload",
    "RequestMessage",
    "ResponseMessage",
    "enums",
    "errors",
    "types",
]
