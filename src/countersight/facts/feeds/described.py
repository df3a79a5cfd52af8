"""What descriptions in feeds say that no field of theirs says: how long, renewals, warranty, procedure, funds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from countersight.facts import clauses_en
from countersight.facts.cues.numbered import CUED
from countersight.facts.cues.particulars import particulars
from countersight.facts.cues.phrases import phrases
from countersight.model import Block, Clue, Page

_DESCRIBES = re.compile(
    r"(?:\bOBJECT_\w+(?:\[\d+\])?\.(?:SHORT_DESCR|INFO_ADD|RENEWAL_DESCR)|\bD_JUSTIFICATION|\bCOMPLEMENTARY_INFO\.INFO_ADD)"
    r"\.P(?:\[\d+\])?\Z|(?:\btender|\b(?:awards|contracts)\[\d+\])\.description\Z"
    r"|\Anotices\[\d+\]\.(?:purchaseContent|content|description)\Z"
)
_LONGEST = 4000  # characters of a description; what is longer is a text of its own
_TELLS = re.compile(
    r"期|资金|经费|采购|\b(?:years?|months?|weeks?|days?|fund\w*|financed|procedure|competition)\b", re.IGNORECASE
)  # without any of these it says nothing of them
_FIELDS = frozenset({"term", "option", "warranty", "method", "funding"})


def clues(page: Page, fields: Sequence[Block]) -> Iterator[Clue]:
    """The clues of descriptions, behind those of any field; verbs, whose object may be anything, tell nothing."""
    for block in fields:
        if not _DESCRIBES.search(block.ref) or block.end - block.start > _LONGEST:
            continue
        text = page.text[block.start : block.end]
        if not _TELLS.search(text):
            continue
        record = block.ref.partition(".")[0] if block.ref.startswith(("notices", "releases", "records")) else ""
        for clue in _told(Page(page.number, text)):
            start, end = block.start + clue.start, block.start + clue.end
            label = f"{clue.label.partition('#')[0]}#{CUED}"
            yield replace(clue, start=start, end=end, label=label, grade="feed", group=record)


def _told(said: Page) -> Iterator[Clue]:
    found = (*particulars([said]), *phrases([said]))
    yield from (one for one in found if one.field in _FIELDS and one.label.endswith(f"#{CUED}"))
    yield from islice((one for one in clauses_en.clues(said) if one.field == "option"), 1)
