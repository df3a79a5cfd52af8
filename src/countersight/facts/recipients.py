"""Who gets data, as sentences say it: 数据推送至…公安局, ``all recordings shall be transmitted to the … Bureau``.

Only what is named as data, pictures or recordings counts, and only a name that looks like a body's: the roles of a
contract (“the Buyer”) and systems are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from countersight.facts.names import name, names
from countersight.facts.prose import clue, near
from countersight.model import Clue, Page
from countersight.text.normal import HAN

_ZH_DATA = "(?:数据|视频|图像|图片|录像|日志|抓拍|人脸|信息流|轨迹)"
_ZH_SENDS = (
    "上传",
    "推送",
    "共享",
    "汇聚",
    "接入",
    "报送",
    "同步",
    "传输",
    "传送",
    "回传",
    "汇入",
    "移交",
    "开放",
    "提供",
)
_ZH_TO = re.compile(
    rf"(?<![不未勿]){_ZH_DATA}[^。；\n不未禁]{{0,40}}?(?:{'|'.join(_ZH_SENDS)})[^。；，\n{HAN}]{{0,2}}(?:至|到|给|入|于|予|(?<=[接汇]入))(?P<to>[^。；，\n]{{4,60}})"
    rf"|向(?P<of>[^。；，\n]{{4,40}}?)(?:实时|同步|统一|无偿)?(?:{'|'.join(_ZH_SENDS)})[^。；，\n]{{0,14}}?{_ZH_DATA}"
)
_ZH_END = re.compile(r"[的并用进实]|使用|审核|平台|系统|服务器")
_ZH_OFFICE = re.compile(
    rf"[{HAN}]{{1,24}}?(?:公安[厅局部]|分局|[大支总]队|派出所|指挥中心|数据中心|委员会|政法委|大数据局|管理局|人民政府)"
)
_EN_DATA = (
    r"(?:data|datasets?|recordings?|footage|images?|imagery|videos?|biometrics?|logs?|feeds?"
    r"|templates|plate reads|alerts)"
)
_EN_SENT = (
    r"(?:transmitted|transferred|forwarded|sent|delivered|provided|shared|disclosed|supplied|released|streamed|uploaded|copied"
    r"|relayed|made available|handed over|fed)"
)
_EN_SEND = (
    r"(?:transmit|transfer|forward|send|provide|share|disclose|supply|release|stream|upload|copy"
    r"|relay|deliver|hand over)"
)
_EN_TO = re.compile(
    rf"\b{_EN_DATA}\b[^.;\n]{{0,80}}?\b(?:shall|will|must|may|are|is|to)\s(?:\w+\s){{0,2}}?(?:be\s)?(?:\w+\s)?{_EN_SENT}\b[^.;\n]{{0,40}}?\b(?:to|with)\s+"
    rf"|\b(?:shall|will|must|may|to)\s(?:also\s|promptly\s)?{_EN_SEND}\b[^.;\n]{{0,60}}?\b{_EN_DATA}\b[^.;\n]{{0,50}}?\b(?:to|with)\s+",
    re.IGNORECASE,
)
_EN_DENIED = re.compile(r"\b(?:not|no|never|without|prohibited|confidential)\b", re.IGNORECASE)
_EN_NEXT = re.compile(r"\s*(?:,\s*)?(?:and\s+)?(?:(?:also\s+)?(?:to|with)\s+)?(?=the\s[A-Z]|[A-Z])")
_SENDS_EN = (
    " data",
    " recording",
    " footage",
    " image",
    " video",
    " log",
    " feed",
    " alert",
    "Data",
    "Recording",
    "Footage",
)
_NAME = 90  # characters of a name


def recipients(page: Page) -> Iterator[Clue]:
    """The bodies that a page says get data."""
    text = page.text
    found: dict[tuple[int, int], str] = {}
    if not text.isascii():
        for match in near(
            text, ("数据", "视频", "图像", "图片", "录像", "日志", "抓拍", "人脸", "轨迹"), _ZH_TO, 60, 110
        ):
            start, end = match.span("to" if match["to"] else "of")
            stop = next((m.start() for m in _ZH_END.finditer(text, start + 4, end)), end)
            office = _ZH_OFFICE.match(text, start, end)
            found |= dict.fromkeys([*names(text, start, stop)] or ([office.span()] if office else ()), "数据去向")
    for match in near(text, _SENDS_EN, _EN_TO, 80, 200):
        if not _EN_DENIED.search(match[0]):
            found |= dict.fromkeys(_bodies(text, match.end()), "data to")
    for at, label in sorted(found.items()):
        yield clue(page, "recipient", at, name(text[slice(*at)]), label)


def _bodies(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The names that stand one after the other: to the A and to the B."""
    while True:
        stop = next((m.start() for m in re.finditer(r"[.;\n]|,|\sand\s", text[at : at + _NAME])), _NAME)
        one = next(iter(names(text, at, min(len(text), at + stop))), None)
        if one is None:
            return
        yield one
        following = _EN_NEXT.match(text, one[1])
        if not following or not following[0].strip():
            return
        at = following.end()
