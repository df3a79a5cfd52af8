"""Which clues of a field may speak in a record of a kind, and which of them are the surest. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from countersight.facts.cues.numbered import CUED
from countersight.facts.kinds import TENDERS
from countersight.facts.values import DATES, MONEY, key_of
from countersight.model import Clue, DateSpan
from countersight.model.facts import GRADES, WEIGHED

_SUPPLY = frozenset({"supplier", "leader", "member"})
HEADED = 4  # the level of a body at the head of a notice
_CANDIDATE, _BIDDER = 2, 3  # levels of labels of suppliers that may win, and of those that bid
LEVEL = re.compile(r"#(\d)$")  # the end of a label
_CUED_IN = {"signed": frozenset({"contract", "supplement"}), "award": frozenset({"award"})}
_OF_CONTRACT = re.compile(r"合同|订单|(?:contract|agreement|(?:purchase |work )?order|l\.?p\.?o)\b", re.IGNORECASE)
_ONLY_IN = (  # what cues tell in records of some kinds alone
    (re.compile(r"reference your ref", re.IGNORECASE), frozenset({"bid"})),
    (re.compile(r"value .*(?:投标|报价|\b(?:tender|bid|offer|quot))", re.IGNORECASE), frozenset({"bid"})),
    (re.compile(r"value .*not[- ]to[- ]exceed", re.IGNORECASE), frozenset({"award"})),
    (re.compile(r"budget engineer", re.IGNORECASE), TENDERS),
    (re.compile(r"signed .*\d.*\b(?:dated|dt|of)\b", re.IGNORECASE), frozenset[str]()),  # of another contract
)


def _cue_counts(clue: Clue, kind: str) -> bool:
    """Whether what a cue tells may be said by a record of this kind."""
    if clue.field == "supplier" and kind == "invoice" and clue.label.lower().startswith("m/s"):
        return False  # an invoice is written to who buys
    if kind in _AFTER and _OF_CONTRACT.match(clue.label):
        return True  # what is said of the contract before it
    if clue.field == "award" and kind in _AWARDED and _NOTIFIED.search(clue.label):
        return True
    if clue.field == "signed" and kind == "supplement" and "《" in clue.label:
        return False  # the contract that it changes
    only = next((only for told, only in _ONLY_IN if told.match(f"{clue.field} {clue.label}")), None)
    return kind in (_CUED_IN.get(clue.field, {kind}) if only is None else only)


_AFTER = frozenset({"acceptance", "invoice"})
_AWARDED = frozenset({"contract", "supplement", "acceptance", "invoice"})
_NOTIFIED = re.compile(r"通知书|中标日期|成交日期|\b(?:letter|notice|notification) of", re.IGNORECASE)


def counts(clue: Clue, kind: str, clues: Sequence[Clue]) -> bool:
    """Whether a clue of this level may speak in a record of this kind."""
    level = level_of(clue)
    if level >= CUED:
        return (clue.grade == WEIGHED and clue.field != "award") or _cue_counts(clue, kind)
    if (clue.field, level) == ("closing", 1):
        return kind in {"award", "bid", *TENDERS} or clue.grade == "feed"  # contracts have another closing
    if clue.field == "supplier" and clue.grade != "feed":
        return level < _CANDIDATE or kind in {_CANDIDATE: ("award", *TENDERS), _BIDDER: ("bid", "deviation")}[level]
    if clue.field == "buyer" and level >= HEADED:
        sold = any(one.field == "supplier" and (level_of(one) < _CANDIDATE or level_of(one) == CUED) for one in clues)
        heads = level == HEADED and kind in {"award", "acceptance", *TENDERS}
        return sold if kind in {"contract", "supplement"} else heads
    if clue.field == "value" and level in {1, 2} and clue.grade != "feed":
        return (
            kind in {"bid", "boq", "contract", "supplement", "invoice", "acceptance"} and "报价" not in clue.label
        ) or kind == "bid"
    office = _OF_OFFICE.match(clue.label) and kind in {"award", *TENDERS}
    headed = office and any(one.field == "buyer" and level_of(one) == HEADED for one in clues)  # whose office it is
    return not (clue.field == "buyer" and level > 1 and (headed or (clue.group and clue.grade != "feed")))


_OF_OFFICE = re.compile(r"(?:user )?department\b(?!.*agency)", re.IGNORECASE)


def defined(clue: Clue) -> bool:
    """Whether a preamble names this party by defining a term for it."""
    return clue.label.startswith("“")


def level_of(clue: Clue) -> int:
    """How plain its label is: 0 the plainest, from ``CUED`` on no label at all."""
    found = LEVEL.search(clue.label)
    return int(found[1]) if found else 0


# A plainer label in a line, or a term that a preamble defines, goes before one in a cell.
_COARSE = GRADES.index("cell")


def rank(clue: Clue) -> tuple[int, int, int, int]:
    """The lower the surer: a label that may name something else stands behind any that does not."""
    level, grade = level_of(clue), GRADES.index(clue.grade)
    return level // 2, _COARSE if clue.grade == "label" or defined(clue) else grade, level, grade


def place(clue: Clue) -> tuple[int, int]:
    """Where a clue stands."""
    return clue.page, clue.start


def surest(clues: Sequence[Clue]) -> list[Clue]:
    """The clues of the best rank, each value once, in the order of their places."""
    best = min(map(rank, clues), default=None)
    found: dict[str, Clue] = {}
    for clue in sorted((clue for clue in clues if rank(clue) == best), key=place):
        found.setdefault(key(clue) + _lot(clue), clue)
    return list(found.values())


def _lot(clue: Clue) -> str:
    """The lot of a supplier that a feed numbers: who wins two lots stands twice."""
    lot = clue.group.partition("|")[2]
    return lot if clue.field in _SUPPLY and lot.startswith(("LOT-", "GLO-")) else ""


def key(clue: Clue) -> str:
    """The form in which values are compared."""
    if clue.field in MONEY or clue.field.endswith("_capitals"):
        return clue.value.split(" ")[0]
    return key_of(clue.value)


def most_specific(found: Sequence[Clue]) -> list[Clue]:
    """The one value that says all that the others say and more."""
    first = found[0]
    if first.field in DATES:
        spans = [(span_of(clue.value), clue) for clue in found]
        inner = min(spans, key=lambda pair: pair[0].to - pair[0].from_)
        return [inner[1]] if all(s.from_ <= inner[0].from_ and inner[0].to <= s.to for s, _ in spans) else []
    if first.field in MONEY:
        return []
    longest = max(found, key=lambda clue: len(key(clue)))
    return [longest] if all(key(clue) in key(longest) for clue in found) else []


def agreed(clues: Sequence[Clue], found: Sequence[Clue]) -> list[Clue]:
    """The one value that most clues of the field give, if twice as often as any other; weighed ones do not count."""
    told = [key(clue) for clue in clues if clue.grade != WEIGHED]
    counts = sorted(((told.count(key(clue)), -n) for n, clue in enumerate(found)), reverse=True)
    return [found[-counts[0][1]]] if counts[0][0] >= 2 * counts[1][0] + 1 else []


def span_of(value: str) -> DateSpan:
    """The days that the value of a clue gives: ``2022-12-08`` or ``2022-12-01/2022-12-31``."""
    first, _, last = value.partition("/")
    return DateSpan(date.fromisoformat(first), date.fromisoformat(last or first))
