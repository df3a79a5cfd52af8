"""Record words fit to print: exact where they can be, visible where they would hide, marked with their language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from countersight.model import Citation, DateSpan

MASK = "█"
_TONGUES = {"zh": "Chinese", "zh-Hans": "Chinese", "zh-Hant": "Chinese (traditional)", "en": "English"}
_CONTAINED = frozenset({"member", "attachment", "message"})  # steps that lead to a file, not into it

# Controls that HTML forbids, that reorder the line (CVE-2021-42574) or that show nothing, and lone surrogates.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_SCRIPTS = (("ja", re.compile("[\u3041-\u30ff]")), ("ko", re.compile("[\uac00-\ud7af]")))
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_RUNS = re.compile(f"{MASK}+|[^{MASK}]+")


def visible(text: str) -> str:
    """The text with every hidden character shown by its number, as ``⟨U+202E⟩``; line ends and tabs stay."""
    return _HIDDEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text.replace("\r\n", "\n").replace("\r", "\n"))


def language(text: str, of_document: str | None = None) -> str | None:
    """The language tag of a record's words, from their script and the document's language, never guessed further."""
    for tag, script in _SCRIPTS:
        if script.search(text):
            return tag
    chinese = of_document is not None and of_document.startswith("zh")
    if _HAN.search(text):
        return of_document if chinese else "zh"
    return None if chinese else of_document


def tongue(tag: str) -> str:
    """The English name of a language, or the tag itself where the dossier has no name for it."""
    return _TONGUES.get(tag, tag)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quote: plain, emphasised (a decisive word) or masked (personal data)."""

    text: str
    strong: bool = False
    masked: bool = False


def pieces(quote: str, strong: Iterable[tuple[int, int]] = ()) -> Iterator[Piece]:
    """Cut a quote at its masks and its decisive words (offsets into the quote; they may overlap or lie outside)."""
    at = 0
    for start, end in sorted(strong):
        low, high = max(at, start), min(end, len(quote))
        if low < high:
            yield from _masked(quote[at:low], strong=False)
            yield from _masked(quote[low:high], strong=True)
            at = high
    yield from _masked(quote[at:], strong=False)


def _masked(text: str, *, strong: bool) -> Iterator[Piece]:
    for match in _RUNS.finditer(text):
        yield Piece(match[0], strong, match[0].startswith(MASK))


def place(citation: Citation, *, pdf: bool) -> str:
    """Where in the file: ``page 37 (PDF page 41)``, ``sheet 点位表, cell C7``; empty for a whole source."""
    inner = list(takewhile(lambda step: step[0] not in _CONTAINED, reversed(citation.locator.steps)))
    steps = [f"{kind} {value}" for kind, value in reversed(inner) if kind != "page"]
    if citation.page is None or any(kind == "sheet" for kind, _ in inner):
        return ", ".join(steps)
    return ", ".join([_page(citation.page, citation.page_label, pdf=pdf), *steps])


def _page(number: int, label: str | None, *, pdf: bool) -> str:
    if not label or label == str(number):
        return f"page {number}"
    return f"page {label} ({f'PDF page {number}' if pdf else f'number {number} in the file'})"


def dated(span: DateSpan) -> str:
    """A date as far as it is known: ``2022``, ``2022-12``, ``2022-12-05``, or the two days between which it falls."""
    first, last = span.from_.isoformat(), span.to.isoformat()
    if first == last:
        return first
    if span == DateSpan.of(span.from_.year, text=span.text):
        return first[:4]
    if span == DateSpan.of(span.from_.year, span.from_.month, text=span.text):
        return first[:7]
    return f"{first} to {last}"
