"""Bodies that English text names: found by legal forms, words of institutions and defined terms.

From such a word the name goes left over capitalised words (Xinjiang Leon Technology Co., Ltd) or right (Ministry of Public
Security). Words that begin sentences, titles of persons and roles end it; what is left must name, not only describe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from ahocorasick_rs import AhoCorasick, MatchKind

from countersight.find.bodytext import Alias, Named, words

_WINDOW = 130  # characters looked back for the beginning of a name
_LINKS = frozenset(
    [
        "of",
        "and",
        "&",
        "for",
        "de",
        "di",
        "du",
        "des",
        "la",
        "le",
        "les",
        "el",
        "los",
        "das",
        "dos",
        "der",
        "die",
        "für",
        "zur",
        "zum",
        "und",
        "y",
        "e",
        "et",
        "the",
        "on",
        "in",
        "del",
        "da",
        "do",
        "-",
        "–",
        "+",
        "van",
        "von",
        "'t",
    ]
)
_JOINS = frozenset(["and", "und", "y", "e", "et"])
_ABBREVIATED = re.compile(
    r"(?:[A-Z]\.|[A-Z][a-z]{0,2}\.[A-Z].*|St\.|No\.|Co\.|Bros\.|Intl\.|Int'l\.|Mfg\.|Ass'n|U\.S\.|U\.K\.|[A-Z]\.[A-Z]\.)"
)
_EDGE = "“”\"'‘’«»‹›„*_[]{}<>|"
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹŁŃŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽ0-9]|[a-z][A-Z]|i[A-Z]|al-|el-|eBay")
_APART = re.compile(r"\b(?:and|or|of|for|to|by|with|from)\b|[\n\t,;.()]")
_STATES = frozenset(
    [
        "Alabama",
        "Alaska",
        "Arizona",
        "Arkansas",
        "California",
        "Colorado",
        "Connecticut",
        "Delaware",
        "Florida",
        "Georgia",
        "Hawaii",
        "Idaho",
        "Illinois",
        "Indiana",
        "Iowa",
        "Kansas",
        "Kentucky",
        "Louisiana",
        "Maine",
        "Maryland",
        "Massachusetts",
        "Michigan",
        "Minnesota",
        "Mississippi",
        "Missouri",
        "Montana",
        "Nebraska",
        "Nevada",
        "Ohio",
        "Oklahoma",
        "Oregon",
        "Pennsylvania",
        "Tennessee",
        "Texas",
        "Utah",
        "Vermont",
        "Virginia",
        "Washington",
        "Wisconsin",
        "Wyoming",
        "Cayman",
        "Bermuda",
        "Luxembourg",
    ]
)
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
        rf"(?:\.?,?[ \n]?(?:{forms})(?![\w])|\.?,?[ ]\((?:China|UK|USA|Asia|Hong Kong|HK)\)|\s&\sCo(?![\w])(?:\.?\sKG(?:aA)?)?)+"
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
    """What names may not begin before: the end of the last; of the one before it where a company's may hold the last."""
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
        if begin == start or not _names(text[begin:start], least=1):
            return None
        if text[begin:start].strip(" ,") in _STATES or text.count("(", begin, end) != text.count(")", begin, end):
            return None  # a Delaware Corporation; a piece of a name
        if text[start:end] == "AS" and text[begin:start].isupper():
            return None  # EXCEPT AS: a heading or a warning in capitals
        return Named(begin, _branched(text, end), "company")
    begin = _left(text, floor, start, company=False)
    right = _right(text, end, head=kind == "head")
    return _institution(text, begin, start, end, right, kind)


def _institution(text: str, begin: int, start: int, end: int, right: int, kind: str) -> Named | None:
    """A name around the word of an institution, if it says which."""
    if form := _form_after().match(text, right):
        return Named(begin, _branched(text, form.end()), "company")
    if kind == "head":
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
    low = max(floor, start - _WINDOW)
    line = max(text.rfind("\n", low, start), text.rfind("\t", low, start))
    if line >= 0 and text[line] == "\n" and line - text.rfind("\n", 0, line) > _LINE:
        line = max(text.rfind("\n", low, line), text.rfind("\t", low, line))  # the name may begin on a full line
    low = max(low, line + 1)
    best = at = start
    joined = False  # by "and", which stands inside a name only where a place or a nation leads it
    before, generic, _ = _sets()
    for _ in range(_MOST_WORDS):
        space = at
        while space > low and text[space - 1].isspace():
            space -= 1
        if space <= low or (space == at and at != start):
            break
        cut = max(*(text.rfind(gap, low, space) for gap in " \n/"), low - 1)
        if not text.isascii() and (eastern := _EASTERN.search(text, cut + 1, space)):
            cut = eastern.end() - 1
        token = text[cut + 1 : space]
        word = token.strip(_EDGE).rstrip(",").lstrip("(")
        if (
            not word
            or (token[-1] in ",;:" and not _continues(text, start, at, company=company))
            or (token[-1] in '.;:)”"!?' and not _dotted_inside(token, text, at, company))
        ):
            if token and token[-1] == ")" and _place_bracket(token) and best == at:
                best = at = cut + 1
                continue
            break
        plain = word.lower()
        if plain in _LINKS and plain not in _LOOSE:
            if plain == "of" and not _heads(text, low, cut):
                break
            joined = joined or (plain in _JOINS and (company or not _same_office(text, start, space)))
            at = cut + 1
            continue
        if (
            not _CAPITAL.match(word)
            or (plain in before and not (word.isupper() and plain in {"new"}))
            or _role_of(word)
        ):
            break
        at = cut + 1
        if not joined or plain in _LEADING:
            best = at
            joined = False
        opening = len(token) - len(token.lstrip(_EDGE + "("))
        if opening and best == at:
            best += opening
        if opening:
            break
        if _has_form(word) and best < start:
            best = space + 1 if best == cut + 1 else best
            break
    while best < start and not (text[best].isalnum()):
        best += 1
    return best


def _heads(text: str, low: int, at: int) -> bool:
    """Whether the word before "of" begins names with it: Bank of, City of; not a person of a company."""
    before = text[low : max(low, at)].split()
    return bool(before) and before[-1].strip(_EDGE + "(").capitalize() in _OF


def _same_office(text: str, start: int, space: int) -> bool:
    """Whether words after "and" are what an office is for: Industry and Commerce Bureau, not Smith and Yale University."""
    if not text.startswith(_PROPER, start):
        return True
    following = text[space:start].split()
    return bool(following) and following[0].lower() in _sets()[1]


def _dotted_inside(token: str, text: str, at: int, company: bool) -> bool:
    return token[-1] == "." and _ABBREVIATED.fullmatch(token.lstrip('("“')) is not None


def _place_bracket(token: str) -> bool:
    return re.fullmatch(r"\((?:[A-Z][\w.]+)\)", token) is not None


def _continues(text: str, start: int, at: int, *, company: bool) -> bool:
    """Whether a comma stands inside a name: before Inc., or in a list of what an office is for."""
    return company and not text[at:start].strip()


def _role_of(word: str) -> bool:
    return word.endswith(":") or "@" in word


def _has_form(word: str) -> bool:
    return word.rstrip(".,") in _FORM_WORDS


_OWNERS = frozenset(("People", "Women", "Children", "Workers", "Queen", "King", "Majesty"))
_PROPER = (
    "University",
    "College",
    "Institute",
    "Academy",
    "Hospital",
    "School",
    "Bank",
    "Group",
    "UNIVERSITY",
    "GROUP",
)
_LOOSE = frozenset(("in", "on", "the", "for"))  # that tie what stands right of an office, not left of it
_OF = frozenset(
    [
        "Bank",
        "University",
        "City",
        "County",
        "Borough",
        "Institute",
        "Academy",
        "Society",
        "House",
        "Hall",
        "State",
        "Republic",
        "Port",
        "Kingdom",
        "Government",
        "Department",
        "Ministry",
        "Bureau",
        "Council",
        "Court",
        "Office",
        "Isle",
        "Province",
        "Town",
        "District",
        "Board",
        "School",
        "College",
        "Institution",
        "Sons",
        "Church",
        "Order",
        "Union",
        "Federation",
        "Association",
        "Chamber",
        "People's",
        "Academy",
        "Center",
        "Centre",
        "Commission",
        "Secretary",
    ]
)
_LEADING = frozenset(
    [
        "national",
        "china",
        "royal",
        "state",
        "american",
        "british",
        "standard",
        "first",
        "united",
        "federal",
        "general",
        "vietnam",
        "xinjiang",
        "kashgar",
        "urumqi",
        "hotan",
        "aksu",
        "beijing",
        "shanghai",
        "guangdong",
        "chinese",
        "european",
        "international",
        "kenya",
        "pakistan",
        "india",
        "australian",
        "canadian",
        "norwegian",
        "swedish",
        "german",
        "french",
        "south",
        "north",
    ]
)
_FORM_WORDS = frozenset(["Ltd", "LTD", "Inc", "INC", "LLC", "GmbH", "Corp", "PLC", "plc", "LLP", "S.A", "B.V", "N.V"])


def _right(text: str, end: int, *, head: bool) -> int:
    """Where the name behind a word of an institution ends: over of, for and capitalised words."""
    best = at = end
    linked = head
    for count in range(_MOST_RIGHT):
        found = _WORD.match(text, at)
        if not found or ("\n" in found[1] and found[1] != "\n") or "\t" in found[1]:
            break
        word = found[2].strip(_EDGE + "()")
        bare = word.rstrip(".,;:)”\"'’")
        if bare.endswith(("'s", "’s")) and bare[:-2] not in _OWNERS:
            bare = bare[:-2]
        plain = bare.lower()
        if plain in _LINKS and bare == found[2]:
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
        ):
            break
        if bare in _form_words():
            break
        best = found.start(2) + len(bare)
        at = found.end()
        if bare != found[2]:
            break
    return best


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
    r"\s*,?\s*\((?:(?:hereinafter|hereafter|herein)?\s*(?:referred to as|called|collectively,?|together with[^()]{0,60},)?\s*(?:the|as|a)?\s*)[“\"‘]([^”\"“’]{2,40})[”\"’]"
    r"|\s\((?:the\s)?([A-Z][A-Za-z&]*[A-Z][A-Za-z&]*)\)"
    r"|\s*,?\s*(?:an?\s[^()\n.;]{0,80}?)\((?:[^()“\"]{0,40})[“\"]([^”\"]{2,40})[”\"]"
)
_FORMER = re.compile(
    r"[,(]?\s*\(?(?:formerly(?: known as)?|f/?k/?a|previously(?: known as)?|renamed)\s+(?:as\s+)?\Z", re.IGNORECASE
)
_MEANS = re.compile(r"[“\"]([^”\"]{2,40})[”\"]\s(?:means|refers to)\s\Z")


def aliases(text: str, found: list[Named]) -> Iterator[Alias]:
    """Other names that a text ties to those found in it: defined terms, initials in brackets, former names."""
    text = _spaced(text)
    for one, after in zip_longest(found, found[1:]):
        if (defined := _DEFINED.match(text, one.end)) and defined.lastindex:
            said = defined[defined.lastindex]
            name = text[one.start : one.end]
            if _is_short(said) and (_initials(said, name) or _shares(said, name)):
                yield Alias(*defined.span(defined.lastindex), one, "short")
        if means := _MEANS.search(text[max(0, one.start - 60) : one.start]):
            start = max(0, one.start - 60) + means.start(1)
            if _is_short(means[1]):
                yield Alias(start, start + len(means[1]), one, "short")
        if after and _FORMER.fullmatch(text[one.end : after.start][-40:]):
            yield Alias(after.start, after.end, one, "former")


def _initials(said: str, name: str) -> bool:
    """Whether letters in brackets are the initials of words of a name, in order."""
    rest = iter(re.sub(r"[^A-Za-z ]", "", name).lower())
    return said.isupper() and all(letter in rest for letter in said.lower() if letter.isalpha())


def _shares(said: str, name: str) -> bool:
    """Whether a defined term has a telling word of the name, or is written in capitals like initials."""
    words_ = set(re.findall(r"\w+", name.lower()))
    telling = [word for word in re.findall(r"\w+", said.lower()) if word not in _sets()[1]]
    return any(word in words_ for word in telling) or (said.isupper() and said.isalpha() and len(said) <= 6)  # noqa: PLR2004 (letters)


def _is_short(said: str) -> bool:
    plain = said.lower().removeprefix("the ").strip(" ,.")
    return plain not in _sets()[2] and _CAPITAL.match(said) is not None and not said.endswith("greement")
