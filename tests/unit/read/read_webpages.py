"""The labelled web pages of ``tests/corpus/webpages``, and how well a reading agrees with their labels.

Each page is a whole HTML document made for these tests; its first line is a comment with what must be told of it. Its
body stands between ``<!--[-->`` and ``<!--]-->``; what stands between ``<!--~-->`` and ``<!--/~-->`` (title, dateline)
counts neither way. Labels are read from the source with a few expressions, not with the reader under test.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "corpus" / "webpages"
_BODY = re.compile(r"<!--\[-->(.*?)<!--\]-->", re.DOTALL)
_NEITHER = re.compile(r"<!--~-->(.*?)<!--/~-->", re.DOTALL)
_INLINE = re.compile(r"</?(?:a|b|i|em|strong|span|sup|sub|u|font|time)(?:\s[^<>]*)?>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_EDGE = re.compile(r"[\n\t|]")
_WIDTH = 4  # characters of a shingle


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page, what must be told of it, and the text of its body and of what counts neither way."""

    path: Path
    label: dict[str, Any]
    body: str
    neither: str

    @property
    def name(self) -> str:
        return self.path.stem


def load() -> list[Labelled]:
    """All labelled pages, by name."""
    return [_labelled(path) for path in sorted(FOLDER.glob("*.html"))]


def _labelled(path: Path) -> Labelled:
    source = path.read_text("utf-8")
    head, _, rest = source.partition("\n")
    label = json.loads(head.removeprefix("<!--").removesuffix("-->"))
    return Labelled(path, label, _words(_BODY.findall(rest)), _words(_NEITHER.findall(rest)))


def _words(pieces: list[str]) -> str:
    return unescape("\n".join(_TAG.sub("\n", _INLINE.sub("", piece)) for piece in pieces))


def _shingles(text: str) -> Counter[str]:
    """The runs of four characters of each line, white space left out; a shorter line is one."""
    lines = ("".join(line.split()) for line in _EDGE.split(text))
    return Counter(line[at : at + _WIDTH] for line in lines if line for at in range(max(1, len(line) - _WIDTH + 1)))


def agreement(page: Labelled, said: str) -> tuple[int, int, int]:
    """Of an extracted body: shingles right, shingles in it (but for those that count neither way), shingles due."""
    due, told = _shingles(page.body), _shingles(said)
    told -= _shingles(page.neither) - due
    return (due & told).total(), told.total(), due.total()
