from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from countersight.model import Box, DateSpan, Locator, Status, Strength, codec


def test_the_canonical_form() -> None:
    value = {"b": [1, 2.5, None, True], "a": "维吾尔", "ü": Status.READ}
    assert codec.dumps(value) == '{"a":"维吾尔","b":[1,2.5,null,true],"ü":"read"}'


def test_values_of_the_model_are_written_as_the_interface_says() -> None:
    span = DateSpan.of(2022, 12, text="2022年12月")
    assert codec.plain(span) == {"from": "2022-12-01", "to": "2022-12-31", "text": "2022年12月"}
    assert codec.plain(Locator("a.zip").into("member", "b|c")) == "a.zip | member b\\pc"
    assert codec.plain(Box(0, 0.25, 1, 1)) == {"x0": 0, "y0": 0.25, "x1": 1, "y1": 1}
    assert codec.plain({"z", "a"}) == ["a", "z"]


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_json_cannot_say_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        codec.encode({"x": value})


def test_an_unknown_type_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match="does not know complex"):
        codec.encode([1j])


def test_a_name_that_is_no_unicode_must_be_escaped_first() -> None:
    with pytest.raises(UnicodeEncodeError):
        codec.encode("\udcff")
    assert codec.encode(Locator("\udcff")) == b'"\\\\udcff"'


@dataclass(frozen=True, slots=True)
class Inner:
    on: date
    strength: Strength | None


@dataclass(frozen=True, slots=True)
class Outer:
    inner: tuple[Inner, ...]
    pair: tuple[str, int]
    by_name: dict[str, tuple[Inner, ...]]
    anything: Any = None


def test_nested_types_are_built_back() -> None:
    inner = Inner(date(2022, 12, 5), Strength.LEAD)
    outer = Outer((inner, Inner(date(2023, 1, 1), None)), ("a", 1), {"k": (inner,)}, {"x": [1]})
    assert codec.decode(Outer, codec.encode(outer)) == outer


@pytest.mark.parametrize(
    "data",
    [
        "null",
        "[]",
        '{"inner":[]}',
        '{"inner":[{"on":"2022-13-01","strength":null}],"pair":["a",1],"by_name":{},"anything":null}',
        '{"inner":[{"on":"2022-12-01","strength":"none"}],"pair":["a",1],"by_name":{},"anything":null}',
        '{"inner":[],"pair":["a"],"by_name":{},"anything":null}',
        "{",
    ],
)
def test_data_that_does_not_fit_is_a_value_error(data: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the message is that of the part that does not fit)
        codec.decode(Outer, data)


@dataclass(frozen=True)
class Grown:
    name: str
    added: tuple[str, ...] = ()


def test_a_field_that_data_of_an_older_version_lack_has_its_default() -> None:
    assert codec.decode(Grown, '{"name":"a"}') == Grown("a")
    assert codec.decode(Grown, '{"added":["b"],"name":"a"}') == Grown("a", ("b",))
    with pytest.raises(ValueError, match="name"):
        codec.decode(Grown, '{"added":[]}')
