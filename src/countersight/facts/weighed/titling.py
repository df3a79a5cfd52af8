"""How likely a phrase that a cue, a head or a verb gives is the title of a record, by the words in and around it.

The weights are learned (``bench/weigh.py``) from all phrases of marked records that could be one: they begin at a line,
a cell, a mark or a word that titles follow, and end where a mark or the name of a paper does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from countersight.facts.cues.entitled import is_bought, is_none, says_nothing
from countersight.facts.labels import labelled
from countersight.facts.titled import shortened
from countersight.facts.weighed.around import beside, label, tokens
from countersight.facts.weighed.weights import weights
from countersight.model import Clue
from countersight.text.normal import HAN, simplified

GROUP, CLASSES = "title", ("", "title")

DOUBTFUL = 0.02
"""Probability below which a title is set aside, by cross-validation on records unseen by readers."""

_SEGMENT = re.compile(r"[^\t\n│|]+")
_OPENS = re.compile(
    r"^\s*(?:[一二三四五六七八九十\d]+[、.．)]\s*)?|[:：]\s*|[《“\"「]|\bfor (?:the )?(?=[A-Za-z0-9])"
    r"|\bof (?:the )?(?=[A-Z])|\s[–—-]+\s|[就对]|关于|参加的?|递交的|\s\s(?=\S)"
)
_CLOSES = re.compile(
    r"(?=[。；;》”」，]|,\s|\s{2,}|\.\s|\.$|[（(]|\s[–—-]+\s|进行"
    r"|的?(?:投标|招标|采购)?(?:公[告示]|文件|通知书?|合同书?|协议书?|事宜|请示|函|报告)"
    r"|\s(?:at|under|dated|pursuant|for|between|in accordance)\b|$)"
)
_WORDS = re.compile(rf"[{HAN}]{{3}}|[A-Za-z]+\s[A-Za-z]+")
_MARKS = ' 　.,，:：“”"「」《》、'
_STARTS, _ENDS = 8, 5  # of one segment, of one start
_SHORTEST, _LONGEST = 4, 140  # characters


def chance(places: Iterable[Clue], texts: Mapping[int, str], kind: str | None) -> float:
    """The probability that a phrase in these places is the title of a record of a kind."""
    known = set[str]()
    for place in places:
        said = simplified(shortened(place.value))
        known.update(features(simplified(texts[place.page]), place.start, place.end, said, kind))
    return weights(GROUP).chances(known)[1]


def features(text: str, start: int, end: int, said: str, kind: str | None) -> Iterator[str]:
    """What speaks for what ``[start, end)`` says: the words beside it, and how it is built."""
    yield from beside(text, start, end)
    known = labelled(label(text, start))
    yield f"label of {known[0] if known else None}"
    yield f"kind={kind}"
    words = tokens(said)
    yield f"length={min(len(said) // 6, 10)}"
    yield f"bought={is_bought(said)}"
    yield f"begins={' '.join(words[:1])}"
    for n in (1, 2, 3):
        yield f"ends{n}={' '.join(words[-n:])}"
    yield from (f"has={word}" for word in words)


def phrases(text: str) -> Iterator[tuple[int, int, str]]:
    """The phrases of a text that could be a title, each as a range, without the name of the paper."""
    for segment in _SEGMENT.finditer(text):
        said, at = segment[0], segment.start()
        for start in sorted({opened.end() for opened in _OPENS.finditer(said)})[:_STARTS]:
            closed = (found.start() for found in _CLOSES.finditer(said, start + _SHORTEST, start + _LONGEST))
            for end in list(dict.fromkeys(closed))[:_ENDS]:
                phrase = said[start:end].strip(_MARKS)
                if len(phrase) >= _SHORTEST and _WORDS.search(phrase):
                    value = shortened(phrase)
                    if len(value) >= _SHORTEST and not (says_nothing(value) or is_none(value)):
                        low = at + said.index(phrase, start)
                        yield low, low + len(phrase), value
