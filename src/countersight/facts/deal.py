"""From the clues of one document to the deal it is a record of. Pure.

Of the clues of a field the surest grade counts, of equal ones the plainest label. Values that then still differ leave
the field open, and a question cites them, unless one only says more than the other. Nothing is repaired.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from countersight.facts.clauses_en import SINCE_MADE
from countersight.facts.cues.entitled import HEADS, core
from countersight.facts.cues.numbered import ORDERS, OWN, changed, of_procurement
from countersight.facts.dollars import BARE
from countersight.facts.dollars import currency as dollar
from countersight.facts.kinds import BESIDE, CORE, TEMPLATE, TENDERS, by_fields, kind_of, meant
from countersight.facts.speaking import (
    HEADED,
    LEVEL,
    agreed,
    counts,
    defined,
    key,
    level_of,
    most_specific,
    place,
    rank,
    span_of,
    surest,
)
from countersight.facts.styled import KIND
from countersight.facts.titled import entitling
from countersight.facts.values import BLANK, MONEY
from countersight.model import Citation, Clue, DateSpan, Deal, Digest, FileRow, Money, Party, Question
from countersight.model.facts import WEIGHED
from countersight.text import money, terms
from countersight.text.places import district

Cite = Callable[[Clue], Citation]
_NEVER = {  # what a record of a kind cannot know, so that a form or an example in it is not taken for a fact
    **dict.fromkeys(TENDERS, frozenset({"supplier", "leader", "member", "value", "signed", "award"})),
    "bid": frozenset({"signed", "award"}),
    "deviation": frozenset({"signed", "award", "value"}),
}
_ROLES = ("buyer", "agent", "supplier", "party", "leader", "member", "recipient")
_WORDS = ("title", "method", "term", "option", "place", "model", "funding", "warranty")
_DATED = ("tender", "closing", "award", "signed", "start", "end", "document")
_PART = 3  # the level of an amount that is not of the whole as first agreed
_ONE_LINE = 160  # characters within which parties stand that are named together
_BESIDE_FIGURES = 100  # characters between figures and the capitals that repeat them
_UNDER = 2  # the level of a day under a signature
_OTHERS = frozenset({"body", "identifier", BLANK})  # clues that are not of fields of a deal


@dataclass(slots=True)
class _Work:
    """One deal being told: its clues, and what has been settled."""

    file: FileRow
    kind: str
    clues: list[Clue]
    cite: Cite
    numbers: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    citations: dict[str, Citation] = field(default_factory=dict)

    def of(self, *fields: str) -> list[Clue]:
        """The clues of these fields."""
        return [clue for clue in self.clues if clue.field in fields]

    def keep(self, name: str, clue: Clue) -> None:
        """Cite a field."""
        self.citations[name] = self.cite(clue)

    def ask(self, what: str, clues: Iterable[Clue]) -> None:
        """Put a reading question."""
        self.questions.append(Question(what, tuple(self.cite(clue) for clue in clues)))


def deals(file: FileRow, clues: Sequence[Clue], cite: Cite) -> Iterator[Deal]:
    """The deals that a document is a record of: one, or one for each record of a feed."""
    feed = [clue for clue in clues if clue.grade == "feed"]
    if feed:
        records = dict.fromkeys(clue.group.partition("|")[0] for clue in feed)
        for record in records:
            own = [clue for clue in feed if clue.group.partition("|")[0] == record]
            kind = next((clue.value for clue in own if clue.field == "kind" and clue.value), None) or by_fields(own)
            yield from _deal(file, kind, own, cite, record, numbers=_numbers(clues))
        return
    own = [_sided(clue) for clue in _of_one_preamble(clues) if clue.field not in _OTHERS]
    kind = kind_of(file, own)
    lists = _lists(own)
    own = [clue for clue in own if _table(clue) not in lists]
    if lists and kind not in _OF_ONE and not any(clue.field == "buyer" and level_of(clue) < HEADED for clue in own):
        return
    for deal in _deal(file, kind, [meant(clue, kind) for clue in own], cite, ""):
        yield replace(deal, kind=TEMPLATE) if _is_template(deal, clues) else deal


def name_of(digest: Digest, record: str) -> str:
    """The id of the deal that a source tells, or that the record at a path of it tells."""
    return f"D-{Digest.of(f'{digest} {record}'.encode())[:12]}"


_OF_ONE = frozenset({"contract", "supplement", "bid", "deviation"})
"""Kinds of records that are of one deal, even if a table in them lists others, as of what a bidder did before."""


def _lists(clues: Iterable[Clue]) -> set[str]:
    """The tables whose rows name different buyers: they list deals, and tell nothing of a deal of the record's own."""
    buyers: dict[str, set[str]] = {}
    for clue in clues:
        if clue.field == "buyer" and (table := _table(clue)):
            buyers.setdefault(table, set()).add(key(clue))
    return {table for table, named in buyers.items() if len(named) > 1}


def _table(clue: Clue) -> str:
    """The page and table of a clue in a row that is of its own."""
    return clue.group.rpartition(".")[0] if clue.grade == "cell" else ""


def _is_template(deal: Deal, clues: Iterable[Clue]) -> bool:
    """Whether a record that names no party, number or amount has room for at least two of them."""
    told = deal.parties or deal.references or deal.value or deal.budget or deal.ceiling
    return deal.kind in CORE and not told and len({clue.value for clue in clues if clue.field == BLANK}) > 1


def _numbers(clues: Iterable[Clue]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The numbers that a feed gives with names of parties; none where one name has two of one scheme."""
    found: dict[str, dict[str, set[str]]] = {}
    for clue in clues:
        if clue.label == "CompanyID":
            scheme, _, number = clue.value.rpartition(" ")
            found.setdefault(clue.group, {}).setdefault(scheme, set()).add(number)
    return {
        name: tuple((scheme, min(held)) for scheme, held in sorted(of.items()) if len(held) == 1)
        for name, of in found.items()
    }


def _of_one_preamble(clues: Sequence[Clue]) -> Iterator[Clue]:
    """The clues without the parties of other contracts: those of a preamble are of the first page that has two."""
    named = Counter(clue.page for clue in clues if defined(clue))
    pages = sorted(named, key=lambda page: (named[page] < 2, page))  # noqa: PLR2004 (parties)
    yield from (clue for clue in clues if not defined(clue) or clue.page == pages[0])


def _sided(clue: Clue) -> Clue:
    """The first party of a contract as its buyer, the second as its supplier; below a label that says so plainly."""
    sides = {"party_a": "buyer", "party_b": "supplier"}
    return replace(clue, field=sides[clue.field], label=f"{clue.label}#1") if clue.field in sides else clue


def _deal(
    file: FileRow,
    kind: str | None,
    clues: list[Clue],
    cite: Cite,
    record: str,
    *,
    numbers: dict[str, tuple[tuple[str, str], ...]] | None = None,
) -> Iterator[Deal]:
    if kind is None or file.digest is None:
        return
    never = _NEVER.get(kind, frozenset())
    if kind in TENDERS and any(_ONLY.search(clue.value if clue.field == "method" else clue.label) for clue in clues):
        never = never - {"supplier"}
    work = _Work(file, kind, [c for c in clues if c.field not in never and counts(c, kind, clues)], cite, numbers or {})
    reference, references = _references(work)
    parties = tuple(_parties(work))
    earlier, mentions = (
        tuple(dict.fromkeys(clue.value for clue in work.of(name) if clue.value not in references))
        for name in ("earlier", "mention")
    )
    if kind in BESIDE and not (references or mentions):
        return
    if kind not in BESIDE and not (references or parties or work.of("title", "value", "signed")):
        return
    amounts = {name: _money(work, name) for name in ("value", "budget", "ceiling")}
    dates = {name: span for name in _DATED if (span := _date(work, name))}
    words = {name: _said(work, name) for name in _WORDS}
    computed = _computed(work, dates)
    lying = _lying(work)
    yield Deal(
        id=name_of(file.digest, record),
        kind=kind,
        digest=file.digest,
        reference=reference,
        references=references,
        parties=parties,
        dates=dates,
        computed=computed,
        weighed=_weighed(work),
        district=lying,
        questions=tuple(work.questions),
        citations=work.citations,
        earlier=earlier,
        mentions=mentions,
        value=amounts["value"],
        budget=amounts["budget"],
        ceiling=amounts["ceiling"],
        title=words["title"],
        method=words["method"],
        term=words["term"],
        option=words["option"],
        place=words["place"],
        model=words["model"],
        funding=words["funding"],
        warranty=words["warranty"],
    )


def _lying(work: _Work) -> str | None:
    """The administrative place that the first of these fields with one names."""
    for clue in (*work.of("place", "region", "title"), *work.of("buyer")):
        if found := district(clue.value):
            work.keep("district", clue)
            return found
    return None


def _weighed(work: _Work) -> dict[str, str]:
    """What only the words around it tell, with those that weighed most; the kind too."""
    told = {clue.field: clue for clue in work.clues if clue.grade == WEIGHED and clue.field in {KIND, *work.citations}}
    return {name: LEVEL.sub("", clue.label) for name, clue in told.items()}


_ONLY = re.compile(r"拟定|单一来源|唯一")


def _one(work: _Work, name: str, clues: Sequence[Clue]) -> Clue | None:
    """The clue that speaks for a field; None, with a question, where the surest ones differ."""
    found = surest(clues)
    if len(found) > 1:
        found = most_specific(found) or agreed(clues, found) or found
    if len(found) > 1:
        said = ", ".join(f"“{_shown(clue)}”" for clue in found[:4])
        lots = {clue.group for clue in found if clue.grade == "feed" and "|" in clue.group}
        left = "each of its own lot or award" if len(lots) == len(found) else "which one holds is left open"
        work.ask(f"{name}: the record gives {said}; {left}.", found[:4])
        return None
    return found[0] if found else None


def _shown(clue: Clue) -> str:
    return clue.value.removesuffix(" -").replace(" ?", "") if clue.field in MONEY else clue.value


# ── references ──


def _references(work: _Work) -> tuple[str | None, tuple[str, ...]]:
    """The reference number of the record itself, and all that it has."""
    order = ORDERS.get(work.kind, ("reference", OWN, "contract_no"))
    own = None
    for name in (*order, "notice_no", OWN, "ocid"):
        if own and own.grade == "feed":
            break  # a notice of several contracts has a number for each
        base = work.kind == "supplement" and name == "contract_no"
        of_own = of_procurement(work.of(name), work.kind)
        clues = changed(work.of(name, "earlier_no"), key) if base else of_own
        clue = _one(work, "reference", [one for one in clues if name != "reference" or level_of(one) == 0 or not own])
        if clue and not own:
            own = clue
    if own:
        work.keep("reference", own)
    numbers = work.of("reference", "contract_no", "notice_no", OWN, "ocid")
    every = dict.fromkeys(clue.value for clue in sorted(numbers, key=place))
    return (own.value if own else None), tuple(every)


# ── parties ──


def _parties(work: _Work) -> Iterator[Party]:
    found = _one_side({role: _bodies(work, role, work.of(role)) for role in _ROLES})
    for role in _ROLES:
        for n, clue in enumerate(found[role]):
            if n == 0:
                work.keep(role, clue)
            yield Party(
                clue.value,
                role,
                work.cite(clue),
                identifiers=work.numbers.get(clue.value, ()),
                lot=_lot_name(clue.group),
                value=_lot_value(work, clue),
            )


def _lot_name(group: str) -> str | None:
    """The lot or award that a group of clues is of, as it is called; awards of OCDS have no names but places."""
    lot = group.rpartition("|")[2]
    award = re.fullmatch(r"awards\[(\d+)\]", lot)
    return f"award {int(award[1]) + 1}" if award else lot or None


def _one_side(found: dict[str, list[Clue]]) -> dict[str, list[Clue]]:
    """The bodies by role, none both buying and selling: it is what its surer clue says, neither where none is surer."""
    bought, sold = ({key(clue): rank(clue) for clue in found[role]} for role in ("buyer", "supplier"))
    for role, own, other in (("buyer", bought, sold), ("supplier", sold, bought)):
        found[role] = [
            clue for clue in found[role] if clue.grade == "feed" or own[key(clue)] < other.get(key(clue), _LAST)
        ]
    return found


_LAST = (9, 0, 0, 0)


def _bodies(work: _Work, role: str, clues: Sequence[Clue]) -> list[Clue]:
    """The bodies in a role. Several of one role are named together, or each in a lot; else which holds is open."""
    if role == "recipient":
        return list({key(clue): clue for clue in sorted(clues, key=place, reverse=True)}.values())[::-1]
    found = surest(clues)
    if len(found) < 2 or role in {"member", "party"}:  # noqa: PLR2004
        return found
    if role == "supplier" and (work.kind == "award" or found[0].grade == "feed"):
        return found
    together = all(
        one.page == found[0].page and abs(one.start - found[0].start) < _ONE_LINE and one.label == found[0].label
        for one in found
    )
    if (together and role != "agent") or found[0].grade == "feed":
        return found
    one = _one(work, role, clues)
    return [one] if one else []


def _lot_value(work: _Work, clue: Clue) -> Money | None:
    if not clue.group or clue.field != "supplier":
        return None
    own = {one.value for one in work.of("value") if one.group == clue.group}
    return money.read(own.pop()) if len(own) == 1 else None


# ── amounts ──


def _money(work: _Work, name: str) -> Money | None:
    clues = _settled(work) if name == "value" and work.kind == "acceptance" else work.of(name)
    whole = [clue for clue in clues if not (clue.group.partition("|")[2] if clue.grade == "feed" else clue.group)]
    best = surest(clues)
    if best and not any(clue in whole for clue in best) and len({clue.group for clue in best}) == 1:
        whole = best  # of the only lot or award
    chosen = _one(work, name, [clue for clue in whole if level_of(clue) != _PART or work.kind == "contract"])
    if chosen is None or not _as_in_capitals(work, name, chosen):
        return None
    same = [money.read(clue.value) for clue in clues if key(clue) == key(chosen)]
    told = money.read(chosen.value)
    currency = told.currency or next((one.currency for one in same if one.currency), None)
    if currency is None and BARE.search(work.cite(chosen).quote):
        currency = dollar(work.clues, work.cite(chosen).quote)
        if currency is None:
            work.ask(f"{name}: “$” is the sign of several currencies; the record does not say which.", (chosen,))
    taxed = {one.tax for one in same if one.tax}
    work.keep(name, chosen)
    return Money(told.amount, currency, told.tax or (taxed.pop() if len(taxed) == 1 else None))


def _settled(work: _Work) -> list[Clue]:
    """The amounts that a record of acceptance is about: what was settled, if it says that, beside the contract's."""
    clues = work.of("value")
    return [clue for clue in clues if _SETTLED.search(clue.label)] or clues


_SETTLED = re.compile(r"结算|审定|settle|final account", re.IGNORECASE)


def _as_in_capitals(work: _Work, name: str, chosen: Clue) -> bool:
    """Whether the capitals beside the figures say the same amount; a question where they do not."""
    for clue in work.of(f"{name}_capitals"):
        near = clue.page == chosen.page and abs(clue.start - chosen.end) < _BESIDE_FIGURES
        if near and key(clue) != key(chosen):
            figures, capitals = (money.read(one.value).amount for one in (chosen, clue))
            work.ask(f"{name}: the figures say {figures:,}, the capital numerals {capitals:,}.", (chosen, clue))
            return False
    return True


# ── dates and terms ──


def _date(work: _Work, name: str) -> DateSpan | None:
    clues = work.of(name)
    if name == "tender" and work.kind in TENDERS:
        clues = clues or work.of("published") or ([] if work.kind == "clarification" else _own_days(work))
    if name == "signed" and work.kind in {"contract", "supplement"}:
        own = _own_days(work)
        if work.kind == "supplement":
            clues = [clue for clue in clues if not (own and _OF_CHANGED.match(clue.label))]
        clues = clues or own
        clues = [*clues, *(day for day in own if any(_within(day, clue) for clue in clues))]
    if name == "document":
        clues = clues or work.of("published")
    chosen = (_last_to_sign(clues) if name == "signed" else None) or _one(work, name, clues)
    if chosen is None:
        return None
    work.keep(name, chosen)
    return replace(span_of(chosen.value), text=work.citations[name].quote)


_OF_CHANGED = re.compile(
    r"(?:原|主|original |principal )?(?:合同|协议|contract|agreement)(?:签[订署])?\s?(?:日期|date)", re.IGNORECASE
)


def _within(day: Clue, clue: Clue) -> bool:
    """Whether a day is one of a longer time, which it then says more exactly."""
    one, whole = span_of(day.value), span_of(clue.value)
    return one != whole and whole.from_ <= one.from_ and one.to <= whole.to


def _own_days(work: _Work) -> list[Clue]:
    """The days that a record bears as its own, on its last lines or behind nothing but “Date”."""
    return [clue for clue in work.of("document") if clue.grade != "feed" and _OWN_DAY.match(clue.label)]


_OWN_DAY = re.compile(r"(?:落款|日\s*期|dated?)\W*(?:#\d)?$", re.IGNORECASE)


def _last_to_sign(clues: Sequence[Clue]) -> Clue | None:
    """The last of the days that stand under the signatures of one page and no place else: it makes the contract."""
    found = surest(clues)
    on_page = all(clue.page == found[0].page for clue in found)
    under = on_page and all(
        clue.field == "signed" and (level_of(clue) == _UNDER or _UNDER_SIGNATURE.search(clue.label)) for clue in found
    )
    if on_page and found and all(clue.field == "document" for clue in found):  # of both sides, side by side
        under = found[-1].start - found[0].start < _ONE_LINE
    return max(found, key=lambda clue: clue.value) if len(found) > 1 and under else None


_UNDER_SIGNATURE = re.compile(r"date signed|signature date|签字日期", re.IGNORECASE)


def _computed(work: _Work, dates: dict[str, DateSpan]) -> dict[str, str]:
    """What a relative term gives, put into ``dates``, with its words: the start on the day of signing, the end."""
    begun = next(iter(work.of(SINCE_MADE)), None)
    told = {}
    if begun and "start" not in dates and "signed" in dates:
        dates["start"] = dates["signed"]
        work.keep("start", begun)
        told["start"] = begun.value
    clue = next(iter(surest(work.of("term"))), None)
    span = terms.length(clue.value) if clue else None
    if clue is None or span is None or "end" in dates or work.kind in TENDERS:
        return told
    base = dates.get(span.anchor or "start")
    if base is None or base.to - base.from_ > _MONTH:
        return told
    dates["end"] = terms.after(base, span, clue.value)
    work.keep("end", clue)
    return told | {"end": clue.value}


_MONTH = date(2000, 2, 1) - date(2000, 1, 1)


# ── words ──


def _said(work: _Work, name: str) -> str | None:
    """What the record says of a field in words: as the surest and first place says it."""
    clues = sorted(work.of(name), key=lambda clue: (rank(clue), place(clue)))
    if name == "title":
        clues = entitling(clues, work.kind, rank)
    if not clues:
        return None
    first = clues[0]
    others = {key(clue) for clue in clues if rank(clue) == rank(first)}
    open_ = sum(not question.what.startswith("document:") for question in work.questions)
    if first.grade != "feed" and (open_ > 2 or (open_ > 1 and len(others) > 1)):  # noqa: PLR2004
        return None  # a document of several projects
    longer = [clue for clue in clues if rank(clue) == rank(first) and key(clue).startswith(key(first))]
    if rank(first)[0] == HEADS:  # a line of the head says more than a sentence below it
        longer += [one for one in clues if rank(one)[0] == HEADS and core(key(first)) in key(one)]
    chosen = max(longer, key=lambda clue: len(key(clue))) if name in {"title", "place"} else first
    work.keep(name, chosen)
    return chosen.value
