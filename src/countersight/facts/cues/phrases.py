"""By what procedure, where, out of what money: phrases known for what they are, in the light of the cue beside them.

A procedure is known by the words for procedures, money by what funds are called; a place is what ``delivered to`` and
the like go on with, up to where the clause goes on. Of boxes to tick only the ticked one counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from countersight.facts.cues.clauses import Clauses
from countersight.facts.cues.particulars import Told
from countersight.facts.procedures import ABBREVIATED, WAY
from countersight.model import Clue, Page

_BY = re.compile(
    r"(?:方式|形式|方法|采用|采取|经过?|通过|以|按|实行|组织|进行)[^，。；\n]{0,8}$"
    r"|\b(?:method|procedure|route|mode|type|through|by|by way of|means of|via|results? of|following|using|used|under"
    r"|pursuant to|procured)\b[^.;\n]{0,24}$",
    re.IGNORECASE,
)
_BY_BEHIND = re.compile(r"(?:的)?(?:采购|招标)?(?:方式|形式)(?:进行|采购|确定|选)")
_NO_WAY = re.compile(
    r"未|不|非|或者?|标准|限额|应当|依法|废|终止|\b(?:not|without|instead of|or|if|except|previous)\b[^.;]{0,12}$",
    re.IGNORECASE,
)
_OR = re.compile(r"\s*(?:或|、|or\b|标准|限额)")
_OFFICE = re.compile("每天|[上下]午|北京时间|售价")  # when documents are sold and bids are opened
_SECTION = 160  # characters above a bare 地点 in which it says of what: of a sale, of an opening
_NEAR = 24  # characters before a thing in which a word says that it is not so
_BOX = "□☐○◻▢"
_TICK = "☑☒√✓✔■●⊠"
_BOXED = re.compile(rf"[{_BOX}{_TICK}]|[\[(（【][ xX√✓]?[\])）】]")

_ZH_PLACE = re.compile(
    r"(?P<cue>(?<![推报发传移抄呈转选])(?:送|运|交|配送|发|搬运)(?:货|付|达)?(?:至|到|往)|运抵|存放(?:于|在|[:：])|安装(?:于|在|到)"
    r"|(?:交货|交付|送货|收货|到货|供货|服务|施工|实施|建设|履行|工程|安装|项目|履约)(?:地点|地址|场所|所在地)(?:为|在|位于|[:：])"
    r"|(?<!\w)(?:地点|送货地址)(?:为|在|[:：])|地点等[^：:\n]{0,8}[：:][^；;\n]{2,20}[；;])\s?"
    r"(?P<place>[^\s，。；;,:：、“”\n\t|（）()][^，。；;,:：\n\t|（）()]{2,40})"
)
_EN_PLACE = re.compile(
    r"\b(?P<cue>(?i:(?:deliver(?:ed|y|ies)?|supplied|shipped|dispatched|consigned)(?: [a-z]+){0,3} (?:to|at|into)"
    r"|(?:delivery|site|place|location)(?: of (?:the )?(?:works?|services?|delivery|performance))? (?:point )?"
    r"(?:is|are|shall be|will be)(?: at| in)?"
    r"|(?:installed|erected|implemented|executed|carried out|performed|(?:works?|services?) (?:are|is) to be done)"
    r" (?:at|in|on)|ship to|delivery address))\s?:?\s(?:the )?"
    r"(?P<place>[A-Z0-9][^;\n\t|()]{3,90}?)"
    r"(?=\s(?:within|by|not later|no later|on|in accordance|before|from|during|with|under|for|and shall)\s"
    r"|[;\n\t|(]|(?<!No)\.\s|\.?$)"
)
# How a place ends, or what it holds, that is no body.
_PLACED = re.compile(r"(?!.*指定).*(?:[校院楼室库区村街路号站场馆园仓厦内寓围港头工地点层房厅岸桥屯坝厂镇乡]$|现场)")
_PLACES = re.compile(
    r"\b(?:yards?|docks?|dockyard|ports?|street|st\.|road|rd|lane|avenue|building|hall|rooms?|floor|depot|stores?|warehouse|campus"
    r"|tunnels?|markets?|depots?|piers?|junctions?|terminals?|stations?"
    r"|sites?|berth|quay|airport|wharf|park|plant|laborator\w+|blocks?|village|wards?|island|garage|gate|terminal|base|premises"
    r"|tower)\b",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(
    r"资料|样品|报告|副本|材料|图纸|原件|备案|回执|会议|主持|开标|评标|评审|投标|递交|获取|报名|报价文件|响应文件|通知|发票|函件|争议|仲裁|法院|提交|质疑|投诉|寄"
    r"|\b(?:bids?|tenders?|proposals?|quotations?|offers|invoices?|notices?|samples?|submissions?|envelopes?|letters?"
    r"|documents?|claims?|disputes?|copies)\b",
    re.IGNORECASE,
)

_MONEY_ZH = (
    r"[^\s，。；：:,;、“”（）()\n\t]{0,24}?(?:资金(?!证明|占用|往来)|经费|基金(?:资助项目)?|债券|专项|拨款|贷款|补助|补贴|自筹|财政\w{0,8}(?:规划|预算)|预算内|国债"
    r"|本级预算|收入)(?:资金)?"
)
_FUND_ZH = re.compile(
    rf"(?P<cue>(?:从|由|自|使用(?![者方单期年寿])|利用|申请|列入|纳入|动用)\s?)(?P<a>{_MONEY_ZH})(?=\s?(?:列支|支付|解决|承担|安排|支出|开支|中|[，。；,;\n\t]|$))"
    rf"|(?P<cue2>(?:资金|经费|款项|费用)(?:的)?(?:来源|渠道|性质|出处|列支)(?:为|于|是|[:：])?\s?)(?P<b>{_MONEY_ZH})"
    rf"|(?P<cue3>^[\s（(]*(?:答|A)[.:：、]?\s?(?:已落实，?|是，?|有，?)?(?:为|是|系))(?P<c>{_MONEY_ZH})",
    re.MULTILINE,
)
_FUNDS = (
    r"(?:[A-Z][\w'’&./-]*|\d{4}(?:[-/]\d{2,4})?)(?:[ -]+(?:of|for|the|and|to|-|–)?[ ]?(?:[A-Z0-9][\w'’&./-]*)"
    r"|, (?:Fund|Head|Subhead|Account|Programme)\b){0,10}"
)
_FUND_WORD = re.compile(
    r"\b(?:funds?|grants?|loans?|credit|bonds?|vote|appropriation|aid|budget|levy|tax|section \d+|programme"
    r"|program|trust"
    r"|reserve|head|subhead|account|revenue|subsid\w+|development bank|allocation|donation)\b",
    re.IGNORECASE,
)
_FUND_EN = re.compile(
    rf"\b(?P<cue>(?i:fund(?:s|ed|ing)?(?: (?:is|are|will be|shall be))?(?: (?:available|provided|made available"
    rf"|drawn|taken))?(?: (?:from|by|under|through|out of|via))"
    r"|funding (?:is|are) available in|financed (?:by|from|under|through|out of)"
    r"|(?:paid|met|drawn|payable|charged|defrayed) (?:out of|from|to|against)"
    r"|(?:source|origin) of (?:funds?|funding|finance)s?(?: is)?|listed under|budgeted (?:under|in)|acct|account"
    r"|charge(?:d|able)? to"
    r"|proceeds of|grant from|[AQ]\d\. yes,))\s?:?\s(?:the )?"
    rf"(?P<fund>{_FUNDS})"
)
_LEND = re.compile(
    rf"^[ \t]*(?P<fund>{_FUNDS},? (?:Loan|Credit|Grant)(?: No\.?)? [A-Z0-9][\w/-]+)[ \t]*$", re.MULTILINE
)
_NO_FUND = re.compile(r"注册|流动|农民工|保证|质保|surety|performance|security|escrow|guarantee", re.IGNORECASE)


def phrases(pages: Sequence[Page]) -> Iterator[Clue]:
    """The procedures, places and funds of a short record that cues tell."""
    for page in pages:
        clauses = Clauses(page.text)
        yield from (one.clue(page.number) for read in (_ways, _places, _funds) for one in read(page.text, clauses))


def _told(field: str, text: str, at: tuple[int, int], cue: str) -> Told:
    start, end = at
    while end > start and text[end - 1] in " .。,，;；:：、":
        end -= 1
    return Told(field, start, end, " ".join(text[start:end].split()), cue)


def _ways(text: str, clauses: Clauses) -> Iterator[Told]:
    plain = clauses.text
    for match in (*WAY.finditer(plain), *ABBREVIATED.finditer(plain)):
        mark = _ticked(plain, *match.span())
        if mark is not None or match.re is ABBREVIATED:
            if mark:
                yield _told("method", text, match.span(), "☑")
            continue
        before = next(iter(clauses.before(match.start())))
        cue = _BY.search(before) or _BY_BEHIND.match(plain, match.end())
        open_ = _NO_WAY.search(before[-_NEAR:]) or _OR.match(plain, match.end())
        if cue and not open_ and clauses.stands(*match.span()):
            yield _told("method", text, match.span(), cue[0])


def _ticked(text: str, start: int, end: int) -> bool | None:
    """Whether the box of a word is ticked: the one that touches it, or else the one before it; None: it has none."""
    before = [box for box in _BOXED.finditer(text, max(0, start - 4), start) if not text[box.end() : start].strip()]
    behind = _BOXED.match(text, end)
    near = before[-1] if before and (before[-1].end() == start or not behind) else behind
    return None if near is None else near[0] in _TICK or any(mark in near[0] for mark in "xX√✓")


def _places(text: str, clauses: Clauses) -> Iterator[Told]:
    for match in (*_ZH_PLACE.finditer(clauses.text), *_EN_PLACE.finditer(clauses.text)):
        before = next(iter(clauses.before(match.start())))
        place = match["place"].rstrip()
        if match["cue"].startswith("地点"):
            if _OFFICE.search(clauses.text, max(0, match.start() - _SECTION), match.start()):
                continue
            before = clauses.text[max(0, match.start() - _SECTION) : match.end()]
        known = _PLACES if match.re is _EN_PLACE else _PLACED
        if known.search(place) and not _NO_PLACE.search(before + match["cue"]):
            yield _told("place", text, match.span("place"), match["cue"])


def _funds(text: str, clauses: Clauses) -> Iterator[Told]:
    for match in _FUND_ZH.finditer(clauses.text):
        group = str(match.lastgroup)
        if not _NO_FUND.search(next(iter(clauses.before(match.start())))[-_NEAR:] + match[0]):
            yield _told("funding", text, match.span(group), match[0][: match.start(group) - match.start()])
    for match in _FUND_EN.finditer(clauses.text):
        if _FUND_WORD.search(match["fund"]) and not _NO_FUND.search(match[0]):
            yield _told("funding", text, match.span("fund"), match["cue"])
    for match in _LEND.finditer(clauses.text):
        yield _told("funding", text, match.span("fund"), "loan")
