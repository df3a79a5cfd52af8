"""What a record says it is about: the phrase that a cue, a number behind it, a quotation or the head of a page gives.

The cues go from the surest on: a label of whatever make, what stands before its number in brackets, what is quoted, the
object of a verb of buying, a line of the head. A phrase that only says what kind of paper it is, or whose, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from countersight.facts.broken import unbroken
from countersight.facts.cues.numbered import CUED
from countersight.facts.kinds import headed
from countersight.facts.names import name, names
from countersight.facts.styled import PARTS, called
from countersight.model import Clue, Page
from countersight.text.normal import HAN, simplified

_LABEL_ZH = (
    "(?:采购|项目|工程|合同|合约|招标|标的|服务|订单|协议|任务|印件)(?:名称|内容|事项|事由|标题)"
    "|项目(?:编[号码]|代码)\\s?[/／及和与、]\\s?(?:项目)?名称|(?:物资|设备|货物|采购)用途|事由|项目(?=[:：])"
)
_ENDS_ZH = r"(?=\s{2,}|　|\s?[（(](?:招标|项目|采购)?编号|[│|\t；;。]|\s(?:编号|数量|品牌|规格)|$)"
_LEAD = (
    "(?:所?(?:递|提)交的|参加的|贵(?:方|公司|单位)|[我本](?:方|公司|单位|中心|校|院|局)|组织(?:实施)?的|代理的|负责的"
    r"|[就对]|关于|参加了?|研究(?:确定|讨论)?|[，。；：:\n])"
)
_SAID_ZH = rf"(?:[^，。；：:\n《》“”\"]|\n(?=[{HAN}]))"
_OF_NUMBER = r"[（(]\s?(?:招标|项目|采购|谈判|磋商|询价|比选|标段)*(?:文件)?编号"
_DEALT_WITH = r"(?:施工)?(?:及有关事项|的?有关事宜|的?相关事宜|事宜|以[^，。；\n]{2,10}方式|进行|采用|采取|达成)"
_BOUGHT_ZH = "(?:项目|工程|系统|服务|设备|采购|购置|改造|建设|运维|维护|装修|监理|设计)"
_SURE_ZH = (
    (
        rf"(?:^|[\s　│|；;，（(\d.、])(?:{_LABEL_ZH})[^\S\n]*(?:[:：│|\t]|[ 　]{{2,}})[^\S\n]*"
        rf"(?P<t>[^\n\t│|；;]{{4,80}}?){_ENDS_ZH}"
    ),
    rf"{_LEAD}[^\S\n]*[“\"「]?(?P<t>(?:(?!{_LEAD}){_SAID_ZH}){{4,60}}?)[”\"」]?\s?{_OF_NUMBER}",
    r"(?:[就对]|关于)\s?[“\"「](?P<t>[^“”\"「」\n]{6,60})[”\"」]",
    r"《(?P<t>[^《》]{4,60}?)(?:施工|供货|买卖|购销|承包|承揽|(?<=项目)采购)?(?:合同|协议)书?》",
    r"《(?P<t>[^《》\n]{4,60}?(?:项目|工程|采购))》",
    r"[“\"「](?P<t>[^“”\"「」\n]{6,60})[”\"」](?=的?(?:投标|项目|采购|工程|招标|磋商|谈判|询价|签[订署]|实施|施工|达成))",
)
_CUES_ZH = (
    rf"(?:^|[\s　│|；;，（(])名称[:：][^\S\n]*(?P<t>(?![^\n]*(?:品牌|规格|单价))[^\n\t│|；;]{{4,80}}?){_ENDS_ZH}",
    rf"[就对](?P<t>(?:(?![就对]){_SAID_ZH}){{4,50}}?){_DEALT_WITH}",
    rf"我(?:单位|校|院|局|方|司|公司|中心)(?P<t>{_SAID_ZH}{{4,50}}?)拟(?:采用|以|进行)",
    (
        rf"(?:委托|由|同意)乙方(?:承担|负责|提供|实施|开发|承建|供应)?(?P<t>{_SAID_ZH}{{5,50}}?{_BOUGHT_ZH})"
        r"(?=事宜|工作|任务|[，。；])"
    ),
    rf"(?:组织|实施)的(?P<t>{_SAID_ZH}{{4,50}}?)(?:于|[（(])",
    rf"研究(?:确定|讨论)?(?P<t>{_SAID_ZH}{{4,50}}?)(?:实施|承建|施工|供货|供应)(?:单位|商)",
    rf"关于(?P<t>{_SAID_ZH}{{4,50}}?)(?:采购|招标)?的(?:请示|报告|批复|复函|函|议题)",
)
_OF_EN = "works?|contract|project|order|tender|goods|services|procurement|supply|assignment|requirement|purchase"
_LABEL_EN = (
    rf"(?:name|title|subject|description|object|nature|scope|particulars) of (?:the )?(?:{_OF_EN})"
    rf"|(?:call-off|bid|{_OF_EN}) (?:title|name|description|subject)"
    r"|assignment|package|brief description(?: of (?:the )?works?)?|in respect of|contract for(?=:)|scope of works?"
    r"|(?:type|nature) of (?:services|goods|works?)|(?:the )?(?:works?|goods|services) (?:is|are)(?=[^\S\n]{2})"
    r"|(?:offer|order(?:ed)?|quotation|tender|bid) for(?=:)|(?:project|subject|sub|re|title|works?|services|goods)"
)
_COLUMN = re.compile(rf"(?i:{_LABEL_EN})\b\.?:?(?:\s?\([^()]*\))?")
_ENDS_EN = r"(?=\s{2,}|\t|\s\((?i:quantity|qty)|[│|;]|\.\s(?=[A-Z])|\.?$)"
# Behind a label: a mark, a gap, or several words of which the first has a capital.
_BEHIND_EN = r"\b\.?(?:\s[–/-]\s?\w+)?[^\S\n]*(?:[:\t]|\.{3,}|\s{2,}|(?=\s[A-Z0-9]\S*(?:\s\S+){3}))[^\S\n]*"
_SAID_EN = r"(?:[^.;\n]|(?<=\b[Nn]o)\.|(?<=\b[Nn]os)\.|\n(?!(?i:this|whereas|now)\b)(?=[A-Za-z]))"
_NEXT = (
    r"(?=,?\s(?i:following|pursuant|dated|under|between|and\s+declaring|and\s+for\s+other|awarded|for\s+a\s+(?:period|term))\b"
    r"|,\s(?:[a-z]|Project|Contract|Tender|Bid|RFP|No\b)|[;(]|(?<!\b[Nn]o)(?<!\b[Nn]os)\.|\n\n)"
)
_ACT = (
    r"(?:suppl(?:y|ies|ying)|provision|procurement|purchase|construction|install(?:ation|ing)|deliver(?:y|ing)"
    r"|rehabilitation|repairs?|maintenance|design|development|replacement|upgrad(?:e|ing)|renovation|drilling|grading"
    r"|extension|printing|cleaning|leas(?:e|ing)|hire|operations?|consultan\w+|re-?roofing|stabili[sz]ation"
    r"|reconstruction|resurfacing|overlay|services?|systems?|equipment|works|project)"
)
_SURE_EN = (
    rf"(?i:(?:^|\t|\s{{2,}}|[│|]|\d\.?\s)(?:{_LABEL_EN})){_BEHIND_EN}(?P<t>[^\n\t│|;]{{6,140}}?){_ENDS_EN}",
    (
        r"(?i:\b(?:contract|agreement|purchase\sorder)s?\s(?:with|to)\s)[A-Z][^;\n]{4,80}?,?(?i:\sfor\s(?:the\s)?)"
        rf"(?P<t>(?!(?i:an?|each|use|up|the)\b)[A-Z]{_SAID_EN}{{6,110}}?)(?:{_NEXT}|$)"
    ),
    rf"(?i:\bcontract\sfor\s(?:the\s)?)(?P<t>[A-Z]{_SAID_EN}{{6,110}}?){_NEXT}",
    (
        r"(?i:\b(?:bids?|tenders?|proposals?|quotations?)\s(?:\w+\s){0,3}?for\s(?:the\s)?)"
        rf"(?P<t>[A-Z]{_SAID_EN}{{6,110}}?){_NEXT}"
    ),
)
_CUES_EN = (
    rf"\bknown\sas\s(?P<t>{_SAID_EN}{{6,110}}?)(?=,\s(?:let|under|in)\b|[.;])",
    rf"\bdesirous\sof\s(?:the\s|having\s)?(?P<t>{_SAID_EN}{{6,140}}?)(?:(?=\sat\s)|{_NEXT})",
    rf"\b(?:labou?r|materials?|equipment)\b[^.;\n]{{0,60}}?\sfor\s(?:the\s)?(?P<t>{_SAID_EN}{{6,110}}?){_NEXT}",
    rf"\b[Oo]ption\s\w+(?:\s\d)?\sfor\s(?P<t>{_SAID_EN}{{6,110}}?){_NEXT}",
    rf"(?:^|\t)(?P<t>(?=[A-Z])(?i:{_ACT})(?:,? (?:and |& )?\w+){{0,4}} (?:of|for) [^\t\n|:]{{6,110}}?){_ENDS_EN}",
)
_SURE, _LESS = "#4", f"#{CUED}"  # before the title of the paper, behind all else
_ZH, _EN = (
    [(grade, re.compile(cue, re.MULTILINE)) for grade, cues in ((_SURE, sure), (_LESS, less)) for cue in cues]
    for sure, less in ((_SURE_ZH, _CUES_ZH), (_SURE_EN, _CUES_EN))
)
_OBJECT = re.compile(
    rf"(?:项目|工程|采购|系统|服务|设备|购置|改造|建设|安装|升级|维护|更新|装修|运维)$|\b{_ACT}\b", re.IGNORECASE
)
_PROSE = re.compile(r"[:：。；;\[\]]|^\d|\.\s|(?:^|\s)[a-z]+(?<!of|or|to|in|on|at|by|as)(?<!and|for|the)(?=\s|$)")
_HEAD, _ROWS = 900, 8  # characters and lines of a head in which a line may be the title
_AROUND = 200  # characters that show what a line is the title of

# ── phrases that are no title ──

_KIND_ZH = re.compile(
    r"[（(【][^（）()【】]{0,14}[)）】]|第.{1,3}[部章节号期]分?|[\d一二三四五六七八九十.、\s　—-]|[及和与的]"
    "|政府|采购|货物|物资|设备|服务|工程|买卖|购销|供货|施工|安装|小额|简易|格式|项目|合同|协议|合约|书|补充|变更|框架|定点"
    "|到货|验收|单|表|公告|公示|通知|结果|中标|成交|入围|招标|投标|文件|询价|询|价|函|磋商|竞争性|公开|更正|终止|版|示范"
    "|文本|条款|专用|通用|型号|规格|单位|数量|品牌|概要|信息|委托|技术|咨询|交易|网站|首页|正文|下载|附件|见|详|页|名称"
    "|编号|内容|事宜"
)
_KIND_EN = re.compile(
    r"(?i:an?|the|of|for|to|and|or|by|under|in|on|no|number|this|that|said|contracts?|agreements?|purchase|orders?"
    r"|notice|award(?:s|ed)?|services?|supply|supplies|procurement|articles|amendment|modification|form|tenders?|invoice"
    r"|page|general|conditions|terms|standard|deed|variation|addendum|final|acceptance|certificate|resolution|letter"
    r"|master|framework|call-off|public|works?|goods|invitation|bids?|au|contrat|professional|licen[cs]e|solicitation"
    r"|requests?|proposals?|quotations?|documents?|parts?|section|schedule|annex|appendix|statement|memorandum|cover"
    r"|understanding|project|results|procedure|references?|recommendation|bidders?|successful|department|division|name|notification|submission|technical|rf[pqtx]|it[bt]|ifb|price|commercial|products?|delivery|docket|details|intention|best|periods?|terms?|years?|months?|days?|date)"
)
_OFFICE = re.compile(
    r"^(?:the )?(?:republic|state|county|city|town|government|kingdom|province|borough|commonwealth|ministry"
    r"|department|office) of\b"
    r"|\b(?:county|city|department|ministry|authority|council|district|ltd|limited|inc|llc)\.?(?:$|,)"
    r"|^\d+\s\w+.*\b(?:road|street|avenue|square|lane)\b",
    re.IGNORECASE,
)
_WHOSE = re.compile(  # of a line of a head
    r"\b(?:agency|board|commission|bureau|committee|corporation|company|secretariat|directorate|trustees|government|branch"
    r"|office|unit|division)\.?(?:$|,)",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"_{2}|＿|…|[:：?？]|(?:公告|公示|如下|本合同|本项目|法|条例|办法|规定|通知)$"
    r"|^(?:详?见|按|所|各|下列|以下|上述|本|该|其|招标文件)"
)
_OFFICER = (
    "president|directors?|officers?|managers?|chief|secretary|chair(?:man|person)?|representative|clerk"
    "|treasurer|counsel|attorney|commissioner|superintendent"
)
_NONE = re.compile(
    rf"^(?:[\w-]+,? ){{0,3}}(?:{_OFFICER})(?:$|,| of (?!works\b))|\b(?:{_OFFICER})$"  # who signs or is written to
    r"|^[(（\[][^()（）]*[)）\]]$|\b(?:if applicable|see (?:attached|below)|insert)\b"  # what a form asks for
    r"|\b(?:shall|must|hereby)\b"  # what somebody is to do
    r"|[甲乙丙]方|双方|我方|贵方|本公司|(?:联合体)?投标$|^(?:联合体|通过|采用)|\d\s?[号期]$",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?<!\S)[^\W\d_][^\W\d]*(?!\S*\d)(?:['’-][^\W\d]+)*")
_SHORTEST, _LONGEST, _WORDS = 4, 140, 3  # characters and words of a title


HEADS = 2
"""The rank of titles told by the head of a record."""


def core(title: str) -> str:
    """A title without the noun at its end that another line may leave out."""
    return re.sub("(?:项目|采购|工程)+$", "", title)


def is_bought(title: str) -> bool:
    """Whether a phrase ends in the noun of something bought, or names an act of supply or what something is for."""
    return _OBJECT.search(title) is not None or (" for " in title and not re.search(f"[{HAN}]", title))


def says_nothing(title: str) -> bool:
    """Whether a phrase only says what kind of paper it is, or whose: 补充协议（一）, Marlow County Purchase Order."""
    if re.search(f"[{HAN}]", title):
        return len(_KIND_ZH.sub("", title)) < 2  # noqa: PLR2004 (characters of a word)
    words = _WORD.findall(re.sub(r"\([^()]*\)", "", title))
    own = [word for word in words if not _KIND_EN.fullmatch(word)]
    return not own or _OFFICE.search(title) is not None or (own != words and bool(_OFFICE.search(" ".join(own))))


def is_none(title: str) -> bool:
    """Whether a phrase names who signs, asks to be filled in, speaks of the parties or says what they are to do."""
    return _NONE.search(title) is not None


def titles(pages: Iterable[Page]) -> Iterator[Clue]:
    """The phrase that the surest cue gives on the first page that has one."""
    for page in pages:
        text, places = unbroken(simplified(page.text))
        for grade, start, end, cue in _phrases(text):
            start, end = _trimmed(text, start, end)  # noqa: PLW2901
            if _may_be(text, start, end):
                low, high = places[start], places[end - 1] + 1
                yield Clue("title", page.number, low, high, name(page.text[low:high]), cue + grade, "label")
                return


def _phrases(text: str) -> Iterator[tuple[str, int, int, str]]:
    """What each cue gives, the surest cue first: labels, subjects of letters and lines said twice before verbs."""
    if re.search(f"[{HAN}]{{8}}", text):
        yield from _cued(text, _ZH)
        yield from _heads_zh(text)
        return
    columns = list(_columns(text))
    yield from ((_SURE, low, high, label) for _, low, high, label in columns)
    heads = sorted(_heads_en(text))  # the sure ones first
    sure = [cue for cue in _EN if cue[0] == _SURE]
    told = (*_cued(text, sure), *_subjects(text), *(one for one in heads if one[0] == _SURE))
    yield from (one for one in told if not any(one[1] in row for row, *_ in columns))
    yield from _cued(text, [cue for cue in _EN if cue[0] != _SURE])
    yield from (one for one in heads if one[0] != _SURE)


def _cued(text: str, cues: Iterable[tuple[str, re.Pattern[str]]]) -> Iterator[tuple[str, int, int, str]]:
    for grade, cue in cues:
        for found in cue.finditer(text):
            low, high = found.span("t")
            yield grade, low, high, " ".join((text[found.start() : low] + "…" + text[high : found.end()]).split())[:40]


def _columns(text: str) -> Iterator[tuple[range, int, int, str]]:
    """What stands below the head of a column that is of the title, in a row of as many cells; with the row of heads."""
    at, row, heads = 0, range(0), list[str]()
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) == len(heads) > _PAIR:
            for n, label in enumerate(heads):
                if _COLUMN.fullmatch(label.strip()):
                    low = at + sum(len(cell) + 1 for cell in cells[:n])
                    yield row, low, low + len(cells[n]), label.strip()
        row, heads = range(at, at + len(line)), [] if re.search(r"\d", line) else cells
        at += len(line) + 1


_PAIR = 2  # cells of a row of one label and its value


def _head(text: str) -> list[tuple[int, str]]:
    """The first lines that hold anything, each with its place."""
    at, lines = 0, []
    for line in text[:_HEAD].split("\n"):
        lines += [(at, line)] if line.strip() else []
        at += len(line) + 1
    return lines[:_ROWS]


def _heads_zh(text: str) -> Iterator[tuple[str, int, int, str]]:
    """The lines of the head that end in what is bought, without the noun of the kind; first those above that noun."""
    lines = _head(text)
    found = []
    for n, (begin, line) in enumerate(lines):
        for part in map(str.strip, PARTS.split(line)):
            title = headed(part)
            if title and _OBJECT.search(title) and not _PROSE.search(title):
                low = begin + line.find(title)
                above = title != part or (n + 1 < len(lines) and called(lines[n + 1][1]) is not None)
                found.append((not above, _LESS, low, low + len(title), "head"))
    yield from (one[1:] for one in sorted(found, key=lambda one: one[0]))


def _heads_en(text: str) -> Iterator[tuple[str, int, int, str]]:
    """The lines of the head that stand right before or behind the name of the paper, or once more further down."""
    lines = _head(text)
    papers = {n for n, (begin, line) in enumerate(lines) if called(line, text[begin : begin + _AROUND])}
    for n, (_, line) in enumerate(lines):  # a number between the name of the paper and the title
        papers |= {n} if n - 1 in papers and says_nothing(line) and re.search(r"\d", line) else set()
    for n, (begin, line) in enumerate(lines):
        title = line.strip()
        if (
            n in papers
            or PARTS.search(title)
            or not _LINE.fullmatch(title)
            or _OFFICE.search(title)
            or _WHOSE.search(title)
        ):
            continue
        again = text.find(title, begin + len(line)) >= 0
        if again or (papers & {n - 1, n + 1} and is_bought(title)):
            low = begin + line.find(title)
            yield _SURE if again else _LESS, low, low + len(title), "head"


def _subjects(text: str) -> Iterator[tuple[str, int, int, str]]:
    """What stands between the salutation of a letter and its first sentence, or behind Re: and on the lines below."""
    for opened in _OPENED.finditer(text):
        found: list[list[int]] = []
        at = opened.end()
        for line in text[at : at + _HEAD].split("\n")[:_BLOCK]:
            low, high = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
            at += len(line) + 1
            said = text[low:high]
            if not said and found:
                break
            if not said:
                continue
            if _SENTENCE.search(said):
                break
            before = text[slice(*found[-1])] if found else ""
            if before and before.isupper() == said.isupper() and not (says_nothing(before) or says_nothing(said)):
                found[-1][1] = high
            else:
                found.append([low, high])
        yield from ((_SURE, low, high, " ".join(opened[0].split())) for low, high in found)


_OPENED = re.compile(
    r"^[^\S\n]*(?:(?:Dear|DEAR)\b[^\n]{0,60}[,:]?[^\S\n]*\n|(?:Gentlemen|Sirs?)(?:/Madam)?[,:][^\S\n]*\n"
    r"|(?i:re|sub|subject)\.?[^\S\n]*(?:[:–]|-\s)[^\S\n]*)",
    re.MULTILINE,
)
_SENTENCE = re.compile(
    r"[.;]$|.{140}|^[\w ./]{2,20}:"
    r"|^(?:We|I|This|Reference|Thank|Further|Please|Following|Pursuant|The|It|In|With|As|You)\b.*[a-z]"
)
_BLOCK = 6  # lines of the subject of a letter
_LINE = re.compile(
    r"(?=[A-Z])(?!.*(?:[:;|>©@_®]|\d,? [\d&]|\.$))"
    r"(?!.*\b(?i:ltd|limited|inc|llc|gmbh|tel|fax|street|road|to complete|is|are|was|were|be|shall|will|has|have)\b)"
    r"(?:\S+ ){3,18}\S+"
)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t　“”\"「《'":
        start += 1
    end = start + len(_HANGING.sub("", text[start:end]))
    return start, end


_HANGING = re.compile(r"(?:[\s　“”\"」》'.,;，。]|\s(?:for|of|the|an?|and|to|in|at|by)(?=\W*$))+$", re.IGNORECASE)


def _may_be(text: str, start: int, end: int) -> bool:
    """Whether a phrase may be what a record is about: no blank, no number, no body, no name of a paper alone."""
    said = text[start:end]
    if not _SHORTEST <= len(said) <= _LONGEST or says_nothing(said) or _NO_TITLE.search(said) or is_none(said):
        return False
    if not re.search(f"[{HAN}]", said):
        words = _WORD.findall(said)
        return len(words) >= _WORDS and sum(not _KIND_EN.fullmatch(word) for word in words) > 1
    return not any(high - low >= len(said) - 1 for low, high in names(text, start, end))
