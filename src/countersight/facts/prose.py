"""Clues of fields in running text: party clauses, amounts, dates and terms that sentences give, operating models."""

from __future__ import annotations

import re
from collections.abc import Iterator

from countersight.facts.labels import labelled
from countersight.facts.names import chinese, name, names
from countersight.facts.values import MONEY, NAMES, day, values
from countersight.model import Clue, Page
from countersight.text.dates import dates
from countersight.text.normal import HAN

_OPENING = 12_000  # characters, and pages, in which a contract names its parties
_OPENING_PAGES = 6

# ── Chinese ──

_CALLED = re.compile(
    rf"(?P<name>[{HAN}A-Za-z0-9（）()·\n]{{4,56}}?)\s?[（(]\s?(?:以下|下|下文)(?:合并|统一)?(?:简称|称|统称)(?:为|作)?[:：]?\s?[“\"'‘「『]?"
    r"(?P<role>甲\s?方|乙\s?方|买方|卖方|采购人|供应商|发包人|承包人|委托方|受托方|需方|供方|招标人|采购代理机构|代理机构|业主|供货方|中标人)"
)
_LEAD = re.compile(r"^.*(?:[与和由经及为向]|授权|委托|，|：)(?=[^与和由经及为向]{4,}$)", re.DOTALL)
_ENDS = {
    "金额",
    "价款",
    "总价",
    "限价",
    "预算",
    "期限",
    "修期",
    "保期",
    "工期",
    "货期",
    "作期",
    "营期",
    "地点",
    "方式",
    "来源",
    "标人",
    "购人",
    "业主",
    "单位",
    "应商",
    "同价",
    "标价",
    "交价",
    "制价",
    "总额",
    "投资",
    "务期",
    "日期",
    "理机构"[1:],
    "包人",
}
_IS = re.compile(r"(?<=[\u4e00-\u9fff)）])(?:暂定|共计|合计|总计|固定)?(?:为|是|系|共计|共)[:：]?")
_ENTRUSTED = re.compile(
    rf"(?P<agent>[{HAN}（）()]{{6,40}})受(?P<buyer>[{HAN}（）()]{{3,40}}?)(?:[（(][^（）()]*[)）])?的?委托"
)
_SIGNED = re.compile(
    r"本(?:合同|协议)(?:书)?(?:[^。；\n\d]{0,12})?于(?P<date>[^。；\n]{6,24}?)(?:[在由][^。；\n]{0,40}?)?签[订署]"
)
_SPAN = re.compile(
    r"(?:自|从)?\s?(?P<from>[12二][0-9〇○零一二三四五六七八九]{3}\s?[年.\-/][^至到\-—~～起，。；\n]{2,10}日?)(?:起|开始)?\s*(?:至|到|—|–|-|~|～|to)\s*(?P<to>[12二][0-9〇○零一二三四五六七八九]{3}\s?[年.\-/][^止，。；)）\n]{2,10}日?)"
)
_PERIOD = re.compile(r"期|履行|有效|term|period|commenc|duration", re.IGNORECASE)
_MODEL = re.compile(
    r"政府和社会资本合作|(?<![A-Za-z])(?:PPP|DBFOT|DBFO|BOOT|BOT|BOO|TOT|ROT|EPC\+O|EPC)(?![A-Za-z])|建设[—\-－]+运营[—\-－]+移交|融资租赁"
    r"|build[-, ]+operate[-, ]+transfer|build[-, ]+own[-, ]+operate|design[-, ]+build[-, ]+finance[\w, -]*|build[-, ]+finance[-, ]+operate"
    r"|public[- ]private partnership|private finance initiative",
    re.IGNORECASE,
)
_MODELS = {
    "政府和社会资本合作": "PPP",
    "public": "PPP",
    "private": "PFI",
    "融资租赁": "finance lease",
    "建设": "BOT",
    "build-operate": "BOT",
    "build-own": "BOO",
    "build-finance": "build-finance-operate",
    "design-build": "DBFO",
}
_MODEL_HINTS = (
    "PPP",
    "BOT",
    "DBF",
    "BOO",
    "TOT",
    "ROT",
    "EPC",
    "政府和社会资本",
    "运营—移交",
    "运营-移交",
    "融资租赁",
    "perate",
    "private",
    "inance",
)
_RECIPIENT = re.compile(
    rf"(?:数据|视频|图像|信息|图片|录像|日志)[^。；\n]{{0,30}}?(?:上传|推送|共享|汇聚|接入|报送|同步|传输|传送|回传|提供|汇入)(?:至|到|给|入|于)"
    rf"(?P<name>[{HAN}]{{2,24}}?(?:公安[厅局]|分局|大队|支队|总队|派出所|指挥中心|数据中心|委员会|政法委|大数据局|管理局|人民政府|国保|公安部))"
)

_SHAPED = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,10}-?(?:19|20)\d\d-\d{2,5}(?:-[A-Z0-9]{1,6})*(?![A-Za-z0-9])")

# ── English ──

_DEFINED = re.compile(
    r"\(\s?(?:(?:hereinafter|hereafter|herein|referred|to|as|called|known|the|each|an?|also|be|individually|collectively|together)[\s,:]*)*[“\"‘'”]+(?:the\s)?"
    r"(?P<role>[A-Z][A-Za-z ]{2,28}?)[,.]?[”\"’'“]+|"
    r"(?:hereinafter|hereafter)\s(?:referred\sto\sas|called|known\sas)\s(?:the\s)?[“\"‘']?(?P<other>[A-Z][A-Za-z]{2,20})",
)
_BUYERS = "buyer purchaser customer client employer authority owner lessee licensee council procuring entity user subscriber principal"
_SELLERS = "seller supplier vendor contractor consultant provider manufacturer developer licensor lessor service provider publisher host concessionaire operator"
_SIDES = {
    **dict.fromkeys(_BUYERS.split(), "buyer"),
    **dict.fromkeys(_SELLERS.split(), "supplier"),
    "service provider": "supplier",
    "procuring entity": "buyer",
    "contracting authority": "buyer",
}
_MADE = re.compile(
    r"\b(?:made|entered\s+into|executed|signed|dated|concluded)\b(?:\s+and\s+(?:entered\s+into|effective|executed))?[^.;\n(]{0,20}?(?:\s+(?:as\s+of|on|this|at|the|is|as))*\s+(?=(?:the\s)?\d|[A-Z][a-z]{2,8}\s\d)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\b(?:by\s+and\s+)?(?:between|among)\b:?|\bBETWEEN\b:?|\bPARTIES\b:?|\bAND\b:?\s*\n|\(\d\)\s|\band\b(?=\s+[A-Z])|:\s*\n",
    re.IGNORECASE,
)
_SENTENCES = (
    (
        "value",
        re.compile(
            r"\b(?:total |aggregate |full )?(?:contract|purchase|agreed|agreement) (?:price|value|sum|amount)\b[^.\n$€£\d]{0,60}?\b(?:is|shall be|of|amounts to|equals|be)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "start",
        re.compile(
            r"\b(?:commenc(?:es?|ing)|(?:takes?|shall take) effect|with effect|effective|begin(?:s|ning)?)\s+(?:on|from|as of)\b(?:\s+and\s+from)?",
            re.IGNORECASE,
        ),
    ),
    (
        "end",
        re.compile(
            r"\b(?:expires?|expiring|ends?|terminates?|until|through|continue[sd]? (?:in force )?until)\s+(?:on\s+|and including\s+)?(?=\d|[A-Z])",
            re.IGNORECASE,
        ),
    ),
)
_TERM = re.compile(
    r"\b(?:initial term|term of this (?:agreement|contract)|for a (?:term|period)|contract period|term)\b[^.\n]{0,40}?\b(?:of|is|be)\s+(?P<term>[\w-]+\s?(?:\(\d+\)\s)?(?:calendar\s)?(?:years?|months?|weeks?|days?)\b)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?P<label>(?:agreement|contract|purchase order) (?:no|number|ref(?:erence)?))\.?[:\s]\s?(?=[A-Z0-9])",
    re.IGNORECASE,
)


def clues(page: Page) -> Iterator[Clue]:
    """The clues that sentences of a page give."""
    text = page.text
    if not text.isascii() and ("方" in text or "人" in text):
        yield from _chinese(page)
    if "greement" in text or "ontract" in text or "GREEMENT" in text or "ONTRACT" in text:
        yield from _english(page)
    if any(hint in text for hint in _MODEL_HINTS):
        yield from _models(page)
    if "19" in text or "20" in text:
        yield from _mentions(page)


def _mentions(page: Page) -> Iterator[Clue]:
    """Words of the shape of a reference number, which may be that of another record."""
    for match in _SHAPED.finditer(page.text):
        yield _clue(page, "mention", *match.span(), match[0], "")


def _clue(page: Page, field: str, start: int, end: int, value: str, label: str) -> Clue:
    return Clue(field, page.number, start, end, value, label, "prose")


# ── Chinese ──


def _chinese(page: Page) -> Iterator[Clue]:
    text = page.text
    if "称" in text:
        for match in _CALLED.finditer(text):
            known = labelled("".join(match["role"].split()))
            low = match.start("name")
            lead = _LEAD.match(match["name"])
            found = chinese(text, low + (lead.end() if lead else 0), match.end("name"))
            if known and found:
                yield _clue(page, known[0], *found, name(text[found[0] : found[1]]), f"以下简称{match['role']}")
    if "受" in text and "委托" in text:
        yield from _entrusted(page)
    if "签" in text:
        for match in _SIGNED.finditer(text):
            yield from _dated(page, "signed", match.start("date"), match.end("date"), "本合同于…签订")
    for match in _IS.finditer(text):
        if text[match.start() - 2 : match.start()] in _ENDS or text[match.start() - 1] in "）)":
            yield from _is(page, match)
    if "数据" in text or "视频" in text:
        for match in _RECIPIENT.finditer(text):
            yield _clue(page, "recipient", match.start("name"), match.end("name"), name(match["name"]), "数据去向")


def _entrusted(page: Page) -> Iterator[Clue]:
    for match in _ENTRUSTED.finditer(page.text):
        for field in ("agent", "buyer"):
            if found := chinese(page.text, match.start(field), match.end(field)):
                yield _clue(page, field, *found, name(page.text[found[0] : found[1]]), "受…委托")


def _is(page: Page, match: re.Match[str]) -> Iterator[Clue]:
    """What a sentence says a labelled thing is: ``质保期为三年``, ``本合同总金额为人民币100元``."""
    text = page.text
    begin = max(text.rfind(mark, max(0, match.start() - 30), match.start()) for mark in "，。；、：:\n\t 　") + 1
    said = text[max(begin, match.start() - 30) : match.start()]
    known = labelled(
        re.sub(r"^(?:本|该|上述|双方|经|其中)?(?:合同|项目|次|招标|采购|工程)?(?=[^\s]{3})", "", said)
    ) or labelled(said)
    if not known or known[0] == "name":
        return
    end = (
        next((m.start() for m in re.finditer(r"[。；;\t]|\n\s*\n", text[match.end() : match.end() + 160])), 160)
        + match.end()
    )
    end = min(end, len(text))
    if known[0] in NAMES:
        end = (
            next((m.start() for m in re.finditer(r"[，,。；\n]", text[match.end() : end])), end - match.end())
            + match.end()
        )
    for field, low, high, value in values(known[0], text, match.end(), end, known[2]):
        if low - match.end() < 14 or known[0] not in MONEY:  # noqa: PLR2004
            yield _clue(page, field, low, high, value, said + "为")
    if known[0] == "term":
        yield from span_of(page, match.end(), end, said, "prose")


def _dated(page: Page, field: str, start: int, end: int, label: str, grade: str = "prose") -> Iterator[Clue]:
    for low, span in list(dates(page.text[start:end]))[:1]:
        at = start + low
        if not re.match(r"\s*[月日]", page.text[at + len(span.text) : at + len(span.text) + 4]):
            yield Clue(field, page.number, at, at + len(span.text), day(span), label, grade)


def span_of(page: Page, start: int, end: int, label: str, grade: str) -> Iterator[Clue]:
    """The first and last day of a term that is given by both."""
    for match in _SPAN.finditer(page.text, start, min(end + 1, len(page.text))):
        yield from _dated(page, "start", match.start("from"), match.end("from"), label, grade)
        yield from _dated(page, "end", match.start("to"), match.end("to"), label, grade)
        return


# ── English ──


def _english(page: Page) -> Iterator[Clue]:
    text = page.text
    if page.number <= _OPENING_PAGES:
        yield from _parties(page, text[:_OPENING])
        for match in _MADE.finditer(text[:_OPENING]):
            about = text[max(0, match.start() - 160) : match.start()]
            if re.search(r"(?i)\bthis\b|^\W*[A-Z \n]*agreement", about) and not re.search(
                r"(?i)\b(?:that certain|pursuant to|under the|to the|of the)\s[^.]{0,60}$", about[-70:]
            ):
                yield from _dated(
                    page, "signed", match.end(), min(match.end() + 40, len(text)), " ".join(match[0].split())
                )
                break
    for field, pattern in _SENTENCES:
        for match in pattern.finditer(text):
            end = min(len(text), match.end() + 60)
            if field == "value":
                for found, low, high, value in values(field, text, match.end(), end):
                    yield _clue(page, found, low, high, value, " ".join(match[0].split())[:60])
            else:
                yield from _dated(
                    page, field, match.end(), min(len(text), match.end() + 24), " ".join(match[0].split())
                )
    for match in _TERM.finditer(text):
        yield _clue(page, "term", match.start("term"), match.end("term"), name(match["term"]), "term of")
    for match in _REFERENCE.finditer(text[:_OPENING]):
        for found, low, high, value in values("contract_no", text, match.end(), min(len(text), match.end() + 40)):
            yield _clue(page, found, low, high, value, match["label"])


def _parties(page: Page, text: str) -> Iterator[Clue]:
    """The parties of a prose contract by the roles it defines: ``… Ltd (the "Supplier")``.

    Where it has two parties and one of them is called by a name of its own, that one has the other's counter-role.
    """
    told: list[tuple[str | None, tuple[int, int], str]] = []
    for match in _DEFINED.finditer(text):
        role = (match["role"] or match["other"]).strip()
        if role.lower() in _NO_PARTY:
            continue
        if found := _before(text, match.start()):
            told.append((_SIDES.get(role.lower()) or _SIDES.get(role.lower().split()[-1]), found, role))
        if len(told) == 2:  # noqa: PLR2004
            break
    sides = [side for side, _, _ in told]
    if len(told) == 2 and None in sides and any(sides):  # noqa: PLR2004
        other = {"buyer": "supplier", "supplier": "buyer"}
        told = [(side or other[next(filter(None, sides))], found, role) for side, found, role in told]  # type: ignore[index]
    for side, (low, high), role in told:
        if side:
            yield _clue(page, side, low, high, name(text[low:high]), f"“{role}”")


_NO_PARTY = {
    "agreement",
    "contract",
    "effective date",
    "parties",
    "party",
    "act",
    "closing",
    "merger agreement",
    "execution date",
    "project",
    "services",
    "goods",
    "products",
    "term",
    "commencement date",
    "works",
    "this agreement",
    "exchange act",
    "equipment",
    "system",
    "software",
}


def _before(text: str, at: int) -> tuple[int, int] | None:
    """The range of the name that stands before the definition of its role."""
    begin = max(0, at - 420)
    stops = [m.end() for m in _BETWEEN.finditer(text, begin, at)]
    defined = [m.end() for m in re.finditer(r"[”\"’']\s?\)", text[begin:at])]
    floor = max([begin + d for d in defined], default=begin)
    for start in [s for s in stops if s >= floor] or [floor]:
        for found in names(text, start, at):
            return found
    return None


# ── models ──


def _models(page: Page) -> Iterator[Clue]:
    for match in _MODEL.finditer(page.text):
        said = match[0]
        key = re.sub(r"[-, ]+", "-", said.lower())
        value = next((short for word, short in _MODELS.items() if key.startswith(word.lower())), said.upper())
        yield _clue(page, "model", match.start(), match.end(), value, "operating model")
        return
