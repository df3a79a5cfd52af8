"""Records of one project: joined by what they share, with the reason; what is missing among them, and what changed.

Two records join by a reference number, by one naming the other's, or by what parties, title and amount say together.
Words alone join nothing: two schools may buy the same cameras. What is bought again each year under one title is of as
many projects: of records that only parties and words join, the nearest in time join first, and none that would bring
together two calls of different numbers, or two contracts of different numbers and times.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise, product
from typing import NamedTuple

from countersight.facts.kinds import BESIDE, MATRIX, TEMPLATE
from countersight.model import Changed, Citation, Deal, Digest, Family, Money, Question
from countersight.text.normal import flatten

_PUNCTUATION = re.compile(r"[\s\-_/\\.,:：()（）\[\]【】〔〕{}第号號#]+")
_SUFFIX = re.compile(r"(?:[-_/(（]?(?:HT|合同|补充协议|\d{1,2}包|第?[一二三]次|二次|重))+[)）]?$", re.IGNORECASE)
_DIGITS = re.compile(r"\d")
_SHORTEST = 5  # characters, and digits below, that make a reference number one of its own
_LEAST_DIGITS = 3
_GENERIC = re.compile(
    r"项目|采购|招标|公告|中标|成交|结果|合同|公开|竞争性|磋商|谈判|询价|文件|通知书|建设|工程|服务|货物|设备|系统|补充协议|验收|报告|政府|购置|改造"
    r"|\b(?:the|of|for|and|supply|purchase|procurement|services?|contract|agreement|tender|project|provision|notice|award|equipment|system)\b",
    re.IGNORECASE,
)
_ALIKE = 0.6  # of the pairs of characters in two titles
_LONGEST_GROUP = 300  # records of one buyer whose titles are compared with each other
_CONTRACTS = frozenset({"contract", "supplement"})
_ORDER = ("tender", "clarification", "bid", "award", "contract", "supplement", "acceptance")


class Tie(NamedTuple):
    """Two records, by id, and why they are of one project."""

    first: str
    second: str
    reason: str


def joined_by(deals: Iterable[Deal]) -> tuple[Deal, ...]:
    """The deals, each with the id of its family; in the order given.

    What only belongs beside a deal, a letter or a list, is left out where no deal of the case has the number it names,
    but for what lists goods or names parts, and templates. A bill of its own is held against the contract beside it.
    """
    known = list(deals)
    found = families(known)
    family = {member: one.id for one in reversed(found) for member, _ in one.records}
    asked = _bills(found, {deal.id: deal for deal in known})
    kept = (deal for deal in known if deal.id in family or deal.items or deal.components or deal.kind == TEMPLATE)
    return tuple(
        replace(deal, family=family.get(deal.id), questions=(*deal.questions, *asked.get(deal.id, ()))) for deal in kept
    )


def _bills(found: Iterable[Family], deals: Mapping[str, Deal]) -> dict[str, list[Question]]:
    """What to ask of bills whose sum is the value of no contract in their family."""
    asked: dict[str, list[Question]] = {}
    for family in found:
        records = [deals[name] for name, _ in family.records]
        contracts = [
            (deal.value, deal.citations["value"]) for deal in records if deal.kind in _CONTRACTS and deal.value
        ]
        for deal in records:
            if deal.kind in BESIDE and deal.bill_total and contracts:
                bill = (deal.bill_total, deal.citations["bill_total"])
                unlike = [list(against(bill, contract)) for contract in contracts]
                if all(unlike):
                    asked.setdefault(deal.id, []).extend(unlike[0])
    return asked


def against(bill: tuple[Money, Citation], contract: tuple[Money, Citation]) -> Iterator[Question]:
    """Whether the sum of a bill is the value of its contract, where both are in one currency, tax in or out of both."""
    (total, _), (value, _) = bill, contract
    unlike = total.currency != value.currency or (total.tax and value.tax and total.tax != value.tax)
    if not unlike and abs(total.amount - value.amount) >= 1:
        what = f"the bill of quantities sums to {total.amount:,f}, and the contract's value is {value.amount:,f}"
        yield Question(what, (bill[1], contract[1]))


def families(deals: Iterable[Deal]) -> tuple[Family, ...]:
    """The families of the deals, by id; a record that joins no other is one of its own.

    What only belongs beside a deal joins no two deals: it is listed with each whose number it names.
    """
    known = sorted(deals, key=lambda deal: deal.id)
    core = {deal.id: deal for deal in known if deal.kind not in BESIDE and deal.kind != TEMPLATE}
    ties = list(_by_reference(list(core.values())))
    roots = {name: name for name in core}

    def root(name: str) -> str:
        while roots[name] != name:
            roots[name] = roots[roots[name]]
            name = roots[name]
        return name

    members = {name: [deal] for name, deal in core.items()}

    def join(tie: Tie) -> None:
        low, high = sorted((root(tie.first), root(tie.second)))
        if low != high:
            roots[high] = low
            members[low] += members.pop(high)

    for tie in ties:
        join(tie)
    for tie in sorted(_by_parties(list(core.values())), key=lambda tie: _apart(core[tie.first], core[tie.second])):
        one, other = root(tie.first), root(tie.second)
        if one == other or not any(_of_two_projects(*pair) for pair in product(members[one], members[other])):
            join(tie)
            ties.append(tie)
    beside = [deal for deal in known if deal.kind in BESIDE]
    found = (_family(group, beside, ties) for group in members.values())
    return tuple(sorted(found, key=lambda one: one.id))


_CALLS = ("tender", "award")
_SEASON = 120  # days that contracts of one project are apart at most, where nothing but their parties joins them
_UNKNOWN = 1_000_000  # days, where a record gives none


def _day(deal: Deal) -> date | None:
    """The first day that a record gives of itself."""
    return min((span.from_ for role, span in deal.dates.items() if role in _OWN_DAYS), default=None)


_OWN_DAYS = frozenset({"tender", "award", "signed", "document"})


def _apart(first: Deal, second: Deal) -> int:
    """Days between two records; many where one gives none."""
    one, other = _day(first), _day(second)
    return abs((one - other).days) if one and other else _UNKNOWN


def _of_two_projects(first: Deal, second: Deal) -> bool:
    """Whether two records say by their numbers and days that they are of different projects."""
    one, other = _numbers(first), _numbers(second)
    if first.kind != second.kind or not (one and other) or one & other:
        return False
    return first.kind in _CALLS or (first.kind == "contract" and _SEASON < _apart(first, second) < _UNKNOWN)


def _family(core: Sequence[Deal], others: Iterable[Deal], ties: Iterable[Tie]) -> Family:
    ordered = sorted(core, key=_when)
    beside = list(_beside(ordered, others))
    at = {deal.id: n for n, deal in enumerate(ordered)}
    reasons: dict[str, str] = {}
    for tie in ties:
        if tie.first in at:
            reasons.setdefault(max(tie.first, tie.second, key=at.__getitem__), tie.reason)
    reasons |= {deal.id: reason for deal, reason in beside}
    group = [*ordered, *(deal for deal, _ in beside)]
    kinds = {deal.kind for deal in group} | ({"boq"} if any(deal.items for deal in core) else set())
    return Family(
        id=f"P-{Digest.of(' '.join(sorted(at)).encode())[:12]}",
        title=next((deal.title for deal in ordered if deal.title), None),
        references=tuple(dict.fromkeys(ref for deal in ordered for ref in deal.references)),
        records=tuple((deal.id, deal.kind) for deal in group),
        reasons=tuple((deal.id, reasons[deal.id]) for deal in group if deal.id in reasons),
        missing=tuple(kind for kind in MATRIX if kind not in kinds),
        changes=tuple(_changes(ordered)),
    )


def _beside(core: Sequence[Deal], others: Iterable[Deal]) -> Iterator[tuple[Deal, str]]:
    """What belongs beside these deals since it names a number of theirs."""
    own = {key for deal in core for key in _numbers(deal)}
    for deal in others:
        named = next((ref for ref in (*deal.references, *deal.mentions) if reference_key(ref) in own), None)
        if named:
            yield deal, f"it names the reference number {named}"


def _when(deal: Deal) -> tuple[int, str, str]:
    """The order of records in a project: by kind, then date, then id."""
    at = _ORDER.index(deal.kind) if deal.kind in _ORDER else len(_ORDER)
    day = _day(deal)
    return at, day.isoformat() if day else "", deal.id


# ── joining ──


def reference_key(reference: str) -> str | None:
    """A reference number as compared: capitals, no punctuation, no mark of a contract or lot; None if too short."""
    key = _PUNCTUATION.sub("", _SUFFIX.sub("", flatten(reference).upper()))
    return key if len(key) >= _SHORTEST and len(_DIGITS.findall(key)) >= _LEAST_DIGITS else None


def _by_reference(deals: Sequence[Deal]) -> Iterator[Tie]:
    own: dict[str, list[Deal]] = defaultdict(list)
    for deal in deals:
        for key in dict.fromkeys(key for ref in deal.references if (key := reference_key(ref))):
            own[key].append(deal)
    for key, group in own.items():
        said = next(ref for ref in group[0].references if reference_key(ref) == key)
        for deal in group[1:]:
            yield Tie(group[0].id, deal.id, f"both have the reference number {said}")
    for deal in deals:
        for ref in (*deal.earlier, *deal.mentions):
            for other in own.get(reference_key(ref) or "", ())[:1]:
                if other is not deal and (ref in deal.earlier or _share_a_buyer(deal, other)):
                    yield Tie(other.id, deal.id, f"one names the other’s reference number {ref}")


def _share_a_buyer(first: Deal, second: Deal) -> bool:
    """Whether two records have a buyer in common: bids and letters name the numbers of others' contracts too."""
    if not first.references and not first.parties:
        return True  # pages of a record that has neither number nor parties of its own
    buyers = [{_name(party.name) for party in deal.parties if party.role == "buyer"} for deal in (first, second)]
    return bool(buyers[0] & buyers[1])


def _by_parties(deals: Sequence[Deal]) -> Iterator[Tie]:
    by_buyer: dict[str, list[Deal]] = defaultdict(list)
    for deal in deals:
        if buyer := deal.party("buyer"):
            by_buyer[_name(buyer.name)].append(deal)
    for group in by_buyer.values():
        for first, second in combinations(group[:_LONGEST_GROUP], 2):
            if reason := _same_project(first, second):
                yield Tie(first.id, second.id, reason)


def _same_project(first: Deal, second: Deal) -> str | None:
    """Why two records of one buyer are of one project; None where they may be of two."""
    if first.kind == second.kind and _numbers(first) and _numbers(second) and not _numbers(first) & _numbers(second):
        return None
    suppliers = [{_name(p.name) for p in deal.parties if p.role == "supplier"} for deal in (first, second)]
    shared = suppliers[0] & suppliers[1]
    if shared and first.value and second.value and first.value.amount == second.value.amount:
        return f"same buyer, supplier and value ({first.value.amount:,})"
    if _signed_before(first, second) or _signed_before(second, first):
        return None
    if first.title and second.title and not (suppliers[0] and suppliers[1] and not shared):
        alike = _likeness(first.title, second.title)
        if alike >= _ALIKE:
            return f"same buyer, and titles alike ({alike:.0%} of their pairs of characters)"
    return None


def _signed_before(contract: Deal, call: Deal) -> bool:
    """Whether a contract was signed before the call was out: it is of an earlier project of the same title."""
    if (contract.kind, call.kind) != ("contract", "tender"):
        return False
    signed, out = contract.dates.get("signed"), call.dates.get("tender") or call.dates.get("document")
    return bool(signed and out and signed.to < out.from_)


def _numbers(deal: Deal) -> frozenset[str]:
    return frozenset(key for ref in deal.references if (key := reference_key(ref)))


def _name(text: str) -> str:
    return re.sub(r"[\s.,()（）'’&-]+", "", flatten(text))


def _likeness(first: str, second: str) -> float:
    """The share of pairs of characters that two titles have in common, generic words left out; 0 where years differ."""
    a, b = (re.sub(r"\W+", "", _GENERIC.sub("", flatten(text))) for text in (first, second))
    if min(len(a), len(b)) < _SHORTEST or Counter(re.findall(r"\d+", a)) != Counter(re.findall(r"\d+", b)):
        return 0.0
    pairs = [{text[i : i + 2] for i in range(len(text) - 1)} for text in (a, b)]
    return len(pairs[0] & pairs[1]) / len(pairs[0] | pairs[1])


# ── what changed ──

_COMPARED = ("buyer", "supplier", "value", "term", "warranty", "place", "start", "end")


def _changes(ordered: Sequence[Deal]) -> Iterator[Changed]:
    """What a later record of a project says otherwise than the one before it that says anything of it."""
    core = [deal for deal in ordered if deal.kind in _ORDER]
    for name in _COMPARED:
        said = [(deal, words) for deal in core if (words := _field(deal, name)) and name in deal.citations]
        for (before, old), (after, new) in pairwise(said):
            if before.kind != after.kind and not _same(old, new):
                yield Changed(name, old, new, (before.citations[name], after.citations[name]))
    yield from _quantities(core)
    for name in ("budget", "ceiling"):
        yield from _above(core, name)


def _above(core: Sequence[Deal], name: str) -> Iterator[Changed]:
    """The first value of a project above its budget or ceiling."""
    for set_ in (deal for deal in core if getattr(deal, name) and name in deal.citations):
        most: Money = getattr(set_, name)
        for deal in core:
            if deal.value and "value" in deal.citations and _is_more(deal.value, most):
                cited = set_.citations[name], deal.citations["value"]
                yield Changed(name, _amount(most), _amount(deal.value), cited)
                return
        return


def _is_more(value: Money, most: Money) -> bool:
    return value.currency == most.currency and value.amount > most.amount


def _same(old: str, new: str) -> bool:
    a, b = (re.sub(r"\W+", "", flatten(text)) for text in (old, new))
    return a == b or a in b or b in a


def _field(deal: Deal, name: str) -> str | None:
    if name in {"buyer", "supplier"}:
        return "; ".join(sorted(party.name for party in deal.parties if party.role == name)) or None
    if name == "value":
        return _amount(deal.value) if deal.value else None
    if name in {"start", "end"}:
        span = deal.dates.get(name)
        return f"{span.from_} to {span.to}" if span and span.from_ != span.to else str(span.from_) if span else None
    found = getattr(deal, name)
    return str(found) if found else None


def _amount(value: Money) -> str:
    return f"{value.amount:,} {value.currency or ''}".strip()


def _quantities(core: Sequence[Deal]) -> Iterator[Changed]:
    """Quantities of lines with the same description that differ between two records."""
    listed = [deal for deal in core if deal.items]
    for before, after in pairwise(listed):
        old, new = (_by_description(deal) for deal in (before, after))
        for words in old:
            if words in new and old[words][0] != new[words][0] and before.kind != after.kind:
                yield Changed(f"quantity of {words}", old[words][0], new[words][0], (old[words][1], new[words][1]))


def _by_description(deal: Deal) -> dict[str, tuple[str, Citation]]:
    """Quantity and unit by description, of lines whose description stands once."""
    lines = [item for item in deal.items if item.description and item.quantity is not None]
    counts = Counter(item.description for item in lines)
    return {
        item.description: (f"{item.quantity} {item.unit or ''}".strip(), item.citation)
        for item in lines
        if item.description and counts[item.description] == 1
    }
