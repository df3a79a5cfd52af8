"""Which conclusions of a case the lists change that came after its records: answers and flags with and without them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from countersight.ledger import Entry
from countersight.model import Digest, Finding, codec
from countersight.model.screening import ListChange, Screening
from countersight.pipeline.intake import RECEIVED
from countersight.pipeline.watch import LISTED

_Key = tuple[str, str, object]


def later(entries: Sequence[Entry]) -> list[Entry]:
    """The lists entered after the last record; none where no record came before them."""
    last = max((entry.n for entry in entries if entry.act == RECEIVED), default=None)
    return [entry for entry in entries if entry.act == LISTED and last is not None and entry.n > last]


def changes(
    came: Sequence[Entry],
    before: tuple[Iterable[Screening], Iterable[Finding]],
    after: tuple[Iterable[Screening], Iterable[Finding]],
) -> tuple[ListChange, ...]:
    """What differs between the answers and flags without the lists that ``came`` and with them, by id."""
    found = [*_answers(_by_question(before[0]), _by_question(after[0])), *_flags(before[1], after[1])]
    told = tuple(Digest(entry.facts["snapshot"]) for entry in came), date.fromisoformat(came[-1].at[:10])
    made = (ListChange(_id(change, told), *change[:5], *told, change[5]) for change in found)
    return tuple(sorted(made, key=lambda one: one.id))


_Change = tuple[str, str, str, tuple[str, ...], tuple[str, ...], str | None]


def _id(change: _Change, told: object) -> str:
    return f"change-{Digest.of(codec.encode([change, told]))[:12]}"


def _by_question(rows: Iterable[Screening]) -> dict[_Key, list[Screening]]:
    found: dict[_Key, list[Screening]] = {}
    for row in rows:
        found.setdefault((row.party.id or row.party.name, row.regime, row.asked), []).append(row)
    return found


def _answers(before: dict[_Key, list[Screening]], after: dict[_Key, list[Screening]]) -> Iterator[_Change]:
    for key in dict.fromkeys((*before, *after)):
        old, new = (tuple(sorted({row.result.value for row in side.get(key, ())})) for side in (before, after))
        if old != new:
            row = (after.get(key) or before[key])[0]
            what = f"{row.party.name}, {row.asked.role} {row.asked.date.text or row.asked.date.from_.isoformat()}"
            yield _kind(old, new), what, row.regime, old, new, row.asked.deal


def _flags(before: Iterable[Finding], after: Iterable[Finding]) -> Iterator[_Change]:
    old, new = ({(f.rule, f.citations): f for f in side} for side in (before, after))
    for key in dict.fromkeys((*old, *new)):
        was, now = (side.get(key) for side in (old, new))
        finding = now or was
        said, says = (() if f is None else (f"{f.strength.value}: {f.explanation}",) for f in (was, now))
        if finding and said != says:
            yield _kind(said, says), f"{finding.rule} {finding.title}", "", said, says, finding.id


def _kind(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    return "changed" if before and after else "came" if after else "went"
