"""The schema as tables, and the two things that are done with them: ``normalise``
and ``check``. The tables are generated, this file is not.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple, TypeAlias


class Named(NamedTuple):
    """As a definition says."""

    name: str


class Field(NamedTuple):
    """One declared member."""

    name: str
    required: bool
    sensitive: bool
    default: Any
    shape: Shape


class Struct(NamedTuple):
    """Declared members; others are ignored."""

    fields: tuple[Field, ...]


class Text(NamedTuple):
    """A text; lengths count code points."""

    min_length: int
    max_length: int | None
    pattern: str | None


class Integer(NamedTuple):
    """A whole number."""

    minimum: int
    maximum: int


class Boolean(NamedTuple):
    """``true`` or ``false``."""


class Closed(NamedTuple):
    """One of these texts."""

    texts: tuple[str, ...]


class List(NamedTuple):
    """An array."""

    min_items: int
    max_items: int
    item: Shape


class Map(NamedTuple):
    """An object whose keys are data."""

    key: str
    value: str
    max_members: int


class Free(NamedTuple):
    """Any object."""


Shape: TypeAlias = Named | Struct | Text | Integer | Boolean | Closed | List | Map | Free


class Table(NamedTuple):
    """What the values of one definition look like."""

    name: str
    sensitive: bool
    shape: Shape


class RawFault(NamedTuple):
    """One thing that is wrong, before it is a ``Fault`` of the protocol."""

    pointer: str
    rule: str
    message: str
    expected: str


#: The rules, in the order in which faults at one place are reported.
RULES = ("syntax", "type", "required", "range", "length", "form", "value", "key", "unknown", "semantic")

_LONGEST_SHOWN = 64
_LONGEST_POINTER = 65536


def table(name: str) -> Table:
    """The table of a definition."""
    from shellrt._generated.tables import TABLES

    return TABLES[name]


def normalise(value: Any, name: str) -> Any:
    """Brings a value into the form that is checked.

    A ``null`` at a declared optional member is dropped, an integral float at a
    declared integer becomes an integer, and nothing else changes. The value is
    changed in place where it can be, and given back.
    """
    return _normalise(value, Named(name))


def _normalise(value: Any, shape: Shape) -> Any:
    shape = _resolve(shape)
    if isinstance(shape, Struct) and isinstance(value, dict):
        for field in shape.fields:
            if field.name not in value:
                continue
            if value[field.name] is None and not field.required:
                del value[field.name]
            else:
                value[field.name] = _normalise(value[field.name], field.shape)
    elif isinstance(shape, List) and isinstance(value, list):
        value[:] = [_normalise(item, shape.item) for item in value]
    elif isinstance(shape, Map) and isinstance(value, dict):
        for key, member in value.items():
            value[key] = _normalise(member, Named(shape.value))
    elif isinstance(shape, Integer) and isinstance(value, float) and value.is_integer():
        if -(2.0**63) <= value < 2.0**64:
            return int(value)
    return value


def check(value: Any, name: str) -> list[RawFault]:
    """Everything that is wrong with a normalised value, in no particular order."""
    checker = _Checker()
    checker.value(value, Named(name), "", False)
    return checker.faults


def _resolve(shape: Shape) -> Shape:
    while isinstance(shape, Named):
        shape = table(shape.name).shape
    return shape


def _is_sensitive(shape: Shape) -> bool:
    return isinstance(shape, Named) and table(shape.name).sensitive


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    # `fullmatch` stands for the anchors: Python's `$` lets a line end pass.
    return re.compile(pattern.removeprefix("^").removesuffix("$"))


def _text_problem(text: str, form: Text) -> str | None:
    longest = form.max_length
    if len(text) < form.min_length or (longest is not None and len(text) > longest):
        return "length"
    if form.pattern is not None and not _pattern(form.pattern).fullmatch(text):
        return "form"
    return None


def _form_error(name: str, form: Text, problem: str) -> str:
    if problem == "form":
        return f"this is not a {name}"
    if form.max_length is None:
        return f"a {name} has at least {form.min_length} characters"
    return f"a {name} has {form.min_length} to {form.max_length} characters"


class _Checker:
    def __init__(self) -> None:
        self.faults: list[RawFault] = []

    def value(self, value: Any, shape: Shape, at: str, hidden: bool) -> None:
        hidden = hidden or _is_sensitive(shape)
        form = _resolve(shape)
        if isinstance(form, Struct) and isinstance(value, dict):
            self.members(value, form, at, hidden)
        elif isinstance(form, Text) and isinstance(value, str):
            self.text(value, form, shape, at, hidden)
        elif isinstance(form, Integer) and _is_whole(value):
            if isinstance(value, float) or not form.minimum <= value <= form.maximum:
                message = f"{_shown(value, hidden)} is out of range"
                self.fault(at, "range", message, f"{form.minimum} to {form.maximum}")
        elif isinstance(form, Closed) and isinstance(value, str):
            if value not in form.texts:
                message = f"{_shown(value, hidden)} is none of the values"
                self.fault(at, "value", message, f"one of `{'`, `'.join(form.texts)}`")
        elif isinstance(form, List) and isinstance(value, list):
            self.size(len(value), form.min_items, form.max_items, "items", at)
            for index, item in enumerate(value):
                self.value(item, form.item, f"{at}/{index}", hidden)
        elif isinstance(form, Map) and isinstance(value, dict):
            self.size(len(value), 0, form.max_members, "members", at)
            self.map(value, form, at, hidden)
        elif isinstance(form, Boolean) and isinstance(value, bool):
            pass
        elif isinstance(form, Free) and isinstance(value, dict):
            pass
        else:
            self.fault(at, "type", f"this is {_noun(value)}", _noun_of(form))

    def members(self, members: dict[str, Any], form: Struct, at: str, hidden: bool) -> None:
        for field in form.fields:
            place = f"{at}/{field.name}"
            if field.name in members:
                self.value(members[field.name], field.shape, place, hidden or field.sensitive)
            elif field.required:
                expected = _noun_of(_resolve(field.shape))
                self.fault(place, "required", f"`{field.name}` is missing", expected)

    def map(self, members: dict[str, Any], form: Map, at: str, hidden: bool) -> None:
        key_form = _resolve(Named(form.key))
        for key, member in members.items():
            place = f"{at}/{key.replace('~', '~0').replace('/', '~1')}"
            if isinstance(key_form, Text) and (problem := _text_problem(key, key_form)):
                message = f"the key does not fit: {_form_error(form.key, key_form, problem)}"
                self.fault(place, "key", message, form.key)
            self.value(member, Named(form.value), place, hidden)

    def text(self, text: str, form: Text, shape: Shape, at: str, hidden: bool) -> None:
        problem = _text_problem(text, form)
        if problem == "length":
            self.size(len(text), form.min_length, form.max_length, "characters", at)
        elif problem == "form":
            name = shape.name if isinstance(shape, Named) else "text"
            self.fault(at, "form", f"{_shown(text, hidden)} is not a {name}", name)

    def size(self, size: int, least: int, most: int | None, unit: str, at: str) -> None:
        if size < least or (most is not None and size > most):
            expected = f"at least {least}" if most is None else f"{least} to {most}"
            self.fault(at, "length", f"it has {size} {unit}", f"{expected} {unit}")

    def fault(self, at: str, rule: str, message: str, expected: str) -> None:
        if len(at) > _LONGEST_POINTER:
            at = at[:_LONGEST_POINTER].rstrip("~")
        self.faults.append(RawFault(at, rule, message, expected))


def _is_whole(value: Any) -> bool:
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


def _shown(value: Any, hidden: bool) -> str:
    """A value as a message may repeat it."""
    return "the value" if hidden else shown(value)


def shown(value: Any) -> str:
    """A value as a message may repeat it: shortened, and without anything that could write on a
    terminal."""
    text = value if isinstance(value, str) else repr(value)
    if len(text) > _LONGEST_SHOWN:
        text = text[:_LONGEST_SHOWN] + "…"
    plain = "".join(letter if letter.isprintable() else f"\\u{{{ord(letter):x}}}" for letter in text)
    return f"`{plain}`"


def _noun(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if _is_whole(value):
        return "an integer"
    if isinstance(value, float):
        return "a number"
    if isinstance(value, str):
        return "a string"
    return "an array" if isinstance(value, list) else "an object"


def _noun_of(shape: Shape) -> str:
    if isinstance(shape, (Text, Closed)):
        return "a string"
    if isinstance(shape, Integer):
        return "an integer"
    if isinstance(shape, Boolean):
        return "a boolean"
    return "an array" if isinstance(shape, List) else "an object"
