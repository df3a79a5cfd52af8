"""Personal data is hidden before anything is searched: every character of it becomes ``█``, so that offsets never move.

Laws: ``mask`` keeps the length, line ends included; outside the marks nothing changes; a masked text holds nothing that
would be masked. What looks for an organisation stays: unified social credit codes, case, project and model numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from countersight.privacy import accounts, contacts, identity, phones, places
from countersight.privacy.shapes import JOINT, D, Range, inside_code

BLOCK = "█"
_Family = tuple[str, Callable[[str, int], Range | None], bool]


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """``text[start:end]``, on one line, was personal data of this kind and is now ``█``. Offsets are code points."""

    start: int
    end: int
    kind: str


# A cluster: seven digits or more that gaps or line ends may part; nothing shorter is recognised as a number. This one
# search decides the cost of a page without personal data, hence the possessive repeats.
_NUMBERS = re.compile(f"{D}(?:[{JOINT}\\r\\n]{{0,4}}+{D}){{6,}}+")
# Only the first number of a cluster can have a label or a letter before it. A later one must be known by its shape.
_SHAPES = re.compile("(?<![0-9０-９])(?:" + "|".join((*identity.SHAPES, *accounts.SHAPES, *phones.SHAPES)) + ")")
_PLAIN_DATE = re.compile(r"(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?![-./]?\d)")
# Tried in this order; those marked False stand for themselves even where a letter or a digit and dash go before.
_SHORT = (
    ("bank_account", accounts.account, False),
    ("phone", phones.phone, True),
    ("passport", identity.passport, False),
)
_LONG = (
    ("resident_id", identity.resident, False),
    ("device", accounts.device, False),
    _SHORT[0],
    ("bank_card", accounts.card, True),
    *_SHORT[1:],
)
_LATER = tuple(family for family in _LONG if family[0] in {"resident_id", "bank_card", "phone"})
_LONG_LENGTH = 14
_LOOKS = 4
_ANYWHERE = (
    ("email", contacts.emails),
    ("messenger", contacts.messengers),
    ("plate", places.plates),
    ("passport", identity.labelled_passports),
    ("device", places.hardware),
    ("coordinates", places.coordinates),
    ("birth_date", places.births),
    ("bank_account", accounts.ibans),
)
KINDS = tuple(sorted({family[0] for family in (*_LONG, *_ANYWHERE)}))


def _numbers(text: str) -> Iterator[Mark]:
    for cluster in _NUMBERS.finditer(text):
        at, stop = cluster.span()
        mark = _number(text, at, 0, _LONG if stop - at >= _LONG_LENGTH else _SHORT)
        floor = 0
        while True:
            if mark:
                floor = mark.end
                yield mark
            if not (shape := _SHAPES.search(text, max(at + 1, floor), stop)):
                break
            at = shape.start()
            mark = _number(text, at, floor, _LATER)


def _number(text: str, at: int, floor: int, families: Iterable[_Family]) -> Mark | None:
    """The number whose digits begin at ``at``, where all before ``floor`` is hidden or of no matter."""
    if _PLAIN_DATE.match(text, at):
        return None
    coded = inside_code(text, at, floor)
    for kind, recognise, alone in families:
        if not (alone and coded) and (found := recognise(text, at)):
            return Mark(*found, kind)
    return None


def _found(text: str) -> list[Mark]:
    """What one look finds: in order, overlaps joined under the kind of the longer."""
    marks = [*_numbers(text), *(Mark(*span, kind) for kind, spans in _ANYWHERE for span in spans(text))]
    joined: list[Mark] = []
    for mark in sorted(marks):
        if joined and mark.start < joined[-1].end:
            longer = max(joined[-1], mark, key=lambda m: m.end - m.start)
            joined[-1] = Mark(joined[-1].start, max(joined[-1].end, mark.end), longer.kind)
        else:
            joined.append(mark)
    return [Mark(*line.span(), mark.kind) for mark in joined for line in _LINE.finditer(text, mark.start, mark.end)]


_LINE = re.compile(r"[^\r\n]+")


def _hide(text: str, marks: list[Mark]) -> str:
    pieces, at = [], 0
    for mark in marks:
        pieces += [text[at : mark.start], BLOCK * (mark.end - mark.start)]
        at = mark.end
    return "".join([*pieces, text[at:]])


def mask(text: str) -> tuple[str, tuple[Mark, ...]]:
    """The text with personal data replaced by blocks of the same length, and the marks in order.

    It looks again, four times at most, until nothing more is found. Line ends inside a mark stay.
    """
    marks: list[Mark] = []
    for _ in range(_LOOKS):
        if not (found := _found(text)):
            break
        text = _hide(text, found)
        marks += found
    return text, tuple(sorted(marks))
