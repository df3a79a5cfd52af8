"""Laws of the codec: every type of the model comes back, and equal values have equal bytes."""

from __future__ import annotations

import dataclasses
import json
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersight.model import Agent, Box, DateSpan, Digest, FileRow, Finding, Locator, Page, Reading, Source, codec
from countersight.model.outcome import Outcome
from countersight.model.values import STEP_KINDS

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
names = st.text(min_size=1, max_size=8)
dates = st.dates()
LEAVES: dict[Any, st.SearchStrategy[Any]] = {
    str: words,
    int: st.integers(0, 10**6),
    bool: st.booleans(),
    float: st.floats(0, 1),
    type(None): st.none(),
    Digest: st.binary(max_size=4).map(Digest.of),
    Locator: st.builds(Locator, names, st.lists(st.tuples(st.sampled_from(STEP_KINDS), words), max_size=2).map(tuple)),
    DateSpan: st.tuples(dates, dates, words).map(lambda d: DateSpan(min(d[0], d[1]), max(d[0], d[1]), d[2])),
    Box: st.tuples(*[st.floats(0, 1)] * 4).map(
        lambda b: Box(min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3]))
    ),
}


@cache
def of(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type of the model, from its annotations; sequences of two at most."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in LEAVES:
        return LEAVES[kind]
    if origin is tuple:
        many = Ellipsis in arguments
        return st.lists(of(arguments[0]), max_size=2).map(tuple) if many else st.tuples(*map(of, arguments))
    if origin is dict:
        return st.dictionaries(words, of(arguments[1]), max_size=2)
    if origin in (Union, type(int | None)):
        return st.one_of(*map(of, arguments))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: of(hints[field.name]) for field in dataclasses.fields(kind)})


@pytest.mark.parametrize(
    "kind", [Source, Page, Reading, FileRow, Finding, Outcome, Agent], ids=lambda kind: kind.__name__
)
class TestCodec:
    """``decode(T, encode(x)) == x``; the bytes are one line of canonical JSON and depend on the value alone."""

    @given(data=st.data())
    def test_round_trip(self, kind: Any, data: st.DataObject) -> None:
        value = data.draw(of(kind))
        assert codec.decode(kind, codec.encode(value)) == value

    @given(data=st.data())
    def test_the_bytes_are_canonical(self, kind: Any, data: st.DataObject) -> None:
        value = data.draw(of(kind))
        encoded = codec.encode(value)
        again = json.dumps(json.loads(encoded), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert encoded == again.encode()
        assert codec.encode(codec.decode(kind, encoded)) == encoded
        assert b"\n" not in encoded

    @given(data=st.data())
    def test_a_missing_field_has_its_default_or_is_refused(self, kind: Any, data: st.DataObject) -> None:
        value = data.draw(of(kind))
        plain = codec.plain(value)
        missing = data.draw(st.sampled_from(dataclasses.fields(kind)))
        del plain[missing.name]
        if missing.default is missing.default_factory:
            with pytest.raises(ValueError, match="does not fit"):
                codec.build(kind, plain)
        else:
            factory = missing.default_factory
            default = missing.default if factory is dataclasses.MISSING else factory()
            assert codec.build(kind, plain) == dataclasses.replace(value, **{missing.name: default})


class TestOrder:
    """The order in which a dictionary or set was filled does not show."""

    @given(st.dictionaries(words, st.integers(), max_size=6), st.randoms())
    def test_of_keys(self, facts: dict[str, int], random: Any) -> None:
        items = list(facts.items())
        random.shuffle(items)
        assert codec.encode(dict(items)) == codec.encode(facts)

    @given(st.lists(words, max_size=6, unique=True), st.randoms())
    def test_of_members(self, members: list[str], random: Any) -> None:
        shuffled = random.sample(members, len(members))
        assert codec.encode(set(shuffled)) == codec.encode(frozenset(members))
