"""The comparators and the score: each says in words what it found; the score is the naming words less what differs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from countersight.match.entry import Band, Part
from countersight.match.pairing import Pairing, pair, strangers
from countersight.match.prepared import Prepared, Unit, Weights, prepare
from countersight.text.meanings import english
from countersight.text.orgwords import abroad, stem
from countersight.text.sounds import is_pinyin

NO_WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Compared:
    """Two names compared: score from 0 to 1, band (none below ``similar``) and the parts of the score."""

    score: float
    band: Band | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What a comparator sees."""

    one: Prepared
    two: Prepared
    pairing: Pairing
    weights: Weights

    @property
    def across(self) -> bool:
        """Whether one name is in Chinese and the other in Latin letters."""
        return self.one.han != self.two.han

    @property
    def bare(self) -> bool:
        """Whether one of the names is but its naming words."""
        return any(not (name.trade or name.place or name.forms) for name in (self.one, self.two))

    @property
    def distinctive(self) -> bool:
        """Whether the naming words alone tell the organisation from most others."""
        return min(map(distinct, (self.one, self.two)))


_NOTHING = Compared(0.0, None, ())


def compare(one: str, two: str, weights: Weights = NO_WEIGHTS) -> Compared:
    """Two names compared part by part. Symmetric: the order of the names changes nothing."""
    return compared(prepare(one), prepare(two), weights)


def compared(one: Prepared, two: Prepared, weights: Weights, least: float = 0.0) -> Compared:
    """The same for names made ready. What cannot reach the score ``least`` is not compared to its end."""
    if two.text < one.text:
        one, two = two, one
    if strangers(one, two, weights, least) and not _shortened(one, two):
        return _NOTHING
    case = Case(one, two, pair(one, two, weights), weights)
    naming = [part for comparator in NAMING if (part := comparator(case))]
    named = max((part.value for part in naming), default=0.0)
    if named < least:
        return _NOTHING
    parts = (*naming, *(part for comparator in DESCRIBING if (part := comparator(case))))
    score = max(0.0, named - sum(_COST[part.name] * (1 - part.value) for part in parts if part.name in _COST))
    return Compared(round(score, 4), _band(score, parts), parts)


def _band(score: float, parts: Sequence[Part]) -> Band | None:
    if score >= _SAME and all(part.value >= 1 for part in parts if part.name != "initials"):
        return "same name"
    band = next((band for least, band in _BANDS if score >= least), None)
    return band or ("similar" if any(part.name == "core" and part.value >= _NAMESAKE for part in parts) else None)


@lru_cache(maxsize=65536)
def _distinct_word(word: str) -> bool:
    """Whether a word names one organisation: long, no English word, not two syllables of pinyin."""
    return len(word) > _SHORT_CORE and _no_word(word)


def _no_word(word: str) -> bool:
    return stem(word) not in english() and not (len(word) < _LONG_PINYIN and is_pinyin(word))


def distinct(name: Prepared) -> bool:
    """Whether the naming words alone tell the organisation from most others."""
    if name.han:
        return len(name.spelled) >= _DISTINCT_HAN
    return len(name.core) > _MANY or any(_distinct_word(unit.text) for unit in name.core)


# --- comparators: the docstring is what the reader is told of the feature ---


def core(case: Case) -> Part | None:
    """The words that name, without place, trade and legal form: the same, said in the other script, or misspelt."""
    found = case.pairing
    if found.core < 0:
        return None
    told = _told_alike(case) if case.across and _HEARD <= found.core < 1 else 0.0
    why = f"{found.why}, and place and trade are the same" if told else found.why
    return Part("core", round(found.core + told * (1 - found.core), 4), why)


def _told_alike(case: Case) -> float:
    """How much the same place and trades, and no others, tell for naming words that are only heard alike."""
    left, right = case.pairing.left, case.pairing.right
    if left.trade or right.trade or left.place or right.place or left.number or right.number:
        return 0.0
    return min(_MOST_TOLD, sum(_told(unit) for unit in case.pairing.shared))


def _told(unit: Unit) -> float:
    if unit.kind == "place":
        return 0.0 if "china" in unit.keys else _TOLD
    return 0.2 * _TOLD if unit.generic else _TOLD


def office(case: Case) -> Part | None:
    """A name made only of place and trade (a bureau, a university) agrees if each of its words is in the other.

    Words that say nothing of who it is (technology, group) do not make such a name: two telling words must be shared.
    """
    if case.pairing.core >= 0:
        return None
    shared, left, right = case.pairing.shared, case.pairing.left, case.pairing.right
    telling = [unit for unit in shared if not unit.generic]
    loose = [unit for unit in (*left.trade, *right.trade) if not unit.keys & _IMPLIED]
    met = 2 * sum(map(_office_weight, shared))
    total = met + sum(map(_office_weight, (*loose, *left.number, *right.number)))
    if _one_word(case.one) and case.one.joined == case.two.joined:
        return Part("office", 1.0, "the same word")
    if len(shared) < _TELLING or (len(telling) < _TELLING and not any(unit.kind == "trade" for unit in telling)):
        return Part("office", 0.0, "only words that many organisations bear")
    part_of = case.pairing.synonyms or any(not (unit.generic and case.across) for unit in loose)
    value = min(_PART_OF, met / total) if part_of and not (case.across and not loose) else met / total
    return Part("office", round(value, 4), f"share {', '.join(unit.text for unit in shared)}")


def initials(case: Case) -> Part | None:
    """One name is the initials of the other's words, at least three of them."""
    if found := _shortened(case.one, case.two):
        short, long = found
        value = 0.85 if len(short.spelled) > _SHORT else 0.7
        return Part("initials", value, f"{short.spelled.upper()} is the initials of {long.text}")
    return None


def _shortened(one: Prepared, two: Prepared) -> tuple[Prepared, Prepared] | None:
    """The name that is initials, and the one whose they are."""
    for short, long in ((one, two), (two, one)):
        if long.han or short.han or len(short.core) != 1 or short.trade or not _SHORT <= len(short.spelled) <= _LONG:
            continue
        if short.spelled == _initials_of(long) or (short.place and short.spelled == _initials_of(long, places=False)):
            return short, long
    return None


def trade(case: Case) -> Part | None:
    """What the organisation does.

    Words on one side only count little against a name that few bear, and much against a common one. Different words on
    both sides make two organisations; across languages less so where words that tell something are shared.
    """
    if case.pairing.core < 0:
        return None
    left, right = case.pairing.left.trade, case.pairing.right.trade
    if not left and not right:
        return Part("trade", 1.0, "same trade") if case.one.trade else None
    generic = all(unit.generic for unit in (*left, *right))
    if left and right:
        return Part("trade", _unlike_trades(case, generic=generic), f"{_list(left)} is not {_list(right)}")
    short = case.across or (case.distinctive and case.bare and case.pairing.core == 1)
    value = (0.8 if generic else 0.6) if short else (0.25 if generic else 0.2)
    return Part("trade", value, f"only one says {_list(left or right)}")


def _unlike_trades(case: Case, *, generic: bool) -> float:
    """What different words on both sides leave of the agreement."""
    if not case.across:
        return 0.0
    if generic:
        return 0.7 if case.distinctive else 0.4
    return 0.5 if any(unit.kind == "trade" and not unit.generic for unit in case.pairing.shared) else 0.0


def place(case: Case) -> Part | None:
    """Where: the same place, one on one side only, or two different ones. A lone country tells a subsidiary."""
    if not case.one.place and not case.two.place:
        return None
    left, right = case.pairing.left.place, case.pairing.right.place
    if case.pairing.ranks_differ:
        return Part("place", 0.0, "a city in one name, a county or prefecture in the other")
    if left and right:
        within = _within_china(left, right) or _within_china(right, left)
        return Part("place", 0.7 if within else 0.0, f"{_list(left)} {'and' if within else 'is not'} {_list(right)}")
    if lone := left or right:
        return Part("place", _lone_place(case, left, right), f"only one says {_list(lone)}")
    return Part("place", 1.0, "same place")


def _within_china(whole: Sequence[Unit], places: Sequence[Unit]) -> bool:
    return all("china" in unit.keys for unit in whole) and all(unit.keys.isdisjoint(abroad()) for unit in places)


def _lone_place(case: Case, left: Sequence[Unit], right: Sequence[Unit]) -> float:
    """What a place on one side only leaves of the agreement."""
    keys = {key for unit in (*left, *right) for key in unit.keys}
    said_in_han = case.one.han if left else case.two.han
    if case.across and (keys == {"china"} or (said_in_han and keys & abroad() - _TERRITORIES)):
        return 0.9  # the English name of a Chinese body says China; the Chinese name of a foreign one says whence it is
    trades = case.pairing.left.trade, case.pairing.right.trade
    if case.pairing.core < 0 or (case.across and any(trades) and bool(left) != bool(trades[0])):
        return 0.2
    if keys & abroad():
        return 0.6 if case.bare and case.distinctive else 0.1
    if case.across:
        whole = (case.one if case.one.han else case.two).forms
        return 0.5 if whole and not said_in_han else 0.8  # what only the English name says where tells a subsidiary
    return 0.8 if case.distinctive or any(not unit.generic for unit in case.pairing.shared) else 0.5


def number(case: Case) -> Part | None:
    """Numbers in names tell units and funds apart: the 52nd institute is not the 54th."""
    left, right = case.pairing.left.number, case.pairing.right.number
    if left and right:
        return Part("number", 0.0, f"{_list(left)} is not {_list(right)}")
    if left or right:
        return Part("number", 0.1, f"only one has the number {_list(left or right)}")
    return Part("number", 1.0, "same number") if case.one.number else None


def form(case: Case) -> Part | None:
    """Legal form: with the same name, a body with shares for all and a private limited one are different persons.

    Across languages it tells little: Chinese companies write Co., Ltd. for both.
    """
    one, two = case.one.forms, case.two.forms
    if not one or not two:
        return None
    if one & two:
        return Part("form", 1.0, "compatible legal form")
    return Part("form", 0.3 if case.across else 0.0, "different legal form")


def branch(case: Case) -> Part | None:
    """A branch (分公司, 分局, 支队) is the same legal person as its house; a subsidiary is not."""
    named = case.one.branch or case.two.branch
    if not named:
        return None
    same = case.one.branch == case.two.branch
    return Part("branch", 1.0 if same else 0.9, f"{named}: a branch is the same legal person as its house")


Comparator = Callable[[Case], Part | None]
NAMING: tuple[Comparator, ...] = (core, office, initials)
"""What agrees gives the score, the best of them."""
DESCRIBING: tuple[Comparator, ...] = (trade, place, number, form, branch)
"""What differs takes from it."""
COMPARATORS = (*NAMING, *DESCRIBING)
"""Every feature that is compared, in the order in which the result tells them."""


def _list(units: Sequence[Unit]) -> str:
    return ", ".join(unit.text for unit in units)


def _one_word(name: Prepared) -> bool:
    """Whether a name is but one word for what it is, which no other says: an acronym such as XPCC."""
    said = name.trade[0].text if len(name.trade) == 1 and not name.place and not name.number else ""
    return len(said) >= _DISTINCT_HAN if name.han else len(said) > _SHORT and _no_word(said)


def _office_weight(unit: Unit) -> float:
    return 0.2 if unit.generic else 1.0


def _initials_of(name: Prepared, *, places: bool = True) -> str:
    units = (*name.place, *name.core, *name.trade) if places else (*name.core, *name.trade)
    words = [word for unit in sorted(units, key=lambda unit: _position(name, unit)) for word in unit.text.split()]
    return "".join(word[0] for word in words if word not in _LINKS)


def _position(name: Prepared, unit: Unit) -> int:
    return name.joined.find(unit.text.replace(" ", ""))


_HEARD = 0.6  # of the naming words: less is not heard alike
_TOLD, _MOST_TOLD = 0.2, 0.5
_COST = {"trade": 0.35, "place": 0.4, "number": 0.3, "form": 0.35, "branch": 0.1}
_BANDS: tuple[tuple[float, Band], ...] = ((0.9, "strong"), (0.75, "possible"), (0.5, "similar"))
LEAST = _BANDS[-1][0]
"""The score below which nothing is told."""
_SAME = 0.97
_NAMESAKE = 0.95  # of the core: the reader is told of a stranger of the same name
_SHORT_CORE = 5  # letters
_LONG_PINYIN = 11  # letters: from here pinyin has three or more syllables
_DISTINCT_HAN = 3  # characters
_MANY = 2  # words
_IMPLIED = frozenset({"government 政府", "people government 人民政府", "people 人民"})  # a bureau belongs to one
_TERRITORIES = frozenset({"hong kong", "macau", "taiwan", "singapore"})
_TELLING = 2  # words
_PART_OF = 0.7  # at most, where one name says a trade that the other does not: a bureau of it, a bank for it
_SHORT, _LONG = 3, 8  # letters of initials
_LINKS = frozenset({"of", "and", "the", "for"})
