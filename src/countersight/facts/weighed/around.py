"""What stands around a place in a text, as its features: words before, behind, on its line and the lines beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from countersight.text.normal import HAN

_TOKEN = re.compile(rf"[{HAN}]|[^\W\d_]+|\d+|[^\s\w]")
_LABEL = re.compile(r"[\t，,。；;|│]|\s{3,}|\. ")
_LABEL_ENDS = " :：\t|│（("
_LONGEST = 30  # characters of a label
_NEAR, _FAR = 16, 70  # characters before and behind a place
_BESIDE = 50  # characters of the line above or below
_RUNS = (1, 2, 3, 4)  # last words before a place and first ones behind it, taken together
_UP = 3  # lines above
_SECTION = re.compile(  # what opens a part of a record
    r"\s*(?:[一二三四五六七八九十]+[、.]|\d{1,2}[、.．)]\s*\D|[（(][一二三四五六七八九十\d]+[)）]|(?:section|part|article)\b)"
    r"|.*[:：]\s*$",
    re.IGNORECASE,
)
_PART = 14  # lines above in which it is looked for


def around(text: str, start: int, end: int) -> Iterator[str]:
    """The features of ``[start, end)``, each a kind and words; figures are 0, letters are small."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    before, behind = text[first:start], text[end:last]
    yield f"label={' '.join(tokens(label(text, start)))}"
    told, next_ = tokens(before), tokens(behind)
    for n in _RUNS:
        yield f"before{n}={' '.join(told[-n:])}"
        yield f"behind{n}={' '.join(next_[:n])}"
    yield from grams("near", before[-_NEAR:], 3)
    yield from grams("line", before[-_FAR:], 2)
    yield from grams("next", behind[:_NEAR], 3)
    yield from grams("rest", behind[:_FAR], 2)
    if not told:
        above = text[:first].rstrip().rpartition("\n")[2]
        yield from grams("above", above[-_BESIDE:], 2)
        yield f"above5={' '.join(tokens(above)[-5:])}"
        yield from grams("below", text[last + 1 :].partition("\n")[0][:_BESIDE], 2)
        yield "first" if next_ else "alone"
    lines = text[:first].split("\n")[:-1]
    yield from _higher(lines)
    if "\t" in text[first:last]:
        yield from _in_table(before, lines)
    yield f"head={_distance(len(lines))}"
    yield f"foot={_distance(text.count(_BREAK, last))}"


def beside(text: str, start: int, end: int) -> Iterator[str]:
    """The nearest of the features of ``[start, end)``: its label, words next to it, the line above, where it is."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    told = tokens(text[max(first, start - _FAR) : start])
    next_ = tokens(text[end : len(text) if last < 0 else last][:_NEAR])
    yield f"label={' '.join(tokens(label(text, start)))}"
    for n in _RUNS[:3]:
        yield f"before{n}={' '.join(told[-n:])}"
        yield f"behind{n}={' '.join(next_[:n])}"
    yield from (f"line={word}" for word in set(told))
    if not told:
        yield f"above5={' '.join(tokens(text[:first].rstrip().rpartition(_BREAK)[2][-_BESIDE:])[-5:])}"
        yield "first" if next_ else "alone"
    yield f"head={_distance(text.count(_BREAK, 0, first))}"


def _higher(lines: Sequence[str]) -> Iterator[str]:
    """The words of the lines above, and of the one that opens the part of the record."""
    for n, line in enumerate(reversed(lines[-_UP:]), 1):
        yield f"up{n}={' '.join(tokens(line)[:6])}"
        if n < _UP:
            yield from grams("up", line[:_BESIDE], 2)
    opens = next((line for line in reversed(lines[-_PART:]) if _SECTION.match(line)), "")
    if opens:
        yield f"part={' '.join(tokens(opens)[:8])}"
        yield from grams("part", opens[:_BESIDE], 1)


def _in_table(before: str, lines: Sequence[str]) -> Iterator[str]:
    """How the row begins, and what stands over its column."""
    yield f"row={' '.join(tokens(before.partition(_CELL)[0])[:6])}"
    column, top = before.count(_CELL), ""
    for line in reversed(lines):
        if _CELL not in line:
            break
        top = line
    if column < len(top.split(_CELL)):
        yield f"column={' '.join(tokens(top.split(_CELL)[column])[:8])}"


_BREAK, _CELL = "\n", "\t"


def label(text: str, start: int) -> str:
    """What stands before a place from the last mark, cell or gap on."""
    first = text.rfind("\n", 0, start) + 1
    return _LABEL.split(text[first:start].rstrip(_LABEL_ENDS))[-1][-_LONGEST:].strip()


def grams(kind: str, text: str, longest: int) -> Iterator[str]:
    """Runs of up to ``longest`` words of a text."""
    words = tokens(text)
    for n in range(1, longest + 1):
        for at in range(len(words) - n + 1):
            yield f"{kind}={' '.join(words[at : at + n])}"


def tokens(text: str) -> list[str]:
    """Han characters, words, figures as 0, marks."""
    return ["0" if token.isdigit() else token.lower() for token in _TOKEN.findall(text)]


def _distance(lines: int) -> int:
    """Lines to an end of the page: each of the first eight by itself, later ones by eights."""
    return lines if lines < 8 else 8 + min(lines // 8, 4)  # noqa: PLR2004 (said above)
