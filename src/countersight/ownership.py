"""Stakes from clues: what prose and tables say as it is, BODS statements and GLEIF relationships joined by their ids.

An owner that is a natural person is dropped and counted. BODS: Beneficial Ownership Data Standard 0.2 to 0.4. GLEIF
level 2: IS_DIRECTLY_CONSOLIDATED_BY and IS_ULTIMATELY_CONSOLIDATED_BY, where the start node is the child.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from countersight.model import Citation, Clue, Digest, Stake, codec
from countersight.resolve import Known

STAKE, PERSON, FIELD = "stake", "stake_person", "stake_field"
_GLEIF = {
    "IS_DIRECTLY_CONSOLIDATED_BY": "direct_consolidation",
    "IS_ULTIMATELY_CONSOLIDATED_BY": "ultimate_consolidation",
}
_ENDED = {"closed", "INACTIVE"}
Cite = Callable[[Clue], Citation]


@dataclass(frozen=True, slots=True)
class Owned:
    """The stakes of one source, and how many owners that are no bodies were dropped."""

    stakes: tuple[Stake, ...] = ()
    dropped: int = 0


def owned(clues: Sequence[Clue], cite: Cite, stated: date | None) -> Owned:
    """What the clues of one source say of who owns whom; ``stated`` is the day of the source."""
    said = [_said(clue, cite, stated) for clue in clues if clue.field == STAKE]
    fed = _Feed(clues, cite)
    made = {stake.id: stake for stake in (*said, *fed.stakes())}
    persons = sum(clue.field == PERSON for clue in clues) + fed.dropped
    return Owned(tuple(made[name] for name in sorted(made)), persons)


def _said(clue: Clue, cite: Cite, stated: date | None) -> Stake:
    owner, held, low, high, kind, since, until, own = clue.value.split("\t")
    return _stake(
        cite(clue),
        owner,
        held,
        kind,
        low=_number(low),
        high=_number(high),
        since=_day(since),
        until=_day(until),
        stated=_day(own) or stated,
    )


def _stake(citation: Citation, owner: str, held: str, kind: str, **more: object) -> Stake:
    name = codec.encode([citation.digest, citation.page, citation.start, owner, held, kind])
    stake = Stake(f"own-{Digest.of(name)[:12]}", owner, held, citation, kind=kind)
    return replace(stake, **more)  # type: ignore[arg-type]


def _number(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


Fields = Mapping[str, Clue]


def _records(clues: Iterable[Clue]) -> list[dict[str, Clue]]:
    """The fields of each record of ownership data, by label."""
    held: dict[str, dict[str, Clue]] = defaultdict(dict)
    for clue in clues:
        if clue.field == FIELD:
            held[clue.group][clue.label.removesuffix(".$").removeprefix("recordDetails.")] = clue
    return list(held.values())


class _Feed:
    """The records of ownership data in one source, by the path of each."""

    def __init__(self, clues: Iterable[Clue], cite: Cite) -> None:
        self._cite = cite
        self.dropped = 0
        self._records = _records(clues)
        self._names = dict(self._named())

    def _named(self) -> Iterator[tuple[str, str]]:
        """Names of entities by the ids that statements refer to them by."""
        for record in self._records:
            name = _of(record, "name")
            for own in ("recordId", "statementID", "statementId"):
                if name and (known := _of(record, own)) and not _is_person(record):
                    yield known, name

    def stakes(self) -> Iterator[Stake]:
        """The stakes of all records."""
        for record in self._records:
            yield from self._interests(record)
            yield from self._consolidated(record)

    def _interests(self, record: Fields) -> Iterator[Stake]:
        """The interests of a BODS relationship, or ownership-or-control, statement."""
        held = self._names.get(_of(record, "subject") or _of(record, "subject.describedByEntityStatement"))
        party = _of(record, "interestedParty") or _of(record, "interestedParty.describedByEntityStatement")
        if not held or not any(label.startswith("interests[") for label in record):
            return
        owner = self._names.get(party)
        if not owner:
            self.dropped += 1  # a person, or a party that the data does not name
            return
        numbers = sorted({label[10 : label.index("]")] for label in record if label.startswith("interests[")}, key=int)
        for number in numbers:
            yield self._interest(record, f"interests[{number}].", owner, held)

    def _interest(self, record: Fields, prefix: str, owner: str, held: str) -> Stake:
        low, high = (_number(_of(record, f"{prefix}share.exact")),) * 2
        low = low if low is not None else _least(record, prefix, "minimum", "exclusiveMinimum")
        high = high if high is not None else _least(record, prefix, "maximum", "exclusiveMaximum")
        at = next(clue for label, clue in record.items() if label.startswith(prefix))
        until = _day(_of(record, f"{prefix}endDate"))
        stated = _day(_of(record, "statementDate"))
        if until is None and _of(record, "recordStatus") in _ENDED:
            until = stated
        later = self._later(record, stated)
        until = min(filter(None, (until, later)), default=None)
        direct = {"direct": True, "indirect": False}.get(_of(record, f"{prefix}directOrIndirect"))
        kind = _of(record, f"{prefix}type") or "unknown"
        since = _day(_of(record, f"{prefix}startDate"))
        return _stake(
            self._cite(at),
            owner,
            held,
            kind,
            low=low,
            high=high,
            direct=direct,
            since=since,
            until=until,
            stated=stated,
        )

    def _later(self, record: Fields, stated: date | None) -> date | None:
        """The day of the next statement of the same record, which takes this one's place."""
        own = _of(record, "recordId")
        if not own or not stated:
            return None
        days = [_day(_of(other, "statementDate")) for other in self._records if _of(other, "recordId") == own]
        return min((day for day in days if day and day > stated), default=None)

    def _consolidated(self, record: Fields) -> Iterator[Stake]:
        """A GLEIF relationship: the start node's accounts go into those of the end node."""
        held = {label.lower(): clue for label, clue in record.items() if label.lower().startswith("relationship.")}
        child, parent = (
            held.get(f"relationship.{node}.id") or held.get(f"relationship.{node}.nodeid")
            for node in ("startnode", "endnode")
        )
        told = held.get("relationship.type") or held.get("relationship.relationshiptype")
        if child and parent and told and (kind := _GLEIF.get(told.value)):
            since, until = _period(held)
            yield _stake(self._cite(told), f"LEI {parent.value}", f"LEI {child.value}", kind, since=since, until=until)


_PERIOD = re.compile(r"(?P<period>.*period.*)\.(?P<field>startdate|enddate|(?:period)?type)")


def _period(held: Fields) -> tuple[date | None, date | None]:
    """The first and last day of a GLEIF relationship; its accounting periods are others."""
    periods: dict[str, dict[str, str]] = defaultdict(dict)
    for label, clue in held.items():
        if found := _PERIOD.fullmatch(label):
            periods[found["period"]][found["field"].removeprefix("period")] = clue.value
    own = next((one for one in periods.values() if one.get("type") == "RELATIONSHIP_PERIOD"), {})
    return _day(own.get("startdate")), _day(own.get("enddate"))


def _of(record: Fields, label: str) -> str:
    return record[label].value if label in record else ""


def _least(record: Fields, prefix: str, *names: str) -> Decimal | None:
    return next(
        (number for name in names if (number := _number(_of(record, f"{prefix}share.{name}"))) is not None), None
    )


def _is_person(record: Fields) -> bool:
    return "person" in (_of(record, "recordType") + _of(record, "statementType")).lower()


_SCHEMES = {"XI-LEI": "LEI", "CN-USCC": "USCC"}


def entities(clues: Sequence[Clue]) -> Iterator[tuple[Clue, str]]:
    """The names of entities in BODS statements, each with an identifier (empty: it has none)."""
    for record in _records(clues):
        name = record.get("name")
        if (name and not _is_person(record) and "recordType" in record) or ("statementType" in record and name):
            numbers = [label[:-6] for label in record if label.endswith("scheme") and f"{label[:-6]}id" in record]
            for prefix in numbers or [""]:
                scheme = _of(record, f"{prefix}scheme")
                yield name, f"{_SCHEMES.get(scheme, scheme)} {_of(record, f'{prefix}id')}".strip()


_LEI = {
    "lei": "lei",
    "LEI": "lei",
    "entity.legalName.name": "name",
    "Entity.LegalName": "name",
    "entity.category": "category",
    "Entity.EntityCategory": "category",
}


def lei_names(clues: Sequence[Clue]) -> Iterator[tuple[Clue, str]]:
    """The legal names that GLEIF records give, each with its LEI; natural persons in business are left out."""
    held: dict[str, dict[str, Clue]] = defaultdict(dict)
    for clue in clues:
        if clue.field == FIELD and (what := _LEI.get(clue.label.removesuffix(".$"))):
            held[clue.group][what] = clue
    for record in held.values():
        if {"lei", "name"} <= record.keys() and _of(record, "category") != "SOLE_PROPRIETOR":
            yield record["name"], f"LEI {record['lei'].value}"


def linked(stakes: Iterable[Stake], known: Known) -> tuple[Stake, ...]:
    """The stakes with the ids of the bodies that their names resolve to, by id; each thing said once."""
    made = {
        one.id: replace(
            one,
            owner_id=known.id(one.citation.digest, one.owner),
            owned_id=known.id(one.citation.digest, one.owned),
        )
        for one in stakes
    }
    return tuple(made[name] for name in sorted(made))
