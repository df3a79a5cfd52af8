"""Organisations and ownership as shown: what records say of each body, its part in deals, and who owns whom."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from countersight.model import Citation, Deal, Digest, Organisation, Party, Stake
from countersight.report import sheets
from countersight.report.sources import CiteOf, Sources
from countersight.report.tables import doubted, part_records
from countersight.text.identifiers import flaw
from countersight.text.orgkey import key, parsed

SHOWN = 200  # bodies of a group, and stakes, that are printed; the export has them all
_LINES = 20  # names, deals and stakes of one body
_CITED = 10  # records that one line cites
_LANGUAGES = {"zh": "Chinese name", "en": "English name"}
_TIES = {"short": "Short name", "former": "Former or later name"}
_GROUPS = (
    ("companies", "Companies, owners and parties of deals"),
    ("offices", "Authorities and institutions"),
    ("others", "Other bodies"),
)
_STAKES = {
    "shareholding": "shares",
    "votingRights": "votes",
    "controlling": "controls",
    "direct_consolidation": "direct consolidation of accounts",
    "ultimate_consolidation": "ultimate consolidation of accounts",
}


@dataclass(frozen=True, slots=True)
class Line:
    """What is told of a body: its value, where it leads, a note, and the numbers of its sources below.

    ``ours`` says that the value is in the program's words and not in those of a record.
    """

    label: str
    value: str
    sources: tuple[int, ...] = ()
    note: str = ""
    href: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """A body as shown; ``doubts`` are numbers that are none though records call them so, ``cites`` its sources."""

    body: Organisation
    name: str
    lines: tuple[Line, ...]
    doubts: tuple[tuple[str, int], ...]
    cites: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Bodies of one sort, and how many more there are; only the first group stands open."""

    anchor: str
    title: str
    bodies: tuple[Body, ...]
    more: int
    open: bool


@dataclass(frozen=True, slots=True)
class Holding:
    """A stake as shown: both names with where they lead, how much, when, and its source.

    A line of a table is not ``quoted``: it may hold more than the stake.
    """

    stake: Stake
    owner: tuple[str, str]
    owned: tuple[str, str]
    share: str
    when: str
    cite: Any

    @property
    def quoted(self) -> bool:
        """Whether its words are printed."""
        return "\t" not in self.stake.citation.quote and "\n" not in self.stake.citation.quote


@dataclass(frozen=True, slots=True)
class Bodies:
    """The organisations of a case as shown, ``number`` of them in all, and its stakes; ``known`` are ids shown."""

    groups: tuple[Group, ...]
    number: int
    stakes: tuple[Holding, ...]
    more: int
    known: frozenset[str]


@dataclass(frozen=True, slots=True)
class Context:
    """What bodies lead to: roles and stakes by body, what of them is shown, the annex by name, names of files."""

    roles: Mapping[str, Sequence[tuple[Deal, Party]]]
    stakes: Mapping[str, Sequence[Stake]]
    shown: Container[str]
    annex: Mapping[str, str]
    files: Mapping[Digest, str]


def told(
    organisations: Sequence[Organisation], stakes: Sequence[Stake], context: Context, cite: CiteOf
) -> Bodies | None:
    """The bodies and stakes; None where records name none."""
    if not organisations:
        return None
    titles = {body.id: titled(body) for body in organisations}
    groups = _grouped(organisations, context, titles)
    known = frozenset(body.id for _, _, found in groups for body in found[:SHOWN])
    shown = tuple(
        Group(
            f"organisations-{name}",
            title,
            tuple(_Shown(body, context, cite).told(titles, known) for body in found[:SHOWN]),
            max(0, len(found) - SHOWN),
            n == 0,
        )
        for n, (name, title, found) in enumerate(groups)
        if found
    )
    holdings = tuple(_holding(stake, known, cite) for stake in stakes[:SHOWN])
    return Bodies(shown, len(organisations), holdings, max(0, len(stakes) - SHOWN), known)


def _grouped(
    bodies: Iterable[Organisation], context: Context, titles: Mapping[str, str]
) -> list[tuple[str, str, list[Organisation]]]:
    """The bodies by sort; parties of most deals first, then those that most records name."""

    def order(body: Organisation) -> tuple[int, int, str, str]:
        return -len(context.roles.get(body.id, ())), -len(body.sightings), titles[body.id], body.id

    groups: list[list[Organisation]] = [[], [], []]
    for body in sorted(bodies, key=order):
        first = body.kind == "company" or body.id in context.roles or body.id in context.stakes
        groups[0 if first else 1 if body.kind in {"authority", "institution"} else 2].append(body)
    return [(*named, found) for named, found in zip(_GROUPS, groups, strict=True)]


def titled(body: Organisation, language: str = "") -> str:
    """The name a body is shown by: the most frequent with a legal form, else the most frequent."""
    names = [name for name, spoken, _ in body.names if spoken == language] or [name for name, _, _ in body.names]
    return next((name for name in names if parsed(name).form), names[0])


def roles(deals: Iterable[Deal]) -> dict[str, list[tuple[Deal, Party]]]:
    """By body the deals of which it is a party, and as what."""
    found: dict[str, list[tuple[Deal, Party]]] = {}
    for deal in deals:
        for party in deal.parties:
            if party.organisation:
                found.setdefault(party.organisation, []).append((deal, party))
    return found


def holdings(stakes: Iterable[Stake]) -> dict[str, list[Stake]]:
    """By body the stakes that it has and that others have in it."""
    found: dict[str, list[Stake]] = {}
    for stake in stakes:
        for body in dict.fromkeys((stake.owner_id, stake.owned_id)):
            if body:
                found.setdefault(body, []).append(stake)
    return found


def parted(name: str) -> str:
    """The parts of a name in words: ``place 杭州, core 海视, form 有限公司``."""
    return ", ".join(f"{part['part']} {part['text']}" for part in part_records(name))


def tied(body: Organisation) -> dict[str, tuple[str, Citation]]:
    """Keys of the short, former and later names that records tie to a body, and where they do."""
    found: dict[str, tuple[str, Citation]] = {}
    for one in body.sightings:
        for how, name in one.ties:
            if how in _TIES:
                found.setdefault(key(name), (_TIES[how], one.cited(f"{how} {name}")))
    return found


def labelled(body: Organisation) -> list[tuple[str, str]]:
    """The short, former and later names of a body, each with what it is."""
    ties = tied(body)
    return [(name, ties[key(name)][0]) for name, _, _ in body.names if key(name) in ties]


def doubts(body: Organisation) -> list[tuple[str, Citation]]:
    """What is to be asked of numbers that are none though records call them so."""
    return [
        (f"{scheme} {value} stands beside the name, but {flaw(scheme, value)}: {_DOUBT}", cited)
        for scheme, value, cited in doubted(body)
    ]


_DOUBT = "it may be misread or miswritten, and joins no names."


def share(stake: Stake) -> str:
    """How much a stake is, as the record gives it."""
    low, high = stake.low, stake.high
    told = [_STAKES.get(stake.kind, stake.kind)]
    told += [] if stake.direct is None else ["direct" if stake.direct else "indirect"]
    if low is None or high is None:
        return ", ".join((*told, "no figure given"))
    figures = f"{low.normalize():f} %" if low == high else f"{low.normalize():f} to {high.normalize():f} %"
    return f"{figures} {', '.join(told)}"


def when(stake: Stake) -> str:
    """The days of a stake: those the record names, and the day of the record."""
    days = [f"from {stake.since}"] * bool(stake.since) + [f"until {stake.until}"] * bool(stake.until)
    return ", ".join(days + [f"as of {stake.stated}, the record’s own date"] * bool(stake.stated))


def _holding(stake: Stake, known: Container[str], cite: CiteOf) -> Holding:
    owner, owned = (
        (name, body if body and body in known else "")
        for name, body in ((stake.owner, stake.owner_id), (stake.owned, stake.owned_id))
    )
    return Holding(stake, owner, owned, share(stake), when(stake), cite(stake.citation, f"{stake.id}-source"))


class _Shown:
    """The lines of one body and the sources they cite, numbered from 1."""

    def __init__(self, body: Organisation, context: Context, cite: CiteOf) -> None:
        self._body, self._context, self._cited = body, context, Sources(body.id, cite)

    def told(self, titles: Mapping[str, str], known: Container[str]) -> Body:
        body = self._body
        lines = (
            *self._names(),
            *self._numbered(),
            *self._described(),
            *self._deals(),
            *self._roles(),
            *self._stakes(),
            *(Line("One body because", reason, ours=True) for reason in body.reasons[:_LINES]),
            *_more(len(body.reasons), "One body because", "reason"),
            *(
                Line("May be", titles.get(other, other), note=f"{other}: {why}", href=other if other in known else "")
                for other, why in body.suggested
            ),
            *self._listed(),
        )
        asked = tuple((said, self._cited.number(cited)) for said, cited in doubts(body))
        return Body(body, titles[body.id], lines, asked, tuple(self._cited.shown))

    def _sources(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        return self._cited.numbers(islice(citations, _CITED))

    def _names(self) -> Iterator[Line]:
        ties = tied(self._body)
        for name, language, count in self._body.names[:_LINES]:
            label, at = ties.get(key(name), (_LANGUAGES.get(language, "Name"), None))
            cited = [*([at] if at else []), *(one.citation for one in self._body.sightings if one.name == name)]
            note = f"{_count(count, 'time')} in {_count(len(cited) - bool(at), 'record')}"
            yield Line(label, name, self._sources(cited), note)
        yield from _more(len(self._body.names), "Name", "name")

    def _numbered(self) -> Iterator[Line]:
        for number in self._body.identifiers:
            told = " ".join(number)
            beside = (one for one in self._body.sightings if number in one.identifiers)
            yield Line(number[0], number[1], self._sources(one.cited(told) for one in beside))

    def _described(self) -> Iterator[Line]:
        body, name = self._body, titled(self._body, "zh")
        at = self._sources([one.citation for one in body.sightings if one.name == name][:1])
        if body.level or body.place:
            said = ", ".join(filter(None, (body.level and f"{body.level} level", body.place)))
            yield Line("Level, place", said, at, "as the name tells", ours=True)
        if parsed(name).script == "han":
            yield Line("Parts of the name", parted(name), at, "" if name == titled(body) else name, ours=True)

    def _deals(self) -> Iterator[Line]:
        context, found = self._context, self._context.roles.get(self._body.id, ())
        for deal, party in found[:_LINES]:
            title = deal.title or deal.reference or context.files.get(deal.digest, deal.id)
            told = (
                sheets.KINDS.get(deal.kind, deal.kind),
                party.lot and f"lot {party.lot}",
                sheets.weighed(deal, party.role),
            )
            href = sheets.anchor(deal) if deal.id in context.shown else ""
            note = ", ".join(filter(None, told))
            yield Line(sheets.ROLES[party.role], title, self._sources([party.citation]), note, href)
        yield from _more(len(found), "Deals", "deal")

    def _roles(self) -> Iterator[Line]:
        """Roles beside the name in records that are of no deal here."""
        known = {party.role for _, party in self._context.roles.get(self._body.id, ())}
        for role in self._body.roles:
            if role not in known:
                cited = self._sources(one.citation for one in self._body.sightings if role in one.roles)
                yield Line("Beside the name", sheets.ROLES.get(role, role).lower(), cited, ours=True)

    def _stakes(self) -> Iterator[Line]:
        """The stakes that the table of ownership shows; each is cited there."""
        found = self._context.stakes.get(self._body.id, ())
        for stake in [stake for stake in found if stake.id in self._context.shown][:_LINES]:
            owns = stake.owner_id == self._body.id
            label, other = ("Owns", stake.owned) if owns else ("Owned by", stake.owner)
            note = ", ".join(filter(None, (share(stake), when(stake))))
            yield Line(label, other, note=note, href=stake.id)
        yield from _more(len(found), "Ownership", "stake")

    def _listed(self) -> Iterator[Line]:
        annex = self._context.annex
        at = next((annex[name] for name, _, _ in self._body.names if name in annex), None)
        if at:
            yield Line("Lists", "what the lists say of it", href=at, ours=True)


def _more(number: int, label: str, what: str) -> Iterator[Line]:
    if number > _LINES:
        yield Line(label, f"and {_count(number - _LINES, f'more {what}')}; the export has them all", ours=True)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' if number != 1 else ''}"
