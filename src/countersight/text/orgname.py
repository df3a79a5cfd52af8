"""The parts of an organisation's name: place, core, trade, legal form, branch; Chinese, English or pinyin.

``杭州海康威视数字技术股份有限公司新疆分公司`` is a place (杭州), a core that names (海康威视), trades (数字, 技术),
a legal form (股份有限公司) and a branch (新疆分公司: the same legal person). Each part keeps its offsets into the name,
and keys that are the same in both languages. In Chinese, trade words describe only at the end: before that they belong
to the core.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from countersight.text.normal import HAN, fold
from countersight.text.orgwords import LINKS, Terms, forms, places, plain, ranks, stem, trades
from countersight.text.sounds import is_pinyin, spelled

Kind = Literal["place", "core", "trade", "form", "branch", "number", "alias"]


@dataclass(frozen=True, slots=True)
class NamePart:
    """A part as the name writes it, its offsets into the name, and the keys of all that it may mean.

    The key of a core word is the word itself, folded; of a number its digits; of a place or trade the English term.
    ``rank`` says what a place is (``city``, ``county``), where the name tells.
    """

    text: str
    start: int
    end: int
    keys: tuple[str, ...]
    rank: str = ""


@dataclass(frozen=True, slots=True)
class OrgName:
    """A name and its parts, each in the order of the name. ``script`` is ``han`` if any character is Chinese."""

    text: str
    script: Literal["han", "latin"]
    place: tuple[NamePart, ...] = ()
    core: tuple[NamePart, ...] = ()
    trade: tuple[NamePart, ...] = ()
    form: tuple[NamePart, ...] = ()
    branch: tuple[NamePart, ...] = ()
    number: tuple[NamePart, ...] = ()
    alias: tuple[NamePart, ...] = ()


class _Cut(NamedTuple):
    """A part before offsets are mapped back: its kind, and where it stands in the folded text."""

    kind: Kind
    start: int
    end: int
    keys: tuple[str, ...] = ()
    rank: str = ""


def parse(text: str) -> OrgName:
    """The parts of a name. Never fails: what is in no table is core."""
    if _HAN_CHAR.search(text):
        folded, spans = fold(text)
        cuts = [(*spans.back(cut.start, cut.end), cut) for cut in _han_name(folded)]
    else:
        cuts = [(cut.start, cut.end, cut) for cut in _latin_name(text)]
    parts: dict[Kind, list[NamePart]] = {}
    for start, end, cut in sorted(cuts, key=lambda one: one[0]):
        parts.setdefault(cut.kind, []).append(NamePart(text[start:end], start, end, cut.keys, cut.rank))
    script: Literal["han", "latin"] = "han" if _HAN_CHAR.search(text) else "latin"
    return OrgName(text, script, **{kind: tuple(found) for kind, found in parts.items()})


# --- Chinese ---

_HAN_CHAR = re.compile(f"[{HAN}]")
_PIECE = re.compile(rf"[{HAN}][{HAN}·]*|[^\W_]+(?:[.'’&+-][^\W_]+)*|[()\[\]《》〈〉]")
_HEAD = r"公司|公安局|公安厅|司法局|检察院|法院|银行|大学|医院|集团|研究院|管理局|兵团"
_BRANCH = r"分公司|分行|支行|分局|分院|分校|分部|分社|分厂|总队|支队|大队|中队|办事处|代表处|营业部|派出所"
_BRANCHED = re.compile(rf"(?:.*(?:{_HEAD}))(?P<branch>.{{0,12}}?(?:{_BRANCH}))$")
_BRANCH_END = re.compile(rf"(?:{_BRANCH})$")
_SOME_PLACE = re.compile(
    rf"[{HAN}]{{2,3}}(?:县|市(?!场|政|民)|自治州|自治县|旗)|(?!开发|工业|产业|保税)[{HAN}]{{2}}(?<!社|园|校|新|景|特)区(?!域|块)"
)
_HAN_NUMBER = re.compile(r"第([〇零一二三四五六七八九十百\d]+)$")
_DIGITS = re.compile(r"((?<![一二三四五六七八九])[〇零一二三四五六七八九]{3,})$")
_ALONE = frozenset("局厅部署军")  # trades of one character that describe at the end of a name
_BRACKETS = frozenset("()[]（）《》〈〉")


def _han_name(name: str) -> list[_Cut]:
    """The parts of a folded name with Chinese characters."""
    cuts: list[_Cut] = []
    depth = 0
    for piece in _PIECE.finditer(name):
        word = piece[0]
        if word in _BRACKETS:
            depth = 1 if word in "([《〈" else 0
            continue
        if _HAN_CHAR.match(word):
            found = _han_piece(word, any(cut.kind in ("core", "trade") for cut in cuts))
        else:
            found = list(_latin_name(word)) or [_Cut("core", 0, len(word), (plain(word),))]
        aside = depth and any(cut.kind == "form" for cut in cuts) and any(cut.kind == "core" for cut in found)
        cuts += [
            _Cut("alias" if aside else cut.kind, piece.start() + cut.start, piece.start() + cut.end, cut.keys, cut.rank)
            for cut in found
        ]
    return cuts


def _han_piece(piece: str, inside: bool) -> list[_Cut]:
    """The parts of one run of Chinese characters; ``inside``: something naming stands before it."""
    end = len(piece)
    cuts = []
    if at := _branch_at(piece):
        cuts.append(_Cut("branch", at, end, (piece[at:],)))
        end = at
    if (size := _longest_end(piece, end, forms())) is not None and size < end + (1 if inside else 0):
        cuts.append(_Cut("form", end - size, end, forms().han[piece[end - size : end]]))
        end -= size
    start = 0
    while start < end and (place := _place_at(piece, start, end)):
        cuts.append(place)
        start = place.end
    tail = list(_tail(piece, start, end))
    if tail:
        end = min(cut.start for cut in tail)
    core = piece[start:end].strip("·")
    return [*cuts, *([_Cut("core", start, end, (core,))] if core else []), *tail]


def _branch_at(piece: str) -> int:
    """Where the words of a branch begin, 0 if the piece names none."""
    if found := _BRANCHED.search(piece):
        return found.start("branch")
    if found := _BRANCH_END.search(piece):
        size = _longest_end(piece, found.start(), places())
        return found.start() - size if size else 0
    return 0


def _longest_end(piece: str, end: int, terms: Terms) -> int | None:
    """The length of the longest term that ends at ``end``."""
    return next((n for n in range(min(end, terms.longest), 0, -1) if piece[end - n : end] in terms.han), None)


def _place_at(piece: str, start: int, end: int) -> _Cut | None:
    """The place that begins at ``start``: one of the table with its rank, or any county or city by its ending."""
    known = places()
    for size in range(min(end - start, known.longest), 1, -1):
        if keys := known.han.get(piece[start : start + size]):
            return _ranked(piece, start, start + size, end, keys)
    if found := _SOME_PLACE.match(piece, start, end):
        last = next(n for n in (3, 2, 1) if found[0][-n:] in ranks().han)
        rank = ranks().han[found[0][-last:]][0]
        return _Cut("place", start, found.end(), (spelled(found[0][:-last]),), rank)
    return None


def _ranked(piece: str, start: int, after: int, end: int, keys: tuple[str, ...]) -> _Cut:
    for size in range(min(end - after, ranks().longest), 0, -1):
        rank = piece[after : after + size]
        if rank in ranks().han and piece[after : after + size + 1] not in ("市场", "市政", "区域", "区块", "州际"):
            return _Cut("place", start, after + size, keys, ranks().han[rank][0])
    return _Cut("place", start, after, keys)


def _tail(piece: str, start: int, end: int) -> Iterator[_Cut]:
    """Trades, numbers and places from the end of a piece backwards, until something that names."""
    while end > start:
        if found := _HAN_NUMBER.search(piece, start, end) or _DIGITS.search(piece, start, end):
            yield _Cut("number", found.start(), end, (str(_han_number(found[1])),))
            end = found.start()
            continue
        size = _longest_end(piece[start:], end - start, trades())
        if size and (size > 1 or piece[end - 1] in _ALONE):
            yield _Cut("trade", end - size, end, trades().han[piece[end - size : end]])
        elif (size := _longest_end(piece[start:], end - start, places())) and end - size > start:
            yield _Cut("place", end - size, end, places().han[piece[end - size : end]])
        else:
            return
        end -= size


def _han_number(digits: str) -> int:
    """五十二 as 52, 〇 to 百."""
    if digits.isdigit() and digits.isascii():
        return int(digits)
    total = unit = 0
    for digit in digits:
        if digit in "十百":
            total, unit = total + max(unit, 1) * (10 if digit == "十" else 100), 0
        else:
            unit = unit * 10 + "零一二三四五六七八九".find(digit.replace("〇", "零"))
    return total + unit


# --- Latin letters ---

_WORD = re.compile(
    r"(?:(?<![^\W\d_])[^\W\d_]\.\s?){2,}(?:[^\W\d_](?![^\W\d_])\.?)?|[^\W_]+(?:['’‘`´ʼʻ][^\W_]+)*|[()\[\]（）,，]"
)
_GLUED = re.compile(r"(?<=[a-z])(?=(?:AG|GmbH|Ltd|LLC|Inc)$)")
_FIRST_FORMS = frozenset(
    {"jsc", "ojsc", "pjsc", "cjsc", "ooo", "oao", "pao", "zao", "ao", "ano", "too", "tov", "pp", "pt", "sia",
     "uab", "llc", "srl", "spa", "ab", "oy"}
)  # fmt: skip
_LONG_FORMS = ("aktiengesellschaft", "company", "corporation", "incorporated", "limited")  # also with a slip of the pen
_SHORT_FORM = 2  # letters: "as", "se", "ab" are forms at the ends of a name only
_ROMAN = re.compile(r"(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})")
_ORDINAL = re.compile(r"0*(\d+)(?:st|nd|rd|th)?", re.IGNORECASE)
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_NUMBERS = (
    {word: n for n, word in enumerate(_UNITS.split())}
    | {word: 10 * n for n, word in enumerate(_TENS.split())}
    | {word: n for n, word in enumerate(_ORDINALS.split())}
    | {"fourty": 40}
)
_BRANCH_FIRST = frozenset({"branch", "representative", "sub", "subbureau"})
_BRANCH_WORDS = frozenset(
    {
        ("branch",),
        ("branch", "office"),
        ("representative", "office"),
        ("sub", "bureau"),
        ("subbureau",),
        ("sub", "branch"),
    }
)


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    aside: bool  # stands in brackets
    plain: str
    stem: str


def _latin_name(name: str) -> Iterator[_Cut]:
    """The parts of a name in Latin or Cyrillic letters."""
    words = list(_words(name))
    at = 0
    seen_form = False
    while at < len(words):
        cut, size = _latin_part(words, at)
        if cut.kind in ("core", "trade") and words[at].aside and (seen_form or _acronym_at_end(words, at)):
            cut = _Cut("alias", cut.start, cut.end, cut.keys)
        seen_form = seen_form or cut.kind == "form"
        yield cut
        at += size


def _words(name: str) -> Iterator[_Word]:
    """Words that count, in order."""
    aside = False
    shouted, end = name.isupper(), len(name.rstrip(" .,"))
    for found in _WORD.finditer(name):
        if found[0] in _BRACKETS:
            aside = found[0] in "([（"
            continue
        at = found.start()
        ties = found.end() < end or found[0].lower() == "the"  # a word at the end ties nothing
        for word, link, folded, stemmed in _told(found[0]):
            if not (link and ties) or (not shouted and word.isupper()):
                yield _Word(word, at, at + len(word), aside, folded, stemmed)
            at += len(word)


@lru_cache(maxsize=65536)
def _told(text: str) -> tuple[tuple[str, bool, str, str], ...]:
    """A word, or the two that it glues together: as written, whether it only links, folded, its stem."""
    cut = _GLUED.search(text)
    ends = text.rstrip()
    words = (ends[: cut.start()], ends[cut.start() :]) if cut else (ends,)
    return tuple((word, plain(word) in LINKS, plain(word), stem(word)) for word in words if plain(word))


def _acronym_at_end(words: list[_Word], at: int) -> bool:
    return 0 < at == len(words) - 1 and words[at].text.isupper() and len(words[at].text) > _SHORT_FORM


def _latin_part(words: list[_Word], at: int) -> tuple[_Cut, int]:
    """The part that begins at a word, and how many words it takes."""
    if size := _form_size(words, at):
        return _cut("form", words, at, size, forms().latin[tuple(w.plain for w in words[at : at + size])]), size
    if number := _number(words, at):
        return _cut("number", words, at, number[1], (str(number[0]),)), number[1]
    if at and (size := _branch_size(words, at)):
        return _cut("branch", words, at, size, ("branch",)), size
    return _described(words, at) or _named(words, at)


def _described(words: list[_Word], at: int) -> tuple[_Cut, int] | None:
    """The place or trade that begins at a word, the longer of the two."""
    place, trade = _longest(words, at, places()), _longest(words, at, trades())
    if place and place >= trade:
        return _latin_place(words, at, place, places().latin[_stems(words, at, place)])
    if trade:
        return _cut("trade", words, at, trade, trades().latin[_stems(words, at, trade)]), trade
    if _longest(words, at + 1, ranks()) and is_pinyin(words[at].plain):
        return _latin_place(words, at, 1, (words[at].plain,))
    return None


def _named(words: list[_Word], at: int) -> tuple[_Cut, int]:
    if at and _slip(words[at].plain):
        return _cut("form", words, at, 1, ()), 1
    return _cut("core", words, at, 1, (words[at].plain,)), 1


def _branch_size(words: list[_Word], at: int) -> int:
    if words[at].plain not in _BRANCH_FIRST:
        return 0
    said = (tuple(word.plain for word in words[at : at + size]) for size in (2, 1))
    return next((len(phrase) for phrase in said if phrase in _BRANCH_WORDS), 0)


@lru_cache(maxsize=16384)
def _slip(word: str) -> bool:
    """Whether a word is a legal form with one letter wrong."""
    return any(OSA.distance(word, form, score_cutoff=1) <= 1 for form in _LONG_FORMS)


def _latin_place(words: list[_Word], at: int, size: int, keys: tuple[str, ...]) -> tuple[_Cut, int]:
    """A place with the words after it that say what it is."""
    ranked = _longest(words, at + size, ranks())
    rank = ranks().latin[_stems(words, at + size, ranked)][0] if ranked else ""
    cut = _cut("place", words, at, size + ranked, keys)
    return _Cut(cut.kind, cut.start, cut.end, keys, rank), size + ranked


def _cut(kind: Kind, words: list[_Word], at: int, size: int, keys: tuple[str, ...]) -> _Cut:
    return _Cut(kind, words[at].start, words[at + size - 1].end, keys)


def _stems(words: list[_Word], at: int, size: int) -> tuple[str, ...]:
    return tuple(word.stem for word in words[at : at + size])


def _longest(words: list[_Word], at: int, terms: Terms) -> int:
    """How many words the longest term at ``at`` has; it does not reach over a bracket."""
    most = terms.begun.get(words[at].stem, 0) if at < len(words) else 0
    while most and (at + most > len(words) or words[at + most - 1].aside != words[at].aside):
        most -= 1
    return next((n for n in range(most, 0, -1) if _stems(words, at, n) in terms.latin), 0)


def _form_size(words: list[_Word], at: int) -> int:
    """How many words of a legal form begin here, 0 if none: a short form counts at the ends of a name only."""
    for size in range(min(len(words) - at, forms().begun.get(words[at].plain, 0)), 0, -1):
        phrase = tuple(word.plain for word in words[at : at + size])
        if phrase not in forms().latin or (size == len(words)):
            continue
        letters = sum(map(len, phrase))
        last = all(_form_like(word) for word in words[at + size :])
        if at == 0:
            if phrase[0] in _FIRST_FORMS or size > _SHORT_FORM:
                return size
        elif letters > _SHORT_FORM + 1 or phrase in (("co",), ("ltd",), ("inc",), ("llc",), ("plc",)) or last:
            return size
    return 0


def _form_like(word: _Word) -> bool:
    return word.aside or (word.plain,) in forms().latin or (word.stem,) in places().latin


def _number(words: list[_Word], at: int) -> tuple[int, int] | None:
    """The number that begins at a word, and how many words it takes."""
    word = words[at]
    if word.plain[:1].isdigit() and (found := _ORDINAL.fullmatch(word.plain)):
        return int(found[1]), 1
    if at and word.text.isupper() and (roman := _ROMAN.fullmatch(word.text)):
        return _roman(roman), 1
    if (first := _NUMBERS.get(word.plain)) is None:
        return None
    following = words[at + 1].plain if at + 1 < len(words) else ""
    second = _NUMBERS.get(following) or (int(following) if len(following) == 1 and following.isdigit() else 0)
    return (first + second, 2) if first in range(20, 100, 10) and 0 < second < 10 else (first, 1)  # noqa: PLR2004 (tens, units)


def _roman(found: re.Match[str]) -> int:
    ones = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
    return 10 * len(found[1]) + ones[found[2]]
