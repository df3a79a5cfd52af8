"""Bodies that English text names: found by legal forms, words of institutions and defined terms.

From such a word the name goes left over capitalised words (Xinjiang Leon Technology Co., Ltd) or right (Ministry of
Public Security). Words that begin sentences, titles of persons and roles end it; what is left must name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice, zip_longest

from ahocorasick_rs import AhoCorasick, MatchKind

from countersight.find.bodytext import Alias, Named, among, words

_WINDOW = 130  # characters looked back for the beginning of a name
_JOINS = frozenset(["and", "und", "y", "e", "et"])
_ABBREVIATED = re.compile(
    r"(?:[A-Z]\.|[A-Z][a-z]{0,2}\.[A-Z].*|St\.|No\.|Co\.|Bros\.|Intl\.|Int'l\.|Mfg\.|Ass'n|U\.S\.|U\.K\.|[A-Z]\.[A-Z]\.)"
)
_EDGE = "“”\"'‘’«»‹›„*_[]{}<>|"
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹŁŃŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽ0-9]|[a-z][A-Z]|i[A-Z]|al-|el-|eBay")
_APART = re.compile(r"\b(?:and|or|of|for|to|by|with|from)\b|[\n\t,;.()]")
_LETTER = re.compile(r"[^\W\d_]")
_LINE = 50  # characters of a line that may be wrapped
_EAST = "\u2e80"  # writing without spaces between words
_EASTERN = re.compile(".*[\u2e80-\U0003ffff]")
_MOST_WORDS = 14
_MOST_RIGHT = 12
_WORD = re.compile(r"(\s+)(\S+)")


@cache
def _triggers() -> tuple[AhoCorasick, tuple[tuple[str, str], ...]]:
    """The words that names of bodies have, each with its kind."""
    lists = words("en")
    kinds = {word: kind for kind in ("tail", "form", "head", "known") for word in lists[kind]}
    return AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostLongest), tuple(kinds.items())


@dataclass(frozen=True, slots=True)
class _Trigger:
    start: int
    end: int
    kind: str


def _found(text: str) -> Iterator[_Trigger]:
    """The words that names of bodies have, where they stand alone in a text."""
    automaton, kinds = _triggers()
    for which, start, end in automaton.find_matches_as_indexes(text):
        before, after = text[start - 1 : start], text[end : end + 2]
        if (before.isalnum() and before < _EAST) or (before and before in "_@.-"):
            continue
        if (after[:1].isalnum() and after[0] < _EAST) or (after[:1] == "-" and after[1:].islower()) or after[:1] == "_":
            continue
        yield _Trigger(start, end, kinds[which][1])


@cache
def _form_after() -> re.Pattern[str]:
    """What a legal form may go on with: Co., Ltd. and a branch behind it."""
    forms = "|".join(map(re.escape, sorted(words("en")["form"], key=lambda word: -len(word))))
    return re.compile(
        rf"(?:\.?,?[ \n]?(?:{forms})(?![\w])"
        r"|\.?,?[ ]\((?:China|UK|USA|Asia|Hong Kong|HK)\)|\s&\sCo(?![\w])(?:\.?\sKG(?:aA)?)?)+"
    )


_BRANCH = re.compile(r"\.?,?\s((?:[A-Z][\w'’-]+\s){1,3}(?:Sub-)?Branch)(?!\w)")


@cache
def _form_words() -> frozenset[str]:
    return frozenset(words("en")["form"])


@cache
def _sets() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    lists = words("en")
    return frozenset(lists["before"]), frozenset(lists["generic"]), frozenset(lists["roles"])


def find(text: str) -> list[Named]:
    """The bodies that a text names, in order; they do not overlap."""
    text = _spaced(text)
    found: list[Named] = []
    for trigger in _found(text):
        if found and trigger.start < found[-1].end:
            continue
        named = _named(text, trigger, _floor(text, found, trigger))
        if named is None:
            continue
        if found and found[-1].kind == "known" and text[found[-1].end : named.start] == " ":
            named = Named(found[-1].start, named.end, named.kind)  # United Nations Office of …
        while found and named.start < found[-1].end:
            found.pop()
        found.append(named)
    return found


def _spaced(text: str) -> str:
    """The text with plain spaces and line ends, as long as it was."""
    return text.replace("\xa0", " ").replace("\r", "\n")


def _floor(text: str, found: list[Named], trigger: _Trigger) -> int:
    """What names may not begin before: the last one's end; the end before it where a company's may hold the last."""
    held = trigger.kind == "form" and found and found[-1].kind == "institution"
    if held and not _APART.search(text, found[-1].end, trigger.start):
        return found[-2].end if len(found) > 1 else 0
    return found[-1].end if found else 0


def _named(text: str, trigger: _Trigger, floor: int) -> Named | None:
    start, end, kind = trigger.start, trigger.end, trigger.kind
    if kind == "known":
        return _known(text, start, end, floor)
    if kind == "form":
        if after := _form_after().match(text, end):
            end = after.end()
        begin = _left(text, floor, start, company=True)
        if begin == start or not (_names(text[begin:start], least=1) or _has_initials(text, begin, end)):
            return None
        if text[begin:start].strip(" ,") in among("en", "states") or text.count("(", begin, end) != text.count(
            ")", begin, end
        ):
            return None  # a Delaware Corporation; a piece of a name
        if text[start:end] == "AS" and text[begin:start].isupper():
            return None  # EXCEPT AS: a heading or a warning in capitals
        return Named(begin, _branched(text, end), "company")
    begin = _left(text, floor, start, company=False)
    right = _right(text, end, head=kind == "head")
    return _institution(text, begin, trigger, right)


def _institution(text: str, begin: int, trigger: _Trigger, right: int) -> Named | None:
    """A name around the word of an institution, if it says which."""
    start, end = trigger.start, trigger.end
    if form := _form_after().match(text, right):
        return Named(begin, _branched(text, form.end()), "company")
    if trigger.kind == "head":
        if right == end:
            return None
        return Named(begin, right, "office")
    if not _names(text[begin:start], least=1) and right == end:
        return None
    if right > end and not _names(text[begin:right], least=1):
        return None
    return Named(begin, right, "institution")


@cache
def _forms() -> str:
    return "|".join(map(re.escape, sorted(words("en")["form"], key=lambda word: -len(word))))


def _known(text: str, start: int, end: int, floor: int) -> Named | None:
    """A body known by this name; what is only a brand is none."""
    if form := re.compile(rf"(?:(?:[ ][A-Z][\w&-]*){{0,5}}?[,.]?[ ](?:{_forms()})(?![\w]))").match(text, end):
        begin = _left(text, floor, start, company=True)
        end = form.end()
        if after := _form_after().match(text, end):
            end = after.end()
        return Named(begin, _branched(text, end), "company")
    if re.search(r"(?:brand|make|model|Brand|Make|Model)s?:?\s\Z", text[max(0, start - 8) : start]):
        return None
    if text[end : end + 1] == "-" or text.startswith(" or e", end):
        return None
    while more := re.match(
        r"\s(?:Technologies|Technology|Group|Systems|Corporation|Solutions|Service|Scientific|Communications)\b",
        text[end : end + 16],
    ):
        end += more.end()
    return Named(start, end, "known")


def _branched(text: str, end: int) -> int:
    """Where a company's name ends, with the branch behind it."""
    end = _dotted(text, end)
    branch = _BRANCH.match(text, end)
    return branch.end(1) if branch else end


def _dotted(text: str, end: int) -> int:
    """With the full stop of an abbreviation: Ltd. and Inc., not Limited."""
    if text[end : end + 1] == "." and re.search(
        r"(?:\b(?:Ltd|LTD|Inc|INC|Corp|Co|CO|Pty|Pte|Pvt|Bhd)|\.\w{1,4})\Z", text[max(0, end - 6) : end]
    ):
        return end + 1
    return end


def _left(text: str, floor: int, start: int, *, company: bool) -> int:
    """Where the name before ``start`` begins."""
    low = _line_begins(text, max(floor, start - _WINDOW), start)
    best = previous = start
    joined = False  # by "and", which stands inside a name only where a place or a nation leads it
    for at, token in islice(_tokens(text, low, start), _MOST_WORDS):
        word = token.strip(_EDGE).rstrip(",").lstrip("(")
        what = _what(token, word, first=previous == start, company=company)
        if what == "end" or (what == "aside" and best != previous):
            break
        if what == "link":
            if word.lower() == "of" and not _heads(text, low, at - 1):
                break
            joined = joined or (word.lower() in _JOINS and (company or not _same_office(text, start, at + len(token))))
        elif what == "aside":
            best = at
        else:
            if word.rstrip(".,") in _FORM_WORDS and best < start:
                break  # of another company
            if not joined or word.lower() in among("en", "leading"):
                best, joined = at, False
            if token[0] in _EDGE + "(":
                break
        previous = at
    while best < start and not text[best].isalnum():
        best += 1
    return best


def _line_begins(text: str, low: int, start: int) -> int:
    """Where the line of ``start`` begins, or the one before it where that is full; not before ``low``."""
    line = max(text.rfind("\n", low, start), text.rfind("\t", low, start))
    if line >= 0 and text[line] == "\n" and line - text.rfind("\n", 0, line) > _LINE:
        line = max(text.rfind("\n", low, line), text.rfind("\t", low, line))
    return max(low, line + 1)


def _tokens(text: str, low: int, start: int) -> Iterator[tuple[int, str]]:
    """The words before ``start`` and where each begins, from right to left, until two touch."""
    at = start
    while True:
        end = at
        while end > low and text[end - 1].isspace():
            end -= 1
        if end <= low or (end == at != start):
            return
        cut = max(*(text.rfind(gap, low, end) for gap in " \n/"), low - 1)
        if not text.isascii() and (eastern := _EASTERN.search(text, cut + 1, end)):
            cut = eastern.end() - 1
        at = cut + 1
        if at == end:
            return
        yield at, text[at:end]


def _what(token: str, word: str, *, first: bool, company: bool) -> str:
    """What a word is to a name on its right: ``name``, ``link``, ``aside`` (a place in brackets), or its ``end``."""
    if _BRACKETED.fullmatch(token):
        return "aside"
    comma = token[-1] == "," and company and first  # NETGEAR, Inc.
    stop = token[-1] == "." and _ABBREVIATED.fullmatch(token.lstrip('("“'))
    if not word or (token[-1] in ',;:.)”"!?' and not comma and not stop):
        return "end"
    plain = word.lower()
    if plain in among("en", "links") and plain not in _LOOSE:
        return "link"
    named = _CAPITAL.match(word) and "@" not in word and not re.sub(r"[.,]", "", word).isdigit()
    return "name" if named and (plain not in among("en", "before") or word == "NEW") else "end"


_BRACKETED = re.compile(r"\([A-Z][\w.]+\)")


def _heads(text: str, low: int, at: int) -> bool:
    """Whether the word before "of" begins names with it: Bank of, City of; not a person of a company."""
    before = text[low : max(low, at)].split()
    return bool(before) and before[-1].strip(_EDGE + "(").capitalize() in among("en", "of")


def _same_office(text: str, start: int, space: int) -> bool:
    """Whether words after "and" tell its task: Industry and Commerce Bureau, not Smith and Yale University."""
    if not text.startswith(words("en")["proper"], start):
        return True
    following = text[space:start].split()
    return bool(following) and following[0].lower() in _sets()[1]


_OWNERS = frozenset(("People", "Women", "Children", "Workers", "Queen", "King", "Majesty"))
_LOOSE = frozenset(("in", "on", "the", "for"))  # that tie what stands right of an office, not left of it
_FORM_WORDS = frozenset(["Ltd", "LTD", "Inc", "INC", "LLC", "GmbH", "Corp", "PLC", "plc", "LLP", "S.A", "B.V", "N.V"])


def _right(text: str, end: int, *, head: bool) -> int:
    """Where the name behind a word of an institution ends: over of, for and capitalised words."""
    best = at = end
    linked = head
    for count in range(_MOST_RIGHT):
        found = _WORD.match(text, at)
        if not found or ("\n" in found[1] and not _wraps(text, found.start(), found[1])) or "\t" in found[1]:
            break
        word = found[2].strip(_EDGE + "()")
        bare = word.rstrip(".,;:)”\"'’")
        if bare.endswith(("'s", "’s")) and bare[:-2] not in _OWNERS:
            bare = bare[:-2]
        plain = bare.lower()
        if plain in among("en", "links") and bare == found[2]:
            if plain in _JOINS and not _and(text, found.end(), best > end):
                break
            if not linked and count == 0 and plain not in {"of", "for", "on"}:
                break
            linked = True
            at = found.end()
            continue
        if (
            not linked
            or not _CAPITAL.match(bare)
            or bare.isdigit()
            or found[2][0] in '(“"['
            or (plain in _sets()[0] and plain not in {"information", "schedule", "new"})
            or _RECORD.match(text, found.start(2))
        ):
            break
        if bare in _form_words():
            break
        best = found.start(2) + len(bare)
        at = found.end()
        if bare != found[2]:
            break
    return best


_RECORD = re.compile(
    r"(?:(?:purchase|work|task|delivery) order|p\.?o\.? (?:no|number)|(?:tax )?invoice"
    r"|(?:tender |award )?notice|req|awarding|resolution|minutes)\b",
    re.IGNORECASE,
)
"""What record it is, behind the name of an office at its head."""


def _wraps(text: str, at: int, gap: str) -> bool:
    """Whether a line ends at ``at`` because it was full."""
    return gap.strip(" ") == "\n" and at - text.rfind("\n", 0, at) > _LINE


def _and(text: str, at: int, some: bool) -> bool:
    """Whether "and" goes on with the same name: not where another body's name follows."""
    following = re.match(r"\s(?:[A-Z][\w'’-]*\s?){1,5}", text[at : at + 80])
    return some and following is not None and not any(_found(text[at : at + following.end() + 3]))


def _names(text: str, least: int) -> bool:
    """Whether words say which body it is."""
    generic = _sets()[1]
    said = [word.strip(".,()'’&-").lower() for word in text.split()]
    return sum(bool(word) and word not in generic and _LETTER.search(word) is not None for word in said) >= least


_DEFINED = re.compile(
    r"\s*,?\s*\((?:(?:hereinafter|hereafter|herein)?\s*"
    r"(?:referred to as|called|collectively,?|together with[^()]{0,60},)?\s*(?:the|as|a)?\s*)"
    r"[“\"‘]([^”\"“’]{2,40})[”\"’]"
    r"|\s\((?:the\s)?([A-Z][A-Za-z&]*[A-Z][A-Za-z&]*)\)"
    r"|\s*,?\s*(?:an?\s[^()\n.;]{0,80}?)\((?:[^()“\"]{0,40})[“\"]([^”\"]{2,40})[”\"]"
)
_FORMER = re.compile(
    r"[,(]?\s*\(?(?:formerly(?: known as)?|f/?k/?a|previously(?: known as)?|renamed)\s+(?:as\s+)?\Z", re.IGNORECASE
)
_MEANS = re.compile(r"[“\"]([^”\"]{2,40})[”\"]\s(?:means|refers to)\s\Z")


_PLAIN = 2  # the group of initials in brackets without quotes


def aliases(text: str, found: list[Named]) -> Iterator[Alias]:
    """Other names that a text ties to those found in it: defined terms, initials in brackets, former names."""
    text = _spaced(text)
    for one, after in zip_longest(found, found[1:]):
        if (defined := _DEFINED.match(text, one.end)) and defined.lastindex:
            said = defined[defined.lastindex]
            name = text[one.start : one.end]
            tells = _initials(said, name) or (defined.lastindex != _PLAIN and _shares(said, name))
            if _is_short(said) and tells and not _of_an_office(text[max(0, one.start - _OFFICE) : one.start], said):
                yield Alias(*defined.span(defined.lastindex), one, "short")
        if means := _MEANS.search(text[max(0, one.start - 60) : one.start]):
            start = max(0, one.start - 60) + means.start(1)
            if _is_short(means[1]):
                yield Alias(start, start + len(means[1]), one, "short")
        if after and _FORMER.fullmatch(text[one.end : after.start][-40:]):
            yield Alias(after.start, after.end, one, "former")


_OFFICE = 60  # characters in which the name of an office stands before the body it is of
_HELD = re.compile(r"((?:[A-Z][\w'-]*\s){1,4})(?:of|for|at|to|within)\s(?:the\s)?\Z")


def _of_an_office(before: str, said: str) -> bool:
    """Whether letters are the initials of an office in a body: Executive Producer of the Village Company (the “EP”)."""
    held = _HELD.search(before)
    return held is not None and said == "".join(word[0] for word in held[1].split())


def _initials(said: str, name: str) -> bool:
    """Whether letters in brackets are the initials of words of a name, in order."""
    rest = iter(re.sub(r"[^A-Za-z ]", "", name).lower())
    return said.isupper() and all(letter in rest for letter in said.lower() if letter.isalpha())


def _has_initials(text: str, begin: int, end: int) -> bool:
    """Whether a name that only describes is one all the same: its initials are defined behind it (IFC)."""
    defined = _DEFINED.match(text, end)
    said = defined[defined.lastindex] if defined and defined.lastindex else ""
    return len(said) > 1 and said == "".join(word[0] for word in text[begin:end].split() if word[0].isupper())


def _shares(said: str, name: str) -> bool:
    """Whether a defined term has a telling word of the name, or is written in capitals like initials."""
    words_ = set(re.findall(r"\w+", name.lower()))
    telling = [word for word in re.findall(r"\w+", said.lower()) if word not in _sets()[1]]
    return any(word in words_ for word in telling) or (said.isupper() and said.isalpha() and len(said) <= 6)  # noqa: PLR2004 (letters)


def _is_short(said: str) -> bool:
    plain = said.lower().removeprefix("the ").strip(" ,.")
    return plain not in _sets()[2] and _CAPITAL.match(said) is not None and not said.endswith("greement")
