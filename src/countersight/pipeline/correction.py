"""Corrected text: the act of a reviewer, what he or she may give, and the page that comes of it.

The act stands in the ledger; the text given and the reading it was made of lie in ``evidence/``. The text replaces that
of its page for all that comes after, and is told beside the original wherever the page is cited.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from countersight.errors import UsageError
from countersight.ledger import Entry
from countersight.model import Block, Digest, FileRow, Page, Place, Status, codec
from countersight.pipeline.intake import CORRECTED
from countersight.privacy.masks import BLOCK, mask
from countersight.store.db import Database, Range
from countersight.text.align import align, carried
from countersight.text.spanmap import Edit, SpanMap, apply

_BLOCKS = re.compile(f"{BLOCK}+")
PageKey = tuple[Digest, int]


@dataclass(frozen=True, slots=True)
class Act:
    """A reviewer's correction as entered in the ledger; ``text`` None takes an earlier one back."""

    digest: Digest
    page: int
    original: Digest | None
    text: Digest | None
    by: str
    why: str
    at: str = ""

    def facts(self) -> dict[str, object]:
        """The facts of the ledger's entry."""
        names = ("digest", "page", "original", "text", "by", "why")
        return {name: getattr(self, name) for name in names}


def standing(entries: Iterable[Entry]) -> dict[PageKey, Act]:
    """The corrections that stand: the last of each page, unless it was taken back."""
    last: dict[PageKey, Act] = {}
    for entry in entries:
        if entry.act == CORRECTED:
            act = codec.build(Act, entry.facts | {"at": entry.at})
            last[act.digest, act.page] = act
    return {key: last[key] for key in sorted(last) if last[key].text}


# ── what a reviewer gives ──


def find(files: Iterable[FileRow], named: str) -> FileRow:
    """The file of this locator, name or beginning of a digest. Raises UsageError where there is none, or several."""
    short = named.lower() if re.fullmatch(r"[0-9A-Fa-f]{6,64}", named) else None
    known = [file for file in files if file.digest and file.status is not Status.DUPLICATE]
    exact = [file for file in known if str(file.locator) == named]
    found = exact or [file for file in known if file.name == named or (short and str(file.digest).startswith(short))]
    if len(found) == 1:
        return found[0]
    if found:
        places = "; ".join(str(file.locator) for file in found)
        raise UsageError(f"{named!r} stands for {len(found)} files: {places}", way_out="give one of these in full")
    raise UsageError(
        f"no file {named!r} in this case was read", way_out="give its locator or digest as `export` prints them"
    )


def find_page(db: Database, named: str, number: int) -> tuple[FileRow, Page, Page]:
    """The file, and its page of this number: as it stands, and as it was read. Raises UsageError where it has none."""
    row = find(db.files(), named)
    key = row.digest or Digest.of(b""), row.media_type or "", number
    try:
        present = db.page(*key)
    except KeyError as error:
        raise UsageError(
            f"page {number} of {row.locator} was not read, or is not there", way_out=f"it has {row.pages or 1}"
        ) from error
    return row, present, db.original(*key) or present


def named(by: str, why: str) -> tuple[str, str]:
    """Who and why, on a line each, personal data in the reason hidden. Raises UsageError where one is missing."""
    by, why = " ".join(by.split()), " ".join(why.split())
    for option, value in (("--by", by), ("--why", why)):
        if not value:
            raise UsageError(f"{option} is missing", way_out="say who corrects the page (--by) and for what (--why)")
    return by, mask(why)[0]


def checked(text: str, original: Page, present: Page) -> str:
    """The text as it may stand: personal data hidden. Raises UsageError that says what is wrong with it."""
    where = f"the correction of page {original.number}"
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    text = text.rstrip("\n") + original.text[len(original.text.rstrip("\n")) :]  # line ends there are an editor's
    if not text.strip():
        raise UsageError(f"{where} holds no text", way_out="--withdraw goes back to the original reading")
    lost = _runs(original.text) - _runs(text)
    if lost:
        shown = ", ".join(BLOCK * length for length in sorted(lost))
        raise UsageError(
            f"{where} leaves out or fills in masked personal data ({shown})",
            way_out="keep every block as `countersight correct CASE FILE PAGE --show` prints it",
        )
    text = mask(text)[0]
    if text == original.text:
        raise UsageError(
            f"{where} is the original reading, unchanged",
            way_out="--withdraw takes a correction back"
            if present.text != original.text
            else "change what was misread",
        )
    return text


def _runs(text: str) -> Counter[int]:
    """How often personal data of each length is hidden."""
    return Counter(len(run[0]) for run in _BLOCKS.finditer(text))


# ── the page that comes of it ──


def corrected(old: Page, text: str) -> Page:
    """A page with its corrected text; blocks stand where their words stand now, and so do places and weak characters.

    What was corrected has neither place nor weak character any more.
    """
    edits = align(old.text, text)
    blocks: list[Block] = []
    ends: dict[str, int] = {}
    for block in old.blocks:
        start = max(carried(edits, block.start, after=False), ends.get(block.kind, 0))
        end = carried(edits, block.end, after=True)
        if start < end:
            blocks.append(replace(block, start=start, end=end))
            ends[block.kind] = end
    places = (_moved(place, edits) for place in old.places if not _touched(place.start, place.end, edits))
    weak = (
        replace(one, at=carried(edits, one.at, after=True))
        for one in old.weak
        if not _touched(one.at, one.at + 1, edits)
    )
    kept = replace(old, places=tuple(places), weak=tuple(weak), blocks=tuple(blocks))
    return replace(kept, text=text, blank=False, language=None)


def _touched(start: int, end: int, edits: Iterable[Edit]) -> bool:
    return any(edit.start < end and start < edit.end for edit in edits)


def _moved(place: Place, edits: Sequence[Edit]) -> Place:
    return replace(place, start=carried(edits, place.start, after=True), end=carried(edits, place.end, after=False))


def mapped(original: Page, page: Page) -> SpanMap:
    """The map from a corrected page's text to that of the original."""
    return apply(original.text, align(original.text, page.text))[1]


def placed(back: SpanMap, start: int, end: int) -> Range:
    """Where in the original stands what is at ``[start, end)`` now; beside what, where it was not read at all."""
    low, high = back.back(start, end)
    return (low, high) if low < high else (max(low - 1, 0), min(max(high, 1), back.old_length))
