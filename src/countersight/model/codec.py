"""The one codec: values to canonical JSON and back.

Canonical means: UTF-8, keys sorted, no spaces, shortest float form, no NaN. Two equal values give the same bytes on
any machine; ``decode(T, encode(x)) == x`` for every type of the model.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from operator import itemgetter
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from countersight.model.values import DateSpan, Digest, Locator

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
T = TypeVar("T")
Plain = Any  # None, bool, int, float, str, list and dict of Plain: what JSON holds


def plain(value: Any) -> Plain:
    """A value of the model as plain JSON data. Raises TypeError for a type the codec does not know."""
    return value if value.__class__ in _JSON else _converter(value.__class__)(value)


@cache
def _converter(kind: type) -> Callable[[Any], Plain]:
    """What makes values of a class plain."""
    for kinds, convert in _PLAIN:
        if issubclass(kind, kinds):
            return convert
    if dataclasses.is_dataclass(kind):
        names = tuple(field.name for field in dataclasses.fields(kind))
        return lambda value: {name: plain(getattr(value, name)) for name in names}
    raise TypeError(f"the codec does not know {kind.__name__}")


def _same(value: Plain) -> Any:
    return value


def _span(value: DateSpan) -> Plain:
    return {"from": value.from_.isoformat(), "to": value.to.isoformat(), "text": value.text}


_JSON = frozenset({type(None), bool, int, float, str})
_PLAIN: tuple[tuple[Any, Callable[[Any], Plain]], ...] = (
    (Enum, lambda value: value.value),
    ((type(None), bool, int, float), _same),
    ((str, Locator), str),
    (date, date.isoformat),
    (Decimal, lambda value: format(value, "f")),
    (DateSpan, _span),
    ((list, tuple), lambda value: [plain(item) for item in value]),
    ((set, frozenset), lambda value: sorted(plain(item) for item in value)),
    (dict, lambda value: {str(key): plain(item) for key, item in value.items()}),
)


def dumps(value: Any) -> str:
    """Canonical JSON text of a value."""
    return _ENCODER.encode(plain(value))


def encode(value: Any) -> bytes:
    """Canonical JSON bytes of a value. Raises UnicodeEncodeError for lone surrogates: names must be escaped first."""
    return dumps(value).encode()


def decode(kind: type[T], data: bytes | str) -> T:
    """The inverse of :func:`encode` for a known type; a field that data of before it lack has its default.

    Raises ValueError where the data does not fit it.
    """
    result: T = build(kind, json.loads(data))
    return result


def build(kind: Any, value: Plain) -> Any:
    """A value of ``kind`` from plain data. Raises ValueError where the data does not fit."""
    try:
        return _builder(kind)(value)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"data does not fit {kind!r}: {error}") from error


def _date_span(value: Plain) -> DateSpan:
    return DateSpan(date.fromisoformat(value["from"]), date.fromisoformat(value["to"]), value["text"])


_LEAVES: dict[Any, Callable[[Plain], Any]] = {
    Any: _same,
    str: _same,
    int: _same,
    bool: _same,
    float: _same,
    type(None): _same,
    Digest: Digest,
    Locator: Locator.parse,
    date: date.fromisoformat,
    Decimal: Decimal,
    DateSpan: _date_span,
}


@cache
def _builder(kind: Any) -> Callable[[Plain], Any]:
    if kind in _LEAVES:
        return _LEAVES[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    origin = get_origin(kind)
    if origin in _GENERIC:
        return _GENERIC[origin](get_args(kind))
    if dataclasses.is_dataclass(kind):
        return _fields(kind)
    raise TypeError(f"the codec cannot build {kind!r}")


def _optional(arguments: tuple[Any, ...]) -> Callable[[Plain], Any]:
    inner = _builder(next(a for a in arguments if a is not type(None)))
    return lambda value: None if value is None else inner(value)


def _tuple(arguments: tuple[Any, ...]) -> Callable[[Plain], Any]:
    if arguments[-1] is Ellipsis:
        inner = _builder(arguments[0])
        return lambda value: tuple(inner(item) for item in value)
    parts = tuple(_builder(a) for a in arguments)
    return lambda value: tuple(part(item) for part, item in zip(parts, value, strict=True))


def _dict(arguments: tuple[Any, ...]) -> Callable[[Plain], Any]:
    inner = _builder(arguments[1])
    return lambda value: {key: inner(item) for key, item in value.items()}


def _fields(kind: Any) -> Callable[[Plain], Any]:
    hints = get_type_hints(kind)
    fields = {field.name: _builder(hints[field.name]) for field in dataclasses.fields(kind)}
    later = {one.name for one in dataclasses.fields(kind) if one.default is not one.default_factory}  # have a default
    if len(fields) > 1 and set(fields.values()) == {_same} and not later:
        held = itemgetter(*fields)
        return lambda value: kind(*held(value))
    return lambda value: kind(
        **{name: make(value[name]) for name, make in fields.items() if name in value or name not in later}
    )


_GENERIC: dict[Any, Callable[[tuple[Any, ...]], Callable[[Plain], Any]]] = {
    Union: _optional,
    types.UnionType: _optional,
    tuple: _tuple,
    dict: _dict,
}
