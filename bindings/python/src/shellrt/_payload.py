"""What every object of the protocol can do: be read with the schema's full
verdict, and be written in its one canonical form.
"""

from __future__ import annotations

from keyword import iskeyword
from typing import Any, ClassVar, Self, TypeVar

from shellrt._fault import DecodeError, faults_of
from shellrt._generated import enums
from shellrt._json import JsonError, canonical, parse
from shellrt._table import Closed, Field, List, Map, Named, Shape, Struct, check, normalise, table

_Class = TypeVar("_Class", bound=type["Payload"])

#: The classes that have been made, by the names of their tables.
_CLASSES: dict[str, type[Payload]] = {}


class Payload:
    """An object of the protocol."""

    __slots__ = ()

    #: The name of the definition in the schema.
    TABLE: ClassVar[str]

    @classmethod
    def from_json(cls, value: Any) -> Self:
        """Reads the object out of parsed JSON: ``normalise``, ``check``, then the class.

        The value is normalised in place, and the object keeps parts of it.

        Raises:
            DecodeError: With every fault and its JSON pointer.
        """
        value = normalise(value, cls.TABLE)
        faults = check(value, cls.TABLE)
        if faults:
            raise DecodeError(faults_of(faults))
        return cls.from_checked(value)

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """Reads the object from bytes.

        Raises:
            DecodeError: When they are not one JSON document, or as ``from_json``.
        """
        try:
            value = parse(data)
        except JsonError as error:
            raise DecodeError.syntax(str(error)) from None
        return cls.from_json(value)

    @classmethod
    def from_checked(cls, value: dict[str, Any]) -> Self:
        """Makes the object of a value that has no fault. Others' members are left out."""
        members = {
            _attribute(field): _read(value[field.name], field.shape)
            for field in _fields(cls.TABLE)
            if field.name in value
        }
        return cls(**members)

    def to_json(self) -> dict[str, Any]:
        """The object as JSON, without members that have their default."""
        value: dict[str, Any] = {}
        for field in _fields(self.TABLE):
            member = getattr(self, _attribute(field))
            if member is None and not field.required:
                continue
            written = _write(member)
            if field.required or field.default is None or written != field.default:
                value[field.name] = written
        return value

    def to_canonical_json(self) -> str:
        """The object in canonical form: one line, keys sorted by code point."""
        return canonical(self.to_json())


def payload(cls: _Class) -> _Class:
    """Registers the class for members of its type."""
    _CLASSES[cls.TABLE] = cls
    return cls


def class_of(name: str) -> type[Payload]:
    """The class of a table, which is made when it is first asked for."""
    if name not in _CLASSES:
        from shellrt._generated import types

        getattr(types, name)
    return _CLASSES[name]


def _fields(name: str) -> tuple[Field, ...]:
    shape = table(name).shape
    return shape.fields if isinstance(shape, Struct) else ()


def _attribute(field: Field) -> str:
    return field.name + "_" if iskeyword(field.name) else field.name


def _read(value: Any, shape: Shape) -> Any:
    if isinstance(shape, List):
        return [_read(item, shape.item) for item in value]
    if isinstance(shape, Map):
        return {key: _read(member, Named(shape.value)) for key, member in value.items()}
    if isinstance(shape, Named):
        named = table(shape.name).shape
        if isinstance(named, Struct):
            return class_of(shape.name).from_checked(value)
        if isinstance(named, Closed):
            return getattr(enums, shape.name)(value)
        return _read(value, named)
    return value


def _write(value: Any) -> Any:
    if isinstance(value, Payload):
        return value.to_json()
    if isinstance(value, list):
        return [_write(item) for item in value]
    if isinstance(value, dict):
        return {key: _write(member) for key, member in value.items()}
    # A `StrEnum` is a text, and must be a plain one to be equal to a default.
    return str(value) if isinstance(value, str) else value
