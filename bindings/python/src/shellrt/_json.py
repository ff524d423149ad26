"""Strict reading and canonical writing of JSON, byte for byte as the Rust
bindings do it.

Reading refuses what two readers could take for two things: duplicate keys, lone
surrogates, ``NaN``, more than 127 levels, anything after the document.
"""

from __future__ import annotations

import json
import re
from json.encoder import encode_basestring
from math import isinf
from typing import Any

#: serde_json, which the Rust bindings read with, stops at the 128th level.
_DEEPEST = 127
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class JsonError(ValueError):
    """The bytes are not one JSON document; the message says why and where."""


def parse(data: bytes) -> Any:
    """Reads one JSON document.

    Raises:
        JsonError: When it is not one, or not a strict one.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise JsonError(f"not UTF-8 at byte {error.start}") from None
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        raise JsonError(f"{error.msg} at line {error.lineno} column {error.colno}") from None
    except RecursionError:
        raise JsonError("recursion limit exceeded") from None
    if _may_be_deep(text) and _depth(value) > _DEEPEST:
        raise JsonError("recursion limit exceeded")
    if _SURROGATE.search(text):
        _refuse_surrogates(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise JsonError("the same key stands twice in one object")
    return members


def _integer(text: str) -> int | float:
    # What 64 bits cannot hold is a float to serde_json, and so is minus zero.
    if text == "-0":
        return -0.0
    if len(text) <= 20:
        number = int(text)
        if -(2**63) <= number < 2**64:
            return number
    return _float(text)


def _float(text: str) -> float:
    number = float(text)
    if isinf(number):
        raise JsonError("number out of range")
    return number


def _constant(text: str) -> Any:
    raise JsonError(f"`{text}` is not JSON")


def _may_be_deep(text: str) -> bool:
    return text.count("[") + text.count("{") > _DEEPEST


def _depth(value: Any) -> int:
    deepest = 0
    waiting = [(value, 1)]
    while waiting:
        value, level = waiting.pop()
        if isinstance(value, dict):
            children = list(value.values())
        elif isinstance(value, list):
            children = value
        else:
            continue
        deepest = max(deepest, level)
        waiting.extend((child, level + 1) for child in children)
    return deepest


def _refuse_surrogates(value: Any) -> None:
    try:
        canonical(value).encode("utf-8")
    except UnicodeEncodeError:
        raise JsonError("lone surrogate in a string") from None


def canonical(value: Any) -> str:
    """The value on one line, keys sorted by code point."""
    parts: list[str] = []
    _write(value, parts.append)
    return "".join(parts)


def _write(value: Any, put: Any) -> None:
    if isinstance(value, str):
        put(encode_basestring(value))
    elif value is None:
        put("null")
    elif value is True:
        put("true")
    elif value is False:
        put("false")
    elif isinstance(value, int):
        put(int.__repr__(value))
    elif isinstance(value, float):
        put(_spelled(value))
    elif isinstance(value, dict):
        put("{")
        for index, key in enumerate(sorted(value)):
            if index:
                put(",")
            put(encode_basestring(key))
            put(":")
            _write(value[key], put)
        put("}")
    elif isinstance(value, (list, tuple)):
        put("[")
        for index, item in enumerate(value):
            if index:
                put(",")
            _write(item, put)
        put("]")
    else:
        raise TypeError(f"{type(value).__name__} is not JSON")


def _spelled(number: float) -> str:
    """A float as serde_json spells it: the shortest digits that give it back, an
    exponent only outside of 1e-5 to 1e16."""
    mantissa, _, exponent = repr(number).partition("e")
    sign = "-" if mantissa.startswith("-") else ""
    whole, _, fraction = mantissa.removeprefix("-").partition(".")
    digits = whole + ("" if fraction == "0" else fraction)
    point = len(whole) + (int(exponent) if exponent else 0)
    stripped = digits.lstrip("0")
    point -= len(digits) - len(stripped)
    digits = stripped.rstrip("0")
    if not digits:
        return sign + "0.0"
    if len(digits) <= point <= 16:
        return f"{sign}{digits.ljust(point, '0')}.0"
    if 0 < point <= 16:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -5 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    tail = "." + digits[1:] if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{tail}e{point - 1:+d}"
