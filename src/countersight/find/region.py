"""Which part of a document a passage stands in: the deviation table of a bid, a statute it quotes, somebody's CV.

The same sentence is a demand in the requirements of a tender and a mere quotation among its legal bases. A part begins
with a heading and ends with the next one of the same or a higher level; without such a heading the words around the
passage may still say what it is. Headings are looked for only above passages on which a rule held.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from countersight.find.kind import title
from countersight.model import BlockKind, Hit, Page
from countersight.text.normal import flatten
from countersight.text.segment import Segments

REGION_RUNGS = {
    **dict.fromkeys(("statute", "cv", "boilerplate", "press"), "E0"),
    **dict.fromkeys(("standard", "datasheet", "sdk", "patent", "manual"), "E2"),
    **dict.fromkeys(("brochure", "bid", "deviation_table"), "E3"),
}
"""The highest rung that words in such a part carry, whatever document holds it: domain guide, §1.1 and §1.5.

Parts that are not listed carry what their document does.
"""

_BACK = 40  # pages above a passage on which its heading is sought
_WIDTH = 60  # characters; a longer line is prose, not a heading
_NUMERALS = "一二三四五六七八九十百零〇"
_LEVELS = tuple(
    (level, re.compile(pattern, re.IGNORECASE))
    for level, pattern in (
        (1, rf"第 ?[{_NUMERALS}\d]{{1,4}} ?[章部卷篇编](?:分)?|附[件录表] ?[{_NUMERALS}\da-z]{{0,3}}(?![加属于])"),
        (1, r"(?:part|chapter|annex|schedule|appendix|exhibit|attachment|volume) +(?:[\divxl]+|[a-z])\b"),
        (2, rf"[{_NUMERALS}]{{1,3}}、|第 ?[{_NUMERALS}\d]{{1,4}} ?节|(?:section|article) +[\divxl]+\b"),
        (3, rf"第 ?[{_NUMERALS}\d]{{1,4}} ?[条條]|[(（][{_NUMERALS}]{{1,3}}[)）]|\d{{1,2}}[.、](?!\d)"),
        (4, r"\d{1,2}\.\d{1,2}(?![.\d])"),
        (5, r"\d{1,2}(?:\.\d{1,2}){2,4}(?![.\d])|[(（]\d{1,2}[)）]"),
    )
)
_PLAIN = 2  # the level of a heading without a number: a title of the document's own
_NUMBER = re.compile(
    rf"^[\s\d{_NUMERALS}.、()（）:：-]*(?:(?:第.{{1,5}}[章节節部分卷篇编条條]+|附[件录表]).{{0,3}}?[\s:：、]*)?"
)
_NAMES = (
    (
        "deviation_table",
        r"偏离(?:表|情况)|deviation (?:table|schedule)|(?:statement|table) of (?:compliance|deviations?)",
    ),
    (
        "cv",
        r"简历|项目(?:团队|组|经理|负责人)?人员(?:情况|配置|名单|一览)|curriculum vitae|key (?:personnel|staff)",
    ),
    ("statute", r"法律(?:法规)?依据|政策(?:法规)?依据|编制依据|政策文件$|legal basis|applicable laws?$|legislation$"),
    ("boilerplate", r"(?:投标人|供应商|磋商|谈判)须知|政府采购政策|instructions? to (?:bidders|tenderers|offerors)"),
    ("boilerplate", r"^定义(?:和解释)?$|^definitions?(?: and interpretation)?$|equal opportunity|non-?discrimination"),
    ("standard", r"规范性引用文件|引用(?:标准|文件)|normative references"),
    (
        "boq",
        r"(?:报价|货物|设备|采购|供货|工程量)(?:明细)?(?:清单|一览表)|(?:报价|价格)表|bills? of quantit|price schedule",
    ),
    (
        "requirement",
        r"(?:采购|技术|功能|服务|项目|商务)(?:需求|要求|参数|规格|规范)|(?:technical|functional) requirements?",
    ),
    ("requirement", r"statement of work|scope of (?:work|services)|specifications?$|建设(?:内容|目标|任务)"),
    ("contract", r"合同(?:主要)?(?:条款|格式|文本|范本)|(?:contract|general|special) (?:terms|conditions|clauses)"),
)
_NAMED = tuple((kind, re.compile(pattern)) for kind, pattern in _NAMES)
_CV = ("姓名", "性别", "出生", "学历", "职称", "毕业院校", "工作年限", "政治面貌", "身份证号")
_CV_SIGNS = 4  # of these in one section or table
_QUOTED_LAW = re.compile(
    r"(?:根据|依据|依照|按照|违反)[^。；]{0,30}《[^》]{2,40}(?:法|条例|办法|规定|决定|细则)》[^。；]{0,12}第[^。；]{1,10}条"
    r"|《[^》]{2,40}(?:法|条例|办法|细则)》(?:第[^。；]{1,10}条)?(?:明确)?(?:规定|指出)[,，:：]"
    r"|(?:pursuant to|in accordance with|as required by|under) (?:section|article) \d[^.;]{0,40}"
    r" (?:act|regulation|code)\b"
)


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a document: what it is, and the words that say so."""

    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at an offset of a page. Level 1 is the highest; ``kind`` is empty where its words name no part."""

    start: int
    level: int
    kind: str
    text: str


def parts_of(page_of: Callable[[int], Page | None]) -> Callable[[Hit], Region | None]:
    """For the hits of a document the parts they stand in."""
    return lambda hit: region(page_of, hit.page, hit.start, hit.end)


def region(page_of: Callable[[int], Page | None], number: int, start: int, end: int) -> Region | None:
    """The part in which ``[start, end)`` of a page stands, or None where nothing says.

    ``page_of`` gives a page of the document by its number, None where it was not read.
    """
    page = page_of(number)
    return (_said(page, start, end) if page else None) or _headed(page_of, number, start)


def _said(page: Page, start: int, end: int) -> Region | None:
    """What the words around the passage themselves say."""
    segments = Segments(page)
    first, last = segments.sentence(start)[0], segments.sentence(max(start, end - 1))[1]
    if found := _QUOTED_LAW.search(flatten(page.text[first:last])):
        return Region("statute", f"the sentence quotes a law: “{' '.join(found[0].split())[:_WIDTH]}”")
    around = page.text[slice(*segments.table(start))]
    signs = [sign for sign in _CV if sign in around]
    return Region("cv", f"a table of {'、'.join(signs)}") if len(signs) >= _CV_SIGNS else None


def _headed(page_of: Callable[[int], Page | None], number: int, start: int) -> Region | None:
    """The nearest heading above that names a part, among those the passage is still under."""
    level = 99
    for heading in _above(page_of, number, start):
        if heading.level < level:
            if heading.kind:
                return Region(heading.kind, f"it stands under the heading “{heading.text}”")
            level = heading.level
        if level == 1:
            return None
    return None


def _above(page_of: Callable[[int], Page | None], number: int, start: int) -> Iterator[Heading]:
    for earlier in range(number, max(0, number - _BACK), -1):
        page = page_of(earlier)
        if page is not None:
            yield from (h for h in reversed(headings(page)) if earlier < number or h.start <= start)


def headings(page: Page) -> list[Heading]:
    """The headings of a page in order."""
    marked = {block.start for block in page.blocks if block.kind is BlockKind.HEADING}
    found = []
    for line in re.finditer(r"[^\n]+", page.text):
        text = " ".join(line[0].split())
        if 1 < len(text) <= _WIDTH and "\t" not in line[0].strip():
            level = _level(text) or (_PLAIN if line.start() in marked else 0)
            kind = _kind(text)
            if level or (kind and _alone(page.text, line.start())):
                found.append(Heading(line.start(), level or _PLAIN, kind, text))
    return found


def _level(text: str) -> int:
    if text[-1] in "。；;，,、":
        return 0
    return next((level for level, pattern in _LEVELS if pattern.match(text)), 0)


def _kind(text: str) -> str:
    name = _NUMBER.sub("", flatten(text), count=1).strip(" .:：")
    named = (kind for kind, pattern in _NAMED if pattern.search(name))
    return next(named, "") or (title(name) or "" if name else "")


def _alone(text: str, start: int) -> bool:
    """Whether a line without a number begins a page or follows a blank line, as a title does."""
    return not text[:start].strip() or text[:start].endswith("\n\n")
