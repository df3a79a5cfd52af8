"""What kind of deal record a page calls itself: in the lines of its head, or by what it decides in a sentence.

Titles are families of words: what is done (变更, acceptance), and the paper that it is done with (协议, certificate).
A line may hold more than the title: numbers, the name of a form, another column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from countersight.model import Clue, Page
from countersight.text.normal import HAN, simplified

KIND = "kind"
_LINES, _OPENING, _BODY = 14, 1_200, 4_000  # lines and characters of a head, characters in which a decision stands
_LONGEST_ZH, _WORDS_EN = 48, 16  # characters and words of a title
_NOTICE = "(?:公告|公示|通告|通知书?|函|公布)"
# In this order: what tells of many deals names them, a supplement names a contract, a clarification names a tender.
_ZH = {
    "": ("[周月季]报|简报|快报|台[账帐]|(?:交易|工作)动态|情况的?通报",),
    "supplement": (
        "(?:补充|变更|修订|续签|延期|解除|终止|增补)(?:[（(][^（）()]{0,14}[)）])?(?:合同|协议)书?",
        "补充(?:约定|条款)",
        "(?:合同|协议)的?(?:补充|变更|修改|续签|延期|解除|终止)(?:协议|合同|书|单|函|公告|公示|批复|审批表|备案表)",
        "变更(?:洽商|签证)?[单令]",
        "签证单",
        "(?:工程|技术)(?:洽商|联系)(?:记录|单)",
        "续(?:签|约)(?:函|书|通知书?)",
    ),
    "clarification": (
        rf"(?:更正|变更|澄清|答疑|补遗|延期|修改)(?:[（(][^（）()]{{0,8}}[)）])?(?:{_NOTICE}|文件|说明|纪要|书)",
        "补充(?:公告|通知|文件)",
        "(?:质疑|疑问|问题)的?(?:答复|回复|解答)(?:函|书)?",
        "补遗书?",
        "答疑",
    ),
    "plan": (
        "(?:PPP|特许经营|政府和社会资本合作)[^，。]{0,12}实施方案",
        "物有所值评价(?:报告)?",
        "财政(?:可)?承受能力论证(?:报告)?",
    ),
    "acceptance": (
        "验收[^，。]{0,4}?(?:单|书|表|报告|证|意见|记录|纪要|证明|凭证|公示|公告)",
        "(?:结算|决算)(?:审定|审核|审计|签署|确认|汇总|定案)*(?:单|书|表|报告)",
        "(?:交接|移交|接收|交付|完工|竣工)(?:证明|证书|证|确认书|单|书)",
        "入库单",
        "(?:到货|服务|完工)确认[书单]",
    ),
    "invoice": (
        "发票",
        "请款[单函书]",
        "(?:付款|支付|收款|催款|缴款)(?:通知书?|申请[书表单]?)",
        "(?:申请|请求|商请)(?:支付|拨付|付款|结算)[^，。]{0,10}的?(?:函|报告|请示)",
        "账单|(?:结算|对账)清单",
        "收据",
        "(?:付款|支付|收款)(?:凭证|审批[单表])",
        "(?:报销|缴[费款])单",
        "(?:拨款|用款)申请[书单表]?",
    ),
    "award": (
        "(?:中标|成交|入围|中选)(?:供应商|单位|人)?名单",
        rf"(?:中标|成交|中选|入围|决标|定标|候选人|结果|批出)[^，。]{{0,8}}?(?:{_NOTICE}|决定书?|确认书|报告|记录|纪要)",
        "批出的?合[约同]",
        "判给(?:结果|公告|书)?",
        "评[标审]报告",
    ),
    "bid": ("联合体(?:投标)?协议书?", "(?:投标|响应|应答|报价|参选|竞标|应标)(?:文件|函|书|一览表)", "报价单"),
    "tender": (
        (
            "(?:招标|采购|磋商|谈判|询价|询比|比选|遴选|竞价|竞标|招租|征集|资格预审|单一来源|需求|意向)"
            rf"[^，。同约]{{0,6}}?(?:{_NOTICE}|文件|公开)"
        ),
        "(?:招标|邀请|询价|比价)[书函单]",
    ),
    "contract": (
        "(?:合同|协议|合约|契约)(?:书|文本|条款|公告|公示)?",
        "(?:订购?|订货|定购|采购)单",
        "(?:谅解|合作)备忘录",
        "合作意向书",
        "(?:派工|任务|加工|印制)单",
        "承揽书",
    ),
}
_OF_TENDER = r"(?:rf[pqx]|it[bt]|ifb|bids?|tenders?|solicitation|(?:request|invitation)[ \w]{1,20}|\w+ers)"
_PAPER = r"(?:certificate|report|note|record|protocol|act|form|sheet|statement|minutes|memo)"
_EN = {
    "": (
        r"(?:daily|weekly|monthly|quarterly|annual) (?:\w+ ){0,2}(?:bulletin|report|decisions|awards|register|list)",
        "(?:bulletin|register|schedule|list|return) of (?:contracts|awards|tenders|purchases|procurement)(?: awarded)?",
        r"contracts? register|(?:week|month|quarter|year) end(?:ed|ing)\b.*|report of the [\w-]*auditor\b.*",
    ),
    "clarification": (
        r"corrigend\w+",
        "clarifications?",
        r"errat\w+",
        "(?:responses?|answers?|replies) to (?:questions|queries|clarifications?)(?: from bidders)?",
        "questions and answers",
        (
            r"(?:addendum|amendment|bulletin)(?! of solicitation)"
            rf"(?=(?:(?!contract|agreement)[^\n]|\n){{0,120}}?\b{_OF_TENDER}\b)"
        ),
    ),
    "supplement": (
        "(?:contract |agreement )?(?:amendment|modification|variation|addendum|supplement)",
        "deed of (?:variation|amendment|novation|extension)",
        "(?:change|variation|extra work) order",
        "(?:notice|letter|instrument|deed) of (?:variation|amendment|extension|renewal|novation)",
        "(?:variation|change) (?:notice|instruction)",
        "(?:supplement(?:al|ary)|extension|amending) agreement",
        "contract (?:extension|change)",
    ),
    "acceptance": (
        (
            r"(?:acceptance|completion|commissioning|sign[- ]off|taking[- ]over|hand(?:ing)?[- ]?over|inspection"
            r"|receiving|goods rece\w+)"
            rf"(?: \w+){{0,2}} {_PAPER}"
        ),
        r"certificate of (?:[\w&,]+ ){0,5}(?:acceptance|completion|hand-?over|taking[- ]over)",
        "(?:final|provisional|inspection and) acceptance",
    ),
    "invoice": (
        "invoice",
        "(?:payment|progress) (?:claim|certificate|application)",
        "application for payment",
        "statement of account",
        "fee note",
        "(?:credit|debit) note",
        "(?:payment|remittance) (?:voucher|advice|request)",
        "request for payment",
    ),
    "award": (
        "(?:contracts?|tenders?|bids?) award(?:s|ed)?(?: (?:notice|decision|recommendation|minutes))?",
        "award (?:notice|decision|recommendation|minutes)",
        (
            "(?:letter|notice|notification|recommendation|decision|minutes) (?:of|for|on)"
            " (?:intent to |the |contract )?(?:award|acceptance)"
        ),
        "awarded contracts?",
        "contract (?:details|award) notice",
        "award of contract",
        r"(?:secures?|wins|bags|lands|clinche[sd]|awarded)\b.{0,80}\bcontract",
        "(?:tender|bid) results?",
        "results? of (?:the )?(?:tender|bid|procurement)",
        r"resolution\b.{0,90}\bawarding\b.*",
    ),
    "bid": (
        "(?:form|letter) of (?:bid|tender|offer|proposal|quotation)",
        "(?:bid|tender|offer|quotation) (?:form|letter|submission)",
    ),
    "tender": (
        r"notice inviting \w+",
        r"invitations? (?:to|for) \w+",
        r"requests? for (?!pay)\w+",
        "(?:tender|bid|bidding) (?:notice|advertisement|announcement|details)",
        r"call for \w+",
        "expressions? of interest",
        "advertisement for bids",
        "notice to (?:bidders|contractors)",
    ),
    "contract": (
        (
            r"(?:(?:purchase|work|task|job|service|supply|delivery|call-?off) order|order form|agreement|contract"
            r"|standing offer|memorandum of (?:understanding|agreement))"
            r"(?!\.?\s?(?:no\b|number|#|ref|id\b|title|package))"
        ),
        r"order for (?:supplies|goods|services|works)(?: (?:or|and) \w+)?",
        "(?:letter of engagement|engagement letter|indenture|rate contract|order confirmation)",
    ),
}
_TAIL_ZH = r"(?:[（(【][^（）()【】]{0,28}[)）】])?(?:第?[\s]?[\d一二三四五六七八九十]{1,3}[号期次份])?$"
_ZH_TITLES = [(kind, re.compile(f"(?:{'|'.join(words)}){_TAIL_ZH}")) for kind, words in _ZH.items()]
_TAIL_EN = (  # its number, the end of the line, or what it is of
    r"(?:\s(?:no\b\.?|number|#|nr)\s?[\w/-]+(?=\s|$)"
    r"|(?=$|\s*[–—(/|:,]|\s-|\s(?:to|for|of|between)\b|\s[A-Z][a-z]+\. No\b|\s+\S*\d))"
)
_EN_TITLES = [
    (kind, re.compile(rf"(?<![\w-])(?:{'|'.join(words)})\b{_TAIL_EN}", re.IGNORECASE)) for kind, words in _EN.items()
]
_SPREAD = re.compile(rf"(?<![^\s　])(?:[{HAN}][\s　]+){{2,}}[{HAN}](?![{HAN}])")
PARTS = re.compile(r"\t+|\s{2,}|　+|[│|┃▌▸>]")
"""Between the parts of one line of a head."""
_DASH = re.compile(r"\s[–—-]\s")
_NO_TITLE = re.compile(
    r"[:：]\s*\S|[。；;]$|^\W*(?:page|item|annex|schedule(?! of)|section|part|ref|form)\b|\.$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_][\w'’&-]*")
_DONE_BY = "承担|承建|承接|中标|成交|供应|供货|实施|为(?:中标|成交|供应|供货)"
# What a record does whose head calls it minutes, a resolution, or nothing.
_DECISIONS = {
    "award": (
        rf"会议(?:研究|一致|讨论)*(?:决定|同意|确定)[^。]{{0,20}}?(?:由|确定|选定)[^。，,]{{2,40}}?(?:{_DONE_BY})",
        r"\bmo(?:tion|ved)\b[^.]{0,80}\baward(?:ed|ing)? (?:the |a )?(?:bid|contract|tender|purchase)\b",
        r"\bresolution\b[^.]{0,160}?\bawarding (?:a|the) (?:\w+ ){0,2}(?:contract|bid|purchase)\b",
        r"\bawarding (?:a|the) (?:\w+ ){0,2}(?:contract|bid|purchase|agreement)\b[^.]{0,120}?\b(?:to|with) [A-Z]",
        r"\bbe it resolved\b[^.]{0,160}?\bawarded to\b",
        (
            r"\b(?:pleased to|hereby|wish to) (?:inform|advise|notify)\b[^.]{0,200}?"
            r"\b(?:has|have) been (?:accepted|awarded|selected|successful)\b"
        ),
        r"\byour (?:tender|bid|offer|proposal|quotation)\b[^.]{0,120}?\b(?:has been|is|was) (?:hereby )?accepted\b",
        "(?:确定|选定|通知)[^。，,]{0,12}(?:贵|你)(?:方|公司|单位)[^。]{0,12}(?:中标|成交|中选)",
    ),
    "acceptance": (r"\bthis is to certify that\b[^.]{0,240}?\b(?:work|goods|equipment|services)\b",),
    "supplement": (
        r"\b(?:contract|agreement)\b[^.]{0,80}?\b(?:is|are) (?:hereby )?amended (?:as follows|to|by)\b",
        "原(?:合同|协议)[^。]{0,40}?(?:变更|修改|调整|延长|顺延)(?:为|至|如下)",
    ),
    "invoice": (
        r"\b(?:please|kindly) (?:remit|pay) (?:the|this|to|by)\b|\bamount (?:now )?due\b",
        "(?:请|望)[^。]{0,30}?款项?[^。]{0,10}?(?:汇入|支付至|汇至|划入|打入)",
    ),
    "tender": (
        (
            r"\b(?:tenders?|bids?|quotations?|proposals?) (?:are|is) (?:hereby )?(?:invited|requested)\b"
            r"|\b(?:hereby )?invites? (?:[\w-]+,? ){0,4}(?:tender|bid|quotation|proposal|offer)s\b"
        ),
        "(?:现|拟)[对就]?[^。]{2,60}?(?:进行|组织)[^。，,]{0,8}(?:招标|询价|磋商|谈判|比选|采购)[^。]{0,30}?(?:欢迎|邀请)",
        "欢迎[^。，,]{0,30}(?:供应商|投标人|单位)[^。，,]{0,10}(?:参加|参与|报名|投标|报价)",
    ),
    "contract": (
        r"\b(?-i:AGREEMENT|Agreement|CONTRACT|INDENTURE),? (?:is )?(?:made|entered)\b",
        (
            r"\bhereinafter (?:called|referred to as|known as)?[^.\w]{0,4}(?:the )?[“\"‘']?"
            r"(?:buyer|purchaser|supplier|contractor|client|employer|vendor|seller|consultant)\b"
        ),
        r"\bin witness whereof\b[^.]{0,80}\b(?:contract|agreement|parties|indenture|lease)\b",
        r"\b(?:accept|treat|take|consider) this (?:e-?mail|letter|message) as (?:our|an|the) (?:\w+ ){0,2}order\b",
        r"\bplease (?:supply|deliver|furnish) (?:us )?(?:with )?the following\b",
        "(?:签订|订立)本(?:合同|协议)|本(?:合同|协议|订单)(?:一式|未尽)|供需双方(?:经|就|协商)",
        "甲、?乙双方(?:经|就|本着|根据|协商|同意)",
    ),
}
_DECIDES = [(kind, re.compile("|".join(words), re.IGNORECASE)) for kind, words in _DECISIONS.items()]


_OFFERS = re.compile(
    r"^\s*(?:Dear\b|DEAR\b|Sirs?[,:]|Gentlemen)[^\n]*\n(?:[^\n]*\n){0,10}?[^\n]*?"
    r"\b(?P<offer>(?:submit(?:ting)?|enclos(?:e|ing)|tender(?:ing)?|offering) (?:to you )?(?:herewith )?"
    r"(?:our|this|the following) (?:[\w-]+ ){0,3}(?:proposal|tender|bid|offer|quotation)"
    r"|(?:having examined|we,? the undersigned)\b[^.]{0,200}?\b(?:offer|bid|tender|quote))\b",
    re.MULTILINE,
)
_CELL = re.compile(r"\S *\t *\S")
_MENU = re.compile(rf"(?:^[{HAN}]{{2,6}}公[告示] *\n){{2,}}", re.MULTILINE)  # the parts of a site, one below another
_FORM = re.compile(r"^\s*[A-Z]{1,4}\d{1,3}:\s")  # the number of a form
_BARE = re.compile("contract|agreement", re.IGNORECASE)  # of any record about one


def kinds(page: Page) -> Iterator[Clue]:
    """The kind that the first page of a record calls itself, as a clue at the words that say so; "" of many deals."""
    text = simplified(page.text)
    if found := _OFFERS.search(text, 0, _BODY):  # a letter names the tender that it answers
        yield Clue(KIND, page.number, *found.span("offer"), "bid", "offers", "label")
        return
    heads = _MENU.sub(lambda menu: "\n" * len(menu[0]), text[:_OPENING])
    for bare in (False, True):
        for start, line in _lines(heads):
            for kind, words in _titled(line, text[start : start + 200]):
                at = start + max(line.find(words), 0)
                if bare or not _BARE.fullmatch(words):
                    yield Clue(KIND, page.number, at, at + len(words), kind, "title", "label")
                    return
    for kind, decides in _DECIDES:
        if found := decides.search(text, 0, _BODY):
            yield Clue(KIND, page.number, *found.span(), kind, "decides", "prose")
            return


def called(line: str, around: str = "") -> str | None:
    """The kind of record that a line names as the title of one, in the light of what stands around it."""
    return next((kind for kind, _ in _titled(line, around or line)), None)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The first lines that hold anything, each with its place; no rows of a table, no menus of a site."""
    at, left = 0, _LINES
    rows = [(line, bool(_CELL.search(line))) for line in text[:_OPENING].split("\n")]
    for (_, above), (line, row), (_, below) in zip([("", False), *rows], rows, [*rows[1:], ("", False)], strict=False):
        if line.strip() and left:
            left -= 1
            if not (row and (above or below)):
                yield at, line
        at += len(line) + 1


def _titled(line: str, around: str) -> Iterator[tuple[str, str]]:
    """The kind that a part of a line names as a title does, with the part."""
    line = _FORM.sub("", line)
    close = _SPREAD.sub(lambda spread: "".join(spread[0].split()), line)
    pieces = [one.strip() for one in (close, *PARTS.split(close))]
    wholes = [one for one in pieces if one and not _NO_TITLE.search(one)]
    for part in dict.fromkeys(piece for one in wholes for piece in (one, *_DASH.split(one))):
        if re.search(f"[{HAN}]{{2}}", part):
            if len(part) <= _LONGEST_ZH:
                yield from ((kind, part) for kind, title in _ZH_TITLES if title.search(part))
        elif _is_heading(part) or part[0].isupper():
            behind = around[around.find(part) :] if part in around else part
            yield from (
                (kind, part)
                for kind, title in _EN_TITLES
                if (found := title.search(behind if kind == "clarification" else part))
                and found.start() < len(part)
                and (found.span() == (0, len(part)) or _is_heading(part))
            )


def _is_heading(part: str) -> bool:
    """Whether words are set as a title is: most of the longer ones with a capital."""
    words = _WORD.findall(part)
    longer = [word for word in words if len(word) > 3]  # noqa: PLR2004 (of, for, and)
    return 0 < len(words) <= _WORDS_EN and 3 * sum(word[0].isupper() for word in longer) >= 2 * len(longer) > 0
