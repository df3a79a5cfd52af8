"""Bodies that English text names: found by legal forms, words of institutions and known names.

From such a word the name goes left over capitalised words (Xinjiang Leon Technology Co., Ltd) or right (Ministry of
Public Security), and on over its own parts (a detachment of a bureau, a branch of a bank). What is left must name.
"""

from __future__ import annotations

import re
from functools import cache

from countersight.find.bodies.aliases_en import has_initials
from countersight.find.bodies.triggers_en import Trigger, forms, triggers
from countersight.find.bodies.walk_en import describes, left, names, right, spaced
from countersight.find.bodies.words import Named, among, without_brands, words
from countersight.text import orgwords

_APART = re.compile(r"\b(?:and|or|of|for|to|by|with|from)\b|[\n\t,;.()]")
_BRANCH = re.compile(r"\.?,?\s((?:[A-Z][\w'’-]+\s){1,5}(?:Sub-)?[Bb]ranch)(?!\w)")
_QUOTED = re.compile(r"\s?[\"“«„]([^\"“”«»„\n]{2,40})[\"”»“]")


def find(text: str) -> list[Named]:
    """The bodies that a text names, in order; they do not overlap."""
    text = spaced(text)
    found: list[Named] = []
    for trigger in triggers(text):
        if found and trigger.start < found[-1].end:
            continue
        named = _named(text, trigger, _floor(text, found, trigger))
        if named is None:
            continue
        if found and found[-1].kind == "known" and text[found[-1].end : named.start] == " ":
            named = Named(found[-1].start, named.end, named.kind)  # United Nations Office of …
        while found and named.start < found[-1].end:
            found.pop()
        found.append(named)
    return without_brands(text, found)


def _floor(text: str, found: list[Named], trigger: Trigger) -> int:
    """What names may not begin before: the last one's end; the end before it where a company's may hold the last."""
    held = trigger.kind == "form" and found and found[-1].kind == "institution"
    if held and not _APART.search(text[found[-1].end : trigger.start].rstrip(" ,")):
        return found[-2].end if len(found) > 1 else 0
    return found[-1].end if found else 0


def _named(text: str, trigger: Trigger, floor: int) -> Named | None:
    if trigger.kind in {"known", "world"}:
        return _known(text, trigger, floor)
    if trigger.kind == "dateline":  # WASHINGTON (AP) — …
        cited = text[trigger.start - 1 : trigger.start] == "(" and re.match(r"\)\s?[—–-]", text[trigger.end :][:4])
        return Named(trigger.start, trigger.end, "known") if cited else None
    if trigger.kind in {"form", "prefix"}:
        return _company(text, trigger, floor)
    begin = left(text, floor, trigger.start, company=False)
    if trigger.kind == "papers":
        placed = orgwords.stems(text[begin : trigger.start].lower()) in orgwords.places().latin
        return Named(begin, trigger.end, "institution") if placed else None
    return _institution(text, begin, trigger)


def _company(text: str, trigger: Trigger, floor: int) -> Named | None:
    """The company whose legal form stands here: behind its name, or before it where that is quoted."""
    start, end = trigger.start, trigger.end
    if _is_no_form(text, start):
        return None
    begin = left(text, floor, start, company=True)
    if begin == start and (quoted := _QUOTED.match(text, end)):
        return Named(start, quoted.end(), "company")  # OOO "Videoline Service"
    if trigger.kind == "prefix":
        return None
    if after := _form_after().match(text, end):
        end = after.end()
    if begin == start or not (names(text[begin:start], company=True) or has_initials(text, begin, end)):
        return None
    said = text[begin:start].strip(" ,.\n")
    shouted = text[start:end] == "AS" and said.isupper()  # EXCEPT AS: a heading or a warning in capitals
    piece = text.count("(", begin, end) != text.count(")", begin, end)
    if shouted or piece or re.fullmatch(forms(), said) or said in among("en", "states"):
        return None  # Pte Ltd, a Delaware Corporation; a piece of a name
    return Named(begin, _branched(text, end), "company")


def _is_no_form(text: str, start: int) -> bool:
    """Whether a word is no form where it stands: INCORPORATED INTO, Minden, NV 89423, Dun Laoghaire, Co. Dublin."""
    after_comma = _AFTER_COMMA.match(text, start) and text[max(0, start - 3) : start].rstrip(" \n").endswith(",")
    return bool(after_comma or _NO_FORM.match(text, start))


# Words of capitals that are forms elsewhere, and what an address has behind a comma: Minden, NV 89423; Co. Dublin.
_NO_FORM = re.compile(r"(?:INCORPORATED|LIMITED)\s(?:INTO|IN|BY|TO|HEREIN|WITHIN)\b")
_AFTER_COMMA = re.compile(r"NV(?:\s+\d{5}|\s*[,;\n]|\Z)|Co\.?\s(?!Ltd|Inc|LTD|Limited|KG|LLC|L\.)[A-Z]")


def _institution(text: str, begin: int, trigger: Trigger) -> Named | None:
    """A name around the word of an institution, if it says which."""
    start, end, head = trigger.start, trigger.end, trigger.kind == "head"
    if text[start:end] in _BUILDINGS and _is_address(text, begin, start, end):
        return None
    which = names(text[begin:start]) or _led(text[begin:start], text[start:end])
    reach = right(text, end, head=head, named=which)
    says = which or (reach > end and (head or names(text[begin:reach]) or _holds(text[end:reach])))
    whole = _below(text, reach, head=head) if says else reach
    if (says or begin < start) and (form := _form_after().match(text, whole)):
        return Named(begin, _branched(text, form.end()), "company")
    whole = _to_place(text, whole) if text.endswith("College", start, whole) else whole
    return Named(begin, whole, "office" if head else "institution") if says and (reach > end or not head) else None


_BUILDINGS = frozenset(("Court", "Centre", "Center", "Exchange", "Chambers", "Office", "OFFICE", "Church"))
_NUMBERED = re.compile(r"(?:\b\d{1,4}[A-Za-z]?|Unit[ ]\w+,|Suite[ ]\w+,|Floor,)[ ]\Z")
_STREET = re.compile(
    r"[ ]?[,\n]\s?(?:[A-Z][\w'’-]*[ ]){1,3}?(?:Street|Road|Square|Lane|Avenue|Park|Way|Place|Quay|Drive|Close)\b"
)


def _is_address(text: str, begin: int, start: int, end: int) -> bool:
    """Whether the words of a building stand in an address: 6 Logue Court; Unit 9, Mulberry Business Centre."""
    said = text[begin:start].lower().split()
    if any(word in among("en", "offices") for word in said):
        return False
    numbered = _NUMBERED.search(text[max(0, begin - 12) : begin])
    tasks = any(word in among("en", "tasks") for word in said)
    return bool(numbered or (_STREET.match(text, end) and not tasks))


def _holds(text: str) -> bool:
    """Whether words hold a known body: Standing Committee of the National People's Congress."""
    return any(one.kind == "world" for one in triggers(text))


_NATIONAL = frozenset(("National", "Federal", "Royal", "European", "NATIONAL", "FEDERAL", "ROYAL", "EUROPEAN"))


_PUBLIC = frozenset(("Commission", "Authority", "Agency", "Administration", "Review Board", "Tribunal", "Directorate"))
_MANY = 3  # words that only describe, and all the same name


def _led(text: str, tail: str) -> bool:
    """Whether general words say which body it is: one of a whole nation, or described at length."""
    first, *rest = text.split() or [""]
    return bool(rest) and (first in _NATIONAL or (tail in _PUBLIC and len(rest) >= _MANY - 1))


_PAPER = r"(?![ ](?i:agreement|contract|provider|level|charge|fee|order|report|terms|description)s?\b)"


@cache
def _part() -> re.Pattern[str]:
    """A part of a body behind its name: Traffic Police Detachment, Internet Institute, NHS Foundation Trust."""
    parts = "|".join((*words("en")["part"], *(word.upper() for word in words("en")["part"])))
    return re.compile(rf"(?:[ ](?:[A-Z][\w'’-]*|\d+(?:st|nd|rd|th)|and|&)){{0,5}}?[ ]((?:{parts})(?![\w-]){_PAPER})")


_AND = re.compile(r"\s(?:and|&)\s")
_FIRST = re.compile(r"\s(?:First|Second|Third|Fourth|Fifth)\s")


def _below(text: str, end: int, *, head: bool) -> int:
    """Where a name ends that goes on over its own parts, or over a branch."""
    while part := _part().match(text, end):
        if _AND.match(part[0]) or (not head and _FIRST.match(part[0]) and part[1] != "Hospital"):
            break
        if among("en", "before") & (set(part[0].lower().split()) - {"and"}):
            break
        end = right(text, part.end(), head=False, named=True)
    return _branched(text, end)


@cache
def _form_after() -> re.Pattern[str]:
    """What a legal form may go on with: Co., Ltd., and what stands in brackets between a name and its form."""
    return re.compile(
        rf"(?:\.?,?[ \n]?(?:{forms()})(?!\w|-\w)|\.?,?[ ]\((?:China|UK|USA|Asia|Hong Kong|HK)\)"
        rf"|[ ]\([A-Z][\w.&' -]{{1,28}}\)(?=[ ](?:{forms()})(?!\w))|\s&\sCo(?![\w])(?:\.?\sKG(?:aA)?)?)+"
    )


@cache
def _own_form() -> re.Pattern[str]:
    word = r"[ ](?:(?:de|of|&)[ ])?[A-Z][\w&-]*"
    return re.compile(rf"(?:{word}|[ ]\([A-Z][\w.&' -]{{1,28}}\)){{0,5}}?[,.]?(?:[ ]&)?[ ](?:{forms()})(?!\w)")


_GOODS_BEFORE = re.compile(r"(?:[Bb]rand|BRAND|[Mm]ake|[Mm]odel)s?:?\s(?:[^\n.;]{0,40}(?:,|\bor|/)\s?)?\Z")
_GOODS_AFTER = re.compile(
    r"-|[ ]or e|[ ](?:[A-Z][\w-]*[ ]){0,2}(?=[\w./-]*\d)(?=[\w./-]*[A-Za-z])[\w./-]+"
    r"|[ ][A-Z][\w-]*[ ]\d{1,5}(?![\w.,%])"
)
_COUNTRY = re.compile(r"[ ]([A-Z][a-z]{3,}|USA|UK)(?![\w'’-]|[ ][A-Z])")
_OWN_PARTS = re.compile(
    r"((?:[ ][A-Z][a-z]+){0,2}?)\s"
    r"(?:Technologies|Technology|Group|Systems|Corporation|Solutions|Service|Scientific|Communications)\b"
)


def _known(text: str, trigger: Trigger, floor: int) -> Named | None:
    """A body known by this name; what is only a brand is none."""
    start, end = trigger.start, trigger.end
    if form := _own_form().match(text, end):
        begin = left(text, floor, start, company=True)
        begin = start if "," in text[begin:start] else begin
        end = form.end()
        if after := _form_after().match(text, end):
            end = after.end()
        return Named(begin, _branched(text, end), "company")
    if trigger.kind == "world":
        return None if _shouted(text, start, end) else Named(start, _below(text, end, head=False), "known")
    if _GOODS_BEFORE.search(text[max(0, start - 60) : start]) or _GOODS_AFTER.match(text, end):
        return None
    if _product().match(text, end):
        return None
    while (more := _OWN_PARTS.match(text, end)) and all(describes(word.lower()) for word in more[1].split()):
        end = more.end()
    return Named(_from_place(text, floor, start), _branched(text, _to_place(text, end)), "known")


_PLACED = re.compile(r"(?<![\w.,])([A-Z][a-z]{3,})[ ]\Z")


def _from_place(text: str, floor: int, start: int) -> int:
    """Where a known name begins with the place before it: Wuhan Fiberhome."""
    before = _PLACED.search(text[max(floor, start - 20) : start])
    placed = before is not None and orgwords.stems(before[1].lower()) in orgwords.places().latin
    return start - len(before[0]) if before and placed else start


def _to_place(text: str, end: int) -> int:
    """Where a name ends with the place behind it: Huawei Technologies Uganda, King's College London."""
    after = _COUNTRY.match(text, end)
    return after.end() if after and orgwords.stems(after[1].lower()) in orgwords.places().latin else end


@cache
def _product() -> re.Pattern[str]:
    """A product behind its maker's name: Oracle Database, Intel Xeon."""
    return re.compile(rf"[ ](?:{'|'.join(words('en')['products'])})(?!\w)")


_CAPITALS = re.compile(r"[A-Z]{3,}[\s,.:]+\Z"), re.compile(r"[\s,.:]+[A-Z]{3,}\b")


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether initials stand in a line of capitals, where they may be a word: WHO."""
    before, after = _CAPITALS
    return (
        text[start:end].isupper()
        and " " not in text[start:end]
        and bool(before.search(text[max(0, start - 20) : start]) and after.match(text, end))
    )


_OF_LAND = re.compile(r"(?<=Corporation)[ ]of[ ]([A-Z]\w+)(?!\w)|(?<=Company)[ ]of[ ]([A-Z]\w+)(?!\w)")


def _branched(text: str, end: int) -> int:
    """Where a name ends, with the branch behind it."""
    end = _dotted(text, end)
    land = _OF_LAND.match(text, end)
    if land and orgwords.stems((land[1] or land[2]).lower()) in orgwords.places().latin:
        end = land.end()  # Shipping Corporation of India
    branch = _BRANCH.match(text, end)
    return branch.end(1) if branch else end


def _dotted(text: str, end: int) -> int:
    """With the full stop of an abbreviation: Ltd. and Inc., not Limited."""
    if text[end : end + 1] == "." and re.search(
        r"(?:\b(?:Ltd|LTD|Inc|INC|Corp|Co|CO|Pty|Pte|Pvt|Bhd)|\.\w{1,4})\Z", text[max(0, end - 6) : end]
    ):
        return end + 1
    return end
