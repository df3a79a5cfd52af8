"""Which phrase of a record is its title: those that may be one, without the name of the paper, the surest first.

A title says what is bought. The name of the paper (SUPPLY AGREEMENT) is one of a contract that says nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from countersight.facts.cues.entitled import is_bought, is_none, says_nothing
from countersight.facts.kinds import headed
from countersight.model import Clue
from countersight.text.normal import HAN

_OF_ZH = re.compile(  # a contract that is called by the project, or the purchase, that it is of
    r"^(?:(?P<project>.*?(?:项目|工程))(?:政府|补充|施工|供货|买卖|购销|承包|承揽|委托|采购|服务|的)*|(?P<bought>.*采购))"
    r"(?:合同|协议)(?:书|文本)?$"
)
_NUMBERED = re.compile(
    r"^(?:tender|contract|bid|rf[pqt]|order|project|quotation)s?\s(?:no|number|ref)\b\.?\s?\S*\d\S*\s?(?:[-–—:,]\s?)?(?=\S)",
    re.IGNORECASE,
)
_OF_EN = re.compile(
    r"^(?:(?:re|sub|subject)\s?[:–-]\s?)?"
    r"(?:(?:adopt|approv(?:e|al)|authori[sz]e|consider(?:ation)?)s?(?: of)? (?:the )?)?"
    r"(?:(?:notification|notice|letter|recommendation|confirmation|intention|form) (?:of|to) )?(?:the )?"
    r"(?:(?:award|acceptance|invitation|request)s?(?: (?:of|to|for) (?:the )?)?)?"
    r"(?:(?:contract|tender|bid|proposal|quotation|purchase order|agreement)s?"
    r"(?: (?:no|number)\b\.?\s?\S*\d\S*)?(?: (?:documents?|notice))?)?"
    r"(?:(?<=\w) for|(?<=\w) of) (?:the )?(?=\S)",
    re.IGNORECASE,
)
_FORM_OF = re.compile(r"^form of (?=.*\b(?:agreement|contract)$)", re.IGNORECASE)
_CODE = re.compile(
    r"\s[–-]\s?[A-Z]{1,4}\d{4,}$|[\s,;(–-]+(?:tender|contract|bid|rf[pqtx]|project|it[bt]|ifb|ref)\b\.?\s?"
    r"(?:no|number|ref|id|#)\.?:?\s?\S*\d\S*$",
    re.IGNORECASE,
)
_AGREED = re.compile(
    r"(?:agreement|contract|deed|lease|memorandum|(?:合同|协议|合约|契约)书?)(?:[（(][^（）()]*[)）])?$", re.IGNORECASE
)
_PAPER = re.compile(r"agreement|contract|deed|lease|memorandum|合同|协议|合约|契约", re.IGNORECASE)
_LABELLED = re.compile(r"[^:：]{2,40}[:：]\s*\S")
_LINES = ("title line", "letterhead")
_OF_PAPER = ("capitals", "This …", "title line")
_FEWEST = 2  # words that a phrase has left without the name of the paper


def shortened(title: str) -> str:
    """A title without the name of the paper before or behind what is bought, its number and its marks."""
    if re.search(f"[{HAN}]", title):
        bare = re.sub(r"^[《“\"「](?P<t>[^《》“”「」]+)[》”\"」]$", r"\g<t>", title.strip())
        bare = re.sub(r"^[A-Za-z0-9-]{5,}\s?[/／、]\s?", "", headed(bare) or bare)
        found = _OF_ZH.match(bare)
        own = found["project"] or found["bought"] if found else bare
        return own if not says_nothing(own) else bare
    title = _FORM_OF.sub("", title)
    own = _CODE.sub("", _OF_EN.sub("", _NUMBERED.sub("", title)))
    return own if len(own.split()) >= _FEWEST and not says_nothing(own) else title


def may_be(clue: Clue) -> bool:
    """Whether a phrase may say what a record is about."""
    title = clue.value
    if clue.label.startswith(_LINES) and (_LABELLED.match(title) or not (_telling(title) or _PAPER.search(title))):
        return False
    return len(title) >= _SHORTEST and not is_none(title)


def _telling(title: str) -> bool:
    """Whether a line without a label says what is bought."""
    return is_bought(title) or (len(title) >= _LINE if re.search(f"[{HAN}]", title) else len(title.split()) > _SHORTEST)


_SHORTEST, _LINE = 4, 8  # characters of a title, and of a line of Chinese that says more than a heading


def entitling(clues: Sequence[Clue], kind: str, rank: Callable[[Clue], tuple[int, ...]]) -> list[Clue]:
    """The clues that may give the title of a record, the surest first; of a contract else the name that it has."""
    feed = [clue for clue in clues if clue.grade == "feed"]
    cut = [replace(clue, value=shortened(clue.value)) for clue in clues if clue.grade != "feed"]
    told = [clue for clue in cut if may_be(clue)]
    named = [clue for clue in told if not says_nothing(clue.value)]
    if not (feed or named) and kind in {"contract", "supplement"}:
        named = [clue for clue in told if _PAPER.search(clue.value) and clue.label.startswith(_OF_PAPER)]
    return sorted([*feed, *named], key=lambda clue: (_order(clue), rank(clue), clue.page, clue.start))


def _order(clue: Clue) -> int:
    """Labels, then sure cues, then descriptions, heads and verbs; last the name that a contract gives itself."""
    level = int(found[1]) if (found := _LEVEL.search(clue.label)) else 0
    return len(_ORDER) if _is_papers(clue) else next(n for n, levels in enumerate(_ORDER) if level in levels)


_LEVEL = re.compile(r"#(\d)$")
_ORDER = ((0, 1), (4, 5), (2, 3), (6, 7), (8, 9))  # levels of labels


def _is_papers(clue: Clue) -> bool:
    """Whether a title is the name that a contract gives itself."""
    return clue.label.startswith(_OF_PAPER) and _AGREED.search(clue.value) is not None
