"""How many of a part a text says there are: before it, behind it, in licences, and whether another may do."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from countersight.facts.goods.bill import EQUIVALENT
from countersight.facts.goods.part import Part
from countersight.text.quantity import Quantity, counted, leading, multiplied, plain, trailing

_BEHIND = 26  # characters behind a product in which its number stands
_AHEAD = 26  # characters before it
_END = re.compile(r"[。；;\n\t|、]")
_PIECES = re.compile(
    r"[台套块张颗个只支片枚路件根条部组份点]|pcs?\.?|pieces?|units?|sets?|nos?\.?|nr\.?|ea(?:ch)?\.?|cards?|gpus?|cpus?|processors?|disks?"
    r"|drives?|chips?|switch(?:es)?|modules?|servers?|cameras?|licen[cs]es?|nodes?|授权|许可|节点|用户|台套|copies|systems?",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"[^,.;]*?\b(?:cards|GPUs|CPUs|processors|accelerators|disks|drives|chips|switches|modules|servers|cameras|boards"
    r"|sensors|licen[cs]es|units)\b",
    re.IGNORECASE,
)
_COUNTING = re.compile(
    r"[;:,(，；：（]\s*|\b(?!(?:item|lot|section|table|clause|page|no|row|line|option|phase|stage|version|release|type)\b)"
    r"[a-z]+\s+"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BETWEEN = re.compile(r"[\s的:：×x*]*(?:\d+(?:\.\d+)?\s?[TG]B?\s*)?(?:SATA|SAS|NVMe)?\s*")
_LABELLED = re.compile(r"数量|\bquantity|\bqty|[，,]\s*(?:共计|合计|总计|共?采购|共?购置)", re.IGNORECASE)
_OF = re.compile(r"\s*(?:[:：为]|of\b)?\s*")
_LICENSED = re.compile(
    r"(?:\bwith\s|授权|许可|licen[sc]ed for|\bfor\s|共)\s*(\d{1,6})\s*(?:[\w-]+\s)?"
    r"(?:licen[cs]es?|channels?|seats?|nodes?|sockets?|devices?|users?|路|点|用户|套|个|颗|块|许可)(?!\w*[%％])"
    r"|[，,(（]\s?(?P<of>\d{1,6})\s?[个套]?\s?[\w-]{0,8}?\s?(?:授权|许可|licen[cs]es?\b|seats\b)",
    re.IGNORECASE,
)
_TWO = re.compile(r"(?:双[路颗]|\bdual)\s*$", re.IGNORECASE)
_LEAST = re.compile(r"(?:不低于|不得低于|≥|not less than|no less than)\s*$", re.IGNORECASE)
_EQUIVALENT = 64  # characters behind a product in which its like may be allowed
_LICENCE = 40  # characters behind a product in which its licences are counted


def told(text: str, part: Part, low: int, high: int) -> Part:
    """A part with its number and operator, as said before or behind it between its neighbours, and alternatives."""
    stop = _END.search(text, part.end, high)
    close = stop.start() if stop else high
    allowed = EQUIVALENT.search(text, part.end, min(close, part.end + _EQUIVALENT))
    part = replace(part, alternative=bool(allowed))
    at = allowed.end() if allowed else part.end
    found = (
        _before(text, part, low)
        or _behind(text, part.end, min(close, part.end + _BEHIND))
        or (_behind(text, at, min(close, at + _BEHIND)) if allowed else None)
        or _licensed(text, part.end, min(close, at + _LICENCE))
    )
    if found:
        part = replace(part, quantity=found.number, operator=found.operator)
        part = replace(part, start=min(part.start, found.start), end=max(part.end, found.end))
    elif _LEAST.search(text, low, part.start):
        part = replace(part, operator=">=")
    return replace(part, end=max(part.end, allowed.end())) if allowed else part


def _before(text: str, part: Part, low: int) -> Quantity | None:
    """The number right before a part: ``4块NVIDIA T4``, ``8 × NVIDIA T4``, ``eight NVIDIA T4 cards``."""
    start = max(low, part.start - _AHEAD)
    words = plain(text[start : part.start])
    pieces = [one for one in counted(words) if _BETWEEN.fullmatch(words, one.end) and _is_pieces(one)]
    if pieces:
        return replace(pieces[-1], start=start + pieces[-1].start, end=start + pieces[-1].end)
    for one in multiplied(text[start : part.start + 2]):
        if part.start - 2 <= start + one.end <= part.start + 1:
            return replace(one, start=start + one.start, end=start + one.end)
    if found := _bare(text, start, part):
        return found
    two = _TWO.search(text, start, part.start)
    return Quantity(two.start(), two.end(), Decimal(2)) if two else None


def _bare(text: str, start: int, part: Part) -> Quantity | None:
    """A number without a unit that ends right before a part, where the words around it say that it counts."""
    words = text[start : part.start]
    one = trailing(words) if words[-1:].isspace() else None
    if one is None or _YEAR.fullmatch(words[one.start : one.end].strip()):
        return None
    spelled = words[one.start].isascii() and words[one.start].isalpha()
    counting = any(found.end() == one.start for found in _COUNTING.finditer(words, 0, one.start))
    if not (one.operator or spelled or counting or _PLURAL.match(text, part.end, part.end + _BEHIND)):
        return None
    return replace(one, start=start + one.start, end=start + one.end)


def _licensed(text: str, at: int, close: int) -> Quantity | None:
    """How many licences of a product a record says: ``授权500路``, ``with 350 device licences``, ``，8个CPU许可``."""
    found = _LICENSED.search(text, at, close)
    return Quantity(found.start(found.lastindex or 0), found.end(), Decimal(found[1] or found["of"])) if found else None


def _behind(text: str, at: int, close: int) -> Quantity | None:
    """The number behind a part: ``Intel Xeon 6248R ≥2颗``, ``T4×8``, ``数量：2``, ``，共采购6套``."""
    comma = re.search(r"[，,]", text[at:close])
    words = text[at : at + comma.start() if comma else close]
    found = [one for one in (*counted(words), *multiplied(f"x{words}")) if one.unit is None or _is_pieces(one)]
    if found:
        first = found[0]
        offset = at if first.unit else at - 1
        return replace(first, start=offset + first.start, end=offset + first.end)
    labelled = _LABELLED.search(text, at, close)
    of = _OF.match(text, labelled.end()) if labelled else None
    one = leading(text[of.end() : close]) if of else None
    return replace(one, start=of.end() + one.start, end=of.end() + one.end) if of and one else None


def _is_pieces(one: Quantity) -> bool:
    return bool(one.unit and _PIECES.fullmatch(one.unit))
