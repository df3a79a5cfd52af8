"""Which sightings are of one body: by proof alone, each with its reason; what only may be the same is suggested.

Proof is the same name (however written), an identifier, a tie that a document makes (a short name it defines, a name in
two languages side by side, a former name), a branch's name, or a reviewer's verdict. A short name holds in the document
that defines it. A name in other words (subsidiary, the same word in another place) proves nothing. Two bodies whose
identifiers differ are never joined, nor what a reviewer took apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from countersight.match import Entry, Index, Name, Query
from countersight.model import Digest, Organisation, Sighting
from countersight.text import orgkey
from countersight.verdict import MERGE, Verdict

_NAMING = ("USCC", "LEI", "HK C.R.")  # schemes in which one body has one number
_MOST = 20  # bodies of one name or core, above which it suggests nothing
_NAMES, _ANSWERS = 3, 3  # names of a body that are asked for in the other script, and answers that are looked at
_MOST_ACROSS = 5_000  # bodies of one script above which names are not compared across: some 1.5 ms each
_ALIKE = frozenset({"same name", "strong"})
_HAN = re.compile("[\u3400-\u9fff]")
_CORE = 2  # characters that a core must have to suggest anything


@dataclass(frozen=True, slots=True)
class Edge:
    """Two keys of one body, and why."""

    one: str
    other: str
    why: str
    ruled: bool = False


class _Bodies:
    """Keys joined into bodies: a union that refuses what proof speaks against."""

    def __init__(self, numbers: dict[str, dict[str, set[str]]], apart: set[frozenset[str]]) -> None:
        self._parent: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._numbers = numbers
        self._apart = apart
        self.reasons: dict[str, list[str]] = defaultdict(list)

    def root(self, key: str) -> str:
        """The key that stands for a body."""
        self._members.setdefault(key, [key])
        while (up := self._parent.get(key, key)) != key:
            key = up
        return key

    def members(self, root: str) -> list[str]:
        """The keys of a body."""
        return self._members[root]

    def join(self, edge: Edge) -> bool:
        """Join two keys; False where that is refused."""
        one, other = sorted((self.root(edge.one), self.root(edge.other)))
        if one == other:
            return True
        if self._refused(one, other, edge):
            return False
        self._parent[other] = one
        self._members[one] += self._members.pop(other)
        self.reasons[one] += [edge.why, *self.reasons.pop(other, [])]
        for scheme, numbers in self._numbers.pop(other, {}).items():
            self._numbers.setdefault(one, {}).setdefault(scheme, set()).update(numbers)
        return True

    def _refused(self, one: str, other: str, edge: Edge) -> bool:
        pairs = (frozenset((a, b)) for a in self._members[one] for b in self._members[other])
        if any(pair in self._apart for pair in pairs):
            return True
        mine, theirs = self._numbers.get(one, {}), self._numbers.get(other, {})
        return not edge.ruled and any(mine[scheme].isdisjoint(theirs[scheme]) for scheme in mine.keys() & theirs.keys())


def resolve(sightings: Sequence[Sighting], verdicts: Iterable[Verdict] = ()) -> tuple[Organisation, ...]:
    """The bodies of a case, by id. Pure: the order of the sightings does not matter."""
    keyed = _keyed(sightings)
    numbers: dict[str, dict[str, set[str]]] = {}
    for key, one in keyed:
        for scheme, number in one.identifiers:
            if scheme in _NAMING:
                numbers.setdefault(key, {}).setdefault(scheme, set()).add(number)
    merged, apart = _ruled(verdicts)
    bodies = _Bodies(numbers, apart)
    known = {key for key, _ in keyed}
    for edge in (*merged, *_edges(keyed)):
        if edge.one in known and edge.other in known:
            bodies.join(edge)
    grouped: dict[str, list[tuple[str, Sighting]]] = defaultdict(list)
    for key, one in keyed:
        grouped[bodies.root(key)].append((key, one))
    made = [_organisation(found, bodies.reasons.get(root, [])) for root, found in grouped.items()]
    return tuple(sorted(_suggesting(made), key=lambda body: body.id))


class Known:
    """The ids of bodies by the names and numbers that records give them."""

    def __init__(self, bodies: Sequence[Organisation]) -> None:
        self._here: dict[tuple[Digest, str], str] = {}
        self._anywhere: dict[str, set[str]] = defaultdict(set)
        for body in bodies:
            for one in body.sightings:
                self._here[one.citation.digest, orgkey.key(one.name)] = body.id
                self._anywhere[orgkey.key(one.name)].add(body.id)
            for scheme, value in body.identifiers:
                self._anywhere[orgkey.key(f"{scheme} {value}")].add(body.id)

    def id(self, digest: Digest, name: str) -> str | None:
        """The body that a document means by a name; of other documents' names only those that one body bears."""
        key = orgkey.key(name)
        found = self._anywhere.get(key, set())
        return self._here.get((digest, key)) or (next(iter(found)) if len(found) == 1 else None)


# --- keys ---


def _keyed(sightings: Sequence[Sighting]) -> list[tuple[str, Sighting]]:
    """Each sighting with its key; names that mean one thing in one document only have keys of that document."""
    shorts = {(one.citation.digest, orgkey.key(name)) for one in sightings for how, name in one.ties if how == "short"}
    several = _several(sightings)
    return sorted(
        ((_key(one, shorts, several), one) for one in sightings),
        key=lambda pair: (pair[0], _where(pair[1]), pair[1].name),
    )


def _where(one: Sighting) -> tuple[str, int, int]:
    return str(one.citation.locator), one.citation.page or 0, one.citation.start


def _several(sightings: Sequence[Sighting]) -> set[str]:
    """Names that records give different numbers of one scheme: they are names of different bodies."""
    numbers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in sightings:
        for scheme, number in one.identifiers:
            if scheme in _NAMING:
                numbers[orgkey.key(one.name), scheme].add(number)
    return {name for (name, _), held in numbers.items() if len(held) > 1}


def _key(one: Sighting, shorts: set[tuple[Digest, str]], several: set[str]) -> str:
    key = orgkey.key(one.name)
    scoped = f"{key} @{one.citation.digest[:16]}"
    if (one.citation.digest, key) in shorts:
        return scoped
    if key in several:
        number = next((value for scheme, value in sorted(one.identifiers) if scheme in _NAMING), None)
        return f"{key} #{number}" if number else scoped
    return scoped if _is_common(one.name) else key


def _is_common(name: str) -> bool:
    """Whether many bodies bear the name: an office in English without its country or place."""
    parts = orgkey.parsed(name)
    return parts.script == "latin" and not parts.place and (orgkey.is_office(name) or not (parts.core or parts.form))


# --- proof ---


def _edges(keyed: Sequence[tuple[str, Sighting]]) -> Iterator[Edge]:
    """What proves two keys to be one body, the surest first."""
    yield from _by_number(keyed)
    keys = {(one.citation.digest, orgkey.key(one.name)): key for key, one in keyed}
    ties = [
        (how, key, keys[one.citation.digest, orgkey.key(name)], _WHY[how].format(one.name, name, one.citation.locator))
        for key, one in keyed
        for how, name in one.ties
        if (one.citation.digest, orgkey.key(name)) in keys
    ]
    tied: dict[tuple[str, str], set[str]] = defaultdict(set)
    for how, key, other, _ in ties:
        tied[how, other].add(key)
    for wanted in _WHY:
        for how, key, other, why in ties:
            if how == wanted and (how == "former" or len(tied[how, other]) == 1):  # tied to several, it proves nothing
                yield Edge(key, other, why)
    yield from _branches(keyed)


_WHY = {
    "former": "“{0}” and “{1}” are former and present name ({2})",
    "short": "“{1}” is short for “{0}” ({2})",
    "pair": "“{0}” and “{1}” are one name in two languages ({2})",
}


def _by_number(keyed: Sequence[tuple[str, Sighting]]) -> Iterator[Edge]:
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for key, one in keyed:
        for number in one.identifiers:
            if number[0] not in _NAMING:
                continue
            held = first.setdefault(number, (key, one.name))
            if held[0] != key:
                yield Edge(held[0], key, f"“{held[1]}” and “{one.name}” bear the same number, {number[0]} {number[1]}")


def _branches(keyed: Sequence[tuple[str, Sighting]]) -> Iterator[Edge]:
    """A company and its branches: one legal person. A police station is not its bureau."""
    names = {orgkey.key(one.name): key for key, one in keyed}
    for key, one in keyed:
        parts = orgkey.parsed(one.name)
        if parts.branch and orgkey.kind(one.name) == "company":
            head = one.name[: parts.branch[0].start].rstrip(" ,，（(")
            other = names.get(orgkey.key(head))
            if other and other != key and orgkey.parsed(head).form:
                yield Edge(key, other, f"“{one.name}” is a branch of “{head}”, and so the same legal person")


def _ruled(verdicts: Iterable[Verdict]) -> tuple[list[Edge], set[frozenset[str]]]:
    """What reviewers joined and took apart; of two verdicts on one pair the later stands."""
    last: dict[frozenset[str], tuple[Verdict, str]] = {}
    for verdict in verdicts:
        for other in verdict.others:
            last[frozenset((verdict.one, other))] = verdict, other
    merged = [Edge(v.one, other, v.told(), ruled=True) for v, other in last.values() if v.do == MERGE]
    return merged, {pair for pair, (verdict, _) in last.items() if verdict.do != MERGE}


# --- bodies ---


def _organisation(found: Sequence[tuple[str, Sighting]], reasons: Sequence[str]) -> Organisation:
    names: Counter[tuple[str, str]] = Counter()
    for _, one in found:
        names[one.name, one.language] += one.count
    ranked = tuple((name, language, count) for (name, language), count in sorted(names.items(), key=_rank))
    keys = tuple(sorted({key for key, _ in found}))
    identifiers = tuple(sorted({number for _, one in found for number in one.identifiers}))
    told = max((name for name, _, _ in ranked), key=lambda name: (bool(orgkey.parsed(name).form), len(name), name))
    naming = [f"{scheme} {value}" for scheme, value in identifiers if scheme in _NAMING]
    return Organisation(
        id=f"org-{Digest.of(min(naming or keys).encode())[:12]}",
        names=ranked,
        kind=orgkey.kind(told),
        identifiers=identifiers,
        roles=tuple(sorted({role for _, one in found for role in one.roles})),
        level=orgkey.level(told),
        place=orgkey.place(told),
        reasons=tuple(dict.fromkeys((*reasons, *_written(found)))),
        sightings=tuple(one for _, one in sorted(found, key=lambda pair: (_where(pair[1]), pair[1].name))),
        keys=keys,
    )


def _rank(item: tuple[tuple[str, str], int]) -> tuple[int, str]:
    return -item[1], item[0][0]


def _written(found: Sequence[tuple[str, Sighting]]) -> Iterator[str]:
    """Names that differ only in how they are written."""
    ways: dict[str, list[str]] = defaultdict(list)
    for key, one in found:
        if one.name not in ways[key]:
            ways[key].append(one.name)
    for names in ways.values():
        if len(names) > 1:
            yield f"“{'”, “'.join(sorted(names))}” are one name, written in {len(names)} ways"


# --- suggestions ---


def _suggesting(made: Sequence[Organisation]) -> Iterator[Organisation]:
    """The bodies with those that may be the same: of one name or core, in no different places."""
    alike: dict[str, list[Organisation]] = defaultdict(list)
    for body in made:
        cores = {f"both names have “{core}”" for name, _, _ in body.names if (core := _core(name))}
        for why in sorted(cores | {f"both are named “{_bare(key)}”" for key in body.keys}):
            alike[why].append(body)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for why, bodies in alike.items():
        for body in bodies if len(bodies) <= _MOST else ():
            for other in bodies:
                if other is not body and not _differ(body, other):
                    found[body.id].setdefault(other.id, why)
    for body, other, why in _across(made):
        if not _differ(body, other):
            found[body.id].setdefault(other.id, why)
            found[other.id].setdefault(body.id, why)
    for body in made:
        yield replace(body, suggested=tuple(sorted(found[body.id].items())))


def _across(made: Sequence[Organisation]) -> Iterator[tuple[Organisation, Organisation, str]]:
    """Bodies named in Chinese alone and those named in Latin letters alone whose names say the same, and how."""
    by_id = {body.id: body for body in made}
    sides: dict[bool, list[Organisation]] = {True: [], False: []}
    for body in made:
        scripts = {_HAN.search(name) is not None for name, _, _ in body.names}
        if len(scripts) == 1:
            sides[scripts.pop()].append(body)
    if not (sides[True] and sides[False]) or max(map(len, sides.values())) > _MOST_ACROSS:
        return
    latin = (Entry(body.id, tuple(Name(name) for name, _, _ in body.names)) for body in sides[False])
    index = Index(latin)
    for body in sides[True]:
        for name, _, _ in body.names[:_NAMES]:
            for match in index.search(Query(name), _ANSWERS):
                if match.band in _ALIKE:
                    yield body, by_id[match.key], f"“{name}” and “{match.name.text}”: {match.words}"


def _bare(key: str) -> str:
    """A key without the document or number it is bound to."""
    return key.partition(" @")[0].partition(" #")[0]


def _core(name: str) -> str:
    """The words of a company's name that name it; empty for others."""
    parts = orgkey.parsed(name)
    if orgkey.kind(name) in {"authority", "institution"}:
        return ""
    core = "".join(part.text for part in parts.core)
    return orgkey.key(core) if len(core) >= _CORE else ""


def _differ(one: Organisation, other: Organisation) -> bool:
    """Whether places or numbers say that two bodies are different."""
    places = {one.place, other.place} - {None}
    numbers = [{value for scheme, value in body.identifiers if scheme == "USCC"} for body in (one, other)]
    return len(places) > 1 or (bool(numbers[0]) and bool(numbers[1]) and numbers[0].isdisjoint(numbers[1]))
