"""Where the names of bodies begin and end in English text: over capitalised words and the small words between them.

Words that begin sentences, titles of persons and roles end a name, as a line does that was not full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from countersight.find.bodies.triggers_en import triggers
from countersight.find.bodies.words import among, words
from countersight.text import orgwords

_WINDOW = 130  # characters looked back for the beginning of a name
_JOINS = frozenset(["and", "und", "y", "e", "et"])
_PARTNERS = frozenset(["sons", "associates", "partners", "brothers", "daughters"])
_ABBREVIATED = re.compile(
    r"(?:[A-Z]\.|[A-Z][a-z]{0,2}\.[A-Z].*|St\.|No\.|Co\.|Bros\.|Intl\.|Int'l\.|Mfg\.|Ass'n|U\.S\.|U\.K\.|[A-Z]\.[A-Z]\."
    r"|(?i:imp|exp|ind|tech|elec|eng|trad|sci|dev|inst|equip)\.)"
)
_ORDINAL = re.compile(r"No\. ?\d{1,3}\Z|NO\. ?\d{1,3}\Z")  # No. 3 Middle School
_EDGE = "“”\"'‘’«»‹›„*_[]{}<>|"
CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹŁŃŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽ0-9]|[a-z][A-Z]|i[A-Z]|al-|el-|eBay")
_LETTER = re.compile(r"[^\W\d_]")
_LINE = 50  # characters of a line that may be wrapped
_EAST = "\u2e80"  # writing without spaces between words
_EASTERN = re.compile(".*[\u2e80-\U0003ffff]")
_MOST_WORDS = 14
_MOST_RIGHT = 12
_GAP = 4  # blanks between the words of a name; more part what a page sets apart
_PLACE = 30  # characters of a place in brackets
_WORD = re.compile(r"(\s+)(\S+)")


def spaced(text: str) -> str:
    """The text with plain spaces and line ends, as long as it was."""
    return text.replace("\xa0", " ").replace("\r", "\n")


def left(text: str, floor: int, start: int, *, company: bool) -> int:
    """Where the name before ``start`` begins."""
    low = _line_begins(text, max(floor, start - _WINDOW), start)
    best = previous = start
    tied = joined = False  # by "and", which stands inside a name only where a place or a nation leads it
    for at, token in islice(_tokens(text, low, start), _MOST_WORDS):
        word = token.strip(_EDGE).rstrip(",").lstrip("(")
        what = _what(token, word, first=previous == start, company=company)
        if what == "end" or (what == "aside" and best != previous):
            break
        if what == "link":
            if (word.lower() == "of" and not _heads(text, low, at - 1)) or (tied and word.lower() in _JOINS):
                break  # und der
            joined = joined or (word.lower() in _JOINS and _parts(text, at + len(token), start, company=company))
        elif what == "aside":
            best = at
        else:
            if word.rstrip(".,") in _FORM_WORDS and best < start:
                break  # of another company
            if not joined or word.lower() in among("en", "leading"):
                best, joined = at, False
            if token[0] in _EDGE + "(":
                break
        previous, tied = at, what == "link"
    while best < start and not text[best].isalnum():
        best += 1
    return best


def _line_begins(text: str, low: int, start: int) -> int:
    """Where the line of ``start`` begins, or the one before it where that is full; not before ``low``."""
    line = max(text.rfind("\n", low, start), text.rfind("\t", low, start))
    if line >= 0 and text[line] == "\n" and _full(text, line):
        line = text.rfind("\n", low, line)
    return max(low, line + 1)


def _full(text: str, at: int) -> bool:
    """Whether the line that ends at ``at`` is one of prose, and so long that the next may go on with it."""
    begin = text.rfind("\n", 0, at) + 1
    return at - begin > _LINE and text.find("\t", begin, at) < 0


def _tokens(text: str, low: int, start: int) -> Iterator[tuple[int, str]]:
    """The words before ``start`` and where each begins, from right to left, until two touch."""
    at = start
    while True:
        end = at
        while end > low and text[end - 1].isspace():
            end -= 1
        if end <= low or (end == at != start) or at - end > _GAP:
            return
        cut = max(*(text.rfind(gap, low, end) for gap in " \n/"), low - 1)
        if not text.isascii() and (eastern := _EASTERN.search(text, cut + 1, end)):
            cut = eastern.end() - 1
        at = _whole(text, cut + 1, end, low)
        if at == end:
            return
        yield at, text[at:end]


def _whole(text: str, at: int, end: int, low: int) -> int:
    """Where what words share begins: a place in brackets, or a number with what numbers it (No. 3)."""
    if text[end - 1] == ")" and (opened := text.rfind("(", max(low, end - _PLACE), end)) >= 0 and opened < at:
        return opened
    if text[at:end] in _seconds() and text[(before := text.rfind(" ", low, at - 1) + 1) : end] in among(
        "en", "two_words"
    ):
        return before
    if text[at:end].isdigit() and (numbered := _ORDINAL.search(text, max(low, at - 4), end)):
        return numbered.start()
    return at


@cache
def _seconds() -> frozenset[str]:
    return frozenset(place.split()[1] for place in words("en")["two_words"])


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
    if _ORDINAL.fullmatch(word):
        return "end" if company else "name"
    if word in among("en", "two_words"):
        return "name"
    named = CAPITAL.match(word) and "@" not in word and _FIGURES.fullmatch(word) is None
    ends = plain in among("en", "before") or (plain[-2:] in ("'s", "’s") and plain[:-2] in among("en", "roles"))
    return "name" if named and (not ends or word == "NEW") else "end"


_BRACKETED = re.compile(r"\([A-Z][\w.&' -]+\)")
_FIGURES = re.compile(r"[\d.,%]+")


def _heads(text: str, low: int, at: int) -> bool:
    """Whether the word before "of" begins names with it: Bank of, City of; not a person of a company."""
    before = text[low : max(low, at)].split()
    return bool(before) and before[-1].strip(_EDGE + "(").capitalize() in among("en", "of")


def _parts(text: str, space: int, start: int, *, company: bool) -> bool:
    """Whether "and" parts two bodies: what follows it is not a task of an office, nor says nothing by itself."""
    following = text[space:start].split()
    if company:
        plain = [word.strip(",.").lower() for word in following]
        return not plain or not (plain[-1] in _PARTNERS or all(describes(word) for word in plain))
    if not text.startswith(words("en")["proper"], start):
        return bool(following) and (orgwords.stem(following[0]),) in orgwords.places().latin
    return not following or following[0].lower() not in among("en", "generic")


def describes(word: str) -> bool:
    """Whether a word says what a body does, and not which it is."""
    return (
        word in among("en", "generic")
        or word in among("en", "tasks")
        or (orgwords.stem(word),) in orgwords.trades().latin
    )


_OWNERS = frozenset(("People", "Women", "Children", "Workers", "Queen", "King", "Majesty"))
_LOOSE = frozenset(("in", "on", "the", "for"))  # that tie what stands right of an office, not left of it
_FORM_WORDS = frozenset(["Ltd", "LTD", "Inc", "INC", "LLC", "GmbH", "Corp", "PLC", "plc", "LLP", "S.A", "B.V", "N.V"])


def right(text: str, end: int, *, head: bool, named: bool) -> int:
    """Where the name behind a word of an institution ends: over of, for and capitalised words.

    Behind a name (``named``) "for" and "on" go on with the sentence.
    """
    if head and (tasks := _TASKS.match(text, end)) and all(map(_is_task, _BETWEEN.split(tasks[0]))):
        return tasks.end()
    if not head and _ADDRESS.match(text, end):
        return end
    best = at = end
    linked = head
    for count in range(_MOST_RIGHT):
        found = _WORD.match(text, at)
        if not found or "\t" in found[1] or ("\n" in found[1] and not _wraps(text, found)):
            break
        bare = _bare(found[2])
        plain = bare.lower()
        if plain in among("en", "links") and bare == found[2]:
            if plain in _JOINS and not _and(text, found.end(), best > end):
                break
            if not linked and count == 0 and plain not in (_OF if named else _OF | {"for", "on"}):
                break
            linked = True
            at = found.end()
            continue
        if not linked or not _goes_on(found[2], bare, plain) or _RECORD.match(text, found.start(2)):
            break
        best = found.start(2) + len(bare)
        at = found.end()
        if bare != found[2]:
            break
    return best


# Where a body has its seat, behind its name: of Town Hall, of 12 High Street.
_ADDRESS = re.compile(
    r"[ ]of[ ](?:the[ ])?(?:\d|[A-Z][\w'’-]*[ ](?:Hall|House|Building|Tower|Street|Road|Lane|Avenue)\b"
    r"|(?:Unit|Suite|Floor)[ ])"
)


def _bare(word: str) -> str:
    """A word without the punctuation about it and without the ending of an owner."""
    bare = word.strip(_EDGE + "()").rstrip(".,;:)”\"'’")
    return bare[:-2] if bare.endswith(("'s", "’s")) and bare[:-2] not in _OWNERS else bare


def _goes_on(said: str, bare: str, plain: str) -> bool:
    """Whether a word goes on with a name on its left."""
    return (
        CAPITAL.match(bare) is not None
        and not bare.isdigit()
        and "_" not in bare
        and said[0] not in '(“"['
        and (plain not in among("en", "before") or plain in _ALSO_INSIDE)
        and bare not in among("en", "form")
    )


# What record it is, behind the name of an office at its head.
_RECORD = re.compile(
    r"(?:(?:purchase|work|task|delivery) order|p\.?o\.? (?:no|number)|(?:tax )?invoice"
    r"|(?:tender |award )?notice|req|awarding|resolution|minutes)\b",
    re.IGNORECASE,
)
_ALSO_INSIDE = frozenset(("information", "schedule", "new", "freedom"))
_OF = frozenset(("of", "de", "du", "del", "di", "da", "do"))
_TASK = r"[A-Z][\w’'-]+(?:[ ](?:[A-Z][\w’'-]+|of|and)){0,3}?"
_TASKS = re.compile(rf"[ ]{_TASK}(?:,[ ]{_TASK})+,?[ ](?:and|&)[ ][A-Z][\w’'-]+(?:[ ][A-Z][\w’'-]+){{0,3}}")
_BETWEEN = re.compile(r",[ ](?:and[ ]|&[ ])?|[ ](?:and|&)[ ]")


def _is_task(said: str) -> bool:
    """Whether words are one task of a ministry of several: Digital Development."""
    return said.rsplit(maxsplit=1)[-1].lower() in among("en", "tasks")


def _wraps(text: str, gap: re.Match[str]) -> bool:
    """Whether a name goes on over the end of a line: the line was full, and no label begins the next."""
    at = gap.start()
    return gap[1].strip(" ") == "\n" and _full(text, at) and not _LABEL.match(text, gap.end(1))


_LABEL = re.compile(r"[\w-]+(?:[ ][\w-]+){0,2}[ ]?:")


def _and(text: str, at: int, some: bool) -> bool:
    """Whether "and" goes on with the same name: not where another body's name follows."""
    following = re.match(r"\s(?:[A-Z][\w'’-]*\s?){1,5}", text[at : at + 80])
    if following and (orgwords.stem(following[0].split()[0]),) in orgwords.places().latin:
        return False
    return some and following is not None and not any(triggers(text[at : at + following.end() + 3]))


def names(text: str, *, company: bool = False) -> bool:
    """Whether words say which body it is; what is said of an office may still name a company."""
    said = (word.strip(".,()'’&-").lower() for word in text.split())
    return any(
        word
        and word not in among("en", "generic")
        and (company or word not in among("en", "offices"))
        and _LETTER.search(word)
        for word in said
    )
