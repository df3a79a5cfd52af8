"""Parts that a record states label by label, in text and in forms: ``品牌：瀚博 型号：VA1V``, ``Make: Matrox``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from countersight.facts.goods.bill import is_model
from countersight.facts.goods.heads import role
from countersight.facts.goods.makers import is_brand, kind_of, maker_of, parted
from countersight.facts.goods.part import OTHER, Part
from countersight.text.hints import Hints
from countersight.text.quantity import whole

_BRAND = (
    r"品牌|厂牌|商标|制造商|制造厂家|生产(?:商|厂家?|厂商|企业)|厂家|厂商"
    r"|(?<![\w-])(?:brand|make|manufacturer|maker)(?: name)?"
)
_FIELD = re.compile(
    rf"(?:(?P<branded>品牌(?:[/、及和与]|规格)?型号)|(?P<brand>{_BRAND})"
    r"|(?P<model>(?:产品|设备|规格)?型号(?:规格)?|(?<![\w-])(?:model|part|type)(?: (?:no\.?|number|name))?)"
    r"|(?P<quantity>数量|(?<![\w-])(?:qty|quantity)\.?)|[^\s:：;；,，。|(（]{1,12})\s?(?:[:：]|\t)[ \u3000]?",
    re.IGNORECASE,
)
_HAN = ("品牌", "厂牌", "商标", "造商", "产商", "产企业", "厂家", "厂商")
_LATIN = ("rand", "RAND", "ake:", "Make", "AKE:", "aker:", "urer", "URER")
_HINTS = Hints((*_HAN, *_LATIN))
_MARK = re.compile(r"\S{0,3}(?: name)?\s?[:：\t]", re.IGNORECASE)
_STOP = re.compile(r"[\n\t;；,，。|]|$")
_APART = re.compile(r"\n\s*\n|。|\.\s[A-Z]")  # what parts a statement from the next
_NAMES = frozenset({None, "other"})  # what heads would say that are names: ``…有限公司``
_NEAR = 60  # characters between what is said of the maker and of the model
_FIELDS = 3  # fields on, in which they stand
_BEFORE = 24  # characters before, in which the kind of a thing is said


class _Field(NamedTuple):
    """A label that begins at ``at``, and the value in ``[start, end)``."""

    name: str | None
    at: int
    start: int
    end: int
    value: str


def stated(text: str) -> Iterator[Part]:
    """The parts whose maker and model a text states, in order."""
    if not any(_MARK.match(text, end) for _, _, end in _HINTS.find(text)):
        return
    fields = _fields(text)
    for n, one in enumerate(fields):
        brand, model = one.value, ""
        other = _model(text, fields, n) if one.name == "brand" else one
        if other and one.name == "brand":
            model = other.value
        elif one.name == "branded":
            brand, model = (words or "" for words in parted(one.value))
        if other and is_brand(brand) and role(brand) in _NAMES and is_model(model) and not role(model):
            span = min(one.at, other.at), max(one.end, other.end)
            yield _part(text, span, brand, model, fields[n + 1 : n + 1 + 2 * _FIELDS])


def _fields(text: str) -> list[_Field]:
    labels = list(_FIELD.finditer(text))
    found = []
    for n, label in enumerate(labels):
        stop = _STOP.search(text, label.end())
        end = min(stop.start() if stop else len(text), labels[n + 1].start() if n + 1 < len(labels) else len(text))
        value = text[label.end() : end].strip()
        found.append(_Field(label.lastgroup, label.start(), label.end(), label.end() + len(value), value))
    return found


def _model(text: str, fields: Sequence[_Field], at: int) -> _Field | None:
    """The field of the model that goes with the maker's: one of those behind it, or right before."""
    brand = fields[at]
    for one in fields[at + 1 : at + 1 + _FIELDS]:
        if one.name == "brand" or not _are_near(text, brand, one):
            break
        if one.name == "model":
            return one
    last = fields[at - 1] if at else None
    return last if last and last.name == "model" and _are_near(text, last, brand) else None


def _are_near(text: str, one: _Field, other: _Field) -> bool:
    return other.at - one.end <= _NEAR and not _APART.search(text, one.end, other.at)


def _part(text: str, span: tuple[int, int], brand: str, model: str, behind: Sequence[_Field]) -> Part:
    """A part of this maker and model, with the number that is stated before another is."""
    own = takewhile(lambda field: field.name not in {"brand", "branded"}, behind)
    told = next((whole(field.value) for field in own if field.name == "quantity"), None)
    maker = maker_of(brand)
    kind = kind_of(text[max(0, span[0] - _BEFORE) : span[0]]) or OTHER
    number, operator = (told.number, told.operator) if told else (None, None)
    return Part(*span, model, maker or brand, kind, quantity=number, operator=operator, unlisted=not maker)
