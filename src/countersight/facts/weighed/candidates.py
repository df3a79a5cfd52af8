"""What a record might mean: its bodies, amounts, days and numbers, each with all its places and their features."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from countersight.facts.cues import PARTY, PRICE, SIGNED, amounts, before, behind
from countersight.facts.cues.numbered import SHAPED
from countersight.facts.labels import labelled
from countersight.facts.names import led, name, names
from countersight.facts.sorts import sort
from countersight.facts.values import MONEY, NAMES, REFERENCES, day, key_of, values
from countersight.facts.weighed.around import around, label
from countersight.model import Clue, Money, Page
from countersight.text import money
from countersight.text.dates import settled
from countersight.text.normal import simplified

CLASSES = {
    "body": ("", "buyer", "supplier", "agent"),
    "amount": ("", "value", "budget"),
    "day": ("", "signed", "award", "closing", "tender"),
    "number": ("", "reference"),
}
"""Of each group of candidates what its members may be; the first is none of them."""

_CELL = re.compile(r"[^\t\n:：│|;；。]+")
_OPENS = re.compile(
    r"[:：\t│|]\s*|(?:号|no\.?|#|编号|number|ref\.?)[:：\s.#]*|[(（]|^\s*|\s{2,}", re.MULTILINE | re.IGNORECASE
)
_SPACE = re.compile(r"\s+")
_MANY = 5


@dataclass(slots=True)
class Candidate:
    """One value in all its places, each a range on a page with the value as it stands there; what speaks of it."""

    key: str
    places: list[Clue] = field(default_factory=list)
    features: set[str] = field(default_factory=set)
    by_place: dict[Clue, frozenset[str]] = field(default_factory=dict)

    def at(self, place: Clue) -> frozenset[str]:
        """The features of one place."""
        return self.by_place[place]


def candidates(
    pages: Iterable[Page], told: Sequence[Clue], kind: str | None, groups: Iterable[str] = tuple(CLASSES)
) -> Iterator[tuple[str, list[Candidate]]]:
    """The candidates of each group, in the order in which they first stand; ``kind`` is that of the record."""
    plain = {page.number: replace(page, text=simplified(page.text)) for page in pages}
    for group in groups:
        places = [place for page in plain.values() for place in _PLACES[group](page, told)]
        by_key: dict[str, Candidate] = {}
        for place in sorted(set(places), key=lambda one: (one.page, one.start, one.end)):
            one = by_key.setdefault(key(place, group), Candidate(key(place, group)))
            one.places.append(place)
            text = plain[place.page].text
            own = around(text, place.start, place.end)
            one.by_place[place] = frozenset((*own, *_hints(text, place), *_sayings(place, told, CLASSES[group])))
            one.features |= one.by_place[place]
        every = list(by_key.values())
        for n, one in enumerate(every):
            one.features.update((f"kind={kind}", f"times={min(len(one.places), 4)}", f"order={min(n, _MANY)}"))
        _AMONG[group](every, kind)
        yield group, every


def _hints(text: str, place: Clue) -> Iterator[str]:
    """What cues and labels know of the words beside a place."""
    cue = before(text, place.start, _CUES[place.field]) if place.field in _CUES else None
    yield f"cue={cue.lastgroup if cue else None}"
    if cue:
        yield f"cue={cue.lastgroup} {min((place.start - cue.end()) // 4, _MANY)}"
    if place.field == "body" and (verb := behind(text, place.end)):
        yield f"verb={verb.lastgroup}"
    said = label(text, place.start)
    above = text[: text.rfind("\n", 0, place.start) + 1].rstrip().rpartition("\n")[2]
    known = labelled(said or above.strip(" :："))
    place_ = "label" if said else "above"
    yield f"{place_} of {known[0] if known else None}"
    if known:
        yield f"{place_} of {known[0]} {known[1]}"


def _sayings(place: Clue, told: Sequence[Clue], roles: Sequence[str]) -> Iterator[str]:
    """What labels, phrases and cues say of what stands at a place, and how surely."""
    for one in told:
        if one.page == place.page and one.start < place.end and place.start < one.end:
            field = SIDES.get(one.field, one.field)
            if field in roles or field in _BESIDE:
                yield f"said={field} {one.grade}"
                yield f"said={field} {one.grade} {one.label.rpartition('#')[2] if '#' in one.label else 0}"


SIDES = {"party_a": "buyer", "party_b": "supplier"}
_BESIDE = frozenset(
    {
        "contract_no",
        "notice_no",
        "number",
        "earlier",
        "mention",
        "document",
        "start",
        "end",
        "ceiling",
        "leader",
        "member",
    }
)
"""Fields that are no classes and yet say what stands at a place."""

_CUES = {"body": PARTY, "amount": PRICE, "day": SIGNED}


def key(place: Clue, group: str) -> str:
    """The form in which values of a group are the same."""
    return place.value.split(" ")[0] if group == "amount" else key_of(place.value)


def _bodies(page: Page, told: Sequence[Clue]) -> Iterator[Clue]:
    """Bodies, what labels gave as names, and what begins a cell with a name where no body is known."""
    known = [one for one in told if one.page == page.number and (one.field == "body" or one.field in NAMES)]
    for one in known:
        low = one.start + led(page.text[one.start : one.end])
        yield Clue("body", page.number, low, one.end, name(page.text[low : one.end]))
    bodies = [one for one in known if one.field == "body"]
    keys = {key(one, "body") for one in known}
    for cell in _CELL.finditer(page.text):
        for low, high in names(page.text, *cell.span()):
            place = Clue("body", page.number, low, high, name(page.text[low:high]))
            apart = not any(low < one.end and one.start < high for one in bodies)
            if apart or key(place, "body") in keys:
                yield place


def _of_labels(page: Page, told: Sequence[Clue], fields: frozenset[str], kind: str) -> Iterator[Clue]:
    """What labels and cues gave as values of these fields."""
    for one in told:
        if one.page == page.number and one.field in fields:
            yield Clue(kind, one.page, one.start, one.end, one.value)


def _amounts(page: Page, told: Sequence[Clue]) -> Iterator[Clue]:
    known = list(_of_labels(page, told, MONEY, "amount"))
    yield from known
    for one in amounts(page.text):
        if one.amount and not any(other.start <= one.start < other.end for other in known):
            yield Clue("amount", page.number, one.start, one.end, money.written(Money(one.amount, one.currency)))


def _days(page: Page, _told: Sequence[Clue]) -> Iterator[Clue]:
    for start, span in settled(page.text, page.text):
        if span.from_ == span.to:
            yield Clue("day", page.number, start, start + len(span.text or ""), day(span))


def _numbers(page: Page, told: Sequence[Clue]) -> Iterator[Clue]:
    """What has the shape of a number of a record, stands where one may begin, or is one by its label."""
    yield from _of_labels(page, told, REFERENCES, "number")
    text = page.text
    for found in SHAPED.finditer(text):
        yield Clue("number", page.number, *found.span(), found[0])
    for opened in _OPENS.finditer(text):
        end = text.find("\n", opened.end())
        for _, low, high, value in values("reference", text, opened.end(), len(text) if end < 0 else end):
            yield Clue("number", page.number, low, high, value)


def _among_bodies(every: Sequence[Candidate], kind: str | None) -> None:
    """What sort of body, the how manieth of its sort, and how its name ends."""
    sorts = [sort(one.places[0].value) for one in every]
    total, seen = Counter(sorts), Counter[str]()
    for one, own in zip(every, sorts, strict=True):
        written, nth = one.places[0].value, min(seen[own], 3)
        one.features.update(
            (f"sort={own}", f"sort={own} in {kind}", f"sort={own} {'only' if total[own] == 1 else 'of many'}"),
            (f"sort={own} {nth}", f"sort={own} {nth} in {kind}"),
            (f"name={written[-2:]}", f"name={written[-3:]}", f"name={written.split()[-1].lower()}"),
        )
        seen[own] += 1


def _among_amounts(every: Sequence[Candidate], kind: str | None) -> None:
    _ranked(every, sorted(range(len(every)), key=lambda n: money.read(every[n].places[0].value).amount), kind)


def _among_days(every: Sequence[Candidate], kind: str | None) -> None:
    _ranked(every, sorted(range(len(every)), key=lambda n: every[n].places[0].value), kind)


def _ranked(every: Sequence[Candidate], order: Sequence[int], kind: str | None) -> None:
    """How many are less, more, and stand behind."""
    last = len(every) - 1
    for rank, n in enumerate(order):
        one, low, high = every[n], min(rank, _MANY), min(last - rank, _MANY)
        one.features.update(
            (
                f"of={min(last, _MANY)}",
                f"less={low}",
                f"more={high}",
                f"less={low} in {kind}",
                f"more={high} in {kind}",
            ),
            (f"behind={min(last - n, _MANY)} in {kind}",),
        )


def _among_numbers(every: Sequence[Candidate], kind: str | None) -> None:
    """How the number is built."""
    del kind
    for one in every:
        written = _SPACE.sub("", one.places[0].value)
        figures = min(sum(map(str.isdigit, written)) // 3, _MANY)
        shape = re.sub("[^\\W\\d_]+", "A", re.sub("[0-9]+", "9", re.sub("[\u3400-\u9fff]+", "H", written)))
        one.features.update((f"shape={shape[:12]}", f"length={len(written) // 4}", f"figures={figures}"))


_PLACES = {"body": _bodies, "amount": _amounts, "day": _days, "number": _numbers}
_AMONG = {"body": _among_bodies, "amount": _among_amounts, "day": _among_days, "number": _among_numbers}
