"""What is new in a mail and what it quotes: paragraphs, those of older mails marked by how far back they go.

A quotation is a run of lines that begin with ``>``, or all that follows the header of an older mail (``From: …
Sent: …``, ``发件人:``, ``-----Original Message-----``). The line that introduces it (``On … wrote:``, ``…写道：``)
belongs to it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from countersight.model import Block, BlockKind

_MARKS = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_FIELD = r"[ \t>*_]{0,10}(?:%s)[ \t\xa0*_]{0,5}[:：]"
_FROM = re.compile(_FIELD % "From|Von|De|От|发件人|發件人|寄件者|寄件人", re.IGNORECASE)
_BESIDE = re.compile(
    _FIELD
    % (
        "Sent|Date|To|Cc|Subject|Gesendet|Datum|An|Betreff|Envoyé|À|Objet|Отправлено|Кому|Тема"
        "|发送时间|發送時間|发送日期|寄件日期|日期|时间|收件人|收件者|抄送|主题|主題|主旨"
    ),
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"[ \t>]{0,10}(?:-{2,}[ \t\xa0]*(?:Original|Forwarded|Ursprüngliche|Message d'origine|原始邮件|原邮件|原始郵件"
    r"|转发|轉寄)[^-\n]{0,60}-{2,}|Begin forwarded message:)[ \t]*",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"[ \t>]{0,10}(?:On[ \t].{4,250}[ \t]wrote|Am[ \t].{4,250}[ \t]schrieb.{0,80}|Le[ \t].{4,250}[ \t]a[ \t]écrit"
    r"|[在从從于於].{4,250}[写寫]道)[ \t]{0,5}[:：][ \t]*",
    re.IGNORECASE,
)
_WROTE_SHORT = re.compile(r".{2,250}(?:[写寫]道|пишет|написал)[ \t]{0,5}[:：][ \t]*")
_SIGNED = re.compile(r"@|\d[:：]\d\d")  # an address or a time of day
_WRAPPED = 3  # lines over which an introduction may run
_HEADER = 8  # lines that the fields of an older mail may take
_LONG = 300  # characters of a line that can introduce anything
_REF = "quoted"


def passages(text: str) -> Iterator[Block]:
    """The paragraphs of a plain text in order; ``ref`` is empty for new words, else ``quoted``, ``quoted 2`` …."""
    lines = text.split("\n")
    start = end = at = level = 0
    for line, (now, begins) in zip(lines, _levels(lines), strict=True):
        marks = _MARKS.match(line)
        words = line[marks.end() if marks else 0 :].strip()
        if start < end and (not words or now != level or begins):
            yield _block(start, end, level)
            start = end
        if words:
            start, level = (at + len(line) - len(line.lstrip()), now) if start >= end else (start, level)
            end = at + len(line.rstrip())
        at += len(line) + 1
    if start < end:
        yield _block(start, end, level)


def _levels(lines: list[str]) -> Iterator[tuple[int, bool]]:
    """For each line how far back it goes, and whether an older mail begins with it."""
    older = left = level = 0  # headers of older mails met; lines of the introduction still to come, and their level
    for n, line in enumerate(lines):
        marks = _MARKS.match(line)
        depth = marks[0].count(">") if marks else 0
        count = 0 if left else _introduction(lines, n)
        if count:
            whole = not _marked_below(lines, n + count)
            older += whole
            left, level = count, older + depth + (not whole)
        yield (level if left else older + depth), count > 0
        left = max(left - 1, 0)


def marked(text: str, blocks: Iterable[Block]) -> list[Block]:
    """The blocks of a text made of HTML or the like, those paragraphs marked that are quoted."""
    found = list(passages(text))
    starts = [passage.start for passage in found]

    def ref(block: Block) -> str:
        i = bisect_right(starts, block.start) - 1
        return found[i].ref if i >= 0 and block.start < found[i].end else block.ref

    prose = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING)
    return [replace(block, ref=block.ref or ref(block)) if block.kind in prose else block for block in blocks]


def _block(start: int, end: int, level: int) -> Block:
    return Block(start, end, BlockKind.PARAGRAPH, f"{_REF} {level}" if level > 1 else _REF if level else "")


def _introduction(lines: list[str], n: int) -> int:
    """How many lines from ``n`` on introduce an older mail; 0 for none."""
    if not lines[n].strip() or len(lines[n]) > _LONG:
        return 0
    if _ORIGINAL.fullmatch(lines[n]):
        empty = next((k for k, line in enumerate(lines[n + 1 : n + _HEADER]) if line.strip()), 0)
        fields = _fields(lines, n + 1 + empty)
        return 1 + empty + fields if fields else 1
    return _fields(lines, n) or _wrote(lines, n)


def _fields(lines: list[str], n: int) -> int:
    """How many lines from ``n`` on are the fields of an older mail; 0 where it is not one, or only one field."""
    if n >= len(lines) or not _FROM.match(lines[n]):
        return 0
    count = 0
    for k, line in enumerate(lines[n + 1 : n + 1 + _HEADER], 1):
        if not line.strip(" \t>"):
            break
        count = k if _BESIDE.match(line) else count
    return count + 1 if count else 0


def _wrote(lines: list[str], n: int) -> int:
    for count in range(1, min(_WRAPPED, len(lines) - n) + 1):
        joined = " ".join(line.strip() for line in lines[n : n + count])
        if len(joined) > _LONG or not lines[n + count - 1].strip():
            return 0
        if _WROTE.fullmatch(joined) or (count == 1 and _WROTE_SHORT.fullmatch(joined)):
            return count if _SIGNED.search(joined) or _marked_below(lines, n + count) else 0
    return 0


def _marked_below(lines: list[str], n: int) -> bool:
    """Whether what is introduced is marked line by line; if not, it goes to the end."""
    first = next((line for line in lines[n : n + _HEADER] if line.strip()), "")
    return _MARKS.match(first) is not None
