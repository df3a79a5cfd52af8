"""The bodies one source names: clues of its pages gathered by name, each cited where it stands first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from countersight.find.bodies import ALIAS, BODY, IDENTIFIER
from countersight.model import Citation, Clue, Deal, Sighting
from countersight.text.orgkey import key, kind, parsed

_HAN = re.compile("[\u3400-\u9fff]")
_SHORTEST = 5  # characters of a name that another may be a longer or shorter cut of
_FEW = 12  # characters before a name
_TAILS = ("公司", "集团", "局", "厅", "中心", "大学", "学院", "医院", "委员会", "政府", "会")
_HOWS = ("party", "seal", "letterhead", "mail", "table", "text")


def sightings(clues: Sequence[Clue], cite: Callable[[Clue], Citation]) -> Iterator[Sighting]:
    """One sighting for each name that the clues of a source give, by name."""
    named = [clue for clue in clues if clue.field == BODY]
    counts = Counter(clue.value for clue in named)
    cut, addressed = _cuts(counts), _addressed(counts)
    by_name: dict[str, list[Clue]] = defaultdict(list)
    for clue in (clue for clue in named if clue.value not in addressed):
        by_name[cut.get(clue.value, clue.value)].append(clue)
    others = [clue for clue in clues if clue.field in {ALIAS, IDENTIFIER}]
    for name in sorted(by_name):
        found = sorted(by_name[name], key=lambda clue: (clue.value != name, clue.page, clue.start))
        hows = {clue.label.partition(":")[0] for clue in found}
        own = [clue for clue in others if cut.get(clue.group, clue.group) == name]
        yield Sighting(
            name=name,
            language=_language(name),
            count=len(found),
            citation=cite(found[0]),
            how=tuple(how for how in _HOWS if how in hows),
            roles=tuple(sorted({role for clue in found if (role := clue.label.partition(":")[2])})),
            identifiers=tuple(sorted(set(_numbers(own)))),
            ties=tuple(sorted({(clue.label, cut.get(clue.value, clue.value)) for clue in own if clue.field == ALIAS})),
        )


def with_parties(seen: Iterable[Sighting], deals: Iterable[Deal]) -> tuple[Sighting, ...]:
    """The sightings with the roles and numbers that deals give them, and the parties that nothing else named.

    A party whose name does not say what kind of body it is may be a person, and is left out.
    """
    made = {one.name: one for one in seen}
    names = {key(name): name for name in sorted(made, reverse=True)}
    for party in (party for deal in deals for party in deal.parties):
        name = names.setdefault(key(party.name), party.name)
        known = made.get(name)
        if known is None and kind(party.name) == "other":
            continue
        one = known or Sighting(party.name, _language(party.name), 1, party.citation)
        made[name] = replace(
            one,
            how=tuple(how for how in _HOWS if how in {*one.how, "party"}),
            roles=tuple(sorted({*one.roles, party.role})),
            identifiers=tuple(sorted({*one.identifiers, *party.identifiers})),
        )
    return tuple(sorted(made.values(), key=lambda one: one.name))


def _language(name: str) -> str:
    return "zh" if _HAN.search(name) else "en"


def _numbers(clues: Iterable[Clue]) -> Iterator[tuple[str, str]]:
    for clue in clues:
        if clue.field == IDENTIFIER:
            scheme, _, value = clue.value.rpartition(" ")
            yield scheme, value


def _cuts(names: Counter[str]) -> dict[str, str]:
    """Chinese names that are another name of the same source cut wrongly, and that name.

    The most frequent of names that end alike is the name; a rarer one that ends with it holds words before it
    (对某某有限公司), and one that it ends with lost its beginning at a line's end.
    """
    ending: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if name.endswith(_TAILS) and len(name) >= _SHORTEST and _HAN.search(name):
            ending[name[-_SHORTEST:]].append(name)
    made: dict[str, str] = {}
    for alike in ending.values():
        ranked = sorted(alike, key=lambda name: (-names[name], -len(name), name))
        for name in ranked:
            sure = next(
                (one for one in ranked if one not in made and names[one] > names[name] and _holds(one, name)), None
            )
            if sure:
                made[name] = sure
    return made


_PART = re.compile(r"[A-Z][a-z]+|[A-Z]\.?")  # of a person's name


def _addressed(names: Counter[str]) -> set[str]:
    """English names that are words before a company of the same source named more often, as a person in its address.

    Where the words tell a place or what a body does they make another company (Hong Kong, Media Group).
    """
    found = set()
    for name in names:
        words = name.split(" ")
        for size in (2, 3):
            sure = " ".join(words[size:])
            if names[sure] > names[name] and parsed(sure).form and parsed(sure).core and _is_somebody(words[:size]):
                found.add(name)
    return found


def _is_somebody(words: Sequence[str]) -> bool:
    said = parsed(" ".join(words))
    return all(map(_PART.fullmatch, words)) and not (said.place or said.trade)


def _holds(sure: str, name: str) -> bool:
    """Whether one of two names ends with the other, no more than a few words being before it.

    Companies whose names differ by a place are two: 新疆明湖科技有限公司 is not 明湖科技有限公司.
    """
    longer, shorter = (sure, name) if len(sure) > len(name) else (name, sure)
    before = longer[: len(longer) - len(shorter)]
    return longer.endswith(shorter) and len(before) <= _FEW and not (kind(longer) == "company" and _is_place(before))


def _is_place(words: str) -> bool:
    parts = parsed(words)
    return bool(parts.place) and not (parts.core or parts.trade or parts.form)
