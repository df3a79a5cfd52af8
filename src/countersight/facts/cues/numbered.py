"""What a number is the number of, by the word before it: a contract, a procurement, a notice, or the record itself.

The word may be a label, stand in a sentence or in brackets, with or without a word for number. A number that no word of
a contract or a procurement governs (of an account, a licence, a part, a clause) is passed by.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from countersight.facts.values import values
from countersight.model import Clue, Page
from countersight.text.normal import simplified

CUED = 8
"""Of clues told by cues: behind all others; one more where the cue may also be of a part."""

OWN = "number"
"""The field of a number of which nothing is said but that it is one: the record's own."""

_ZH = {
    "contract_no": "(?:合同|协议)》?[（(][甲贵]方(?=编\\s?号)|合同|协议|合约|契约|订购?单|订货单?|定购单?|采购单",
    "reference": "项目|采购|招标|投标|磋商|谈判|询价|询比|咨询|比选|遴选|竞价|竞标|竞谈|标[段书案]|工程",
    "notice_no": "公告|公示|通知书?|发票(?!代码)|验收|批复",
}
_EN = {
    "contract_no": r"contract|agreement|(?<!sales )order|l?\.?p\.?\s?o\.?|call-?off",
    "reference": r"tender|bid|rf[pqtx]|ifb|it[btq]|e?-?nit|eoi|solicitation|procurement|project|enquiry|invitation"
    r"|(?:request for|invitation (?:to|for)) \w+|reference(?= n)"
    r"|your (?:(?:quote|quotation|tender|enquiry) )?(?=ref)|(?:our |(?<=\n)|(?<=\s\s)|(?<=\t))(?=ref)",
    "notice_no": r"notice|certificate|cert\.?|invoice|resolution",
}
_NUMBER_ZH = r"(?:编\s?号|编码|代码|文号|流水号|单号|号码?)"
_NUMBER_EN = r"(?:numbers?\b|nos?\b\.?|nr\b\.?|n[°º]|#|ref\b\.?|reference\b|id\b|code\b)"
_FILL_ZH = r"(?:书|单|文件|任务|备案|登记|系统|采购)*(?:[（(][^（）()\n]{1,8}[)）])?"
_FILL_EN = r"(?:[ /](?:order|form|document|identification|contract|notice|quote)){0,2}\.?[^\S\n]{0,3}"
_THIS = r"this (?:order |contract |p\.?o\.? )?number (?:must|should|shall|is to) [^:：\d]{4,80}[:：]"
_AFTER = r"[^\S\n]*(?:[:：为是│|]|[.…·_]{3,})?[^\S\n]*[“\"‘(（]?"
_OTHER_TONGUE = r"(?:\s?[–—/-]\s?[^\d\n:：]{2,40}?(?=\s+[A-Z]{0,4}\d|[:：]))?"
# Before a word for number that is of nothing else.
_APART = r"(?:^|(?<=[\s，。；（(　》”])|(?<=公司)|(?<=单位)|(?<=签[订署][了的]))"
_CUE = re.compile(
    "|".join(
        [rf"(?P<{field}_zh>{words}){_FILL_ZH}(?P<{field}_n>{_NUMBER_ZH}?)" for field, words in _ZH.items()]
        + [
            rf"(?<![\w-])(?P<{field}_en>{words}){_FILL_EN}(?P<{field}_w>{_NUMBER_EN}?){_OTHER_TONGUE}"
            for field, words in _EN.items()
        ]
        + [rf"(?P<number_zh>{_APART}{_NUMBER_ZH}|(?:^|(?<=\s\s)|(?<=\t))no\.|{_THIS})"]
    ).join(("(?:", f"){_AFTER}")),
    re.IGNORECASE | re.MULTILINE,
)
SHAPED = re.compile(  # what is a number without a word that says so: no years, no day
    r"(?=(?:[^\s\d]*\s?\d){3})(?:[A-Z]{1,6}\s)?(?!(?:19|20)\d\d[-/—–](?:\d\d|(?:19|20)\d\d)(?![\w/-]))"
    r"(?!\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?!\w))[A-Z\[〔]*[A-Z0-9\]〕]+(?:[-/.][A-Z0-9()]+)+(?![\w%])"
)
"""A number of a record by its shape alone."""
_NEEDS = re.compile(
    r"项目|工程|公告|发票|通知|project|notice|invoice|cert|resolution", re.IGNORECASE
)  # a word for number
_EARLIER = re.compile(
    r"(?:原(?!公告|招标|采购)|曾|此前|上一?[年期]|previous|prior|original|former|existing|expired|superseded"
    r"|\b(?:was|were) (?:bought|purchased|procured|acquired|installed)\b)[^\n。；;]{0,16}$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"[”\"）)]?\s?号?的?(?:(?P<contract_no>合同|协议|订单|《[^《》\n]{2,60}(?:合同|协议)[^《》\n]{0,8}》)|(?P<reference>招标|采购|磋商|谈判|询价|项目))"
)
_LINE = re.compile(r"\n|$|(?<=\w)的|(?<=\d)号(?=[合招采项协])")
_BACK = 24  # characters before a cue in which it is said to be of an earlier record


def numbers(pages: Iterable[Page]) -> Iterator[Clue]:
    """Each number that a word says is of a contract, a procurement, a notice or the record."""
    for page in pages:
        text, last = simplified(page.text), 0
        for cue in _CUE.finditer(text):
            if cue.end() >= last and (found := _number(text, cue)):
                field, low, high, value = found
                last = high
                label = f"{' '.join(cue[0].split())}#{CUED + cue[0].lower().startswith('your')}"
                if _EARLIER.search(text, max(0, cue.start() - _BACK), cue.start() + 1):
                    field = "earlier_no"
                yield Clue(field, page.number, low, high, value, label, "prose")


def _number(text: str, cue: re.Match[str]) -> tuple[str, int, int, str] | None:
    """The number behind a cue, and the field that it is of."""
    groups = {name: words for name, words in cue.groupdict().items() if words is not None}
    field = next(name.rpartition("_")[0] for name in groups if name.endswith(("_zh", "_en")))
    said = field == OWN or any(words for name, words in groups.items() if name.endswith(("_n", "_w")))
    line = _LINE.search(text, cue.end())
    end = line.start() if line else len(text)
    if not said and (_NEEDS.match(cue[0]) or not SHAPED.match(text, cue.end(), end)):
        return None
    for _, low, high, value in values("reference", text, cue.end(), end):
        behind = _BEHIND.match(text, high) if field == OWN else None
        return (str(behind.lastgroup) if behind else field), low, high, value
    return None


ORDERS = {  # which number of a record of a kind is its own, the surest first
    **dict.fromkeys(("contract", "acceptance"), ("contract_no", OWN, "reference")),
    "supplement": ("contract_no", OWN, "reference"),
    "invoice": ("reference", "contract_no"),
}
_BARE = re.compile(  # the number of a letter, a file or a page
    r"(?:(?:our |your |file )ref(?:erence)?|ref)(?: (?:no|number))?\W*(?:#\d)?|.*\bid\W*(?:#\d)?", re.IGNORECASE
)
_OF_TENDER = re.compile(
    r"tender|bid|rf[pqtx]|ifb|it[btq]|nit\b|solicitation|procurement|request|invitation|reference"
    "|招标|采购|磋商|谈判|询价|项目",
    re.IGNORECASE,
)


def of_procurement(clues: Sequence[Clue], kind: str = "") -> list[Clue]:
    """References without those of a letter, a file or a site where another says that it is of the procurement.

    A bid gives the number of the procurement as that of the buyer.
    """
    bare = [clue for clue in clues if clue.field == "reference" and _BARE.fullmatch(clue.label)]
    if kind == "bid" and any(map(_is_yours, bare)):
        bare = [clue for clue in bare if not _is_yours(clue)]
        return [clue for clue in clues if clue not in bare]
    told = any(clue.field == "reference" and clue not in bare and _OF_TENDER.search(clue.label) for clue in clues)
    return [clue for clue in clues if clue not in bare] if told else list(clues)


def _is_yours(clue: Clue) -> bool:
    return clue.label.lower().startswith("your")


_CHANGED = re.compile(r"[原主](?:合同|协议)|(?:original|principal|parent) (?:contract|agreement)", re.IGNORECASE)
_OF_CONTRACT = re.compile(r"合同(?!变更)|contract|order|agreement", re.IGNORECASE)


def changed(every: Sequence[Clue], key: Callable[[Clue], str]) -> list[Clue]:
    """The numbers of a supplement: of the contract that it changes, where its own does not hold that one."""
    if named := [clue for clue in every if _CHANGED.match(clue.label)]:
        return named
    base = [clue for clue in every if _OF_CONTRACT.search(clue.label)]
    extended = any(key(clue) in key(other) for clue in base for other in every if other not in base)
    return list(every) if extended else base or list(every)
