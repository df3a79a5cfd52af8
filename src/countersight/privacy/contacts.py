"""E-mail addresses and numbers or names in messengers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from countersight.privacy.shapes import SPACE, Range

_LETTER = "A-Za-z0-9０-９Ａ-Ｚａ-ｚ"
_GAP = rf"(?:[{SPACE}]?\r?\n[{SPACE}]?|[{SPACE}])?"
_NAME = rf"[{_LETTER}][{_LETTER}\-]{{0,62}}+"
_TOP = "com|cn|net|org|gov|edu|info|biz|hk|tw|mo|co|io|eu|uk|us|de|fr|ru|kz|tr|jp|kr|sg|au|ca|ch"
_DOT = "[.．。]"
_HOST = (
    # Written without a gap: any labels and a last one of letters.
    rf"(?:{_NAME}{_DOT})+(?:[A-Za-zＡ-Ｚａ-ｚ]{{2,24}}|公司|网络|中国|集团|网址|政务|公益|在线)"
    # A line broken inside it or a gap beside a dot: only with a well-known last label.
    rf"|(?:{_NAME}(?:{_DOT}{_GAP}|[{SPACE}]?\r?\n{_DOT}?|[{SPACE}]{_DOT})){{1,4}}(?<=[.．。\s])(?:{_TOP})"
    # A host in another script.
    rf"|[^\W_][\w\-]{{0,20}}+(?:{_DOT}[\w\-]{{1,20}}+)+"
)
_SIGN = re.compile("[@＠]")
_BEFORE = re.compile(rf"[^\s@＠]{_GAP}\Z")
_AFTER = re.compile(rf"{_GAP}(?:{_HOST})(?![{_LETTER}])")
_LOCAL = re.compile(rf"[{_LETTER}_][{_LETTER}.．_＿+%'’!#$&*/=?^`{{|}}~\-－]*\Z")
_LOCAL_OTHER = re.compile(r"[^\W_][\w.\-]{0,31}\Z")  # in another script
_LOCAL_LENGTH = 64

_QQ = re.compile(r"QQ(?:号码?|群号?|/微信)?[：:\s]{0,3}([1-9][0-9]{4,11})(?![0-9A-Za-z])")
_WECHAT = re.compile(
    r"(?:微\s?信|[Ww]e[Cc]hat|[Ww]eixin)(?:号码?|\s?(?:id|ID)|/手机|/QQ)?(?:[：:]\s?|(?<=[号码dD])\s?)"
    r"([A-Za-z][-_A-Za-z0-9]{5,19}|[0-9]{5,15})(?![-_A-Za-z0-9])"
)


def emails(text: str) -> Iterator[Range]:
    """E-mail addresses in plain form, full-width and internationalised ones and those broken by a line end included."""
    if "@" not in text and "＠" not in text:
        return
    for sign in _SIGN.finditer(text):
        at = sign.start()
        before = _BEFORE.search(text, max(0, at - 5), at)
        host = _AFTER.match(text, at + 1) if before else None
        if not before or not host:
            continue
        stop = before.start() + 1
        low = max(0, stop - _LOCAL_LENGTH)
        local = _LOCAL.search(text, low, stop) or _LOCAL_OTHER.search(text, low, stop)
        if local:
            yield local.start(), host.end()


def messengers(text: str) -> Iterator[Range]:
    """QQ numbers and WeChat names that stand after their label."""
    if "QQ" in text:
        yield from (found.span(1) for found in _QQ.finditer(text))
    if "微" in text or "hat" in text or "eixin" in text:
        yield from (found.span(1) for found in _WECHAT.finditer(text))
