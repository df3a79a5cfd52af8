"""What kind of deal record a document is: by the kind told from its opening, its title, and the labels in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from countersight.facts.styled import KIND
from countersight.model import Clue, Deal, FileRow
from countersight.model.facts import WEIGHED

CORE = frozenset({"tender", "clarification", "bid", "award", "contract", "supplement", "acceptance", "invoice"})
"""Kinds that are a deal by themselves."""

BESIDE = frozenset(
    {
        "goods",
        "deviation",
        "boq",
        "point_list",
        "delivery",
        "operation",
        "minutes",
        "mail",
        "letter",
        "training",
        "memo",
    }
)
"""Kinds that belong to a deal if they name its reference number; ``goods`` is any record that lists goods or parts."""


def has_sheet(deal: Deal) -> bool:
    """Whether a record is told by itself: it is one of a deal, or lists goods."""
    return deal.kind not in BESIDE or bool(deal.items)


TENDERS = frozenset({"tender", "clarification", "plan"})
"""Kinds of records of before an award."""
TEMPLATE = "template"
"""The kind of a form whose parties and numbers are yet to be written in; it is of no project."""

MATRIX = (
    *("tender", "clarification", "bid", "deviation", "award", "contract", "supplement", "boq", "acceptance", "invoice"),
    *("operation", "mail"),
)
"""The record kinds of a project, in the order in which they come about (domain guide, §7.6)."""

_FINER = (
    (
        "supplement",
        re.compile(
            r"补充(?:协议|合同)|变更协议|合同变更|\bamendment|\baddendum\b|supplement(?:al|ary) (?:agreement"
            r"|contract)|change order",
            re.IGNORECASE,
        ),
    ),
    ("clarification", re.compile(r"更正|澄清|变更公告|答疑|补遗|延期公告|\bcorrigendum|clarification", re.IGNORECASE)),
    ("deviation", re.compile(r"偏离表|deviation (?:table|list)", re.IGNORECASE)),
    ("invoice", re.compile(r"发票|\binvoice\b", re.IGNORECASE)),
    (
        "acceptance",
        re.compile(
            r"验收|结算(?:审定|审核|单|书|表|报告)"
            r"|acceptance (?:report|certificate|protocol|record)|certificate of acceptance|completion certificate",
            re.IGNORECASE,
        ),
    ),
)
_QUOTED = re.compile(r"“(.*)”")
_GUESSED = frozenset({None, "report", "memo", "register", "case_file", "statement"})


STYLED = _GUESSED | CORE | {"boq", "letter", "mail", "minutes", "delivery"}
"""Kinds of files that what a record calls itself may say more of."""


def kind_of(file: FileRow, clues: Iterable[Clue]) -> str | None:
    """The kind of deal record, or None where a document is none; what was weighed counts where nothing else tells."""
    clues = list(clues)
    if any(clue.field == KIND and not clue.value for clue in clues):
        return None
    kind = _told_kind(file, clues)
    weighed = next((clue.value for clue in clues if clue.field == KIND and clue.grade == WEIGHED), None)
    return kind if kind in CORE else weighed or kind


def _told_kind(file: FileRow, clues: Sequence[Clue]) -> str | None:
    said = " ".join(found[1] for found in [_QUOTED.search(file.kind_reason or "")] if found)
    titles = [clue.value for clue in clues if clue.field == "title" and clue.label.startswith("capitals")]
    told = _SPREAD.sub("", " ".join((said or file.name, *titles)))
    finer = next((kind for kind, words in _FINER if words.search(told)), None)
    kind = file.kind
    styled, decided = (
        next((clue.value for clue in clues if clue.field == KIND and clue.grade == grade), None)
        for grade in ("label", "prose")
    )
    if styled and finer != "deviation" and (styled, kind) != ("contract", "award"):
        return styled
    if decided and (kind in _GUESSED or kind == "minutes" or (kind, decided) == ("letter", "award")):
        return decided
    if finer and kind in {"tender", "contract", "bid", "award", "statement", None}:
        return finer if kind != "bid" or finer == "deviation" else kind
    if kind in CORE or kind in BESIDE:
        return kind
    return _by_labels(clues) if kind in _GUESSED else None


def _by_labels(clues: Iterable[Clue]) -> str | None:
    """The kind that labels give: who is named in what role. At least three fields must be there."""
    told = [
        clue
        for clue in clues
        if clue.grade in {"cell", "label"}
        and (not clue.label.endswith(("#2", "#3")) or (clue.group and clue.label[-1] == "3"))
    ]
    fields = {clue.field for clue in told}
    labels = " ".join(clue.label.lower() for clue in told)
    if len(fields & _TELLING) < 3:  # noqa: PLR2004
        return None
    if "invoice" in labels or "发票" in labels or "开票" in labels:
        return "invoice"
    if "验收" in labels or "acceptance" in labels:
        return "acceptance"
    if fields & {"party_b", "contract_no"} or ("signed" in fields and "supplier" in fields):
        return "contract"
    if "supplier" in fields:
        return "award"
    return "tender" if fields & {"budget", "ceiling", "tender", "method"} else None


def headed(line: str) -> str:
    """What a title line is of, without the words that only say what notice it is; empty where it has no more."""
    plain = _NOTICE.sub("", _PUBLISHED.sub("", line)).strip(" \t\n　:：-—–")
    return "" if plain.endswith((").", "”)")) or _BARE.fullmatch(_SPREAD.sub("", plain)) else plain


# where it is published, or filed, and which copy it is
_PUBLISHED = re.compile(
    r"^\s*(?:(?:[（(【\[][^（）()【】\[\]]{1,16}(?:中心|平台|[省市区县])[）)】\]]"
    r"|(?:exhibit|annex|appendix|schedule)\s[\d.()a-z-]{1,12}\s+(?=\S)"
    r"|(?:execution|conformed|final)\s(?:copy|version)\s+(?=\S))\s*)+",
    re.IGNORECASE,
)
_SPREAD = re.compile("(?<=[\u3400-\u9fff])\\s+(?=[\u3400-\u9fff])")


_NOTICE = re.compile(
    r"(?:[（(]?(?:公开|邀请|竞争性|国内|国际|政府|询比|询价|单一来源|比选|遴选|磋商|谈判|招标|投标|响应|采购|中标|成交|中选|候选人|入围|失败|结果|更正|变更|澄清|答疑|终止|废标|流标|合同|资格预审)[）)]?)*"
    r"(?:公告|公示|通知书?|文件|意向公开|(?:竣工|初步|最终)?验收(?:报告|单|书|证书|意见))(?:[（(][^（）()]{0,12}[)）])?$"
)
_BARE = re.compile(
    r"(?:项目|采购|政府采购|招标|中标|成交|本次|物资|货物|服务|工程)*(?:通知书|公告|招标文件|采购文件|磋商文件|投标文件|合同书?|协议书?|意向公开)?"
    r"|(?:the )?(?:contract |tender |public )*(?:award(?:ed)? )?(?:notices?|contracts?)(?: of (?:contract"
    r" )?award| agreement| view.*)?(?: [–-].*)?"
    r"|section [ivx\d]+\b.*|(?:第.{1,3}[部章节]分?)?合同协议书"
    r"|(?:project |master |services? )*(?:agreement|statement of work|work order)(?: (?:no|number)\b.*|.{0,12})"
    r"|(?:notice|letter|notification) of .{0,30}"
    r"|purchase order|order form|contract"
    r" award(?: notice)?.*|contract agreement"
    r"|(?:invitations?|requests?|call) (?:for|to) \w+(?: \(\w+\))?|(?:general |special )?(?:terms"
    r"|conditions).{0,30}|award notice.*",
    re.IGNORECASE,
)


_TELLING = frozenset(
    [
        "reference",
        "contract_no",
        "notice_no",
        "buyer",
        "party_a",
        "supplier",
        "party_b",
        "value",
        "budget",
        "ceiling",
        "signed",
        "method",
        "award",
        "title",
        "tender",
    ]
)


def meant(clue: Clue, kind: str | None) -> Clue:
    """What an amount is in a record of a kind: 采购金额 in a tender is its budget; an award has estimates."""
    if kind in TENDERS and clue.field == "value" and "采购金额" in clue.label:
        return replace(clue, field="budget")
    awarded = kind == "award" and clue.field == "budget" and "contract value" in clue.label.lower()
    return replace(clue, field="value") if awarded else clue


def by_fields(clues: Iterable[Clue]) -> str | None:
    """The kind of a record of a feed that does not tell it."""
    fields = {clue.field for clue in clues}
    if fields & {"contract_no", "signed"}:
        return "contract"
    return "award" if fields & {"supplier", "award"} else "tender" if fields & {"title", "reference", "buyer"} else None
