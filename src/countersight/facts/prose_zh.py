"""Clues of fields in Chinese sentences: who is called 甲方, what 合同总金额为 gives, who entrusted whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from countersight.facts import clauses_zh
from countersight.facts.labels import labelled
from countersight.facts.names import chinese, name
from countersight.facts.prose import clue, dated, near, span_of
from countersight.facts.values import MONEY, NAMES, values
from countersight.model import Clue, Page
from countersight.text.hints import Hints
from countersight.text.normal import HAN

_CALLED = re.compile(
    r"[（(]\s?(?:以下|下|下文)(?:合并|统一)?(?:简称|称|统称)(?:为|作)?[:：]?\s?[“\"‘'「『]?"
    r"(?P<role>甲\s?方|乙\s?方|买方|卖方|采购人|供应商|发包人|承包人|委托方|受托方|需方|供方|招标人|采购代理机构|代理机构|业主|供货方|中标人)"
)
_NAMED = re.compile(rf"[{HAN}A-Za-z0-9（）()·\n]{{4,56}}\s?\Z")
_BROKEN = re.compile(rf"[^\n]{{30}}[{HAN}][ ]?\n\Z")  # a full line, on which the name may begin
# What stands before the name: a preposition, or an "and" after the end of another name; 教育和体育局 is one name.
_LEAD = re.compile(r"^.*(?:[与由向]|经(?!济|贸|开|信)|授权|委托|[，：]|(?<=[）)])[和及])(?=.{4,}$)", re.DOTALL)
# The last two characters of labels that sentences say things of, or what closes a bracket behind one.
_LAST = (
    "金额 价款 总价 限价 预算 期限 修期 保期 工期 货期 作期 营期 务期 地点 方式 来源 标人 购人 包人 业主 单位 应商 同价"
    " 标价 交价 制价 总额 总值 费用 报酬 投资 日期 时间 机构 ） ) ”"
)
_ENDS = Hints(_LAST.split())
_IS = re.compile(
    r"\s?[系是]指|由[^，。；\n]{2,40}?(?:调整|变更|增加|增|调增|减少|修改)[为至到]|(?:暂定|共计|合计|总计|固定)?(?:为|是(?!否)|系|共计|共)[:：]?"
)
_ENTRUSTED = re.compile(
    rf"(?P<agent>[{HAN}（）()]{{6,40}})受(?P<buyer>[{HAN}（）()]{{3,40}}?)(?:[（(][^（）()]*[)）])?的?委托"
)
_BEHIND = re.compile(rf"(?P<buyer>[{HAN}]{{4,40}})[（(]采购人[）)]")
_ENTRUSTS = re.compile(
    rf"(?P<buyer>[{HAN}（）()]{{4,40}}?)(?:现)?委托(?P<agent>[{HAN}（）()]{{5,40}}?(?:公司|中心))(?=[对就组进采，])"
)
# 本招标项目…已由…批准建设, …建设资金来自…: how the model of the notice of works begins
_APPROVED = re.compile(
    r"本(?:招标|次招标|采购)?项目[“（(]?(?P<title>[^，。；\n]{5,60}?)[”)）]?(?:[（(]项目名称[)）])?已由[^。\n]{4,60}?批"
)
_PAID = re.compile(r"资金(?:来自|来源为|由)(?P<from>[^，。；\n（或]{2,24})(?!或)")
_EARLY = 4  # pages
_SIGNED = re.compile(
    r"本(?:合同|协议)[^。；]{0,160}?于\s?(?P<date>[^，。；\n于]{6,24}?)(?:日|(?=[在由，签]))[^。；\n]{0,40}?签[订署]"
)
# …，并于2024年03月26日09时30分（北京时间）前递交投标文件: the notices of the Ministry of Finance
_HANDED_IN = re.compile(
    r"(?<!\d)于\s?(?P<date>20\d\d[^，。；\n于]{6,30}?)(?:之?前|以前)[^，。；\n]{0,10}?(?:递交|提交|上传|送达)(?:首次)?(?:投标|响应|报价|申请|应答)"
)
_WARRANTED = re.compile(
    r"(?<!原“)(?<!原)(?P<label>(?:免费)?(?:质保期|保修期|质量保证期|维护期))限?(?:[（(][^（）()]{1,12}[)）])?(?:要求)?[:：]?"
    r"(?P<said>(?:为|不少于|不低于|不得少于|≥|至少)?\s?(?:\d{1,3}|[一二两三四五六七八九十]{1,3})\s?(?:个月|年)(?![^\n]{0,3}\d+分|\s+[\d一二三四五六七八九十]{1,3}\s?(?:个月|年)))"
)
_RENEWED = re.compile(
    r"(?:经[^，。；\n]{2,16}[，]?)?(?:可以?|有权|则可)(?:以?续签|续约|续期|顺延)[^，。；\n]{0,30}|(?:[甲乙双]方)?(?:可|有|享有)[^，。；\n]{0,8}续[租约](?:权|的权利|，?[^。；\n]{0,40})|(?:续签|续约|续期)(?:不超过)?[一二两三四五\d]{1,2}\s?[年次][^，。；\n]{0,12}"
)
_HOW_OFTEN = re.compile(r"(?:[，,](?:但|且|每次|最[长多]|总|累计|续[签约租]|合计|期限|每[年期])[^，。；\n]{0,30}){1,3}")
_LEDE = re.compile(r"^(?:本|该|上述|双方|经|其中|现)?(?:合同|项目|次|招标|采购|工程)?(?=[^\s]{3})")
_FAR = 160  # characters of a sentence that are read for what it says
_BEFORE = 30  # characters before a verb in which its subject stands
_MARKS = frozenset("，。；、：:\n\t“　")
_SENTENCE_END, _STOP = re.compile(r"[。；;\t]|\n\s*\n"), re.compile(r"[，,。；;\n\t]")
_AHEAD = 14  # characters that may stand before an amount


def clues(page: Page) -> Iterator[Clue]:
    """The clues that Chinese sentences of a page give."""
    text = page.text
    if "称" in text:
        yield from _called(page)
    if "委托" in text:
        yield from _entrusted(page)
    if page.number <= _EARLY:
        yield from _opening(page)
    for match in near(text, ("签订", "签署"), _SIGNED, 230, 4):
        yield from dated(page, "signed", (match.start("date"), match.end("date") + 1), "本合同于…签订")
    if page.number == 1:
        yield from _headed(page)
    for _, _, at in _ENDS.find(text):
        if said := _IS.match(text, at):
            yield from _is(page, said)
    yield from _times(page)
    yield from clauses_zh.clues(page)


def _opening(page: Page) -> Iterator[Clue]:
    """What the first paragraphs of a notice say of its project."""
    text = page.text
    if found := _APPROVED.search(text):
        yield clue(page, "title", found.span("title"), name(found["title"]), "已由…批准#6")
    for match in near(text, _WAYS, _BY_WAY, 90, 12):
        yield clue(page, "method", match.span("method"), match["method"], "进行#4")
    for match in near(text, ("（采购人）", "(采购人)"), _BEHIND, 41, 6):
        if named := chinese(text, *match.span("buyer")):
            yield clue(page, "buyer", named, name(text[slice(*named)]), "（采购人）")
    for match in near(text, ("递交", "提交", "上传", "送达"), _HANDED_IN, 44, 8):
        yield from dated(page, "closing", match.span("date"), "于…前递交")
    if found := _PAID.search(text):
        yield clue(page, "funding", found.span("from"), name(found["from"]), "资金来自")


def _entrusted(page: Page) -> Iterator[Clue]:
    for match in (*near(page.text, ("受",), _ENTRUSTED, 41, 60), *near(page.text, ("委托",), _ENTRUSTS, 42, 50)):
        for field in ("agent", "buyer"):
            if found := chinese(page.text, *match.span(field)):
                yield clue(page, field, found, name(page.text[slice(*found)]), "受…委托")


def _times(page: Page) -> Iterator[Clue]:
    """How long what is delivered is warranted, and how a contract goes on."""
    text = page.text
    for match in near(text, ("质保期", "保修期", "质量保证期", "维护期"), _WARRANTED, 2, 40):
        yield clue(page, "warranty", match.span("said"), name(match["said"]), match["label"])
    for match in near(text, ("续签", "续约", "续租", "续期", "顺延"), _RENEWED, 24, 40):
        more = _HOW_OFTEN.match(text, match.end())
        start, end = match.start(), more.end() if more else match.end()
        yield clue(page, "option", (start, end), name(text[start:end]), "续签")


def _headed(page: Page) -> Iterator[Clue]:
    """What the head of a notice or letter of award says: the procedure, what it is of, to whom it is written."""
    text = page.text
    head = text[:_HEAD]
    if found := _METHOD.search(head):
        yield clue(page, "method", found.span("method"), name(found["method"]), "标题#4")
    yield from _days(page, head)
    if "公告概要" in text:
        yield from _overview(page)
    for titled, end, label in ((_ABOUT, _HEAD, "关于…的公示"), (_POTENTIAL, _OVERVIEW, "…的潜在投标人")):
        if found := titled.search(text, 0, end):
            yield clue(page, "title", found.span("title"), name(found["title"]), f"{label}#4")
    if found := _COVER.search(head):
        start = found.start("title") + len(found["title"]) - len(found["title"].lstrip())
        if not _NO_TITLE.search(found["title"]):
            yield clue(page, "title", (start, found.end("title")), name(found["title"]), "封面#4")
    if found := _LETTER.search(head):
        yield from _letter(page, found.end())


def _days(page: Page, head: str) -> Iterator[Clue]:
    """The day of a record: on its cover, before the name of the portal that shows it, below a notice."""
    notice = page.text if "公告" in head or "公示" in head else ""
    for field, day, text, label in (
        ("document", _COVER_DAY, head, "封面#4"),
        ("published", _PORTAL, head, "来源#4"),
        ("document", _SIGNED_OFF, notice, "落款#4"),
    ):
        if found := day.search(text):
            yield from dated(page, field, found.span("date"), label)


def _overview(page: Page) -> Iterator[Clue]:
    """What the table at the head of a notice of the national portal says, where it came as one line without marks."""
    for field, run in _RUNS.items():
        if found := run.search(page.text):
            if field == "published":
                yield from dated(page, field, found.span(1), "公告概要#4")
            elif named := chinese(page.text, *found.span(1)):
                yield clue(page, field, named, name(page.text[slice(*named)]), "公告概要#4")


def _letter(page: Page, start: int) -> Iterator[Clue]:
    """What a letter of award says: to whom it is written, for what bid, when."""
    text = page.text
    for line in _LINE.finditer(text, start, start + _ADDRESSEE):
        if named := chinese(text, *line.span("to" if line["to"] else "name")):
            yield clue(page, "supplier", named, name(text[slice(*named)]), "中标通知书")
            break
    if said := _BID_FOR.search(text, start, start + _HEAD):
        yield clue(page, "title", said.span("title"), name(said["title"]), "投标的#4")
    if last := _LAST_DAY.search(text):
        yield from dated(page, "award", last.span(), "落款")


_YEAR, _DIGITS = "[12二][0-9〇○零一二三四五六七八九]{3}", "[0-9一二三四五六七八九十]{1,3}"
_SPACED = r"\s*".join  # of a word that is set with gaps or down the page
_RUNS = {
    "buyer": re.compile(r"采购单位([^\s：:]{4,40}?)行政区域"),
    "published": re.compile(r"行政区域[^\s：:]{2,20}?公告时间(20\d\d年\d\d月\d\d日)"),
    "agent": re.compile(r"代理机构名称([^\s：:]{4,40}?)代理机构地址"),
}
# 项目概况 of the notices in the form of the Ministry of Finance
_POTENTIAL = re.compile(r"(?P<title>[^，。；：:\n]{6,80}?)(?:招标|采购)?项目的潜在(?:投标人|供应商)应?[当在于]")
_OVERVIEW = 1_200  # characters in which a notice gives it
_HEAD, _ADDRESSEE = 400, 120  # characters of a notice's head, and in which a letter says to whom it is
# The line or two above the line that says what kind of tender document it is.
_COVER = re.compile(
    r"(?:^|\n)(?P<title>(?:[^\S\n]*[^\n:：\t]{4,50}\n){0,2}[^\S\n]*[^\n:：\t]{4,50}?)\s*\n[^\S\n]*(?:[（(][^\n]{4,40}[）)]\s*\n\s*)?"
    r"(?:(?:公开|邀请)?招\s*标|竞争性\s*(?:磋\s*商|谈\s*判)|磋\s*商|谈\s*判|询\s*价|比\s*选|遴\s*选|采\s*购)\s*(?:采\s*购)?\s*文\s*件\s*(?:[（(][^\n]{0,12}[）)])?\s*(?:\n|$)"
)
_NO_TITLE = re.compile(
    rf"^\s*(?:附件|中华人民共和国|第[一二三四五六]|目\s*录|注)|[。；_]|^[^{HAN}]*$|示范|标准|项目编号"
)
_WAYS = ("公开招标", "邀请招标", "竞争性磋商", "竞争性谈判", "单一来源", "询比", "询价", "比选", "遴选", "竞价")
_METHOD = re.compile(
    rf"(?P<method>{'|'.join(map(_SPACED, _WAYS))})\s*(?:方式)?\s*(?:采\s*购)?"
    r"\s*(?:公告|公示|邀请书|成交|结果|文\s*件|项目)"
)
# 现对该项目进行国内公开招标; “采用公开招标方式的” is of any project.
_BY_WAY = re.compile(
    rf"(?:现|本|拟|该|下列|所需|[对就])[^。；]{{0,60}}?(?:进行|采用|采取|实行)(?:国内|国际)?(?P<method>{'|'.join(_WAYS)})(?!方式的)"
)
# A line that is nothing but a month or a day, as a cover has it; a day before the name of the portal that shows a page.
_COVER_DAY = re.compile(
    rf"^[^\S\n]*(?P<date>{_YEAR}\s?年\s?{_DIGITS}\s?月(?:\s?{_DIGITS}\s?日)?)\s*(?:编制)?[^\S\n]*$", re.MULTILINE
)
_PORTAL = re.compile(r"^[^\S\n]*(?P<date>20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?)[\s\d:]*来源[:：]", re.MULTILINE)
_ABOUT = re.compile(
    r"关于(?P<title>[^，。；\n]{4,60}?)(?:的?(?:公开)?(?:采购|招标|比选|遴选|询价|磋商|谈判|中标|成交|中选|入围|评审))*(?:结果|候选人|供应商)?的?(?:公示|公告)"
)
_LETTER = re.compile(r"(?:中\s?标|成\s?交|中\s?选)\s?通\s?知\s?书")
_LINE = re.compile(r"^\s*(?:致\s?[:：]\s?(?P<to>[^:：\n]{5,50})[:：]?|(?P<name>[^:：\n]{5,50})[:：])\s*$", re.MULTILINE)
_BID_FOR = re.compile(
    rf"(?:递交的|参加的?|就|对)(?P<title>[{HAN}A-Za-z0-9“”—\-（）()、/]{{6,80}}?)(?:[（(](?:招标|项目|采购|标段)?编号|的?(?:投标文件|投标|响应文件|采购项目的|招标))"
)
# The day at the end of a notice, behind the name of who gives it.
_SIGNED_OFF = re.compile(
    r"(?:公司|中心|[局院校处厅会])[\s　]*(?P<date>20\d\d\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}\s?日?)[\s　]*\Z"
)
_LAST_DAY = re.compile(r"\n[\s　]*(?:日期[:：]\s?)?[12二][0-9〇○零一二三四五六七八九]{3}\s?年[^\n]{2,10}日\s*\Z")


def _called(page: Page) -> Iterator[Clue]:
    """Who is called what from here on."""
    for match in _CALLED.finditer(page.text):
        known = labelled("".join(match["role"].split()))
        before = _NAMED.search(page.text, max(0, match.start() - 60), match.start())
        if not known or not before:
            continue
        lead = _LEAD.match(before[0])
        found = chinese(page.text, before.start() + (lead.end() if lead else 0), before.end())
        if found and not page.text[found[1] : match.start()].strip() and not _BROKEN.search(page.text[: found[0]]):
            yield clue(page, known[0], found, name(page.text[slice(*found)]), f"以下简称{match['role']}")


def _is(page: Page, match: re.Match[str]) -> Iterator[Clue]:
    """What a sentence says a labelled thing is: ``质保期为三年``, ``本合同总金额为人民币100元``."""
    text, start = page.text, match.end()
    said = text[_begin(text, match.start()) : match.start()].strip(" ”")
    known = labelled(_LEDE.sub("", said)) or labelled(said)
    if not known or known[0] == "name" or ("指" in match[0] and known[0] not in NAMES):
        return
    found = (_STOP if known[0] in NAMES else _SENTENCE_END).search(text, start, start + _FAR)
    end = found.start() if found else min(len(text), start + _FAR)
    told = list(values(known[0], text, start, end, known[2]))
    near_by = known[0] not in MONEY or min((low for _, low, _, _ in told), default=end) - start < _AHEAD
    for field, low, high, value in told:
        if near_by:
            yield clue(page, field, (low, high), value, f"{said}为" + (f"#{known[1]}" if known[1] else ""))
    if known[0] == "term":
        yield from span_of(page, start, end, said, "prose")


def _begin(text: str, end: int) -> int:
    """Where the words that end at ``end`` begin: behind the last mark before it."""
    begin, first = end, max(0, end - _BEFORE)
    while begin > first and text[begin - 1] not in _MARKS:
        begin -= 1
    return begin
