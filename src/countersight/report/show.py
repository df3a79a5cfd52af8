"""Record words fit to print: exact where they can be, visible where they would hide, marked with their language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, takewhile
from urllib.parse import quote

from countersight.model import Citation, DateSpan
from countersight.report.view import Recording
from countersight.text.moments import parsed

MASK = "█"
_TONGUES = {"zh": "Chinese", "zh-Hans": "Chinese", "zh-Hant": "Chinese (traditional)", "en": "English"}
_CONTAINED = frozenset({"member", "attachment", "message", "image"})  # steps that lead to a file, not into it

# Controls that HTML forbids, that reorder the line (CVE-2021-42574) or that show nothing, and lone surrogates.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_SCRIPTS = (("ja", re.compile("[\u3041-\u30ff]")), ("ko", re.compile("[\uac00-\ud7af]")))
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


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
    """A stretch of a quote: plain, emphasised (a decisive word), masked (personal data) or weakly read by OCR."""

    text: str
    strong: bool = False
    masked: bool = False
    weak: bool = False


def pieces(quote: str, strong: Iterable[tuple[int, int]] = (), weak: Iterable[int] = ()) -> Iterator[Piece]:
    """Cut a quote at its masks, its decisive words and its weak characters.

    Ranges and offsets are into the quote; ranges may overlap, and either may lie outside.
    """
    at, doubtful = 0, frozenset(weak)
    for start, end in sorted(strong):
        low, high = max(at, start), min(end, len(quote))
        if low < high:
            yield from _cut(quote, at, low, doubtful, strong=False)
            yield from _cut(quote, low, high, doubtful, strong=True)
            at = high
    yield from _cut(quote, at, len(quote), doubtful, strong=False)


def _cut(quote: str, start: int, end: int, doubtful: frozenset[int], *, strong: bool) -> Iterator[Piece]:
    def looks(at: int) -> tuple[bool, bool]:
        masked = quote[at] == MASK
        return masked, at in doubtful and not masked

    for (masked, weak), run in groupby(range(start, end), looks):
        held = list(run)
        yield Piece(quote[held[0] : held[-1] + 1], strong, masked, weak)


def place(citation: Citation, *, pdf: bool) -> str:
    """Where in the file: ``page 37 (PDF page 41)``, ``sheet 点位表, cell C7``; empty for a whole source."""
    inner = list(takewhile(lambda step: step[0] not in _CONTAINED, reversed(citation.locator.steps)))
    steps = [value if kind == "time" else f"{kind} {value}" for kind, value in reversed(inner) if kind != "page"]
    if citation.page is None or any(kind in {"sheet", "time"} for kind, _ in inner):
        return ", ".join(steps)
    return ", ".join([_page(citation.page, citation.page_label, pdf=pdf), *steps])


def time(citation: Citation) -> str:
    """When the words of a transcript are said (``00:12:04–00:12:11``); empty for other citations."""
    return next((value for kind, value in citation.locator.steps if kind == "time"), "")


def played(recording: Recording | None, time: str) -> tuple[str, ...]:
    """Addresses of that stretch of a recording: in the case, and by its own name beside the dossier's folder.

    The stretch is a media fragment (W3C Media Fragments URI 1.0, §4.2.1), in seconds.
    """
    span = parsed(time)
    if recording is None or span is None:
        return ()
    start, end = span
    fragment = f"#t={start // 1000}" + ("" if end is None else f",{end // 1000}")
    return recording.href + fragment, f"../{quote(recording.name, safe='')}{fragment}"


def doubted(cut: Iterable[Piece]) -> Iterable[tuple[str, str]]:
    """The words of a quote that were heard weakly, each once, with nothing else they may be."""
    return dict.fromkeys((word, "") for piece in cut if piece.weak for word in piece.text.split())


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


_ORIGINS = {"text": "text layer", "text+ocr": "text layer, pictures by OCR", "ocr": "OCR", "transcript": "transcript"}


def origin(code: str) -> str:
    """How a page was read, in words; a code without words here stands as it is (``ocr exact`` is ``OCR exact``)."""
    known, space, rest = code.partition(" ")
    return f"{_ORIGINS[known]}{space}{rest}" if known in _ORIGINS else code


def share(fraction: float) -> str:
    """A share or a confidence from 0 to 1 as a percentage; never 100 for less than all, never 0 for more than none."""
    percent = round(fraction * 100, 1)
    if fraction < 1 <= percent / 100:
        return "above 99.9 %"
    return "below 0.1 %" if percent == 0 < fraction else f"{percent:g} %"
