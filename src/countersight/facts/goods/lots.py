"""Lots that bills of quantities are of: as rows, titles, sheets and lines above tables name them."""

from __future__ import annotations

import re

_HAN = r"[一二三四五六七八九十\d]{1,3}"
_NO_LOT = r"(?![装裹括含围厢被管边头子扎])"  # what makes another word of 包: 包装, 包括
_SURE = rf"第\s?{_HAN}\s?(?:分?包{_NO_LOT}|标段|标包|标(?=$|[\s:：、）)]))(?:[段件组])?|(?:采购|合同)包\s?{_HAN}(?!\d)"
_NAMED = (
    rf"{_SURE}|(?:标段|标包|包[段件组]?号?|分包号?)\s?[:：]?\s?(?:[一二三四五六七八九十]{{1,2}}|\d{{1,2}}|[A-F]|[ⅠⅡⅢⅣⅤ])(?![\w.]|[.、]\d)"
    rf"|(?:{_HAN}|[A-F])\s?(?:标段|包(?=$|[\s:：、）)]))"
    r"|(?:lot|package)\s?(?:no\.?\s?|number\s)?(?:\d{1,2}|[A-F]|[IVX]{1,4})\b(?![./]\w)"
)
_FIRST = re.compile(rf"^[(（【\[]?\s?(?P<name>{_NAMED})", re.IGNORECASE)
_IN_TITLE = re.compile(
    rf"(?P<sure>{_SURE})|[(（【\[]\s?(?P<held>{_NAMED})\s?[)）】\]]|(?<=[\s:：—–-])(?P<last>{_NAMED})$", re.IGNORECASE
)
_TITLE = 80  # characters of a title
_SENTENCE = re.compile(r"[。；;]|[.,，]$|\.\s")


def lot(words: str) -> str | None:
    """The lot that words begin with: ``LOT 1 - CAMERAS``, ``第一包：前端设备``."""
    found = _FIRST.match(words)
    return " ".join(found["name"].split()) if found else None


def headed(title: str) -> str | None:
    """The one lot that a title begins with, holds in brackets or ends with; None where it names two."""
    if len(title) > _TITLE or _SENTENCE.search(title):
        return None
    named = {first} if (first := lot(title)) else set[str]()
    named |= {found[found.lastgroup or 0] for found in _IN_TITLE.finditer(title)}
    return named.pop() if len(named) == 1 else None


def stands_above(text: str, start: int) -> str | None:
    """The lot that the last line above a place names."""
    lines = text[max(0, start - 2 * _TITLE) : start].rstrip().rsplit("\n", 1)
    return headed(lines[-1].strip()) if lines[-1].strip() else None
