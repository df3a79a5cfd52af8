"""Listed names, found by the keys they share with a name asked for, and compared one by one."""

from __future__ import annotations

import gc
import heapq
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from countersight.match.entry import BANDS, Band, Entry, Match, Name, Part, Query
from countersight.match.keys import keys
from countersight.match.prepared import Prepared, Weights, prepare
from countersight.match.score import LEAST, Compared, compared
from countersight.text.identifiers import Identifier


@dataclass(frozen=True, slots=True)
class _Listed:
    """A name in one way of writing, and the entries that bear it: many lists name one body alike."""

    ready: Prepared
    bearers: list[tuple[int, Name]]


class Index:
    """Listed bodies to search. Built once; the order in which entries come does not change an answer.

    Args:
        entries: the bodies, each with a key of its own.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = sorted(entries, key=lambda entry: entry.key)
        self._identified: dict[Identifier, list[int]] = defaultdict(list)
        self._posted: dict[str, list[int]] = defaultdict(list)
        ran = gc.isenabled()
        gc.disable()  # millions of small objects, none of them garbage
        try:
            self._post()
        finally:
            gc.freeze()  # a large index lives as long as its process: the collector need not walk it again and again
            if ran:
                gc.enable()

    def _post(self) -> None:
        named: dict[str, _Listed] = {}
        for at, entry in enumerate(self._entries):
            for identifier in entry.identifiers:
                self._identified[identifier].append(at)
            for name in entry.names:
                for text, borne in _spelled_out(name):
                    if text not in named:
                        named[text] = _Listed(prepare(text), [])
                    named[text].bearers.append((at, borne))
        self._listed = list(named.values())
        self._han = bytes(listed.ready.han for listed in self._listed)
        self.weights = Weights(listed.ready for listed in self._listed)
        for at, listed in enumerate(self._listed):
            for key in keys(listed.ready):
                self._posted[key].append(at)

    def __len__(self) -> int:
        """How many names are listed."""
        return sum(len(listed.bearers) for listed in self._listed)

    def search(self, query: Query, limit: int = 10) -> list[Match]:
        """The listed bodies that may be the one asked for, best first; at most ``limit``."""
        found = {
            at: self._by_identifier(at, query) for one in query.identifiers for at in self._identified.get(one, ())
        }
        ready = prepare(query.name)
        for at in self._candidates(ready):
            said = compared(ready, self._listed[at].ready, self.weights, LEAST)
            for entry, name in self._listed[at].bearers if said.band else ():
                match = self._match(entry, name, said, query.country)
                if entry not in found or _rank(match) < _rank(found[entry]):
                    found[entry] = match
        return sorted(found.values(), key=_rank)[:limit]

    def _by_identifier(self, at: int, query: Query) -> Match:
        entry = self._entries[at]
        shared = min(set(query.identifiers) & set(entry.identifiers))
        part = Part("identifier", 1.0, f"both bear {shared.scheme} {shared.value}")
        return Match(entry.key, 1.0, "identifier", entry.names[0], (part,))

    def _candidates(self, ready: Prepared) -> Iterator[int]:
        """Names that share rare keys with this one, the most promising first."""
        votes: dict[int, float] = defaultdict(float)
        namesakes: set[int] = set()
        posted = sorted((len(listed), key) for key in keys(ready, asked=True) if (listed := self._posted.get(key)))
        read = 0
        for size, key in posted:
            if read and read + size > _MOST_READ:
                break
            read += size
            vote = 1 / size
            for at in self._posted[key][:_MOST_READ]:
                votes[at] += vote
            if size <= _MANY_NAMESAKES and key.startswith(("one:", "core:")) and not key.endswith(":"):
                namesakes.update(self._posted[key])
        han = self._han
        for script in (ready.han, not ready.han):  # names in the other script share fewer keys
            mine = {at: vote for at, vote in votes.items() if han[at] == script}
            least = max(mine.values(), default=0.0) * _FADED
            kept = [(-vote, at) for at, vote in mine.items() if vote >= least]
            best = [at for _, at in heapq.nsmallest(_MOST_COMPARED, kept)]
            yield from dict.fromkeys((*best, *self._nearest(ready, [at for at in namesakes if han[at] == script])))

    def _nearest(self, ready: Prepared, namesakes: list[int]) -> list[int]:
        """Of many names of one brand those whose other words are the same."""
        if len(namesakes) <= _MOST_COMPARED:
            return sorted(namesakes)
        return heapq.nsmallest(_MOST_COMPARED, namesakes, lambda at: (_unlike(ready, self._listed[at].ready), at))

    def _match(self, at: int, name: Name, found: Compared, country: str) -> Match:
        entry = self._entries[at]
        more = [part for part in (_alias(name), _country(country, entry.country)) if part]
        band: Band = found.band or "similar"
        if any(part.value < 1 for part in more):
            band = max(band, "possible", key=BANDS.index)
        return Match(entry.key, found.score, band, name, (*found.parts, *more))


def _alias(name: Name) -> Part | None:
    """What kind of name the list calls it."""
    if name.kind == "name":
        return None
    until = f" until {name.until}" if name.until else ""
    said = {"weak": "a weak alias on the list", "alias": "another name of the listed body", "former": f"a former name{until}"}
    return Part("alias", 0.5 if name.kind == "weak" else 1.0, f"{name.text} is {said[name.kind]}")


def _country(asked: str, listed: str) -> Part | None:
    """Where both are said to be: another country makes a match possible at most."""
    if not asked or not listed:
        return None
    places = [{key for unit in prepare(said).place for key in unit.keys} for said in (asked, listed)]
    same = bool(places[0] & places[1]) or asked.lower() == listed.lower()
    return Part("country", float(same), "same country" if same else f"{asked} is not {listed}")


def _unlike(one: Prepared, two: Prepared) -> int:
    """How many of the words that describe are said by one name only."""
    ones, twos = ((*name.trade, *name.place, *name.number) for name in (one, two))
    met = sum(not unit.keys.isdisjoint(other.keys) for unit in ones for other in twos)
    return len(ones) + len(twos) - 2 * met


def _spelled_out(name: Name) -> tuple[tuple[str, Name], ...]:
    """The name, and apart from it what is in brackets: the full name after a short one, or an acronym."""
    found = _BRACKETED.fullmatch(name.text)
    if found and prepare(found[2]).core and prepare(found[2]).forms:
        return (found[1], name), (found[2], name)
    found = _WITH_ACRONYM.fullmatch(name.text)
    if found and _abbreviates(found[2], found[1]):
        return (name.text, name), (found[2], Name(found[2], "alias" if name.kind == "name" else name.kind, name.until))
    return ((name.text, name),)


def _abbreviates(acronym: str, name: str) -> bool:
    """Whether an acronym is of letters of the name in their order, from its first word on or that after the place."""
    told = prepare(acronym)
    found = re.search(r"\b" + ".*?".join(acronym), name, re.IGNORECASE)
    if not found or told.place or told.forms or told.branch:
        return False
    before = prepare(name[: found.start()])
    return not (before.core or before.trade or before.number)


def _rank(match: Match) -> tuple[int, float, str, str]:
    return BANDS.index(match.band), -match.score, match.key, match.name.text


_BRACKETED = re.compile(r"([^()]+?) ?\((.{12,})\)")
_WITH_ACRONYM = re.compile(r"(\S+ .*\S) \(([A-Z]{3,8})\)")
_MOST_READ = 1000  # entries of keys read for one name
_MOST_COMPARED = 8
_MANY_NAMESAKES = 200
_FADED = 0.15  # of the votes of the most promising: with less, a name is not compared
