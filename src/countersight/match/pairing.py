"""Which unit of one name goes with which of another, and what is left over on each side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from countersight.match.across import Crossing, cross, may_say
from countersight.match.prepared import Prepared, Unit, Weights
from countersight.text.orgwords import abroad, stem

Units = tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """What no unit of the other name answers."""

    trade: tuple[Unit, ...]
    place: tuple[Unit, ...]
    number: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Pairing:
    """``core`` is how far the naming words agree (0 to 1; -1 where neither name has any), ``why`` how."""

    core: float
    why: str
    shared: tuple[Unit, ...]
    left: Side
    right: Side
    ranks_differ: bool
    synonyms: bool


def strangers(one: Prepared, two: Prepared, weights: Weights, least: float) -> bool:
    """Whether the naming words of two names in one script agree less than ``least`` whatever else the names say."""
    if one.han != two.han or not one.core or not two.core or _slips(one.trade, two.core) or _slips(two.trade, one.core):
        return False
    return _same_script(one, two, one.core, two.core, weights)[0] < least


def pair(one: Prepared, two: Prepared, weights: Weights) -> Pairing:
    """The pairing of two names."""
    shared, (left, right), differ, synonyms = _by_keys(one, two)
    if not one.core and not two.core:
        return Pairing(-1.0, "", shared, left, right, differ, synonyms)
    if one.han == two.han:
        ones, twos, left, right = _mistyped(one.core, two.core, left, right)
        core, why = _same_script(one, two, ones, twos, weights)
        return Pairing(core, why, shared, left, right, differ, synonyms)
    han, latin = (one, two) if one.han else (two, one)
    crossing, rest_han, rest_latin = _cross_script(
        han, latin, *((left, right) if one.han else (right, left)), met=bool(shared)
    )
    why = ", ".join(said.words for said in crossing.said)
    ordered = (rest_han, rest_latin) if one.han else (rest_latin, rest_han)
    return Pairing(crossing.value, why, shared, *ordered, differ, synonyms=False)


def _by_keys(one: Prepared, two: Prepared) -> tuple[tuple[Unit, ...], tuple[Side, Side], bool, bool]:
    """What shares a key, and what is left; whether a place is a city here and a county there; whether by synonyms."""
    shared: list[Unit] = []
    left: dict[str, tuple[Unit, ...]] = {}
    right: dict[str, tuple[Unit, ...]] = {}
    differ = synonyms = False
    for kind in ("trade", "place", "number"):
        ones, others = getattr(one, kind), list(getattr(two, kind))
        if not ones or not others:
            left[kind], right[kind] = ones, tuple(others)
            continue
        rest = []
        for unit in ones:
            at = next((i for i, other in enumerate(others) if not unit.keys.isdisjoint(other.keys)), None)
            if at is None:
                rest.append(unit)
                continue
            other = others.pop(at)
            differ = differ or bool(unit.rank and other.rank and unit.rank != other.rank)
            synonyms = synonyms or (one.han == two.han and kind == "trade" and not _abbreviated(unit.text, other.text))
            shared.append(unit)
        left[kind], right[kind] = _rejoined(rest, others)
    return tuple(shared), (Side(**left), Side(**right)), differ, synonyms


def _abbreviated(one: str, two: str) -> bool:
    """Whether two terms are one word, written out or short."""
    short, long = sorted((stem(one), stem(two)), key=len)
    return (
        bool(_near(short, long)) or long.startswith(short[:-1] or short) or (short, long) == ("intl", "international")
    )


def _rejoined(ones: list[Unit], others: list[Unit]) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """What is left after terms that one side joins and the other does not."""
    if ones and others and "".join(u.text for u in ones) == "".join(u.text for u in others):
        return (), ()
    return tuple(ones), tuple(others)


# --- one script ---


def _mistyped(ones: Units, twos: Units, left: Side, right: Side) -> tuple[Units, Units, Side, Side]:
    """Trade words that are a slip of the pen away from the other's naming word are naming words: motors, mortars."""
    here, there = _slips(left.trade, twos), _slips(right.trade, ones)
    if not here and not there:
        return ones, twos, left, right
    if here:
        ones, left = ones + here, replace(left, trade=tuple(unit for unit in left.trade if unit not in here))
    if there:
        twos, right = twos + there, replace(right, trade=tuple(unit for unit in right.trade if unit not in there))
    return ones, twos, left, right


def _slips(trade: Units, core: Units) -> Units:
    return tuple(unit for unit in trade if any(_near(unit.text, other.text) for other in core))


def _same_script(one: Prepared, two: Prepared, ones: Units, twos: Units, weights: Weights) -> tuple[float, str]:
    if one.joined == two.joined and one.joined:
        return 1.0, "the same words"
    if one.spelled == two.spelled:
        return (1.0, f"both are named {_said(one.core)}") if one.spelled else (0.0, "")
    if not ones or not twos:
        alike = _near(one.joined, two.joined) if min(len(one.joined), len(two.joined)) >= _MORE_CHANGES // 2 else 0.0
        return (
            (alike, f"{one.text} and {two.text} differ by few characters")
            if alike
            else (0.0, "only one has a name of its own")
        )
    together = _near(one.spelled, two.spelled) if len(ones) != len(twos) or len(ones) == 1 else 0.0
    apart, why = _word_by_word(ones, twos, weights)
    if together >= apart:
        return (
            together,
            f"{_said(one.core)} and {_said(two.core)} differ by few characters" if together else "different words",
        )
    return apart, why


def _said(units: Sequence[Unit]) -> str:
    return " ".join(unit.text for unit in units)


def _near(one: str, two: str) -> float:
    """How alike two words are by characters to change: 0 beyond one in five, or two in all of a short word."""
    longest = max(len(one), len(two))
    allowed = (
        0 if longest < _FIXED else 1 if longest < _TWO_CHANGES else 2 if longest < _MORE_CHANGES else longest // 10
    )
    if not allowed or abs(len(one) - len(two)) > allowed:
        return 0.0
    changed = OSA.distance(one, two, score_cutoff=allowed)
    if changed > allowed:
        return 0.0
    cost = changed * (_FIRST_LETTER if one[:1] != two[:1] else 1.0) * (1.0 if longest > _EVEN else _SHORT_COST)
    return 1 - cost / longest


def _word_by_word(ones: Sequence[Unit], twos: Sequence[Unit], weights: Weights) -> tuple[float, str]:
    """The words that agree, each with the other's likest, weighed by how rare they are."""
    total = sum(map(weights, ones)) + sum(map(weights, twos))
    rest, agreed, met = list(twos), 0.0, []
    for unit in ones:
        alike, at = max(((_alike(unit.text, other.text), -i) for i, other in enumerate(rest)), default=(0.0, 0))
        if alike:
            other = rest.pop(-at)
            agreed += alike * (weights(unit) + weights(other))
            met.append(unit.text)
    return agreed / total, f"share {' '.join(met)}" if met else "different words"


def _alike(one: str, two: str) -> float:
    return 1.0 if one == two else _near(one, two)


# --- Chinese and Latin letters ---


def _cross_script(
    han: Prepared, latin: Prepared, rest_han: Side, rest_latin: Side, *, met: bool
) -> tuple[Crossing, Side, Side]:
    """The naming words against each other; a trade or place left on either side may be part of the other's name."""
    core_han = "".join(unit.text for unit in han.core if not unit.text.isascii())
    words = tuple(unit.text for unit in latin.core)
    best = cross(core_han, words)
    if words and not han.core and (shortened := _shortened(rest_han, words)):
        return shortened, Side((), (), rest_han.number), rest_latin
    if best.value >= _SURE or not (met or best.value > _BEGUN):
        return best, rest_han, rest_latin
    more_words = tuple(word for unit in (*rest_latin.trade, *rest_latin.place) for word in unit.text.split())
    more_han = "".join(unit.text for unit in rest_han.trade)
    if more_words and may_say(core_han, words + more_words, _ALL):
        wider = cross(core_han, words + more_words)
        if wider.value > best.value and wider.latin > _ALL:
            return wider, rest_han, Side((), (), rest_latin.number)
    if more_han and (wider := cross(core_han + more_han, words)).value > best.value and wider.han > _ALL:
        return wider, Side((), rest_han.place, rest_han.number), rest_latin
    if more_han and more_words and best.value > _BEGUN and may_say(core_han + more_han, words + more_words, _ALL):
        wider = cross(core_han + more_han, words + more_words)
        if min(wider.han, wider.latin) > _ALL and wider.value > best.value:
            return wider, Side((), rest_han.place, rest_han.number), Side((), (), rest_latin.number)
    return best, rest_han, rest_latin


def _shortened(rest: Side, words: tuple[str, ...]) -> Crossing | None:
    """A name of places and trades alone by the first characters of those: 北京航空航天 as Beihang."""
    first = "".join(unit.text[0] for unit in (*rest.place, *rest.trade))
    at_home = all(unit.keys.isdisjoint(abroad()) for unit in rest.place)
    said = cross(first, words) if rest.trade and len(first) > 1 and at_home else None
    return replace(said, sure=_SHORTENED * said.sure) if said and said.value == 1 else None


_SHORTENED = 0.9
_FIXED = 4  # characters: a shorter word may not change at all
_TWO_CHANGES = 9
_MORE_CHANGES = 20
_EVEN = 6  # characters: a change in a word so short weighs more
_SHORT_COST = 1.5
_FIRST_LETTER = 1.5  # a change of the first letter weighs more
_SURE = 0.95
_BEGUN = 0.2
_ALL = 0.95  # a side said as good as whole
