"""Whether tax is in an amount, where the words around it say so: ``EUR 1,250 excl. VAT``, ``100万元（含税）``.

What stands behind an amount goes before what stands ahead of it in its clause; words that are of another amount
(不含税金额为…) say nothing of this one.
"""

from __future__ import annotations

import re
from dataclasses import replace

from countersight.facts.values import MONEY
from countersight.model import Clue
from countersight.text import money

_NONE = " -"  # how an amount ends of which nothing is said (money.written)
_BEHIND, _AHEAD = 80, 30
_STOP = re.compile(r"[。；;\n]|(?<!excl)(?<!incl)\.(?:\s|$)", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(（][^()（）\n]{0,120}[)）]")
_OTHER = re.compile(
    r"(?:金额|总?价款?|单价|合同|部分|税[额金率])?\s?[:：为是]?\s?(?:人民币|RMB|CNY|¥|￥|[A-Z]{2,3}\$?|[$€£])?\s?\d",
    re.IGNORECASE,
)
_OF_DOCUMENT = re.compile(r"是否含税\s*[:：]?\s*(?P<no>不含税?|否|未)?(?P<yes>含|是)?")


def taxed(clue: Clue, text: str) -> Clue:
    """An amount with whether tax is in it, as the words around it on a page's text say; any other clue as it is."""
    if not (clue.field in MONEY and clue.value.endswith(_NONE)):
        return clue
    told = _behind(text, clue.end) or _ahead(text, clue.start) or _asked(text)
    return replace(clue, value=f"{clue.value.removesuffix(_NONE)} {told}") if told else clue


def _behind(text: str, end: int) -> str | None:
    """What the rest of the sentence says, up to the next amount."""
    words = text[end : end + _BEHIND]
    if (same := _BRACKETS.match(text, end)) and not money.taxes(same[0]):
        words = text[same.end() : same.end() + _BEHIND]  # the amount in words
    words = words[: stop.start()] if (stop := _STOP.search(words)) else words
    found = money.taxes(words)
    if not found or _OTHER.match(words, found.end()) or re.search(r"\d{4}|\d[,.]\d", words[: found.start()]):
        return None
    return money.tax(found[0])


def _ahead(text: str, start: int) -> str | None:
    """What the clause up to the amount says last."""
    words = text[max(0, start - _AHEAD) : start]
    words = words[max((stop.end() for stop in _STOP.finditer(words)), default=0) :]
    words = re.split(r"\d\s*[元%％]?\s*[，,、]|[，,]", words)[-1]
    found = money.taxes(words)
    return money.tax(found[0]) if found else None


def _asked(text: str) -> str | None:
    """The one answer that a form gives."""
    answers = {
        "excluded" if one["no"] else "included" for one in _OF_DOCUMENT.finditer(text) if one["no"] or one["yes"]
    }
    return answers.pop() if len(answers) == 1 else None
